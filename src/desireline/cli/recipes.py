"""desireline recipe …: how the columns of files become who, what and when."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.maps import FileThere
from desireline.cli.voice import AsJson, out, say_json
from desireline.recipes.files import load_recipe, recipe_schema
from desireline.recipes.suggest import Suggestion, to_yaml
from desireline.workspace import suggest_recipe

app = typer.Typer(help="How the columns of files become who, what and when.", no_args_is_help=True)

FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILES…", help="Exports: CSV, XLSX, Parquet, JSON, XES, OCEL; gzip too."),
]


@app.command()
def suggest(
    files: FilesArgument,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the recipe here.")] = None,
    zone: Annotated[
        str | None, typer.Option("--zone", help="Time zone of times without an offset: Europe/Berlin.")
    ] = None,
    day_first: Annotated[
        bool | None, typer.Option("--day-first/--month-first", help="How 3/4/2026 is meant.")
    ] = None,
    customer: Annotated[str | None, typer.Option("--customer", help="The column that says who.")] = None,
    scale: Annotated[
        list[str] | None,
        typer.Option("--scale", help="Ends of a score, worst first: 'Q7*=1-5'; may be given several times."),
    ] = None,
    undated: Annotated[
        bool, typer.Option("--undated", help="These files hold no instants, and that is right.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the output file.")] = False,
    as_json: AsJson = False,
) -> None:
    """Propose a recipe for files, with reasons. Exit code 1 while a question is open: nothing ambiguous is guessed."""
    if output and output.exists() and not force:
        raise FileThere(output)
    scales = dict(_scale(text) for text in scale or [])
    found = suggest_recipe(
        files, zone=zone, day_first=day_first, customer=customer, scales=scales, undated=undated
    )
    if as_json:
        say_json(
            {
                "recipe": found.recipe,
                "reasons": [vars(reason) for reason in found.reasons],
                "questions": [vars(question) for question in found.questions],
            }
        )
    else:
        _say(found, output)
    if output and not found.questions:
        output.write_text(to_yaml(found), encoding="utf-8")
    raise typer.Exit(1 if found.questions else 0)


def _scale(text: str) -> tuple[str, tuple[float, float]]:
    said = re.fullmatch(r"(.+)=(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)", text)
    if not said:
        raise typer.BadParameter(f"{text!r} is not written like Q7*=1-5", param_hint="--scale")
    return said[1], (float(said[2]), float(said[3]))


def _say(found: Suggestion, output: Path | None) -> None:
    for reason in found.reasons:
        where = f"{reason.source}.{reason.column}" if reason.column else reason.source
        out().print(f"{reason.confidence:>4.0%}  {where:<44} {reason.role:<12} {reason.why}", markup=False)
    for question in found.questions:
        out().print(f"\n? {question.says}\n  Answer with {question.flag}", style="bold", markup=False)
    if found.questions:
        out().print("\nNo recipe yet: answer the questions above.", markup=False)
    elif output:
        out().print(
            f"\nWritten to {output}. Read it, then: desireline import -w WORKSPACE -r {output} FILES…",
            markup=False,
        )
    else:
        out().print("\n" + to_yaml(found), markup=False)


@app.command()
def check(path: Annotated[Path, typer.Argument(metavar="RECIPE")], as_json: AsJson = False) -> None:
    """Check that a recipe can be loaded."""
    recipe = load_recipe(path)
    if as_json:
        say_json(recipe.model_dump(mode="json", by_alias=True, exclude_unset=True))
    else:
        tables = ", ".join(f"{name} ({table.into})" for name, table in recipe.tables.items())
        out().print(f"{path}: {len(recipe.sources)} sources become {tables}.", markup=False)


@app.command()
def schema() -> None:
    """Print the JSON Schema of recipe files, for editors."""
    say_json(recipe_schema())
