"""API tokens: with one, a program acts for a member, within the scopes that the token was given.

A token begins with `dl_`, so that scanners for leaked secrets know it. When it was last used is kept to the minute.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from desireline.access import Right, rights_of
from desireline.errors import LedgerError, NotSignedIn, ScopeUnfit, UnknownToken
from desireline.ledger.audit import note
from desireline.ledger.engine import reading, writing
from desireline.ledger.holding import Holding
from desireline.ledger.member_rows import MemberRow, SecretRow
from desireline.ledger.members import Member, told_member
from desireline.ledger.secret import TOKEN, end_secrets, find_secret, is_open, make_secret, secrets_of

PREFIX = "dl_"
LASTS = timedelta(days=90)
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Token:
    """A token that is still good. `used_at` is "" for never."""

    id: str
    title: str
    member: str
    scopes: tuple[Right, ...]
    made_at: str
    expires_at: str
    used_at: str


class Tokens(Holding):
    """The tokens of one workspace."""

    def make(
        self, member: Member, title: str, scopes: list[Right], *, at: datetime, lasts: timedelta = LASTS
    ) -> tuple[Token, str]:
        """A new token of this member, and the token itself. Raises ScopeUnfit."""
        granted = rights_of(member.role)
        beyond = [scope for scope in scopes if scope not in granted]
        if beyond or not scopes:
            raise ScopeUnfit(", ".join(beyond), ", ".join(right for right in Right if right in granted))
        words = " ".join(right for right in Right if right in scopes)
        with writing(self.engine) as session:
            row, secret = make_secret(
                session,
                self.workspace,
                TOKEN,
                at=at,
                lasts=lasts,
                made_by=member.id,
                prefix=PREFIX,
                member_id=member.id,
                title=title,
                scopes=words,
            )
            note(session, self.workspace, member.id, "token.made", at=at, token=row.id, scopes=words)
            return _told(row), secret

    def all(self, *, at: datetime, member: str | None = None) -> list[Token]:
        """Those that are still good, of one member or of all, the oldest first."""
        with reading(self.engine) as session:
            rows = secrets_of(session, self.workspace, TOKEN, member=member)
            return [_told(row) for row in rows if is_open(row, at)]

    def revoke(self, id_: str, *, by: str, at: datetime, member: str | None = None) -> Token:
        """The token is good for nothing. Raises UnknownToken, also when it is not this member's."""
        with writing(self.engine) as session:
            rows = secrets_of(session, self.workspace, TOKEN, member=member)
            found = [row for row in rows if row.id == id_ and is_open(row, at)]
            if not found:
                raise UnknownToken(id_)
            end_secrets(found, at=at)
            note(session, self.workspace, by, "token.revoked", at=at, token=id_)
            return _told(found[0])

    def bearer(self, secret: str, *, at: datetime) -> tuple[Member, Token]:
        """Whose token it is; that it was used is kept. Raises NotSignedIn."""
        with reading(self.engine) as session:
            row = find_secret(session, self.workspace, TOKEN, secret, at=at)
            member = session.get(MemberRow, row.member_id) if row else None
            if row is None or member is None or not member.active:
                raise NotSignedIn
            found = told_member(member), _told(row)
        self._seen(row, at)
        return found

    def _seen(self, row: SecretRow, at: datetime) -> None:
        if row.used_at and datetime.fromisoformat(row.used_at) > at - SEEN_EVERY:
            return
        with suppress(LedgerError), writing(self.engine) as session:  # a full disk must not keep readers out
            now = session.get(SecretRow, row.hash)
            if now is not None:
                now.used_at = at.isoformat()


def _told(row: SecretRow) -> Token:
    scopes = tuple(Right(word) for word in row.scopes.split())
    return Token(row.id, row.title, row.member_id or "", scopes, row.made_at, row.expires_at, row.used_at)
