"""A map's numbers: what `desireline measure --json`, `deviations --json` and `measures --json` say, for the app."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from desireline.measures.catalog import CATALOG
from desireline.measures.written import measure_json
from desireline.pipeline.question import Question
from desireline.server.fields import Id
from desireline.server.guards import READ, desk_of
from desireline.server.looks import LATER
from desireline.server.measured import ask_measured

router = APIRouter(prefix="/api", tags=["numbers"], dependencies=[Depends(READ)])

Names = Annotated[tuple[str, ...], Query(max_length=50)]


class MeasureKnown(BaseModel):
    """What a measure means: its unit, the kinds of places where it can be read, how many customers it needs."""

    measure: str
    title: str
    family: str
    unit: str
    places: list[str]
    minimum: int
    about: str


class Reading(BaseModel):
    """A measure at a place, of a group in a period. Without a value its `note` says why."""

    measure: str
    at: str
    group: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    unit: str
    note: str


class OffMap(BaseModel):
    """Events on no touchpoint of the map."""

    event: str
    channel: str | None
    events: int
    customers: int


class CoverageOf(BaseModel):
    """How much of the data the map explains, and how much of the map the data do."""

    events: int
    events_explained: int
    customers: int
    customers_explained: int
    touchpoints_bound: int
    touchpoints_visited: int
    silent: list[str]
    unbound: list[str]
    off_map: list[OffMap]
    off_map_rare: int


class DataWindow(BaseModel):
    """What was measured, and from when to when."""

    model_config = ConfigDict(populate_by_name=True)

    events: int
    customers: int
    journeys: int
    from_: str | None = Field(alias="from")
    to: str | None


class Deviation(BaseModel):
    """A way in which customers leave the intended path at a place, and what goes with it."""

    rank: int
    kind: str
    place: str
    customers: int | None
    journeys: int | None
    of: int | None
    of_what: str
    share: float | None
    low: float | None
    high: float | None
    conversion_effect: float | None
    conversion_low: float | None
    conversion_high: float | None
    score_effect: float | None
    score_low: float | None
    score_high: float | None
    score_unit: str | None
    value_effect: float | None
    value_low: float | None
    value_high: float | None
    value_unit: str | None
    loss: float | None
    says: str
    note: str


class MethodTold(BaseModel):
    """How the numbers were counted: by what, in which order, over which time, and what is left over."""

    about: str
    says: str


class MapMeasured(BaseModel):
    """A map, measured; `method` holds for all its numbers."""

    map: str
    data: DataWindow
    coverage: CoverageOf
    readings: list[Reading]
    deviations: list[Deviation]
    method: list[MethodTold]


@router.get("/measures")
def measures() -> list[MeasureKnown]:
    """All measures, with their definitions."""
    return [MeasureKnown(**measure_json(one)) for one in CATALOG.values()]


@router.get("/maps/{map_id}/measured", response_model=MapMeasured, responses=LATER)
async def measured(
    request: Request,
    map_id: Id,
    by: Names = (),
    period: Annotated[str | None, Query(max_length=20)] = None,
    measure: Names = (),
    edge: Names = (),
) -> Response:
    """The map as it is now, measured on all data; 202 with a job while that is worked on."""
    desk = desk_of(request)
    answer = await ask_measured(desk, map_id, Question(measure, by, period, edge))
    desk.ready.want(desk, map_id)
    return answer
