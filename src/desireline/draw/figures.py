"""How numbers are said: in their unit, rounded to what a reader can use, with their interval and n.

Shares are said in per cent, differences of shares in percentage points, times in the unit that leaves a
readable number. Money from 1,000 on is said in whole units. Minus is the
true minus sign; groups of three digits are parted by commas; a number and its unit never part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desireline.units import say_duration

if TYPE_CHECKING:
    from desireline.draw.readings import Reading

NARROW = "\u202f"  # narrow no-break space, before a per cent sign
FIRM = "\u00a0"  # no-break space, before a unit that is a word
NOT_MEASURED = "not measured"
_CENTS = 1000  # of money from this size on nobody reads the hundredths

TITLES = {
    "customers": "Customers",
    "journeys": "Journeys",
    "reach": "Reach",
    "conversion": "Conversion",
    "drop_off": "Lost here",
    "under_way": "Under way",
    "time_q25": "Time, first quartile",
    "time_median": "Median time",
    "time_q75": "Time, third quartile",
    "time_p90": "Time, 90th percentile",
    "repeats": "Come back here",
    "routes": "Different routes",
    "routes_step_by_step": "Routes step by step",
    "back_steps": "Steps back",
    "hand_offs": "Hand-offs between teams",
    "channel_switches": "Channel switches",
    "promise_kept": "Promise kept",
    "answers": "Answers",
    "nps": "NPS",
    "csat": "CSAT",
    "ces": "CES",
    "score": "Mean score",
    "feeling": "Feeling",
    "sentiment": "Feeling in texts",
    "unread": "Unread texts",
    "emotion": "Emotion",
    "value": "Value",
    "fitness": "Fit with the map",
}


def measure_title(measure: str) -> str:
    """A measure's name for people."""
    return TITLES.get(measure, measure.replace("_", " ").capitalize())


def say(value: float, unit: str) -> str:
    """A value in its unit: `38.2 %`, `+39.8`, `10.1 days`, `12.40 EUR`, `132,368 EUR`, `4,012`."""
    if unit == "share":
        return f"{say_number(100 * value, _places(100 * value))}{NARROW}%"
    if unit == "s":
        return say_duration(value).replace(".0 ", " ").replace(" ", FIRM).replace("-", "−")
    if unit in ("points", "level"):
        return signed(value, 1)
    if unit.startswith("money"):
        return f"{say_number(value, _cents(value))}{FIRM}{unit.partition(':')[2]}".rstrip(FIRM)
    if unit.startswith("score") or unit == "per journey":
        return say_number(value, 2)
    return say_number(value, 0 if float(value).is_integer() or abs(value) >= 100 else 2)


def say_interval(low: float, high: float, unit: str) -> str:
    """Both ends, the unit said once: `36.9–39.5 %`; with `to` where a minus would blur the dash."""
    one, other = say(low, unit), say(high, unit)
    if unit in ("points", "level") and one == other:
        one, other = signed(low, 2), signed(high, 2)
    tail = next((other[other.rfind(space) :] for space in (NARROW, FIRM) if space in other), "")
    if tail and one.endswith(tail):
        one = one.removesuffix(tail)
    between = " to " if "−" in one + other or "+" in one + other else "–"
    return f"{one}{between}{other}"


def say_effect(value: float, unit: str) -> str:
    """A difference with its sign; a difference of shares in percentage points."""
    if unit == "share":
        return f"{signed(100 * value, 1)}{FIRM}pp"
    if unit.startswith("money:"):
        return f"{signed(value, _cents(value))}{FIRM}{unit.partition(':')[2]}"
    return signed(value, 2)


def say_effect_range(low: float, high: float, unit: str) -> str:
    """Both ends of a difference, the unit said once: `−66.0 to −58.0 pp`."""
    other = say_effect(high, unit)
    return f"{say_effect(low, unit).partition(FIRM)[0]} to {other}"


def say_difference(value: float, low: float | None, high: float | None, unit: str) -> str:
    """A difference with its interval: `−1.6 [−1.8 to −1.3]`."""
    said = say_effect(value, unit)
    return said if low is None or high is None else f"{said} [{say_effect_range(low, high, unit)}]"


def say_reading(reading: Reading | None) -> str:
    """The value, or why there is none."""
    if reading is None:
        return NOT_MEASURED
    return say(reading.value, reading.unit) if reading.value is not None else reading.note or NOT_MEASURED


def explain(reading: Reading | None, title: str | None = None) -> str:
    """The whole evidence in one line: `Reach: 62.1 %, 95 % interval 59.4–64.8 %, n = 1,204 customers`."""
    if reading is None:
        return f"{title or 'This'}: {NOT_MEASURED}"
    parts = [f"{title or measure_title(reading.measure)}: {say_reading(reading)}"]
    if reading.interval:
        parts.append(f"95{NARROW}% interval {say_interval(*reading.interval, reading.unit)}")
    if reading.shown and reading.unit != "customers":
        parts.append(f"n = {reading.n:,} customers")
    if reading.shown and reading.note:
        parts.append(reading.note)
    return ", ".join(parts)


def signed(value: float, places: int) -> str:
    """The number with its sign; zero has none."""
    text = f"{value:+,.{places}f}".replace("-", "−")
    return text[1:] if not float(text[1:].replace(",", "")) else text


def say_number(value: float, places: int) -> str:
    """The number with thousands parted and a true minus."""
    return f"{value:,.{places}f}".replace("-", "−")


def many(count: int, one: str, more: str | None = None) -> str:
    """A count and its noun: `1 journey`, `2,041 journeys`."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def _cents(money: float) -> int:
    return 2 if abs(money) < _CENTS else 0


def _places(percent: float) -> int:
    return 0 if percent in (0, 100) else 2 if abs(percent) < 1 else 1
