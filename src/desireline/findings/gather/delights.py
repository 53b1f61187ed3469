"""Among journeys that succeeded: what had happened before those that ended in the best score, or in another purchase.

Each is held against others that came as far and succeeded too (`patterns`), so that what helps customers through is not
taken for what delights them. Only who gave a score, and only who had the time to come back, is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.findings.finding import Who
from desireline.findings.gather.exposures import Exposure, Pattern, mine
from desireline.findings.gather.patterns import ArrivalsWalker, follow, unpacked
from desireline.findings.gathering import Around, Gathering
from desireline.measures.codes import Flags
from desireline.measures.view import View
from desireline.measures.voice import SCALED, level_of_score

BEST = 1.5
"""Levels, of −2 to +2, from which a score is of the best: 5 of 5, 9 and 10 of 10."""
DAYS = 90
"""So long after a success a customer may come back."""
TOP, BACK = "best score", "came back"
_DAY = 86_400_000_000
_EVER = date(9000, 1, 1)


class Delights(NamedTuple):
    """By what came of it, the patterns with enough support; a gap below 0 is of those that went better."""

    found: tuple[tuple[str, Exposure], ...]
    points: tuple[str, ...]
    until: date  # of successes after this day nobody knows yet who comes back


@dataclass(frozen=True)
class DelightsWalker:
    """Counts arrivals of successful journeys, by what came of these."""

    arrivals: ArrivalsWalker
    until: date

    def partial(self, view: View) -> tuple[pl.DataFrame, ...]:
        """What the bucket contributes, for the best score and for coming back."""
        rows = self.arrivals.rows(view)
        return tuple(self.arrivals.count(some) for _, some in delighted(view, rows, self.until))

    def combine(self, parts: Sequence[tuple[pl.DataFrame, ...]]) -> tuple[pl.DataFrame, ...]:
        """All of them."""
        return tuple(self.arrivals.combine([part[k] for part in parts]) for k in range(2)) if parts else ()

    def finish(self, part: tuple[pl.DataFrame, ...]) -> Delights:
        """The patterns."""
        found = [self.arrivals.finish(one) for one in part]
        told = [(kind, one) for kind, cells in zip((TOP, BACK), found, strict=False) for one in mine(cells)]
        return Delights(
            tuple((kind, one) for kind, one in told if kind == BACK or not self._asked(one)),
            tuple(self.arrivals.outline.touchpoint),
            self.until,
        )

    def _asked(self, exposure: Exposure) -> bool:
        """A step at which customers are asked: who answers there gave another score than who was asked elsewhere."""
        points = self.arrivals.outline.touchpoints
        return any(points[point].feedback is not None for point, _ in exposure.pattern.steps)


def delighted(view: View, rows: pl.DataFrame, until: date) -> Iterator[tuple[str, pl.DataFrame]]:
    """The arrivals of successful journeys of which it is known; `x` is 1 where it did not come so."""
    journey = rows["journey"].to_numpy()
    for kind, known, well in ((TOP, *_scored(view)), (BACK, *_returned(view, until))):
        some = (known & view.success & view.settled)[journey]
        yield kind, rows.with_columns(pl.Series("x", (~well[journey]).astype(np.int64))).filter(some)


def _scored(view: View) -> tuple[Flags, Flags]:
    """By journey: did it get a score, and were all of them of the best?"""
    none = np.zeros(view.journeys.height, dtype=np.bool_)
    if view.answers.is_empty():
        return none, none
    level = view.answers.select(pl.when(pl.col("score").is_finite() & SCALED).then(level_of_score()).alias("level"))
    levels, journey = level["level"].cast(pl.Float64).fill_null(np.nan).to_numpy(), view.answered.journey
    scored = (journey >= 0) & ~np.isnan(levels)
    known, worse = none.copy(), none.copy()
    known[journey[scored]] = True
    worse[journey[scored & (levels < BEST)]] = True
    return known, known & ~worse


def _returned(view: View, until: date) -> tuple[Flags, Flags]:
    """By journey: did it succeed early enough to know, and did its customer succeed again within 90 days?"""
    none = np.zeros(view.journeys.height, dtype=np.bool_)
    trail = follow(view)
    goals = np.flatnonzero(~trail.open)
    if not len(goals):
        return none, none
    journey, when = trail.journey[goals], view.steps.at[trail.row[goals]]
    order = np.lexsort((journey, when, view.owners.customer[journey]))
    journey, when = journey[order], when[order]
    customer = view.owners.customer[journey]
    again = (customer[1:] == customer[:-1]) & (when[1:] - when[:-1] <= DAYS * _DAY)
    known, back = none.copy(), none.copy()
    end = datetime.combine(until + timedelta(days=1), time(), UTC)
    known[journey[when < int(end.timestamp()) * 1_000_000]] = True
    back[journey[:-1][again]] = True
    return known, back


def open_delighted(view: View, who: Who) -> pl.Series:
    """Customers whose successful journeys have the pattern that `who.at` writes down, of those that were compared."""
    points = list(view.outline.touchpoint)
    pattern = Pattern.read(who.at, points)
    arrived = ArrivalsWalker(view.outline).rows(view).filter(pl.col("point") == pattern.at)
    rows = dict(delighted(view, arrived, who.until or _EVER))[who.kind]
    flags = pattern.flags(rows["own"].to_numpy(), unpacked(rows["before"].to_numpy(), len(points)))
    return view.people.gather(rows["customer"].to_numpy()[flags])


def _make(around: Around) -> DelightsWalker:
    end = (around.last_at or datetime(1970, 1, 1, tzinfo=UTC)).date()
    return DelightsWalker(ArrivalsWalker(around.outline), end - timedelta(days=DAYS + 1))


DELIGHTS: Gathering[Delights] = Gathering("delights", _make)
