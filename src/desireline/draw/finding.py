"""How a finding is told: its numbers in one line, and what it also shows in."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.draw.figures import many, say, say_effect, say_effect_range, say_interval
from desireline.findings.catalog import RULES
from desireline.findings.finding import Effect, Finding
from desireline.findings.opportunities.opportunity import Opportunity
from desireline.findings.opportunities.size import Range
from desireline.maps.outline import Outline

GRADES = {
    "A": "randomised",
    "B": "quasi-experiment",
    "C": "adjusted association",
    "D": "raw count or difference",
}


def title(one: Finding) -> str:
    """The title of its rule."""
    return RULES[one.rule].title


def what_helps(one: Finding) -> str:
    """What its rule says may help; nothing where it says nothing."""
    said = " ".join(RULES[one.rule].about.partition("What helps:")[2].split())
    return said[:1].upper() + said[1:]


def place(one: Finding, outline: Outline) -> str:
    """Where it is, in the words of the map."""
    titles = outline.titles
    start, arrow, end = one.at.partition(">")
    whole = titles.get(one.at)
    return whole or (f"{titles.get(start, start)} → {titles.get(end, end)}" if arrow else one.at)


def say_size(effect: Effect) -> str:
    """The effect with its interval; a difference with its sign."""
    compared = effect.difference
    value = say_effect(effect.value, effect.unit) if compared else say(effect.value, effect.unit)
    if effect.low is None or effect.high is None:
        return value
    ends = (say_effect_range if compared else say_interval)(effect.low, effect.high, effect.unit)
    return f"{value} [{ends}]"


def say_q(one: Finding) -> str:
    """How sure it is, after all that was looked at."""
    if one.q is None:
        return "a count, not tested"
    return "q < 0.001" if one.q < 0.001 else f"q = {one.q:.3f}"


def say_range(numbers: Range, unit: str) -> str:
    """A mean with its interval, rounded to what it is worth."""
    return f"{_rounded(numbers.value)} [{_rounded(numbers.low)}–{_rounded(numbers.high)}] {unit}".rstrip()


def say_cost(one: Opportunity, currency: str) -> str:
    """What it costs in a year; why that is not known, where it is not."""
    if one.lost is None:
        return "cost not measured"
    lost = f"as much as {say_range(one.lost, 'lost journeys')} a year"
    return f"{lost}, {say_range(one.money, currency)} a year" if one.money else lost


def facts(one: Finding) -> list[str]:
    """Its numbers, each a few words."""
    told = [say_size(one.effect)]
    told += [many(one.customers, "customer")] if one.customers else []
    return [*told, f"grade {one.grade}", say_q(one)]


def beside(one: Finding, outline: Outline) -> Iterator[str]:
    """What it also shows in."""
    for other in one.also:
        where = "" if other.at == one.at else f"{place(other, outline)}: "
        yield f"{where}{other.says}"


def _rounded(number: float) -> str:
    """Three figures are enough for what is estimated."""
    if abs(number) < 10:
        return f"{number:.1f}".removesuffix(".0")
    digits = max(0, len(str(int(abs(number)))) - 3)
    return f"{round(number, -digits):,.0f}"
