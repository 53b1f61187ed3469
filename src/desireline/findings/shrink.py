"""Effects moved towards what is usual for their family, so that a list of the worst is not a list of the smallest.

Effects of a family are taken as draws of a normal law around their mean; how much they truly differ is what their
spread is beyond their errors. Source: DerSimonian & Laird 1986, Controlled Clinical Trials 7, 177–188 (the variance
between); Efron & Morris 1975, JASA 70, 311–319 (the shrinking).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desireline.findings.finding import Check
from desireline.measures.clusters import Floats
from desireline.measures.intervals import Z


def kept_parts(checks: Sequence[Check]) -> Floats:
    """Of each check's effect the part that is left after shrinking, 0–1; 1 where nothing can be said.

    Checks are of one family; those without an effect, an interval or a test do not take part.
    """
    found = np.ones(len(checks))
    some = [i for i, check in enumerate(checks) if check.p is not None and check.finding is not None]
    effects = [checks[i].finding.effect for i in some]  # type: ignore[union-attr]
    told = [(i, e) for i, e in zip(some, effects, strict=True) if e.low is not None and e.high is not None]
    for unit in sorted({e.unit for _, e in told}):
        rows = [(i, e.value, (e.high - e.low) / (2 * Z)) for i, e in told if e.unit == unit]  # type: ignore[operator]
        which, value, error = (np.array(column) for column in zip(*rows, strict=True))
        found[which] = _parts(value, np.maximum(error, 1e-12))
    return found


def _parts(value: Floats, error: Floats) -> Floats:
    if len(value) < 3:
        return np.ones(len(value))
    weight = error**-2.0
    mean = float((weight * value).sum() / weight.sum())
    q = float((weight * (value - mean) ** 2).sum())
    scale = float(weight.sum() - (weight**2).sum() / weight.sum())
    between = max((q - (len(value) - 1)) / scale, 0.0) if scale > 0 else 0.0
    own = between / (between + error**2)
    moved = mean + own * (value - mean)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(value != 0, np.clip(moved / value, 0.0, 1.0), 1.0))
