"""desireline discover: kinds of routes, from the events alone or along the touchpoints of a map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.options import HERE, AsJson, WorkspaceFolder
from desireline.cli.output import there_if_named
from desireline.cli.voice import out, progress, say, say_json
from desireline.discovery.different import Gap, Move, Trait
from desireline.discovery.kinds import Kind, Kinds, find_kinds
from desireline.discovery.known import WalkedRoutes
from desireline.discovery.mixture import END, START
from desireline.draw.figures import many
from desireline.draw.figures import say as say_value
from desireline.draw.table import show_table
from desireline.living.sentences import signed
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.workspace import Workspace

UNITS = {"conversion": "share", "score": "level", "value": "money"}
CAVEAT = (
    "This is what comes together, no cause. Where success is itself a step of the routes, conversion only tells which "
    "kinds hold that step."
)
LONGEST = 8  # touchpoints of a route that are shown


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(discover)


def discover(
    workspace: WorkspaceFolder = HERE,
    map_path: Annotated[
        Path | None, typer.Option("--map", "-m", callback=there_if_named, help="Routes along this map's touchpoints.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell which kinds of routes customers take, how surely, and what makes each different.

    Without a map, routes are orders of event names. Kinds are shown only when other customers would show them again;
    else the answer is that there is one kind of route, or that no parting of them is stable.
    """
    map_ = load_map(map_path) if map_path else None
    place = Workspace.open(workspace)
    with progress("Looking", quiet=as_json) as step:
        if map_:
            sequences, cut = place.listen(map_, WalkedRoutes(), step=step), ""
        else:
            seen = place.see(step=step)
            sequences, cut = seen.sequences, f"by {seen.cut.cut.by}: {seen.cut.says}"
        step("Parting routes", 0, 0)
        found = find_kinds(sequences)
    if as_json:
        say_json({"map": map_path, "cut": cut or None} | found.as_json())
    else:
        _show(found, Outline(map_) if map_ else None, cut)


def _show(found: Kinds, outline: Outline | None, cut: str) -> None:
    titles = outline.titles if outline else {}
    say(found.says, style="bold")
    counted = (
        many(found.journeys, "journey"),
        many(found.customers, "customer"),
        many(found.routes, "different route"),
    )
    say(f"{counted[0]} of {counted[1]} on {counted[2]}.")
    if cut:
        say(f"Journeys are cut {cut}.", style="dim")
    table = [
        [
            str(kind.number),
            f"{say_value(kind.share, 'share')} ({_range(kind.low, kind.high, 'share')})",
            f"{kind.customers:,}",
            _route(kind, titles),
        ]
        for kind in found.kinds
    ]
    if table:
        say("")
        show_table(out(), ["Kind>", "Of customers>", "Customers>", "Commonest route"], table, empty="")
    for kind in found.kinds:
        _show_kind(kind, titles)
    if found.kinds:
        say(f"\n{CAVEAT}", style="dim")


def _show_kind(kind: Kind, titles: dict[str, str]) -> None:
    say(f"\nKind {kind.number} differs from the others:", style="bold")
    for move in kind.moves:
        say(f"  {_move(move, titles)}")
    for gap in kind.gaps:
        say(f"  {_gap(gap)}")
    for trait in kind.traits[:5]:
        say(f"  {_trait(trait)}")
    if not kind.moves and not kind.gaps and not kind.traits:
        say("  in nothing that five customers or more share.")


def _move(move: Move, titles: dict[str, str]) -> str:
    others = "hardly ever" if move.others is None else say_value(move.others, "share")
    shares = f"{say_value(move.share, 'share')} instead of {others}"
    if move.from_ == START:
        return f"begins with {_named(move.to, titles)}: {shares} ({many(move.customers, 'customer')})"
    if move.to == END:
        return f"ends after {_named(move.from_, titles)}: {shares} ({many(move.customers, 'customer')})"
    way = f"after {_named(move.from_, titles)} comes {_named(move.to, titles)}"
    return f"{way}: {shares} ({many(move.customers, 'customer')})"


def _gap(gap: Gap) -> str:
    unit = UNITS[gap.outcome]
    told = f"{gap.outcome} {say_value(gap.value, unit)} instead of {say_value(gap.others, unit)}"
    points = f"{signed(100 * gap.low, 1)} to {signed(100 * gap.high, 1)} pp"
    ends = points if unit == "share" else _range(gap.low, gap.high, unit)
    return f"{told}; difference {ends} ({gap.n:,} and {gap.n_others:,} customers)"


def _trait(trait: Trait) -> str:
    name = trait.property.removeprefix("property:")
    told = f"{name} is {trait.value}: {say_value(trait.share, 'share')} instead of {say_value(trait.others, 'share')}"
    return f"{told} ({_range(trait.low, trait.high, 'share')}; {trait.n:,} and {trait.n_others:,} customers)"


def _route(kind: Kind, titles: dict[str, str]) -> str:
    if not kind.typical:
        return "(no route was taken by five)"
    names = [_named(name, titles) for name in kind.typical[:LONGEST]]
    more = f" > … {len(kind.typical) - LONGEST} more" if len(kind.typical) > LONGEST else ""
    return f"{' > '.join(names)}{more} ({say_value(kind.typical_share, 'share')} of its journeys)"


def _named(name: str, titles: dict[str, str]) -> str:
    return f"“{titles.get(name, name)}”"


def _range(low: float, high: float, unit: str) -> str:
    return f"{say_value(low, unit)} to {say_value(high, unit)}"
