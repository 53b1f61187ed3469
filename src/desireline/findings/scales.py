"""Levels of feeling (−2 … +2) as numbers of the scale on which customers answered."""

from __future__ import annotations

from desireline.findings.gather.voiced import TEXTS
from desireline.measures.emotion import READING
from desireline.measures.voice import FEELING_RANGE, LOWEST_FEELING

STAR = 1.0
"""One step of a scale of five, in levels."""


def ends(scale: str) -> tuple[float, float]:
    """The worst and the best end of a scale; −2 and +2 for feelings read in texts."""
    worst, _, best = scale.partition(":")[2].partition("–")
    if scale == TEXTS or not best:
        return LOWEST_FEELING, LOWEST_FEELING + FEELING_RANGE
    return float(worst), float(best)


def step(scale: str) -> float:
    """How far two neighbouring answers are apart, in levels: a star at least, also where the scale is finer.

    >>> step("score:1–5"), step("score:0–10"), step("score:1–3")
    (1.0, 1.0, 2.0)
    """
    worst, best = ends(scale)
    return max(STAR, FEELING_RANGE / abs(best - worst))


def margin(scale: str) -> float:
    """How far off reading itself may be, in levels: 0 for scores."""
    return READING if scale == TEXTS else 0.0


def on_scale(level: float, scale: str) -> float:
    """A level as a number on its own scale."""
    worst, best = ends(scale)
    return worst + (level - LOWEST_FEELING) / FEELING_RANGE * (best - worst)


def stretched(gap: float, scale: str) -> float:
    """A difference of levels as one on the scale, more being better."""
    worst, best = ends(scale)
    return gap / FEELING_RANGE * abs(best - worst)


def unit_of(scale: str) -> str:
    """The unit in which findings tell the scale."""
    return "level" if scale == TEXTS else scale


def say_score(level: float, scale: str) -> str:
    """“2.9 of 5”, or a feeling with its sign where it was read in texts.

    >>> say_score(-0.1, "score:1–5"), say_score(-0.1, TEXTS)
    ('2.9 of 5', '−0.1 (of −2 to +2)')
    """
    if scale == TEXTS:
        return f"{level:+.1f} (of −2 to +2)".replace("-", "−")
    worst, best = ends(scale)
    top = f"{best:g}" if best > worst else f"{best:g} (best) to {worst:g}"
    return f"{on_scale(level, scale):.1f} of {top}"


def speak(scale: str) -> str:
    """What customers do of whom this is known: they say a score, or a machine hears it in their words."""
    return "sound like" if scale == TEXTS else "say"
