"""desireline map export, import, formats: maps as files for others, and from other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.options import AsJson, Force, MapFileArgument
from desireline.cli.output import free, there, write_output
from desireline.cli.voice import say, say_json
from desireline.draw.figures import many
from desireline.maps.files import load_map, map_text
from desireline.maps.outline import Outline


def register(app: typer.Typer) -> None:
    """Add these commands to the group `map`."""
    app.command("export")(export)
    app.command("import")(import_)
    app.command("formats")(formats)


def export(
    map_path: MapFileArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write, such as shop.pptx.")],
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="See `desireline map formats`; by the ending when missing.")
    ] = None,
    paper: Annotated[str, typer.Option("--paper", help="a4, a3 or letter, for --format pages.")] = "a4",
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write a map as a picture, pages, slides, a workbook, a web page or another notation; tell what is lost."""
    from desireline.draw.files.exports import (
        PAPERS,
        export_map,
        format_for,
        format_of,
    )  # loads what other commands do without

    wanted = format_of(format) if format else format_for(output.name)
    if paper not in PAPERS:
        raise typer.BadParameter(f"{paper!r} is no paper. Say one of {', '.join(PAPERS)}.", param_hint="--paper")
    free(output, force=force)
    body = export_map(load_map(map_path), wanted.name, paper=paper)
    write_output(output, body)
    if as_json:
        say_json({"file": output, "format": wanted.name, "bytes": len(body), "loses": list(wanted.loses)})
        return
    say(f"{output} is written ({len(body) / 1024:,.0f} KB): {wanted.title}.")
    for one in wanted.loses:
        say(f"  Loses: {one}.", style="dim")


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", callback=there, help="A Mermaid journey, or a CSV/TSV grid.")],
    into: Annotated[Path, typer.Option("--into", help="The map file to write, such as shop.journey.yaml.")],
    title: Annotated[
        str, typer.Option("--title", help="The title of a grid's map; the file's name when missing.")
    ] = "",
    notation: Annotated[str, typer.Option("--notation", help="mermaid, grid or yaml; found out when missing.")] = "",
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Read a Mermaid journey or a grid of a spreadsheet as a map."""
    from desireline.maps.notations.reading import decoded, read_any

    free(into, force=force)
    found = read_any(decoded(file.read_bytes()), str(file), notation=notation, title=title or file.name.split(".")[0])
    write_output(into, map_text(found.map))
    outline = Outline(found.map)
    stages, points, cards = len(outline.stages), len(outline.touchpoints), len(found.map.cards)
    if as_json:
        counts = {"stages": stages, "touchpoints": points, "cards": cards}
        say_json({"map": into, "notation": found.notation, **counts, "lacks": list(found.lacks)})
        return
    counted = ", ".join((many(stages, "stage"), many(points, "touchpoint"), many(cards, "card")))
    say(f"{into} is the map: {counted}. Look at it: desireline map show {into}")
    for one in found.lacks:
        say(f"  {one}", style="dim")


def formats(as_json: AsJson = False) -> None:
    """List what a map can be exported as, and what each loses."""
    from desireline.draw.files.exports import FORMATS

    if as_json:
        told = [
            {"format": f.name, "title": f.title, "ending": f.ending, "loses": list(f.loses)} for f in FORMATS.values()
        ]
        say_json(told)
        return
    for one in FORMATS.values():
        say(f"{one.name:<8} {one.title}: {one.says}")
        say("         " + (f"Loses: {'; '.join(one.loses)}." if one.loses else "Loses nothing."), style="dim")
