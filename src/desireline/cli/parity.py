"""desireline parity: is the same promise kept in every channel?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.options import HERE, AsJson, MapFileArgument, WorkspaceFolder
from desireline.cli.voice import WrongOption, out, progress, say, say_json
from desireline.draw.sections.parity import say_facts, say_gap, say_parity, say_value, say_verdict
from desireline.draw.table import show_table
from desireline.errors import did_you_mean
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.voice.parity.asked import MEASURES, Asked
from desireline.voice.parity.facts import Promised, compare_facts, load_facts
from desireline.voice.parity.parity import FindParity, Parities, Parity
from desireline.voice.parity.written import drawn_at, parity_json
from desireline.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(parity)


def parity(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    at: Annotated[
        list[str] | None, typer.Option("--at", help="Only this touchpoint, stage or map; several times.")
    ] = None,
    measure: Annotated[str, typer.Option("--measure", "-m", help=f"What is compared: {', '.join(MEASURES)}.")] = "csat",
    by: Annotated[
        str, typer.Option("--by", help="Between what: channel, touchpoint, persona, property:NAME.")
    ] = "channel",
    strata: Annotated[
        str, typer.Option("--strata", help="Like with like: persona,property:reason … with commas between.")
    ] = "",
    margin: Annotated[
        float, typer.Option("--margin", min=0.0, help="How far apart is still the same: 0.05 is 5 points.")
    ] = 0.05,
    facts: Annotated[
        Path | None,
        typer.Option("--facts", help="Promised facts to compare: CSV or YAML (key, touchpoint, channel, value)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell whether the same promise is kept in every channel: different, consistent, or not enough data."""
    if measure not in MEASURES:
        hint = did_you_mean(measure, MEASURES, f"Known: {', '.join(MEASURES)}.")
        raise WrongOption("--measure", f"{measure!r} cannot be compared. {hint}")
    outline = Outline(load_map(map_path))
    asked = Asked(
        measure=measure,
        at=tuple(at or ()),
        by=by,
        strata=tuple(one.strip() for one in strata.split(",") if one.strip()),
        margin=margin,
    )
    analysis = FindParity(outline, asked)
    told = compare_facts(load_facts(facts, outline), outline) if facts else []
    with progress("Listening", quiet=as_json) as step:
        found = Workspace.open(workspace).listen(outline.map, analysis, step=step)
    if as_json:
        say_json(parity_json(found, outline, at=asked.at, facts=told))
        return
    _show(found)
    _show_facts(told)
    for drawn in drawn_at(outline, asked.at):
        place = outline.titles.get(drawn.place, drawn.place)
        say(f"Promised differently on the map, which is no misalignment: {place}, {drawn.says}.", style="dim")


def _show(found: Parities) -> None:
    say(say_parity(found))
    heads = ["Place", "Compared", "First", "Second", "Difference", "Odds ratio", "Verdict"]
    table = [_row(one, found) for one in found.found]
    if table:
        show_table(out(), heads, table, empty="")
    for note in found.notes:
        say(note, style="dim")


def _row(one: Parity, found: Parities) -> list[str]:
    first, second = one.sides
    odds, strata = one.compared.odds, one.compared.strata
    apart = " (strata disagree)" if one.compared.agree <= 0.05 else ""
    return [
        one.title,
        f"{first.title} against {second.title}",
        f"{say_value(first.value, found.measure)} of {first.n:,}",
        f"{say_value(second.value, found.measure)} of {second.n:,}",
        f"{say_gap(one, found.measure)}{f' in {strata} strata' if strata > 1 else ''}{apart}",
        f"{odds.value:.2f} [{odds.low:.2f}–{odds.high:.2f}]" if odds.value == odds.value else "–",
        say_verdict(one),
    ]


def _show_facts(told: list[Promised]) -> None:
    if not told:
        return
    say(say_facts(told))
    heads = ["Fact", "Place", "Channel", "Says", "As of", "Verdict"]
    table = [
        [
            one.key,
            one.title,
            copy.title,
            copy.value or "–",
            str(copy.as_of or ""),
            copy.verdict,
        ]
        for one in told
        for copy in one.copies
    ]
    show_table(out(), heads, table, empty="")
