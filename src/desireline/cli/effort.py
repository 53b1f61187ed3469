"""desireline effort: how hard journeys were, where effort arises, and which hand-offs cost most of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any

import polars as pl
import typer

from desireline.cli.options import HERE, AsJson, Limit, MapFileArgument, WorkspaceFolder
from desireline.cli.voice import out, progress, rows, say, say_json
from desireline.draw.figures import many
from desireline.draw.figures import say as say_value
from desireline.draw.readings import dimension
from desireline.draw.sections.effort import mostly, place_title, say_effort, say_range
from desireline.draw.sections.groups import group_title
from desireline.draw.table import show_table
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.voice.effort.components import COMPONENTS, MINUTES_SAY, Component
from desireline.voice.effort.effort import Effort
from desireline.voice.effort.found import Found
from desireline.voice.effort.handoffs import KINDS, PROPERTY
from desireline.voice.effort.hardest import Hardest
from desireline.voice.effort.written import MOST, USUAL, effort_json, untold
from desireline.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(effort)


def effort(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    by: Annotated[str, typer.Option("--by", help="Also by group: persona, channel, property:NAME.")] = "",
    hand_offs: Annotated[
        list[str] | None,
        typer.Option("--handoffs", help=f"Hand-offs between these: {', '.join(KINDS)}; may be given several times."),
    ] = None,
    contact: Annotated[
        list[str] | None,
        typer.Option("--contact", help="A touchpoint at which customers get in touch; may be given several times."),
    ] = None,
    transfer: Annotated[
        list[str] | None,
        typer.Option("--transfer", help="A touchpoint that is itself a hand-off; may be given several times."),
    ] = None,
    journeys: Annotated[bool, typer.Option("--journeys", help="Also list the hardest journeys.")] = False,
    limit: Limit = MOST,
    as_json: AsJson = False,
) -> None:
    """Tell how hard journeys were, from what customers did: by component, by place, and by hand-off.

    Effort is an index from 0 (no sign of effort) to 100. With 200 linked answers about the effort (CES) of whole
    journeys its weights are fitted to them; else they are a rule of thumb, and the answer says so.
    """
    map_ = load_map(map_path)
    asked = Effort(
        Outline(map_),
        by=by,
        kinds=tuple(dict.fromkeys(hand_offs or USUAL)),
        contacts=tuple(contact or ()),
        transfers=tuple(transfer or ()),
    )
    place = Workspace.open(workspace)
    with progress("Listening", quiet=as_json) as step:
        found = place.listen(map_, asked, step=step)
        few = Hardest(found.weights, asked.reading, limit)
        hardest = place.listen(map_, few, step=step) if journeys else None
    if as_json:
        told = effort_json(found, asked, limit=limit)
        say_json(told if hardest is None else told | {"journeys": rows(hardest)})
    else:
        _show(found, asked, limit=limit)
        if hardest is not None:
            _show_journeys(hardest, found)


def _show(found: Found, asked: Effort, *, limit: int) -> None:
    for kind in untold(found, asked):
        if kind.startswith(PROPERTY) and found.part.journeys:
            name = kind.removeprefix(PROPERTY)
            say(f"No hand-offs by {name!r}: no event on the map has a property of this name.\n", style="bold")
    _show_index(found)
    _show_components(found)
    _show_places(found)
    if asked.by:
        _show_groups(found)
    for kind in asked.kinds:
        _show_hand_offs(found, kind, limit)


def _show_index(found: Found) -> None:
    whole = found.whole
    if whole["effort"] is None:
        say(f"Effort: not told ({whole['note']}).", style="bold")
    else:
        told = f"Effort {say_effort(whole['effort'])} of 100 per journey ({say_range(whole)})"
        say(f"{told}; {many(whole['m'], 'journey')} of {many(whole['n'], 'customer')}.", style="bold")
    say(found.basis)
    say(f"{found.validity.says()}\n")


def _show_components(found: Found) -> None:
    told = found.components.filter(pl.col("measurable")).sort("points", descending=True, nulls_last=True)
    table = [
        [one["title"], _number(one["mean"]), f"{one['weight']:.2f}", _number(one["points"])]
        for one in told.iter_rows(named=True)
    ]
    show_table(out(), ["Component", "Per journey>", "Weight>", "Points>"], table, empty="Nothing can be measured.")
    for one in found.components.filter(~pl.col("measurable")).iter_rows(named=True):
        say(f"{one['title']}: not measurable, {one['why']}.", style="dim")
    say(f"{MINUTES_SAY}\n", style="dim")


def _show_places(found: Found) -> None:
    titles = found.outline.titles
    table = [
        [titles.get(row["at"], row["at"]), *_effort(row), _journeys(row), _share(row), mostly(row)]
        for row in found.places.filter(pl.col("kind") == "touchpoint").iter_rows(named=True)
    ]
    show_table(out(), ["Touchpoint", "Effort>", "Interval>", "Journeys>", "Of all>", "Mostly"], table, empty="")
    say("")


def _show_groups(found: Found) -> None:
    table = [
        [_group(found, row["group"]), *_effort(row), _journeys(row), _share(row)]
        for row in found.groups.iter_rows(named=True)
    ]
    show_table(out(), ["Group", "Effort>", "Interval>", "Journeys>", "Of all>"], table, empty="No groups.")
    say("")


def _group(found: Found, group: str) -> str:
    return f"{dimension(group)}: {group_title(group, found.outline)}"


def _show_hand_offs(found: Found, kind: str, limit: int) -> None:
    ranked = found.hand_offs.filter(pl.col("kind") == kind)
    name = kind.removeprefix("property:")
    if kind not in found.part.told:
        if not kind.startswith(PROPERTY):
            say(f"Hand-offs by {name}: not measurable, the data does not say who has a journey.\n", style="dim")
        return
    say(f"Hand-offs by {name}, ranked by effort times volume ({ranked.height:,} in all):")
    table = [
        [str(row["rank"]), _way(found, row), *_effort(row), _times(row), _share(row), mostly(row)]
        for row in ranked.head(limit).iter_rows(named=True)
    ]
    heads = [">", "From > to", "Effort after>", "Interval>", "Times>", "Of all>", "Mostly"]
    show_table(out(), heads, table, empty="None happened.")
    say("")


def _show_journeys(hardest: pl.DataFrame, found: Found) -> None:
    table = [
        [row["journey_id"], row["customer_id"], say_effort(row["effort"]), _worst(row, found)]
        for row in hardest.iter_rows(named=True)
    ]
    show_table(out(), ["Journey", "Customer", "Effort>", "What made it hard"], table, empty="No journeys to show.")


def _worst(row: Mapping[str, Any], found: Found) -> str:
    points = {one: found.weights[one.name] * row[one.name] * one.unit / one.cap for one in COMPONENTS}
    most = sorted((one for one in COMPONENTS if points[one] > 0), key=lambda one: -points[one])[:3]
    return ", ".join(f"{one.title.lower()} {_amount(one, row[one.name])}" for one in most)


def _amount(one: Component, value: float) -> str:
    """How much of a component a journey has: how often, or how long, up to its cap."""
    if not one.logarithm:
        return f"{value:g}"
    longest = value >= one.cap / one.unit
    return f"{say_value(60 * math.expm1(value), 's')}{' or more' if longest else ''}"


def _way(found: Found, row: Mapping[str, Any]) -> str:
    return " > ".join(place_title(found.outline, row[end]) for end in ("from", "to"))


def _effort(row: Mapping[str, Any]) -> list[str]:
    return [row["note"] or say_effort(row["effort"]), "" if row["note"] else say_range(row)]


def _journeys(row: Mapping[str, Any]) -> str:
    return "" if row["m"] is None else f"{row['m']:,}"


def _times(row: Mapping[str, Any]) -> str:
    return "" if row["hand_offs"] is None else f"{row['hand_offs']:,}"


def _share(row: Mapping[str, Any]) -> str:
    return "" if row["share"] is None else say_value(row["share"], "share")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
