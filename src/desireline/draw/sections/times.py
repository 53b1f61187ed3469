"""The section on time: how long each place takes, on one scale of orders of magnitude from seconds to
years.
"""

from __future__ import annotations

from math import log10

from desireline.draw.figures import say
from desireline.draw.grid import place_id
from desireline.draw.html import Child, Markup, el, number
from desireline.draw.listing import Cell, Head, customers, evidence, listing
from desireline.draw.readings import Reading, Readings
from desireline.draw.sections.section import Section
from desireline.maps.outline import Outline

TICKS = (
    (1, "1 s"),
    (60, "1 min"),
    (3600, "1 h"),
    (86_400, "1 day"),
    (604_800, "1 week"),
    (2_592_000, "1 month"),
    (31_536_000, "1 year"),
)
CROWDED = 12  # per cent of the axis below which two ticks would touch
QUARTILES = ("time_q25", "time_median", "time_q75", "time_p90")


def times_section(outline: Outline, readings: Readings) -> Section:
    """Medians with their intervals, the middle half, and the slowest tenth."""
    head = outline.map.map
    whole = [(head.id, el("b", {}, "The whole journey"))]
    stages = [(stage.id, el("b", {}, stage.title or stage.id)) for stage in outline.stages]
    points = [
        (point.id, el("a", {"href": f"#{place_id(point.id)}"}, point.title or point.id))
        for point in outline.touchpoints
    ]
    found = [(title, row) for at, title in (*whole, *stages, *points) if (row := _row_of(at, readings))[1]]
    if not found:
        return Section("time", "Time", "How long it takes", "No time was measured.", "")
    lead = (
        "The journey from its start to its end, a stage from its first step to its last, "
        "a touchpoint since the step before. The thick bar holds the middle half, "
        "the thin line ends at the 90th percentile, the tick is the median."
    )
    least, most = _domain([reading for _, row in found for reading in row if reading and reading.value is not None])
    rows: list[list[Child | Cell]] = [_row(k, title, row, (least, most)) for k, (title, row) in enumerate(found)]
    heads = [
        Head("Place"),
        Head(_axis(least, most), "wide"),
        Head("Median", "num"),
        Head("90th percentile", "num"),
        Head("n", "num"),
    ]
    return Section(
        "time",
        "Time",
        "How long it takes",
        lead,
        listing("Time by place", heads, rows, sortable=True, css="times"),
    )


def _row_of(at: str, readings: Readings) -> list[Reading | None]:
    return [readings.get(measure, at) for measure in QUARTILES]


def _domain(found: list[Reading]) -> tuple[float, float]:
    values = [reading.value for reading in found if reading.value and reading.value > 0] or [1.0]
    least, most = min(values) / 1.6, max(values) * 1.6
    return least, most


def _share(seconds: float, least: float, most: float) -> float:
    return 100 * min(max(log10(max(seconds, 1e-9) / least) / log10(most / least), 0), 1)


def _ticks(least: float, most: float) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    for seconds, said in TICKS:
        at = _share(seconds, least, most)
        if least <= seconds <= most and (not found or at - found[-1][0] > CROWDED):
            found.append((at, said))
    return found


def _axis(least: float, most: float) -> Markup:
    marks = [el("i", {"style": f"left:{number(at)}%"}, said) for at, said in _ticks(least, most)]
    return el(
        "span",
        {},
        el("span", {"class": "hidden"}, "Spread"),
        el("span", {"class": "axis", "aria-hidden": "true"}, marks),
    )


def _row(position: int, title: Child, row: list[Reading | None], domain: tuple[float, float]) -> list[Child | Cell]:
    _, median, _, slow = row
    key = median.value if median and median.value is not None else -1
    return [
        Cell(title, position),
        _spread(row, *domain),
        Cell(evidence(median), key),
        Cell(_value(slow), slow.value if slow else -1),
        customers(median),
    ]


def _value(reading: Reading | None) -> str:
    return say(reading.value, "s") if reading and reading.value is not None else "–"


def _spread(row: list[Reading | None], least: float, most: float) -> Markup:
    quarter, median, three, slow = (
        _share(one.value, least, most) if one and one.value is not None else None for one in row
    )
    if median is None:
        return el("span", {"class": "spread hatched", "aria-hidden": "true"})
    parts: list[Child] = [el("i", {"class": "grid", "style": f"left:{number(at)}%"}) for at, _ in _ticks(least, most)]
    if three is not None and slow is not None:
        parts.append(
            el(
                "i",
                {"class": "tail", "style": f"left:{number(three)}%;width:{number(max(slow - three, 0))}%"},
            )
        )
    if quarter is not None and three is not None:
        parts.append(
            el(
                "i",
                {
                    "class": "half",
                    "style": f"left:{number(quarter)}%;width:{number(max(three - quarter, 0.5))}%",
                },
            )
        )
    parts.append(el("i", {"class": "tick", "style": f"left:{number(median)}%"}))
    return el("span", {"class": "spread", "aria-hidden": "true"}, parts)
