"""Effects moved towards nothing by as much as those of their family are seen to be noise.

Most of what is looked at is as usual, and a few effects are large, so the true effects of a family are taken as a
mixture of normal laws around 0, from very narrow to as wide as the data; how often each is met is fitted by EM. A large
effect that is well measured keeps its size; a small and noisy one is taken back. Source: Stephens 2017, Biostatistics
18, 275–294.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desireline.findings.finding import Check
from desireline.measures.clusters import Floats
from desireline.measures.intervals import Z

_ROUNDS = 100
_NOTHING = 10.0
_FEWEST = 5  # effects from which it can be seen how they differ


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
    if len(value) < _FEWEST:
        return np.ones(len(value))
    widths = _widths(value, error)
    spread = np.hypot(error[:, None], widths[None, :])  # of what is seen, for each law
    likely = -0.5 * (value[:, None] / spread) ** 2 - np.log(spread)
    likely = np.exp(likely - likely.max(axis=1, keepdims=True))
    met = np.full(len(widths), 1 / len(widths))
    for _ in range(_ROUNDS):
        belongs = likely * met
        belongs /= belongs.sum(axis=1, keepdims=True)
        # The narrowest law counts ten times more before anything is seen: noise is called noise when in doubt.
        met = belongs.sum(axis=0) + np.where(np.arange(len(widths)) == 0, _NOTHING, 0.0)
        met /= met.sum()
    kept = widths[None, :] ** 2 / spread**2
    return np.asarray((belongs * kept).sum(axis=1))


def _widths(value: Floats, error: Floats) -> Floats:
    """From nothing, in steps of √2 from a tenth of the smallest error, to twice the largest effect."""
    least, most = float(error.min()) / 10, 2 * float(np.abs(value).max())
    steps = max(int(np.ceil(2 * np.log2(max(most / least, 1.0)))), 1)
    return np.concatenate([[0.0], least * np.sqrt(2.0) ** np.arange(steps + 1)])
