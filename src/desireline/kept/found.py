"""The findings of a map, kept: asking for one of them, or deciding about it, does not look for all of them again.

What was asked is the rules and what was set for them, the day that counts as today, and what is known of the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desireline.findings.finding import Finding
from desireline.findings.gather.worth import Worth
from desireline.findings.notice import Findings
from desireline.kept.findings import Looking
from desireline.kept.walked import KeptWalks


@dataclass(frozen=True)
class Told:
    """What is kept of findings: all but what is known of the data without walking them."""

    findings: tuple[Finding, ...]
    families: Mapping[str, tuple[int, int]]
    worth: Worth


def findings_of(walks: KeptWalks, looking: Looking, look: Callable[[], Findings]) -> Findings:
    """The findings: those kept, or new ones, for which `look` walks."""

    def told() -> Told:
        found = look()
        return Told(found.findings, dict(found.families), found.worth)

    known, rules = looking.known, [rule.name for rule in looking.rules]
    asked = [rules, looking.settings or {}, known.today.isoformat(), known.groupings, known.data]
    had = walks.of(Told, known.outline.map, asked, told)
    return Findings(had.findings, had.families, known, had.worth)
