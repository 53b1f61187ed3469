"""Questions to the data: answered at once from what is held, else by a job that others who ask the same wait for, too.

    answer = await desk.looks.ask("measured", [map_, question], work, by=actor.id)

    def work(workspace: Workspace, step: Step) -> dict[str, Any]:      # as `desireline measure --json` says it
        return workspace.measure(map_, question, step=step).as_json()

What is held is named by the question and the state of the data, so it is never out of date.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from fastapi import Response

from desireline.errors import DesirelineError, NoDataYet, WorkspaceMissing
from desireline.json_form import json_text
from desireline.pipeline.bringing import Step
from desireline.server.jobs import Job, Jobs, Progress

if TYPE_CHECKING:
    from desireline.workspace import Workspace

PATIENCE_S = 0.4  # for which the first who asks is kept waiting before they are told of a job
HELD = 64 * 1024 * 1024  # bytes of answers
EVERYBODY = ""  # whose job it is: all who may read see how far it is

Work = Callable[["Workspace", Step], Any]


class Looks:
    """The questions to one workspace's data. `ask` is called on the event loop."""

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        self._folder = folder
        self._jobs = jobs
        self._lock = Lock()
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._running: dict[str, str] = {}
        self._faults: dict[str, DesirelineError] = {}

    async def ask(self, kind: str, about: object, work: Work) -> Response:
        """The answer, or (202) the job that looks for it: ask again when it is done.

        Raises NoDataYet, TooMany, and what `work` raises.
        """
        key = await asyncio.to_thread(self._key, kind, about)
        with self._lock:
            had = self._held.get(key)
            if had is not None:
                self._held.move_to_end(key)
                return _json(had)
            id_ = self._running.get(key)
            if id_ is None:
                id_ = self._running[key] = self._jobs.start(kind, self._looking(key, work), by=EVERYBODY).id
        job = await self._watched(id_)
        with self._lock:
            fault, had = self._faults.pop(id_, None), self._held.get(key)
        if fault is not None:
            raise fault
        return _json(had) if had is not None else _json(job.model_dump_json().encode(), status=202)

    def _key(self, kind: str, about: object) -> str:
        said = json_text([kind, about])
        return f"{blake2b(said.encode(), digest_size=16).hexdigest()} {self.opened().state()}"

    def opened(self) -> Workspace:
        """The workspace. Raises NoDataYet."""
        from desireline.workspace import Workspace  # noqa: PLC0415  a server that only holds maps does without

        try:
            return Workspace.open(self._folder)
        except WorkspaceMissing:
            raise NoDataYet from None

    def _looking(self, key: str, work: Work) -> Callable[[Progress], dict[str, Any]]:
        def looks(progress: Progress) -> dict[str, Any]:
            def step(what: str, done: int, of: int) -> None:
                progress(what, done / of if of else None)

            try:
                answer = work(self.opened(), step)
                self._hold(key, json_text(answer).encode())
            except DesirelineError as fault:
                with self._lock:
                    self._faults[self._running[key]] = fault
                raise
            finally:
                with self._lock:
                    del self._running[key]
            return {}

        return looks

    def _hold(self, key: str, answer: bytes) -> None:
        with self._lock:
            self._held[key] = answer
            while sum(map(len, self._held.values())) > HELD and len(self._held) > 1:
                self._held.popitem(last=False)

    async def _watched(self, id_: str) -> Job:
        """The job, as it is when it is over or when somebody waited long enough."""

        async def over() -> None:
            async for _job in self._jobs.watch(id_):
                pass

        with suppress(TimeoutError):
            await asyncio.wait_for(over(), PATIENCE_S)
        return self._jobs.get(id_)


def _json(body: bytes, *, status: int = 200) -> Response:
    return Response(body, status_code=status, media_type="application/json", headers={"Cache-Control": "no-store"})
