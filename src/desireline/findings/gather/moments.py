"""What is remembered of journeys, as the analysis of peak and end sees it in a fair draw of responses and journeys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from desireline.findings.gathering import Around, Gathering
from desireline.hashes import hash_text
from desireline.measures.view import View
from desireline.voice.peak_end import PeakEnd, Remembered

MOST = 2_000
"""Customers whose ratings are looked at; of more, those with the smallest hashes."""


@dataclass(frozen=True)
class MomentsWalker:
    """Peak and end of at most so many customers."""

    most: int = MOST

    def partial(self, view: View) -> pl.DataFrame:
        """The ratings of a bucket."""
        return self._few(PeakEnd().partial(view))

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """Those of so many customers, of all."""
        return self._few(PeakEnd().combine(parts))

    def finish(self, part: pl.DataFrame) -> Remembered:
        """What is remembered."""
        return PeakEnd().finish(part)

    def _few(self, rated: pl.DataFrame) -> pl.DataFrame:
        people = rated["customer_id"].unique()
        if len(people) <= self.most:
            return rated
        drawn = pl.DataFrame({"customer_id": people, "_hash": pl.Series(hash_text(people), dtype=pl.UInt64)})
        kept = drawn.sort("_hash", "customer_id").head(self.most)["customer_id"]
        return rated.filter(pl.col("customer_id").is_in(kept.implode()))


def _make(around: Around) -> MomentsWalker:
    del around
    return MomentsWalker()


REMEMBERED: Gathering[Remembered] = Gathering("remembered", _make)
