"""desireline map discover: a map drawn from data, piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import HERE, AsJson, Force, WorkspaceFolder
from desireline.cli.output import free, there_if_named, write_output
from desireline.cli.voice import WrongOption, out, progress, say, say_json
from desireline.draw.figures import many
from desireline.draw.figures import say as say_value
from desireline.draw.table import show_table

if TYPE_CHECKING:
    from desireline.discovery.draft import Draft, Support
    from desireline.maps.records import Map
    from desireline.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this command to the group `map`."""
    app.command()(discover)


def discover(
    workspace: WorkspaceFolder = HERE,
    into: Annotated[Path | None, typer.Option("--into", help="Write the map to this new file.")] = None,
    add_to: Annotated[
        Path | None, typer.Option("--add-to", callback=there_if_named, help="Add the pieces to this map.")
    ] = None,
    accept: Annotated[
        list[str] | None, typer.Option("--accept", help="Take this piece only; may be given several times.")
    ] = None,
    success: Annotated[str | None, typer.Option("--success", help="The touchpoint that means success.")] = None,
    touchpoints: Annotated[int, typer.Option("--touchpoints", min=1, max=60, help="At most so many.")] = 12,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Draw a map from data: touchpoints, stages and links, each with the customers that it rests on.

    What is printed is a proposal. Take all of it with --into FILE, or single pieces with --accept ID; with --add-to
    they go into a map that you have, whose comments and order stay. Where it is left open what success is, say it with
    --success ID. The map holds no numbers.
    """
    if into and add_to:
        raise WrongOption("--add-to", "the pieces go either into a new file (--into) or into a map that you have.")
    free(into, force=force)
    from desireline.workspace import Workspace  # loads what other commands for maps do without

    place = Workspace.open(workspace)
    with progress("Looking", quiet=as_json) as step:
        draft = _draw(place, touchpoints, step)
        draft = draft.with_success(success) if success else draft
        _must_stand(draft, accept, add_to)
        measured = _fitness(place, draft.map(), step)
    told = _written(draft, accept, into=into, add_to=add_to)
    if as_json:
        say_json(draft.as_json() | {"measured": measured} | told)
        return
    _show(draft, measured)
    _say_written(into, add_to, told)


def _draw(place: Workspace, touchpoints: int, step: Any) -> Draft:
    from desireline.discovery.draft import draw_map

    seen = place.see(step=step)
    step("Drawing", 0, 0)
    return draw_map(seen.sequences, seen.cut, most=touchpoints)


def _must_stand(draft: Draft, accept: Sequence[str] | None, add_to: Path | None) -> None:
    """A new map needs a touchpoint. Raises WrongOption, UnknownPiece."""
    taken = draft.accept(accept)
    if add_to is None and not any(piece.section == "touchpoints" for piece in taken):
        raise WrongOption(
            "--accept", "no touchpoint is among these pieces, and a map without any explains nothing. Take one too."
        )


def _written(draft: Draft, accept: Sequence[str] | None, *, into: Path | None, add_to: Path | None) -> dict[str, Any]:
    """What was written, and where."""
    from desireline.maps.files import map_text

    if into:
        write_output(into, map_text(draft.map(accept, id=_id(into))))
        return {"into": into}
    return {"add_to": add_to} | _add(draft, add_to, accept) if add_to else {}


def _add(draft: Draft, path: Path, accept: Sequence[str] | None) -> dict[str, Any]:
    from desireline.discovery.adding import add_pieces
    from desireline.maps.files import MapFile

    file = MapFile.open(path)
    told = add_pieces(draft, file, accept)
    file.save()
    return told


def _fitness(place: Workspace, map_: Map, step: Any) -> dict[str, Any]:
    """The drawing's fitness with its own data, by the same measure as everywhere."""
    from desireline.pipeline.question import Question

    readings = place.measure(map_, Question(measures=("fitness",)), step=step).readings
    row = readings.row(0, named=True)
    return {name: row[name] for name in ("value", "low", "high", "n", "note")}


def _show(draft: Draft, measured: dict[str, Any]) -> None:
    _show_fit(draft, measured)
    table = [
        [piece.id, piece.section.removesuffix("s"), *_support(piece.support), _what(piece.record), piece.says]
        for piece in draft.pieces
    ]
    show_table(out(), ["Piece", "Kind", "Customers>", "Share>", "What", "Why"], table, empty="")


def _show_fit(draft: Draft, measured: dict[str, Any]) -> None:
    choice, fit = draft.choice, draft.fitted
    drawn = f"{many(len(choice.taken), 'touchpoint')} from {many(draft.journeys, 'journey')}"
    say(f"{drawn} of {many(draft.customers, 'customer')}.", style="bold")
    say(
        f"Drawn are {say_value(choice.events, 'share')} of the events and {say_value(choice.moves, 'share')} of the "
        f"moves between them; {many(choice.left_out, 'rarer touchpoint')} left out."
    )
    if measured["value"] is not None and measured["value"] == measured["value"]:
        ends = f"{measured['low']:.3f} to {measured['high']:.3f}; {many(measured['n'], 'customer')}"
        say(f"Fitness with its own data {measured['value']:.3f} ({ends}).")
    else:
        say(f"Fitness with its own data: not told ({measured['note']}).")
    say(f"Held to the end {fit.fitness:.3f}; the same steps in random order {fit.shuffled:.3f}.")
    say(
        f"Of what the drawing allows {say_value(fit.precision, 'share')} happens; {say_value(fit.required, 'share')} "
        f"of its touchpoints may not be left out.\n"
    )


def _support(support: Support | None) -> list[str]:
    if support is None:
        return ["", ""]
    if support.customers is None or support.share is None or support.low is None or support.high is None:
        return [support.note, ""]
    ends = f"{say_value(support.low, 'share')} to {say_value(support.high, 'share')}"
    return [f"{support.customers:,}", f"{say_value(support.share, 'share')} ({ends})"]


def _what(record: dict[str, Any]) -> str:
    if "by" in record:
        return f"cut by {record['by']}" + (f" of {record['silence']}" if "silence" in record else "")
    if "from" in record:
        return f"{record['from']} > {record['to']}"
    if "among" in record:
        return f"{record['kind']}: {', '.join(record['among'])}"
    flags = [name for name in ("optional", "repeatable") if record.get(name)]
    return str(record["title"]) + (f" ({', '.join(flags)})" if flags else "")


def _say_written(into: Path | None, add_to: Path | None, told: dict[str, Any]) -> None:
    if into:
        say(f"\n{into} is the map. Look at it: desireline map show {into}")
    elif add_to:
        say(f"\n{many(len(told['added']), 'piece')} added to {add_to}.")
        for id_, why in told["passed_over"].items():
            say(f"  {id_}: {why}", style="dim")
    else:
        say("\nNothing is written. Take it: desireline map discover --into FILE.journey.yaml")


def _id(path: Path) -> str:
    from desireline.discovery.touchpoints import slugs

    return slugs([path.name.partition(".")[0]])[0]
