"""What a room takes, and what it refuses without a trace."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text, XmlFragment
from tests.live.test_bring import copied, shared, small

from desireline.access import RIGHTS, Role
from desireline.errors import UpdateRefused
from desireline.live import admit
from desireline.live.admit import Gate
from desireline.live.document import document_data
from desireline.live.said import Writer
from desireline.live.shape import COMMENTS, HEAD, RECORDS, SUGGESTIONS, VOTES, WORKSHOP, root

Edit = Callable[[Doc[Any]], object]


def someone(role: Role = Role.EDITOR, member: str = "ana") -> Writer:
    return Writer(member, member.title(), RIGHTS[role])


def update(doc: Doc[Any], *edits: Edit) -> bytes:
    """What somebody sends who edits a copy of this document."""
    other = copied(doc)
    before = other.get_state()
    with other.transaction():
        for edit in edits:
            edit(other)
    return other.get_update(before)


def comment(**fields: Any) -> dict[str, Any]:
    """A first comment as the browser writes it."""
    own = {"id": "c1", "at": "cart", "by": "ana", "name": "Ana", "on": "2026-03-02T09:00:00Z", "thread": ""}
    return own | {"says": "Why?", "mentions": [], "resolved": False, "resolved_by": ""} | fields


def puts(name: str, key: str, value: Any) -> Edit:
    return lambda doc: root(doc, name).__setitem__(key, Map(value) if isinstance(value, dict) else value)


def sets(name: str, key: str, **fields: Any) -> Edit:
    return lambda doc: [root(doc, name)[key].__setitem__(field, value) for field, value in fields.items()]


def card(**fields: Any) -> dict[str, Any]:
    return {"section": "cards", "id": "k1", "at": "cart", "lane": "doing", "says": Text("Waits"), "order": "V"} | fields


def point(**fields: Any) -> dict[str, Any]:
    return {"section": "touchpoints", "id": "t1", "stage": "buy", "title": Text("New"), "order": "V"} | fields


# Taken


def test_an_edit_is_taken_and_says_what_it_touches():
    doc = shared(small())
    gate = Gate(doc)
    typed = update(doc, lambda d: root(d, RECORDS)["cart"]["title"].insert(0, "My "))
    assert gate.admit(typed, by=someone()).touched == {RECORDS: {"cart": ("title",)}}
    moved = update(
        doc, sets(RECORDS, "pay", order="1", stage="use"), lambda d: root(d, HEAD).__setitem__("owner", "Ben")
    )
    assert gate.admit(moved, by=someone()).touched == {RECORDS: {"pay": ("order", "stage")}, HEAD: {"": ("owner",)}}
    assert document_data(doc)["touchpoints"][0] == {"id": "pay", "order": "1", "stage": "use", "title": "Pay"}


def test_what_is_known_already_is_nothing_new():
    doc = shared(small())
    gate, body = Gate(doc), update(doc, sets(RECORDS, "pay", optional=True))
    assert [gate.admit(body, by=someone()).new for _ in range(3)] == [True, False, False]
    assert gate.admit(doc.get_update(), by=someone(Role.VIEWER)).new is False
    assert gate.admit(b"\0\0", by=someone(Role.VIEWER)).new is False


def test_what_was_edited_offline_may_be_larger(monkeypatch: pytest.MonkeyPatch):
    doc = shared(small())
    body = update(doc, puts(RECORDS, "k1", card(says=Text("long " * 60_000))))
    with pytest.raises(UpdateRefused, match="Paste it in smaller pieces"):
        Gate(doc).admit(body, by=someone())
    assert Gate(doc).admit(body, by=someone(), most=admit.MAX_MERGE).new


# Refused

REFUSED: dict[str, tuple[str, Callable[[Doc[Any]], object]]] = {
    "another root": ("no part 'evil'", lambda d: d.get("evil", type=Map).__setitem__("a", 1.0)),
    "a record gone for good": ("gone for good", lambda d: root(d, RECORDS).__delitem__("pay")),
    "a record that is text": ("is no record", puts(RECORDS, "x", "text")),
    "a record that is a list": ("is no record", puts(RECORDS, "x", Array(["a"]))),
    "a record without section": ("no section", puts(RECORDS, "x", {"id": "x", "order": "V"})),
    "a record with another id": ("no section, or another id", puts(RECORDS, "x", card(id="y"))),
    "a record that changes its kind": ("another kind", sets(RECORDS, "pay", section="cards")),
    "a record without place": ("no place in the order", sets(RECORDS, "pay", order="a0")),
    "a field that records lack": ("pay: evil: Extra inputs", sets(RECORDS, "pay", evil="x")),
    "a field of the wrong type": (
        "pay: optional: Input should be a valid boolean",
        sets(RECORDS, "pay", optional="maybe"),
    ),
    "a title that is no text": ("title is of a kind", sets(RECORDS, "pay", title="Pay!")),
    "a title with markup": (
        "title is of a kind",
        lambda d: root(d, RECORDS)["pay"]["title"].format(0, 2, {"bold": True}),
    ),
    "a list within a record": ("channels is of a kind", sets(RECORDS, "pay", channels=Array(["web"]))),
    "a fragment within a record": ("channels is of a kind", sets(RECORDS, "pay", channels=XmlFragment([]))),
    "a stage that is not there": ("t1 speaks of 'gone'", puts(RECORDS, "t1", point(stage="gone"))),
    "a card at nothing": ("k1 speaks of 'gone'", puts(RECORDS, "k1", card(at="gone"))),
    "a head without title": ("map: title: Field required", lambda d: root(d, HEAD).__delitem__("title")),
    "a head of the wrong type": ("map: review: Input should be", lambda d: root(d, HEAD).__setitem__("review", "soon")),
    "a workshop with a list": ("A workshop holds", lambda d: root(d, WORKSHOP).__setitem__("by", Array([]))),
    "a comment for somebody else": ("somebody else’s name", puts(COMMENTS, "c1", comment(by="ben", name="Ben"))),
    "a comment at nothing": ("c1 speaks of 'gone'", puts(COMMENTS, "c1", comment(at="gone"))),
    "a comment with more in it": ("c1: evil: Extra", puts(COMMENTS, "c1", comment(evil=1.0))),
    "a vote for somebody else": ("votes for somebody else", puts(VOTES, "cart ben", 1.0)),
    "half a vote": ("a whole number", puts(VOTES, "cart ana", 0.5)),
    "a vote for nothing": ("speaks of 'gone'", puts(VOTES, "gone ana", 1.0)),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_a_map_does_not_hold_is_refused_and_leaves_no_trace(what: str):
    says, edit = REFUSED[what]
    doc = shared(small())
    gate, before = Gate(doc), doc.get_update()
    with pytest.raises(UpdateRefused, match=says):
        gate.admit(update(doc, edit), by=someone())
    assert doc.get_update() == before
    assert gate.admit(update(doc, sets(RECORDS, "pay", optional=True)), by=someone()).new


@pytest.mark.parametrize("role", [Role.COMMENTER, Role.VIEWER])
@pytest.mark.parametrize(
    "edit",
    [
        sets(RECORDS, "pay", optional=True),
        lambda d: root(d, HEAD).__setitem__("owner", "Me"),
        lambda d: root(d, WORKSHOP).__setitem__("voting", True),
        lambda d: [puts(COMMENTS, "c1", comment())(d), sets(RECORDS, "pay", optional=True)(d)],
    ],
)
def test_a_role_that_does_not_draw_changes_nothing(role: Role, edit: Edit):
    doc = shared(small())
    before = doc.get_update()
    with pytest.raises(UpdateRefused, match="Your role does not let you"):
        Gate(doc).admit(update(doc, edit), by=someone(role))
    assert doc.get_update() == before


def test_a_viewer_does_not_comment_and_leaves_no_rest():
    doc = shared(small())
    made_and_gone = update(doc, lambda d: [puts(COMMENTS, "c1", comment())(d), root(d, COMMENTS).__delitem__("c1")])
    for body in (update(doc, puts(COMMENTS, "c1", comment())), made_and_gone):
        with pytest.raises(UpdateRefused, match="let you comment"):
            Gate(doc).admit(body, by=someone(Role.VIEWER))


def test_an_edit_that_builds_on_what_never_came_is_refused():
    doc = shared(small())
    other = copied(doc)
    bodies: list[bytes] = []
    held = other.observe(lambda event: bodies.append(event.update))
    root(other, RECORDS)["pay"]["optional"] = True
    root(other, RECORDS)["pay"]["optional"] = False
    root(other, RECORDS)["cart"]["title"].insert(0, "My ")
    other.unobserve(held)
    gate, before = Gate(doc), doc.get_update()
    for late in bodies[1:]:
        with pytest.raises(UpdateRefused, match="never arrived"):
            gate.admit(late, by=someone())
    assert doc.get_update() == before
    assert [gate.admit(body, by=someone()).new for body in bodies] == [True, True, True]


def test_a_map_that_is_full_says_so():
    doc = shared(small())
    gate = Gate(doc, most=len(doc.get_update()) + 500)
    with pytest.raises(UpdateRefused, match="This map is full"):
        gate.admit(update(doc, puts(RECORDS, "k1", card(says=Text("x" * 600)))), by=someone())
    for front in (False, True, False):
        gate.admit(update(doc, sets(RECORDS, "pay", front=front)), by=someone())
    assert "k1" not in root(doc, RECORDS)


@given(st.binary(max_size=200) | st.integers(0, 400).map(lambda cut: _torn(cut)))
@settings(max_examples=300, deadline=None)
def test_bytes_that_are_no_edit_are_refused_or_change_nothing_that_is_drawn(body: bytes):
    doc = shared(small())
    gate, before = Gate(doc), document_data(doc)
    with suppress(UpdateRefused):
        gate.admit(body, by=someone(Role.COMMENTER))
    assert document_data(doc) == before
    assert gate.admit(update(doc, sets(RECORDS, "pay", optional=True)), by=someone()).new


def _torn(cut: int) -> bytes:
    doc = shared(small())
    body = bytearray(update(doc, puts(RECORDS, "k1", card()), puts(COMMENTS, "c1", comment())))
    body[cut % len(body)] ^= 1 << cut % 8
    return bytes(body)


# What people say


def said(*edits: tuple[Writer, Edit]) -> Doc[Any]:
    doc = shared(small())
    gate = Gate(doc)
    for by, edit in edits:
        gate.admit(update(doc, edit), by=by)
    return doc


ANA, BEN = someone(Role.COMMENTER, "ana"), someone(Role.COMMENTER, "ben")
EVA = someone(Role.EDITOR, "eva")
SAID = (ANA, puts(COMMENTS, "c1", comment()))
SUGGESTED = {"id": "s1", "at": "cart", "by": "ana", "name": "Ana", "on": "2026-03-02T09:00:00Z", "field": "title"}
SUGGESTION = (
    ANA,
    puts(SUGGESTIONS, "s1", SUGGESTED | {"value": "Basket", "was": "Cart", "state": "open", "decided_by": ""}),
)


def test_an_author_says_it_in_other_words_and_an_editor_settles_it():
    doc = said(
        SAID,
        (ANA, sets(COMMENTS, "c1", says="Why so?", edited="2026-03-02T09:05:00Z")),
        (EVA, sets(COMMENTS, "c1", resolved=True, resolved_by="Eva")),
    )
    assert dict(root(doc, COMMENTS)["c1"].to_py()) == comment(
        says="Why so?", edited="2026-03-02T09:05:00Z", resolved=True, resolved_by="Eva"
    )


@pytest.mark.parametrize(
    ("by", "edit"),
    [
        (EVA, sets(COMMENTS, "c1", says="I was wrong")),
        (EVA, sets(COMMENTS, "c1", deleted=True)),
        (BEN, sets(COMMENTS, "c1", resolved=True)),
        (EVA, sets(COMMENTS, "c1", resolved=True, resolved_by="Ana")),
        (ANA, sets(COMMENTS, "c1", at="pay")),
        (ANA, sets(COMMENTS, "c1", on="2020-01-01T00:00:00Z")),
        (EVA, puts(COMMENTS, "c1", comment(says="I was wrong"))),
        (EVA, lambda d: root(d, COMMENTS).__delitem__("c1")),
        (BEN, sets(SUGGESTIONS, "s1", value="Trolley")),
        (EVA, sets(SUGGESTIONS, "s1", value="Trolley")),
        (ANA, sets(SUGGESTIONS, "s1", state="accepted")),
        (BEN, sets(SUGGESTIONS, "s1", state="declined")),
        (EVA, sets(SUGGESTIONS, "s1", state="perhaps")),
        (EVA, sets(SUGGESTIONS, "s1", state="accepted", decided_by="Ana")),
        (BEN, puts(VOTES, "cart ana", 3.0)),
    ],
)
def test_nobody_puts_words_into_the_mouth_of_others(by: Writer, edit: Edit):
    doc = said(SAID, SUGGESTION)
    before = doc.get_update()
    with pytest.raises(UpdateRefused):
        Gate(doc).admit(update(doc, edit), by=by)
    assert doc.get_update() == before


def test_suggestions_are_made_decided_and_taken_back():
    decided = said(SUGGESTION, (EVA, sets(SUGGESTIONS, "s1", state="accepted", decided_by="Eva")))
    back = said(
        SUGGESTION, (ANA, sets(SUGGESTIONS, "s1", value="Bag")), (ANA, sets(SUGGESTIONS, "s1", state="declined"))
    )
    assert root(decided, SUGGESTIONS)["s1"]["state"] == "accepted"
    assert (root(back, SUGGESTIONS)["s1"]["value"], root(back, SUGGESTIONS)["s1"]["state"]) == ("Bag", "declined")


def test_votes_are_ones_own_and_an_editor_may_clear_them():
    doc = said(
        (ANA, puts(VOTES, "cart ana", 2.0)), (BEN, puts(VOTES, "cart ben", 1.0)), (EVA, puts(VOTES, "cart ana", 0.0))
    )
    assert dict(root(doc, VOTES).to_py()) == {"cart ana": 0.0, "cart ben": 1.0}


# The server writes


def test_a_change_by_the_server_is_whole_or_nothing():
    doc = shared(small())
    gate, before = Gate(doc), doc.get_update()

    def fails(copy: Doc[Any]) -> None:
        root(copy, RECORDS)["pay"]["optional"] = True
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        gate.write(fails)
    with pytest.raises(UpdateRefused, match="Extra inputs"):
        gate.write(sets(RECORDS, "pay", evil=1.0))
    assert doc.get_update() == before
    body, admitted = gate.write(sets(RECORDS, "pay", optional=True))
    assert admitted.touched == {RECORDS: {"pay": ("optional",)}}
    other = shared({"map": {"id": "m", "title": "M"}})
    other.apply_update(body)
    assert root(doc, RECORDS)["pay"]["optional"] is True
