"""desireline drift: do journeys still go as they did?"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from desireline.cli.options import HERE, AsJson, MapFileArgument, WorkspaceFolder
from desireline.cli.voice import WrongOption, out, progress, say, say_json
from desireline.draw.figures import many
from desireline.draw.table import show_table
from desireline.living.drift import Drift, Sign
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(drift)


def drift(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    since: Annotated[
        str | None, typer.Option("--since", help="Compare from this day on with all before; searched when missing.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also show what did not drift.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tell whether journeys still go as they did: silent sources first, then what changed for good, and since when."""
    outline = Outline(load_map(map_path))
    day = day_said(since, "--since")
    with progress("Looking", quiet=as_json) as step:
        found = Workspace.open(workspace).drift(outline.map, since=day, step=step)
    if as_json:
        say_json({"map": outline.map.map.id, **found.as_json()})
    else:
        _show(found, outline, every=every)


def day_said(text: str | None, option: str) -> date | None:
    """The day that an option names. Raises WrongOption."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongOption(option, f"{text!r} is not a date. Write it like 2026-03-01.") from None


def _show(found: Drift, outline: Outline, *, every: bool) -> None:
    for silence in found.silences:
        say(silence.says, style="bold")
    if found.windows is None or found.note:
        say(f"Nothing can be compared: {found.note}.")
        return
    if not found.signs:
        say(f"{_searched(found)} Nothing could be compared.", style="bold")
        _show_untold(found, outline, every=every)
        return
    say(_searched(found) + f" {len(found.drifted)} of {many(len(found.signs), 'check')} tell of drift.", style="bold")
    signs = sorted(found.signs, key=lambda one: (one.q, one.over, one.kind, one.at)) if every else found.drifted
    heads = ["Since", "What", "Place", "Distance>", "95 %>", "Matters from>", "n before>", "n after>", "q>"]
    quiet = "No drift in what could be compared." if found.untold else "Journeys go as they did."
    show_table(out(), heads, [_row(sign, outline) for sign in signs], empty=quiet)
    for sign in found.drifted:
        say(f"{sign.since}  {sign.says}")
    _show_untold(found, outline, every=every)


def _searched(found: Drift) -> str:
    windows = found.windows
    assert windows is not None
    if windows.scanned:
        return f"Searched for lasting changes from {windows.first} to {windows.end}."
    return f"Compared {windows.split} to {windows.end} with {windows.first} to {windows.split}."


def _row(sign: Sign, outline: Outline) -> list[str]:
    place = " → ".join(outline.titles.get(part, part) for part in sign.at.split(">"))
    return [
        sign.since.isoformat(),
        sign.kind,
        place,
        f"{sign.measure} {sign.value:.3f}".replace("-", "−"),
        f"{sign.low:.3f} to {sign.high:.3f}".replace("-", "−"),
        f"{sign.smallest:g}",
        f"{sign.n_before:,}",
        f"{sign.n_after:,}",
        f"{sign.q:.4f}" if sign.q >= 0.0001 else "< 0.0001",
    ]


def _show_untold(found: Drift, outline: Outline, *, every: bool) -> None:
    frozen = [one for one in found.untold if one.why.startswith("source ")]
    for one in frozen:
        say(f"“{outline.titles.get(one.at, one.at)}” is not judged: {one.why}.")
    others = [one for one in found.untold if one not in frozen]
    if every:
        for one in others:
            say(f"Not judged: {one.kind} at {one.at}: {one.why}.", style="dim")
    elif others:
        say(f"{many(len(others), 'comparison')} not judged; --all tells which and why.", style="dim")
