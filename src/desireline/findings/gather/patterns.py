"""What had happened before customers came to a touchpoint, and whether their journeys succeeded.

Looked at is each journey's first arrival at each touchpoint before it succeeded; what happened later never counts, so
nobody is exposed by living long enough to be. Those who arrive there are alike in how far they had come (the furthest
touchpoint that every journey is meant to take) and in channel: a stratum. What can differ is what the last few steps
were, and whether something goes wrong on arrival.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.findings.gather.meanings import leavings
from desireline.findings.gather.tallies import put_together, tally
from desireline.findings.lots import lots_of
from desireline.maps.outline import Outline
from desireline.measures.codes import Flags, Whole
from desireline.measures.view import View

SPAN = 4  # steps back
PLAIN, FAILED, LATE = 0, 1, 2
_STATES = 3
STRATUM = ["point", "reached", "channel"]
KIND = [*STRATUM, "own", "before"]
_CELL = [*KIND, "lot"]


class Arrivals(NamedTuple):
    """First arrivals by stratum, by what came before and by lot: sums of journeys that did not succeed."""

    cells: pl.DataFrame  # KIND, lot, SUMS
    points: tuple[str, ...]


class Trail(NamedTuple):
    """Steps of settled journeys, immediate repeats as one."""

    journey: Whole
    point: Whole  # from 0
    item: Whole  # touchpoint × 3 + what went wrong there
    reached: Whole  # how far along the map, counting only what every journey is meant to take; 0 for nowhere yet
    number: Whole  # from 1 within the journey
    row: Whole  # the first of its steps
    open: Flags  # not yet a success


@dataclass(frozen=True)
class ArrivalsWalker:
    """Counts arrivals by what came before."""

    outline: Outline

    def partial(self, view: View) -> pl.DataFrame:
        """What the bucket contributes."""
        return self.count(self.rows(view))

    def count(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The sums of some of these rows."""
        return tally(rows.with_columns(m=pl.lit(1, pl.Int64)), _CELL)

    def rows(self, view: View) -> pl.DataFrame:
        """One row per journey and touchpoint that it came to."""
        trail = follow(view)
        arrived = np.flatnonzero(trail.open)
        _, first = np.unique(trail.journey[arrived] * (len(view.points) + 1) + trail.point[arrived], return_index=True)
        first = arrived[first]
        before = np.where(trail.number[first] > 1, trail.reached[np.maximum(first - 1, 0)], 0)
        lost = went_wrong(view, self.outline)
        customer = view.owners.customer[trail.journey[first]]
        return pl.DataFrame(
            {
                "point": trail.point[first],
                "reached": before,
                "channel": channel_of(view, trail.row[first]),
                "own": trail.item[first] % _STATES,
                "before": _packed(trail, first, len(view.points)),
                "journey": trail.journey[first],
                "customer": customer,
                "lot": lots_of(view)[customer],
                "x": lost[trail.journey[first]].astype(np.int64),
            }
        )

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All of them."""
        return put_together(parts, _CELL)

    def finish(self, part: pl.DataFrame) -> Arrivals:
        """The cells, those of one stratum together."""
        cells = part if part.is_empty() else put_together([part], _CELL)
        return Arrivals(cells, tuple(self.outline.touchpoint))


def follow(view: View) -> Trail:
    """The steps of settled journeys up to their first success, which is the first that is not `open`."""
    steps, point, owner = view.steps, view.step_point, view.steps.journey
    goals = np.isin(point, np.array([view.place[one] for one in view.outline.success], dtype=np.int32))
    done = np.cumsum(goals)
    earlier = done - goals - np.concatenate([[0], done])[steps.starts[:-1]][owner]
    row = np.flatnonzero((steps.first | (steps.before(point) != point)) & (earlier == 0) & view.settled[owner])
    if not len(row):
        none = np.zeros(0, dtype=np.int64)
        return Trail(none, none, none, none, none, none, none.astype(np.bool_))
    failed = np.maximum.reduceat(_flags(view, "failed").view(np.int8), row)
    late = np.maximum.reduceat(_late(view).view(np.int8), row)
    state = np.where(failed, FAILED, np.where(late, LATE, PLAIN))
    here, journey = (point[row] - view.first_point).astype(np.int64), owner[row].astype(np.int64)
    head = np.flatnonzero(np.diff(journey, prepend=-1))
    number = np.arange(len(row)) - np.repeat(head, np.diff(np.append(head, len(row)))) + 1
    reached = furthest(journey, far_along(view)[here])
    return Trail(journey, here, here * _STATES + state, reached, number, row, ~goals[row])


def furthest(journey: Whole, far: Whole) -> Whole:
    """By step: the largest number of its journey so far, its own among them."""
    high = int(far.max(initial=0)) + 1
    found: Whole = np.maximum.accumulate(journey * high + far) % high
    return found


def far_along(view: View) -> Whole:
    """By touchpoint: how far along the map it stands, from 1; 0 for optional ones."""
    ranks = [0 if point.optional else 1 + view.rank_of.get(point.id, -1) for point in view.outline.touchpoints]
    return np.array(ranks, dtype=np.int64)


def _flags(view: View, column: str) -> Flags:
    return view.steps.frame[column].fill_null(False).to_numpy()


def _late(view: View) -> Flags:
    kept: Flags = view.steps.frame["kept"].fill_null(True).to_numpy()
    return ~kept


def went_wrong(view: View, outline: Outline) -> Flags:
    """By journey: it did not succeed, the customer left for good in it, or it broke the promise made for all of it."""
    gone = np.zeros(view.journeys.height, dtype=np.bool_)
    codes = np.array([view.place[point] for point in leavings(outline)], dtype=np.int32)
    gone[view.steps.journey[np.isin(view.step_point, codes)]] = True
    broken: Flags = ~view.journeys["kept"].fill_null(True).to_numpy()
    return ~view.success | gone | broken


def channel_of(view: View, rows: Whole) -> pl.Series:
    """The channels of steps, by name; "" where there is none."""
    return pl.Series("channel", [*view.channels, ""], dtype=pl.String).gather(
        view.step_channel[rows] % (len(view.channels) + 1)
    )


def taken(number: Whole) -> Whole:
    """How many steps, roughly: 0 for one, 1 for two, 2 up to four, 3 up to eight, 4 for more."""
    return np.minimum(np.ceil(np.log2(np.maximum(number, 1))).astype(np.int64), 4)


def _packed(trail: Trail, rows: Whole, points: int) -> Whole:
    """The items before each of these steps in one number, the nearest in its lowest digit; 0 stands for none."""
    width, found = points * _STATES + 1, np.zeros(len(rows), dtype=np.int64)
    for back in range(SPAN, 0, -1):
        place = np.maximum(rows - back, 0)
        some = trail.number[rows] > back
        found = found * width + np.where(some, trail.item[place] + 1, 0)
    return found


def unpacked(packed: Whole, points: int) -> Whole:
    """The last steps, the nearest first, as item codes (touchpoint × 3 + what went wrong); −1 for none."""
    width = points * _STATES + 1
    digits = [(packed // width**back) % width - 1 for back in range(SPAN)]
    return np.stack(digits, axis=1) if len(packed) else np.zeros((0, SPAN), dtype=np.int64)
