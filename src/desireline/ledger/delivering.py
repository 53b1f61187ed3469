"""What waits is sent to its hooks, each message by one sender at a time; a receiver can never stop a change.

A message is claimed before it is sent, for as long as sending may take: of several commands at once one sends it. What
was sent stays sent, whatever a slower sender says afterwards. Each command tries a message once, and takes a few
seconds for all of them together; what is left waits for the next command, and is given up after three tries.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from desireline.ledger.engine import reading, writing
from desireline.ledger.hooks import FAILED, SENT, WAITING, host_of
from desireline.ledger.models import DeliveryRow, HookRow
from desireline.ledger.webhook import Message

TRIES = 3
AT_ONCE = 100
LIMIT_S, LONG_LIMIT_S = 5.0, 60.0  # for all messages of a command; when somebody asked for nothing else
TOO_LATE_S = 0.5  # with less time than this nothing is begun
LEASE_S = 60.0  # longer than any try


@dataclass(frozen=True)
class Delivered:
    """What became of a message: sent, failed, or waiting for another try. `host`: addresses may hold secrets."""

    delivery: int
    host: str
    status: str
    tries: int
    says: str


Send = Callable[[Message], tuple[bool, str]]
"""Sends a message once: whether it was taken, and what the receiver or the fault said."""


def deliver(engine: Engine, *, again: bool, by_way_of: Send, limit_s: float = LIMIT_S) -> list[Delivered]:
    """What waits is tried once, up to 100 messages, the oldest first; what became of each is in the ledger.

    When a message fails, the others for the same hook wait for the next time, and hooks that failed before come last:
    a dead receiver takes the time of nobody else's messages. `again`: also what was given up.
    """
    found: list[Delivered] = []
    dead: set[int] = set()
    end = time.monotonic() + limit_s
    for hook, message in _waiting(engine, again=again):
        left = end - time.monotonic()
        if left < TOO_LATE_S:
            break
        claim = "" if hook in dead else _claim(engine, message.delivery, again=again)
        if claim:
            taken, says = by_way_of(replace(message, patience_s=min(message.patience_s, left)))
            found.append(_record(engine, message, claim, taken=taken, says=says))
            dead |= set() if taken else {hook}
    return found


def _waiting(engine: Engine, *, again: bool) -> list[tuple[int, Message]]:
    with reading(engine) as session:
        rows = session.execute(
            select(DeliveryRow, HookRow)
            .join(HookRow, HookRow.id == DeliveryRow.hook_id)
            .where(DeliveryRow.status.in_(_open(again=again)), DeliveryRow.claim <= _instant())
            .order_by(DeliveryRow.id)
            .limit(AT_ONCE)
        ).all()
        failed = _failed_tries(session)
        found = [(row.hook_id, _message(row, hook)) for row, hook in rows]
        return sorted(found, key=lambda one: (failed.get(one[0], 0), one[1].delivery))


def _message(row: DeliveryRow, hook: HookRow) -> Message:
    return Message(row.id, hook.url, hook.secret, row.event_id, row.body, allow_local=hook.allow_local)


def _failed_tries(session: Session) -> dict[int, int]:
    """How often each hook did not take what is still to be sent."""
    tries = select(DeliveryRow.hook_id, func.sum(DeliveryRow.tries)).where(DeliveryRow.status != SENT)
    return {hook: int(count) for hook, count in session.execute(tries.group_by(DeliveryRow.hook_id))}


def _claim(engine: Engine, delivery: int, *, again: bool) -> str:
    """The claim on the message, when nobody else has it; "" when somebody has, or it was sent."""
    claim = f"{_instant(LEASE_S)} {secrets.token_hex(16)}"
    free = (DeliveryRow.id == delivery, DeliveryRow.status.in_(_open(again=again)), DeliveryRow.claim <= _instant())
    with writing(engine) as session:
        return claim if _changes(session, *free, claim=claim) else ""


def _record(engine: Engine, message: Message, claim: str, *, taken: bool, says: str) -> Delivered:
    """What became of it is in the ledger. One that failed is told so only while the claim on it is still ours."""
    with writing(engine) as session:
        row = session.get(DeliveryRow, message.delivery, with_for_update=True)
        tries = (row.tries if row else 0) + 1
        status = SENT if taken else WAITING if tries < TRIES else FAILED
        ours = DeliveryRow.status != SENT if taken else (DeliveryRow.status != SENT) & (DeliveryRow.claim == claim)
        mine = DeliveryRow.id == message.delivery
        told = _changes(session, mine, ours, status=status, tries=tries, says=says, claim="")
        if not told and row is not None and row.status == SENT:
            status, says = SENT, row.says
    return Delivered(message.delivery, host_of(message.url), status, tries, says)


def _changes(session: Session, *where: object, **values: object) -> bool:
    done = session.execute(
        update(DeliveryRow).where(*where).values(values).execution_options(synchronize_session=False)  # type: ignore[arg-type]
    )
    return isinstance(done, CursorResult) and done.rowcount == 1


def _open(*, again: bool) -> tuple[str, ...]:
    return (WAITING, FAILED) if again else (WAITING,)


def _instant(ahead_s: float = 0.0) -> str:
    """Texts of one length, which sort like instants."""
    return (datetime.now(UTC) + timedelta(seconds=ahead_s)).isoformat(timespec="microseconds")
