"""What is in the archive can be read and copied, not changed: over the socket and by requests, until it is back."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from tests.web.serving import Served
from tests.web.test_live import Line, line

from desireline.errors import MapArchived
from desireline.live.messages import Kind, read_json, told
from desireline.live.shape import HEAD, root


@pytest.fixture
def olga(served: Served):
    with served.client() as client:
        yield client


def put_away(client: httpx.Client, id_: str, *, archived: bool = True) -> None:
    client.put(f"/api/maps/{id_}/archived", json={"archived": archived}).raise_for_status()


def renamed(doc: Any) -> None:
    root(doc, HEAD)["title"] = "Another title"


def title(client: httpx.Client, id_: str) -> str:
    return str(client.get(f"/api/maps/{id_}/data").json()["map"]["title"])


def refused(some: Line) -> dict[str, Any]:
    found: dict[str, Any] = read_json(some.hear(Kind.REFUSED))
    return {name: found[name] for name in ("code", "says")}


ARCHIVED = {"code": "archived", "says": str(MapArchived())}


def test_a_map_that_is_open_takes_nothing_while_it_is_in_the_archive(olga: httpx.Client, served: Served):
    id_ = served.new_map()
    before = title(olga, id_)
    with line(served, id_, olga.cookies) as one:
        one.meet()
        put_away(olga, id_)
        assert one.told("archived") == {"kind": "archived", "archived": True, "role": "viewer"}
        one.edit(renamed)
        assert refused(one) == ARCHIVED
        assert title(olga, id_) == before
        put_away(olga, id_, archived=False)
        assert one.told("archived") == {"kind": "archived", "archived": False, "role": "owner"}
        with line(served, id_, olga.cookies) as two:  # who was refused opens the map anew
            assert two.meet().edit(renamed) == two.saved()
    assert title(olga, id_) == "Another title"


def test_whoever_opens_an_archived_map_only_looks_at_it(olga: httpx.Client, served: Served):
    id_ = served.new_map()
    put_away(olga, id_)
    with line(served, id_, olga.cookies) as one:
        one.socket.send(told(Kind.HELLO, {"epoch": ""}))
        hello = read_json(one.hear(Kind.HELLO))
        assert (hello["archived"], hello["role"]) == (True, "viewer")
        one.meet().edit(renamed)
        assert refused(one) == ARCHIVED


def test_requests_do_not_change_an_archived_map(olga: httpx.Client, served: Served):
    id_ = served.new_map()
    version = olga.post(f"/api/maps/{id_}/versions", json={"title": "First"}).json()["id"]
    text = olga.get(f"/api/maps/{id_}/file").text
    put_away(olga, id_)
    before = olga.get(f"/api/maps/{id_}/data").json()
    picture = {"file": ("a.png", b"\x89PNG\r\n\x1a\n", "image/png")}
    for answer in (
        olga.patch(f"/api/maps/{id_}", json={"title": "Another title"}),
        olga.put(f"/api/maps/{id_}/file", json={"text": text.replace("title:", "owner: Me\n  title:", 1)}),
        olga.post(f"/api/maps/{id_}/versions/{version}/restore"),
        olga.post(f"/api/maps/{id_}/pictures", files=picture),
    ):
        assert (answer.status_code, answer.json()) == (409, ARCHIVED)
    assert olga.get(f"/api/maps/{id_}/data").json() == before
    copy = olga.post(f"/api/maps/{id_}/copies", json={"title": "A copy"}).raise_for_status().json()
    assert copy["archived_at"] == ""
    put_away(olga, id_, archived=False)
    olga.patch(f"/api/maps/{id_}", json={"title": "Another title"}).raise_for_status()
    assert title(olga, id_) == "Another title"
