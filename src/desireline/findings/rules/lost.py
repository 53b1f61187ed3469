"""Customers are lost at a touchpoint."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.deviating import NEEDS, Kind, deviating, open_deviation
from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check
from desireline.findings.rule import rule


@rule("Customers are lost at a touchpoint", needs=NEEDS, opens=open_deviation)
def lost(dossier: Dossier, *, smallest: float = 0.1) -> Iterator[Check]:
    """More journeys end at a touchpoint without success in one group, or since a certain week, than elsewhere.

    How many leave everywhere is for the map to say: a KPI on `drop_off` makes it a finding of its own. `smallest` is
    how far the share has to be above everybody else's.

    Why it matters: those who came this far wanted to go on; what stops some of them and not others can be found.
    What helps: compare the touchpoint as this group meets it with how the others do.
    """
    return deviating(dossier, Kind("lost", "lost", None, smallest))
