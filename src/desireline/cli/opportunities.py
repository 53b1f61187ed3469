"""desireline opportunities: what each finding costs, and what to do first."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.findings import Rules, Set, read_settings
from desireline.cli.options import HERE, AsJson, Limit, MapFileArgument, WorkspaceFolder
from desireline.cli.output import there_if_named, write_output
from desireline.cli.voice import WrongOption, out, progress, say, say_json
from desireline.draw.figures import many
from desireline.draw.finding import place, say_range, title
from desireline.draw.html import Markup, el
from desireline.draw.palette import resolve
from desireline.draw.sections.matrix import draw_matrix
from desireline.draw.svg import picture_css
from desireline.draw.table import show_table
from desireline.errors import did_you_mean
from desireline.findings.opportunities.efforts import load_efforts
from desireline.findings.opportunities.opportunity import Opportunity, opportunities_of
from desireline.findings.opportunities.scores import ORDERS
from desireline.findings.written import opportunity_json
from desireline.kept.decided import decisions_in, efforts_in, open_ones
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(opportunities)


def opportunities(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    by: Annotated[
        str, typer.Option("--by", help=f"In which order: {', '.join(ORDERS)}, or own with --formula.")
    ] = "loss",
    formula: Annotated[
        str | None, typer.Option("--formula", help="An own score: 'money * confidence / effort'.")
    ] = None,
    efforts: Annotated[
        Path | None,
        typer.Option("--efforts", callback=there_if_named, help="YAML: effort of each, by rule@place or by id."),
    ] = None,
    rule: Rules = None,
    settings: Set = None,
    limit: Limit = 15,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Draw impact against effort into this SVG file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Size and rank the findings: what each costs a year, how sure the order is, and by which score."""
    known = (*ORDERS, "own")
    if by not in known or (by == "own" and not formula):
        hint = did_you_mean(by, known, f"Known: {', '.join(known)}.") if by not in known else "Give it a --formula."
        raise WrongOption("--by", f"{by!r} is no order. {hint}")
    outline = Outline(load_map(map_path))
    said = load_efforts(efforts) if efforts else {}
    with progress("Looking", quiet=as_json) as step:
        opened = Workspace.open(workspace)
        found = opened.findings(outline.map, rules=rule or (), settings=read_settings(settings or []), step=step)
    shown = open_ones(found.findings, decisions_in(opened.folder, today=datetime.now(UTC).date()))
    told = {**efforts_in(opened.folder), **said}
    ranked = opportunities_of(shown, found.worth, found.around, efforts=told, formula=formula, by=by)
    if output:
        write_output(output, _drawn(draw_matrix(ranked, outline)))
        if not as_json:
            say(f"{output} is written: impact against effort; hollow dots have no effort yet.")
    if as_json:
        currency = outline.map.map.currency
        say_json(
            {
                "map": outline.map.map.id,
                "by": by,
                "currency": currency,
                "opportunities": [opportunity_json(one) for one in ranked],
            }
        )
        return
    _show(ranked, outline, by=by, limit=limit)


def _show(ranked: list[Opportunity], outline: Outline, *, by: str, limit: int) -> None:
    sized = sum(one.lost is not None for one in ranked)
    say(f"{many(len(ranked), 'opportunity', 'opportunities')}, {sized} of them with a size; by {by}.")
    heads = [
        "#>",
        "What",
        "Where",
        "Journeys a year",
        "Lost journeys a year",
        _money(outline),
        "First three>",
        "Ranks>",
    ]
    heads += ["Score>"] if by != "loss" else []
    rows = [_row(number, one, outline, by) for number, one in enumerate(ranked[:limit], 1)]
    show_table(out(), heads, rows, empty="Nothing was found, so there is nothing to rank.")
    unsure = [one for one in ranked if one.worth_knowing and one.worth_knowing > 1]
    for one in sorted(unsure, key=lambda one: -(one.worth_knowing or 0))[:3]:
        where = f"{title(one.finding)}, {place(one.finding, outline)}"
        say(
            f"Knowing the size of “{where}” for sure is worth up to {one.worth_knowing:,.0f} journeys a year.",
            style="dim",
        )
    if by != "loss":
        say(f"By {by}; an effort that nobody gave counts as 1. “First three” and “Ranks” stay by loss.", style="dim")
    say("Efforts go by name, such as late@delivery: `findings --show ID` tells it.", style="dim")
    if any(one.lost is None for one in ranked):
        say("Without a size: what they do to success, scores or money is not measured or not clear.", style="dim")


def _row(number: int, one: Opportunity, outline: Outline, by: str) -> list[str]:
    finding = one.finding
    row = [
        str(number),
        title(finding) + ("" if one.influence == "yes" else f" ({_INFLUENCE[one.influence]})"),
        place(finding, outline),
        say_range(one.reach, "") if one.reach else "–",
        say_range(one.lost, "") if one.lost else "–",
        say_range(one.money, "") if one.money else "–",
        f"{100 * one.in_top:.0f} %" if one.in_top is not None else "–",
        "–"
        if one.ranks is None
        else str(one.ranks[0])
        if one.ranks[0] == one.ranks[1]
        else f"{one.ranks[0]}–{one.ranks[1]}",
    ]
    score = one.scores.get(by)
    return [*row, *([f"{score:,.1f}" if score is not None else "–"] if by != "loss" else [])]


def _drawn(picture: Markup) -> str:
    """The picture as a file of its own, with its style inside."""
    style = el("style", {}, Markup(resolve(picture_css())))
    head, _, rest = str(picture).partition(">")
    return f"{head}>{style}{rest}"


_INFLUENCE = {"partly": "partly ours to change", "no": "not ours to change"}


def _money(outline: Outline) -> str:
    currency = outline.map.map.currency
    return f"{currency} a year" if currency else "Money a year"
