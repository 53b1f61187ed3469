"""Customers wait for a step that does not come."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.deviating import NEEDS, Kind, deviating, open_deviation
from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check
from desireline.findings.rule import rule


@rule("Customers wait for a step that does not come", needs=NEEDS, opens=open_deviation)
def stuck(dossier: Dossier, *, acceptable: float = 0.1, smallest: float = 0.1) -> Iterator[Check]:
    """Journeys stop where the next step is the company's, and it never comes.

    `acceptable` is everybody's share that is no finding yet; `smallest` how far a group has to be above everybody
    else.

    Why it matters: customers have done their part; silence reads as a lost order, a lost claim, lost money.
    What helps: find where the hand-over gets lost, book it where it happens, and raise an alarm when a case is
    silent too long.
    """
    return deviating(dossier, Kind("stuck", "stuck", acceptable, smallest))
