"""Targets and promises against what was measured: reached, missed, or too close to call."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.draw.figures import NARROW, measure_title, say
from desireline.draw.html import Child, Markup, el
from desireline.draw.icons import sign
from desireline.draw.listing import Cell, Head, bar, customers, evidence, listing
from desireline.draw.promises import say_promise
from desireline.draw.readings import Reading, Readings
from desireline.draw.sections.section import Section
from desireline.maps.outline import Outline
from desireline.maps.records import Kpi, Promise, Stage, Touchpoint


def targets_section(outline: Outline, readings: Readings) -> Section:
    """Every KPI with its target, every promise with how often it was kept."""
    content = (_targets(outline, readings), _promises(outline, readings))
    return Section(
        "promises",
        "Promises",
        "Targets and promises",
        "What the company set itself and what it promises its customers, against what happened.",
        content,
    )


def verdict_on(kpi: Kpi, reading: Reading | None) -> Markup:
    """Whether a target is reached, in words and with a sign."""
    word, says = target_met(kpi, reading)
    if not word:
        return el("span", {"class": "verdict open"}, says)
    css, icon = ("kept", "reached") if word == "reached" else ("missed", "failed")
    return el("span", {"class": f"verdict {css}"}, sign(icon), says)


def target_met(kpi: Kpi, reading: Reading | None) -> tuple[str, str]:
    """“reached”, “missed” or, where nothing was measured or no target is set, nothing; and the same in words. It is
    too close to call where the interval holds the target. The app says the same: `targetMet`.
    """
    unit = (
        reading.unit
        if reading
        else "share"
        if kpi.measure in ("conversion", "csat", "reach", "promise_kept", "drop_off")
        else ""
    )
    target = _target(kpi, unit)
    if reading is None or reading.value is None:
        return "", f"target {target}: not measured"
    bounds = [bound for bound in (kpi.at_least, kpi.at_most) if bound is not None]
    if not bounds:
        return "", f"target {target}"
    kept = (kpi.at_least is None or reading.value >= kpi.at_least) and (
        kpi.at_most is None or reading.value <= kpi.at_most
    )
    close = reading.interval is not None and any(
        reading.interval[0] <= bound <= reading.interval[1] for bound in bounds
    )
    word = "reached" if kept else "missed"
    return word, f"target {target}: {word}{', but too close to call' if close else ''}"


def _target(kpi: Kpi, unit: str) -> str:
    bounds = (("at least", kpi.at_least), ("at most", kpi.at_most))
    return " and ".join(f"{word} {_level(level, unit)}" for word, level in bounds if level is not None) or "not set"


def _level(level: float, unit: str) -> str:
    return say(level, unit).replace(f".0{NARROW}", NARROW).removesuffix(".0").removesuffix(".00")


def _targets(outline: Outline, readings: Readings) -> Markup:
    rows: list[list[Child | Cell]] = []
    for at, title, kpis in _kpis(outline):
        for kpi in kpis:  # a promised score is a target, too
            reading = readings.get(kpi.measure, at)
            rows.append(
                [
                    title,
                    kpi.title or measure_title(kpi.measure),
                    evidence(reading),
                    customers(reading),
                    verdict_on(kpi, reading),
                ]
            )
    heads = [Head("Place"), Head("Measure"), Head("Measured", "num"), Head("n", "num"), Head("Verdict")]
    return listing("Targets", heads, rows)


def _kpis(outline: Outline) -> Iterator[tuple[str, str, list[Kpi]]]:
    head = outline.map.map
    yield head.id, "The whole journey", [*head.kpis, *_promised(head.promise)]
    for place in _places(outline):
        yield place.id, place.title or place.id, [*place.kpis, *_promised(place.promise)]


def _places(outline: Outline) -> list[Stage | Touchpoint]:
    return [*outline.stages, *outline.touchpoints]


def _promised(promise: Promise | None) -> list[Kpi]:
    if promise is None:
        return []
    scores = [score for score in (promise.effort, promise.score) if score]
    found = [Kpi(measure=score.measure, at_least=score.at_least, at_most=score.at_most) for score in scores]
    return found + ([Kpi(measure="feeling", at_least=promise.feeling)] if promise.feeling is not None else [])


def _timed(promise: Promise) -> bool:
    return promise.time is not None or any(_timed(own) for own in promise.channels.values())


def _promises(outline: Outline, readings: Readings) -> Markup:
    rows: list[list[Child | Cell]] = []
    head = outline.map.map
    places: list[tuple[str, str, Promise | None]] = [(head.id, "The whole journey", head.promise)]
    places += [(place.id, place.title or place.id, place.promise) for place in _places(outline)]
    for at, title, promise in places:
        reading = readings.get("promise_kept", at)
        if promise is None or not _timed(promise):
            continue
        said = el("ul", {"class": "plain"}, [el("li", {}, text) for text in say_promise(promise, outline)])
        marks = bar(
            reading.value if reading else None,
            *(reading.interval or (None, None)) if reading else (None, None),
        )
        rows.append([title, said, marks, evidence(reading), customers(reading)])
    heads = [
        Head("Place"),
        Head("Promise"),
        Head("Kept", "wide", hidden=True),
        Head("Kept", "num"),
        Head("n", "num"),
    ]
    return listing("Promises of time, and how often they were kept", heads, rows)
