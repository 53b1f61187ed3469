"""The rows about who may come in: members, how they are invited, and what proves who they are.

Secrets are kept as SHA-256 of 256 random bits, passwords as argon2id; neither can be read back. Rows of `audit` are
only ever added, each with the hash of the one before it.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desireline.ledger.models import Row

_AT = String(40)


class MemberRow(Row):
    """A person who may come in. `name` is what they sign in with, and what others see."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("workspace", "folded"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    workspace: Mapped[str] = mapped_column(String(40), index=True)
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))  # the name without capitals, so that two do not look alike
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str] = mapped_column(Text)  # argon2id; "" for none: comes in by links only
    active: Mapped[bool] = mapped_column()
    made_at: Mapped[str] = mapped_column(_AT)


class SecretRow(Row):
    """What lets somebody in: a session, a one-time link, an invitation or an API token. Only its hash is kept."""

    __tablename__ = "secret"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(40), unique=True)  # what it is called where it must not be shown
    workspace: Mapped[str] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(16), index=True)  # session, link, invitation, token
    member_id: Mapped[str | None] = mapped_column(ForeignKey("member.id"), index=True)  # None: an invitation
    title: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16))  # of an invitation; "" otherwise
    scopes: Mapped[str] = mapped_column(String(200))  # of a token, with blanks between; "" otherwise
    made_by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[str] = mapped_column(_AT)
    expires_at: Mapped[str] = mapped_column(_AT)
    used_at: Mapped[str] = mapped_column(_AT)  # "" for never; links and invitations work once
    ended_at: Mapped[str] = mapped_column(_AT)  # revoked or signed out; "" for not


class AuditRow(Row):
    """Who did what that others must be able to look up. Each row holds the hash of the one before."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace: Mapped[str] = mapped_column(String(40), index=True)
    at: Mapped[str] = mapped_column(_AT)
    who: Mapped[str] = mapped_column(String(200))
    what: Mapped[str] = mapped_column(String(60))  # "share.made"
    whole: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))


TABLES = tuple(row.__tablename__ for row in (MemberRow, SecretRow, AuditRow))
