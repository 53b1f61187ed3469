"""Numbers and small bars in the tables of `desireline feedback …`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from desireline.draw.figures import say as say_value
from desireline.draw.figures import say_effect, say_effect_range, say_interval

Row = Mapping[str, Any]

BARS: Final = " ▁▂▃▄▅▆▇█"
NARROW_SCALE: Final = 12  # different answers that have room side by side
MOST_ANSWERS: Final = 24


def distribution(counts: Sequence[Row] | None, scale: str) -> str:
    """How often each answer was given, worst end first, as a small bar for each; empty answers of the scale too."""
    if not counts:
        return ""
    told = {float(one["score"]): int(one["count"]) for one in counts}
    ends = scale.split("–")
    if len(ends) == 2 and all(end.lstrip("-").isdigit() for end in ends):
        first, last = int(ends[0]), int(ends[1])
        step = 1 if last > first else -1
        if abs(last - first) < NARROW_SCALE and all(score.is_integer() for score in told):
            return spark([float(told.get(float(score), 0)) for score in range(first, last + step, step)], least=0.0)
    return spark([float(told[score]) for score in sorted(told)][:MOST_ANSWERS], least=0.0)


def spark(values: Sequence[float], *, least: float | None = None) -> str:
    """The numbers as bars of text, from `least` (their own smallest when None) up; equal ones are of middle height."""
    if not values:
        return ""
    low, high = min(values) if least is None else least, max(values)
    if high <= low:
        return BARS[4] * len(values)
    base = 0 if least is not None else 1
    steps = len(BARS) - 1 - base
    return "".join(
        BARS[base + max(round(steps * (value - low) / (high - low)), 1 if least is not None and value > 0 else 0)]
        for value in values
    )


def say_gap(value: float | None, low: float | None, high: float | None, unit: str) -> tuple[str, str]:
    """A difference and its interval; "" where there is none."""
    said = "" if value is None else say_effect(value, unit)
    return said, "" if low is None or high is None else say_effect_range(low, high, unit)


def value_of(value: float | None, unit: str) -> str:
    """The value in its unit; "" where there is none."""
    return "" if value is None else say_value(value, unit)


def range_of(low: float | None, high: float | None, unit: str) -> str:
    """Both ends of an interval; "" where there is none."""
    return "" if low is None or high is None else say_interval(low, high, unit)


def count_of(n: int | None) -> str:
    """A count; "" where it is hidden."""
    return "" if n is None else f"{n:,}"


def q_of(q: float | None) -> str:
    """A q-value, as short as it can be read; "" where nothing was tested."""
    return "" if q is None else "<0.001" if q < 0.001 else f"{q:.3f}"
