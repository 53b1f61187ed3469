"""desireline report, draw: one file to read, one picture to hang up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.maps import MapFileArgument
from desireline.cli.numbers import By, Edges, Period
from desireline.cli.voice import HERE, WorkspaceFolder, out, progress
from desireline.draw.export import export
from desireline.draw.svg import draw_svg
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.pipeline.question import Question
from desireline.workspace import Workspace

Output = Annotated[Path, typer.Option("--output", "-o", help="The file to write.")]


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
) -> None:
    """Write one self-contained page: the map with live numbers, funnel, routes, deviations, coverage, methods."""
    map_ = load_map(map_path)
    question = Question(by=tuple(by or ()), period=period, edges=tuple(edge or ()))
    with progress("Measuring") as step:
        page = Workspace.open(workspace).report(map_, question, step=step)
    output.write_text(page, encoding="utf-8")
    out().print(
        f"{output} is written ({len(page.encode()) / 1024:,.0f} KB). Open it in a browser.", markup=False
    )


def draw(
    map_path: MapFileArgument,
    output: Output,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="Put this workspace's numbers on the map.")
    ] = None,
) -> None:
    """Draw a map as SVG, PNG or PDF; with live numbers when a workspace is named."""
    kind = output.suffix.lower()
    if kind not in (".svg", ".png", ".pdf"):
        raise typer.BadParameter(f"{output.name} must end in .svg, .png or .pdf", param_hint="--output")
    map_ = load_map(map_path)
    if workspace:
        with progress("Measuring") as step:
            measured = Workspace.open(workspace).measure(map_, Question(), step=step)
        picture = draw_svg(measured.outline, measured.readings, measured.deviations)
    else:
        picture = draw_svg(Outline(map_))
    export(picture, output)
    out().print(f"{output} is drawn.", markup=False)
