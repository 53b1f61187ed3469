"""Maps as things: listed, searched, called something else, copied, put away."""

from __future__ import annotations

import httpx
import pytest
from tests.web.serving import Served

from desireline.access import Role


@pytest.fixture
def olga(served: Served):
    """The owner."""
    with served.client() as client:
        yield client


def begin(client: httpx.Client, **said: str) -> dict:
    return client.post("/api/maps", json=said).raise_for_status().json()


def titles(client: httpx.Client, **asked: object) -> list[str]:
    return [one["title"] for one in client.get("/api/maps", params=asked).raise_for_status().json()]


def test_the_list_shows_whose_a_map_is_and_what_is_on_it(olga: httpx.Client):
    begin(olga, template="hotel-stay", title="Weekend stay")
    (card,) = olga.get("/api/maps").json()
    assert (card["title"], card["map_id"], card["made_by"], card["here"]) == (
        "Weekend stay",
        "weekend-stay",
        "Olga",
        [],
    )
    sketch = card["sketch"]
    assert sketch["stages"]
    assert sketch["personas"]
    assert {point["stage"] for point in sketch["points"]} == set(range(len(sketch["stages"])))
    assert any(point["feeling"] is not None for point in sketch["points"])
    assert sum(sketch["remarks"].values()) > 0


def test_the_last_changed_map_comes_first_and_search_looks_into_maps(olga: httpx.Client):
    first = begin(olga, template="hotel-stay")
    begin(olga, template="insurance-claim", title="A claim")
    olga.patch(f"/api/maps/{first['id']}", json={"owner": "Front desk"}).raise_for_status()
    stage = first["sketch"]["stages"][0]
    assert titles(olga)[0] == first["title"]
    assert titles(olga, search="front DESK") == [first["title"]]
    assert titles(olga, search=f"{stage} stay") == [first["title"]]
    assert titles(olga, search="nothing like it") == []


def test_a_map_is_called_something_else_for_everybody(olga: httpx.Client):
    made = begin(olga, template="hotel-stay")
    told = olga.patch(f"/api/maps/{made['id']}", json={"title": "  Ünsere Nächte 🌙 "}).json()
    assert told["title"] == "Ünsere Nächte 🌙"
    assert olga.get(f"/api/maps/{made['id']}/data").json()["map"]["title"] == "Ünsere Nächte 🌙"
    refused = olga.patch(f"/api/maps/{made['id']}", json={"title": " "})
    assert refused.status_code == 422


def test_a_map_that_belongs_to_nobody_any_more_names_no_owner(olga: httpx.Client):
    made = begin(olga, template="hotel-stay")
    owners = [olga.patch(f"/api/maps/{made['id']}", json={"owner": name}).json()["owner"] for name in ("Bo", "")]
    assert owners == ["Bo", ""]
    assert olga.patch(f"/api/maps/{made['id']}", json={"title": "Nights"}).json()["owner"] == ""


def test_two_maps_from_one_template_have_ids_of_their_own(olga: httpx.Client):
    ids = [begin(olga, template="hotel-stay")["map_id"] for _ in range(3)]
    assert ids == ["hotel-stay", "hotel-stay-2", "hotel-stay-3"]


def test_a_copy_says_the_same_under_another_name(olga: httpx.Client):
    made = begin(olga, template="hotel-stay")
    copy = olga.post(f"/api/maps/{made['id']}/copies", json={"title": "Stay, winter"}).raise_for_status().json()
    first, second = (olga.get(f"/api/maps/{one['id']}/data").json() for one in (made, copy))
    assert (second["map"]["id"], second["map"]["title"]) == ("stay-winter", "Stay, winter")
    assert {**first, "map": {}} == {**second, "map": {}}
    olga.patch(f"/api/maps/{copy['id']}", json={"owner": "Bo"})
    assert olga.get(f"/api/maps/{made['id']}/data").json() == first


def test_a_map_that_is_put_away_is_kept_whole_and_comes_back(olga: httpx.Client):
    made = begin(olga, template="hotel-stay")
    before = olga.get(f"/api/maps/{made['id']}/data").json()
    put = olga.put(f"/api/maps/{made['id']}/archived", json={"archived": True}).raise_for_status().json()
    assert put["archived_at"]
    assert (titles(olga), titles(olga, archived=True)) == ([], [made["title"]])
    olga.put(f"/api/maps/{made['id']}/archived", json={"archived": False}).raise_for_status()
    assert (titles(olga), titles(olga, archived=True)) == ([made["title"]], [])
    assert olga.get(f"/api/maps/{made['id']}/data").json() == before


def test_what_is_not_there_is_told_so(olga: httpx.Client):
    for answer in (
        olga.get("/api/maps/nowhere"),
        olga.patch("/api/maps/nowhere", json={"title": "X"}),
        olga.post("/api/maps/nowhere/copies", json={"title": "X"}),
        olga.put("/api/maps/nowhere/archived", json={"archived": True}),
        olga.get("/api/maps/nowhere/file"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-map")


def test_every_template_can_be_looked_at_before_it_is_chosen(olga: httpx.Client):
    found = olga.get("/api/templates").json()
    assert len(found) > 10
    assert all(one["sketch"]["stages"] and one["sketch"]["points"] for one in found)
    assert {Role.OWNER.value} == {olga.get("/api/me").json()["role"]}
