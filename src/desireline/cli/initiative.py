"""desireline initiative …: what was decided, what it is to move, and what became of it."""

from __future__ import annotations

from typing import Annotated

import typer

from desireline.cli import initiative_changes, initiative_out
from desireline.cli.catalog import COMMANDS
from desireline.cli.initiative_said import Design, days_of, target_said
from desireline.cli.initiative_words import (
    At,
    Better,
    ByArms,
    Control,
    EndsOn,
    Expect,
    Group,
    Id,
    Many,
    Randomised,
    Smallest,
    StartsOn,
    Treated,
    Unaffected,
    Who,
    by,
    day,
    show_history,
    show_list,
    show_one,
)
from desireline.cli.options import HERE, AsJson, MapFileArgument, WorkspaceFolder
from desireline.cli.voice import WrongOption, progress, say, say_json
from desireline.errors import did_you_mean
from desireline.initiatives.records import STATUSES, By, Draft, draft
from desireline.initiatives.revision import overlap_notes
from desireline.initiatives.trial import Trial
from desireline.ledger.store import Ledger
from desireline.maps.files import load_map
from desireline.maps.records import Map
from desireline.workspace import Workspace

app = typer.Typer(help=COMMANDS["initiative"].says, no_args_is_help=True)

Since = Annotated[str | None, typer.Option("--baseline-since", metavar="DATE", help="First day.")]
Until = Annotated[str | None, typer.Option("--baseline-until", metavar="DATE", help="Last day.")]


@app.command()
def add(
    map_path: MapFileArgument,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What is to be done, in a line.")],
    workspace: WorkspaceFolder = HERE,
    measure: Annotated[str, typer.Option("--measure", "-m", help="The measure that is to move.")] = "conversion",
    at: At = None,
    group: Group = None,
    better: Better = None,
    expect: Expect = None,
    smallest: Smallest = None,
    hypothesis: Annotated[str, typer.Option("--hypothesis", help="Why it should work.")] = "",
    finding: Annotated[Many, typer.Option("--finding", help="A finding that it answers; several times.")] = None,
    owner: Annotated[str, typer.Option("--owner", help="Who answers for it.")] = "",
    team: Annotated[str, typer.Option("--team", help="Whose work it is.")] = "",
    starts_on: StartsOn = None,
    ends_on: EndsOn = None,
    randomised: Randomised = False,
    by_: ByArms = None,
    treated: Treated = None,
    control: Control = None,
    unaffected: Unaffected = None,
    task: Annotated[Many, typer.Option("--task", help="Something to do for it; several times.")] = None,
    baseline_since: Since = None,
    baseline_until: Until = None,
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help="Do not measure how things are now.")] = False,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Write down what is to be done, which number it is to move, and how that number is now."""
    map_ = load_map(map_path)
    target = {"measure": measure, "at": at, "group": group, "direction": better}
    said = {"title": title, "owner": owner, "team": team, "hypothesis": hypothesis, "findings": finding or []} | {
        "target": target_said(map_, target | {"expected": expect, "smallest": smallest}),
        "roll_out": Design(by_, treated, control, unaffected, randomised).made(),
        "tasks": [{"title": one} for one in task or []],
    }
    made = draft(said | {"map_id": map_.map.id} | days_of(starts_on, ends_on))
    shop = Workspace.open(workspace)
    made = _measured(shop, map_, made, window=(baseline_since, baseline_until), measure=not no_baseline, quiet=as_json)
    _propose(shop.ledger(), made, by(who), as_json=as_json)


@app.command("list")
def list_(
    workspace: WorkspaceFolder = HERE,
    status: Annotated[str | None, typer.Option("--status", help=f"Only these: {', '.join(STATUSES)}.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the initiatives of the workspace."""
    if status is not None and status not in STATUSES:
        hint = did_you_mean(status, STATUSES, f"Known: {', '.join(STATUSES)}.")
        raise WrongOption("--status", f"no initiative is ever {status[:40]!r}. {hint}")
    found = [one for one in Workspace.open(workspace).ledger().initiatives() if status in (None, one.status)]
    if as_json:
        say_json([one.as_json() for one in found])
    else:
        show_list(found)


@app.command()
def show(id_: Id, workspace: WorkspaceFolder = HERE, as_json: AsJson = False) -> None:
    """Show one initiative with its tasks and verdicts, and which others get in its way."""
    ledger = Workspace.open(workspace).ledger()
    one, others = ledger.initiative(id_), ledger.initiatives()
    if as_json:
        say_json(one.as_json() | {"overlaps": overlap_notes(one, others)})
    else:
        show_one(one, others)


@app.command()
def history(id_: Id, workspace: WorkspaceFolder = HERE, as_json: AsJson = False) -> None:
    """Show who changed what, and when."""
    one = Workspace.open(workspace).ledger().initiative(id_)
    if as_json:
        say_json({"id": one.id, "history": one.as_json()["history"]})
    else:
        show_history(one)


def _measured(
    shop: Workspace, map_: Map, made: Draft, *, window: tuple[str | None, str | None], measure: bool, quiet: bool
) -> Draft:
    """The draft, checked against the map and the data, with its baseline where there is one."""
    since, until = day(window[0], "--baseline-since"), day(window[1], "--baseline-until")
    with progress("Measuring", quiet=quiet) as step:
        seen = shop.watch(map_, Trial.planned(made), step=step)
        found = seen.baseline(since, until)
    return made.model_copy(update={"target": made.target.model_copy(update={"baseline": found})}) if measure else made


def _propose(ledger: Ledger, made: Draft, who: By, *, as_json: bool) -> None:
    """The initiative is in the ledger, told, and sent to hooks."""
    others = ledger.initiatives()
    one = ledger.propose(made, by=who)
    if as_json:
        say_json(one.as_json() | {"overlaps": overlap_notes(one, others)})
    else:
        show_one(one, others)
        if one.target.baseline is None:
            say("It has no baseline, so it cannot start yet: `desireline initiative baseline`.", style="yellow")
    for sent in ledger.deliver():
        initiative_out.tell_delivery(sent)


initiative_changes.register(app)
initiative_out.register(app)
