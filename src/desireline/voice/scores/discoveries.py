"""Many tests at once: which hold when at most one discovery in twenty may be false."""

from __future__ import annotations

from typing import Final

import numpy as np

from desireline.measures.clusters import Floats

RATE: Final = 0.05
"""The share of false ones among all that are told as holding."""


def false_discovery(p: Floats) -> Floats:
    """The q-value of each p-value: the smallest rate at which it would still hold. NaN was not tested and stays so.

    Source: Benjamini & Hochberg 1995, JRSS B 57, 289–300.
    """
    found = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    steps = p[order] * len(order) / np.arange(1, len(order) + 1)
    found[order] = np.minimum.accumulate(steps[::-1])[::-1].clip(max=1.0)
    return found
