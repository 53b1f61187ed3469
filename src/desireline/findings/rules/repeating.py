"""Customers go in circles."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.deviating import NEEDS, Kind, deviating, open_deviation
from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check
from desireline.findings.rule import rule


@rule("Customers go in circles", needs=NEEDS, opens=open_deviation)
def repeating(dossier: Dossier, *, acceptable: float = 0.3, smallest: float = 0.1) -> Iterator[Check]:
    """Customers come to a touchpoint again though the map does not foresee it: a loop without progress.

    `acceptable` is everybody's share that is no finding yet; `smallest` how far a group has to be above everybody
    else.

    Why it matters: whoever has to come back did not get what he came for; each round costs effort, and often a call.
    What helps: look at what they do between the rounds, and give the answer there.
    """
    return deviating(dossier, Kind("repeating", "repeated", acceptable, smallest))
