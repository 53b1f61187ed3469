"""Importance against performance: what to keep up, what to fix first, and where nothing is gained.

Source: Martilla & James 1977, Journal of Marketing 41, 77–79. The lines stand at the mean importance and at the mean
performance of the drivers that are compared.
"""

from __future__ import annotations

from desireline.measures.clusters import Floats
from desireline.voice.estimate import Estimate, estimates

KEEP_UP, FIX_FIRST = "keep up", "fix first"
LOW_PRIORITY, OVERKILL = "low priority", "possible overkill"
UNCLEAR = "unclear"
NOT_SHOWN = "not significant"


def quadrants(shares: Floats, performances: Floats, significant: list[bool]) -> list[str]:
    """A word for each driver, from replicates of shape (1 + b, k) whose first row is what was found.

    Unclear: the interval of its distance from a line reaches over the line.
    """
    importance = estimates(shares - shares.mean(axis=1, keepdims=True))
    performance = estimates(performances - performances.mean(axis=1, keepdims=True))
    return [
        _word(*one) if shown else NOT_SHOWN for *one, shown in zip(importance, performance, significant, strict=True)
    ]


def _word(importance: Estimate, performance: Estimate) -> str:
    if importance.spans(0.0) or performance.spans(0.0):
        return UNCLEAR
    if importance.value > 0:
        return KEEP_UP if performance.value > 0 else FIX_FIRST
    return OVERKILL if performance.value > 0 else LOW_PRIORITY
