"""Invitations: a link by which one new member comes in, once, in the role that an owner chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from desireline.access import Role
from desireline.errors import LinkUsed, UnknownInvitation
from desireline.ledger.audit import note
from desireline.ledger.engine import reading, writing
from desireline.ledger.holding import Holding
from desireline.ledger.member_rows import MemberRow, SecretRow
from desireline.ledger.members import BY_LINK, Member, add_member, begin_session, fit_name, told_member
from desireline.ledger.passwords import check_password, keep_password
from desireline.ledger.secret import INVITATION, end_secrets, find_secret, is_open, make_secret, secrets_of

LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Invitation:
    """An invitation that somebody can still accept. `title` says for whom it is."""

    id: str
    title: str
    role: Role
    made_by: str
    made_at: str
    expires_at: str


class Invitations(Holding):
    """The invitations of one workspace."""

    def make(
        self, title: str, role: Role, *, by: str, at: datetime, lasts: timedelta = LASTS
    ) -> tuple[Invitation, str]:
        """A new invitation, and its secret."""
        with writing(self.engine) as session:
            row, secret = make_secret(
                session, self.workspace, INVITATION, at=at, lasts=lasts, made_by=by, title=title, role=role.value
            )
            note(session, self.workspace, by, "invitation.made", at=at, invitation=row.id, role=role.value)
            return _told(row), secret

    def open(self, *, at: datetime) -> list[Invitation]:
        """Those that can still be accepted, the oldest first."""
        with reading(self.engine) as session:
            rows = secrets_of(session, self.workspace, INVITATION)
            return [_told(row) for row in rows if is_open(row, at) and not row.used_at]

    def look(self, secret: str, *, at: datetime) -> tuple[Invitation, str]:
        """The invitation of this secret, and the name of who made it. Raises LinkUsed."""
        with reading(self.engine) as session:
            row = self._open(session, secret, at=at)
            inviter = session.get(MemberRow, row.made_by)
            return _told(row), inviter.name if inviter else ""

    def accept(self, secret: str, name: str, password: str, *, at: datetime) -> tuple[Member, str]:
        """The new member, and the secret of their session. Raises LinkUsed, NameUnfit, NameTaken, PasswordUnfit."""
        self.look(secret, at=at)  # before anything costly is done for a stranger
        check_password(password, fit_name(name))
        kept = keep_password(password)
        with writing(self.engine) as session:
            row = self._open(session, secret, at=at, taking=True)
            member = add_member(session, self.workspace, name, Role(row.role), at=at)
            member.password = kept
            row.used_at, row.member_id = at.isoformat(), member.id
            note(session, self.workspace, member.id, "member.joined", at=at, invitation=row.id, role=row.role)
            return told_member(member), begin_session(session, self.workspace, member.id, BY_LINK, at=at)

    def revoke(self, id_: str, *, by: str, at: datetime) -> None:
        """Nobody can accept it any more. Raises UnknownInvitation."""
        with writing(self.engine) as session:
            rows = secrets_of(session, self.workspace, INVITATION)
            found = [row for row in rows if row.id == id_ and is_open(row, at) and not row.used_at]
            if not found:
                raise UnknownInvitation(id_)
            end_secrets(found, at=at)
            note(session, self.workspace, by, "invitation.revoked", at=at, invitation=id_)

    def _open(self, session: Session, secret: str, *, at: datetime, taking: bool = False) -> SecretRow:
        row = find_secret(session, self.workspace, INVITATION, secret, at=at, taking=taking)
        if row is None or row.used_at:
            raise LinkUsed("invitation", "Ask whoever invited you for a new one.")
        return row


def _told(row: SecretRow) -> Invitation:
    return Invitation(row.id, row.title, Role(row.role), row.made_by, row.made_at, row.expires_at)
