"""One journey's road: each event where it was placed, and the planned route beside the one that was taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from desireline.journeys.align import Aligner, Ending
from desireline.journeys.alignment import Alignment, Move
from desireline.journeys.cut import cut
from desireline.journeys.departures import KINDS as OFF_ROUTE
from desireline.journeys.place import in_time_order, place
from desireline.journeys.promises import keep_steps
from desireline.journeys.states import look_ahead
from desireline.journeys.summary import summarise
from desireline.journeys.visits import Visits
from desireline.maps.outline import Outline
from desireline.tables import Trips

_AS_SENT = ("status", "value", "currency")  # what placing turns into something else, or leaves out


@dataclass(frozen=True)
class Event:
    """One event. `touchpoint` is null for what the map does not place; `named`: something on the map speaks of it."""

    at: datetime
    after_s: float | None  # since the event before it in the journey; null for the first
    event: str | None
    touchpoint: str | None
    stage: str | None
    step: int | None  # its number among the journey's steps
    named: bool
    channel: str | None
    status: str | None
    value: float | None
    currency: str | None
    case_id: str | None
    due_at: datetime | None
    deviations: tuple[str, ...]


@dataclass(frozen=True)
class Laid:
    """A touchpoint of the planned route or of the one taken.

    `move`: done (planned and taken), extra (taken where the map does not have it), missing (planned, left out),
    not reached (planned after the customer had stopped).
    """

    touchpoint: str
    move: str
    deviations: tuple[str, ...]


@dataclass(frozen=True)
class Left:
    """A deviation from the map, as the ledger counts it."""

    kind: str
    place: str


@dataclass(frozen=True)
class Road:
    """The events of a journey, its route beside the map, its deviations, and what the map has next."""

    events: tuple[Event, ...]
    route: tuple[Laid, ...]
    deviations: tuple[Left, ...]
    expects: tuple[str, ...]


def lay_out(
    events: pl.DataFrame, trips: Trips, outline: Outline, aligner: Aligner, *, data_end: datetime
) -> list[Road]:
    """The roads of a few customers' journeys, in the order of `trips.journeys`, which were walked from `events`."""
    ordered = in_time_order(events)
    placed = place(ordered, outline).with_columns(ordered[name] for name in _AS_SENT)
    taken = keep_steps(cut(placed, outline), outline)
    visits = Visits.of(taken)
    drafts = look_ahead(summarise(taken, visits, outline), outline, data_end=data_end)
    left = _by_trip(trips.deviations)
    lines: dict[int, list[dict[str, Any]]] = {}
    told = taken.select(
        *("trip", "at", "event", "named", "channel", "case_id", "due_at", "failed", "wrong_channel", "kept"),
        *(pl.col(name).cast(pl.String) for name in ("touchpoint", "stage")),
        *(pl.col(name) for name in _AS_SENT),
    )
    for line in told.iter_rows(named=True):
        lines.setdefault(line["trip"], []).append(line)
    return [
        _road(lines[trip], left.get(trip, []), _ending(draft), outline, aligner)
        for trip, draft in enumerate(drafts.iter_rows(named=True))
    ]


def _by_trip(deviations: pl.DataFrame) -> dict[int, list[Left]]:
    found: dict[int, list[Left]] = {}
    for trip, kind, where in deviations.select("trip", "kind", "place").iter_rows():
        found.setdefault(trip, []).append(Left(kind, where))
    return found


def _ending(draft: Mapping[str, Any]) -> Ending:
    """How departures are read off a journey that stands so; as in `deviations.align_routes`."""
    return "anywhere" if not draft["finished"] else "reach" if draft["done"] else "given up"


def _road(lines: list[dict[str, Any]], left: list[Left], ending: Ending, outline: Outline, aligner: Aligner) -> Road:
    number = {point.id: place for place, point in enumerate(outline.bound)}
    steps = [line for line in lines if line["touchpoint"] is not None]
    repeatable = {point.id for point in outline.bound if point.repeatable}
    tokens = [2 * number[line["touchpoint"]] + line["wrong_channel"] for line in steps]
    again = [
        place > 0 and tokens[place] == tokens[place - 1] and line["touchpoint"] in repeatable
        for place, line in enumerate(steps)
    ]
    laid = aligner.align_codes([code for code, same in zip(tokens, again, strict=True) if not same], ending=ending)
    off_route = {one.place: one.kind for one in left if one.kind in OFF_ROUTE}
    marks = _marks(steps, again, laid, off_route)
    lasts = {one.place: one.kind for one in left if one.kind in ("lost", "stuck")}
    if steps and steps[-1]["touchpoint"] in lasts:
        marks[len(steps) - 1] += (lasts[steps[-1]["touchpoint"]],)
    return Road(
        events=tuple(_events(lines, marks)),
        route=tuple(_route(laid, again, marks, off_route)),
        deviations=tuple(left),
        expects=laid.expects,
    )


def _marks(
    steps: list[dict[str, Any]], again: list[bool], laid: Alignment, off_route: Mapping[str, str]
) -> list[tuple[str, ...]]:
    """The deviations at each step: what the alignment says of it, and what was seen there."""
    moves = _taken(laid)
    marks: list[tuple[str, ...]] = []
    kind = "sync"
    for line, same in zip(steps, again, strict=True):
        kind = kind if same else next(moves)[0]
        seen = {"failed": line["failed"], "late": line["kept"] is False, "wrong channel": line["wrong_channel"]}
        strange = [off_route.get(line["touchpoint"])] if kind == "log" else []
        marks.append(tuple([one for one in strange if one] + [name for name, so in seen.items() if so]))
    return marks


def _taken(laid: Alignment) -> Iterator[Move]:
    return (move for move in laid.moves if move[0] != "model")


def _route(
    laid: Alignment,
    again: list[bool],
    marks: list[tuple[str, ...]],
    off_route: Mapping[str, str],
) -> Iterator[Laid]:
    """The moves in their order, each with the deviations of the steps that it stands for."""
    groups: list[list[str]] = []
    for mark, same in zip(marks, again, strict=True):
        if not same:
            groups.append([])
        groups[-1] += [one for one in mark if one not in groups[-1]]
    told = iter(groups)
    for number, (kind, where) in enumerate(laid.moves):
        if kind != "model":
            yield Laid(where, "done" if kind == "sync" else "extra", tuple(next(told)))
        elif where in off_route:
            yield Laid(where, "missing", (off_route[where],))
        else:
            yield Laid(where, "not reached" if number >= laid.observed else "missing", ())


def _events(lines: list[dict[str, Any]], marks: list[tuple[str, ...]]) -> Iterator[Event]:
    before: datetime | None = None
    step = 0
    for line in lines:
        on_map = line["touchpoint"] is not None
        step += on_map
        strange = () if line["named"] or line["event"] is None else ("ad hoc",)
        yield Event(
            at=line["at"],
            after_s=None if before is None else (line["at"] - before).total_seconds(),
            event=line["event"],
            touchpoint=line["touchpoint"],
            stage=line["stage"],
            step=step if on_map else None,
            named=line["named"],
            channel=line["channel"],
            status=line["status"],
            value=None if line["value"] is None else float(line["value"]),
            currency=line["currency"],
            case_id=line["case_id"],
            due_at=line["due_at"],
            deviations=marks[step - 1] if on_map else strange,
        )
        before = line["at"]
