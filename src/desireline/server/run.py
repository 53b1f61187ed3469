"""The server runs on one address until it is told to stop; then it finishes what it began."""

from __future__ import annotations

import socket
from datetime import timedelta

import uvicorn

from desireline.live.admit import MAX_UPDATE
from desireline.server.app import create_app
from desireline.server.desk import Desk

OPEN_FOR = timedelta(hours=12)  # the first link: as long as somebody may look at the terminal that shows it


def listen(host: str, port: int) -> socket.socket:
    """A socket on this address; port 0 takes one that is free. Raises OSError."""
    return socket.create_server((host, port), reuse_port=False)


def first_link(desk: Desk, address: str, *, name: str = "Owner") -> str:
    """The address that lets the first owner in, once."""
    owner = desk.members.first_owner(name, at=desk.clock())
    return f"{address}/open#{desk.members.link(owner.id, at=desk.clock(), lasts=OPEN_FOR)}"


def run(desk: Desk, on: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM."""
    config = uvicorn.Config(
        create_app(desk),
        log_level="warning",
        ws_max_size=MAX_UPDATE * 2,
        ws="websockets-sansio",
        timeout_graceful_shutdown=10,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[on])
