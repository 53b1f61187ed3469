"""Customers use a channel that was not meant."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.deviating import NEEDS, Kind, deviating, open_deviation
from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check
from desireline.findings.rule import rule


@rule("Customers use a channel that was not meant", needs=NEEDS, opens=open_deviation)
def wrong_channel(dossier: Dossier, *, acceptable: float = 0.1, smallest: float = 0.1) -> Iterator[Check]:
    """Customers meet a touchpoint in a channel that the map does not give it.

    `acceptable` is everybody's share that is no finding yet; `smallest` how far a group has to be above everybody
    else.

    Why it matters: nobody looks after a channel that is not on the map.
    What helps: lead customers to the intended channel, or serve them in theirs and say so on the map.
    """
    return deviating(dossier, Kind("wrong channel", "wrong channel", acceptable, smallest))
