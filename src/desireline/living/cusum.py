"""Does fitness fall? A cumulative sum over weeks, with a limit that keeps the promise about false alarms.

Each week's mean fitness is taken in units of the reference weeks' spread. What lies below the reference by more than
half a unit is added up week after week, never below nothing (Page 1954, Biometrika 41, 100–115). The limit is not a
table's: it comes from 20,000 simulated series with as many reference weeks and as many watched weeks as there are, so
that mean and spread count as unsure as they are. False alarms: 5 % in a year of watching.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

ALLOWANCE = 0.5
ALARMS_PER_YEAR = 0.05
LEAST_REFERENCE = 8
LEAST_WATCHED = 4
_SERIES = 20_000
_SEED = 1954


@dataclass(frozen=True)
class Cusum:
    """The sums after each watched week; `start` is the first week of the fall, None without alarm."""

    sums: tuple[float, ...]
    limit: float
    start: int | None

    @property
    def alarm(self) -> bool:
        """Did the sum pass the limit, and does it still stand above it?"""
        return self.start is not None


def watch_fall(reference: Floats, watched: Floats) -> Cusum | None:
    """The cumulative sum of the fall below the reference; None where there are too few weeks. Constant series are fine.

    The lowest spread that counts is a thousandth, so that a fall from a constant is seen and dust is not.
    """
    if len(reference) < LEAST_REFERENCE or len(watched) < LEAST_WATCHED:
        return None
    spread = max(float(np.std(reference, ddof=1)) * _longer(reference), 1e-3)
    sums = _sums((watched - float(np.mean(reference)))[None, :] / spread)[0]
    limit = limit_of(len(reference), len(watched))
    above = bool(sums[-1] > limit)
    zero = np.flatnonzero(sums <= 0)
    start = (int(zero[-1]) + 1 if len(zero) else 0) if above else None
    return Cusum(tuple(float(one) for one in sums), limit, start)


@cache
def limit_of(reference: int, watched: int) -> float:
    """The limit that so many watched weeks without change pass as seldom as ALARMS_PER_YEAR says."""
    draws = np.random.default_rng(_SEED + 1_000 * reference + watched)
    before, after = draws.normal(size=(_SERIES, reference)), draws.normal(size=(_SERIES, watched))
    spread = before.std(axis=1, ddof=1, keepdims=True)
    off = (after - before.mean(axis=1, keepdims=True)) / spread
    seldom = 1 - (1 - ALARMS_PER_YEAR) ** (watched / 52)
    return float(np.quantile(_sums(off).max(axis=1), 1 - seldom))


def _sums(off: Floats) -> Floats:
    found = np.zeros_like(off)
    total = np.zeros(len(off))
    for week in range(off.shape[1]):
        total = np.maximum(0.0, total - off[:, week] - ALLOWANCE)
        found[:, week] = total
    return found


def _longer(reference: Floats) -> float:
    """How much wider means vary where neighbouring weeks are alike: √((1 + ρ) / (1 − ρ)), ρ at most 0.8.

    Short series look less alike than they are; that bias is taken off (Marriott & Pope 1954, Biometrika 41, 390–402).
    """
    off = reference - reference.mean()
    whole = float((off**2).sum())
    if whole <= 0:
        return 1.0
    alike = float((off[1:] * off[:-1]).sum()) / whole
    rho = min(max(alike + (1 + 4 * max(alike, 0.0)) / len(reference), 0.0), 0.8)
    return float(np.sqrt((1 + rho) / (1 - rho)))
