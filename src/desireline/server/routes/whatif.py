"""What if: what `desireline whatif --json` says, asked as often as somebody moves a slider."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from desireline.scenarios.written import levers_json, whatif_json
from desireline.server.fields import Id, Line
from desireline.server.guards import READ, desk_of
from desireline.server.looks import LATER
from desireline.server.measured import map_of
from desireline.workspace import Workspace

router = APIRouter(prefix="/api/maps/{map_id}/whatif", tags=["whatif"], dependencies=[Depends(READ)])

Only = Annotated[Line, Query(max_length=200)]


class Amount(BaseModel):
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float


class Lever(BaseModel):
    """A rate that can be edited (“place what”), and what ten per cent less of it is worth in a year."""

    place: str
    what: str
    rate: float
    n: int
    conversions: Amount
    value: Amount | None
    felt: Amount | None


class Wait(BaseModel):
    """A wait that can be edited: its mean in seconds, and the share of the stays before it that go this way."""

    place: str
    to: str
    share: float
    seconds: float
    n: int


class BacktestMonth(BaseModel):
    """A month, foretold from the months before it."""

    month: str
    outcome: str
    journeys: int
    foretold: float
    low: float
    high: float
    was: float
    naive: float
    inside: bool


class BacktestError(BaseModel):
    """How far the model missed on average, and how far the naive guess did."""

    outcome: str
    error: float
    naive_error: float
    inside: int
    months: int


class BacktestTold(BaseModel):
    """How well the model foretold months that it had not seen."""

    note: str
    errors: list[BacktestError]
    told_edited_rates: float | None
    not_told: float | None
    months: list[BacktestMonth]


class LeversTold(BaseModel):
    """What could be changed on a map."""

    map: str
    only: str
    basis: str
    notes: list[str]
    levers: list[Lever]
    waits: list[Wait]
    backtest: BacktestTold


class EditTold(BaseModel):
    """A change that was asked for: what it is now, and what it would be."""

    edit: str
    kind: str
    place: str
    to: str
    now: float
    then: float
    n: int
    responses: dict[str, Any]


class OutcomeTold(BaseModel):
    """A number now and then. Without them its note says why."""

    name: str
    title: str
    unit: str
    before: Amount | None
    after: Amount | None
    delta: Amount | None
    n: int | None
    note: str


class MemoryTold(BaseModel):
    """Whether a model that remembers one step more would say otherwise."""

    bic_order_1: float
    bic_order_2: float
    conversion_delta_order_2: float | None


class WhatIfTold(BaseModel):
    """What changes do, if behaviour elsewhere stays the same."""

    map: str
    only: str
    basis: str
    notes: list[str]
    journeys: float
    period: str
    edits: list[EditTold]
    outcomes: list[OutcomeTold]
    places: list[OutcomeTold]
    backtest: BacktestTold
    memory: MemoryTold


@router.get("", response_model=LeversTold, responses=LATER)
async def levers(request: Request, map_id: Id, only: Only = "") -> Response:
    """The rates and the waits that can be changed, the one that is worth most first."""
    desk = desk_of(request)
    map_ = await map_of(desk, map_id)

    def work(workspace: Workspace, step: Any) -> Any:
        return levers_json(desk.scenarios.of(workspace, map_, only, step))

    return await desk.looks.ask("levers", [map_, only], work)


@router.get("/answer", response_model=WhatIfTold, responses=LATER)
async def whatif(
    request: Request,
    map_id: Id,
    edit: Annotated[tuple[Annotated[str, Query(max_length=200)], ...], Query(min_length=1, max_length=40)],
    only: Only = "",
) -> Response:
    """What these changes would do, each written as `--set` takes it: “checkout lost 0.05”."""
    desk = desk_of(request)
    map_ = await map_of(desk, map_id)

    def work(workspace: Workspace, step: Any) -> Any:
        scenarios = desk.scenarios.of(workspace, map_, only, step)
        return whatif_json(scenarios, scenarios.ask(edit))

    return await desk.looks.ask("whatif", [map_, only, edit], work)
