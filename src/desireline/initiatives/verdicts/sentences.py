"""What a verdict says: one plain sentence from a template, with the size, the interval and who stands behind it."""

from __future__ import annotations

import math

from desireline.initiatives.verdicts.estimate import Estimate
from desireline.initiatives.verdicts.target import Target

NARROW = "\u202f"  # narrow no-break space, before a per cent sign
_SHARE_DIGITS = 1  # at least so many of percentage points: the same as stand in the table below the sentence
SUGGESTS = {"helped": "Helped", "harmed": "Harmed", "no clear effect": "No clear effect", "too early": "Too early"}


def sentence(verdict: str, found: Estimate, target: Target, *, arm: str, equivalent: bool, weak: bool) -> str:
    """The verdict, the measure, the effect with its interval, the customers; and what an unclear one rules out.

    The first word is the verdict's; a weak one says so.
    """
    who = f" with {arm}" if arm else ""
    lead = f"{SUGGESTS[verdict]}{' (weak)' if weak else ''}: {target.measure}{who}"
    told = f"{lead} {_moved(found, target)} ({_interval(found, target)}; {_customers(found)})"
    if found.capped:
        return f"{told}; no verdict rests on it, because {found.because}."
    if verdict == "no clear effect" and equivalent:
        return f"{told}; an effect of {size(target.at_least, target.unit)} or more is ruled out."
    if verdict == "no clear effect" and target.at_least and _clear(found):
        least = size(target.at_least, target.unit)
        return f"{told}; that is smaller than the {least} that would matter, or perhaps not large enough."
    return f"{told}."


def size(number: float, unit: str) -> str:
    """A size in words: shares in percentage points, money with its currency.

    >>> size(0.0766, "share"), size(12.5, "money:EUR"), size(0.3, "score:1–5")
    ('7.66 percentage points', '12.5 EUR', '0.3')
    """
    return f"{_number(_scaled(number, unit))}{_name(unit)}"


def level(number: float, unit: str) -> str:
    """A level in words: shares in percent.

    >>> level(0.106, "share").replace(NARROW, " "), level(3.0, "s")
    ('10.6 %', '3 s')
    """
    return f"{_number(100 * number)}{NARROW}%" if unit == "share" else size(number, unit)


def _moved(found: Estimate, target: Target) -> str:
    if found.value == 0:
        return "did not move"
    way = "rose" if found.value > 0 else "fell"
    before = found.baseline
    against = ""
    if before is not None and _possible(before, target):
        against = f" against {level(before, target.unit)} without it"
    number = f"{abs(_scaled(found.value, target.unit)):,.{_digits(found, target)}f}"
    return f"{way} by {number}{_name(target.unit)}{against}"


def _possible(baseline: float, target: Target) -> bool:
    """A trend that goes on may end above 100 % or below 0; then nothing is said of where it came from."""
    return target.unit != "share" or 0 <= baseline <= 1


def _interval(found: Estimate, target: Target) -> str:
    digits = _digits(found, target)
    low, high = (_signed(_scaled(end, target.unit), digits) for end in (found.low, found.high))
    return f"95{NARROW}% interval {low} to {high}"


def _digits(found: Estimate, target: Target) -> int:
    """Decimals that leave half the interval two figures: more would be a show of precision."""
    half = abs(_scaled(found.high - found.low, target.unit)) / 2
    least = _SHARE_DIGITS if target.unit == "share" else 0
    return min(6, max(least, 1 - math.floor(math.log10(half)))) if half > 0 and math.isfinite(half) else 2


def _customers(found: Estimate) -> str:
    if found.n_other is None:
        return f"{found.n:,} {found.counted}"
    return f"{found.n:,} {found.counted} against {found.n_other:,}"


def _clear(found: Estimate) -> bool:
    return found.low > 0 or found.high < 0


def _scaled(number: float, unit: str) -> float:
    return 100 * number if unit == "share" else number


def _name(unit: str) -> str:
    if unit == "share":
        return " percentage points"
    if unit.startswith("money:"):
        return f" {unit.removeprefix('money:')}"
    return "" if unit.startswith(("score", "level")) or not unit else f" {unit}"


def _signed(number: float, digits: int) -> str:
    text = f"{abs(number):,.{digits}f}"
    return f"{'−' if number < 0 and float(text.replace(',', '')) else ''}{text}"


def _number(number: float) -> str:
    """Three figures, and no fewer than are before the point."""
    if number == 0 or not math.isfinite(number):
        return "0" if number == 0 else "unlimited"
    digits = max(0, 2 - math.floor(math.log10(abs(number))))
    text = f"{number:,.{min(digits, 6)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
