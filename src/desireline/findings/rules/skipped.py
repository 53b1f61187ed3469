"""Customers pass a touchpoint by."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.deviating import NEEDS, Kind, deviating, open_deviation
from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check
from desireline.findings.rule import rule


@rule("Customers pass a touchpoint by", needs=NEEDS, opens=open_deviation)
def skipped(dossier: Dossier, *, acceptable: float = 0.3, smallest: float = 0.15) -> Iterator[Check]:
    """Journeys skip a touchpoint that the map has for everybody.

    `acceptable` is everybody's share that is no finding yet; `smallest` how far a group has to be above everybody
    else.

    Why it matters: what is drawn as needed and is skipped is either not needed or not found.
    What helps: make it easier to find, or mark it as optional.
    """
    return deviating(dossier, Kind("skipped", "missing", acceptable, smallest))
