"""Questions to the data: answered at once from what is held, else by a job that others who ask the same wait for, too.

    answer = await desk.looks.ask("measured", [map_, asdict(question)], work)

    def work(workspace: Workspace, step: Step) -> dict[str, Any]:      # as `desireline measure --json` says it
        return workspace.measure(map_, question, step=step).as_json()

What is held is named by the question and the state of the data, so it is never out of date.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from fastapi import Response

from desireline.errors import DesirelineError, JobCancelled, NoDataYet, WorkspaceMissing
from desireline.json_form import json_text
from desireline.kept.code import map_version
from desireline.maps.records import Map
from desireline.pipeline.bringing import Step
from desireline.server.jobs import Job, Jobs, Progress

if TYPE_CHECKING:
    from desireline.workspace import Workspace

PATIENCE_S = 0.4  # for which whoever asks is kept waiting before they are told of a job
HELD = 64 * 1024 * 1024  # bytes of answers
EVERYBODY = ""  # whose job it is: all who may read see how far it is
LATER: dict[int | str, dict[str, Any]] = {202: {"model": Job, "description": "Ask again when this job is done."}}
"""What a route that asks says beside its answer: `responses=LATER`."""

Work = Callable[["Workspace", Step], Any]


@dataclass
class _Look:
    """A question that is worked on, and what came of it: whoever waits for it reads it here."""

    job: str = ""
    answer: bytes | None = None
    fault: Exception | None = None


class Looks:
    """The questions to one workspace's data. `ask` is called on the event loop."""

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        self._folder = folder
        self._jobs = jobs
        self._lock = Lock()
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._running: dict[str, _Look] = {}

    async def ask(
        self, kind: str, about: Sequence[object], work: Work, *, patience: float | None = PATIENCE_S
    ) -> Response:
        """The answer, or (202) after `patience` seconds the job that looks for it: ask again when it is done.

        `about` is all that the answer depends on beside the data: maps, and what `json_text` can say. Without
        patience to run out (None) the answer is waited for, however long that takes.
        Raises NoDataYet, TooMany, and what `work` raises; where it is waited for also JobCancelled.
        """
        key = await asyncio.to_thread(self._key, kind, about)
        with self._lock:
            had = self._held.get(key)
            if had is not None:
                self._held.move_to_end(key)
                return _json(had)
            look = self._running.get(key) or self._begin(key, kind, work)
        job = await self._watched(look.job, patience)
        if look.answer is not None:
            return _json(look.answer)
        if isinstance(look.fault, DesirelineError) or (look.fault and patience is None):
            raise look.fault
        if patience is None:
            raise JobCancelled
        return _json(job.model_dump_json().encode(), status=202)

    async def answer(self, kind: str, about: Sequence[object], work: Work) -> Any:
        """The answer itself, waited for: because something is written with it. Raises as `ask` without an end does."""
        found = await self.ask(kind, about, work, patience=None)
        return await asyncio.to_thread(json.loads, bytes(found.body))

    def opened(self) -> Workspace:
        """The workspace. Raises NoDataYet."""
        from desireline.workspace import Workspace  # noqa: PLC0415  a server that only holds maps does without

        try:
            return Workspace.open(self._folder)
        except WorkspaceMissing:
            raise NoDataYet from None

    def _key(self, kind: str, about: Sequence[object]) -> str:
        said = json_text([kind, *(map_version(one) if isinstance(one, Map) else one for one in about)])
        return f"{blake2b(said.encode(), digest_size=16).hexdigest()} {self.opened().state()}"

    def _begin(self, key: str, kind: str, work: Work) -> _Look:
        """Somebody is the first to ask this; call it with the lock. Raises TooMany, ServerStops."""
        look = _Look()
        look.job = self._jobs.start(kind, self._looking(key, look, work), by=EVERYBODY).id
        self._running[key] = look
        return look

    def _looking(self, key: str, look: _Look, work: Work) -> Callable[[Progress], dict[str, Any]]:
        def looks(progress: Progress) -> dict[str, Any]:
            def step(what: str, done: int, of: int) -> None:
                progress(what, done / of if of else None)

            try:
                look.answer = json_text(work(self.opened(), step)).encode()
                self._hold(key, look.answer)
            except Exception as fault:
                look.fault = fault
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

    async def _watched(self, id_: str, patience: float | None) -> Job:
        """The job, as it is when it is over or when somebody waited long enough."""

        async def over() -> None:
            async for _job in self._jobs.watch(id_):
                pass

        with suppress(TimeoutError):
            await asyncio.wait_for(over(), patience)
        return self._jobs.get(id_)


def _json(body: bytes, *, status: int = 200) -> Response:
    return Response(body, status_code=status, media_type="application/json", headers={"Cache-Control": "no-store"})
