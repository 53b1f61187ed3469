"""How observations are split into cells: by place, group, period and unit. Worked out once for rows that many share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.measures.codes import Codes, Whole, code
from desireline.measures.groups import Marks, groups_of, periods_of
from desireline.measures.layout import Layout, lay_out
from desireline.measures.measure import Measure
from desireline.measures.rows import Observations, Rows
from desireline.measures.teams import by_team
from desireline.measures.view import View

OWN = ""
"""The unit in a tally that measures may share: each measure's own."""


class Split(NamedTuple):
    """By what it is grouped ("" everybody) and in which grain of time (None: the whole)."""

    by: str = ""
    grain: str | None = None


@dataclass(frozen=True, eq=False)
class Cells:
    """Observations in cells: the layout, and what the numbers in its keys mean."""

    seen: Observations
    layout: Layout
    groups: tuple[str, ...]
    periods: tuple[str, ...]
    units: tuple[str, ...]

    @property
    def place(self) -> Codes:
        """The place of each cell."""
        return (self.layout.key // (len(self.groups) * len(self.periods) * len(self.units))).astype(np.int32)

    @property
    def within(self) -> Whole:
        """What is left of each cell's key without the place: group, period and unit in one number."""
        return self.layout.key % (len(self.groups) * len(self.periods) * len(self.units))

    def words(self, within: Whole) -> dict[str, pl.Series]:
        """Group, period and unit as they are written."""
        rest, unit = np.divmod(within, len(self.units))
        group, period = np.divmod(rest, len(self.periods))
        return {
            name: pl.Series(name, names, dtype=pl.String).gather(codes)
            for name, names, codes in (
                ("group", self.groups, group),
                ("period", self.periods, period),
                ("unit", self.units, unit),
            )
        }


@dataclass(frozen=True, eq=False)
class Splitter:
    """Splits a view's observations, and keeps the layouts for the next measure on the same rows."""

    view: View
    _layouts: dict[tuple[Rows, Split], tuple[Layout, Marks, Marks]] = field(default_factory=dict)

    def cells(self, seen: Observations, measure: Measure, split: Split) -> Cells:
        """The observations in the cells of this split."""
        if split.by == "team":
            seen, groups = by_team(seen, self.view, measure)
            return self._cells(seen, groups, periods_of(seen.rows, self.view, split.grain))
        known = (seen.rows, split)
        if isinstance(seen.unit, pl.Series):
            return self._cells(seen, *self._marks(*known))
        if known not in self._layouts:
            groups, periods = self._marks(*known)
            self._layouts[known] = self._cells(seen, groups, periods).layout, groups, periods
        layout, groups, periods = self._layouts[known]
        return Cells(seen, layout, groups.names, periods.names, (seen.unit or OWN,))

    def _marks(self, rows: Rows, split: Split) -> tuple[Marks, Marks]:
        return groups_of(rows, self.view, split.by), periods_of(rows, self.view, split.grain)

    def _cells(self, seen: Observations, groups: Marks, periods: Marks) -> Cells:
        units: tuple[str, ...] = (seen.unit if isinstance(seen.unit, str) else OWN,)
        key = seen.rows.place.astype(np.int64)
        keep = np.ones(len(key), dtype=np.bool_)
        for marks in (groups, periods):
            key = key * max(len(marks.names), 1)
            if marks.codes is not None:
                key += marks.codes
                keep &= marks.codes >= 0
        if isinstance(seen.unit, pl.Series):
            coded = code(seen.unit.fill_null(OWN))
            units = tuple(coded.names) or (OWN,)
            key = key * len(units) + coded.codes
        layout = lay_out(key, seen.rows.customer, keep=None if keep.all() else np.flatnonzero(keep))
        return Cells(seen, layout, groups.names, periods.names or ("",), units)
