"""Initiatives for routes: read, told with what a page needs beside them, and what is measured for them waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from desireline.draw.sections.method import place_title
from desireline.errors import UnknownInitiative
from desireline.initiatives.changes import ways
from desireline.initiatives.records import Baseline, By, Initiative
from desireline.initiatives.revision import overlap_notes
from desireline.initiatives.trial import Trial
from desireline.ledger.store import Ledger
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.measures.catalog import CATALOG
from desireline.pipeline.bringing import Step

if TYPE_CHECKING:
    from desireline.server.desk import Desk
    from desireline.server.guards import Actor
    from desireline.workspace import Workspace


class Progress(BaseModel):
    """What the last written verdict says of the way to what is expected; shares of it, negative for the wrong way."""

    effect: float
    low: float | None
    high: float | None
    unit: str
    n: int
    n_other: int | None
    expected: float | None
    share: float | None
    share_of_plan: float | None


class InitiativeTold(Initiative):
    """An initiative as `desireline initiative show --json` says it, and what a page needs beside it.

    `place`: the target's place in words. `moves`: which number, also in words. `ways`: the statuses to which it can go.
    `began`: what its verdict rests on is fixed.
    """

    overlaps: list[str]
    place: str
    moves: str
    ways: list[str]
    began: bool
    progress: Progress | None


def ledger_of(desk: Desk) -> Ledger:
    """The ledger that the server has open."""
    return Ledger(desk.engine)


def of_map(desk: Desk, map_: Map) -> list[Initiative]:
    """The initiatives that were written for this map, in the order in which they were proposed."""
    return [one for one in ledger_of(desk).initiatives() if one.map_id == map_.map.id]


def found(desk: Desk, map_: Map, id_: str) -> Initiative:
    """The initiative of this map. Raises UnknownInitiative."""
    here = of_map(desk, map_)
    for one in here:
        if one.id == id_:
            return one
    raise UnknownInitiative(id_, [one.id for one in here])


def told(one: Initiative, others: Sequence[Initiative], map_: Map) -> InitiativeTold:
    """The initiative for a page."""
    place, group = place_title(one.target.at, Outline(map_)), one.target.group
    return InitiativeTold(
        **{name: getattr(one, name) for name in Initiative.model_fields},
        overlaps=overlap_notes(one, others),
        place=place,
        moves=f"{_title(one.target.measure)} at “{place}”{f' ({group})' if group else ''}",
        ways=list(ways(one)),
        began=one.begun,
        progress=_progress(one),
    )


def _title(measure: str) -> str:
    """What a measure is called; its name, where an older program knew it and this one does not."""
    known = CATALOG.get(measure)
    return known.title if known else measure


def _progress(one: Initiative) -> Progress | None:
    """None where no verdict was written, nothing could be said, or several arms were judged."""
    judged = one.verdicts[-1].whole if one.verdicts else {}
    effects = [verdict.get("effect") for verdict in judged.get("verdicts", [])]
    if len(effects) != 1 or not effects[0]:
        return None
    effect, expected = effects[0], one.target.expected
    sign = 1 if one.target.direction == "up" else -1
    named = {name: effect[name] for name in ("low", "high", "unit", "n", "n_other")}
    return Progress(
        effect=effect["value"],
        **named,
        expected=expected,
        share=sign * effect["value"] / expected if expected else None,
        share_of_plan=judged.get("share_of_plan"),
    )


def by(desk: Desk, actor: Actor) -> By:
    """Who changes something, now."""
    return By(actor.name, desk.clock())


async def baseline_of(desk: Desk, map_: Map, trial: Trial, window: tuple[Any, Any] = (None, None)) -> Baseline | None:
    """What the measure was; the trial is checked on the way. Raises what `Watching.baseline` and `Looks.ask` raise."""

    def work(workspace: Workspace, step: Step) -> Any:
        seen = workspace.watch(map_, trial, step=step).baseline(*window)
        return {"baseline": seen.model_dump(mode="json") if seen else None}

    answer = await desk.looks.answer("baseline", [map_, about_of(trial), *window], work)
    return Baseline.model_validate(answer["baseline"]) if answer["baseline"] else None


def about_of(trial: Trial) -> dict[str, Any]:
    """All that a trial says, to name what is held of it."""
    return {
        name: value.model_dump(mode="json") if isinstance(value, BaseModel) else value
        for name, value in vars(trial).items()
    }


async def changed(desk: Desk, map_id: str, actor: Actor, what: str, one: Initiative) -> None:
    """It stands in the audit, and those who have the map open hear of it."""
    note = desk.audit.add
    await asyncio.to_thread(note, actor.id, what, at=desk.clock(), map=map_id, initiative=one.id)
    desk.rooms.tell(map_id, "data")
