"""Measured numbers for people: an overview of the whole map, or a listing of the readings that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

import polars as pl
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from desireline.draw.figures import measure_title, say_interval, say_reading
from desireline.draw.figures import say as say_value
from desireline.draw.readings import Reading, Readings, dimension
from desireline.draw.sections.groups import group_title
from desireline.draw.sections.method import place_title
from desireline.draw.table import show_table
from desireline.draw.terminal import show_coverage
from desireline.maps.outline import Outline
from desireline.pipeline.question import Measured

BESIDE = (
    "customers",
    "conversion",
    "drop_off",
    "time_median",
    "promise_kept",
    "nps",
    "csat",
    "value",
    "ces",
    "feeling",
    "journeys",
)
"""Measures that stand side by side, one column each, as far as they have values and the terminal has room."""
FIGURES = ("Value>", "95 % interval>", "n>", "Note")
GAP = 3  # between columns
HINT = (
    "More: --at PLACE for one place (ids as above, or `desireline map show`), -m MEASURE for one measure, --all for "
    "everything, --json for programs. Who they are: `desireline customers MAP MEASURE --at PLACE`."
)


def show_overview(measured: Measured, console: Console) -> None:
    """The whole journey, its stages, its groups and its periods stand in tables; then what the data cover."""
    outline, readings = measured.outline, Readings(measured.readings)
    whole = outline.map.map.id
    _headline(measured, console)
    _show_whole(readings, whole, console)
    stages = [stage.id for stage in outline.stages]
    _show_beside(
        "Stage",
        [(outline.titles[id_], id_) for id_ in stages],
        lambda measure, id_: readings.get(measure, id_),
        console,
    )
    for name, groups in readings.groups.items():
        title = name.removeprefix("property:").replace("_", " ").capitalize()
        named = [(group_title(group, outline), group) for group in groups]
        _show_beside(title, named, lambda measure, group: readings.get(measure, whole, group=group), console)
    periods = [(period, period) for period in readings.periods]
    _show_beside("Period", periods, lambda measure, period: readings.get(measure, whole, period=period), console)
    console.print(Text("\nWhat the data cover", style="bold"))
    show_coverage(measured.coverage, outline, console)
    console.print(Text(f"\n{HINT}", style="dim"))


def show_listing(frame: pl.DataFrame, outline: Outline, console: Console) -> None:
    """One row per reading, with the place's id; columns that would stay empty are left out."""
    heads = ["Measure", "Place", "Id", "Group", "Period", *FIGURES]
    _show_full(heads, [_listed(one, outline) for one in Readings(frame)], console)


def _listed(one: Reading, outline: Outline) -> list[str]:
    return [
        measure_title(one.measure),
        place_title(one.at, outline),
        one.at,
        f"{dimension(one.group)}: {group_title(one.group, outline)}" if one.group else "",
        one.period,
        *_figures(one),
    ]


def _figures(one: Reading) -> list[str]:
    """Value, interval, n, note."""
    if not one.shown:
        return ["–", "", "", one.note]
    interval = say_interval(*one.interval, one.unit) if one.interval else ""
    return [say_reading(one), interval, f"{one.n:,}", one.note]


def _headline(measured: Measured, console: Console) -> None:
    head = Text(measured.outline.map.map.title, style="bold")
    head.append(f"  {measured.outline.map.map.id}", style="dim")
    console.print(head)
    since = f", {measured.first_at:%Y-%m-%d} to {measured.last_at:%Y-%m-%d}" if _dated(measured) else ""
    counts = f"{measured.customers:,} customers, {measured.journeys:,} journeys, {measured.events:,} events{since}\n"
    console.print(Text(counts if measured.customers else f"{counts}There is no data yet: `desireline import`.\n"))


def _dated(measured: Measured) -> bool:
    return measured.first_at is not None and measured.last_at is not None


def _show_whole(readings: Readings, whole: str, console: Console) -> None:
    rows = [
        [measure_title(one.measure), one.measure, *_figures(one)]
        for one in readings
        if one.at == whole and not one.group and not one.period
    ]
    heads = ["The whole journey", "Measure", *FIGURES]
    names = int(_fitting(heads, rows, console.width) == len(heads))  # without room, titles must do
    _show_full(heads[:1] + heads[2 - names :], [row[:1] + row[2 - names :] for row in rows], console)


def _show_full(heads: Sequence[str], rows: Sequence[Sequence[str]], console: Console) -> None:
    """The table without the columns that are empty."""
    kept = [k for k, head in enumerate(heads) if any(row[k] for row in rows)]
    table = [[row[k] for k in kept] for row in rows]
    show_table(console, [heads[k] for k in kept], table, empty="There is no such reading.")


def _show_beside(
    title: str,
    named: Sequence[tuple[str, str]],
    find: Callable[[str, str], Reading | None],
    console: Console,
) -> None:
    """One row per thing (its title and its id), one column per measure that has a value for any of them."""
    if not named:
        return
    columns = [measure for measure in BESIDE if any(_has(find(measure, id_)) for _, id_ in named)]
    heads = [title, "Id", *(f"{measure_title(measure)}>" for measure in columns)]
    cells = [[name, id_ if id_ != name else "", *_cells(columns, id_, find)] for name, id_ in named]
    rows = [row for row in cells if any(row[2:])]
    many = _fitting(heads, rows, console.width)
    console.print()
    _show_full(heads[:many], [row[:many] for row in rows], console)


def _fitting(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> int:
    """How many of the columns have room beside each other; at least the first three."""
    widths = [max(cell_len(row[k]) for row in [heads, *rows]) + GAP for k in range(len(heads))]
    return max(3, sum(upto <= width for upto in accumulate(widths)))


def _cells(columns: Sequence[str], id_: str, find: Callable[[str, str], Reading | None]) -> Iterator[str]:
    for measure in columns:
        one = find(measure, id_)
        if one is None:
            yield ""
        else:
            yield say_value(one.value, one.unit) if one.value is not None else "–"


def _has(one: Reading | None) -> bool:
    return one is not None and one.shown and (one.n > 0 or one.unit != "count")
