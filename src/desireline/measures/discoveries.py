"""False discoveries: many tests at once, of which few may cry wolf."""

from __future__ import annotations

import numpy as np

from desireline.measures.clusters import Floats

RATE = 0.05
"""The share of false ones among all that are told as holding."""


def q_values(p: Floats) -> Floats:
    """For each p-value the smallest share of false discoveries at which it still counts; NaN stays NaN, untested.

    Source: Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57, 289–300.
    """
    p = np.asarray(p, dtype=np.float64)
    found = np.full(p.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    if len(tested):
        falling = tested[np.argsort(-p[tested], kind="stable")]
        ranks = np.arange(len(falling), 0, -1)
        found[falling] = np.minimum(np.minimum.accumulate(p[falling] * len(falling) / ranks), 1.0)
    return found
