"""Customers meet a touchpoint in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.deviating import NEEDS, Kind, deviating, open_deviation
from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check
from desireline.findings.rule import rule


@rule("Customers meet a touchpoint in the wrong order", needs=NEEDS, opens=open_deviation)
def out_of_order(dossier: Dossier, *, acceptable: float = 0.03, smallest: float = 0.05) -> Iterator[Check]:
    """Journeys come to a touchpoint at another point of the journey than the map intends.

    `acceptable` is everybody's share that is no finding yet; `smallest` how far a group has to be above everybody
    else.

    Why it matters: what comes too late cannot help any more, and what comes too early is forgotten.
    What helps: offer it where it is needed, or draw the order that customers take.
    """
    return deviating(dossier, Kind("out of order", "irregular order", acceptable, smallest))
