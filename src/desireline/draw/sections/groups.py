"""Sections that compare: groups of customers or channels side by side, and one period after the other."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.draw.figures import explain, measure_title, say
from desireline.draw.html import Child, Markup, el, number
from desireline.draw.listing import Cell, Head, bar, customers, dots, evidence, listing
from desireline.draw.readings import Reading, Readings, dimension
from desireline.draw.sections.section import Section
from desireline.maps.outline import Outline

COMPARED = (
    "conversion",
    "time_median",
    "promise_kept",
    "nps",
    "csat",
    "ces",
    "score",
    "feeling",
    "fitness",
    "value_per_journey",
)
MOST_GROUPS = 12
WIDTH, HEIGHT, PAD = 340.0, 120.0, 8.0


def groups_section(outline: Outline, readings: Readings) -> Section | None:
    """Small multiples: one panel per measure, one row per group, everybody on top. None when nothing was
    grouped.
    """
    panels = [_dimension(name, groups, outline, readings) for name, groups in readings.groups.items()]
    shown = [panel for panel in panels if panel]
    if not shown:
        return None
    lead = "Each group against everybody, on one scale per panel. Groups of fewer than 5 customers are never shown."
    return Section("groups", "Groups", "Compared by group", lead, shown)


def trend_section(outline: Outline, readings: Readings) -> Section | None:
    """One line per measure of the whole map over the periods. None when no period was read."""
    at = outline.map.map.id
    periods = readings.periods
    series = [
        (measure, [readings.get(measure, at, period=period) for period in periods])
        for measure in ("journeys", *COMPARED)
    ]
    lines = [
        _line(measure, found, periods) for measure, found in series if sum(bool(one and one.shown) for one in found) > 1
    ]
    if not lines:
        return None
    return Section(
        "trend",
        "Trend",
        "Over time",
        f"From {periods[0]} to {periods[-1]}, by when the journey started.",
        el("div", {"class": "panels"}, lines),
    )


def group_title(group: str, outline: Outline) -> str:
    """A group's name for people: a persona's or channel's title, a property's value."""
    name = group.split("=", 1)[1] if dimension(group) != group.partition(":")[0] else group.partition(":")[2]
    return outline.titles.get(name, name) or "none"


def _dimension(name: str, groups: Sequence[str], outline: Outline, readings: Readings) -> Markup | None:
    at = outline.map.map.id
    panels = [panel for measure in COMPARED if (panel := _panel(measure, groups[:MOST_GROUPS], outline, readings, at))]
    reach = _reach(groups[:MOST_GROUPS], outline, readings)
    if not panels and not reach:
        return None
    rest = len(groups) - MOST_GROUPS
    more = el("p", {"class": "aside"}, f"{rest} more groups stand in the table of all readings.") if rest > 0 else None
    title = name.removeprefix("property:").replace("_", " ")
    return el(
        "div",
        {"class": "dimension"},
        el("h3", {}, f"By {title}"),
        el("div", {"class": "panels"}, panels),
        reach,
        more,
    )


def _panel(measure: str, groups: Sequence[str], outline: Outline, readings: Readings, at: str) -> Markup:
    found = [(group, reading) for group in groups if (reading := readings.get(measure, at, group=group))]
    everybody = readings.shown(measure, at)
    rows = [("Everybody", everybody)] if everybody and found else []
    rows += [(group_title(group, outline), reading) for group, reading in found]
    if not any(reading.shown for _, reading in rows):
        return Markup("")
    domain = _domain([reading for _, reading in rows])
    cells = [_group_row(title, reading, domain, everybody) for title, reading in rows]
    heads = [
        Head("Group"),
        Head("On one scale", "wide", hidden=True),
        Head(measure_title(measure), "num"),
        Head("n", "num"),
    ]
    return el("div", {"class": "panel"}, listing(measure_title(measure), heads, cells))


def _group_row(
    title: str, reading: Reading, domain: tuple[float, float], everybody: Reading | None
) -> list[Child | Cell]:
    low, high = reading.interval or (None, None)
    line = everybody.value if everybody else None
    return [
        title,
        dots((("measured", reading.value),), low=low, high=high, domain=domain, zero=line),
        evidence(reading),
        customers(reading),
    ]


def _domain(found: Sequence[Reading]) -> tuple[float, float]:
    shown = [reading for reading in found if reading.value is not None]
    least = min(reading.low if reading.low is not None else reading.value or 0 for reading in shown)
    most = max(reading.high if reading.high is not None else reading.value or 0 for reading in shown)
    room = (most - least or abs(most) or 1) * 0.08
    return (least - room, most + room)


def _reach(groups: Sequence[str], outline: Outline, readings: Readings) -> Markup:
    rows: list[list[Child | Cell]] = []
    groups = [
        group for group in groups if any(readings.shown("reach", stage.id, group=group) for stage in outline.stages)
    ]
    for stage in outline.stages:
        found = [readings.get("reach", stage.id, group=group) for group in groups]
        if any(found):
            rows.append([stage.title or stage.id, *(_reached(one) for one in found)])
    return listing(
        "Reach of each stage",
        [Head("Stage"), *(Head(group_title(group, outline), "wide") for group in groups)],
        rows,
        css="reach-by-group",
    )


def _reached(reading: Reading | None) -> Markup:
    interval = (reading.interval if reading else None) or (None, None)
    tip = explain(reading, "Reach")
    return el(
        "span",
        {"class": "with-bar", "data-tip": tip},
        bar(reading.value if reading else None, *interval),
        evidence(reading),
    )


def _line(measure: str, found: Sequence[Reading | None], periods: Sequence[str]) -> Markup:
    shown = [(k, one, one.value) for k, one in enumerate(found) if one and one.value is not None]
    least, most = _domain([one for _, one, _ in shown])
    step = (WIDTH - 2 * PAD) / max(len(periods) - 1, 1)

    def at(k: int, value: float) -> tuple[float, float]:
        return PAD + k * step, PAD + (most - value) / (most - least) * (HEIGHT - 2 * PAD)

    parts: list[Child] = []
    for run in _runs(shown):
        around = [at(k, one.interval[1]) for k, one, _ in run if one.interval] + [
            at(k, one.interval[0]) for k, one, _ in reversed(run) if one.interval
        ]
        parts.append(
            el("polygon", {"class": "band", "points": _path(around)})
            if len(run) > 1 and len(around) == 2 * len(run)
            else None
        )
        parts.append(el("polyline", {"class": "measured-line", "points": _path([at(k, value) for k, _, value in run])}))
    parts += [_point(periods[k], one, at(k, value)) for k, one, value in shown]
    first, last = shown[0], shown[-1]
    ends = " … ".join(f"{periods[k]}: {say(value, one.unit)}" for k, one, value in (first, last))
    svg = {
        "class": "pic",
        "viewBox": f"0 0 {number(WIDTH)} {number(HEIGHT)}",
        "role": "img",
        "aria-label": f"{measure_title(measure)}. {ends}",
    }
    return el(
        "figure",
        {"class": "panel"},
        el("figcaption", {}, el("b", {}, measure_title(measure)), " ", el("small", {}, ends)),
        el("svg", svg, parts),
    )


def _runs(shown: Sequence[tuple[int, Reading, float]]) -> list[list[tuple[int, Reading, float]]]:
    runs: list[list[tuple[int, Reading, float]]] = []
    for point in shown:
        if runs and runs[-1][-1][0] == point[0] - 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _point(period: str, reading: Reading, spot: tuple[float, float]) -> Markup:
    return el(
        "circle",
        {
            "class": "hollow" if reading.n < 30 else "solid",
            "cx": spot[0],
            "cy": spot[1],
            "r": 3.5,
            "data-tip": f"{period}: {explain(reading)}",
        },
    )


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in corners)
