"""A map's file: out, changed by hand, and in again, as an edit that tells what it does."""

from __future__ import annotations

import httpx
import pytest
from tests.web.serving import Served

from desireline.maps.templates import load_template

STAY = load_template("hotel-stay")


@pytest.fixture
def olga(served: Served):
    with served.client() as client:
        yield client


@pytest.fixture
def stay(olga: httpx.Client) -> str:
    return str(olga.post("/api/imports", json={"text": STAY}).raise_for_status().json()["id"])


def text(client: httpx.Client, map_id: str) -> str:
    return client.get(f"/api/maps/{map_id}/file").raise_for_status().text


def test_a_map_from_a_file_leaves_as_that_file(olga: httpx.Client, stay: str):
    answer = olga.get(f"/api/maps/{stay}/file")
    assert answer.text == STAY
    assert answer.headers["content-disposition"] == 'attachment; filename="hotel-stay.journey.yaml"'


def test_edited_in_the_app_then_by_hand_only_the_edited_lines_differ(olga: httpx.Client, stay: str):
    olga.patch(f"/api/maps/{stay}", json={"owner": "Front: desk"}).raise_for_status()
    out = text(olga, stay)
    gone, come = set(STAY.splitlines()) - set(out.splitlines()), set(out.splitlines()) - set(STAY.splitlines())
    assert (len(gone), come) == (1, {"  owner: 'Front: desk'"})
    hand = out.replace("format: desireline/1", "# Ana was here\nformat: desireline/1   # and here")
    hand = hand.replace("title: A stay with us", "title: Two nights with us")
    told = olga.put(f"/api/maps/{stay}/file", json={"text": hand, "name": "stay.yaml"}).raise_for_status().json()
    assert [(one["kind"], one["old"], one["new"]) for one in told["changes"]] == [
        ("renamed", "A stay with us", "Two nights with us")
    ]
    assert text(olga, stay) == hand
    kinds = [(one["kind"], one["title"]) for one in olga.get(f"/api/maps/{stay}/versions").json()]
    assert kinds == [("imported", "stay.yaml imported"), ("before-import", "Before stay.yaml was imported")]


def test_a_dry_run_tells_and_changes_nothing(olga: httpx.Client, stay: str):
    hand = STAY.replace("title: A stay with us", "title: Two nights with us")
    told = olga.put(f"/api/maps/{stay}/file", json={"text": hand, "dry_run": True}).json()
    assert [one["says"] for one in told["changes"]] == ["map “A stay with us” is now called “Two nights with us”."]
    assert (told["before"], text(olga, stay)) == (None, STAY)


def test_a_file_with_faults_is_refused_with_all_of_them(olga: httpx.Client, stay: str):
    broken = STAY.replace("stage: ", "stagee: ", 2)
    answer = olga.put(f"/api/maps/{stay}/file", json={"text": broken})
    assert answer.status_code == 422
    assert answer.json()["says"].count("stagee") >= 2
    assert text(olga, stay) == STAY
    signs = (STAY.replace("A stay with us", f'"A {sign} stay"', 1) for sign in ("\\0", "\\uD800", "\x07"))
    for nothing in ("", "- a list", "{", "a: &a [*a]", "\x00", *signs):
        assert olga.put(f"/api/maps/{stay}/file", json={"text": nothing}).status_code == 422
    assert olga.post("/api/imports", json={"text": "x" * 2_000_001}).status_code == 422


def test_people_who_have_the_map_open_see_an_import_as_an_edit(olga: httpx.Client, stay: str, served: Served):
    before = served.desk.documents.get(stay)
    hand = STAY.replace("title: A stay with us", "title: Two nights with us")
    olga.put(f"/api/maps/{stay}/file", json={"text": hand}).raise_for_status()
    after = served.desk.documents.get(stay)
    assert (after.epoch, after.title) == (before.epoch, "Two nights with us")
    assert len(served.desk.documents.history(stay).bodies) == 2
