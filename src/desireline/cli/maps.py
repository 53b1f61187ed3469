"""desireline map …: draw, look at, check and compare maps."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.voice import AsJson, complain, out, say_json
from desireline.draw.terminal import show_map
from desireline.errors import DesirelineError
from desireline.maps.checks.catalog import CHECKS, run_checks
from desireline.maps.diff import diff_maps
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.maps.schema import map_schema
from desireline.maps.templates import load_template, template_titles
from desireline.workspace import Workspace

app = typer.Typer(help="Draw, look at, check and compare maps.", no_args_is_help=True)

MapFileArgument = Annotated[Path, typer.Argument(metavar="MAP", help="A *.journey.yaml file.")]


class FileThere(DesirelineError):
    """A command would overwrite a file that somebody may have written by hand."""

    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already. Choose another name, or say --force to overwrite it.")


@app.command()
def new(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write it, such as shop.journey.yaml.")
    ],
    template: Annotated[
        str, typer.Option("--template", "-t", help="See `desireline map templates`.")
    ] = "default",
    force: Annotated[bool, typer.Option("--force", help="Overwrite.")] = False,
) -> None:
    """Write a new map from a template."""
    text = load_template(template)
    if path.exists() and not force:
        raise FileThere(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    out().print(
        f"{path} is a new map from the template {template}. Look at it: desireline map show {path}",
        markup=False,
    )


@app.command()
def templates(as_json: AsJson = False) -> None:
    """List the templates."""
    titles = template_titles()
    if as_json:
        say_json([{"template": name, "title": title} for name, title in titles.items()])
        return
    width = max(map(len, titles))
    for name, title in titles.items():
        out().print(f"{name:<{width}}  {title}", markup=False)


@app.command()
def show(path: MapFileArgument, as_json: AsJson = False) -> None:
    """Show a map in the terminal."""
    map_ = load_map(path)
    if as_json:
        say_json(map_.model_dump(mode="json", by_alias=True, exclude_unset=True))
    else:
        show_map(Outline(map_), out())


@app.command()
def check(
    path: MapFileArgument,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="Check against this workspace's data too.")
    ] = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="error, warning or hint: what makes the exit code 1.")
    ] = "error",
    today: Annotated[
        str | None, typer.Option("--today", help="The day to judge reviews by; now when missing.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a map lacks. Exit code 1 when a remark is as severe as --fail-on."""
    levels = ["error", "warning", "hint"]
    if fail_on not in levels:
        raise typer.BadParameter(f"{fail_on!r} is not one of error, warning, hint", param_hint="--fail-on")
    day = _day(today)
    map_ = load_map(path)
    data = Workspace.open(workspace).map_data(map_, today=day) if workspace else None
    remarks = run_checks(map_, data, day)
    failed = any(levels.index(remark.severity) <= levels.index(fail_on) for remark in remarks)
    if as_json:
        say_json({"map": str(path), "failed": failed, "remarks": [vars(remark) for remark in remarks]})
    else:
        _say_remarks(path, remarks, looked_at_data=data is not None)
    raise typer.Exit(1 if failed else 0)


@app.command()
def checks(as_json: AsJson = False) -> None:
    """List what `map check` looks for."""
    if as_json:
        say_json(
            [{"code": c.code, "severity": c.severity, "needs": c.needs, "about": c.about} for c in CHECKS]
        )
        return
    for one in CHECKS:
        out().print(f"{one.severity:<8} {one.code:<28} {one.about.splitlines()[0]}", markup=False)


@app.command()
def diff(
    before: Annotated[Path, typer.Argument(metavar="A")],
    after: Annotated[Path, typer.Argument(metavar="B")],
    as_json: AsJson = False,
) -> None:
    """Tell what changed between two maps, by meaning."""
    changes = diff_maps(load_map(before), load_map(after))
    if as_json:
        say_json([change.as_json() for change in changes])
    elif not changes:
        out().print("The two maps mean the same.")
    for change in changes if not as_json else []:
        out().print(change.says, markup=False)


@app.command()
def schema() -> None:
    """Print the JSON Schema of map files, for editors."""
    say_json(map_schema())


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date like 2026-03-01", param_hint="--today") from None


def _say_remarks(path: Path, remarks: list, *, looked_at_data: bool) -> None:  # type: ignore[type-arg]
    marks = {"error": "✗", "warning": "!", "hint": "·"}
    for remark in remarks:
        out().print(f"{marks[remark.severity]} {remark.severity:<8}{remark.says}", markup=False)
        out().print(f"           {remark.way_out}  [{remark.code}]", style="dim", markup=False)
    counts = {level: sum(remark.severity == level for remark in remarks) for level in marks}
    said = ", ".join(f"{count} {level}{'s' if count != 1 else ''}" for level, count in counts.items())
    out().print(f"{path}: {said}." if remarks else f"{path}: nothing to remark.", markup=False)
    if not looked_at_data:
        complain("the data was not looked at; add --workspace to check the map against it.")
