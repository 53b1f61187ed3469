"""Members of a workspace, and what lets them in: passwords, links that work once, and sessions.

A link or an invitation is taken in the same transaction that makes the session, so that it cannot be used twice at
once. Whoever must not come in any more is out with the commit: sessions, links and tokens end with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from unicodedata import category, normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from desireline.access import Role
from desireline.errors import (
    LastOwner,
    LinkUsed,
    NameTaken,
    NameUnfit,
    NotSignedIn,
    SignInFailed,
    UnknownMember,
)
from desireline.ledger.audit import note
from desireline.ledger.engine import reading, writing
from desireline.ledger.holding import Holding
from desireline.ledger.member_rows import MemberRow
from desireline.ledger.passwords import check_password, is_outdated, is_password, keep_password
from desireline.ledger.secret import (
    INVITATION,
    LINK,
    SESSION,
    TOKEN,
    end_secrets,
    find_secret,
    forget_secrets,
    make_secret,
    secrets_of,
)

SESSION_LASTS = timedelta(days=30)
LINK_LASTS = timedelta(minutes=15)
KEPT = timedelta(days=30)  # after their time
FRESH = timedelta(minutes=30)  # how long after coming in by a link a forgotten password can be replaced
LONGEST_NAME = 60
BY_LINK, BY_PASSWORD = "link", "password"  # how a session began


@dataclass(frozen=True)
class Member:
    """A person who may come in."""

    id: str
    name: str
    role: Role
    active: bool
    made_at: str
    has_password: bool


@dataclass(frozen=True)
class SignedIn:
    """A member, and the session in which they are here."""

    member: Member
    session: str  # the id of the session, not its secret
    recovers: bool  # came in by a link just now, so that the old password is not asked for


class Members(Holding):
    """The members of one workspace."""

    def first_owner(self, name: str, *, at: datetime) -> Member:
        """The owner who was there first; made, with this name, where nobody is there yet."""
        with writing(self.engine) as session:
            owners = [row for row in self._rows(session) if row.role == Role.OWNER and row.active]
            if owners:
                return told_member(owners[0])
            made = add_member(session, self.workspace, name, Role.OWNER, at=at)
            note(session, self.workspace, "", "member.first", at=at, member=made.id)
            return told_member(made)

    def everybody(self) -> list[Member]:
        """All members, in the order in which they came, also those who may not come in any more."""
        with reading(self.engine) as session:
            return [told_member(row) for row in self._rows(session)]

    def get(self, id_: str) -> Member:
        """The member with this id. Raises UnknownMember."""
        with reading(self.engine) as session:
            return told_member(self._row(session, id_))

    def rename(self, id_: str, name: str, *, by: str, at: datetime) -> Member:
        """The member is called this, and signs in with it. Raises UnknownMember, NameUnfit, NameTaken."""
        with writing(self.engine) as session:
            row = self._row(session, id_)
            name = fit_name(name)
            if row.name != name:
                _free(session, self.workspace, name, but=id_)
                row.name, row.folded = name, folded(name)
                note(session, self.workspace, by, "member.renamed", at=at, member=id_)
            return told_member(row)

    def set_role(self, id_: str, role: Role, *, by: str, at: datetime) -> Member:
        """The member has this role. Raises UnknownMember, LastOwner."""
        with writing(self.engine) as session:
            row = self._row(session, id_)
            if row.role != role.value:
                self._keep_an_owner(session, row, stays=role is Role.OWNER)
                was, row.role = row.role, role.value
                self._end_offers(session, id_, at=at)
                note(session, self.workspace, by, "member.role", at=at, member=id_, was=was, role=role.value)
            return told_member(row)

    def deactivate(self, id_: str, *, by: str, at: datetime) -> Member:
        """The member is out at once, everywhere; what they made stays. Raises UnknownMember, LastOwner."""
        with writing(self.engine) as session:
            row = self._row(session, id_)
            if row.active:
                self._keep_an_owner(session, row, stays=False)
                row.active = False
                end_secrets(secrets_of(session, self.workspace, SESSION, LINK, TOKEN, member=id_), at=at)
                self._end_offers(session, id_, at=at)
                note(session, self.workspace, by, "member.deactivated", at=at, member=id_)
            return told_member(row)

    def activate(self, id_: str, *, by: str, at: datetime) -> Member:
        """The member may come in again, with a password or a new link. Raises UnknownMember."""
        with writing(self.engine) as session:
            row = self._row(session, id_)
            if not row.active:
                row.active = True
                note(session, self.workspace, by, "member.activated", at=at, member=id_)
            return told_member(row)

    def link(self, member: str, *, at: datetime, lasts: timedelta = LINK_LASTS, by: str = "") -> str:
        """A secret that signs the member in once. Raises UnknownMember."""
        with writing(self.engine) as session:
            row = self._row(session, member)
            if not row.active:
                raise UnknownMember(member)
            _, secret = make_secret(
                session, self.workspace, LINK, at=at, lasts=lasts, made_by=by or member, member_id=member
            )
            note(session, self.workspace, by, "link.made", at=at, member=member)
            return secret

    def use_link(self, secret: str, *, at: datetime) -> tuple[Member, str]:
        """The member of a link, and the secret of a new session. Raises LinkUsed."""
        with writing(self.engine) as session:
            row = find_secret(session, self.workspace, LINK, secret, at=at, taking=True)
            member = session.get(MemberRow, row.member_id) if row else None
            if row is None or row.used_at or member is None or not member.active:
                raise LinkUsed("link", "Run `desireline serve` again, or ask an owner for a new one.")
            row.used_at = at.isoformat()
            note(session, self.workspace, member.id, "signed-in", at=at, by=BY_LINK)
            return told_member(member), begin_session(session, self.workspace, member.id, BY_LINK, at=at)

    def sign_in(self, name: str, password: str, *, at: datetime) -> tuple[Member, str]:
        """The member of this name and password, and the secret of a new session. Raises SignInFailed."""
        with reading(self.engine) as session:
            wanted = select(MemberRow).where(MemberRow.workspace == self.workspace, MemberRow.folded == folded(name))
            row = session.scalars(wanted).first() if _storable(name) else None
            kept = row.password if row is not None and row.active else ""
        if not is_password(kept, password) or row is None:
            raise SignInFailed
        fresh = keep_password(password) if is_outdated(kept) else kept
        with writing(self.engine) as session:
            now = session.get(MemberRow, row.id, with_for_update=True)
            if now is None or not now.active or now.password != kept:
                raise SignInFailed
            now.password = fresh
            note(session, self.workspace, now.id, "signed-in", at=at, by=BY_PASSWORD)
            return told_member(now), begin_session(session, self.workspace, now.id, BY_PASSWORD, at=at)

    def is_current(self, id_: str, password: str) -> bool:
        """Whether this is the member's password. Raises UnknownMember."""
        with reading(self.engine) as session:
            kept = self._row(session, id_).password
        return is_password(kept, password)

    def set_password(self, id_: str, password: str, *, at: datetime, staying: str = "") -> Member:
        """The member signs in with this from now on; all their sessions end, except the one with the id `staying`.

        Raises UnknownMember, PasswordUnfit.
        """
        check_password(password, self.get(id_).name)
        kept = keep_password(password)
        with writing(self.engine) as session:
            row = self._row(session, id_)
            row.password = kept
            end_secrets(secrets_of(session, self.workspace, SESSION, LINK, member=id_), at=at, but=staying)
            note(session, self.workspace, id_, "password.changed", at=at, member=id_)
            return told_member(row)

    def of_session(self, secret: str, *, at: datetime) -> SignedIn:
        """Who is signed in with this secret. Raises NotSignedIn."""
        with reading(self.engine) as session:
            row = find_secret(session, self.workspace, SESSION, secret, at=at)
            member = session.get(MemberRow, row.member_id) if row else None
            if row is None or member is None or not member.active:
                raise NotSignedIn
            recovers = row.title == BY_LINK and datetime.fromisoformat(row.made_at) > at - FRESH
            return SignedIn(told_member(member), row.id, recovers)

    def sign_out(self, secret: str, *, at: datetime) -> None:
        """The session is over."""
        with writing(self.engine) as session:
            row = find_secret(session, self.workspace, SESSION, secret, at=at)
            end_secrets([row] if row else [], at=at)

    def sign_out_elsewhere(self, id_: str, *, at: datetime, staying: str) -> None:
        """All sessions and links of the member are over, except the session with the id `staying`."""
        with writing(self.engine) as session:
            end_secrets(secrets_of(session, self.workspace, SESSION, LINK, member=id_), at=at, but=staying)
            note(session, self.workspace, id_, "signed-out-elsewhere", at=at)

    def forget_expired(self, *, at: datetime) -> None:
        """Sessions, links, invitations and tokens that ended long ago are not kept; the audit still tells of them."""
        with writing(self.engine) as session:
            forget_secrets(session, self.workspace, before=at - KEPT)

    def _rows(self, session: Session) -> list[MemberRow]:
        wanted = select(MemberRow).where(MemberRow.workspace == self.workspace)
        return list(session.scalars(wanted.order_by(MemberRow.made_at, MemberRow.id)))

    def _row(self, session: Session, id_: str) -> MemberRow:
        row = session.get(MemberRow, id_)
        if row is None or row.workspace != self.workspace:
            raise UnknownMember(id_)
        return row

    def _end_offers(self, session: Session, id_: str, *, at: datetime) -> None:
        """Nobody comes in by what this member made as an owner: its secret would lead them back to what they lost."""
        end_secrets(secrets_of(session, self.workspace, INVITATION, LINK, made_by=id_), at=at)

    def _keep_an_owner(self, session: Session, row: MemberRow, *, stays: bool) -> None:
        """There is an active owner beside this one. The rows are held, so that two owners cannot demote each other."""
        if stays or row.role != Role.OWNER.value or not row.active:
            return
        wanted = select(MemberRow).where(
            MemberRow.workspace == self.workspace, MemberRow.role == Role.OWNER.value, MemberRow.active
        )
        owners = session.scalars(wanted.with_for_update().execution_options(populate_existing=True)).all()
        if {owner.id for owner in owners} <= {row.id}:
            raise LastOwner(row.name)


def add_member(session: Session, workspace: str, name: str, role: Role, *, at: datetime) -> MemberRow:
    """A new member, without a password. Raises NameUnfit, NameTaken."""
    name = fit_name(name)
    _free(session, workspace, name)
    row = MemberRow(
        id=token_hex(6),
        workspace=workspace,
        name=name,
        folded=folded(name),
        role=role.value,
        password="",
        active=True,
        made_at=at.isoformat(),
    )
    session.add(row)
    session.flush()
    return row


def begin_session(session: Session, workspace: str, member: str, began: str, *, at: datetime) -> str:
    """The secret of a new session."""
    _, secret = make_secret(
        session, workspace, SESSION, at=at, lasts=SESSION_LASTS, made_by=member, member_id=member, title=began
    )
    return secret


def fit_name(name: str) -> str:
    """The name, with single blanks in it. Raises NameUnfit."""
    told = " ".join(normalize("NFC", name).split())
    if not 0 < len(told) <= LONGEST_NAME or not _storable(told) or len(folded(told)) > 3 * LONGEST_NAME:
        raise NameUnfit(LONGEST_NAME)
    return told


def folded(name: str) -> str:
    """The name as it is compared: capitals, blanks and ways of writing the same letter do not count."""
    return " ".join(normalize("NFKC", name).casefold().split())


def told_member(row: MemberRow) -> Member:
    """A row as others see it."""
    return Member(row.id, row.name, Role(row.role), row.active, row.made_at, bool(row.password))


def _free(session: Session, workspace: str, name: str, *, but: str = "") -> None:
    wanted = select(MemberRow.id).where(MemberRow.workspace == workspace, MemberRow.folded == folded(name))
    if session.scalar(wanted) not in (None, but):
        raise NameTaken(name)


def _storable(text: str) -> bool:
    """No control characters and nothing that cannot be seen, but the joiners that some scripts need."""
    return all(one in "\u200c\u200d" or category(one)[0] != "C" for one in text)
