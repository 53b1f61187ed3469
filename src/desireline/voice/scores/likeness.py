"""Are those who answered like all customers? Standardised differences, with their intervals, tested together."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.measures.clusters import Clusters, Floats
from desireline.measures.codes import Flags, Numbers
from desireline.measures.discoveries import RATE, q_values
from desireline.measures.groups import NOBODY
from desireline.measures.voice import PARTS
from desireline.voice.scores.gaps import gap_of_means, gap_of_shares

LARGE: Final = 0.2
"""The standardised difference from which responders count as different. Source: Austin 2009, Stat. Med. 28."""
RECENCY: Final = "days since the last journey began"
CHECK: Final = ("feature", "level", "responders", "all", "d", "low", "high", "p", "q", "differs")


def check_likeness(levels: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """CHECK, the largest difference first.

    `levels`: feature, level, responded, n customers; `days`: responded, n, total and squares of each customer's
    last day. d is the responders' share (or mean) minus that of all, in standard deviations of all; its test is
    that of responders against the others, and all tests are judged together. A level that fewer than five
    responders or others have is left out, and where the totals would tell it by subtraction, the next smallest too.
    """
    check = pl.concat([_levels(levels), _days(days)])
    q = q_values(check["p"].fill_null(np.nan).to_numpy())
    differs = (pl.col("d").abs() >= LARGE) & (pl.col("q") <= RATE)
    return (
        check.with_columns(pl.Series("q", q, dtype=pl.Float64).fill_nan(None))
        .with_columns(differs.fill_null(False).alias("differs"))
        .sort(pl.col("d").abs(), "feature", "level", descending=[True, False, False], nulls_last=True)
        .select(*CHECK)
    )


def _levels(levels: pl.DataFrame) -> pl.DataFrame:
    """Each level's share among responders and among all. Of a feature with two levels, one tells the other."""
    mine, n = pl.col("n").filter("responded").sum(), pl.col("n").filter(~pl.col("responded")).sum()
    totals = levels.group_by("feature").agg(mine.alias("ours"), n.alias("others"))
    each = levels.group_by("feature", "level").agg(mine.alias("yes"), n.alias("no")).sort("feature", "level")
    known = pl.col("level") != NOBODY
    first, two = known.cum_sum().over("feature") == 1, known.sum().over("feature") == 2
    shown = pl.Series("shown", _to_show(each), dtype=pl.Boolean)
    rows = each.with_columns(shown, (first & two).alias("twin")).filter(known & ~pl.col("twin") & pl.col("shown"))
    rows = rows.join(totals, on="feature", how="left", maintain_order="left")
    x, y, ours, others = (rows[name].cast(pl.Int64).to_numpy() for name in ("yes", "no", "ours", "others"))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = gap_of_shares(_counted(x, ours), _counted(y, others))
        every, share = (x + y) / (ours + others), x / ours
        spread = np.sqrt(every * (1 - every))
        scale = others / (ours + others) / spread
        d = (share - every) / spread
    told = {
        "responders": share,
        "all": every,
        "d": d,
        "low": found.low * scale,
        "high": found.high * scale,
        "p": found.p,
    }
    return _check(rows.select("feature", "level"), told)


def _to_show(each: pl.DataFrame) -> Flags:
    """The levels that may be told: those of nobody and of few are not, nor what the totals would tell them by.

    The totals of responders and of others are told. While the levels of a feature that are not told have one to
    four of either together, the smallest of the others, counted in these, is not told either.
    """
    counts = np.column_stack([each["yes"].to_numpy(), each["no"].to_numpy()]).astype(np.int64).reshape(-1, 2)
    few = ((counts > 0) & (counts < SMALL_GROUP)).any(axis=1)
    shown: Flags = ~few & (each["level"] != NOBODY).to_numpy()
    feature = each["feature"].rle_id().to_numpy()
    while True:
        before = shown.copy()
        for which in range(2):
            n = counts[:, which]
            gone = np.bincount(feature, n * ~shown)
            told = (gone > 0) & (gone < SMALL_GROUP)
            open_ = np.flatnonzero(told[feature] & shown & (n > 0))
            smallest = open_[np.lexsort((open_, n[open_], feature[open_]))]
            shown[smallest[np.unique(feature[smallest], return_index=True)[1]]] = False
        if (before == shown).all():
            return shown


def _days(days: pl.DataFrame) -> pl.DataFrame:
    """The same for recency: a mean of days, which are told as a difference only."""
    sums = {told: (n, total, squares) for told, n, total, squares in days.iter_rows()}
    (n, x, xx), (m, y, yy) = sums.get(True, (0, 0, 0)), sums.get(False, (0, 0, 0))
    label = pl.DataFrame({"feature": [RECENCY], "level": [""]})
    if min(n, m) < SMALL_GROUP:
        return _check(label.clear(), dict.fromkeys(CHECK[2:8], np.zeros(0)))
    found = gap_of_means(_summed(n, x, xx), _summed(m, y, yy))
    every = (x + y) / (n + m)
    spread = np.sqrt(((xx + yy) - (x + y) ** 2 / (n + m)) / (n + m - 1))
    none = np.array([np.nan])
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = -m / (n + m) / spread  # a later day is a shorter time ago
        d = np.array([(x / n - every) / -spread])
    low, high = found.high * scale, found.low * scale
    return _check(label, {"responders": none, "all": none, "d": d, "low": low, "high": high, "p": found.p})


def _counted(x: Numbers, n: Numbers) -> Clusters:
    return Clusters(n, n, x, n, x, x, n)


def _summed(n: int, total: int, squares: int) -> Clusters:
    x, xx = (np.array([one], dtype=object) for one in (PARTS * total, PARTS * PARTS * squares))
    many = np.array([n], dtype=np.int64)
    return Clusters(many, many, x, many, xx, x, many)


def _check(label: pl.DataFrame, told: dict[str, Floats]) -> pl.DataFrame:
    plain = [pl.Series(name, np.where(np.isfinite(one), one, np.nan)).fill_nan(None) for name, one in told.items()]
    return label.select(pl.col("feature", "level").cast(pl.String)).with_columns(*plain)
