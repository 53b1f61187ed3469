"""Which jobs are remembered when they are over."""

from __future__ import annotations

from threading import Event
from typing import Any

from tests.loops import on_a_loop

from desireline.server.jobs import KEPT, Job, Jobs, Progress


def at_once(_progress: Progress) -> dict[str, Any]:
    return {}


async def over(jobs: Jobs, job: Job) -> None:
    async for _one in jobs.watch(job.id):
        pass


def test_a_long_job_is_remembered_as_long_as_short_ones_that_ended_with_it():
    jobs, may = Jobs(), Event()

    def long(_progress: Progress) -> dict[str, Any]:
        may.wait(60)
        return {"import_id": "one"}

    async def story() -> Any:
        first = jobs.start("importing", long, by="ana")
        for _ in range(KEPT):
            await over(jobs, jobs.start("measured", at_once, by=""))
        may.set()
        await over(jobs, first)
        await over(jobs, jobs.start("measured", at_once, by=""))
        return jobs.get(first.id).result

    assert on_a_loop(story()) == {"import_id": "one"}
    assert len(jobs.all()) == KEPT + 1
