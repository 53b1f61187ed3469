"""desireline recipe …: how the columns of files become who, what and when."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console
from rich.text import Text

from desireline.cli.options import AsJson, Force
from desireline.cli.output import free, there, write_output
from desireline.cli.voice import err, out, rows, say, say_json
from desireline.draw.figures import many
from desireline.draw.table import show_table
from desireline.errors import RecipeMismatch, SourceMissing
from desireline.pipeline.previewing import Previewed
from desireline.proposals import preview_recipe, suggest_recipe
from desireline.recipes.files import load_recipe, recipe_schema
from desireline.recipes.records import Recipe
from desireline.recipes.refusal import REASONS
from desireline.recipes.suggest import Suggestion, to_yaml
from desireline.recipes.times import known_zone
from desireline.recipes.vendors.catalog import Vendor, vendor, vendor_names, vendor_recipe

app = typer.Typer(help="How the columns of files become who, what and when.", no_args_is_help=True)

LONGEST = 32  # characters of a cell in the preview
BOOKED = ("source", "row", "part", "event_id", "feedback_id")  # columns that the lake keeps for itself


def _there(files: list[Path]) -> list[Path]:
    for file in files:
        if not file.exists():
            raise SourceMissing(file)
    return files


FilesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILES…",
        callback=_there,
        help="Exports: CSV, XLSX, Parquet, JSON, XES, OCEL; notes in Markdown; gzip too.",
    ),
]


@app.command()
def suggest(
    files: FilesArgument,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the recipe here.")] = None,
    zone: Annotated[
        str | None, typer.Option("--zone", help="Time zone of times without an offset: Europe/Berlin.")
    ] = None,
    day_first: Annotated[bool | None, typer.Option("--day-first/--month-first", help="How 3/4/2026 is meant.")] = None,
    customer: Annotated[str | None, typer.Option("--customer", help="The column that says who.")] = None,
    event: Annotated[str | None, typer.Option("--event", help="The column that says what happened.")] = None,
    scale: Annotated[
        list[str] | None,
        typer.Option("--scale", help="Ends of a score, worst first: 'Q7*=1-5'; may be given several times."),
    ] = None,
    undated: Annotated[
        bool,
        typer.Option(
            "--undated",
            help="No row tells of something that happened at a time: they are lists, or answers.",
        ),
    ] = False,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Propose a recipe for files, with reasons. Exit code 1 while a question is open: nothing ambiguous is guessed."""
    free(output, force=force)
    zone = _zone(zone) if zone else None
    scales = dict(_scale(text) for text in scale or [])
    found = suggest_recipe(
        files, zone=zone, day_first=day_first, customer=customer, scales=scales, undated=undated, event=event
    )
    told = None if found.questions else preview_recipe(Recipe.model_validate(found.recipe), files)
    if as_json:
        say_json(_suggested(found, told))
    else:
        _tell(found, told, output)
    if output and not found.questions:
        write_output(output, to_yaml(found))
        if not as_json:
            say(f"\nWritten to {output}. Read it, then: desireline import -w WORKSPACE -r {output} FILES…")
    elif not as_json and not found.questions:
        say(to_yaml(found))
    raise typer.Exit(1 if found.questions else 0)


def _zone(text: str) -> str:
    try:
        return known_zone(text)
    except RecipeMismatch as fault:
        raise typer.BadParameter(str(fault), param_hint="--zone") from None


def _scale(text: str) -> tuple[str, tuple[float, float]]:
    said = re.fullmatch(r"(.+)=(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)", text)
    if not said:
        raise typer.BadParameter(f"{text!r} says no scale. Write it like Q7*=1-5", param_hint="--scale")
    return said[1], (float(said[2]), float(said[3]))


def _suggested(found: Suggestion, told: Previewed | None) -> dict[str, object]:
    return {
        "recipe": found.recipe,
        "reasons": [vars(reason) for reason in found.reasons],
        "questions": [vars(question) for question in found.questions],
        "unused": found.unused,
        "preview": {name: rows(frame) for name, frame in told.kept.items()} if told else {},
        "refused": dict(told.refused) if told else {},
    }


def _tell(found: Suggestion, told: Previewed | None, output: Path | None) -> None:
    """Reasons, first records and open questions; on stderr when stdout is a pipe that is to take the recipe."""
    console = out() if output or sys.stdout.isatty() else err()
    for source in dict.fromkeys(reason.source for reason in found.reasons):
        console.print(Text(source, style="bold"))
        for one in (reason for reason in found.reasons if reason.source == source):
            line = f"  {one.confidence:>4.0%}  {one.column or '(file)':<28} {one.role:<12} {one.why}"
            console.print(Text(line.rstrip()))
    for name, frame in told.kept.items() if told else ():
        console.print(Text(f"\nThe first {name} would be", style="bold"))
        _show_records(frame, console)
    for reason, count in told.refused.items() if told else ():
        console.print(Text(f"Of the first rows, {count:,} would be refused: {reason} – {REASONS[reason]}"))
    for question in found.questions:
        console.print(Text(f"\n? {question.says}\n  Answer with {question.flag}", style="bold"))
    if found.questions:
        console.print(Text("\nNo recipe yet: answer what is asked above."))


def _show_records(frame: pl.DataFrame, console: Console) -> None:
    """The columns that say something, each cell cut to a readable length."""
    plain = frame.drop([name for name in BOOKED if name in frame.columns])
    full = [name for name in plain.columns if plain[name].null_count() < plain.height]
    cells = [[_short(value) for value in row] for row in plain.select(full).rows()]
    show_table(console, full, cells, empty="none")


def _short(value: object) -> str:
    text = "" if value is None else value.isoformat(" ") if isinstance(value, datetime) else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


@app.command()
def check(
    path: Annotated[Path, typer.Argument(metavar="RECIPE", callback=there, help="A *.recipe.yaml file.")],
    as_json: AsJson = False,
) -> None:
    """Check that a recipe can be loaded."""
    recipe = load_recipe(path)
    if as_json:
        say_json(recipe.model_dump(mode="json", by_alias=True, exclude_unset=True))
    else:
        tables = ", ".join(f"{name} ({table.into})" for name, table in recipe.tables.items())
        say(f"{path}: {many(len(recipe.sources), 'source')} become {tables}.")


@app.command()
def vendors(as_json: AsJson = False) -> None:
    """List the vendors whose exports need no recipe of your own, and the files that are read of each."""
    known = [vendor(name) for name in vendor_names()]
    if as_json:
        say_json({one.name: _told(one) for one in known})
        return
    for one in known:
        told = _told(one)
        say(f"{one.name:<10} {one.title}. {one.about}", style="bold")
        say(f"  reads    {', '.join(told['reads'])}")
        say(f"  leaves   {', '.join(told['leaves'])}")
    say("\nImport one: desireline import -w WORKSPACE FILES…")
    say("Change one: desireline recipe show NAME -o my.recipe.yaml")


def _told(one: Vendor) -> dict[str, Any]:
    reads, leaves = ([shape.table for shape in one.shapes if shape.taken is taken] for taken in (True, False))
    return {"title": one.title, "about": one.about, "reads": reads, "leaves": leaves}


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A vendor, as `desireline recipe vendors` lists them.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the recipe here.")] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Print the recipe that comes for a vendor's exports, or write it to a file to change it."""
    text = vendor_recipe(name)
    free(output, force=force)
    if output:
        write_output(output, text)
    if as_json:
        say_json(vendor(name).recipe.model_dump(mode="json", by_alias=True, exclude_unset=True))
    elif output:
        say(f"Written to {output}. Change it, then: desireline import -w WORKSPACE -r {output} FILES…")
    else:
        sys.stdout.write(text)


@app.command()
def schema() -> None:
    """Print the JSON Schema of recipe files, for editors."""
    say_json(recipe_schema())
