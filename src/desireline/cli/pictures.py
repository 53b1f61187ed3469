"""desireline report, draw: one file to read, one picture to hang up."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.numbers import By, Edges, Exact, Period
from desireline.cli.options import HERE, AsJson, MapFileArgument, Output, WorkspaceFolder
from desireline.cli.output import write_output
from desireline.cli.voice import progress, say, say_json
from desireline.draw.brief.brief import BriefForm
from desireline.draw.brief.reports import REPORTS
from desireline.draw.files.export import KINDS, convert
from desireline.draw.svg import draw_svg
from desireline.errors import UnknownPicture, UnknownReport
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.pipeline.question import Question
from desireline.workspace import Workspace


class PaperSize(StrEnum):
    """The papers that a page fits on, landscape."""

    A4 = "a4"
    A3 = "a3"
    LETTER = "letter"


Paper = Annotated[PaperSize, typer.Option("--paper", help="Of a page (.pdf): a4, a3 or letter.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(report)
    app.command()(draw)


def report(
    map_path: MapFileArgument,
    output: Output,
    workspace: WorkspaceFolder = HERE,
    paper: Paper = PaperSize.A4,
    by: By = None,
    period: Period = None,
    edge: Edges = None,
    exact: Exact = False,
    as_json: AsJson = False,
) -> None:
    """Write a report of the map with its numbers: all of it as a web page (.html), or for managers one page (.pdf) or
    slides (.pptx) with top findings, decisions and verdicts.
    """
    form = output.suffix.lower().removeprefix(".")
    if form not in REPORTS:
        raise UnknownReport(str(output), REPORTS)
    map_ = load_map(map_path)
    question = Question(by=tuple(by or ()), period=period, edges=tuple(edge or ()), exact=exact)
    shop = Workspace.open(workspace)
    with progress("Measuring", quiet=as_json) as step:
        measured = shop.measure(map_, question, step=step)
        if form == "html":
            page = shop.draw_report(measured, map_file=map_path.name, step=step).encode()
        else:
            brief: BriefForm = "pdf" if form == "pdf" else "pptx"
            page = shop.draw_brief(measured, map_file=map_path.name, form=brief, paper=paper.value, step=step)
    write_output(output, page)
    if as_json:
        say_json({"report": output, "bytes": len(page), **measured.summary()})
    else:
        say(
            f"{output} is written ({len(page) / 1024:,.0f} KB): {measured.journeys:,} journeys of "
            f"{measured.customers:,} customers. {REPORTS[form].opens}"
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
