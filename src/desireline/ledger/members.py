"""Members of a workspace, and what lets them in: sessions and links that work once.

A secret is 256 random bits, shown once; the ledger keeps its SHA-256. A link is taken in the same transaction that
makes the session, so that it cannot be used twice at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_hex, token_urlsafe

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from desireline.access import Role
from desireline.errors import LinkUsed, NotSignedIn
from desireline.ledger.engine import reading, writing
from desireline.ledger.member_rows import MemberRow, SecretRow
from desireline.ledger.schema import bring_up_to_date

SESSION_LASTS = timedelta(days=30)
LINK_LASTS = timedelta(minutes=15)
SESSION, LINK = "session", "link"


@dataclass(frozen=True)
class Member:
    """A person who may come in."""

    id: str
    name: str
    role: Role
    active: bool
    made_at: str
    has_password: bool


class Members:
    """The members of one workspace."""

    def __init__(self, engine: Engine, workspace: str) -> None:
        self.engine = engine
        self.workspace = workspace
        bring_up_to_date(engine)

    def first_owner(self, name: str, *, at: datetime) -> Member:
        """The owner who was there first; made, with this name, where nobody is there yet."""
        with writing(self.engine) as session:
            rows = self._rows(session)
            owners = [row for row in rows if row.role == Role.OWNER and row.active]
            return _told(owners[0] if owners else self._added(session, name, Role.OWNER, at))

    def everybody(self) -> list[Member]:
        """All members, in the order in which they came."""
        with reading(self.engine) as session:
            return [_told(row) for row in self._rows(session)]

    def link(self, member: str, *, at: datetime, lasts: timedelta = LINK_LASTS) -> str:
        """A secret that signs the member in once."""
        return self._secret(member, LINK, at=at, lasts=lasts)

    def use_link(self, secret: str, *, at: datetime) -> tuple[Member, str]:
        """The member of a link, and the secret of a new session. Raises LinkUsed."""
        with writing(self.engine) as session:
            row = self._open(session, secret, LINK, at)
            member = session.get(MemberRow, row.member_id) if row else None
            if row is None or row.used_at or member is None or not member.active:
                raise LinkUsed("link", "Run `desireline serve` again, or ask an owner for a new one.")
            row.used_at = at.isoformat()
            return _told(member), self._made(session, member.id, SESSION, at, SESSION_LASTS)

    def of_session(self, secret: str, *, at: datetime) -> Member:
        """Who is signed in with this secret. Raises NotSignedIn."""
        with reading(self.engine) as session:
            row = self._open(session, secret, SESSION, at)
            member = session.get(MemberRow, row.member_id) if row else None
            if member is None or not member.active:
                raise NotSignedIn
            return _told(member)

    def sign_out(self, secret: str, *, at: datetime) -> None:
        """The session is over."""
        with writing(self.engine) as session:
            row = self._open(session, secret, SESSION, at)
            if row is not None:
                row.ended_at = at.isoformat()

    def _rows(self, session: Session) -> list[MemberRow]:
        wanted = select(MemberRow).where(MemberRow.workspace == self.workspace)
        return list(session.scalars(wanted.order_by(MemberRow.made_at, MemberRow.id)))

    def _added(self, session: Session, name: str, role: Role, at: datetime) -> MemberRow:
        row = MemberRow(
            id=token_hex(6),
            workspace=self.workspace,
            name=name,
            folded=name.casefold(),
            role=role.value,
            password="",
            active=True,
            made_at=at.isoformat(),
        )
        session.add(row)
        session.flush()
        return row

    def _secret(self, member: str, kind: str, *, at: datetime, lasts: timedelta) -> str:
        with writing(self.engine) as session:
            return self._made(session, member, kind, at, lasts)

    def _made(self, session: Session, member: str, kind: str, at: datetime, lasts: timedelta) -> str:
        secret = token_urlsafe(32)
        session.add(
            SecretRow(
                hash=hashed(secret),
                id=token_hex(6),
                workspace=self.workspace,
                kind=kind,
                member_id=member,
                title="",
                role="",
                scopes="",
                made_by=member,
                made_at=at.isoformat(),
                expires_at=(at + lasts).isoformat(),
                used_at="",
                ended_at="",
            )
        )
        return secret

    def _open(self, session: Session, secret: str, kind: str, at: datetime) -> SecretRow | None:
        row = session.get(SecretRow, hashed(secret))
        if row is None or row.workspace != self.workspace or row.kind != kind or row.ended_at:
            return None
        return row if row.expires_at > at.isoformat() else None


def hashed(secret: str) -> str:
    """What the ledger keeps of a secret: it has 256 random bits, so that no salt is needed."""
    return sha256(secret.encode()).hexdigest()


def _told(row: MemberRow) -> Member:
    return Member(row.id, row.name, Role(row.role), row.active, row.made_at, bool(row.password))
