"""Hooks: addresses to which changes are sent, and what is to be sent. There are none until somebody adds one.

An address is https:// on its usual port, unless somebody said in writing that its receiver is in their own network.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desireline.errors import HookInvalid, UnknownHook
from desireline.initiatives.records import By
from desireline.ledger.addresses import OWN, check_address, literal_address
from desireline.ledger.models import DeliveryRow, HookRow

WAITING, SENT, FAILED = "waiting", "sent", "failed"
LONGEST_URL = 2_000
PREFIX = "whsec_"


@dataclass(frozen=True)
class Hook:
    """An address; `secret` is shown once, when it is made."""

    number: int
    url: str
    secret: str
    who: str
    at: str
    allow_local: bool = False

    @property
    def host(self) -> str:
        """What it is called in messages: paths of addresses are often secrets of their own."""
        return host_of(self.url)

    def as_json(self, *, with_secret: bool = False) -> dict[str, Any]:
        """As plain data, without the secret and the whole address unless they are asked for."""
        told: dict[str, Any] = {"number": self.number, "host": self.host, "who": self.who, "at": self.at}
        told |= {"allow_local": self.allow_local}
        return told | ({"url": self.url, "secret": self.secret} if with_secret else {})


@dataclass(frozen=True)
class Delivery:
    """A change that was to be sent, and what became of it."""

    number: int
    hook: int
    event_id: str
    at: str
    status: str
    tries: int
    says: str


def host_of(url: str) -> str:
    """The host that an address names, with its port where it names one."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return f"{host}:{parts.port}" if parts.port else host


def check_url(url: str, *, allow_local: bool = False) -> None:
    """Nothing happens when changes can be sent there; where its name leads is seen when they are. Raises HookInvalid.

    `allow_local`: http:// and every port will do, and addresses in one's own network.
    """
    if len(url) > LONGEST_URL or any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise HookInvalid("an address has no blanks or control characters, and at most 2,000 characters.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as fault:
        raise HookInvalid(f"{fault}.") from fault
    if parts.scheme not in ("http", "https") or not host:
        raise HookInvalid("an address begins with https:// or http:// and names a host.")
    if parts.username is not None or parts.password is not None:
        raise HookInvalid("an address holds no name and password; receivers check the signature instead.")
    if not allow_local and parts.scheme != "https":
        raise HookInvalid(f"an address begins with https://, so that nobody on the way can read it. {OWN}")
    if not allow_local and port not in (None, 80, 443):
        raise HookInvalid(f"a receiver listens on port 443 or 80, not {port}. {OWN}")
    if not allow_local and (host == "localhost" or host.endswith((".localhost", ".local", ".internal"))):
        raise HookInvalid(f"{host} is in your own network. {OWN}")
    literal = literal_address(host)
    if literal:
        check_address(literal, allow_local=allow_local)


def add(session: Session, url: str, *, by: By, allow_local: bool = False) -> Hook:
    """There is a hook with a new secret. Raises HookInvalid."""
    check_url(url, allow_local=allow_local)
    secret = PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()
    row = HookRow(url=url, secret=secret, who=by.who, at=by.at.isoformat(), active=True, allow_local=allow_local)
    session.add(row)
    session.flush()
    return _read(row)


def remove(session: Session, number: int) -> None:
    """The hook is gone, with what waited for it. Raises UnknownHook."""
    row = session.get(HookRow, number)
    if row is None:
        raise UnknownHook(number)
    session.execute(delete(DeliveryRow).where(DeliveryRow.hook_id == number))
    session.delete(row)


def listed(session: Session) -> list[Hook]:
    """All hooks, the oldest first."""
    return [_read(row) for row in session.scalars(select(HookRow).where(HookRow.active).order_by(HookRow.id))]


def announce(session: Session, kind: str, data: dict[str, Any], *, key: str, at: datetime) -> None:
    """The change waits to be sent to every hook. Nothing is written where there is none.

    Its id holds a random part: receivers tell repeats by it, also those who listen to several workspaces.
    """
    body = json.dumps({"type": kind, "timestamp": at.isoformat(), "data": data}, ensure_ascii=False, sort_keys=True)
    event_id = f"{kind}.{key}".encode("ascii", "replace").decode()[:47] + f".{secrets.token_hex(16)}"
    for row in session.scalars(select(HookRow).where(HookRow.active).order_by(HookRow.id)).all():
        session.add(
            DeliveryRow(
                hook_id=row.id,
                event_id=event_id,
                at=at.isoformat(),
                body=body,
                status=WAITING,
                tries=0,
                says="",
                claim="",
            )
        )


def deliveries(session: Session, *, limit: int) -> list[Delivery]:
    """The newest deliveries."""
    rows = session.scalars(select(DeliveryRow).order_by(DeliveryRow.id.desc()).limit(limit))
    return [Delivery(row.id, row.hook_id, row.event_id, row.at, row.status, row.tries, row.says) for row in rows]


def _read(row: HookRow) -> Hook:
    return Hook(row.id, row.url, row.secret, row.who, row.at, row.allow_local)
