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
from desireline.findings.gather.patterns import Trail, channel_of, follow, furthest, taken
from desireline.findings.gather.tallies import put_together, tally
from desireline.findings.gathering import Around, Gathering
from desireline.maps.outline import Outline
from desireline.measures.codes import Flags, Whole
from desireline.measures.view import View

PERIODS = (1, 24, 168)  # hours after the next step: success within an hour, a day, a week
EVER = "ever"
STANDING = ["horizon", "point", "stage", "channel", "taken"]
_CELL = [*STANDING, "next"]
_HOUR = 3_600_000_000


class Choices(NamedTuple):
    """Journeys by where they stood, where they went next, and of them those that succeeded within each horizon."""

    cells: pl.DataFrame  # STANDING, next, SUMS; horizon: "1", "24", "168" hours, "ever"
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
        rows = pl.DataFrame(
            {
                "point": trail.point[here],
                "stage": furthest(trail.journey, view.step_stage[trail.row].astype(np.int64))[then],
                "channel": channel_of(view, trail.row[here]),
                "taken": taken(trail.number[here]),
                "next": trail.point[then],
                "customer": view.owners.customer[trail.journey[here]],
            }
        )
        wait = _until_success(view, trail)[trail.journey[then]] - view.steps.at[trail.row[then]]
        won = view.success[trail.journey[then]]
        horizons = {str(hours): won & (wait <= hours * _HOUR) for hours in PERIODS} | {EVER: won}
        told = [rows.with_columns(pl.Series("x", x.astype(np.int64)), horizon=pl.lit(h)) for h, x in horizons.items()]
        return tally(pl.concat(told).with_columns(m=pl.lit(1, pl.Int64)), _CELL)

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All of them."""
        return put_together(parts, _CELL)

    def finish(self, part: pl.DataFrame) -> Choices:
        """The cells, those of one standing together."""
        cells = part if part.is_empty() else put_together([part], _CELL)
        return Choices(cells, tuple(self.outline.touchpoint))


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
