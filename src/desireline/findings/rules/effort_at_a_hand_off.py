"""Who is handed over to another team has to ask again, or waits longer than promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Finding, Harm, Who
from desireline.findings.gather.departures import DEPARTURES
from desireline.findings.gather.handed import AGAIN, FIELDS, HANDED, WHOLE, open_handed
from desireline.findings.rule import rule
from desireline.findings.shares import Sides, compare_within
from desireline.findings.telling import telling
from desireline.findings.words import percent
from desireline.measures.clusters import Clusters

FEWEST = 20


@rule("A hand-off between teams costs effort", needs=(HANDED, DEPARTURES), opens=open_handed, carried=FIELDS)
def effort_at_a_hand_off(dossier: Dossier, *, smallest: float = 0.1) -> Iterator[Check]:
    """Customers whose request was passed to another team get in touch again more often than those who were answered.

    Compared are contacts at one touchpoint within each channel, with and without a back-stage touchpoint of another
    team before the next contact; asking again counts for 14 days. Those who were not handed over are told as they would
    be if they came by the same channels. Where events say which group has a case, the promise of the journey is
    compared between cases that went from one group to another and cases that stayed with the first: a raw difference.
    `smallest` is a difference of shares.

    Why it matters: at a hand-off the story gets lost, and the customer has to carry it.
    What helps: let who took the request keep it, whoever goes and looks; or hand over the story with it.
    """
    for kind, start, end, here, rest in _pairs(dossier):
        sides = _compared(kind, here, rest)
        if sides is not None:
            yield Check(_finding(dossier, (kind, start, end), sides=sides, whole=here[WHOLE]), sides.over(smallest))


Groups = Mapping[str, Clusters]
"""Sums by channel, and of all."""


def _pairs(dossier: Dossier) -> Iterator[tuple[str, str, str, Groups, Groups]]:
    """Each hand-off against what was not handed over: from one group to another, against what stayed with the first."""
    sides = list(dossier.get(HANDED).sides())
    for kind, start, end, here, rest in sides:
        if kind == AGAIN:
            yield kind, start, end, here, rest
    for kind, start, end, here, _ in sides:
        stayed = dossier.get(HANDED).stayed(start)
        if kind != AGAIN and stayed:
            yield kind, start, end, here, stayed


def _compared(kind: str, here: Groups, rest: Groups) -> Sides | None:
    """Both sides within the channels that both have, where events tell them; None where few are left to compare."""
    names = here.keys() - {WHOLE} if kind == AGAIN else {WHOLE}
    found = compare_within({name: here[name] for name in names}, rest)
    if found is None or min(found.first.n, found.second.n) < FEWEST:
        return None
    # A customer of two channels stands in both strata, and is one.
    first, second = (
        replace(side, n=min(side.n, int(whole.n)))
        for side, whole in ((found.first, here[WHOLE]), (found.second, rest[WHOLE]))
    )
    return replace(found, first=first, second=second)


def _finding(dossier: Dossier, edge: tuple[str, str, str], *, sides: Sides, whole: Clusters) -> Finding:
    kind, start, end = edge
    with_it, without = percent(sides.first.value), percent(sides.second.value)
    if kind == AGAIN:
        at, alike = end, " in the same channels" if sides.strata > 1 else ""
        says = (
            f"{with_it} of customers who are handed over from {dossier.title(start)} to {dossier.title(end)} "
            f"get in touch again within two weeks; without the hand-off {without} do{alike}."
        )
        told = "contacts followed by another"
    else:
        at = dossier.outline.map.map.id
        says = (
            f"{with_it} of the {int(whole.m):,} cases that go from “{start}” to “{end}” break the promise; "
            f"of those that stay with “{start}”, {without} do."
        )
        told = "cases that break the promise"
    effect = sides.effect(f"{told}, against those not handed over")
    return Finding(
        rule="effort at a hand off",
        at=at,
        says=says,
        effect=effect,
        customers=int(whole.n),
        journeys=int(whole.m),
        who=Who("hand-off", f"{start}>{end}", also=edge),
        grade="C" if sides.strata > 1 else "D",
        evidence=(
            sides.first.effect(f"{told}, handed over"),
            sides.second.effect(f"{told}, not handed over"),
        ),
        harms=_harms(dossier, start, sides.gap) if kind == AGAIN else (),
        weight=telling(effect),
    )


def _harms(dossier: Dossier, start: str, more: tuple[float, float, float]) -> tuple[Harm, ...]:
    """What asking again costs one journey, times how much more often those who are handed over do."""
    value, low, high = (max(one, 0.0) for one in more)
    return tuple(
        replace(one, value=one.value * value, low=one.low * high, high=one.high * low)
        for one in dossier.get(DEPARTURES).harms("repeated", start)
    )
