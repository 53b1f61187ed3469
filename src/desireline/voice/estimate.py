"""An estimate: a number and where the truth lies with 95 % confidence."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from desireline.measures.clusters import Floats
from desireline.measures.intervals import Z


class Estimate(NamedTuple):
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float

    def spans(self, line: float) -> bool:
        """True when the interval does not say on which side of the line the truth lies."""
        return not (self.low > line or self.high < line)

    def as_json(self) -> dict[str, float | None]:
        """The three numbers by name; None for what is not known."""
        return {name: None if np.isnan(one) else float(one) for name, one in self._asdict().items()}


def estimates(replicates: Floats, *, least: float = -np.inf, most: float = np.inf) -> list[Estimate]:
    """One estimate per column of replicates, shape (1 + b, k), whose first row is what was found.

    Normal intervals with the replicates' standard error, cut at `least` and `most`. NaN replicates count as not drawn.
    """
    found = replicates[0]
    drawn = np.where(np.isfinite(replicates[1:]), replicates[1:], np.nan)
    known = np.isfinite(drawn).sum(axis=0) > 1
    half = np.full(len(found), np.nan)
    if known.any():
        half[known] = Z * np.nanstd(drawn[:, known], axis=0, ddof=1)
    low, high = np.maximum(found - half, least), np.minimum(found + half, most)
    return [Estimate(*map(float, one)) for one in zip(found, low, high, strict=True)]


def share_estimates(replicates: Floats) -> list[Estimate]:
    """The same for shares, with intervals on the arcsine scale, where small and large ones vary alike.

    On simulated companies such intervals of importance cover the truth in 93–95 % of cases from 500 customers on, and
    in 88–95 % with 200.
    """
    angles = np.arcsin(np.sqrt(np.clip(replicates, 0.0, 1.0)))
    return [
        Estimate(float(value), float(np.sin(max(one.low, 0.0)) ** 2), float(np.sin(min(one.high, np.pi / 2)) ** 2))
        for value, one in zip(replicates[0], estimates(angles), strict=True)
    ]


def plain(value: Any) -> Any:
    """The value as JSON may hold it: estimates by name, None for what is not a number."""
    if isinstance(value, Estimate):
        return value.as_json()
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and np.isnan(value) else value
