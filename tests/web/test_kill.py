"""The server is killed again and again while people edit: what it acknowledged is there, once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from pycrdt import Doc
from tests.loops import on_a_loop
from tests.web.editing import Editor, board, missing_and_doubled

from desireline.ledger.documents import Update
from desireline.live.bring import bring
from desireline.live.document import document_data
from desireline.live.shape import new_document
from desireline.server.desk import Desk, open_desk
from desireline.server.run import first_link

ROOT = Path(__file__).parents[2]
EDITORS = 10


@dataclass
class Killable:
    """A server in a process of its own; the ledger is read beside it."""

    desk: Desk
    port: int
    launcher: subprocess.Popen[str]
    pid: int = 0

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        assert self.launcher.stdin is not None
        assert self.launcher.stdout is not None
        self.launcher.stdin.write("start\n")
        self.launcher.stdin.flush()
        self.pid = int(self.launcher.stdout.readline())

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def on_disk(self, id_: str) -> Doc[Any]:
        doc = new_document()
        for body in self.desk.documents.history(id_).bodies:
            doc.apply_update(body)
        return doc

    def cookie(self) -> str:
        secret = first_link(self.desk, "").partition("#")[2]
        with httpx.Client(base_url=f"http://{self.address}", timeout=20) as client:
            for _ in range(50):
                with suppress(httpx.TransportError):
                    client.post("/api/session/link", json={"secret": secret}).raise_for_status()
                    break
                time.sleep(0.1)
            return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


@contextmanager
def killable(folder: Path) -> Iterator[Killable]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.web.server_process", str(folder), str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as launcher:
        found = Killable(open_desk(folder), port, launcher)
        try:
            found.start()
            yield found
        finally:
            with suppress(ProcessLookupError):
                found.kill()
            assert launcher.stdin is not None
            launcher.stdin.close()
            found.desk.engine.dispose()


@pytest.mark.parametrize("kills", [6, pytest.param(25, marks=pytest.mark.long)])
def test_kills_while_10_edit_lose_nothing_that_was_acknowledged_and_double_nothing(tmp_path: Path, kills: int):
    with killable(tmp_path) as server:
        doc = new_document()
        bring(doc, board())
        first = Update(doc.get_update(), "olga", "2026-03-02T09:00:00+00:00")
        id_ = server.desk.documents.make(map_id="m", title="M", owner="", text="", first=first).id
        saved, faults = on_a_loop(_edit_and_kill(server, id_, server.cookie(), kills))
        on_disk = server.on_disk(id_)
    assert faults == []
    assert missing_and_doubled(on_disk, saved) == ([], [])
    assert len(saved) > kills * EDITORS


async def _edit_and_kill(server: Killable, id_: str, cookie: str, kills: int) -> tuple[set[str], list[Any]]:
    """All marks that were acknowledged, and what went wrong on the way."""
    address = f"ws://{server.address}/api/maps/{id_}/live"
    editors = [Editor(address, cookie, number) for number in range(EDITORS)]
    tasks = [asyncio.create_task(editor.run()) for editor in editors]
    faults: list[Any] = []
    for kill in range(kills):
        await asyncio.wait_for(asyncio.gather(*(editor.met.wait() for editor in editors)), 20)
        await asyncio.sleep(random.uniform(0.05, 0.4))
        server.kill()
        saved = {mark for editor in editors for mark in editor.saved}
        lost, doubled = missing_and_doubled(server.on_disk(id_), saved)
        faults += [(kill, lost, doubled)] if lost or doubled else []
        server.start()
    for editor in editors:
        editor.resting = True
    for _ in range(300):
        if all(editor.all_saved() and editor.met.is_set() for editor in editors):
            break
        await asyncio.sleep(0.05)
    faults += [editor.number for editor in editors if not editor.all_saved() or editor.refused]
    for _ in range(50):  # an edit is acknowledged to who made it before the last of the others has heard of it
        wholes = {str(document_data(editor.doc)) for editor in editors} | {str(document_data(server.on_disk(id_)))}
        if len(wholes) == 1:
            break
        await asyncio.sleep(0.1)
    faults += ["the copies differ"] if len(wholes) > 1 else []
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return {mark for editor in editors for mark in editor.saved}, faults
