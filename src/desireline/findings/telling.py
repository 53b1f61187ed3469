"""How much an effect tells: what it adds to the log-likelihood of there being none, so that leads compare fairly."""

from __future__ import annotations

from desireline.findings.finding import Effect
from desireline.measures.intervals import Z


def telling(effect: Effect) -> float:
    """Half of the squared distance from nothing in standard errors; 0 where the interval is not known."""
    if effect.low is None or effect.high is None or effect.high <= effect.low:
        return 0.0
    z = effect.value * 2 * Z / (effect.high - effect.low)
    return z * z / 2
