"""The steps of all journeys as columns, in the order of journeys and, within each, of time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from desireline.measures.codes import Codes, Flags, Numbers, Whole, beginnings, positions


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
        return self.frame["value_e4"].fill_null(0).to_numpy()

    def count(self, flags: Flags) -> Whole:
        """By journey: how many of its steps are flagged."""
        upto = np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])
        found: Whole = upto[self.starts[1:]] - upto[self.starts[:-1]]
        return found

    def before(self, column: Numbers) -> Numbers:
        """What the column says one step before; at a journey's first step it means nothing."""
        found = np.empty_like(column)
        found[1:] = column[:-1]
        found[:1] = column[:1]
        return found


def in_order(frame: pl.DataFrame, journeys: pl.Series) -> Steps:
    """The steps of these journeys. Walked steps stand in order; others are sorted. Steps of no journey are left out."""
    heads = beginnings(frame["journey_id"].rle_id().to_numpy())
    owner = positions(frame["journey_id"][heads], journeys) if len(heads) <= len(journeys) else None
    if owner is not None and (owner >= 0).all() and (np.diff(owner) > 0).all():
        new = np.zeros(frame.height, dtype=np.bool_)
        new[heads] = True
        if (new[1:] | (np.diff(frame["step"].to_numpy()) > 0)).all():
            return Steps(frame, _starts(owner, np.diff(heads, append=frame.height), len(journeys)))
    there = journeys.to_frame("journey_id").with_row_index("_journey")
    ordered = frame.join(there, on="journey_id", how="inner").sort("_journey", "step")
    counts = np.bincount(ordered["_journey"].to_numpy(), minlength=len(journeys))
    return Steps(ordered.drop("_journey"), _starts(np.arange(len(journeys)), counts, len(journeys)))


def _starts(owner: Numbers, counts: Numbers, journeys: int) -> Whole:
    found = np.zeros(journeys + 1, dtype=np.int64)
    found[1 + owner] = counts
    return np.cumsum(found)
