"""Members, invitations, tokens and the audit: who may come in, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from desireline.access import Right, Role
from desireline.errors import (
    DesirelineError,
    LastOwner,
    LinkUsed,
    NameTaken,
    NameUnfit,
    NotSignedIn,
    PasswordUnfit,
    ScopeUnfit,
    SignInFailed,
    UnknownInvitation,
    UnknownMember,
    UnknownToken,
)
from desireline.ledger.audit import Audit
from desireline.ledger.engine import connect, ledger_url, reading, writing
from desireline.ledger.invitations import Invitations
from desireline.ledger.member_rows import AuditRow, MemberRow, SecretRow
from desireline.ledger.members import Member, Members
from desireline.ledger.tokens import Tokens

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
GOOD = "four plain words here"


@dataclass(frozen=True)
class House:
    """All that is about people in one workspace."""

    engine: Engine
    members: Members
    invitations: Invitations
    tokens: Tokens
    audit: Audit

    def owner(self) -> Member:
        return self.members.first_owner("Olga", at=NOW)

    def joined(self, name: str, role: Role = Role.EDITOR) -> Member:
        _, secret = self.invitations.make("", role, by=self.owner().id, at=NOW)
        return self.invitations.accept(secret, name, GOOD, at=NOW)[0]


def house(place: Path, workspace: str) -> House:
    engine = connect(ledger_url(place))
    parts = Members(engine, workspace), Invitations(engine, workspace), Tokens(engine, workspace)
    return House(engine, *parts, Audit(engine, workspace))


@pytest.fixture
def ours(place: Path) -> House:
    return house(place, "ours")


@pytest.fixture
def theirs(place: Path, ours: House) -> House:
    """Another workspace in the same ledger."""
    return house(place, "theirs")


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call gave or raised, all of them begun at the same moment."""
    begin, found = threading.Barrier(len(calls)), [None] * len(calls)

    def one(place: int, call: Callable[[], object]) -> None:
        begin.wait()
        try:
            found[place] = call()
        except DesirelineError as fault:
            found[place] = fault

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def done(audit: Audit) -> list[str]:
    return [one.what for one in reversed(audit.newest())]


def test_the_first_owner_is_made_once(ours: House):
    olga = ours.owner()
    assert ours.members.first_owner("Somebody", at=NOW) == olga
    assert ours.members.everybody() == [olga]
    assert (olga.name, olga.role, olga.active, olga.has_password) == ("Olga", Role.OWNER, True, False)


def test_a_link_signs_in_once(ours: House):
    olga = ours.owner()
    secret = ours.members.link(olga.id, at=NOW)
    member, session = ours.members.use_link(secret, at=NOW)
    found = ours.members.of_session(session, at=NOW)
    assert (member, found.member, found.recovers) == (olga, olga, True)
    with pytest.raises(LinkUsed):
        ours.members.use_link(secret, at=NOW)


def test_of_many_who_use_a_link_at_once_one_comes_in(ours: House):
    secret = ours.members.link(ours.owner().id, at=NOW)
    found = at_once(*[lambda: ours.members.use_link(secret, at=NOW)] * 6)
    assert sorted(type(one).__name__ for one in found) == ["LinkUsed"] * 5 + ["tuple"]


def test_a_link_and_a_session_end_with_their_time(ours: House):
    olga = ours.owner()
    late = ours.members.link(olga.id, at=NOW)
    with pytest.raises(LinkUsed):
        ours.members.use_link(late, at=NOW + timedelta(minutes=15))
    _, session = ours.members.use_link(ours.members.link(olga.id, at=NOW), at=NOW)
    assert ours.members.of_session(session, at=NOW + timedelta(days=29)).recovers is False
    with pytest.raises(NotSignedIn):
        ours.members.of_session(session, at=NOW + timedelta(days=30))


def test_an_invitation_makes_one_member_in_its_role(ours: House):
    made, secret = ours.invitations.make("Ben from sales", Role.COMMENTER, by=ours.owner().id, at=NOW)
    assert ours.invitations.open(at=NOW) == [made]
    assert ours.invitations.look(secret, at=NOW) == (made, "Olga")
    ben, session = ours.invitations.accept(secret, "  Ben   Weber ", GOOD, at=NOW)
    assert (ben.name, ben.role, ben.has_password) == ("Ben Weber", Role.COMMENTER, True)
    assert ours.members.of_session(session, at=NOW).member == ben
    assert ours.invitations.open(at=NOW) == []
    with pytest.raises(LinkUsed):
        ours.invitations.accept(secret, "Carla", GOOD, at=NOW)
    assert done(ours.audit) == ["member.first", "invitation.made", "member.joined"]


def test_of_many_who_accept_an_invitation_at_once_one_joins(ours: House):
    _, secret = ours.invitations.make("", Role.EDITOR, by=ours.owner().id, at=NOW)
    names = ["Ana", "Ben", "Carla", "Dan"]
    found = at_once(*[lambda name=name: ours.invitations.accept(secret, name, GOOD, at=NOW) for name in names])
    assert sorted(type(one).__name__ for one in found) == ["LinkUsed"] * 3 + ["tuple"]
    assert len(ours.members.everybody()) == 2


def test_an_invitation_that_was_taken_back_or_is_old_lets_nobody_in(ours: House):
    owner = ours.owner().id
    back, taken = ours.invitations.make("", Role.EDITOR, by=owner, at=NOW)
    old = ours.invitations.make("", Role.EDITOR, by=owner, at=NOW)[1]
    ours.invitations.revoke(back.id, by=owner, at=NOW)
    for secret, at in ((taken, NOW), (old, NOW + timedelta(days=7)), ("invented", NOW)):
        with pytest.raises(LinkUsed):
            ours.invitations.look(secret, at=at)
        with pytest.raises(LinkUsed):
            ours.invitations.accept(secret, "Ben", GOOD, at=at)
    with pytest.raises(UnknownInvitation):
        ours.invitations.revoke(back.id, by=owner, at=NOW)


def test_a_member_signs_in_with_name_and_password_however_it_is_written(ours: House):
    umlaut, combined = "Zoë Ärger", "Zoe\u0308 A\u0308rger"
    zoe = ours.joined(umlaut)
    for name in (umlaut, combined, "  zoë   äRGER "):
        member, session = ours.members.sign_in(name, GOOD, at=NOW)
        assert (member, ours.members.of_session(session, at=NOW).recovers) == (zoe, False)


def test_a_wrong_name_and_a_wrong_password_are_told_alike(ours: House):
    ours.joined("Ben")
    ours.owner()  # Olga has no password
    says = set()
    for name, password in (("Ben", GOOD + "!"), ("Nobody", GOOD), ("Olga", ""), ("Ben\x00", GOOD), ("Ben", "x" * 999)):
        with pytest.raises(SignInFailed) as told:
            ours.members.sign_in(name, password, at=NOW)
        says.add(str(told.value))
    assert len(says) == 1


def test_a_new_password_ends_what_the_old_one_began(ours: House):
    ben = ours.joined("Ben")
    here = ours.members.sign_in("Ben", GOOD, at=NOW)[1]
    there = ours.members.sign_in("Ben", GOOD, at=NOW)[1]
    staying = ours.members.of_session(here, at=NOW).session
    ours.members.set_password(ben.id, "another four plain words", at=NOW, staying=staying)
    assert ours.members.of_session(here, at=NOW).member == ben
    with pytest.raises(NotSignedIn):
        ours.members.of_session(there, at=NOW)
    with pytest.raises(SignInFailed):
        ours.members.sign_in("Ben", GOOD, at=NOW)
    assert ours.members.sign_in("Ben", "another four plain words", at=NOW)[0] == ben


@pytest.mark.parametrize(
    "password",
    ["short", "a" * 201, "aaaaaaaaaaaa", "1234567890", "password123", "Qwertyuiop", "Olga Olga 1", "olga-password-1"],
)
def test_a_password_that_is_tried_first_is_not_taken(ours: House, password: str):
    with pytest.raises(PasswordUnfit):
        ours.members.set_password(ours.owner().id, password, at=NOW)


@pytest.mark.parametrize(
    "password", ["correct horse battery", "пароль из слов", "密码密碼一二三四五六七", "x7$kQ!29vLm"]
)
def test_a_password_needs_no_digits_or_capitals(ours: House, password: str):
    ours.members.set_password(ours.owner().id, password, at=NOW)
    assert ours.members.sign_in("Olga", password, at=NOW)[0].has_password


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "x" * 61, "\u202eevil", "\u200b", "ﷺ" * 60])
def test_a_name_can_be_seen(ours: House, name: str):
    with pytest.raises(NameUnfit):
        ours.members.rename(ours.owner().id, name, by="", at=NOW)


def test_two_members_do_not_look_alike(ours: House):
    ben = ours.joined("Ben Weber")
    _, secret = ours.invitations.make("", Role.EDITOR, by=ours.owner().id, at=NOW)
    with pytest.raises(NameTaken):
        ours.invitations.accept(secret, "BEN  weber", GOOD, at=NOW)
    with pytest.raises(NameTaken):
        ours.members.rename(ours.owner().id, "ben weber", by="", at=NOW)
    assert ours.members.rename(ben.id, "BEN Weber", by=ben.id, at=NOW).name == "BEN Weber"


def test_whoever_is_deactivated_is_out_everywhere_and_can_come_back(ours: House):
    ben = ours.joined("Ben")
    session = ours.members.sign_in("Ben", GOOD, at=NOW)[1]
    link = ours.members.link(ben.id, at=NOW)
    token = ours.tokens.make(ben, "script", [Right.READ], at=NOW)[1]
    assert ours.members.deactivate(ben.id, by=ours.owner().id, at=NOW) == replace(ben, active=False)
    for tried, error in (
        (lambda: ours.members.of_session(session, at=NOW), NotSignedIn),
        (lambda: ours.members.use_link(link, at=NOW), LinkUsed),
        (lambda: ours.tokens.bearer(token, at=NOW), NotSignedIn),
        (lambda: ours.members.sign_in("Ben", GOOD, at=NOW), SignInFailed),
        (lambda: ours.members.link(ben.id, at=NOW), UnknownMember),
    ):
        with pytest.raises(error):
            tried()
    assert ours.members.activate(ben.id, by=ours.owner().id, at=NOW) == ben
    with pytest.raises(NotSignedIn):
        ours.members.of_session(session, at=NOW)
    assert ours.members.sign_in("Ben", GOOD, at=NOW)[0] == ben


def test_the_last_owner_stays(ours: House):
    olga = ours.owner()
    for change in (
        lambda: ours.members.set_role(olga.id, Role.EDITOR, by=olga.id, at=NOW),
        lambda: ours.members.deactivate(olga.id, by=olga.id, at=NOW),
    ):
        with pytest.raises(LastOwner):
            change()
    ben = ours.joined("Ben", Role.OWNER)
    ours.members.deactivate(ben.id, by=olga.id, at=NOW)
    with pytest.raises(LastOwner):  # an owner who may not come in is none
        ours.members.set_role(olga.id, Role.VIEWER, by=olga.id, at=NOW)


def test_two_owners_who_demote_each_other_at_once_leave_one(ours: House):
    pair = [ours.owner(), ours.joined("Ben", Role.OWNER)]
    for _ in range(5):
        demote = [lambda one=one: ours.members.set_role(one.id, Role.EDITOR, by="", at=NOW) for one in pair]
        found = at_once(*demote)
        assert sorted(type(one).__name__ for one in found) == ["LastOwner", "Member"]
        assert [one.role for one in ours.members.everybody()].count(Role.OWNER) == 1
        for one in pair:
            ours.members.set_role(one.id, Role.OWNER, by="", at=NOW)


def test_a_token_grants_what_its_scopes_and_its_member_both_grant(ours: House):
    ben = ours.joined("Ben", Role.EDITOR)
    made, secret = ours.tokens.make(ben, "nightly export", [Right.EDIT, Right.READ], at=NOW)
    assert secret.startswith("dl_")
    assert (made.scopes, made.used_at) == ((Right.READ, Right.EDIT), "")
    member, token = ours.tokens.bearer(secret, at=NOW)
    assert (member, token) == (ben, made)
    assert [one.used_at for one in ours.tokens.all(at=NOW)] == [NOW.isoformat()]


def test_a_token_ends_with_its_time_and_when_it_is_revoked(ours: House):
    ben = ours.joined("Ben")
    made, secret = ours.tokens.make(ben, "script", [Right.READ], at=NOW)
    with pytest.raises(NotSignedIn):
        ours.tokens.bearer(secret, at=NOW + timedelta(days=90))
    with pytest.raises(UnknownToken):
        ours.tokens.revoke(made.id, by="carla", at=NOW, member="carla")
    ours.tokens.revoke(made.id, by=ben.id, at=NOW, member=ben.id)
    assert ours.tokens.all(at=NOW) == []
    with pytest.raises(NotSignedIn):
        ours.tokens.bearer(secret, at=NOW)


@pytest.mark.parametrize("scopes", [[], [Right.MANAGE], [Right.READ, Right.EDIT]])
def test_a_token_is_not_allowed_more_than_its_member(ours: House, scopes: list[Right]):
    with pytest.raises(ScopeUnfit):
        ours.tokens.make(ours.joined("Ben", Role.COMMENTER), "script", scopes, at=NOW)


def test_a_secret_of_one_kind_opens_nothing_else(ours: House):
    olga = ours.owner()
    token = ours.tokens.make(olga, "script", [Right.READ], at=NOW)[1]
    link = ours.members.link(olga.id, at=NOW)
    invitation = ours.invitations.make("", Role.OWNER, by=olga.id, at=NOW)[1]
    session = ours.members.use_link(ours.members.link(olga.id, at=NOW), at=NOW)[1]
    opens = {
        "link": lambda secret: ours.members.use_link(secret, at=NOW),
        "session": lambda secret: ours.members.of_session(secret, at=NOW),
        "token": lambda secret: ours.tokens.bearer(secret, at=NOW),
        "invitation": lambda secret: ours.invitations.look(secret, at=NOW),
    }
    secrets = {"link": link, "session": session, "token": token, "invitation": invitation}
    for kind, secret in secrets.items():
        for other, tried in opens.items():
            if other != kind:
                with pytest.raises((LinkUsed, NotSignedIn)):
                    tried(secret)


def test_another_workspace_in_the_same_ledger_sees_and_opens_nothing(ours: House, theirs: House):
    olga, eve = ours.owner(), theirs.members.first_owner("Eve", at=NOW)
    ben = ours.joined("Ben")
    made, invitation = ours.invitations.make("", Role.OWNER, by=olga.id, at=NOW)
    token, bearer = ours.tokens.make(ben, "script", [Right.READ], at=NOW)
    session = ours.members.sign_in("Ben", GOOD, at=NOW)[1]
    assert theirs.members.everybody() == [eve]
    assert (theirs.invitations.open(at=NOW), theirs.tokens.all(at=NOW)) == ([], [])
    assert done(theirs.audit) == ["member.first"]
    for tried, error in (
        (lambda: theirs.members.get(ben.id), UnknownMember),
        (lambda: theirs.members.set_role(ben.id, Role.OWNER, by=eve.id, at=NOW), UnknownMember),
        (lambda: theirs.members.deactivate(ben.id, by=eve.id, at=NOW), UnknownMember),
        (lambda: theirs.members.rename(ben.id, "Eve 2", by=eve.id, at=NOW), UnknownMember),
        (lambda: theirs.members.set_password(ben.id, "four plain words again", at=NOW), UnknownMember),
        (lambda: theirs.members.link(ben.id, at=NOW), UnknownMember),
        (lambda: theirs.members.use_link(ours.members.link(ben.id, at=NOW), at=NOW), LinkUsed),
        (lambda: theirs.members.of_session(session, at=NOW), NotSignedIn),
        (lambda: theirs.members.sign_in("Ben", GOOD, at=NOW), SignInFailed),
        (lambda: theirs.invitations.accept(invitation, "Ben", GOOD, at=NOW), LinkUsed),
        (lambda: theirs.invitations.revoke(made.id, by=eve.id, at=NOW), UnknownInvitation),
        (lambda: theirs.tokens.bearer(bearer, at=NOW), NotSignedIn),
        (lambda: theirs.tokens.revoke(token.id, by=eve.id, at=NOW), UnknownToken),
    ):
        with pytest.raises(error):
            tried()
    assert ours.members.get(ben.id) == ben
    assert theirs.joined("Ben").name == "Ben"  # the same name is free there


def test_no_secret_and_no_password_is_in_the_ledger(ours: House):
    ben = ours.joined("Ben")
    secrets = [
        GOOD,
        ours.members.link(ben.id, at=NOW),
        ours.members.sign_in("Ben", GOOD, at=NOW)[1],
        ours.tokens.make(ben, "script", [Right.READ], at=NOW)[1],
        ours.invitations.make("", Role.VIEWER, by=ben.id, at=NOW)[1],
    ]
    with reading(ours.engine) as session:
        whole = [
            repr(tuple(row))
            for table in (MemberRow, SecretRow, AuditRow)
            for row in session.execute(select(table.__table__))
        ]
        kept = session.scalars(select(MemberRow.password).where(MemberRow.id == ben.id)).one()
    assert kept.startswith("$argon2id$")
    assert len(whole) > 10
    assert [secret for secret in secrets for row in whole if secret in row] == []


def test_what_ended_long_ago_is_forgotten_and_nothing_else(ours: House, theirs: House):
    olga, eve = ours.owner(), theirs.members.first_owner("Eve", at=NOW)
    long = NOW + timedelta(days=60)
    for one in (ours.members.link(olga.id, at=NOW), theirs.members.link(eve.id, at=NOW)):
        assert one
    _, session = ours.members.use_link(ours.members.link(olga.id, at=long), at=long)
    ours.members.forget_expired(at=long)
    with reading(ours.engine) as reader:
        left = reader.execute(select(SecretRow.workspace, SecretRow.kind).order_by(SecretRow.kind)).all()
    assert sorted(tuple(one) for one in left) == [("ours", "link"), ("ours", "session"), ("theirs", "link")]
    assert ours.members.of_session(session, at=long).member == olga


def test_the_audit_names_the_row_that_somebody_changed(ours: House):
    olga = ours.owner()
    for number in range(5):
        ours.audit.add(olga.id, "share.made", at=NOW, share=f"s{number}")
    whole = ours.audit.check()
    assert (whole.rows, whole.broken_at) == (6, None)
    third = ours.audit.newest()[3]
    with writing(ours.engine) as session:
        session.execute(text('UPDATE audit SET whole = \'{"share":"s9"}\' WHERE id = :id'), {"id": third.id})
    assert ours.audit.check().broken_at == third.id


@pytest.mark.parametrize("gone", [1, 3])
def test_the_audit_names_the_row_after_one_that_was_taken_out(ours: House, gone: int):
    for number in range(5):
        ours.audit.add("", "share.made", at=NOW, share=f"s{number}")
    ids = [one.id for one in reversed(ours.audit.newest())]
    with writing(ours.engine) as session:
        session.execute(text("DELETE FROM audit WHERE id = :id"), {"id": ids[gone]})
    assert ours.audit.check().broken_at == ids[gone + 1]


def test_many_who_write_the_audit_at_once_keep_the_chain_whole(ours: House):
    found = at_once(*[lambda n=n: ours.audit.add("", "share.made", at=NOW, n=n) for n in range(12)])
    assert found == [None] * 12
    check = ours.audit.check()
    assert (check.rows, check.broken_at) == (12, None)


def test_the_audit_is_read_page_by_page(ours: House):
    for number in range(7):
        ours.audit.add("", "share.made", at=NOW, n=number)
    first = ours.audit.newest(limit=3)
    rest = ours.audit.newest(before=first[-1].id)
    assert [one.whole["n"] for one in first + rest] == [6, 5, 4, 3, 2, 1, 0]


def test_a_change_that_fails_leaves_no_row_in_the_audit(ours: House):
    olga = ours.owner()
    before = ours.audit.check()
    with pytest.raises(LastOwner):
        ours.members.deactivate(olga.id, by=olga.id, at=NOW)
    assert ours.audit.check() == before


@pytest.mark.parametrize("goes", ["demoted", "deactivated"])
def test_an_owner_who_is_none_any_more_has_no_way_back(ours: House, goes: str):
    olga, eve, ben = ours.owner(), ours.joined("Eve", Role.OWNER), ours.joined("Ben", Role.OWNER)
    _, kept = ours.invitations.make("", Role.EDITOR, by=olga.id, at=NOW)
    _, back = ours.invitations.make("", Role.OWNER, by=eve.id, at=NOW)
    as_ben = ours.members.link(ben.id, at=NOW, by=eve.id)
    if goes == "demoted":
        ours.members.set_role(eve.id, Role.VIEWER, by=olga.id, at=NOW)
    else:
        ours.members.deactivate(eve.id, by=olga.id, at=NOW)
    with pytest.raises(LinkUsed):
        ours.invitations.accept(back, "Eva", GOOD, at=NOW)
    with pytest.raises(LinkUsed):
        ours.members.use_link(as_ben, at=NOW)
    assert ours.invitations.accept(kept, "Cleo", GOOD, at=NOW)[0].role is Role.EDITOR
