"""The server runs on one address until it is told to stop; then it finishes what it began.

On SIGTERM and Ctrl+C everybody in a map is told, what was sent is put on the disk and acknowledged, jobs are asked to
stop, and only then the connections close.
"""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import uvicorn

from desireline.errors import AddressTaken
from desireline.live.admit import MAX_MERGE
from desireline.live.messages import Kind, told
from desireline.server.app import create_app
from desireline.server.desk import Desk
from desireline.server.sketches import warm_templates

OPEN_FOR = timedelta(hours=12)  # the first link: as long as somebody may look at the terminal that shows it
PATIENCE_S = 10
CLOSING = "The server is stopping. What you change now stays in this browser, and is saved when it is back."


class Server(uvicorn.Server):
    """Serves one workspace."""

    def __init__(self, desk: Desk, *, behind_proxy: bool = False, log_level: str = "warning") -> None:
        self.desk = desk
        config = uvicorn.Config(
            create_app(desk),
            log_level=log_level,
            log_config=None,  # what it says goes where ours goes (`server.logs`)
            access_log=False,
            lifespan="on",
            ws="websockets-sansio",
            ws_max_size=MAX_MERGE * 2,  # what is somewhat too large is refused in words, not by closing
            ws_per_message_deflate=False,  # an edit is some bytes, and each would be packed for everybody
            timeout_graceful_shutdown=PATIENCE_S,
            server_header=False,
            proxy_headers=behind_proxy,  # else anybody could say that they come from elsewhere
        )
        super().__init__(config)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Everybody is told, and what they sent is saved, before the connections close."""
        self.desk.jobs.close()
        rooms = list(self.desk.rooms.opened().values())
        for room in rooms:
            room.tell(told(Kind.TOLD, {"kind": "closing", "says": CLOSING}))
        with suppress(TimeoutError):  # a disk that fails: what is not saved was not acknowledged
            await asyncio.wait_for(asyncio.gather(*(room.settled() for room in rooms)), PATIENCE_S / 2)
        await asyncio.sleep(0.1)  # what was just acknowledged is sent
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """A signal stops the server in good order, a second Ctrl+C at once; the process goes on after `run`."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {which: signal.signal(which, self.handle_exit) for which in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for which, handler in before.items():
                signal.signal(which, handler)


def listen(host: str, port: int) -> socket.socket:
    """A socket on this address; port 0 takes one that is free. Raises AddressTaken."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as fault:
        raise AddressTaken(_why(fault, host, port)) from fault


def is_local(host: str) -> bool:
    """Only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address_of(host: str, on: socket.socket) -> str:
    """What to type into a browser on this machine, or for all addresses into one elsewhere."""
    name = "localhost" if is_local(host) else socket.gethostname() if host in ("0.0.0.0", "::") else host
    return f"http://{f'[{name}]' if ':' in name else name}:{on.getsockname()[1]}"


def first_link(desk: Desk, address: str, *, name: str = "Owner") -> str:
    """The address that lets the first owner in, once."""
    owner = desk.members.first_owner(name, at=desk.clock())
    return f"{address}/open#{desk.members.link(owner.id, at=desk.clock(), lasts=OPEN_FOR)}"


def run(desk: Desk, on: socket.socket, *, behind_proxy: bool = False) -> None:
    """Serve until SIGINT or SIGTERM."""
    desk.members.forget_expired(at=desk.clock())
    threading.Thread(target=warm_templates, args=(desk.clock().date(),), daemon=True).start()
    Server(desk, behind_proxy=behind_proxy).run(sockets=[on])


def _why(fault: OSError, host: str, port: int) -> str:
    if fault.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is taken by another program. Choose another one, for instance --port {port + 1}, "
            "or --port 0 for any that is free."
        )
    if fault.errno == errno.EACCES:
        return f"Port {port} is only for administrators. Choose one from 1024 on, for instance --port 8765."
    if fault.errno == errno.EADDRNOTAVAIL:
        return f"This machine has no address {host}. Use 127.0.0.1 for this machine alone, 0.0.0.0 for all networks."
    if (fault.errno or 0) < 0:  # what looking up a name answers with
        return f"{host!r} is no address. Use 127.0.0.1 for this machine alone."
    return f"The server cannot listen on {host}, port {port}: {fault.strerror or fault}."
