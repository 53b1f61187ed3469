"""The visits of journeys as plain columns: the events that stand on touchpoints, one journey after another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.journeys.routes import Routes

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NOWHERE = -1


@dataclass(frozen=True, eq=False)
class Visits:
    """Journey i owns the visits from `starts[i]` up to `starts[i + 1]`, which may be none."""

    rows: I64  # of each visit, among all events
    point: I32  # its touchpoint, by position among those with a rule
    wrong: Flags  # in a wrong channel
    starts: I64

    @classmethod
    def of(cls, events: pl.DataFrame) -> Visits:
        """The visits of cut events, which stand in the order of trips; these are numbered from 0."""
        point = positions(events["touchpoint"])
        rows = np.flatnonzero(point != NOWHERE)
        trip = events["trip"].to_numpy()
        counts = np.bincount(trip[rows], minlength=int(trip[-1]) + 1 if len(trip) else 0)
        wrong = events["wrong_channel"].to_numpy()
        return cls(rows, point[rows], wrong[rows], np.concatenate([[0], np.cumsum(counts)]))

    @cached_property
    def counts(self) -> I64:
        """Visits by journey."""
        return np.diff(self.starts)

    @cached_property
    def trip(self) -> npt.NDArray[np.uint32]:
        """The journey of each visit."""
        return np.repeat(np.arange(len(self.counts), dtype=np.uint32), self.counts)

    @cached_property
    def number(self) -> I64:
        """The number of each visit in its journey, from 1."""
        return np.arange(1, len(self.rows) + 1) - np.repeat(self.starts[:-1], self.counts)

    def any(self, flags: Flags) -> Flags:
        """By journey: is any of its visits flagged?"""
        return self._count(flags) > 0

    def ends(self) -> tuple[I64, I64]:
        """The journeys that have visits, and where their first visits stand; their last ones stand before the next."""
        some = np.flatnonzero(self.counts)
        return some, self.starts[some]

    def last_point(self) -> I32:
        """By journey: the touchpoint of its last visit; `NOWHERE` where it has none."""
        last = np.full(len(self.counts), NOWHERE, dtype=np.int32)
        some = np.flatnonzero(self.counts)
        last[some] = self.point[self.starts[some + 1] - 1]
        return last

    def moves(self) -> Flags:
        """By visit: is it at another touchpoint than the one before in its journey?"""
        fresh = np.ones(len(self.rows), dtype=np.bool_)
        fresh[1:] = self.point[1:] != self.point[:-1]
        fresh[self.ends()[1]] = True
        return fresh

    def routes(self, repeatable: Flags) -> Routes:
        """As the aligner takes them; only at touchpoints that may repeat do immediate repeats count as one step."""
        again = np.zeros(len(self.rows), dtype=np.bool_)
        again[1:] = self.wrong[1:] == self.wrong[:-1]
        kept = self.moves() | ~(again & repeatable[self.point])
        codes = (self.point * 2 + self.wrong).astype(np.uint16)
        if kept.all():
            return Routes(codes, self.starts)
        return Routes(codes[kept], np.concatenate([[0], np.cumsum(kept)])[self.starts])

    def _count(self, flags: Flags) -> I64:
        upto = np.concatenate([[0], np.cumsum(flags)])
        found: I64 = upto[self.starts[1:]] - upto[self.starts[:-1]]
        return found


def positions(names: pl.Series) -> I32:
    """Where each name stands in its list; `NOWHERE` where there is none."""
    held = names.to_physical()
    return (held.cast(pl.Int32).fill_null(NOWHERE) if held.null_count() else held.cast(pl.Int32)).to_numpy()
