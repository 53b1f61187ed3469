"""Effects of each cohort in each period, against the groups that are untreated then, and weighted sums of them.

Source: Callaway & Sant'Anna 2021, Journal of Econometrics 225, 200–230 (group-time effects, not-yet-treated controls).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desireline.initiatives.verdicts.panel import NEVER, Cells

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


class Differences:
    """Everything that is said of a panel is a weighted sum of its cells; this keeps the weights beside the value."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.periods = cells.periods
        self.starts = [int(one) for one in np.unique(cells.since[cells.group])]
        self.cohort = np.searchsorted(self.starts, cells.since[cells.group])
        self.column = np.searchsorted(self.periods, cells.period)
        shape = (len(self.starts), len(self.periods))
        flat = self.cohort * shape[1] + self.column
        self.x = np.bincount(flat, weights=cells.x, minlength=math.prod(shape)).reshape(shape)
        self.m = np.bincount(flat, weights=cells.m, minlength=math.prod(shape)).reshape(shape)

    def effects(self) -> list[tuple[int, int, float]]:
        """The cohort, the column, and the treated weight of each group-time effect that can be told, leads included."""
        found = []
        for cohort, start in enumerate(self.starts):
            if start == NEVER:
                continue
            for column in range(len(self.periods)):
                if self.m[cohort, column] > 0 and self.before(cohort, self.others(cohort, column), column):
                    found.append((cohort, column, float(self.m[cohort, column])))
        return found

    def others(self, cohort: int, column: int) -> list[int]:
        """The cohorts that are untreated in that column, and were so before this cohort's start."""
        latest = max(self.periods[column], self.starts[cohort])
        return [place for place, start in enumerate(self.starts) if start > latest and place != cohort]

    def before(self, cohort: int, others: list[int], column: int) -> list[int]:
        """The columns before the start in which both sides have data; none where the column itself lacks some."""
        there = (self.m[cohort] > 0) & (self.m[others].sum(0) > 0)
        if not there[column]:
            return []
        return [place for place, period in enumerate(self.periods) if period < self.starts[cohort] and there[place]]

    def combine(self, wanted: list[tuple[int, int, float]]) -> Combination:
        """The weighted sum of group-time effects."""
        value, of_x, of_m = 0.0, np.zeros(self.x.shape), np.zeros(self.x.shape)
        for cohort, column, weight in wanted:
            others = self.others(cohort, column)
            before = self.before(cohort, others, column)
            columns = [column, *before]
            spread = np.array([1.0, *[-1 / len(before)] * len(before)])
            for side, signed in (([cohort], weight * spread), (others, -weight * spread)):
                here = np.ix_(side, columns)
                total = self.m[here].sum(0)
                ratio = self.x[here].sum(0) / total
                np.add.at(of_x, here, signed / total)
                np.add.at(of_m, here, signed * ratio / total)
                value += float(signed @ ratio)
        return Combination(value, of_x, of_m)

    def influence(self, made: Combination, cluster: Whole) -> Floats:
        """How far each cluster moves the sum."""
        rows = made.of_x[self.cohort, self.column] * self.cells.x - made.of_m[self.cohort, self.column] * self.cells.m
        return np.bincount(cluster, weights=rows).astype(np.float64)


@dataclass(frozen=True, eq=False)
class Combination:
    """A sum's value, and what each cell's Σx and Σm weigh in its linearised error."""

    value: float
    of_x: Floats
    of_m: Floats
