"""How long an edit takes to reach everybody else who has the map open, acknowledged edits only.

    python -m bench.web.fanout                     50 people, 100 edits a second in all, for 10 s
    python -m bench.web.fanout --people 100

The server runs in a process of its own, on a map with 300 cards; all people are in this one, on the same machine.
Prints p50, p95 and p99 in milliseconds from the sending of an edit to its arrival at each of the others.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

import numpy as np
from tests.web.editing import Editor, board
from tests.web.test_kill import Killable, killable

from desireline.ledger.documents import Update
from desireline.live.bring import bring
from desireline.live.document import document_data
from desireline.live.shape import new_document

CARDS, WARM_S = 300, 2.0


class Timed(Editor):
    """An editor that remembers when it sent what."""

    sent: dict[bytes, float]

    def edit(self) -> tuple[bytes, str]:
        update, mark = super().edit()
        self.sent[update] = time.perf_counter()
        return update, mark


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("--people", type=int, default=50)
    said.add_argument("--edits", type=float, default=100, help="a second, in all")
    said.add_argument("--seconds", type=float, default=10)
    how = said.parse_args()
    with tempfile.TemporaryDirectory() as folder, killable(Path(folder)) as server:
        late, made, people = asyncio.run(_measure(server, _map(server), how.people, how.edits, how.seconds))
    p50, p95, p99 = np.percentile(np.array(late) * 1000, [50, 95, 99])
    print(
        f"{how.people} people, {made / how.seconds:.0f} edits/s, {len(late) / how.seconds:,.0f} messages/s: "
        f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms; {people} different copies at the end"
    )


def _map(server: Killable) -> str:
    data = board()
    data["cards"] += [{"id": f"c{n}", "at": "pay", "lane": "doing", "says": f"Waits {n}"} for n in range(CARDS)]
    doc = new_document()
    bring(doc, data)
    first = Update(doc.get_update(), "olga", "2026-03-02T09:00:00+00:00")
    return server.desk.documents.make(map_id="m", title="M", owner="", text="", first=first).id


async def _measure(
    server: Killable, id_: str, people: int, edits: float, seconds: float
) -> tuple[list[float], int, int]:
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
    made = sum(at > begins for at in sent.values())
    return late, made, len({str(document_data(editor.doc)) for editor in editors})


if __name__ == "__main__":
    main()
