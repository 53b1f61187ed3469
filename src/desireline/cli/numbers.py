"""desireline measure, measures, deviations, customers: the numbers, and who is behind them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from desireline.cli.maps import MapFileArgument
from desireline.cli.voice import HERE, AsJson, WorkspaceFolder, out, progress, rows, say_json
from desireline.draw.terminal import show_coverage, show_deviations, show_readings
from desireline.maps.files import load_map
from desireline.measures.catalog import CATALOG, find_measure
from desireline.pipeline.question import Question
from desireline.workspace import Workspace

By = Annotated[
    list[str] | None,
    typer.Option(
        "--by", help="Group by persona, channel, team, property:NAME or promise:PLACE; may be given several times."
    ),
]
Period = Annotated[str | None, typer.Option("--period", help="Split by day, week, month, quarter or year.")]
Edges = Annotated[list[str] | None, typer.Option("--edge", help="Measure this edge too, written a>b.")]
Only = Annotated[list[str] | None, typer.Option("--measure", "-m", help="Only these measures.")]


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
        list[str] | None, typer.Option("--at", help="Only these places: the map, a stage, a touchpoint, a>b.")
    ] = None,
    by: By = None,
    period: Period = None,
    edge: Edges = None,
    as_json: AsJson = False,
) -> None:
    """Measure the journeys that customers take through a map."""
    places = at or []
    question = Question(
        measures=tuple(only or ()),
        by=tuple(by or ()),
        period=period,
        edges=tuple(dict.fromkeys([*(edge or []), *(place for place in places if ">" in place)])),
    )
    map_ = load_map(map_path)
    with progress("Measuring", quiet=as_json) as step:
        measured = Workspace.open(workspace).measure(map_, question, step=step)
    readings = measured.readings_at(places)
    if as_json:
        say_json(measured.as_json(readings))
    else:
        show_readings(readings, measured.outline, out())
        show_coverage(measured.coverage, measured.outline, out())


def measures(
    name: Annotated[str | None, typer.Argument(help="One measure, in full.")] = None, as_json: AsJson = False
) -> None:
    """List the measures and what they mean."""
    chosen = [find_measure(name)] if name else list(CATALOG.values())
    if as_json:
        say_json(
            [
                {
                    "measure": one.name,
                    "title": one.title,
                    "unit": one.unit,
                    "places": one.places,
                    "about": one.about,
                }
                for one in chosen
            ]
        )
        return
    for one in chosen:
        about = one.about if name else one.about.splitlines()[0]
        out().print(f"{one.name:<18} {about}", markup=False)


def deviations(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            help="missing, ad hoc, repeated, irregular order, wrong channel, late, failed, stuck, lost.",
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", help="How many to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Tell where customers leave the intended path, ranked by what it costs."""
    map_ = load_map(map_path)
    with progress("Measuring", quiet=as_json) as step:
        measured = Workspace.open(workspace).measure(map_, Question(measures=("journeys",)), step=step)
    ledger = measured.deviations if kind is None else measured.deviations.filter(pl.col("kind") == kind)
    if as_json:
        say_json({"map": map_.map.id, "deviations": rows(ledger)})
    else:
        show_deviations(ledger.head(limit), measured.outline, out())


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
        int | None, typer.Option("--limit", "-n", help="How many to print; all when missing.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write them as CSV.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the customers behind a number: the same rows that the number was made of."""
    map_ = load_map(map_path)
    found = Workspace.open(workspace).customers(map_, name, at=at or map_.map.id, group=group, period=period)
    shown = found.head(limit) if limit is not None else found
    if output:
        found.write_csv(output)
        out().print(f"{found.height:,} customers written to {output}.", markup=False)
    elif as_json:
        say_json(
            {
                "measure": name,
                "at": at or map_.map.id,
                "group": group,
                "period": period,
                "n": found.height,
                "customers": rows(shown),
            }
        )
    else:
        for row in shown.iter_rows(named=True):
            out().print("  ".join(str(value) for value in row.values()), markup=False)
        out().print(f"{found.height:,} customers.", style="dim")
