"""desireline customer: one customer's journeys, beside the map and in their words."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from desireline.cli.options import HERE, AsJson, MapFileArgument, WorkspaceFolder
from desireline.cli.voice import out, say, say_json
from desireline.draw.deviations import KINDS
from desireline.draw.figures import say as say_value
from desireline.draw.table import show_table
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.pipeline.one_customer import OneCustomer, OneJourney, Word
from desireline.pipeline.one_journey import Event
from desireline.workspace import Workspace

STATES = {"done": "done", "lost": "lost", "stuck": "stuck: the company owes a step", "under_way": "under way"}
MOVES = {"done": "", "extra": "+", "missing": "left out: ", "not reached": "not reached: "}


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(customer)


def customer(
    map_path: MapFileArgument,
    id_: Annotated[str, typer.Argument(metavar="CUSTOMER", help="The customer's id, as in the data.")],
    workspace: WorkspaceFolder = HERE,
    as_json: AsJson = False,
) -> None:
    """Tell one customer's journeys: every event where it was placed, the planned route beside it, and their words."""
    outline = Outline(load_map(map_path))
    found = Workspace.open(workspace).journey_of(outline.map, id_)
    if as_json:
        say_json(found.as_json())
    else:
        _show(found, outline)


def _show(found: OneCustomer, outline: Outline) -> None:
    persona = outline.titles.get(found.persona or "", "")
    known = [persona, *(f"{name}: {text}" for name, text in found.properties.items())]
    say(found.customer_id, style="bold")
    say(" · ".join(one for one in known if one) or "Nothing else is known of this customer.")
    if not found.journeys:
        say("No events: no journey.")
    for journey in found.journeys:
        _show_journey(journey, len(found.journeys), outline)
    for word in found.feedback:
        say(_said(word, outline))


def _show_journey(journey: OneJourney, of: int, outline: Outline) -> None:
    titles, currency = outline.titles, outline.map.map.currency
    value = say_value(journey.value, f"money:{currency}" if currency else "money") if journey.value else ""
    facts = [STATES[journey.state], f"{say_value(journey.fitness, 'share')} fits the map", value]
    say(
        f"\nJourney {journey.number} of {of}, {_day(journey.started_at)}: {', '.join(filter(None, facts))}",
        style="bold",
    )
    route = [f"{MOVES[one.move]}{titles.get(one.touchpoint, one.touchpoint)}" for one in journey.route]
    say(f"Route: {' > '.join(route) or 'nothing on the map'}")
    if journey.expects:
        say(f"The map has next: {' or '.join(titles.get(one, one) for one in journey.expects)}")
    table = [_line(one, outline) for one in journey.events]
    show_table(out(), ["When", "What", "Channel", "Value>", "Beside the map"], table, empty="No events.")
    for word in journey.feedback:
        say(_said(word, outline))


def _line(one: Event, outline: Outline) -> list[str]:
    titles = outline.titles
    unit = f"money:{one.currency}" if one.currency else "money"
    return [
        f"{_day(one.at)} {one.at:%H:%M}",
        titles.get(one.touchpoint, one.touchpoint) if one.touchpoint else f"({one.event})",
        titles.get(one.channel, one.channel) if one.channel else "",
        "" if one.value is None else say_value(one.value, unit),
        ", ".join(KINDS[kind].lower() for kind in one.deviations),
    ]


def _said(word: Word, outline: Outline) -> str:
    score = "" if word.score is None else f" {word.score:g}" + ("" if word.high is None else f" of {word.high:g}")
    about = ", ".join(outline.titles.get(place, place) for place in word.places)
    head = f"{_day(word.at) if word.at else 'No date'} · {word.kind or 'answer'} about {about}"
    text = f": “{word.text}”" if word.text else ""
    return f"{head} · {word.question or 'said'}{score}{text}"


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
