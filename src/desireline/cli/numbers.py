"""desireline measure, measures, deviations, customers: the numbers, and who is behind them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from desireline.cli.ledger import show_ledger
from desireline.cli.options import HERE, AsJson, Limit, MapFileArgument, WorkspaceFolder
from desireline.cli.output import write_output
from desireline.cli.overview import show_listing, show_overview
from desireline.cli.voice import out, progress, rows, say, say_json
from desireline.draw.deviations import KINDS
from desireline.draw.figures import say as say_value
from desireline.draw.files.spreadsheet import csv_text
from desireline.draw.table import show_table
from desireline.errors import did_you_mean
from desireline.maps.files import load_map
from desireline.measures.catalog import CATALOG, find_measure
from desireline.measures.groups import KNOWN
from desireline.measures.ladder import LIMIT
from desireline.measures.measure import Measure
from desireline.measures.written import measure_json
from desireline.pipeline.opening import Cell
from desireline.pipeline.question import Question
from desireline.workspace import Workspace

By = Annotated[
    list[str] | None,
    typer.Option("--by", help=f"Group by {', '.join(KNOWN)}; may be given several times."),
]
Period = Annotated[str | None, typer.Option("--period", help="Split by day, week, month, quarter or year.")]
Edges = Annotated[list[str] | None, typer.Option("--edge", help="Measure this edge too, written a>b.")]
Only = Annotated[
    list[str] | None, typer.Option("--measure", "-m", help="Only this measure; may be given several times.")
]
Exact = Annotated[
    bool,
    typer.Option(
        "--exact",
        help=f"Exact medians and quartiles of times; else within 1.6 % where there are over {LIMIT:,} different ones.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(measure)
    app.command()(measures)
    app.command()(deviations)
    app.command()(customers)


def measure(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    only: Only = None,
    at: Annotated[
        list[str] | None, typer.Option("--at", help="Only this place: the map, a stage, a touchpoint, a>b.")
    ] = None,
    by: By = None,
    period: Period = None,
    edge: Edges = None,
    exact: Exact = False,
    everything: Annotated[bool, typer.Option("--all", help="Print every reading instead of an overview.")] = False,
    as_json: AsJson = False,
) -> None:
    """Measure the journeys that customers take through a map: an overview, or the readings that you ask for."""
    places = at or []
    question = Question(
        measures=tuple(only or ()),
        by=tuple(by or ()),
        period=period,
        edges=tuple(dict.fromkeys([*(edge or []), *(place for place in places if ">" in place)])),
        exact=exact,
    )
    map_ = load_map(map_path)
    with progress("Measuring", quiet=as_json) as step:
        measured = Workspace.open(workspace).measure(map_, question, step=step)
    readings = measured.readings_at(places)
    if as_json:
        say_json(measured.as_json(readings))
    elif everything or places or only:
        show_listing(readings, measured.outline, out())
    else:
        show_overview(measured, out())


def measures(
    name: Annotated[str | None, typer.Argument(metavar="MEASURE", help="One measure, in full.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the measures: what they mean, in which unit, and where they can be read."""
    chosen = [find_measure(name)] if name else list(CATALOG.values())
    if as_json:
        say_json([measure_json(one) for one in chosen])
    elif name:
        one = chosen[0]
        say(f"{one.name}: {one.title}", style="bold")
        say(f"{_family(one)}, in {one.unit}, at {', '.join(one.places)}; needs {one.minimum} customers.\n")
        say(one.about)
    else:
        heads = ["Measure", "What it says", "Family", "Unit", "At"]
        table = [[one.name, one.about.splitlines()[0], _family(one), one.unit, _places(one)] for one in chosen]
        show_table(out(), heads, table, empty="")
        say("At: m map, s stage, t touchpoint, e edge. One in full: `desireline measures MEASURE`.", style="dim")


def deviations(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    kind: Annotated[str | None, typer.Option("--kind", help=f"Only this kind: {', '.join(KINDS)}.")] = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Tell where customers leave the intended path, ranked by what it costs."""
    if kind is not None and kind not in KINDS:
        hint = did_you_mean(kind, KINDS, f"Known kinds: {', '.join(KINDS)}.")
        raise typer.BadParameter(f"no kind of deviation is called {kind!r}. {hint}", param_hint="--kind")
    map_ = load_map(map_path)
    with progress("Measuring", quiet=as_json) as step:
        measured = Workspace.open(workspace).measure(map_, Question(measures=("journeys",)), step=step)
    ledger = measured.deviations if kind is None else measured.deviations.filter(pl.col("kind") == kind)
    if as_json:
        say_json({"map": map_.map.id, "deviations": rows(ledger)})
    else:
        show_ledger(ledger, measured.outline, out(), limit=limit)


def customers(
    map_path: MapFileArgument,
    name: Annotated[str, typer.Argument(metavar="MEASURE", help="The measure to open.")],
    at: Annotated[
        str | None,
        typer.Option("--at", help="A stage, a touchpoint or an edge a>b; the whole map when missing."),
    ] = None,
    group: Annotated[
        str, typer.Option("--group", help="As printed: persona:maya, channel:web, property:state=SP.")
    ] = "",
    period: Annotated[str, typer.Option("--period", help="As printed: 2026-03, 2026-W12 …")] = "",
    workspace: WorkspaceFolder = HERE,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help="How many to print; all when missing.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write them as CSV.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the customers behind a number: the same rows that the number was made of.

    A number about fewer than five customers is hidden, and so is its list.
    """
    map_ = load_map(map_path)
    place = at or map_.map.id
    behind = Workspace.open(workspace).behind_reading(map_, name, Cell(place, group, period))
    found, note = behind.customers.clear() if behind.closed else behind.customers, behind.closed
    if output:
        write_output(output, csv_text(found))
    shown = found.head(limit) if limit is not None else found
    if as_json:
        asked = {"measure": name, "at": place, "group": group, "period": period}
        say_json({**asked, "n": None if note else found.height, "note": note, "customers": rows(shown)})
    elif note:
        say(f"Not listed: {note}.")
    elif output:
        say(f"{found.height:,} customers written to {output}.")
    else:
        _list(shown, find_measure(name))
        say(f"{found.height:,} customers{f', {len(shown):,} shown' if len(shown) < len(found) else ''}.", style="dim")


def _list(found: pl.DataFrame, one: Measure) -> None:
    """Customers with what is counted, in its unit, and out of how many."""
    scale = getattr(one.family, "scale", 1)
    table = [[id_, say_value(x / scale, one.unit if scale > 1 else "count"), f"{m:,}"] for id_, x, m in found.rows()]
    show_table(out(), ["Customer", f"{one.title}>", "Out of>"], table, empty="Nobody.")


def _family(one: Measure) -> str:
    return type(one.family).__name__.lower()


def _places(one: Measure) -> str:
    return " ".join(place[0] for place in one.places)
