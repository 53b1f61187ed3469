"""How observations are split into cells: by place, group, period and unit. Worked out once for rows that many share."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from desireline.measures.codes import Coded, Codes, Whole
from desireline.measures.groups import Marker, Marks
from desireline.measures.layout import Layout, lay_out
from desireline.measures.measure import Measure
from desireline.measures.rows import Observations, Rows
from desireline.measures.state import Words
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

    def words(self, within: Whole) -> Words:
        """Group, period and unit of such numbers: the names that there are, and which of them each has."""
        rest, unit = np.divmod(within, len(self.units))
        group, period = np.divmod(rest, len(self.periods))
        return {"group": (self.groups, group), "period": (self.periods, period), "unit": (self.units, unit)}


@dataclass(frozen=True, eq=False)
class Splitter:
    """Splits a view's observations, and keeps the layouts for the next measure on the same rows."""

    view: View
    _layouts: dict[tuple[Rows, Split], Layout] = field(default_factory=dict)
    _marked: dict[tuple[Rows, Split], tuple[Marks, Marks]] = field(default_factory=dict)
    _teams: dict[str, tuple[Observations, Marks]] = field(default_factory=dict)

    def cells(self, seen: Observations, measure: Measure, split: Split) -> Cells:
        """The observations in the cells of this split."""
        if split.by == "team":
            if measure.tally not in self._teams:
                self._teams[measure.tally] = by_team(seen, self.view, measure)
            seen, groups = self._teams[measure.tally]
            return self._cells(seen, groups, self._marker.periods(seen.rows, split.grain))
        known, (groups, periods) = (seen.rows, split), self._marks(seen.rows, split)
        if isinstance(seen.unit, Coded):
            return self._cells(seen, groups, periods)
        if known not in self._layouts:
            self._layouts[known] = self._cells(seen, groups, periods).layout
        return Cells(seen, self._layouts[known], groups.names, periods.names or ("",), (seen.unit or OWN,))

    def _marks(self, rows: Rows, split: Split) -> tuple[Marks, Marks]:
        known = rows, split
        if known not in self._marked:
            self._marked[known] = self._marker.groups(rows, split.by), self._marker.periods(rows, split.grain)
        return self._marked[known]

    @cached_property
    def _marker(self) -> Marker:
        return Marker(self.view)

    def _cells(self, seen: Observations, groups: Marks, periods: Marks) -> Cells:
        units: tuple[str, ...] = (seen.unit if isinstance(seen.unit, str) else OWN,)
        key = seen.rows.place.astype(np.int64)
        keep = np.ones(len(key), dtype=np.bool_)
        for marks in (groups, periods):
            key = key * max(len(marks.names), 1)
            if marks.codes is not None:
                key += marks.codes
                keep &= marks.codes >= 0
        if isinstance(seen.unit, Coded):
            units = (OWN, *seen.unit.names)
            key = key * len(units) + (seen.unit.codes + 1)
        layout = lay_out(key, seen.rows.customer, keep=None if keep.all() else np.flatnonzero(keep))
        return Cells(seen, layout, groups.names, periods.names or ("",), units)
