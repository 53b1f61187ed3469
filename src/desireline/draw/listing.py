"""Tables and the marks inside them: bars and dots with their intervals, which need no picture and no script.

Every table has a caption, headed columns and headed rows, and scrolls by itself where the window is narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desireline.draw.figures import NOT_MEASURED, explain, say, say_interval
from desireline.draw.html import Child, Markup, el, number
from desireline.draw.readings import Reading


@dataclass(frozen=True)
class Head:
    """A column's head. `kind`: "" for text, "num" for numbers (right-aligned), "wide" for marks."""

    title: Child
    kind: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell with a key to sort by."""

    inside: Child
    key: float | str | None = None


def listing(
    caption: str,
    heads: Sequence[Head],
    rows: Sequence[Sequence[Child | Cell]],
    *,
    sortable: bool = False,
    css: str = "",
) -> Markup:
    """A table whose first column heads its rows. Without rows there is nothing."""
    if not rows:
        return Markup("")
    head = el("thead", {}, el("tr", {}, [_head(one) for one in heads]))
    body = el("tbody", {}, [el("tr", {}, [_cell(k, cell, heads[k]) for k, cell in enumerate(row)]) for row in rows])
    table = el(
        "table",
        {"class": f"listing {css}".strip(), "data-sortable": sortable},
        el("caption", {}, caption),
        head,
        body,
    )
    return el("div", {"class": "scroll", "role": "region", "aria-label": caption, "tabindex": "0"}, table)


def evidence(reading: Reading | None) -> Markup:
    """A reading in a cell: the value, below it the interval; or why there is none."""
    if reading is None or reading.value is None:
        return el("span", {"class": "none"}, reading.note if reading and reading.note else NOT_MEASURED)
    interval = say_interval(*reading.interval, reading.unit) if reading.interval else ""
    value = el("b", {"class": "value", "data-tip": explain(reading)}, say(reading.value, reading.unit))
    return el("span", {"class": "evidence"}, value, el("small", {}, interval) if interval else None)


def customers(reading: Reading | None) -> Cell:
    """The n of a reading in a cell."""
    return Cell(f"{reading.n:,}", reading.n) if reading and reading.shown else Cell("", -1)


def bar(
    share: float | None,
    low: float | None = None,
    high: float | None = None,
    *,
    most: float = 1.0,
    tone: str = "",
) -> Markup:
    """A bar from zero with its interval on top; hatched where there is no value. The number stands beside it
    in words.
    """
    if share is None:
        return el("span", {"class": "bar hatched", "aria-hidden": "true"})
    fill = el("i", {"class": "fill", "style": f"width:{_percent(share / most)}"})
    return el("span", {"class": f"bar {tone}".strip(), "aria-hidden": "true"}, fill, _range(low, high, 0.0, most))


def dots(
    marks: Sequence[tuple[str, float | None]],
    *,
    low: float | None,
    high: float | None,
    domain: tuple[float, float],
    zero: float | None = None,
) -> Markup:
    """Dots on one scale, with the interval of the measured one. `marks` are (class, value)."""
    least, most = domain
    parts: list[Child] = []
    if zero is not None and min(domain) < zero < max(domain):
        parts.append(el("i", {"class": "zero", "style": f"left:{_percent((zero - least) / (most - least))}"}))
    parts.append(_range(low, high, least, most))
    parts += [
        el("i", {"class": f"dot {css}", "style": f"left:{_percent((value - least) / (most - least))}"})
        for css, value in marks
        if value is not None
    ]
    empty = all(value is None for _, value in marks)
    return el("span", {"class": "dots hatched" if empty else "dots", "aria-hidden": "true"}, parts)


def _range(low: float | None, high: float | None, least: float, most: float) -> Markup | None:
    if low is None or high is None or most == least:
        return None
    left, right = sorted(min(max((end - least) / (most - least), 0), 1) for end in (low, high))
    return el("i", {"class": "range", "style": f"left:{_percent(left)};width:{_percent(right - left)}"})


def _percent(share: float) -> str:
    return f"{number(100 * min(max(share, 0), 1))}%"


def _head(head: Head) -> Markup:
    title: Child = el("span", {"class": "hidden"}, head.title) if head.hidden else head.title
    return el("th", {"scope": "col", "class": head.kind or None}, title)


def _cell(position: int, cell: Child | Cell, head: Head) -> Markup:
    inside, key = (cell.inside, cell.key) if isinstance(cell, Cell) else (cell, None)
    sort = None if key is None else str(key)
    if position == 0:
        return el("th", {"scope": "row", "data-sort": sort}, inside)
    return el("td", {"class": head.kind or None, "data-sort": sort}, inside)
