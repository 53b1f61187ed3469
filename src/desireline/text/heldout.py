"""How well a reader reads rated texts that it did not learn from."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from desireline.text.reader import Levels, kinds


@dataclass(frozen=True)
class HeldOut:
    """Figures on texts that were held out. Where only high or only low texts were, `auc` and its interval are NaN."""

    n: int
    high: int  # texts rated positive
    low: int  # texts rated negative
    unread: int  # texts without a level: they count as neutral in `macro_f1`, and as level 0 in `auc`
    auc: float  # how often a text rated high has the higher level than one rated low; ties count half
    auc_low: float  # the 95 % interval of `auc`
    auc_high: float
    macro_f1: float  # the mean F1 of those kinds (negative, neutral, positive) that were rated or read


def score(truth: Levels, level: Levels) -> HeldOut:
    """The figures for n texts: what people rated and what was read, both −2…+2, the latter NaN where unread."""
    read = np.nan_to_num(level)
    told = kinds(truth)
    high, low = read[told > 0], read[told < 0]
    area = auc(high, low)
    below, above = auc_interval(area, len(high), len(low))
    unread = int(np.isnan(level).sum())
    return HeldOut(len(truth), len(high), len(low), unread, area, below, above, macro_f1(truth, read))


def auc(high: Levels, low: Levels) -> float:
    """The share of pairs in which the high one has the higher level; ties count half. NaN without pairs."""
    if not len(high) or not len(low):
        return float("nan")
    from scipy.stats import rankdata  # noqa: PLC0415  half a second to load, and only to judge

    ranks = rankdata(np.concatenate([high, low]))[: len(high)]
    return float((ranks.sum() - len(high) * (len(high) + 1) / 2) / (len(high) * len(low)))


def auc_interval(area: float, high: int, low: int) -> tuple[float, float]:
    """The 95 % interval of an AUC from this many texts of each kind (Hanley and McNeil 1982), within 0 and 1."""
    if not high or not low:
        return float("nan"), float("nan")
    both_high, both_low = area / (2 - area), 2 * area**2 / (1 + area)
    spread = (area * (1 - area) + (high - 1) * (both_high - area**2) + (low - 1) * (both_low - area**2)) / (high * low)
    half = float(ndtri(0.975)) * sqrt(max(spread, 0.0))
    return max(0.0, area - half), min(1.0, area + half)


def macro_f1(truth: Levels, level: Levels) -> float:
    """The mean F1 (of precision and recall) of the kinds that occur in either. NaN without texts."""
    told, read = kinds(truth), kinds(level)
    found = [_f1(told == kind, read == kind) for kind in (-1, 0, 1) if ((told == kind) | (read == kind)).any()]
    return float(np.mean(found)) if found else float("nan")


def _f1(told: npt.NDArray[np.bool_], read: npt.NDArray[np.bool_]) -> float:
    return 2 * int((told & read).sum()) / (int(told.sum()) + int(read.sum()))
