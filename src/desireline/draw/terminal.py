"""Maps, readings, deviations and coverage in a terminal; plain columns where the output goes into a pipe.

Texts of users are printed as they are, never read as markup. `NO_COLOR` is honoured by rich.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from desireline.access import may_show
from desireline.draw.board import Board, Column, lay_board
from desireline.draw.deviations import KINDS, deviations, kept_back, say_share
from desireline.draw.figures import many, measure_title, say, say_effect, say_interval, say_reading
from desireline.draw.meta import Coverage
from desireline.draw.readings import HIDDEN, Readings
from desireline.draw.sections.groups import group_title
from desireline.draw.sections.method import place_title
from desireline.draw.table import show_table
from desireline.maps.outline import Outline

BAR = 24  # characters of a whole bar
SHORT = ("felt", "content", "channel", "system", "team")
TONES = {"pain": "yellow", "opportunity": "cyan", "quote": "italic"}


def show_map(
    outline: Outline,
    console: Console | None = None,
    *,
    readings: pl.DataFrame | None = None,
    ledger: pl.DataFrame | None = None,
) -> None:
    """The map stands in the terminal as a tree: stages, touchpoints with ids, and what is said at each."""
    console = console or Console()
    board = lay_board(outline, Readings(readings), ledger)
    head = Text(board.title, style="bold")
    head.append(f"  {board.id}", style="dim")
    tree = Tree(head, guide_style="dim")
    if board.purpose:
        tree.add(Text(board.purpose, style="dim"))
    for position, stage in enumerate(board.stages, start=1):
        title = Text(f"{position} {stage.title}", style="bold blue")
        title.append(f"  {stage.id}", style="dim")
        branch = tree.add(title)
        if stage.goal:
            branch.add(Text(stage.goal, style="dim"))
        for column in board.columns:
            if column.stage == stage.id and column.card:
                _touchpoint(branch, column, board)
    console.print(tree, soft_wrap=not console.is_terminal)


def show_readings(frame: pl.DataFrame, outline: Outline, console: Console | None = None) -> None:
    """Readings stand as a table: measure, place, group, period, value, interval, n, note."""
    console = console or Console()
    rows = [
        [
            measure_title(one.measure),
            place_title(one.at, outline),
            group_title(one.group, outline) if one.group else "",
            one.period,
            say_reading(one) if one.shown else "–",
            say_interval(*one.interval, one.unit) if one.interval else "",
            f"{one.n:,}" if one.shown else "",
            one.note,
        ]
        for one in Readings(frame)
    ]
    heads = ["Measure", "Place", "Group", "Period", "Value>", "95 % interval>", "n>", "Note"]
    show_table(console, heads, rows, empty="No readings.")


def show_deviations(frame: pl.DataFrame, outline: Outline, console: Console | None = None) -> None:
    """Deviations stand as a table, ranked."""
    console = console or Console()
    found = deviations(frame, outline.titles)
    names = [name for name in ("conversion", "score", "value") if any(name in one.effects for one in found)]
    rows = [
        [
            str(one.rank),
            KINDS.get(one.kind, one.kind),
            place_title(one.place, outline),
            f"{one.customers:,}",
            f"{one.journeys:,}",
            say_share(one),
            *(
                say_effect(one.effects[name].value, one.effects[name].unit) + ("" if one.effects[name].clear else " ?")
                if name in one.effects
                else "–"
                for name in names
            ),
        ]
        for one in found
    ]
    heads = [
        "#>",
        "Deviation",
        "Place",
        "Customers>",
        "Journeys>",
        "Share>",
        *(f"On {name}>" for name in names),
    ]
    show_table(console, heads, rows, empty="No deviation was found.")
    if names and found:
        console.print(Text("? may be chance: the 95 % interval holds zero.", style="dim"), soft_wrap=True)
    if kept_back(frame):
        console.print(Text(f"{many(kept_back(frame), 'row')} not shown: {HIDDEN}.", style="dim"), soft_wrap=True)


def say_deviation(row: Mapping[str, Any], outline: Outline) -> str:
    """One row of the ledger in plain words; a row about too few customers says only that."""
    found = deviations(pl.DataFrame([row], infer_schema_length=None), outline.titles)
    if not found:
        return f"{KINDS.get(row['kind'], row['kind'])} at “{place_title(row['place'], outline)}”: {HIDDEN}."
    return found[0].says


def show_coverage(coverage: Coverage, outline: Outline, console: Console | None = None) -> None:
    """Coverage stands as four bars, then the events that no touchpoint explains, then what no rule binds."""
    console = console or Console()
    shares = [
        ("Events explained", coverage.events_explained, coverage.events),
        ("Customers met", coverage.customers_explained, coverage.customers),
        ("Touchpoints bound", coverage.touchpoints_bound, len(outline.touchpoints)),
        ("Bound and visited", coverage.touchpoints_visited, coverage.touchpoints_bound),
    ]
    for title, part, whole in shares:
        share = part / whole if whole else 0.0
        line = Text(f"{title:<18} ")
        line.append("█" * round(BAR * share), style="blue")
        line.append("░" * (BAR - round(BAR * share)), style="dim")
        line.append(f" {say(share, 'share'):>7}  {part:,} of {whole:,}")
        console.print(line, soft_wrap=True)
    rows = [
        [
            str(row["event"] or "(no name)"),
            str(row["channel"] or "–"),
            f"{row['events']:,}",
            f"{row['customers']:,}",
        ]
        for row in coverage.off_map.head(20).to_dicts()
        if may_show(int(row["customers"] or 0))
    ]
    if rows:
        console.print()
        show_table(console, ["Event on no touchpoint", "Channel", "Events>", "Customers>"], rows, empty="")
    if coverage.unbound:
        names = ", ".join(outline.titles.get(id_, id_) for id_ in coverage.unbound)
        console.print(Text(f"Not bound to any event: {names}", style="dim"), soft_wrap=True)


def _touchpoint(branch: Tree, column: Column, board: Board) -> None:
    card = column.card
    if card is None:
        return
    line = Text(f"{'◆ ' if 'moment of truth' in card.marks else ''}{card.title}", style="bold")
    line.append(f"  {card.id}", style="dim")
    marks = [mark for mark in card.marks if mark != "moment of truth"] + ([] if card.front else ["back stage"])
    line.append(f"  {', '.join(marks)}" if marks else "", style="dim")
    node = branch.add(line)
    if card.figures:
        node.add(Text(" · ".join(f"{figure.label} {figure.text}" for figure in card.figures)))
    for badge in card.badges:
        node.add(Text(badge.text, style="yellow"))
    point = next((one for one in board.points if one.place == column.place), None)
    if point and (point.intended is not None or point.measured is not None):
        node.add(Text(point.says.partition(": ")[2] if board.measured else f"feeling {point.meant}"))
    for lane in board.lanes:
        notes = lane.notes.get(column.place, ())
        if lane.key in SHORT and notes:
            node.add(Text(f"{lane.title}: {', '.join(note.says for note in notes)}", style="dim"))
        else:
            for note in notes:
                node.add(Text(f"{lane.title}: {note.says}", style=TONES.get(lane.key, "dim")))
