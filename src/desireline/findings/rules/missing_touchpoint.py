"""The rule: we are silent for long, and customers get in touch to ask."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.access import SMALL_GROUP
from desireline.findings.dossier import Dossier
from desireline.findings.evidence import means_over, share_over
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.silences import SILENCES, Silence, open_askers
from desireline.findings.rule import rule
from desireline.findings.shares import share_of
from desireline.findings.telling import telling
from desireline.findings.words import percent
from desireline.measures.clusters import Clusters
from desireline.measures.intervals import mean_interval

_WEEK = 168  # hours


@rule("Customers ask while we are silent", needs=(SILENCES,), opens=open_askers)
def missing_touchpoint(dossier: Dossier, *, smallest: float = 0.25) -> Iterator[Check]:
    """Between two touchpoints customers wait for a day or longer, and many of them get in touch before we say anything.

    `smallest` is the share of waiting journeys that may get in touch. Where there are other long waits, customers must
    also get in touch more often per day of waiting than there.

    Why it matters: a touchpoint is missing here; customers make one up, and it is the most expensive one we have.
    What helps: a message before they ask, halfway through the wait.
    """
    for wait in dossier.get(SILENCES).found:
        p = float(share_over(wait.asked, smallest))
        if wait.elsewhere is not None:
            p = max(p, float(means_over(wait.rate, wait.elsewhere, 0.0)))
        yield Check(_finding(dossier, wait) if wait.came >= SMALL_GROUP else None, p)


def _finding(dossier: Dossier, wait: Silence) -> Finding:
    at = f"{wait.start}>{wait.end}" if wait.end else wait.start
    share = share_of(wait.asked)
    where = f"Between {dossier.title(at).replace(' → ', ' and ')}" if wait.end else f"After {dossier.title(at)}"
    says = (
        f"{where} we are silent for {_long(wait.hours)} and longer: {percent(share.value)} of the journeys "
        f"that wait there get in touch ({wait.came:,} customers)."
    )
    effect = share.effect("waiting journeys that get in touch")
    return Finding(
        rule="missing touchpoint",
        at=at,
        says=says,
        effect=effect,
        customers=wait.came,
        who=Who("missing touchpoint", at),
        evidence=tuple(_rates(wait)),
        journeys=int(wait.asked.x),
        weight=telling(effect),
    )


def _long(hours: int) -> str:
    return f"{hours // 24} days" if hours >= 48 else f"{hours} hours"


def _rates(wait: Silence) -> Iterator[Effect]:
    yield _rate("contacts in a week of waiting here", wait.rate)
    if wait.elsewhere is not None:
        yield _rate("contacts in a week of waiting elsewhere", wait.elsewhere)


def _rate(says: str, sums: Clusters) -> Effect:
    low, high = mean_interval(sums)
    value, ends = float(sums.ratio) * _WEEK, (max(float(low), 0.0) * _WEEK, float(high) * _WEEK)
    return Effect(says, value, *ends, "count", int(sums.n))
