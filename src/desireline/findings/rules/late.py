"""Customers wait longer than promised."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.deviating import NEEDS, Kind, deviating, open_deviation
from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check
from desireline.findings.rule import rule


@rule("Customers wait longer than promised", needs=NEEDS, opens=open_deviation)
def late(dossier: Dossier, *, acceptable: float = 0.1, smallest: float = 0.1) -> Iterator[Check]:
    """More journeys break the promised time than the map can stand: overall, in a group, or since a certain week.

    `acceptable` is the share of broken promises that is no finding yet; where the map has a target for the promise, at
    the touchpoint or its stage, what the target leaves is acceptable there. `smallest` is how far a group has to be
    above everybody else.

    Why it matters: a promise is what customers count on; a broken one is what they tell others.
    What helps: find out what the late ones have in common, then mend that, or promise what can be kept and tell
    customers of a delay before they notice it.
    """
    return deviating(dossier, Kind("late", "late", acceptable, smallest, target="promise_kept"))
