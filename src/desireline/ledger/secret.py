"""Secrets that let somebody in: made, found again, taken, ended. All of it within a session of the caller's.

A secret is 256 random bits, shown once; the ledger keeps its SHA-256. It needs no salt, since nobody guesses 256 bits.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_hex, token_urlsafe

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desireline.ledger.member_rows import SecretRow

SESSION, LINK, INVITATION, TOKEN = "session", "link", "invitation", "token"


def hashed(secret: str) -> str:
    """What the ledger keeps of a secret."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def make_secret(
    session: Session,
    workspace: str,
    kind: str,
    *,
    at: datetime,
    lasts: timedelta,
    made_by: str,
    prefix: str = "",
    **about: str | None,
) -> tuple[SecretRow, str]:
    """A new row of this kind and the secret itself; `about` are further columns of the row."""
    secret = prefix + token_urlsafe(32)
    told = {"member_id": None, "title": "", "role": "", "scopes": "", "used_at": "", "ended_at": ""} | about
    row = SecretRow(
        hash=hashed(secret),
        id=token_hex(6),
        workspace=workspace,
        kind=kind,
        made_by=made_by,
        made_at=at.isoformat(),
        expires_at=(at + lasts).isoformat(),
        **told,
    )
    session.add(row)
    session.flush()
    return row, secret


def find_secret(
    session: Session, workspace: str, kind: str, secret: str, *, at: datetime, taking: bool = False
) -> SecretRow | None:
    """The row of a secret of this workspace and kind that is neither over nor taken back.

    With `taking` nobody else gets the row until the transaction ends, so that what works once works once.
    """
    row = session.get(SecretRow, hashed(secret), with_for_update=taking or None)
    if row is None or row.workspace != workspace or row.kind != kind:
        return None
    return row if is_open(row, at) else None


def is_open(row: SecretRow, at: datetime) -> bool:
    """It was not taken back and has not expired."""
    return not row.ended_at and row.expires_at > at.isoformat()


def secrets_of(
    session: Session, workspace: str, *kinds: str, member: str | None = None, made_by: str | None = None
) -> list[SecretRow]:
    """The rows of these kinds, of one member or of all, made by one or by anybody, the oldest first."""
    wanted = select(SecretRow).where(SecretRow.workspace == workspace, SecretRow.kind.in_(kinds))
    if member is not None:
        wanted = wanted.where(SecretRow.member_id == member)
    if made_by is not None:
        wanted = wanted.where(SecretRow.made_by == made_by)
    return list(session.scalars(wanted.order_by(SecretRow.made_at, SecretRow.id)))


def forget_secrets(session: Session, workspace: str, *, before: datetime) -> None:
    """Those whose time was over before this instant are not kept."""
    session.execute(
        delete(SecretRow).where(SecretRow.workspace == workspace, SecretRow.expires_at < before.isoformat())
    )


def end_secrets(rows: list[SecretRow], *, at: datetime, but: str = "") -> None:
    """None of these lets anybody in any more, except the one with the id `but`."""
    for row in rows:
        if not row.ended_at and row.id != but:
            row.ended_at = at.isoformat()
