"""Work that takes longer than a request: it runs on a thread, tells how far it is, and can be stopped.

    job = desk.jobs.start("demo", build, by=actor.id)      # in a route; answer with `job`

    def build(progress: Progress) -> dict[str, Any]:
        progress("Generating customers", 0.1)              # stops here when somebody cancelled
        return {"map_id": put_in(desk)}

Jobs live as long as the server: what a job has not put into the lake or the ledger is gone with it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from secrets import token_hex
from threading import Event, Lock, Semaphore, Thread
from time import monotonic
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from desireline.errors import DesirelineError, JobCancelled, ServerStops, TooMany, UnknownJob
from desireline.server.problems import Problem, problem_of, status_of

AT_ONCE = 2
WAITING = 20  # and running
KEPT = 200  # jobs that are over and can still be asked about
STOPPED = "Stopped."
Work = Callable[["Progress"], dict[str, Any]]
log = logging.getLogger("desireline.jobs")


class Job(BaseModel):
    """A piece of work as it stands now."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    by: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"] = "waiting"
    share: float | None = None  # of the work that is done, 0–1; none when nobody can tell
    says: str = ""
    result: dict[str, Any] | None = None
    problem: Problem | None = None

    @property
    def over(self) -> bool:
        """Nothing will change any more."""
        return self.state not in ("waiting", "running")


class Jobs:
    """The jobs of a server. All methods may be called from any thread."""

    def __init__(self) -> None:
        self._turns = Semaphore(AT_ONCE)
        self._lock = Lock()
        self._held: dict[str, _Held] = {}
        self._stopping = False

    def start(self, kind: str, work: Work, *, by: str) -> Job:
        """The work has begun, or waits for its turn. `by` is the id of the member who asked.

        Raises ServerStops, TooMany.
        """
        held = _Held(Job(id=token_hex(8), kind=kind, by=by))
        with self._lock:
            if self._stopping:
                raise ServerStops
            self._forget()
            if sum(not one.job.over for one in self._held.values()) >= WAITING:
                raise TooMany("Too much is being worked on already.", 30)
            self._held[held.job.id] = held
        # A daemon: a job that does not listen must not keep the process from ending.
        Thread(target=self._run, args=(held, work), name=f"job-{held.job.id}", daemon=True).start()
        return held.job

    def get(self, id_: str) -> Job:
        """The job with this id. Raises UnknownJob."""
        return self._find(id_).job

    def all(self) -> list[Job]:
        """All jobs that are remembered, the first to begin first."""
        with self._lock:
            return [held.job for held in self._held.values()]

    def cancel(self, id_: str) -> Job:
        """The job stops at the next place where it tells how far it is; one that is over stays. Raises UnknownJob."""
        held = self._find(id_)
        held.cancelled.set()
        held.change(only="waiting", state="cancelled", says=STOPPED)
        return held.job

    async def watch(self, id_: str, *, every: float = 15) -> AsyncIterator[Job | None]:
        """The job as it is, and again whenever it changes, until it is over; None when nothing happened for a while.

        Raises UnknownJob. Call it on the event loop.
        """
        held = self._find(id_)
        changed = held.listen(asyncio.get_running_loop())
        try:
            while True:
                changed.clear()
                job = held.job
                yield job
                if job.over:
                    return
                while not changed.is_set():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(changed.wait(), every)
                        break
                    yield None
        finally:
            held.unlisten(changed)

    def close(self) -> None:
        """Every job is asked to stop, whoever watches one hears that it is over, and no new one begins."""
        with self._lock:
            self._stopping = True
            some = list(self._held.values())
        for held in some:
            held.cancelled.set()
            held.change(state="cancelled", says="The server stopped.")

    def _run(self, held: _Held, work: Work) -> None:
        with self._turns:
            if not held.change(only="waiting", state="running"):
                return
            try:
                result = work(Progress(held))
            except JobCancelled:
                held.change(state="cancelled", says=STOPPED)
            except Exception as fault:  # noqa: BLE001 (somebody waits for what became of it)
                _failed(held, fault)
            else:
                held.change(state="done", share=1.0, result=result)

    def _find(self, id_: str) -> _Held:
        with self._lock:
            if id_ not in self._held:
                raise UnknownJob(id_)
            return self._held[id_]

    def _forget(self) -> None:
        over = sorted((held for held in self._held.values() if held.job.over), key=lambda held: held.ended)
        for held in over[: max(0, len(over) - KEPT)]:
            del self._held[held.job.id]


class Progress:
    """What a piece of work tells while it runs."""

    def __init__(self, held: _Held) -> None:
        self._held = held

    def __call__(self, says: str, share: float | None = None) -> None:
        """Whoever watches sees this. Raises JobCancelled when somebody wants the work to stop."""
        if self._held.cancelled.is_set():
            raise JobCancelled
        self._held.change(says=says, share=None if share is None else min(1.0, max(0.0, share)))


class _Held:
    """A job with what moves it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.cancelled = Event()
        self.ended = 0.0  # by a clock that only goes on
        self._lock = Lock()
        self._listening: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def change(self, *, only: str = "", **fields: Any) -> bool:
        """The job says this now and whoever listens is woken; nothing happens when it is over, or not `only` so far."""
        with self._lock:
            if self.job.over or only not in ("", self.job.state):
                return False
            self.job = self.job.model_copy(update=fields)
            if self.job.over:
                self.ended = monotonic()
            listening = list(self._listening)
        for loop, changed in listening:
            with suppress(RuntimeError):  # that loop is closed, so nobody waits there
                loop.call_soon_threadsafe(changed.set)
        return True

    def listen(self, loop: asyncio.AbstractEventLoop) -> asyncio.Event:
        """An event that is set on this loop when the job changes."""
        changed = asyncio.Event()
        with self._lock:
            self._listening.append((loop, changed))
        return changed

    def unlisten(self, changed: asyncio.Event) -> None:
        """Nobody waits for this event any more."""
        with self._lock:
            self._listening = [one for one in self._listening if one[1] is not changed]


def _failed(held: _Held, fault: Exception) -> None:
    if not isinstance(fault, DesirelineError) or status_of(fault)[0] >= 500:
        log.error("job %s (%s) failed", held.job.id, held.job.kind, exc_info=fault)
    told = problem_of(fault)
    held.change(state="failed", says=told.says, problem=told)
