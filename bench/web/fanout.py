"""How long an edit takes to reach everybody else who has the map open, acknowledged edits only.

    python -m bench.web.fanout                     50 people, 100 edits a second in all, for 10 s, three times
    python -m bench.web.fanout --people 100

The server runs in a process of its own, on a map with 300 cards; all people are in this one, on the same machine. They
note when something arrives, and look at it at the end: in a workshop each has a machine of their own for that.
Prints p50, p95 and p99 in milliseconds from the sending of an edit to its arrival at each of the others, of the run
with the middle p99.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tests.web.editing import Editor, board
from tests.web.test_kill import Killable, killable
from websockets.asyncio.client import ClientConnection

from bench.web.figure import Figure
from desireline.ledger.documents import Update
from desireline.live.bring import bring
from desireline.live.document import document_data
from desireline.live.messages import Kind, read_number
from desireline.live.shape import new_document

CARDS, WARM_S = 300, 2.0


@dataclass
class Timed(Editor):
    """An editor that remembers when it sent what, and applies what others did when all is over."""

    sent: dict[bytes, float] = field(default_factory=dict)
    later: list[bytes] = field(default_factory=list)

    async def _take(self, socket: ClientConnection, kind: Kind, body: bytes) -> None:
        if kind is Kind.UPDATE and self.met.is_set():
            update = read_number(body)[1]
            self.heard(update)
            self.later.append(update)
        else:
            await super()._take(socket, kind, body)

    def edit(self) -> tuple[bytes, str]:
        """The same, with the time."""
        update, mark = super().edit()
        self.sent[update] = time.perf_counter()
        return update, mark


@dataclass(frozen=True)
class Run:
    """One run: seconds on the way, by p50, p95 and p99; edits a second; the server's processors; copies at the end."""

    late: tuple[float, float, float]
    edits: float
    processors: float
    copies: int


def main() -> None:
    """Print the figures."""
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("--people", type=int, default=50)
    said.add_argument("--edits", type=float, default=100, help="a second, in all")
    said.add_argument("--seconds", type=float, default=10)
    said.add_argument("--runs", type=int, default=3)
    how = said.parse_args()
    for one in measure(how.people, how.edits, seconds=how.seconds, runs=how.runs):
        print("  ".join(one.cells()))


def measure(people: int = 50, edits: float = 100, *, seconds: float = 10, runs: int = 3) -> list[Figure]:
    """The way of an edit to all others, and what it costs the server."""
    found = sorted((_run(people, edits, seconds) for _ in range(runs)), key=lambda run: run.late[2])
    one = found[len(found) // 2]
    what = f"{people} people, {one.edits:.0f} edits a second in all: an edit is at everybody else"
    p50, p95, p99 = (late * 1000 for late in one.late)
    return [
        Figure(f"{what}, p99", p99, "ms", bar=100),
        Figure("— p95", p95, "ms"),
        Figure("— p50", p50, "ms"),
        Figure("— processors that the server keeps busy", one.processors, "of 1", digits=2),
        Figure("— different copies at the end", max(run.copies for run in found), "", bar=1),
    ]


def _run(people: int, edits: float, seconds: float) -> Run:
    with tempfile.TemporaryDirectory() as folder, killable(Path(folder)) as server:
        id_, before, begins = _map(server), _processor_s(server.pid), time.perf_counter()
        late, made, copies = asyncio.run(_watch(server, id_, people, edits, seconds))
        busy = (_processor_s(server.pid) - before) / (time.perf_counter() - begins)
    p50, p95, p99 = np.percentile(late, [50, 95, 99])
    return Run((p50, p95, p99), made / seconds, busy, copies)


def _processor_s(pid: int) -> float:
    """Seconds of processor that a process has had; 0 where the system does not say (it is no Linux)."""
    told = Path(f"/proc/{pid}/stat")
    if not told.exists():
        return 0.0
    parts = told.read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _map(server: Killable) -> str:
    data = board()
    data["cards"] += [{"id": f"c{n}", "at": "pay", "lane": "doing", "says": f"Waits {n}"} for n in range(CARDS)]
    doc = new_document()
    bring(doc, data)
    first = Update(doc.get_update(), "olga", "2026-03-02T09:00:00+00:00")
    return server.desk.documents.make(map_id="m", title="M", owner="", text="", first=first).id


async def _watch(server: Killable, id_: str, people: int, edits: float, seconds: float) -> tuple[list[float], int, int]:
    sent: dict[bytes, float] = {}
    late: list[float] = []
    begins = time.perf_counter() + WARM_S

    def heard(update: bytes) -> None:
        at = sent.get(update, 0.0)
        if at > begins:
            late.append(time.perf_counter() - at)

    address, cookie = f"ws://{server.address}/api/maps/{id_}/live", server.cookie()
    pause = people / edits
    editors = [Timed(address, cookie, n, (0.5 * pause, 1.5 * pause), heard) for n in range(people)]
    for editor in editors:
        editor.sent = sent
    tasks = [asyncio.create_task(editor.run()) for editor in editors]
    await asyncio.sleep(WARM_S + seconds)
    for editor in editors:
        editor.resting = True
    while not all(editor.all_saved() for editor in editors):
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)
    for task in tasks:
        task.cancel()
    for editor in editors:
        for update in editor.later:
            editor.doc.apply_update(update)
    made = sum(at > begins for at in sent.values())
    return late, made, len({str(document_data(editor.doc)) for editor in editors})


if __name__ == "__main__":
    main()
