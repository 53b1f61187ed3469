"""One reading looked up: value, interval, customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from desireline.access import SMALL_GROUP


@dataclass(frozen=True)
class Read:
    """A reading that may be shown."""

    value: float
    low: float | None
    high: float | None
    n: int
    unit: str

    def below(self, goal: float) -> bool:
        """Does it lie below for sure?"""
        return self.high is not None and self.high < goal

    def above(self, goal: float) -> bool:
        """Does it lie above for sure?"""
        return self.low is not None and self.low > goal


@dataclass(frozen=True)
class Book:
    """READINGS to look things up in; those of small groups and of single periods are not told."""

    readings: pl.DataFrame

    def get(self, measure: str, at: str, group: str = "") -> Read | None:
        """The reading of the whole time; None where there is none that may be shown."""
        row = self._rows.get((measure, at, group))
        if row is None or row["value"] is None or (row["n"] or 0) < SMALL_GROUP:
            return None
        return Read(row["value"], row["low"], row["high"], int(row["n"]), row["unit"])

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str, str], dict[str, Any]]:
        whole = self.readings.filter(pl.col("period") == "")
        return {(row["measure"], row["at"], row["group"]): row for row in whole.iter_rows(named=True)}
