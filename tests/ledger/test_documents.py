"""Histories of shared maps: whole or not at all, in one workspace, and with who changed what."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from desireline.errors import UnknownDocument
from desireline.ledger.documents import Changed, Document, Documents, Edit, Update
from desireline.ledger.engine import connect, ledger_url
from desireline.ledger.mentions import Mentions, Named

AT = "2026-03-02T09:00:00+00:00"
LATER = "2026-03-02T10:00:00+00:00"


@pytest.fixture
def documents(place: Path) -> Documents:
    return Documents(connect(ledger_url(place)), "w1")


def begun(documents: Documents) -> Document:
    return documents.make(map_id="m", title="M", owner="Ana", text="", first=Update(b"one", "ana", AT))


def test_a_history_is_what_was_appended_in_that_order(documents: Documents):
    id_ = begun(documents).id
    assert documents.append(id_, [Update(b"two", "ana", AT), Update(b"three", "ben", LATER)], title="Shop") == 3
    history = documents.history(id_)
    assert (history.bodies, history.seq, history.single) == ((b"one", b"two", b"three"), 3, 3)
    told = documents.get(id_)
    assert (told.title, told.owner, told.made_at, told.changed_at) == ("Shop", "Ana", AT, LATER)


def test_a_snapshot_takes_the_place_of_updates_and_edits_stay_known(documents: Documents):
    id_ = begun(documents).id
    edits = (Edit("", ("title",)), Edit("pay", ("order", "stage")))
    documents.append(
        id_, [Update(b"two", "ana", AT, edits), Update(b"three", "ben", LATER, (Edit("pay", ("title",)),))]
    )
    documents.compact(id_, b"one two", 2)
    assert documents.history(id_).bodies == (b"one two", b"three")
    assert documents.append(id_, [Update(b"four", "ana", LATER)]) == 4
    documents.compact(id_, b"all", 4)
    history = documents.history(id_)
    assert (history.bodies, history.seq, history.single) == ((b"all",), 4, 0)
    assert documents.append(id_, [Update(b"five", "ana", LATER)]) == 5
    head, moved, typed = (
        Changed(2, "ana", AT, "", ("title",)),
        Changed(2, "ana", AT, "pay", ("order", "stage")),
        Changed(3, "ben", LATER, "pay", ("title",)),
    )
    assert documents.edits(id_) == [typed, moved, head]
    assert documents.edits(id_, "pay") == [typed, moved]
    assert documents.edits(id_, "") == [head]
    assert documents.edits(id_, "pay", most=1) == [typed]


def test_who_is_named_is_told_with_the_update_or_not_at_all(documents: Documents):
    id_, mentions = begun(documents).id, Mentions(documents.engine, "w1")
    named = Named("c1", ("ben", "ana"), "ana", AT, "@Ben?")
    documents.append(id_, [Update(b"two", "ana", AT)], named=[named])
    documents.append(id_, [Update(b"three", "ana", AT)], named=[named])
    assert [(one.comment_id, one.by) for one in mentions.open("ben")] == [("c1", "ana")]
    assert mentions.open("ana") == []
    with pytest.raises(UnknownDocument):
        documents.append("gone", [Update(b"four", "ana", AT)], named=[named])
    assert documents.history(id_).seq == 3


def test_a_document_of_another_workspace_is_not_there(documents: Documents):
    id_, other = begun(documents).id, Documents(documents.engine, "w2")
    assert other.all() == []
    asked = (
        lambda: other.get(id_),
        lambda: other.history(id_),
        lambda: other.edits(id_),
        lambda: other.append(id_, [Update(b"two", "eve", AT)]),
        lambda: other.compact(id_, b"nothing", 1),
    )
    for ask in asked:
        with pytest.raises(UnknownDocument):
            ask()
    assert documents.history(id_).seq == 1


def test_while_edits_follow_each_other_the_log_stays_and_then_the_file_is_whole(tmp_path):
    documents = Documents(connect(ledger_url(tmp_path)), "w1")
    id_ = begun(documents).id
    log = tmp_path / "ledger.db-wal"
    assert not log.exists()
    for _ in range(3):
        documents.append(id_, [Update(b"\x00\x00", "ana", "2026-03-02T09:00:00+00:00")])
        assert log.exists()
    for _ in range(100):
        if not log.exists():
            break
        time.sleep(0.1)
    assert not log.exists()
    assert documents.history(id_).single == 4
