"""Durations, money and instants as people write them, and as the machine keeps them.

Durations are kept as `timedelta` and written `90s`, `30m`, `2h`, `10d`, `2w`. Money is kept in the lake as
`Decimal(18, 4)` with a currency, and summed as whole ten-thousandths, so sums do not depend on their order.
"""

from __future__ import annotations

import re
from datetime import timedelta

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_WRITTEN = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*([smhdw])\s*$")


def parse_duration(text: object) -> timedelta:
    """A duration from `90s`, `30m`, `2h`, `10d` or `2w`. A bare number is refused: its unit is a guess."""
    if isinstance(text, timedelta):
        return text
    found = _WRITTEN.match(text) if isinstance(text, str) else None
    if not found:
        raise ValueError(f"a duration is written like 30m, 2h, 10d or 1w, not {text!r}")
    try:
        return timedelta(seconds=float(found[1]) * _SECONDS[found[2]])
    except OverflowError:
        raise ValueError(f"{text!r} is longer than any duration can be") from None


def write_duration(duration: timedelta) -> str:
    """The shortest writing that reads back the same: `10d`, `36h`, `90s`."""
    seconds = duration.total_seconds()
    for unit in ("w", "d", "h", "m"):
        if seconds and seconds % _SECONDS[unit] == 0:
            return f"{seconds / _SECONDS[unit]:.0f}{unit}"
    return f"{f'{seconds:.6f}'.rstrip('0').rstrip('.')}s"


def say_duration(seconds: float) -> str:
    """A duration for people, in the unit that leaves a readable number: `3 min`, `10.1 days`."""
    size = abs(seconds)
    for unit, length in (("days", 86_400), ("h", 3600), ("min", 60)):
        if size >= 1.5 * length:
            return f"{seconds / length:,.1f} {unit}" if size < 100 * length else f"{seconds / length:,.0f} {unit}"
    return f"{seconds:,.0f} s" if size >= 10 or seconds == int(seconds) else f"{seconds:.1f} s"
