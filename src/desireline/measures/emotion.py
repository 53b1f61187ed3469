"""The measured emotion of a place: scores, texts and what happened there, put together by how sure each is.

Each source is a mean level from −2 to +2 with an interval. They are weighted by inverse variance, with a variance
between them where they disagree (DerSimonian & Laird 1986, Controlled Clinical Trials 7, 177–188). Sources often speak
of the same customers, so their errors may be one and the same: the band is as wide as if they were.

What happened is a source where customers of both kinds were asked: the feeling of those for whom something went
wrong, and that of the others, each counted by its share of all journeys. So a place whose unlucky customers never
answer is not flattered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.measures.clusters import Floats
from desireline.measures.family import Cells, Estimates, Family
from desireline.measures.intervals import Z, nowhere

NAME = "emotion"
SCORES, TEXTS = "feeling", "sentiment"
SHARE, AFTER, WITHOUT = "trouble", "feeling_after_trouble", "feeling_without_trouble"
NEEDS = (SCORES, TEXTS, SHARE, AFTER, WITHOUT)
CELL = ["at", "group", "period"]
LOWEST, HIGHEST = -2.0, 2.0
SUREST = 0.001
"""No mean level is surer than this, also where all answers are equal."""

READING = 0.3
"""The standard error of reading itself, the same for all texts of a place: on posts to airlines the means that the
tiers read differ by 0.4, however many posts there are. Texts count as less sure by it, and the band widens."""


@dataclass(frozen=True)
class Together(Family):
    """Customers alone; the values are put together afterwards, from the readings that may be shown."""

    def estimate(self, cells: Cells) -> Estimates:
        """No values yet."""
        return Estimates(np.full(len(cells.size), np.nan), nowhere(cells.size), cells.clusters.n)


class Source(NamedTuple):
    """One source at many places: shapes (n,); NaN where it says nothing."""

    level: Floats
    error: Floats  # standard error


class Fused(NamedTuple):
    """All sources together: shapes (n,), of `weight` (sources, n). NaN where no source says anything."""

    level: Floats
    error: Floats
    weight: Floats  # share of each source, adding up to 1


def fuse(sources: list[Source]) -> Fused:
    """The sources as one. A source without an error says nothing; a single one stays as it is.

    >>> both = fuse([Source(np.array([1.0]), np.array([0.1])), Source(np.array([0.9]), np.array([0.2]))])
    >>> both.level.round(2).tolist(), both.weight.round(2).tolist()
    ([0.98], [[0.8], [0.2]])
    """
    level, error = np.array([one.level for one in sources]), np.array([one.error for one in sources])
    known = ~np.isnan(level) & ~np.isnan(error)
    level, error = np.where(known, level, 0.0), np.maximum(np.where(known, error, 1.0), SUREST)
    error = np.sqrt(error**2 + _between(level, error, known))
    weight = np.where(known, error**-2, 0.0)
    some = known.any(axis=0)
    weight /= np.where(some, weight.sum(axis=0), 1.0)
    level, error = (weight * level).sum(axis=0), (weight * error).sum(axis=0)
    return Fused(np.where(some, level, np.nan), np.where(some, error, np.nan), weight)


def _between(level: Floats, error: Floats, known: Floats) -> Floats:
    """The variance between sources, by the moments of DerSimonian and Laird; 0 where they agree."""
    weight = np.where(known, error**-2, 0.0)
    total = weight.sum(axis=0)
    total = np.where(total > 0, total, 1.0)
    middle = (weight * level).sum(axis=0) / total
    spread = (weight * (level - middle) ** 2).sum(axis=0) - (known.sum(axis=0) - 1)
    worth = total - (weight**2).sum(axis=0) / total
    several = known.sum(axis=0) > 1
    found: Floats = np.where(several, np.maximum(0.0, spread) / np.where(several, worth, 1.0), 0.0)
    return found


def put_together(readings: pl.DataFrame) -> pl.DataFrame:
    """READINGS in which those of `emotion` have their values, from the shown readings of its sources.

    Where no source says anything, the note tells what the scores lack, or else the texts.
    """
    mine = pl.col("measure") == NAME
    cells = readings.filter(mine)
    if cells.is_empty():
        return readings
    source = {name: _source(readings, cells, name) for name in NEEDS}
    happening = happened(source[SHARE], source[AFTER], source[WITHOUT])
    texts = Source(source[TEXTS].level, np.hypot(source[TEXTS].error, READING))
    fused = fuse([source[SCORES], texts, happening])
    band = Z * fused.error
    ends = np.maximum(LOWEST, fused.level - band), np.minimum(HIGHEST, fused.level + band)
    values = [
        pl.Series(name, column).fill_nan(None)
        for name, column in zip(("value", "low", "high"), (fused.level, *ends), strict=True)
    ]
    hidden = pl.col("n").is_null()
    shown = [pl.when(hidden).then(None).otherwise(column).alias(column.name) for column in values]
    silent = ~hidden & pl.col("value").is_null()
    lacking = _lacking(readings, cells)
    emotion = cells.with_columns(shown).with_columns(pl.when(silent).then(lacking).otherwise("note").alias("note"))
    return pl.concat([readings.filter(~mine), emotion])


def _lacking(readings: pl.DataFrame, cells: pl.DataFrame) -> pl.Series:
    """Why a cell has no value: what its scores say, else its texts."""
    said = [
        cells.join(readings.filter(pl.col("measure") == name), on=CELL, how="left", maintain_order="left")["note_right"]
        for name in (SCORES, TEXTS)
    ]
    return pl.select(pl.coalesce(*said).fill_null("").alias("note"))["note"]


def happened(share: Source, after: Source, without: Source) -> Source:
    """What happened, as a source: both feelings by their share of all journeys; the error by the delta method."""
    level = share.level * after.level + (1 - share.level) * without.level
    parts = (share.level * after.error, (1 - share.level) * without.error, (after.level - without.level) * share.error)
    return Source(level, np.sqrt(sum(part**2 for part in parts)))


def _source(readings: pl.DataFrame, cells: pl.DataFrame, name: str) -> Source:
    mine = readings.filter(pl.col("measure") == name).select(*CELL, "value", "low", "high")
    found = cells.select(CELL).join(mine, on=CELL, how="left", maintain_order="left")
    width = (pl.col("high") - pl.col("low")) / (2 * Z)
    level = found["value"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    return Source(level, found.select(width.fill_null(np.nan).alias("error"))["error"].to_numpy())
