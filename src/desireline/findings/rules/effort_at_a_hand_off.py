"""Who is handed over to another team has to ask again, or waits longer than promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from desireline.findings.dossier import Dossier
from desireline.findings.evidence import difference_over
from desireline.findings.finding import Check, Effect, Finding, Harm, Who
from desireline.findings.gaps import together
from desireline.findings.gather.departures import DEPARTURES
from desireline.findings.gather.handed import AGAIN, FIELDS, HANDED, WHOLE, open_handed
from desireline.findings.rule import rule
from desireline.findings.words import percent
from desireline.measures.clusters import Clusters, Floats
from desireline.measures.differences import difference_of_shares
from desireline.measures.intervals import share_interval

FEWEST = 20


@rule("A hand-off between teams costs effort", needs=(HANDED, DEPARTURES), opens=open_handed, carried=FIELDS)
def effort_at_a_hand_off(dossier: Dossier, *, smallest: float = 0.1) -> Iterator[Check]:
    """Customers whose request was passed to another team get in touch again more often than those who were answered.

    Compared are contacts at one touchpoint in the same channels, with and without a back-stage touchpoint of another
    team before the next contact; asking again counts for 14 days. Where events say which group has a case, the promise
    of the journey is compared between cases that went from one group to another and cases that stayed with the first.
    `smallest` is a difference of shares.

    Why it matters: at a hand-off the story gets lost, and the customer has to carry it.
    What helps: let who took the request keep it, whoever goes and looks; or hand over the story with it.
    """
    looked = [
        ((kind, start, end), here[WHOLE], both)
        for kind, start, end, here, rest in _pairs(dossier)
        if (both := _comparable(here, rest)) is not None
    ]
    if not looked:
        return
    first, second = (_arrays([both[k] for _, _, both in looked]) for k in (0, 1))
    every = difference_over(first, second, smallest).tolist()
    for (edge, whole, (with_it, without)), p in zip(looked, every, strict=True):
        yield Check(_finding(dossier, edge, first=with_it, second=without, whole=whole), p)


Sides = Mapping[str, Clusters]


def _pairs(dossier: Dossier) -> Iterator[tuple[str, str, str, Sides, Sides]]:
    """Each hand-off against what was not handed over: from one group to another, against what stayed with the first."""
    sides = list(dossier.get(HANDED).sides())
    for kind, start, end, here, rest in sides:
        if kind == AGAIN:
            yield kind, start, end, here, rest
    for kind, start, end, here, _ in sides:
        stayed = dossier.get(HANDED).stayed(start)
        if kind != AGAIN and stayed:
            yield kind, start, end, here, stayed


def _comparable(here: Sides, rest: Sides) -> tuple[Clusters, Clusters] | None:
    """Both sides in the channels that both have; None where that leaves too few customers."""
    both = here.keys() & rest.keys()
    shared = sorted(both - {WHOLE}) or sorted(both)
    first, second = together(here[name] for name in shared), together(rest[name] for name in shared)
    if first is None or second is None or min(int(first.n), int(second.n)) < FEWEST:
        return None
    return first, second


def _finding(
    dossier: Dossier, edge: tuple[str, str, str], *, first: Clusters, second: Clusters, whole: Clusters
) -> Finding:
    kind, start, end = edge
    value, low, high = (float(one[0]) for one in difference_of_shares(_array(first), _array(second)))
    with_it, without = float(first.ratio), float(second.ratio)
    if kind == AGAIN:
        at = end
        says = (
            f"{percent(with_it)} of customers who are handed over from {dossier.title(start)} to {dossier.title(end)} "
            f"get in touch again within two weeks; without the hand-off {percent(without)} do."
        )
        told = "contacts followed by another"
    else:
        at = dossier.outline.map.map.id
        says = (
            f"{percent(with_it)} of the {int(first.m):,} cases that go from “{start}” to “{end}” break the promise; "
            f"of those that stay with “{start}”, {percent(without)} do."
        )
        told = "cases that break the promise"
    share = [
        Effect(f"{told}, {words}", float(one.ratio), *_interval(one), "share", int(one.n))
        for words, one in (("handed over", first), ("not handed over", second))
    ]
    return Finding(
        rule="effort at a hand off",
        at=at,
        says=says,
        effect=Effect(f"{told}, against those not handed over", value, low, high, "share", int(first.n), int(second.n)),
        customers=int(whole.n),
        journeys=int(whole.m),
        who=Who("hand-off", f"{start}>{end}"),
        grade="C" if kind == AGAIN else "D",
        evidence=tuple(share),
        harms=_harms(dossier, start, (value, low, high)) if kind == AGAIN else (),
        weight=_gain(first, second),
    )


def _harms(dossier: Dossier, start: str, more: tuple[float, float, float]) -> tuple[Harm, ...]:
    """What asking again costs one journey, times how much more often those who are handed over do."""
    value, low, high = (max(one, 0.0) for one in more)
    return tuple(
        replace(one, value=one.value * value, low=one.low * high, high=one.high * low)
        for one in dossier.get(DEPARTURES).harms("repeated", start)
    )


def _interval(one: Clusters) -> tuple[float, float]:
    low, high = share_interval(_array(one))
    return float(low[0]), float(high[0])


def _gain(first: Clusters, second: Clusters) -> float:
    """What two shares explain beyond one, in log-likelihood."""
    x, m = np.array([float(first.x), float(second.x)]), np.array([float(first.m), float(second.m)])
    return float(_fit(x, m).sum() - _fit(x.sum(keepdims=True), m.sum(keepdims=True)).sum())


def _fit(x: Floats, m: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(x > 0, x * np.log(x / m), 0.0) + np.where(x < m, (m - x) * np.log1p(-x / m), 0.0))


def _array(sums: Clusters) -> Clusters:
    return _arrays([sums])


def _arrays(sums: Sequence[Clusters]) -> Clusters:
    return Clusters(*(np.array([int(one) for one in column], dtype=np.int64) for column in zip(*sums, strict=True)))
