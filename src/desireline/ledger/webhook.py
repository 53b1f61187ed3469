"""Changes are sent to hooks: JSON by POST, signed, each at most three times; a receiver can never stop a change.

The headers are those of Standard Webhooks: `webhook-id`, `webhook-timestamp`, and `webhook-signature`, which is `v1,`
and the base64 of HMAC-SHA256 over "id.timestamp.body" with the hook's secret. Redirects are not followed. A host name
is looked up once for each try, every address that it has must be allowed, and the connection goes to that very
address, so that a name cannot point elsewhere in between. Link-local addresses (where clouds keep their secrets) and
multicast are never allowed. Nothing else in Desireline sends anything anywhere.
"""

from __future__ import annotations

import base64
import hmac
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from sqlalchemy import Engine, select

from desireline.errors import HookInvalid
from desireline.ledger.engine import reading, writing
from desireline.ledger.hooks import FAILED, PREFIX, SENT, WAITING, check_url
from desireline.ledger.models import DeliveryRow, HookRow
from desireline.version import __version__

TRIES = 3
TIMEOUT_S, PATIENCE_S = 5.0, 10.0  # for each step of a try, and for all of it
PAUSE_S = 0.5
ANSWER_BYTES = 64 * 1024
AT_ONCE = 100


@dataclass(frozen=True)
class Message:
    """One change on its way to one hook."""

    delivery: int
    url: str
    secret: str
    event_id: str
    body: str


@dataclass(frozen=True)
class Delivered:
    """What became of a message."""

    delivery: int
    url: str
    status: str
    tries: int
    says: str


Send = Callable[[Message], tuple[bool, str]]
"""Sends a message once: whether it was taken, and what the receiver or the fault said."""


def deliver(engine: Engine, *, again: bool, by_way_of: Send, pause_s: float = PAUSE_S) -> list[Delivered]:
    """What waits is sent, up to 100 messages, the oldest first; what became of each is in the ledger.

    When a message fails, the others for the same address wait for the next time, so that one dead receiver keeps
    nobody waiting for long.
    """
    found: list[Delivered] = []
    for message in _waiting(engine, again=again):
        if not any(one.url == message.url and one.status == FAILED for one in found):
            found.append(_record(engine, _try(message, by_way_of, pause_s)))
    return found


def send(message: Message) -> tuple[bool, str]:
    """The message is posted once, and given up after ten seconds. Receivers answer 2xx when they have it."""
    said: list[tuple[bool, str]] = []
    work = threading.Thread(target=lambda: said.append(_send(message)), daemon=True)
    work.start()
    work.join(PATIENCE_S)
    return said[0] if said else (False, f"no answer within {PATIENCE_S:g} s")


def _send(message: Message) -> tuple[bool, str]:
    try:
        check_url(message.url)
        return _post(urlsplit(message.url), message)
    except HookInvalid as fault:
        return False, str(fault)
    except (OSError, http.client.HTTPException, ValueError) as fault:
        return False, f"{type(fault).__name__}: {fault}"[:400]


def sign(secret: str, event_id: str, timestamp: str, body: bytes) -> str:
    """The signature that goes with a message; receivers make the same, and compare."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{event_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()


def allowed_address(host: str, port: int) -> str:
    """The address to connect to. Raises HookInvalid when one of the host's addresses is not allowed."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        plain = ipaddress.ip_address(address.partition("%")[0])
        plain = getattr(plain, "ipv4_mapped", None) or plain
        if plain.is_link_local or plain.is_multicast or plain.is_unspecified or plain.is_reserved:
            raise HookInvalid(f"{host} is at {address}, which is no address for a receiver.")
    return found[0]


def _post(parts: SplitResult, message: Message) -> tuple[bool, str]:
    secure, host = parts.scheme == "https", parts.hostname or ""
    port = parts.port or (443 if secure else 80)
    connection = _Straight(host, port, address=allowed_address(host, port), secure=secure)
    body, timestamp = message.body.encode(), str(int(time.time()))
    headers = {
        "content-type": "application/json",
        "user-agent": f"desireline/{__version__}",
        "webhook-id": message.event_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": sign(message.secret, message.event_id, timestamp, body),
    }
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe="/?&=%:;,+~!*'()@$-._")
    try:
        connection.request("POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        answer.read(ANSWER_BYTES)
    finally:
        connection.close()
    return 200 <= answer.status < 300, f"{answer.status} {answer.reason}"[:400]


class _Straight(http.client.HTTPConnection):
    """A connection to an address that was looked up before; the certificate is still that of the host."""

    def __init__(self, host: str, port: int, *, address: str, secure: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT_S)
        self.default_port = 443 if secure else 80
        self._address, self._secure = address, secure

    def connect(self) -> None:
        """Connect to the address."""
        plain = socket.create_connection((self._address, self.port), TIMEOUT_S)
        self.sock: Any = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=self.host) if self._secure else plain
        )


def _waiting(engine: Engine, *, again: bool) -> list[Message]:
    wanted = (WAITING, FAILED) if again else (WAITING,)
    with reading(engine) as session:
        rows = session.execute(
            select(DeliveryRow, HookRow)
            .join(HookRow, HookRow.id == DeliveryRow.hook_id)
            .where(DeliveryRow.status.in_(wanted))
            .order_by(DeliveryRow.id)
            .limit(AT_ONCE)
        ).all()
        return [Message(row.id, hook.url, hook.secret, row.event_id, row.body) for row, hook in rows]


def _try(message: Message, by_way_of: Send, pause_s: float) -> Delivered:
    says = ""
    for number in range(1, TRIES + 1):
        taken, says = by_way_of(message)
        if taken:
            return Delivered(message.delivery, message.url, SENT, number, says)
        if number < TRIES:
            time.sleep(pause_s * number)
    return Delivered(message.delivery, message.url, FAILED, TRIES, says)


def _record(engine: Engine, one: Delivered) -> Delivered:
    with writing(engine) as session:
        row = session.get(DeliveryRow, one.delivery)
        if row is not None:  # the hook may have been removed meanwhile
            row.status, row.tries, row.says = one.status, row.tries + one.tries, one.says
    return one
