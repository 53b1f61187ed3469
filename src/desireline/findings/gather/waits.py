"""How long journeys waited for what was promised within a time, by group: the typical wait and its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import stdtrit

from desireline.findings.finding import Effect
from desireline.findings.gather.tallies import put_together, sum_answers, together
from desireline.findings.gathering import Around, Gathering
from desireline.measures.clusters import UPPER
from desireline.measures.codes import NONE, Whole
from desireline.measures.groups import Marker
from desireline.measures.rows import Rows
from desireline.measures.view import View

PARTS = 10_000
"""Logarithms of seconds are counted in whole parts."""
FEWEST = 10
_CELL = ["place", "group"]
_SECOND = 1_000_000


@dataclass(frozen=True, eq=False)
class Waits:
    """Sums of the logarithm of waits: place, group, SUMS."""

    cells: pl.DataFrame

    def compare(self, place: str, group: str) -> tuple[Effect, ...]:
        """The typical (geometric mean) wait of a group and of all others of its grouping; nothing where few waited."""
        here = self.cells.filter((pl.col("place") == place) & (pl.col("group") == group))
        grouping = group.partition(":")[0] + ":"
        there = self.cells.filter(
            (pl.col("place") == place) & pl.col("group").str.starts_with(grouping) & (pl.col("group") != group)
        )
        if here.is_empty() or there.is_empty() or min(here["n"].sum(), there["n"].sum()) < FEWEST:
            return ()
        return (_typical("typical wait of this group", here), _typical("typical wait of all others", there))


def _typical(says: str, cells: pl.DataFrame) -> Effect:
    sums = together(cells)
    half = float(stdtrit(sums.freedom, UPPER) * np.sqrt(sums.variance()))
    ends = ((float(sums.ratio) + by) / PARTS for by in (0.0, -half, half))
    value, low, high = (float(np.exp(one)) for one in ends)
    return Effect(says, value, low, high, "s", int(sums.n))


@dataclass(frozen=True)
class WaitsWalker:
    """Adds up by these groupings."""

    groupings: tuple[str, ...]

    def partial(self, view: View) -> pl.DataFrame:
        """The sums of a bucket."""
        marker = Marker(view)
        return put_together([part for rows in _waits(view) for part in self._cells(marker, *rows)], _CELL)

    def _cells(self, marker: Marker, place: str, rows: Rows, waited: Whole) -> Iterator[pl.DataFrame]:
        x = np.round(PARTS * np.log(np.maximum(waited, _SECOND) / _SECOND)).astype(np.int64)
        for by in self.groupings:
            marks = marker.groups(rows, by)
            names = pl.Series(marks.names, dtype=pl.String)
            group = names.gather(pl.Series(marks.codes)) if marks.codes is not None and len(x) else names.clear()
            told = pl.DataFrame({"group": group, "customer": rows.customer, "x": x})
            yield sum_answers(told.with_columns(pl.lit(place).alias("place")), _CELL)

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All of them."""
        return put_together(parts, _CELL)

    def finish(self, part: pl.DataFrame) -> Waits:
        """The sums."""
        return Waits(put_together([part], _CELL))


def _waits(view: View) -> Iterator[tuple[str, Rows, Whole]]:
    """By touchpoint with a promise of time after another: its steps, and how long each waited, µs."""
    point, journey, at = view.step_point, view.steps.journey, view.steps.at
    for one in view.outline.bound:
        time = one.promise.time if one.promise else None
        if time is None or time.after is None or time.after not in view.place:
            continue
        here = np.flatnonzero(point == view.place[one.id])
        if not len(here):
            continue
        since = np.maximum.accumulate(np.where(point == view.place[time.after], np.arange(len(point)), NONE))[here]
        known = (since >= 0) & (journey[np.maximum(since, 0)] == journey[here])
        step, start = here[known], since[known]
        rows = Rows(point[step], journey[step], view.owners, own_channel=view.step_channel[step])
        yield one.id, rows, at[step] - at[start]


def _make(around: Around) -> WaitsWalker:
    return WaitsWalker(("persona",) if "persona" in around.groupings else ())


WAITS: Gathering[Waits] = Gathering("waits", _make)
