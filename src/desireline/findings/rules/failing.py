"""A touchpoint fails."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.deviating import NEEDS, Kind, deviating, open_deviation
from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check
from desireline.findings.rule import rule


@rule("A touchpoint fails", needs=NEEDS, opens=open_deviation)
def failing(dossier: Dossier, *, acceptable: float = 0.1, smallest: float = 0.05) -> Iterator[Check]:
    """Customers meet failures at a touchpoint more often than can be accepted: overall, in a group, or since a
    certain week.

    `acceptable` is everybody's share that is no finding yet; `smallest` how far a group has to be above everybody
    else.

    Why it matters: a failure costs the attempt, and for many customers the whole journey.
    What helps: repair what fails; until then keep what the customer has typed, and offer another way.
    """
    return deviating(dossier, Kind("failing", "failed", acceptable, smallest))
