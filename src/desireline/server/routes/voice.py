"""What customers say: answers of `desireline topics|drivers|parity|effort` and `feedback scores|trend`, for the app.

Topics that people name, put together, pin or leave out are agreed on for everybody: the command line says them too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from desireline.measures.groups import Period
from desireline.server.explained import VoiceDrivers, VoiceEffort, VoiceParity
from desireline.server.fields import Id
from desireline.server.guards import EDIT, READ, Actor, desk_of
from desireline.server.jobs import Job, Progress
from desireline.server.looks import LATER
from desireline.server.measured import map_of
from desireline.server.voiced import TopicAgreed, VoiceScores, VoiceTopics, VoiceTrend

if TYPE_CHECKING:
    from desireline.pipeline.bringing import Step
    from desireline.workspace import Workspace

router = APIRouter(prefix="/api/maps/{map_id}/voice", tags=["voice"])

Names = Annotated[tuple[str, ...], Query(max_length=50)]
Name = Annotated[str | None, Query(max_length=200)]
Analysis = Literal["topics", "scores", "trend", "drivers", "parity", "effort"]


@router.get("/topics", response_model=VoiceTopics, responses=LATER, dependencies=[Depends(READ)])
async def topics(request: Request, map_id: Id, at: Name = None, kind: Names = ()) -> Response:
    """What people talk about, at a place or anywhere, with quotes in which personal data is masked."""
    return await _ask(request, map_id, "topics", at, kind)


@router.put("/topics/{topic_id}", status_code=202)
async def agree_on_topic(
    request: Request, map_id: Id, topic_id: Id, wanted: TopicAgreed, actor: Annotated[Actor, Depends(EDIT)]
) -> Job:
    """Say what a topic is called, that it stays, is not told, or is a part of another: a job, done in a moment."""
    desk = desk_of(request)
    map_ = await map_of(desk, map_id)
    said = {name: getattr(wanted, name) for name in wanted.model_fields_set if getattr(wanted, name) is not None}
    changes = said | ({"into": said["into"] or None} if "into" in said else {})

    def work(progress: Progress) -> dict[str, Any]:
        from desireline.server import heard  # noqa: PLC0415  loads scikit-learn

        def step(what: str, done: int, of: int) -> None:
            progress(what, done / of if of else None)

        heard.agree_on(map_, topic_id, changes, desk.looks.opened(), step)
        desk.audit.add(actor.id, "topic.agreed", at=desk.clock(), map=map_id, topic=topic_id, said=sorted(changes))
        return {}

    return desk.jobs.start("topic", work, by=actor.id)


@router.get("/scores", response_model=VoiceScores, responses=LATER, dependencies=[Depends(READ)])
async def scores(request: Request, map_id: Id, by: Names = (), period: Period | None = None) -> Response:
    """Every score, of everybody and of groups, over all of the data and by period."""
    return await _ask(request, map_id, "scores", by, period)


@router.get("/trend", response_model=VoiceTrend, responses=LATER, dependencies=[Depends(READ)])
async def trend(request: Request, map_id: Id, period: Period = "month") -> Response:
    """How scores change, and which changes hold among all that were tested."""
    return await _ask(request, map_id, "trend", period)


@router.get("/drivers", response_model=VoiceDrivers, responses=LATER, dependencies=[Depends(READ)])
async def drivers(request: Request, map_id: Id, of: Name = None) -> Response:
    """What moves a score: the one about the whole map, or the one that is named."""
    return await _ask(request, map_id, "drivers", of)


@router.get("/parity", response_model=VoiceParity, responses=LATER, dependencies=[Depends(READ)])
async def parity(
    request: Request,
    map_id: Id,
    measure: Annotated[str, Query(max_length=20)] = "csat",
    by: Annotated[str, Query(max_length=80)] = "channel",
) -> Response:
    """Whether the same promise is kept in every channel."""
    return await _ask(request, map_id, "parity", measure, by)


@router.get("/effort", response_model=VoiceEffort, responses=LATER, dependencies=[Depends(READ)])
async def effort(request: Request, map_id: Id, by: Annotated[str, Query(max_length=80)] = "") -> Response:
    """How hard journeys were, where effort arises, and which hand-offs cost most of it."""
    return await _ask(request, map_id, "effort", by)


async def _ask(request: Request, map_id: str, analysis: Analysis, *asked: Any) -> Response:
    """The answer of `heard` to this question about the map as it is now."""
    desk = desk_of(request)
    map_ = await map_of(desk, map_id)

    def work(workspace: Workspace, step: Step) -> dict[str, Any]:
        from desireline.server import heard  # noqa: PLC0415  loads scikit-learn

        answer: Callable[..., dict[str, Any]] = getattr(heard, analysis)
        return answer(map_, *asked, workspace, step)

    return await desk.looks.ask(f"voice.{analysis}", [map_, asked], work)
