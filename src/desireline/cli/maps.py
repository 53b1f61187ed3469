"""desireline map …: draw, look at, check and compare maps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from desireline.cli import map_discover, map_exchange, maps_shared
from desireline.cli.drift import day_said
from desireline.cli.options import AsJson, Force, MapFileArgument
from desireline.cli.output import free, there, write_output
from desireline.cli.voice import complain, out, progress, say, say_json
from desireline.draw.figures import many
from desireline.draw.terminal import show_map
from desireline.errors import did_you_mean
from desireline.maps.checks.catalog import CHECKS, run_checks
from desireline.maps.checks.check import MapData, Remark
from desireline.maps.diff import diff_maps
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.maps.schema import map_schema
from desireline.maps.templates import load_template, template_titles

app = typer.Typer(help="Draw, look at, check and compare maps.", no_args_is_help=True)
map_discover.register(app)
map_exchange.register(app)
maps_shared.register(app)

MARKS = {"error": "✗", "warning": "!", "hint": "·"}


@app.command()
def new(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it, such as shop.journey.yaml.")],
    template: Annotated[str, typer.Option("--template", "-t", help="See `desireline map templates`.")] = "default",
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write a new map from a template."""
    text = load_template(template)
    free(path, force=force)
    write_output(path, text)
    if as_json:
        say_json({"map": path, "template": template})
    else:
        say(f"{path} is a new map from the template {template}. Look at it: desireline map show {path}")


@app.command()
def templates(as_json: AsJson = False) -> None:
    """List the templates."""
    titles = template_titles()
    if as_json:
        say_json([{"template": name, "title": title} for name, title in titles.items()])
        return
    width = max(map(len, titles))
    for name, title in titles.items():
        say(f"{name:<{width}}  {title}")


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
    today: Annotated[str | None, typer.Option("--today", help="The day to judge reviews by; now when missing.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a map lacks. Exit code 1 when a remark is as severe as --fail-on."""
    levels = list(MARKS)
    if fail_on not in levels:
        hint = did_you_mean(fail_on, levels, f"Say one of {', '.join(levels)}.")
        raise typer.BadParameter(f"{fail_on!r} is no severity. {hint}", param_hint="--fail-on")
    day = day_said(today, "--today") or datetime.now(UTC).date()
    map_ = load_map(path)
    data = _look_at_data(workspace, map_, day, quiet=as_json) if workspace else None
    from desireline.measures.catalog import CATALOG  # loads scipy, which the other commands for maps do without

    remarks = run_checks(map_, data, day, measures=CATALOG)
    failed = any(levels.index(remark.severity) <= levels.index(fail_on) for remark in remarks)
    if as_json:
        say_json({"map": str(path), "failed": failed, "remarks": [vars(remark) for remark in remarks]})
    else:
        _say_remarks(path, remarks, looked_at_data=data is not None)
    raise typer.Exit(1 if failed else 0)


def _look_at_data(workspace: Path, map_: Map, day: date, *, quiet: bool) -> MapData:
    """What the map linter may know about the data."""
    from desireline.workspace import Workspace  # loads all that measuring needs

    with progress("Measuring", quiet=quiet) as step:
        step("Measuring", 0, 0)
        return Workspace.open(workspace).map_data(map_, today=day)


@app.command()
def checks(as_json: AsJson = False) -> None:
    """List what `map check` looks for."""
    if as_json:
        say_json([{"code": c.code, "severity": c.severity, "needs": c.needs, "about": c.about} for c in CHECKS])
        return
    for one in CHECKS:
        say(f"{one.severity:<8} {one.code:<28} {one.about.splitlines()[0]}")


@app.command()
def diff(
    before: Annotated[Path, typer.Argument(metavar="A", callback=there, help="The map as it was.")],
    after: Annotated[Path, typer.Argument(metavar="B", callback=there, help="The map as it is.")],
    as_json: AsJson = False,
) -> None:
    """Tell what changed between two maps, by meaning."""
    changes = diff_maps(load_map(before), load_map(after))
    if as_json:
        say_json([change.as_json() for change in changes])
        return
    for change in changes:
        say(change.says)
    if not changes:
        say("The two maps mean the same.")


@app.command()
def schema() -> None:
    """Print the JSON Schema of map files, for editors."""
    say_json(map_schema())


def _say_remarks(path: Path, remarks: Sequence[Remark], *, looked_at_data: bool) -> None:
    for remark in remarks:
        say(f"{MARKS[remark.severity]} {remark.severity:<8}{remark.says}")
        say(f"          {remark.way_out}  [{remark.code}]", style="dim")
    counts = {level: sum(remark.severity == level for remark in remarks) for level in MARKS}
    said = ", ".join(many(count, level) for level, count in counts.items())
    say(f"{path}: {said}." if remarks else f"{path}: nothing to remark.")
    if not looked_at_data:
        complain("the data was not looked at; add --workspace to check the map against it.")
