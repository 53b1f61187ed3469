"""Promises in words: what a map promises at a place, overall and in single channels."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.draw.figures import FIRM, NARROW, measure_title, signed
from desireline.maps.outline import Outline
from desireline.maps.records import Kpi, Promise, ScorePromise, Stage, TimePromise, Touchpoint
from desireline.units import say_duration

SHARES = ("csat", "conversion", "drop_off", "reach", "repeats", "promise_kept", "fitness")
"""Measures that are said in per cent."""


def say_promises(place: Touchpoint | Stage, outline: Outline) -> list[str]:
    """Each promise of the place as a short text: `within 3 days of “Payment”`, `CSAT at least 0.7`, `Chat:
    within 2 min`.
    """
    return say_promise(place.promise, outline)


def say_promise(promise: Promise | None, outline: Outline) -> list[str]:
    """The parts of one promise, in the words a customer hears first."""
    if promise is None:
        return []
    said = [f"“{promise.says}”"] if promise.says else []
    said += [_time(promise.time, outline)] if promise.time else []
    said += [_score(part) for part in (promise.effort, promise.score) if part]
    said += [f"feeling at least {signed(promise.feeling, 1)}"] if promise.feeling is not None else []
    for channel, own in promise.channels.items():
        said += [f"{outline.titles.get(channel, channel)}: {text}" for text in say_promise(own, outline)]
    return said


def say_kpis(kpis: Sequence[Kpi]) -> list[str]:
    """Each measure with its target as a short text: `NPS at least 30`."""
    return [_score(one, title=one.title or measure_title(one.measure)) for one in kpis]


def _time(time: TimePromise, outline: Outline) -> str:
    if time.within is not None:
        after = f" of “{outline.titles.get(time.after, time.after)}”" if time.after else ""
        return f"within {_short(time.within.total_seconds())}{after}"
    return "by the date promised" if time.by_due else "on time, as the source says"


def _score(promise: ScorePromise | Kpi, *, title: str = "") -> str:
    bounds = (("at least", promise.at_least), ("at most", promise.at_most))
    said = [f"{word} {_level(promise.measure, level)}" for word, level in bounds if level is not None]
    level = " and ".join(said).replace("-", "−")
    return f"{title or measure_title(promise.measure)} {level}".strip()


def _level(measure: str, level: float) -> str:
    if measure.startswith("time_"):
        return _short(level)
    return f"{100 * level:g}{NARROW}%" if measure in SHARES else f"{level:g}"


def _short(seconds: float) -> str:
    said = say_duration(seconds)
    return said.replace(".0 ", " ").replace(" ", FIRM)
