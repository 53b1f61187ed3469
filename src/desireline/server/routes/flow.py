"""The ways that customers take on a map: what `desireline paths routes|edges|funnel --map MAP --json` says."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from desireline.pipeline.asked import AskFunnel, AskRoutes
from desireline.pipeline.asked_moves import AskEdges
from desireline.server.fields import Id
from desireline.server.flow import Part
from desireline.server.guards import READ, desk_of
from desireline.server.looks import LATER
from desireline.server.measured import map_of
from desireline.workspace import Workspace

router = APIRouter(prefix="/api/maps/{map_id}/paths", tags=["flow"], dependencies=[Depends(READ)])

Word = Annotated[str, Query(max_length=200)]
Words = Annotated[tuple[str, ...], Query(max_length=20)]


class PlaceOnMap(BaseModel):
    """A touchpoint that events can be on."""

    id: str
    title: str
    stage: str


class PlannedMove(BaseModel):
    """A move from one touchpoint to the next that the map plans."""

    before: str
    after: str


class AskedOfMap(BaseModel):
    """What every answer about paths says: rows kept `hidden` for being about too few, and the map they are on."""

    question: str
    hidden: int
    note: str
    places: list[PlaceOnMap]
    planned: list[PlannedMove]


class RouteTaken(BaseModel):
    """An order of touchpoints that customers share; immediate repeats count once."""

    rank: int
    route: list[str]
    customers: int
    share: float | None


class RoutesTaken(AskedOfMap):
    """The routes of most customers, and exactly how many took others."""

    customers: int | None
    distinct: int
    other: int | None
    other_share: float | None
    rows: list[RouteTaken]


class Move(BaseModel):
    """How often one touchpoint follows another directly, and after how many seconds."""

    before: str
    after: str
    moves: int
    share: float | None
    median_s: float


class MovesMade(AskedOfMap):
    """The most frequent moves, and exactly how many others were made."""

    moves: int | None
    distinct: int
    other: int | None
    rows: list[Move]


class FunnelStep(BaseModel):
    """Customers who come to a step, whatever lies between it and the one before."""

    level: int
    step: str
    customers: int | None
    share_of_first: float | None
    share_of_previous: float | None
    lost: int | None
    median_s: float | None


class FunnelTaken(AskedOfMap):
    """Customers by the furthest step that they come to."""

    customers: int | None
    within_s: float | None
    rows: list[FunnelStep]


def part_of(persona: Word = "", channel: Words = (), property: Words = (), period: Word = "") -> Part:
    """The part of the data that is asked about."""
    return Part(persona, channel, property, period)


Asks = Annotated[Part, Depends(part_of)]


@router.get("/routes", response_model=RoutesTaken, responses=LATER)
async def routes(request: Request, map_id: Id, part: Asks, top: Annotated[int, Query(ge=1, le=500)] = 12) -> Response:
    """The routes that most customers share; 202 with a job while that is worked on."""
    return await _answer(request, map_id, AskRoutes(top), part)


@router.get("/edges", response_model=MovesMade, responses=LATER)
async def edges(request: Request, map_id: Id, part: Asks, top: Annotated[int, Query(ge=1, le=1000)] = 40) -> Response:
    """The most frequent moves from one touchpoint to the next; 202 with a job while that is worked on."""
    return await _answer(request, map_id, AskEdges(limit=top), part)


@router.get("/funnel", response_model=FunnelTaken, responses=LATER)
async def funnel(
    request: Request, map_id: Id, part: Asks, steps: Annotated[tuple[str, ...], Query(min_length=1, max_length=30)]
) -> Response:
    """How many customers take these steps one after the other; 202 with a job while that is worked on."""
    return await _answer(request, map_id, AskFunnel(steps), part)


async def _answer(request: Request, map_id: str, asked: AskRoutes | AskEdges | AskFunnel, part: Part) -> Response:
    desk = desk_of(request)
    map_ = await map_of(desk, map_id)

    def work(workspace: Workspace, step: Any) -> dict[str, Any]:
        return part.ask(workspace, asked, map_, step)

    about = [map_, asked.kind, str(asked), asdict(part)]
    return await desk.looks.ask("paths", about, work)
