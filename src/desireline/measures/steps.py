"""The steps of all journeys as columns, in the order of journeys and, within each, of time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from desireline.measures.codes import Codes, Flags, Numbers, Whole, added


@dataclass(frozen=True, eq=False)
class Steps:
    """STEPS in order; journey j owns the steps from `starts[j]` up to `starts[j + 1]`, which may be none."""

    frame: pl.DataFrame
    starts: Whole

    @cached_property
    def journey(self) -> Codes:
        """The number of each step's journey."""
        counts = np.diff(self.starts)
        return np.repeat(np.arange(len(counts), dtype=np.int32), counts)

    @cached_property
    def first(self) -> Flags:
        """True at the first step of each journey."""
        found = np.zeros(self.frame.height, dtype=np.bool_)
        found[self.starts[:-1][self.starts[:-1] < self.starts[1:]]] = True
        return found

    @property
    def last(self) -> Whole:
        """By journey: its last step; one that has no steps points to the step before it, or −1."""
        return self.starts[1:] - 1

    @cached_property
    def at(self) -> Whole:
        """When each step was taken, µs since 1970."""
        return self.frame["at"].to_physical().to_numpy()

    @cached_property
    def value(self) -> Whole:
        """The money of each step in ten-thousandths, 0 where there is none."""
        told = self.frame["value_e4"]
        return (told.fill_null(0) if told.null_count() else told).to_numpy()

    def count(self, flags: Flags) -> Whole:
        """By journey: how many of its steps are flagged."""
        found = np.zeros(len(self.starts) - 1, dtype=np.int64)
        some = np.flatnonzero(self.starts[1:] > self.starts[:-1])
        if len(some):
            found[some] = added(flags, self.starts[some])
        return found

    def before(self, column: Numbers) -> Numbers:
        """What the column says one step before; at a journey's first step it means nothing."""
        found = np.empty_like(column)
        found[1:] = column[:-1]
        found[:1] = column[:1]
        return found


def in_order(frame: pl.DataFrame, journeys: int) -> Steps:
    """The steps of so many journeys; `trip` tells the number of each step's."""
    counts = np.bincount(frame["trip"].to_numpy(), minlength=journeys)
    return Steps(frame, np.concatenate([[0], np.cumsum(counts)]))
