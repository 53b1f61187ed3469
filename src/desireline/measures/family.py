"""What a family of measures is: how the sums of many cells become values and intervals.

Every family keeps the sums of `sums.SUMS`. Some keep more beside them: the values themselves (`ladder`), or the
smallest hashes (`distinct`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

import numpy as np
import polars as pl

from desireline.measures.clusters import Clusters, Floats
from desireline.measures.codes import Numbers
from desireline.measures.intervals import Interval
from desireline.measures.ladder import Ladders

Kept = Literal["sums", "ladder", "distinct"]


class Cells(NamedTuple):
    """The state of many cells, ready to be finished, as arrays. Each has at least one customer."""

    clusters: Clusters
    came: Numbers
    size: Numbers
    ladders: Ladders | None = None  # the values, or the hashes, where a family keeps them
    coarse: Numbers | None = None  # which of the ladders are coarse


class Estimates(NamedTuple):
    """A value for each cell, its 95 % interval, the customers behind it, and a remark for all or for some."""

    value: Floats
    interval: Interval
    n: Numbers
    remark: str = ""
    where: Numbers | None = None  # the cells that the remark is about; all when None


@dataclass(frozen=True)
class Family(ABC):
    """How a measure adds up."""

    state: ClassVar[Kept] = "sums"
    """Measures that observe the same and whose families keep the same share one partial."""
    counts: ClassVar[bool] = False
    """A count: only customers with x > 0 stand behind it, and 0 is a value."""

    @abstractmethod
    def estimate(self, cells: Cells) -> Estimates:
        """Values and intervals of the cells."""


def finished(found: Estimates) -> pl.DataFrame:
    """The estimates as columns: value, low, high, n, note."""
    plain = [
        pl.Series(name, numbers, dtype=pl.Float64).fill_nan(None)
        for name, numbers in (("value", found.value), ("low", found.interval.low), ("high", found.interval.high))
    ]
    marked = np.ones(len(found.value), dtype=np.bool_) if found.where is None else found.where
    notes = pl.select(pl.when(pl.Series(marked)).then(pl.lit(found.remark)).otherwise(pl.lit("")).alias("note"))
    return pl.DataFrame([*plain, pl.Series("n", found.n.astype(np.int64))]).hstack(notes)
