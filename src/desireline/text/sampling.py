"""A first look at many texts: a sample of each stratum is read first, and the rest afterwards.

Reading feelings by meaning takes a second for some forty texts, so of 100,000 comments 2,000 of each touchpoint are
read first. What they say stands for all, with the sampling error that comes from reading only some of a known number
(Cochran 1977, chapters 2, 3 and 5). That error says nothing of how well those who wrote stand for all customers.
Which rows come first follows from a hash of their id: their order does not matter, and a larger sample holds a smaller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isnan, nan, sqrt

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import ndtri, stdtrit

from desireline.hashes import hash_text
from desireline.text.reader import Levels, kinds

ENOUGH = 2_000
"""Texts of a stratum after which a share is known to about 2 points."""

Bools = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

_TAIL = 0.975


@dataclass(frozen=True)
class Estimate:
    """A mean or share of all texts that can be read, told from those read. NaN where it cannot be told."""

    value: float
    error: float  # the standard error from reading only some; 0 where all were read
    low: float  # the 95 % interval
    high: float


@dataclass(frozen=True)
class FirstLook:
    """What the texts read so far say about all of a stratum, or of all strata."""

    of: int  # texts in all
    tried: int  # texts that a reader was given
    read: int  # of these, texts that have a level; the others are unread, never neutral
    level: Estimate  # the mean level
    negative: Estimate  # the share of negative ones


def reading_order(ids: pl.Series, strata: pl.Series, *, enough: int = ENOUGH) -> Rows:
    """All n rows in the order to read them: first `enough` of each stratum, then the others.

    Both times strata take turns, so that one may stop anywhere and knows small and large ones about equally well. `ids`
    are unique names of the rows (a hash of the text would take all copies of a text or none); a null stratum is one of
    its own.
    """
    frame = pl.DataFrame({"stratum": strata, "hash": hash_text(ids), "id": ids}).with_row_index("row")
    turn = pl.int_range(pl.len()).over("stratum")
    turns = frame.sort("hash", "id", "row").with_columns(turn=turn)
    order = turns.sort(pl.col("turn") >= enough, "turn", "hash", "id", "row")
    return order["row"].to_numpy().astype(np.int64)


def in_sample(ids: pl.Series, strata: pl.Series, *, enough: int = ENOUGH) -> Bools:
    """True for the rows to read first, shape (n,): `enough` of each stratum, or all of a smaller one."""
    chosen = np.zeros(len(ids), dtype=np.bool_)
    if len(ids):
        first = int(strata.value_counts()["count"].clip(upper_bound=enough).sum())
        chosen[reading_order(ids, strata, enough=enough)[:first]] = True
    return chosen


def look(level: Levels, tried: Bools) -> FirstLook:
    """What the n texts of one stratum say: `level` (n,) is NaN where unread, `tried` (n,) where a reader was given it.

    The interval of the mean is Student's, the one of the share Wilson's, both narrowed as all texts come to be read.
    """
    of, given = len(level), int(tried.sum())
    unseen = 1.0 - given / of if of else 0.0
    values = level[tried & ~np.isnan(level)]
    n = len(values)
    if not n:
        return FirstLook(of, given, 0, _UNTOLD, _UNTOLD)
    negative = float((kinds(values) < 0).mean())
    deviation = float(values.std(ddof=1)) if n > 1 else nan
    level_error = deviation * sqrt(unseen / n) if unseen else 0.0
    # With few texts a share of 0 or 1 has no visible spread; Wilson's interval has one all the same.
    share_error = sqrt(negative * (1 - negative) * unseen / max(1, n - 1))
    quantile = float(stdtrit(n - 1, _TAIL)) if n > 1 and unseen else 0.0
    return FirstLook(
        of,
        given,
        n,
        _around(float(values.mean()), level_error, quantile),
        _share(negative, share_error, n / unseen if unseen else inf),
    )


def together(looks: Sequence[FirstLook]) -> FirstLook:
    """What all strata say: each counts by how many of its texts can be read, as far as its sample tells."""
    of, tried, read = (sum(getattr(one, name) for one in looks) for name in ("of", "tried", "read"))
    told = [one for one in looks if one.read]
    if not told:
        return FirstLook(of, tried, read, _UNTOLD, _UNTOLD)
    size = np.array([one.of * one.read / one.tried for one in told])
    weight = size / size.sum()
    value, error = _weighted([one.level for one in told], weight)
    negative, share_error = _weighted([one.negative for one in told], weight)
    # Wilson's interval for as many texts as a plain sample would need to be as sure.
    unseen = weight**2 @ np.array([(1 - one.tried / one.of) / one.read for one in told])
    plain = 1 / unseen if unseen else inf
    apart = negative * (1 - negative) / share_error**2 if share_error else plain
    level = _around(value, error, float(ndtri(_TAIL)))
    return FirstLook(of, tried, read, level, _share(negative, share_error, min(plain, apart)))


_UNTOLD = Estimate(nan, nan, nan, nan)


def _weighted(parts: Sequence[Estimate], weight: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The value and the error of a weighted sum of estimates that know nothing of each other."""
    value = float(weight @ np.array([part.value for part in parts]))
    return value, sqrt(float(weight**2 @ np.array([part.error**2 for part in parts])))


def _around(value: float, error: float, quantile: float) -> Estimate:
    """A mean level with its interval; one text alone has none."""
    if isnan(error):
        return Estimate(value, nan, nan, nan)
    return Estimate(value, error, max(-2.0, value - quantile * error), min(2.0, value + quantile * error))


def _share(value: float, error: float, n: float) -> Estimate:
    """A share with Wilson's interval for n texts; n may be endless."""
    z = float(ndtri(_TAIL)) ** 2 / n
    middle = (value + z / 2) / (1 + z)
    half = sqrt(z * value * (1 - value) + z**2 / 4) / (1 + z)
    return Estimate(value, error, max(0.0, middle - half), min(1.0, middle + half))
