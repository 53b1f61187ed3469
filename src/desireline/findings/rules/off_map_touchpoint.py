"""The rule: many customers do something that the map does not know."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.access import SMALL_GROUP
from desireline.findings.dossier import Dossier
from desireline.findings.evidence import share_over
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.departures import DEPARTURES
from desireline.findings.gather.off_map import STRAYS, Stray, open_stray
from desireline.findings.rule import rule
from desireline.findings.shares import share_of
from desireline.findings.telling import telling
from desireline.findings.words import percent


@rule("Customers meet us where the map has nothing", needs=(STRAYS, DEPARTURES), opens=open_stray)
def off_map_touchpoint(dossier: Dossier, *, smallest: float = 0.1) -> Iterator[Check]:
    """Many customers do something between two touchpoints, and no touchpoint of the map stands for it.

    Why it matters: nobody answers for what is not on the map, and what customers do there on their own often says
    what they miss. An event counts where most customers do it: between the two steps that it lies between most often.
    What helps: put it on the map and decide what it should be like; or spare customers the way there.
    """
    for stray in dossier.get(STRAYS).found:
        p = float(share_over(stray.sums, smallest))
        yield Check(_finding(dossier, stray) if stray.customers >= SMALL_GROUP else None, p)


def _finding(dossier: Dossier, stray: Stray) -> Finding:
    sums = stray.sums
    share = share_of(sums)
    says = (
        f"{percent(share.value)} of the journeys that pass {dossier.title(stray.at)} do “{stray.event}” there. "
        f"No touchpoint of the map stands for it ({stray.customers:,} customers)."
    )
    effect = share.effect(f"journeys that do it at {stray.at}")
    return Finding(
        rule="off map touchpoint",
        at=stray.event,
        says=says,
        effect=effect,
        customers=stray.customers,
        who=Who("ad hoc", stray.event),
        evidence=(
            Effect("journeys in which it happens anywhere", stray.journeys, None, None, "count", stray.customers),
        ),
        harms=dossier.get(DEPARTURES).harms("ad hoc", stray.event),
        journeys=int(sums.x),
        weight=telling(effect),
    )
