"""One plain sentence per deviation: how many journeys, what they did, and what it goes with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from desireline.maps.outline import Outline

DID: Mapping[str, str] = MappingProxyType(
    {
        "missing": "skip {}",
        "ad hoc": "meet {} where the map does not have it",
        "irregular order": "come to {} out of order",
        "repeated": "come to {} again, which the map does not foresee",
        "wrong channel": "meet {} in a channel that it is not meant for",
        "failed": "meet a failure at {}",
        "late": "wait longer for {} than promised",
        "stuck": "wait after {} for a step of the company’s that does not come",
        "lost": "end at {} without success",
    }
)
OF: Mapping[str, str] = MappingProxyType(
    {
        "all": "journeys",
        "passing": "journeys that come past there",
        "visiting": "journeys that come there",
        "settled": "settled journeys that come there",
        "judged": "journeys whose promise can be judged",
    }
)


def say(outline: Outline, row: Mapping[str, object]) -> str:
    """The sentence of a ledger row. Numbers that the row does not hold are not mentioned."""
    kind, place = str(row["kind"]), str(row["place"])
    did = DID.get(kind, kind + " at {}").format(f"“{outline.titles.get(place, place)}”")
    share = row.get("share")
    if not isinstance(share, float):
        return f"A few journeys {did}."
    those = f"{_percent(share)} of {row['of']:,} {OF[str(row['of_what'])]}"
    said = f"{those} {did} ({row['customers']:,} customers)."
    effects = [_conversion(row), _mean(row, "score", "score"), _mean(row, "value", "value")]
    told = [effect for effect in effects if effect]
    return f"{said} With it, {'; '.join(told)}." if told else said


def _conversion(row: Mapping[str, object]) -> str:
    numbers = _numbers(row, "conversion")
    if not numbers:
        return ""
    value, low, high = (100 * number for number in numbers)
    apart = _more_or_less(value, ".1f")
    return f"conversion is {apart} percentage points (95 % interval {low:+.1f} to {high:+.1f})"


def _mean(row: Mapping[str, object], outcome: str, word: str) -> str:
    numbers = _numbers(row, outcome)
    if not numbers:
        return ""
    value, low, high = numbers
    unit = str(row.get(f"{outcome}_unit") or "").partition(":")[2]
    where = f" {unit}" if outcome == "value" and unit else f" on the scale {unit}" if unit else ""
    apart = _more_or_less(value, ",.2f")
    return f"{word} is {apart}{where} (95 % interval {low:+,.2f} to {high:+,.2f})"


def _numbers(row: Mapping[str, object], outcome: str) -> list[float]:
    found = [row.get(f"{outcome}_{part}") for part in ("effect", "low", "high")]
    return [number for number in found if isinstance(number, float)]


def _more_or_less(value: float, form: str) -> str:
    return f"{'higher' if value > 0 else 'lower'} by {abs(value):{form}}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if share < 0.1 else f"{100 * share:.0f} %"
