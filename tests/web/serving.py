"""A server on loopback for one test, in a thread of it, with a workspace of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from desireline.server.desk import PATIENCE_S, Desk, open_desk
from desireline.server.run import Server, first_link, listen


@dataclass(frozen=True)
class Served:
    """A running server: its address, and the desk behind it."""

    address: str
    desk: Desk

    def link(self) -> str:
        """A link that lets the first owner in, once."""
        return first_link(self.desk, self.address, name="Olga")

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """A program in which the owner is signed in."""
        secret = self.link().partition("#")[2]
        with httpx.Client(base_url=self.address, timeout=20) as client:
            client.post("/api/session/link", json={"secret": secret}).raise_for_status()
            yield client

    def new_map(self, template: str = "hotel-stay") -> str:
        """The id of a new map from a template."""
        with self.client() as client:
            made = client.post("/api/maps", json={"template": template})
            return str(made.raise_for_status().json()["id"])


@contextmanager
def serving(folder: Path, *, patience_s: float = PATIENCE_S, **parts: object) -> Iterator[Served]:
    """A server for the workspace in this folder, until the end of the block; `parts` take the place of its own."""
    desk, on = replace(open_desk(folder, patience_s=patience_s), **parts), listen("127.0.0.1", 0)  # type: ignore[arg-type]
    server = Server(desk, log_level="error")
    thread = threading.Thread(target=server.run, kwargs={"sockets": [on]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield Served(f"http://127.0.0.1:{on.getsockname()[1]}", desk)
    finally:
        server.should_exit = True
        thread.join(15)
        on.close()
