"""desireline report, draw: one file to read, one picture to hang up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.numbers import By, Edges, Exact, Period
from desireline.cli.options import HERE, AsJson, MapFileArgument, Output, WorkspaceFolder
from desireline.cli.output import write_output
from desireline.cli.voice import progress, say, say_json
from desireline.draw.export import KINDS, convert
from desireline.draw.svg import draw_svg
from desireline.errors import UnknownPicture
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.pipeline.question import Question
from desireline.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(report)
    app.command()(draw)


def report(
    map_path: MapFileArgument,
    output: Output,
    workspace: WorkspaceFolder = HERE,
    by: By = None,
    period: Period = None,
    edge: Edges = None,
    exact: Exact = False,
    as_json: AsJson = False,
) -> None:
    """Write one self-contained page: the map with live numbers, funnel, routes, deviations, coverage, methods."""
    map_ = load_map(map_path)
    question = Question(by=tuple(by or ()), period=period, edges=tuple(edge or ()), exact=exact)
    shop = Workspace.open(workspace)
    with progress("Measuring", quiet=as_json) as step:
        measured = shop.measure(map_, question, step=step)
        page = shop.draw_report(measured, map_file=map_path.name, step=step)
    write_output(output, page)
    if as_json:
        say_json({"report": output, "bytes": len(page.encode()), **measured.summary()})
    else:
        say(
            f"{output} is written ({len(page.encode()) / 1024:,.0f} KB): {measured.journeys:,} journeys of "
            f"{measured.customers:,} customers. Open it in a browser."
        )


def draw(
    map_path: MapFileArgument,
    output: Output,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="Put this workspace's numbers on the map.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Draw a map as SVG, PNG or PDF; with live numbers when a workspace is named."""
    kind = output.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise UnknownPicture(str(output), KINDS)
    map_ = load_map(map_path)
    if workspace:
        with progress("Measuring", quiet=as_json) as step:
            measured = Workspace.open(workspace).measure(map_, Question(), step=step)
        picture = draw_svg(measured.outline, measured.readings, measured.deviations)
    else:
        picture = draw_svg(Outline(map_))
    write_output(output, picture if kind == "svg" else convert(picture, kind))
    if as_json:
        say_json({"picture": output, "map": map_.map.id, "measured": workspace is not None})
    else:
        say(f"{output} is drawn.")
