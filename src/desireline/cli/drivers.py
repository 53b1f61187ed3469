"""desireline drivers: which touchpoints move overall satisfaction."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.options import HERE, AsJson, MapFileArgument, WorkspaceFolder
from desireline.cli.output import write_output
from desireline.cli.voice import out, progress, say, say_json
from desireline.draw.figures import many
from desireline.draw.figures import say as say_value
from desireline.draw.html import Markup, el
from desireline.draw.palette import resolve
from desireline.draw.sections.drivers import METHODS, draw_drivers, say_drivers
from desireline.draw.svg import picture_css
from desireline.draw.table import show_table
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.voice.drivers.asked import Asked, Cuts
from desireline.voice.drivers.drivers import Driver, Drivers, FindDrivers
from desireline.voice.estimate import Estimate
from desireline.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(drivers)


def drivers(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    of: Annotated[
        str | None, typer.Option("--of", help="The question that is driven; the one about the whole map when missing.")
    ] = None,
    among: Annotated[
        list[str] | None,
        typer.Option("--among", help="Only this question, or all that a pattern such as Q7* names; several times."),
    ] = None,
    weighted: Annotated[bool, typer.Option("--weighted", help="Count answers by their survey weights.")] = False,
    by_journey: Annotated[
        bool, typer.Option("--by-journey", help="Put the answers of a journey together; else it is found out.")
    ] = False,
    by_customer: Annotated[bool, typer.Option("--by-customer", help="Put all answers of a customer together.")] = False,
    terciles: Annotated[
        bool, typer.Option("--terciles", help="Low and high are the outer thirds, not the ends of the scale.")
    ] = False,
    hybrid: Annotated[
        float, typer.Option("--hybrid", min=0, max=1, help="Asymmetry up to which bad and good count alike.")
    ] = Cuts.hybrid,
    strong: Annotated[
        float, typer.Option("--strong", min=0, max=1, help="Asymmetry above which only one of them counts.")
    ] = Cuts.strong,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Draw importance against performance into this SVG file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell which touchpoints move overall satisfaction, how surely, and what to fix first."""
    outline = Outline(load_map(map_path))
    asked = Asked(
        of,
        tuple(among or ()),
        weighted=weighted,
        together="journey" if by_journey else "customer" if by_customer else None,
        cuts=Cuts("terciles" if terciles else "boxes", hybrid=min(hybrid, strong), strong=max(hybrid, strong)),
    )
    with progress("Listening", quiet=as_json) as step:
        found = Workspace.open(workspace).listen(outline.map, FindDrivers(outline, asked), step=step)
    if output and found.drivers:
        write_output(output, _picture(found))
    if as_json:
        say_json({"map": outline.map.map.id, **found.as_json()})
    else:
        _show(found)
    if output and not as_json:
        say(f"Drawn into {output}." if found.drivers else "Nothing to draw.", style="dim")


def _show(found: Drivers) -> None:
    say(say_drivers(found))
    for question, why in found.left_out:
        say(f"Left out: {question}, {why}.", style="dim")
    if not found.drivers:
        return
    heads = ["", "Touchpoint", "Question", "Importance>", "Sign", "Rating>", "What to do", "Bad or good", "n>"]
    table = [_row(k, one) for k, one in enumerate(found.drivers, start=1)]
    show_table(out(), heads, table, empty="")
    say(
        f"{many(found.n, 'customer')}; answers belong together by {found.together}. {METHODS[found.method]}",
        style="dim",
    )
    for note in found.notes:
        say(note, style="dim")


def _row(position: int, one: Driver) -> list[str]:
    return [
        str(position),
        one.title,
        one.question,
        f"{say_value(one.importance.value, 'share')} [{_ends(one.importance, 100)}]",
        "±" if one.slope.spans(0.0) else "+" if one.slope.value > 0 else "−",
        f"{one.performance.value:.1f} [{_ends(one.performance, 1)}]",
        one.quadrant,
        one.asymmetry.kind,
        f"{one.n:,}",
    ]


def _ends(one: Estimate, scale: float) -> str:
    return f"{scale * one.low:.1f}–{scale * one.high:.1f}"


def _picture(found: Drivers) -> str:
    """The chart as a document of its own, in light colours."""
    drawn = draw_drivers(found)
    style = el("style", {}, Markup(resolve(picture_css())))
    return drawn.replace(">", f">{style}", 1)
