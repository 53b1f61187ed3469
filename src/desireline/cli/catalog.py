"""Every command: the file that holds it, and the line that stands beside it in `desireline --help`.

A file is loaded when one of its commands is called, so that a quick answer does not wait for the slow ones to load.
A test holds these lines against what the commands say themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """Where a command is held, and what it does."""

    file: str  # in this folder
    says: str  # the first paragraph of its help
    group: bool = False  # the whole file is one group of commands: `desireline map …`


COMMANDS: Mapping[str, Entry] = {
    "demo": Entry(
        "company",
        "Generate a clothing retailer with twelve planted problems, import it, measure it and write its report.",
    ),
    "init": Entry(
        "imports",
        "Make a workspace: one folder that holds the lake. Copy it to copy everything, delete it to delete everything.",
    ),
    "import": Entry(
        "imports", "Bring files into the lake. Every row is accepted, refused with a reason, or known already."
    ),
    "imports": Entry(
        "past_imports", "List what was imported, take refused rows up again, and undo the last import.", group=True
    ),
    "refusals": Entry("imports", "Show the rows that were not taken, with their reasons; personal data is masked."),
    "doctor": Entry(
        "imports",
        "Check the workspace: readable, whole, with room on the disk. Exit code 1 when something needs a look.",
    ),
    "measure": Entry(
        "numbers",
        "Measure the journeys that customers take through a map: an overview, or the readings that you ask for.",
    ),
    "measures": Entry("numbers", "List the measures: what they mean, in which unit, and where they can be read."),
    "deviations": Entry("numbers", "Tell where customers leave the intended path, ranked by what it costs."),
    "customers": Entry("numbers", "List the customers behind a number: the same rows that the number was made of."),
    "customer": Entry(
        "customer",
        "Tell one customer's journeys: every event where it was placed, the planned route beside it, and their words.",
    ),
    "findings": Entry(
        "findings", "Tell what matters in the data: problems and chances with their evidence, the costliest first."
    ),
    "decide": Entry(
        "decide",
        "Accept, dismiss (with a reason) or put off a finding; what is dismissed or put off is no longer listed.",
    ),
    "rules": Entry("findings", "List the rules: what each looks for, why it matters, what helps, and what can be set."),
    "opportunities": Entry(
        "opportunities",
        "Size and rank the findings: what each costs a year, how sure the order is, and by which score.",
    ),
    "effort": Entry(
        "effort", "Tell how hard journeys were, from what customers did: by component, by place, and by hand-off."
    ),
    "paths": Entry("paths", "Ask where customers go, in which order, how long it takes, and who is lost.", group=True),
    "feedback": Entry(
        "feedback", "Ask what customers answered: scores, groups, trends, who answered, and coded reasons.", group=True
    ),
    "drivers": Entry("drivers", "Tell which touchpoints move overall satisfaction, how surely, and what to fix first."),
    "parity": Entry(
        "parity", "Tell whether the same promise is kept in every channel: different, consistent, or not enough data."
    ),
    "topics": Entry(
        "topics", "Tell what people talk about: how many, since when, where, and what it does to their scores."
    ),
    "whatif": Entry(
        "whatif",
        "Tell what would happen if a rate or a wait on the map were another; without --set, what can be changed.",
    ),
    "initiative": Entry(
        "initiative", "Decide what is done about a number: what is to move, by when, and what became of it.", group=True
    ),
    "verdict": Entry("verdict", "Tell whether something helped: helped, no clear effect, harmed, or too early."),
    "drift": Entry(
        "drift",
        "Tell whether journeys still go as they did: silent sources first, then what changed for good, and since when.",
    ),
    "check": Entry(
        "check",
        "Check that promises are kept, the map is not stale, and nothing new went wrong. Exit code 1 when something "
        "did.",
    ),
    "discover": Entry(
        "discover", "Tell which kinds of routes customers take, how surely, and what makes each different."
    ),
    "serve": Entry("serve", "Open the web app: draw maps together, on this machine or with the people you invite."),
    "report": Entry(
        "pictures",
        "Write a report of the map with its numbers: all of it as a web page (.html), or for managers one page (.pdf) "
        "or slides (.pptx) with top findings, decisions and verdicts.",
    ),
    "draw": Entry("pictures", "Draw a map as SVG, PNG or PDF; with live numbers when a workspace is named."),
    "map": Entry("maps", "Draw, look at, check and compare maps.", group=True),
    "recipe": Entry("recipes", "How the columns of files become who, what and when.", group=True),
}
