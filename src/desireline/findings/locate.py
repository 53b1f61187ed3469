"""Where a deviation sits: in which group, and since when.

Each kind of deviation at each touchpoint is looked at in every group and over time. Everybody's share is held against
what is acceptable; a group's share against everybody else's; and where a group's weekly shares break in two, what came
since against all else. Each is a test of its own; the one that explains most is the one to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from desireline.findings.evidence import difference_over, share_over
from desireline.findings.gather.rates import Cell, Rates
from desireline.findings.shares import gain
from desireline.measures.clusters import Clusters, Floats
from desireline.measures.codes import Whole
from desireline.measures.differences import difference_of_shares
from desireline.measures.groups import NOBODY
from desireline.measures.intervals import share_interval

FEWEST = 20
"""Customers on the smaller side below which a group is not looked at."""
_EDGE = 4  # weeks that a break must leave on each side
_N, _X, _M = (Clusters._fields.index(name) for name in ("n", "x", "m"))

Share = tuple[float, float, float]
Acceptable = Mapping[str, float | None] | float | None
"""What everybody's share may be, at each place or at all of them; None: anything."""


@dataclass(frozen=True)
class Spot:
    """A group, or everybody, in a window: its share with its interval, what it is beyond the rest, and how sure."""

    at: str
    group: str
    since: date | None
    share: Share
    gap: Share  # beyond the rest; the share itself where everybody is meant
    rest: float | None  # share of all others
    n: int  # customers here, and elsewhere
    n_rest: int
    journeys: int  # that could have it
    having: int  # that have it
    came: int  # customers who have it
    p: float
    gain: float  # log-likelihood that the split adds to one share for all


class _Look(NamedTuple):
    """What is compared: sums here and elsewhere (none: everybody is meant), and how many breaks were looked at."""

    at: str
    group: str
    since: date | None
    here: Whole
    rest: Whole | None
    looks: int = 1


def spots(rates: Rates, kind: str, places: Iterable[str], *, acceptable: Acceptable, smallest: float) -> Iterator[Spot]:
    """Every group and window that is looked at."""
    places = list(places)
    limit = acceptable if isinstance(acceptable, Mapping) else dict.fromkeys(places, acceptable)
    looks = [look for at in places for look in _looks(rates, kind, at, everybody=limit.get(at) is not None)]
    alone = [look for look in looks if look.rest is None]
    compared = [look for look in looks if look.rest is not None]
    if alone:
        here = _sums([look.here for look in alone])
        limits = np.array([limit[look.at] for look in alone], dtype=np.float64)
        yield from _told(alone, here, None, share_over(here, limits), np.zeros(len(alone)))
    if compared:
        here, rest = _sums([look.here for look in compared]), _sums([look.rest for look in compared])
        times = np.array([look.looks for look in compared], dtype=np.float64)
        p = np.minimum(1.0, times * difference_over(here, rest, smallest))
        yield from _told(compared, here, rest, p, gain(here.x, here.m, rest.x, rest.m) - np.log(times))


def _looks(rates: Rates, kind: str, at: str, *, everybody: bool) -> Iterator[_Look]:
    groups = rates.groups(kind, at)
    if "" not in groups or groups[""].whole[_N] < 2 * FEWEST:
        return
    all_ = groups[""].whole
    if everybody:
        yield _Look(at, "", None, all_, None)
    for group, cell in groups.items():
        if group.endswith(NOBODY):
            continue
        if group and min(cell.whole[_N], (all_ - cell.whole)[_N]) >= FEWEST:
            yield _Look(at, group, None, cell.whole, all_ - cell.whole)
        yield from _since(cell, all_, at, group)


def _since(cell: Cell, all_: Whole, at: str, group: str) -> Iterator[_Look]:
    """The group since its shares broke, against all else: all others at any time, and the group before.

    A customer who came before and after stands on both sides, each time with what he did there.
    """
    cut, looks = _break(cell)
    if cut is None:
        return
    here = cell.since[cut]
    rest = (all_ - cell.whole) + cell.until[cut - 1]
    if min(here[_N], rest[_N]) >= FEWEST:
        yield _Look(at, group, monday(cell.names[cut]), here, rest, looks)


def _break(cell: Cell) -> tuple[int | None, int]:
    """The week from which the shares are higher, where they break most; and how many breaks were looked at."""
    cuts = np.arange(_EDGE, len(cell.names) - _EDGE + 1)
    if not len(cuts):
        return None, 0
    before_x, before_m = cell.until[cuts - 1, _X], cell.until[cuts - 1, _M]
    after_x, after_m = cell.since[cuts, _X], cell.since[cuts, _M]
    known = (np.minimum(before_m, after_m) >= FEWEST) & (after_x * before_m > before_x * after_m)
    if not known.any():
        return None, 0
    gains = np.where(known, gain(after_x, after_m, before_x, before_m), -np.inf)
    return int(cuts[np.argmax(gains)]), int(known.sum())


def _told(looks: Sequence[_Look], here: Clusters, rest: Clusters | None, p: Floats, gains: Floats) -> Iterator[Spot]:
    low, high = share_interval(here)
    shares = [tuple(map(float, one)) for one in zip(here.ratio, low, high, strict=True)]
    gaps = shares
    if rest is not None:
        gaps = [tuple(map(float, one)) for one in zip(*difference_of_shares(here, rest), strict=True)]
    for i, look in enumerate(looks):
        yield Spot(
            at=look.at,
            group=look.group,
            since=look.since,
            share=_three(shares[i]),
            gap=_three(gaps[i]),
            rest=float(rest.ratio[i]) if rest is not None else None,
            n=int(here.n[i]),
            n_rest=int(rest.n[i]) if rest is not None else 0,
            journeys=int(here.m[i]),
            having=int(here.x[i]),
            came=int(look.here[-1]),
            p=float(p[i]),
            gain=float(gains[i]),
        )


def _three(numbers: Sequence[float]) -> Share:
    value, low, high = numbers
    return value, low, high


def _sums(rows: Sequence[Whole | None]) -> Clusters:
    table = np.stack([row for row in rows if row is not None], axis=1)
    return Clusters(*table[: len(Clusters._fields)])


def monday(week: str) -> date:
    """The Monday of a week like 2026-W07."""
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)
