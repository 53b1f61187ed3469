"""The head of the report: what map this is, how fresh, and what it shows in three sentences made from its
numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from desireline.draw.deviations import Deviation
from desireline.draw.figures import FIRM, NARROW, explain, many, measure_title, say, say_effect, say_interval
from desireline.draw.html import Child, Markup, el
from desireline.draw.meta import Meta
from desireline.draw.readings import Reading, Readings
from desireline.draw.sections.targets import verdict_on
from desireline.maps.outline import Outline

KEY_FIGURES = (
    "customers",
    "journeys",
    "conversion",
    "time_median",
    "promise_kept",
    "nps",
    "csat",
    "score",
    "ces",
    "fitness",
)
MOST_FIGURES = 6
ENDINGS = ("lost", "stuck")  # that these go with less success says nothing new


def masthead(outline: Outline, meta: Meta) -> Markup:
    """Title, purpose, and one line on owner, window and freshness."""
    head = outline.map.map
    facts = [
        head.scope,
        f"Owner: {head.owner}" if head.owner else None,
        data_window(meta),
        freshness(outline, meta),
    ]
    return el(
        "header",
        {"class": "masthead"},
        el("p", {"class": "small-caps"}, "Customer journey report"),
        el("h1", {}, head.title),
        el("p", {"class": "purpose"}, head.purpose) if head.purpose else None,
        el("ul", {"class": "facts"}, [el("li", {}, fact) for fact in facts if fact]),
    )


def three_sentences(
    outline: Outline, readings: Readings, found: Sequence[Deviation], meta: Meta, *, first: str = ""
) -> list[str]:
    """Who and when; how many arrive and where most are lost; the finding that costs most (`first`), or, where nothing
    was looked for, the deviation that matters most. Only what is known is said.
    """
    said = [
        _who(outline, readings, meta) or _heard(outline, readings),
        _arrive(outline, readings, found),
        first or _matters(found),
    ]
    return [sentence for sentence in said if sentence] or [
        "This map has not been measured yet: it shows what is intended."
    ]


def key_figures(outline: Outline, readings: Readings) -> Markup:
    """Up to six numbers of the whole map, each with its interval and its target."""
    found = key_readings(outline, readings)
    return (
        el(
            "ul",
            {"class": "key-figures"},
            [_key_figure(reading, outline) for reading in found[:MOST_FIGURES]],
        )
        if found
        else Markup("")
    )


def key_readings(outline: Outline, readings: Readings) -> list[Reading]:
    """The numbers of the whole map that are told first; counts of nobody are left out."""
    at = outline.map.map.id
    shown = [reading for measure in KEY_FIGURES if (reading := readings.shown(measure, at))]
    return [reading for reading in shown if reading.value or reading.measure not in ("customers", "journeys")]


def data_window(meta: Meta) -> str | None:
    """From when to when the data is."""
    if meta.first_at is None or meta.last_at is None:
        return None
    return f"Data from {say_date(meta.first_at.date())} to {say_date(meta.last_at.date())}"


def freshness(outline: Outline, meta: Meta) -> str | None:
    """How old the data is and how long ago people looked at the map, as of `meta.today`."""
    review = outline.map.map.review
    if meta.today is None:
        return f"Map last reviewed {say_date(review.last)}" if review and review.last else None
    said = [f"newest data {_ago(meta.today, meta.last_at.date())}"] if meta.last_at else []
    if review and review.last:
        due = review.last + timedelta(days=review.every_days) if review.every_days else None
        late = ", review overdue" if due and due < meta.today else ""
        said.append(f"map reviewed {_ago(meta.today, review.last)}{late}")
    return "; ".join(said).capitalize() if said else None


def say_date(day: date) -> str:
    """`3 April 2026`."""
    return f"{day.day}{FIRM}{day:%B}{FIRM}{day.year}"


def _ago(today: date, day: date) -> str:
    days = (today - day).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def _who(outline: Outline, readings: Readings, meta: Meta) -> str:
    at = outline.map.map.id
    people = readings.value("customers", at) or meta.customers
    trips = readings.value("journeys", at) or meta.journeys
    if not people or not trips:
        return ""
    when = ""
    if meta.first_at and meta.last_at:
        when = f" between {say_date(meta.first_at.date())} and {say_date(meta.last_at.date())}"
    open_ = readings.value("under_way", at)
    rest = f"; {many(int(open_), 'of them is', 'of them are')} still under way" if open_ else ""
    return f"{many(int(people), 'customer')} made {many(int(trips), 'journey')}{when}{rest}."


def _heard(outline: Outline, readings: Readings) -> str:
    """For maps that have a voice and no events: how many places speak, and which sounds worst and best."""
    levels = _levels(outline, readings)
    if not levels:
        return ""
    ends = _ends(levels, outline)
    return (
        f"Customers spoke about {len(levels)} of {many(len(outline.touchpoint), 'touchpoint')}; no events were "
        f"measured. {ends}"
    )


def _levels(outline: Outline, readings: Readings) -> dict[str, float]:
    """How touchpoints feel: what `emotion` says, else the scores."""
    told = ((point, readings.value("emotion", point)) for point in outline.touchpoint)
    felt = ((point, readings.value("feeling", point) if level is None else level) for point, level in told)
    return {point: level for point, level in felt if level is not None}


def _ends(levels: Mapping[str, float], outline: Outline) -> str:
    lowest, highest = min(levels, key=lambda point: levels[point]), max(levels, key=lambda point: levels[point])
    told = [f"“{outline.titles[point]}” ({say(levels[point], 'level')})" for point in (lowest, highest)]
    if len(levels) == 1:
        return f"The feeling at {told[0]} is the only one that is known."
    return f"The lowest feeling is at {told[0]}, the highest at {told[1]}."


def _arrive(outline: Outline, readings: Readings, found: Sequence[Deviation]) -> str:
    reading = readings.shown("conversion", outline.map.map.id)
    if reading is None or reading.value is None:
        return ""
    goal = " or ".join(f"“{outline.titles.get(id_, id_)}”" for id_ in outline.success) or "the end"
    interval = f" (95{NARROW}% interval {say_interval(*reading.interval, 'share')})" if reading.interval else ""
    worst = max((one for one in found if one.kind == "lost"), key=lambda one: one.journeys, default=None)
    where = outline.titles.get(worst.place, worst.place) if worst else ""
    lost = f"; most are lost at “{where}”, {many(worst.journeys, 'journey')}" if worst else ""
    return f"Of the journeys that are over, {say(reading.value, 'share')} reached {goal}{interval}{lost}."


def _matters(found: Sequence[Deviation]) -> str:
    candidates = [one for one in found if one.kind not in ENDINGS]
    harmful = [one for one in candidates if any(effect.harmful for effect in one.effects.values())]
    first = next(iter([*harmful, *candidates, *found]), None)
    if first is None:
        return ""
    return f"The deviation that matters most: {_uncapitalised(first.what)}{_effects(first)}"


def _effects(deviation: Deviation) -> str:
    clear = [(name, effect) for name, effect in deviation.effects.items() if effect.clear]
    said = [
        f"{name} is {say_effect(abs(effect.value), effect.unit).removeprefix('+')} "
        f"{'lower' if effect.value < 0 else 'higher'}"
        for name, effect in clear
    ]
    return f" With it, {' and '.join(said)}." if said else ""


def _uncapitalised(sentence: str) -> str:
    return sentence if sentence[:2].isupper() or sentence[:1].isdigit() else sentence[:1].lower() + sentence[1:]


def _key_figure(reading: Reading, outline: Outline) -> Markup:
    parts: list[Child] = [
        el("span", {"class": "label"}, measure_title(reading.measure)),
        el("b", {"data-tip": explain(reading), "tabindex": "0"}, say(reading.value or 0, reading.unit)),
    ]
    if reading.interval:
        parts.append(el("small", {}, say_interval(*reading.interval, reading.unit)))
    for kpi in outline.map.map.kpis:
        if kpi.measure == reading.measure:
            parts.append(verdict_on(kpi, reading))
    return el("li", {}, parts)
