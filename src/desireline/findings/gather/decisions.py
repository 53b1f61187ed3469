"""Where customers went next, and whether and when they succeeded after that.

Time begins with the next step, for those who took a touchpoint and for those who took another one; who took none is not
looked at, because nobody knows when he decided. Compared are those who stood at the same touchpoint, had come to the
same stage with that step, in the same channel and after about as many steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.findings.finding import Who
from desireline.findings.gather.patterns import Trail, follow, furthest, taken
from desireline.findings.gather.tallies import count_rows
from desireline.findings.gathering import Around, Gathering
from desireline.findings.lots import LOTS, lots_of
from desireline.maps.outline import Outline
from desireline.measures.codes import Flags, Whole
from desireline.measures.view import View

PERIODS = (1, 24, 168)  # hours after the next step: success within an hour, a day, a week
EVER = "ever"
STANDING = ["horizon", "point", "stage", "channel", "taken"]
_CELL = [*STANDING, "next", "lot"]
_SUMS = ("m", "x", "n")
_HOUR = 3_600_000_000


class Choices(NamedTuple):
    """Journeys by where they stood, where they went next, and of them those that succeeded within each horizon."""

    cells: pl.DataFrame  # STANDING, next, lot, m, x, n; horizon: "1", "24", "168" hours, "ever"
    points: tuple[str, ...]


@dataclass(frozen=True)
class ChoicesWalker:
    """Counts next steps, and successes after them."""

    outline: Outline

    def partial(self, view: View) -> pl.DataFrame:
        """What the bucket contributes."""
        trail = follow(view)
        here = choosing(view, trail)
        then = here + 1
        channels, customer = len(view.channels) + 1, view.owners.customer[trail.journey[here]]
        stage = furthest(trail.journey, view.step_stage[trail.row].astype(np.int64))[then]
        standing = [
            (trail.point[here], len(view.points)),
            (stage, len(view.stages) + 1),
            (view.step_channel[trail.row[here]].astype(np.int64) % channels, channels),
            (taken(trail.number[here]), 5),
            (trail.point[then], len(view.points)),
            (lots_of(view)[customer], LOTS),
        ]
        cell, which, counted = count_rows(_mixed(standing), customer)
        wait = _until_success(view, trail)[trail.journey[then]] - view.steps.at[trail.row[then]]
        won = view.success[trail.journey[then]]
        horizons = {str(hours): won & (wait <= hours * _HOUR) for hours in PERIODS} | {EVER: won}
        names = pl.Series([*view.channels, ""], dtype=pl.String)
        point, stage, channel, number, after, lot = _parted(cell, [size for _, size in standing])
        cells = counted.select("m", "n").with_columns(
            point=point, stage=stage, channel=names.gather(channel), taken=number, next=after, lot=lot
        )
        told = [
            cells.with_columns(
                pl.Series("x", np.bincount(which[x], minlength=len(cell)).astype(np.int64)), horizon=pl.lit(h)
            )
            for h, x in horizons.items()
        ]
        return pl.concat(told).select(*_CELL, *_SUMS)

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All of them."""
        some = [part for part in parts if not part.is_empty()]
        if not some:
            return parts[0] if parts else pl.DataFrame()
        return pl.concat(some).group_by(_CELL).agg(pl.col(_SUMS).sum()).sort(_CELL)

    def finish(self, part: pl.DataFrame) -> Choices:
        """The cells, those of one standing together."""
        return Choices(self.combine([part]), tuple(self.outline.touchpoint))


def _mixed(columns: Sequence[tuple[Whole, int]]) -> Whole:
    """Several numbers, each below its size, as one."""
    found = np.zeros(len(columns[0][0]), dtype=np.int64)
    for column, size in columns:
        found = found * size + column
    return found


def _parted(mixed: Whole, sizes: Sequence[int]) -> list[Whole]:
    """The numbers of which it was made."""
    found = []
    for size in reversed(sizes):
        mixed, last = np.divmod(mixed, size)
        found.append(last)
    return found[::-1]


def choosing(view: View, trail: Trail) -> Whole:
    """The steps, by position, from which journeys go on: to an optional touchpoint only when they never came there."""
    here = np.flatnonzero((trail.journey[1:] == trail.journey[:-1]) & trail.open[:-1])
    return here[_first_time(view, trail, here + 1)]


def open_takers(view: View, who: Who) -> pl.Series:
    """Customers who went on to the touchpoint."""
    trail = follow(view)
    then = choosing(view, trail) + 1
    some = then[trail.point[then] == list(view.outline.touchpoint).index(who.at)]
    return view.people.gather(view.owners.customer[trail.journey[some]])


def _first_time(view: View, trail: Trail, rows: Whole) -> Flags:
    """Of these steps: is it the first at its touchpoint, or at one that every journey is meant to take?"""
    size = len(view.points) + 1
    _, first = np.unique(trail.journey * size + trail.point, return_index=True)
    found = np.zeros(len(trail.point), dtype=np.bool_)
    found[first] = True
    optional = np.array([point.optional for point in view.outline.touchpoints], dtype=np.bool_)
    return found[rows] | ~optional[trail.point[rows]]


def _until_success(view: View, trail: Trail) -> Whole:
    """By journey: the instant of its first success; 0 where there is none."""
    found = np.zeros(view.journeys.height, dtype=np.int64)
    goals = np.flatnonzero(~trail.open)
    found[trail.journey[goals]] = view.steps.at[trail.row[goals]]
    return found


def _make(around: Around) -> ChoicesWalker:
    return ChoicesWalker(around.outline)


CHOICES: Gathering[Choices] = Gathering("choices", _make)
