"""A change on its way to a receiver: JSON by POST, signed, sent once; redirects are not followed.

The headers are those of Standard Webhooks: `webhook-id`, `webhook-timestamp`, and `webhook-signature`, which is `v1,`
and the base64 of HMAC-SHA256 over "id.timestamp.body" with the hook's secret. A host name is looked up once for each
try, every address that it has must be allowed, and the connection goes to that very address, so that a name cannot
point elsewhere in between. Nothing else in Desireline sends anything anywhere.
"""

from __future__ import annotations

import base64
import hmac
import http.client
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from desireline.errors import HookInvalid
from desireline.ledger.addresses import check_address, is_open
from desireline.ledger.hooks import PREFIX, check_url
from desireline.version import __version__

STEP_S, PATIENCE_S = 5.0, 10.0  # for each step of a try, and for all of it
ANSWER_BYTES = 64 * 1024
USUAL = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Message:
    """One change on its way to one hook."""

    delivery: int
    url: str
    secret: str
    event_id: str
    body: str
    allow_local: bool = False
    patience_s: float = PATIENCE_S


def send(message: Message) -> tuple[bool, str]:
    """The message is posted once, and given up when patience ends. Receivers answer 2xx when they have it."""
    said: list[tuple[bool, str]] = []
    work = threading.Thread(target=lambda: said.append(_send(message)), daemon=True)
    work.start()
    work.join(message.patience_s)
    return said[0] if said else (False, f"no answer within {message.patience_s:.0f} s")


def _send(message: Message) -> tuple[bool, str]:
    try:
        check_url(message.url, allow_local=message.allow_local)
        return _post(urlsplit(message.url), message)
    except HookInvalid as fault:
        return False, str(fault)
    except OSError as fault:
        return False, _plain(f"{type(fault).__name__}: {fault}")
    except (http.client.HTTPException, ValueError) as fault:
        return False, type(fault).__name__  # their words may hold the whole address


def sign(secret: str, event_id: str, timestamp: str, body: bytes) -> str:
    """The signature that goes with a message; receivers make the same, and compare."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{event_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()


def allowed_address(host: str, port: int, *, allow_local: bool = False, only_local: bool = False) -> str:
    """The address to connect to. Raises HookInvalid when one of the host's addresses is not allowed.

    `only_local`: what is not encrypted, or listens on an unusual port, is called in one's own network only.
    """
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        check_address(address, allow_local=allow_local)
        if only_local and is_open(address):
            raise HookInvalid(f"{host} is on the open internet: https:// on port 443 or 80 goes there, nothing else.")
    return found[0]


def _post(parts: SplitResult, message: Message) -> tuple[bool, str]:
    secure, host = parts.scheme == "https", parts.hostname or ""
    port = parts.port or USUAL[parts.scheme]
    unusual = not secure or port not in USUAL.values()
    address = allowed_address(host, port, allow_local=message.allow_local, only_local=unusual)
    connection = _Straight(host, port, address=address, secure=secure)
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
    return 200 <= answer.status < 300, _plain(f"{answer.status} {answer.reason}")


def _plain(text: str) -> str:
    """What a receiver says, fit for a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:400]


class _Straight(http.client.HTTPConnection):
    """A connection to an address that was looked up before; the certificate is still that of the host."""

    def __init__(self, host: str, port: int, *, address: str, secure: bool) -> None:
        super().__init__(host, port, timeout=STEP_S)
        self.default_port = 443 if secure else 80
        self._address, self._secure = address, secure

    def connect(self) -> None:
        """Connect to the address."""
        plain = socket.create_connection((self._address, self.port), STEP_S)
        self.sock: Any = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=self.host) if self._secure else plain
        )
