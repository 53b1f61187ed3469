"""Versions: kept under a name, compared, brought back as an edit in the same history."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from tests.loops import on_a_loop
from tests.web.serving import Served

from desireline.maps.templates import load_template
from desireline.server.desk import open_desk
from desireline.server.files import begin, edit_head, keep_day


@pytest.fixture
def olga(served: Served):
    with served.client() as client:
        yield client


@pytest.fixture
def stay(olga: httpx.Client) -> str:
    return str(olga.post("/api/maps", json={"template": "hotel-stay"}).json()["id"])


def keep(client: httpx.Client, map_id: str, title: str) -> dict:
    return client.post(f"/api/maps/{map_id}/versions", json={"title": title}).raise_for_status().json()


def data(client: httpx.Client, map_id: str) -> dict:
    return client.get(f"/api/maps/{map_id}/data").raise_for_status().json()


def rename(client: httpx.Client, map_id: str, title: str) -> None:
    client.patch(f"/api/maps/{map_id}", json={"title": title}).raise_for_status()


def test_a_version_is_the_map_as_it_was(olga: httpx.Client, stay: str):
    rename(olga, stay, "As agreed")
    made = keep(olga, stay, "Agreed in May")
    rename(olga, stay, "Something else")
    whole = olga.get(f"/api/maps/{stay}/versions/{made['id']}").json()
    assert (made["number"], made["kind"], made["made_by"]) == (1, "named", "Olga")
    assert whole["version"] == made
    assert whole["data"]["map"]["title"] == "As agreed"
    assert [one["title"] for one in olga.get(f"/api/maps/{stay}/versions").json()] == ["Agreed in May"]


def test_two_versions_are_compared_in_words(olga: httpx.Client, stay: str):
    rename(olga, stay, "One")
    first = keep(olga, stay, "first")
    rename(olga, stay, "Two")
    second = keep(olga, stay, "second")
    rename(olga, stay, "Three")

    def compared(**to: str) -> list[tuple[str, str, str]]:
        told = olga.get(f"/api/maps/{stay}/versions/{first['id']}/changes", params=to).json()
        return [(one["kind"], one["old"], one["new"]) for one in told["changes"]]

    assert compared(to=second["id"]) == [("renamed", "One", "Two")]
    assert compared() == [("renamed", "One", "Three")]
    back = olga.get(f"/api/maps/{stay}/versions/{second['id']}/changes", params={"to": first["id"]}).json()
    assert (back["before"]["map"]["title"], back["after"]["map"]["title"]) == ("Two", "One")
    assert back["changes"][0]["says"] == "map “Two” is now called “One”."


def test_a_restored_version_is_an_edit_and_what_was_before_is_kept(olga: httpx.Client, stay: str, served: Served):
    first = keep(olga, stay, "first")
    before, epoch = data(olga, stay), served.desk.documents.get(stay).epoch
    rename(olga, stay, "Spoiled")
    told = olga.post(f"/api/maps/{stay}/versions/{first['id']}/restore").raise_for_status().json()
    assert [(one["old"], one["new"]) for one in told["changes"]] == [("Spoiled", before["map"]["title"])]
    assert data(olga, stay) == before
    assert served.desk.documents.get(stay).epoch == epoch
    kinds = [(one["kind"], one["title"]) for one in olga.get(f"/api/maps/{stay}/versions").json()]
    assert kinds == [
        ("restored", "“first” restored"),
        ("before-restore", "Before “first” was restored"),
        ("named", "first"),
    ]
    spoiled = olga.get(f"/api/maps/{stay}/versions/{told['before']['id']}").json()
    assert spoiled["data"]["map"]["title"] == "Spoiled"
    again = olga.post(f"/api/maps/{stay}/versions/{first['id']}/restore").json()
    assert (again["changes"], again["before"], again["after"]) == ([], None, None)


def test_a_version_can_be_called_something_else(olga: httpx.Client, stay: str):
    made = keep(olga, stay, "frist")
    told = olga.patch(f"/api/maps/{stay}/versions/{made['id']}", json={"title": "first"}).json()
    assert told == made | {"title": "first"}


def test_a_version_of_another_map_is_not_there(olga: httpx.Client, stay: str):
    other = olga.post("/api/maps", json={"template": "default"}).json()["id"]
    made = keep(olga, stay, "mine")
    for answer in (
        olga.get(f"/api/maps/{other}/versions/{made['id']}"),
        olga.get(f"/api/maps/{other}/versions/{made['id']}/changes"),
        olga.get(f"/api/maps/{stay}/versions/{made['id']}/changes", params={"to": "elsewhere"}),
        olga.post(f"/api/maps/{other}/versions/{made['id']}/restore"),
        olga.patch(f"/api/maps/{other}/versions/{made['id']}", json={"title": "x"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-version")


def test_who_changed_what_is_remembered(olga: httpx.Client, stay: str):
    rename(olga, stay, "One")
    rename(olga, stay, "Two")
    told = olga.get(f"/api/maps/{stay}/edits", params={"record": ""}).json()
    assert [(one["record"], one["fields"], one["by"]) for one in told] == [("", ["title"], "Olga")] * 2
    assert olga.get(f"/api/maps/{stay}/edits", params={"record": "no-such"}).json() == []


def test_what_was_left_on_an_earlier_day_is_kept_once(tmp_path: Path):
    now = [datetime(2026, 3, 2, 17, tzinfo=UTC)]
    desk = open_desk(tmp_path, clock=lambda: now[0])
    made = begin(desk.documents, desk.shelf, load_template("default"), by="ana", at=now[0])

    async def story() -> list[list[str]]:
        told = []

        async def opened() -> None:
            await asyncio.gather(*(keep_day(desk, made.id) for _ in range(5)))
            told.append([one.title for one in desk.versions.of(made.id)])

        now[0] = datetime(2026, 3, 3, 9, tzinfo=UTC)
        await opened()  # nobody drew on it yet
        await edit_head(desk, made.id, by="ana", title="One")
        await opened()  # today's edits are not yesterday's
        now[0] = datetime(2026, 3, 9, 9, tzinfo=UTC)
        await opened()
        await edit_head(desk, made.id, by="ana", title="Two")
        await edit_head(desk, made.id, by="ana", title="One")
        now[0] = datetime(2026, 3, 10, 9, tzinfo=UTC)
        await opened()  # it says what it said
        await desk.rooms.close()
        return told

    assert on_a_loop(story()) == [[], [], ["As of 3 March 2026"], ["As of 3 March 2026"]]
