"""Jobs: how far they are, live, and stopping them. A job is seen by whoever began it, and by owners."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from desireline.access import Right
from desireline.errors import UnknownJob
from desireline.server.guards import READ, Actor, desk_of
from desireline.server.jobs import Job
from desireline.server.looks import EVERYBODY

router = APIRouter(prefix="/api/jobs", tags=["jobs"])

Asking = Annotated[Actor, Depends(READ)]


@router.get("")
def jobs(request: Request, actor: Asking, over: bool = False) -> list[Job]:
    """The jobs that whoever asks began and that wait or run, the first to begin first; `over`: also those that ended.

    The last 200 that ended are remembered, as long as the server runs.
    """
    mine = [one for one in desk_of(request).jobs.all() if one.by == actor.id]
    return [one for one in mine if over or not one.over]


@router.get("/{job_id}")
def job(request: Request, job_id: str, actor: Asking) -> Job:
    """How far a job is."""
    return _seen(request, job_id, actor)


@router.get("/{job_id}/events", response_class=StreamingResponse)
async def events(request: Request, job_id: str, actor: Asking) -> StreamingResponse:
    """The job as server-sent events: one at once and one for each change, until it is over."""
    _seen(request, job_id, actor)
    return StreamingResponse(
        _written(request, job_id), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


@router.delete("/{job_id}")
def cancel(request: Request, job_id: str, actor: Asking) -> Job:
    """Stop a job; it ends at the next place where it can. One that others wait for too goes on."""
    if _seen(request, job_id, actor).by == EVERYBODY:
        return desk_of(request).jobs.get(job_id)
    return desk_of(request).jobs.cancel(job_id)


async def _written(request: Request, job_id: str) -> AsyncIterator[str]:
    async for one in desk_of(request).jobs.watch(job_id):
        yield ": still here\n\n" if one is None else f"data: {one.model_dump_json()}\n\n"


def _seen(request: Request, job_id: str, actor: Actor) -> Job:
    found = desk_of(request).jobs.get(job_id)
    if found.by not in (actor.id, EVERYBODY) and Right.MANAGE not in actor.rights:
        raise UnknownJob(job_id)
    return found
