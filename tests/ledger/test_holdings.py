"""What belongs to a map beside its history: versions, share links, pictures, mentions. On both kinds of ledger."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desireline.errors import LinkUsed, PictureMissing, UnknownDocument, UnknownShare, UnknownVersion
from desireline.ledger.documents import Documents, Update
from desireline.ledger.engine import connect, ledger_url
from desireline.ledger.mentions import Mentions, Named
from desireline.ledger.pictures import Pictures
from desireline.ledger.shares import Shares
from desireline.ledger.shelf import Shelf
from desireline.ledger.versions import VersionKind, Versions

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """A workspace's part of a ledger, with one map in it."""

    documents: Documents
    shelf: Shelf
    versions: Versions
    shares: Shares
    pictures: Pictures
    mentions: Mentions
    map: str


def a_place(folder: Path, workspace: str = "ours") -> Place:
    engine = connect(ledger_url(folder))
    documents = Documents(engine, workspace)
    made = documents.make(map_id="shop", title="Shop", owner="", text="", first=Update(b"x", "ana", AT.isoformat()))
    stores = (kind(engine, workspace) for kind in (Shelf, Versions, Shares, Pictures, Mentions))
    return Place(documents, *stores, made.id)


@pytest.fixture
def ours(place: Path) -> Place:
    return a_place(place)


@pytest.fixture
def theirs(ours: Place, place: Path) -> Place:
    """Another workspace in the same ledger."""
    return a_place(place, "theirs")


def says(place: Place, comment: Named) -> None:
    """Somebody comments on the map."""
    place.documents.append(place.map, [Update(b"says", comment.by, comment.at)], named=[comment])


def test_versions_are_numbered_within_their_map(ours: Place):
    said = {"kind": VersionKind.NAMED, "by": "ana", "at": AT.isoformat()}
    first = ours.versions.make(ours.map, "one\n", title="First", **said)
    ours.documents.append(ours.map, [Update(b"y", "ana", AT.isoformat())])
    second = ours.versions.make(ours.map, "two\n", title="Second", **said)
    assert [(one.number, one.title, one.seq) for one in ours.versions.of(ours.map)] == [
        (2, "Second", 2),
        (1, "First", 1),
    ]
    assert ours.versions.whole(ours.map, first.id) == (first, "one\n")
    assert ours.versions.rename(ours.map, second.id, "2").title == "2"
    with pytest.raises(UnknownVersion):
        ours.versions.whole(ours.map, "nowhere")


def test_of_many_who_keep_the_same_at_once_one_does(ours: Place):
    said = {"title": "x", "kind": VersionKind.DAILY, "by": "", "at": AT.isoformat()}
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: ours.versions.make_if_new(ours.map, "same", **said), range(8)))
    assert [one.number for one in made if one] == [1]
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda text: ours.versions.make(ours.map, str(text), **said).number, range(8)))
    assert sorted(numbers) == list(range(2, 10))


def test_a_link_is_over_when_it_expires_or_is_ended(ours: Place):
    share, secret = ours.shares.make(ours.map, title="Board", by="ana", at=AT, lasts=timedelta(days=1))
    assert ours.shares.use(secret, at=AT).opened == 1
    assert ours.shares.use(secret, at=AT, count=False).opened == 1
    with pytest.raises(LinkUsed):
        ours.shares.use(secret, at=AT + timedelta(days=1))
    over = ours.shares.end(ours.map, share.id, at=AT)
    assert (over.ended_at, ours.shares.of(ours.map)) == (AT.isoformat(), [over])
    assert ours.shares.end(ours.map, share.id, at=AT + timedelta(hours=1)) == over
    with pytest.raises(LinkUsed):
        ours.shares.use(secret, at=AT)
    with pytest.raises(UnknownShare):
        ours.shares.end(ours.map, "nowhere", at=AT)


def test_the_same_picture_is_kept_once_and_counts_once(ours: Place):
    kept = [ours.pictures.add(ours.map, kind="image/png", body=b"pixels", by="ana", at="") for _ in range(2)]
    assert kept[0] == kept[1] == ours.pictures.get(ours.map, kept[0].id)
    assert ours.pictures.size(ours.map) == 6
    with pytest.raises(PictureMissing):
        ours.pictures.get(ours.map, "0" * 64)


def test_nobody_is_told_twice_nor_of_their_own_comment(ours: Place):
    comment = Named("c1", ("ben", "ana", "ben", "cleo"), "ana", AT.isoformat(), "Look, @Ben" + "!" * 900)
    says(ours, comment)
    says(ours, comment)
    (told,) = ours.mentions.open("ben")
    assert (told.title, told.comment_id, told.by, len(told.says)) == ("Shop", "c1", "ana", 500)
    assert ours.mentions.open("ana") == []
    assert ours.mentions.see("cleo", [told.id], at="now") == 0
    assert ours.mentions.see("ben", [told.id], at="now") == 1
    assert ours.mentions.see("ben", [told.id], at="later") == 0
    assert ours.mentions.open("ben") == []


def test_mentions_on_a_map_that_was_put_away_wait_until_it_is_back(ours: Place):
    says(ours, Named("c1", ("ben",), "ana", AT.isoformat(), "Look"))
    ours.shelf.archive(ours.map, at=AT)
    assert ours.mentions.open("ben") == []
    ours.shelf.bring_back(ours.map)
    assert len(ours.mentions.open("ben")) == 1


def test_another_workspace_sees_and_changes_none_of_it(ours: Place, theirs: Place):
    version = ours.versions.make(ours.map, "x", title="x", kind=VersionKind.NAMED, by="ana", at="")
    share, secret = ours.shares.make(ours.map, title="", by="ana", at=AT, lasts=None)
    kept = ours.pictures.add(ours.map, kind="image/png", body=b"pixels", by="ana", at="")
    says(ours, Named("c1", ("ben",), "ana", AT.isoformat(), "Look"))
    (told,) = ours.mentions.open("ben")
    said = {"kind": VersionKind.NAMED, "by": "eve", "at": ""}
    for attempt in (
        lambda: theirs.versions.of(ours.map),
        lambda: theirs.versions.whole(ours.map, version.id),
        lambda: theirs.versions.make(ours.map, "y", title="y", **said),
        lambda: theirs.versions.rename(ours.map, version.id, "y"),
        lambda: theirs.shares.of(ours.map),
        lambda: theirs.shares.make(ours.map, title="", by="eve", at=AT, lasts=None),
        lambda: theirs.shares.end(ours.map, share.id, at=AT),
        lambda: theirs.pictures.get(ours.map, kept.id),
        lambda: theirs.pictures.add(ours.map, kind="image/png", body=b"y", by="eve", at=""),
        lambda: theirs.pictures.copy(ours.map, theirs.map, by="eve", at=""),
        lambda: theirs.shelf.archive(ours.map, at=AT),
        lambda: theirs.shelf.keep_text(ours.map, "y", map_id="y"),
    ):
        with pytest.raises(UnknownDocument):
            attempt()
    with pytest.raises(UnknownVersion):
        theirs.versions.whole(theirs.map, version.id)
    with pytest.raises(UnknownShare):
        theirs.shares.end(theirs.map, share.id, at=AT)
    with pytest.raises(LinkUsed):
        theirs.shares.use(secret, at=AT)
    assert (theirs.mentions.open("ben"), theirs.mentions.see("ben", [told.id], at="now")) == ([], 0)
    assert theirs.shelf.map_ids() == {"shop"}
    assert ours.shares.use(secret, at=AT).opened == 1
