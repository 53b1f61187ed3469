"""People over HTTP and in open maps: signing in, inviting, roles that change while a map is open, tokens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web.serving import Served, serving
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from desireline.live.bring import bring
from desireline.live.document import document_data
from desireline.live.messages import Kind, numbered
from desireline.live.shape import new_document
from desireline.server.desk import Desk
from desireline.server.limits import Limits

GOOD = "four plain words here"


@contextmanager
def member(served: Served, name: str, role: str) -> Iterator[httpx.Client]:
    """A program in which a new member is signed in, who was invited as everybody is."""
    with served.client() as owner:
        secret = owner.post("/api/invitations", json={"role": role}).json()["secret"]
    with httpx.Client(base_url=served.address, timeout=20) as client:
        said = {"secret": secret, "name": name, "password": GOOD}
        client.post("/api/invitations/accept", json=said).raise_for_status()
        yield client


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@contextmanager
def in_map(served: Served, id_: str, headers: dict[str, str]) -> Iterator[ClientConnection]:
    address = served.address.replace("http", "ws") + f"/api/maps/{id_}/live"
    with connect(address, additional_headers=headers) as socket:
        socket.send(bytes([Kind.HELLO]) + b"{}")
        yield socket


def cookies(client: httpx.Client) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in client.cookies.items())}


def heard(socket: ClientConnection, kind: Kind, *, that: str = "") -> Any:
    """The first message of this kind, as JSON; `that` is a word in it."""
    while True:
        message = socket.recv(timeout=10)
        assert isinstance(message, bytes)
        if message[0] == kind and that in message[1:].decode("utf-8", "replace"):
            return json.loads(message[1:])


def edit(desk: Desk, id_: str) -> bytes:
    """An update that renames a stage of the map."""
    doc = new_document()
    doc.apply_update(desk.documents.history(id_).bodies[0])
    before, data = doc.get_state(), document_data(doc)
    data["stages"][0]["title"] = "Renamed"
    bring(doc, data)
    return doc.get_update(before)


def test_somebody_is_invited_joins_and_signs_in_again(served: Served):
    with served.client() as owner, httpx.Client(base_url=served.address) as ben:
        wanted = {"role": "commenter", "title": "Ben from sales", "days": 3}
        made = owner.post("/api/invitations", json=wanted).json()
        assert [one["title"] for one in owner.get("/api/invitations").json()] == ["Ben from sales"]
        offered = ben.post("/api/invitations/look", json={"secret": made["secret"]}).json()
        assert (offered["role"], offered["by"]) == ("commenter", "Olga")
        said = {"secret": made["secret"], "name": "Ben", "password": GOOD}
        assert ben.post("/api/invitations/accept", json=said).status_code == 204
        assert ben.get("/api/me").json() | {"id": "", "workspace": ""} == {
            "id": "",
            "name": "Ben",
            "role": "commenter",
            "rights": ["comment", "read"],
            "workspace": "",
            "has_password": True,
            "needs_current": False,
        }
        assert code(ben.post("/api/invitations/accept", json=said | {"name": "Eve"})) == (410, "link-over")
        assert ben.delete("/api/session").status_code == 204
        assert code(ben.get("/api/me")) == (401, "not-signed-in")
        assert ben.post("/api/session/password", json={"name": "ben", "password": GOOD}).status_code == 204
        assert ben.get("/api/me").json()["needs_current"] is True
        assert [one["name"] for one in ben.get("/api/members").json()] == ["Olga", "Ben"]


def test_signing_in_begins_a_new_session_and_ends_the_one_before(served: Served):
    with member(served, "Ben", "editor") as ben:
        before = dict(ben.cookies)
        ben.post("/api/session/password", json={"name": "Ben", "password": GOOD}).raise_for_status()
        assert dict(ben.cookies) != before
        with httpx.Client(base_url=served.address, cookies=before) as old:
            assert code(old.get("/api/me")) == (401, "not-signed-in")


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(served: Served):
    secret = served.link().partition("#")[2]
    told = httpx.post(f"{served.address}/api/session/link", json={"secret": secret}).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in told.split(";")}


def test_guessing_at_a_password_becomes_slow_and_whoever_knows_it_elsewhere_is_not_kept_out(tmp_path: Path):
    at_once = Limits(now=lambda: 0.0)  # the clock stands: however busy the machine is, the tries come at once
    with (
        serving(tmp_path, limits=at_once) as served,
        member(served, "Ben", "editor"),
        httpx.Client(base_url=served.address, timeout=20) as eve,
    ):
        wrong = {"name": "Ben", "password": "not the password"}
        answers = [eve.post("/api/session/password", json=wrong) for _ in range(6)]
        assert [one.status_code for one in answers] == [401] * 5 + [429]
        assert int(answers[-1].headers["retry-after"]) >= 1
        right = eve.post("/api/session/password", json={"name": "Ben", "password": GOOD})
        assert code(right) == (429, "too-many")
        served.desk.limits.sign_in("ben", "10.0.0.9")  # from another address: raises nothing


def test_a_forgotten_password_is_replaced_after_coming_in_by_a_link(served: Served):
    with served.client() as owner, member(served, "Ben", "editor") as ben:
        new = {"password": "another four plain words"}
        ben.post("/api/session/password", json={"name": "Ben", "password": GOOD}).raise_for_status()
        assert code(ben.put("/api/me/password", json=new)) == (401, "sign-in-failed")
        assert ben.put("/api/me/password", json=new | {"current": GOOD}).status_code == 204
        assert ben.get("/api/me").status_code == 200
        id_ = ben.get("/api/me").json()["id"]
        link = owner.post(f"/api/members/{id_}/link").json()["secret"]
        with httpx.Client(base_url=served.address) as again:
            again.post("/api/session/link", json={"secret": link}).raise_for_status()
            assert again.get("/api/me").json()["needs_current"] is False
            assert again.put("/api/me/password", json={"password": "short"}).status_code == 422
            assert again.put("/api/me/password", json={"password": "yet four other words"}).status_code == 204
        assert code(ben.get("/api/me")) == (401, "not-signed-in")


def test_a_token_does_not_become_a_person_by_a_link(served: Served):
    with served.client() as owner, httpx.Client(base_url=served.address) as program:
        wanted = {"title": "CI", "scopes": ["read", "manage"]}
        program.headers["Authorization"] = f"Bearer {owner.post('/api/tokens', json=wanted).json()['token']}"
        id_ = program.get("/api/me").json()["id"]
        assert code(program.post(f"/api/members/{id_}/link")) == (403, "not-in-person")


def test_signing_out_elsewhere_ends_all_other_sessions(served: Served):
    with member(served, "Ben", "viewer") as here, httpx.Client(base_url=served.address) as there:
        there.post("/api/session/password", json={"name": "Ben", "password": GOOD}).raise_for_status()
        assert here.delete("/api/me/sessions").status_code == 204
        assert (here.get("/api/me").status_code, there.get("/api/me").status_code) == (200, 401)


def test_the_last_owner_cannot_go(served: Served):
    with served.client() as owner:
        id_ = owner.get("/api/me").json()["id"]
        assert code(owner.patch(f"/api/members/{id_}", json={"role": "viewer"})) == (409, "last-owner")
        assert code(owner.patch(f"/api/members/{id_}", json={"active": False})) == (409, "last-owner")
        assert owner.get("/api/me").json()["role"] == "owner"


def test_a_page_of_another_site_cannot_act_in_a_members_name(served: Served):
    with served.client() as owner:
        for foreign in (
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://[no address"},
            {"Origin": "http://localhost:1"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ):
            answer = owner.post("/api/maps", json={}, headers=foreign)
            assert code(answer) == (403, "foreign-page")
            assert code(owner.post("/api/session/link", json={"secret": "x"}, headers=foreign))[0] == 403
        ours = {"Origin": served.address, "Sec-Fetch-Site": "same-origin"}
        assert owner.post("/api/maps", json={}, headers=ours).status_code == 201


def test_a_socket_from_a_page_of_another_site_is_closed(served: Served):
    id_ = served.new_map()
    with served.client() as owner:
        headers = cookies(owner) | {"Origin": "https://evil.example"}
    with pytest.raises(ConnectionClosed) as told, in_map(served, id_, headers) as socket:
        heard(socket, Kind.HELLO)
    assert told.value.rcvd is not None
    assert told.value.rcvd.code == 4403


def test_what_was_changed_before_a_fault_counts_at_once_too(served: Served):
    id_ = served.new_map()
    with served.client() as owner, in_map(served, id_, cookies(owner)) as socket:
        me = owner.get("/api/me").json()["id"]
        assert heard(socket, Kind.HELLO)["role"] == "owner"
        assert code(owner.patch(f"/api/members/{me}", json={"name": "Olga B.", "role": "viewer"})) == (
            409,
            "last-owner",
        )
        assert heard(socket, Kind.TOLD, that='"name"') == {"kind": "name", "name": "Olga B."}


def test_another_role_counts_at_once_in_a_map_that_is_open(served: Served):
    id_ = served.new_map()
    with served.client() as owner, member(served, "Ben", "editor") as ben, in_map(served, id_, cookies(ben)) as socket:
        me = ben.get("/api/me").json()["id"]
        assert heard(socket, Kind.HELLO)["role"] == "editor"
        owner.patch(f"/api/members/{me}", json={"role": "viewer"}).raise_for_status()
        assert heard(socket, Kind.TOLD, that='"role"') == {"kind": "role", "role": "viewer"}
        socket.send(numbered(Kind.UPDATE, 1, edit(served.desk, id_)))
        assert heard(socket, Kind.REFUSED)["code"] == "not-allowed"
        owner.patch(f"/api/members/{me}", json={"role": "editor"}).raise_for_status()
        assert heard(socket, Kind.TOLD, that='"role"') == {"kind": "role", "role": "editor"}


@pytest.mark.parametrize("way", ["deactivated", "signed out", "password elsewhere"])
def test_whoever_is_out_is_put_out_of_a_map_that_is_open(served: Served, way: str):
    id_ = served.new_map()
    with served.client() as owner, member(served, "Ben", "editor") as ben, in_map(served, id_, cookies(ben)) as socket:
        heard(socket, Kind.HELLO)
        me = ben.get("/api/me").json()["id"]
        if way == "deactivated":
            owner.patch(f"/api/members/{me}", json={"active": False}).raise_for_status()
        elif way == "signed out":
            ben.delete("/api/session").raise_for_status()
        else:
            with httpx.Client(base_url=served.address) as there:
                there.post("/api/session/password", json={"name": "Ben", "password": GOOD}).raise_for_status()
                new = {"current": GOOD, "password": "another four plain words"}
                there.put("/api/me/password", json=new).raise_for_status()
        with pytest.raises(ConnectionClosed) as told:
            heard(socket, Kind.PRESENCE, that="never")
        assert told.value.rcvd is not None
        assert told.value.rcvd.code == 4401


def test_a_token_acts_within_its_scopes_and_never_in_person(served: Served):
    id_ = served.new_map()
    with served.client() as owner, httpx.Client(base_url=served.address) as program:
        made = owner.post("/api/tokens", json={"title": "dashboard", "scopes": ["read"]}).json()
        program.headers["Authorization"] = f"Bearer {made['token']}"
        assert program.get("/api/me").json()["rights"] == ["read"]
        assert program.get(f"/api/maps/{id_}").status_code == 200
        assert code(program.post("/api/maps", json={})) == (403, "not-allowed")
        for asked in (
            program.post("/api/tokens", json={"title": "more", "scopes": ["manage"]}),
            program.get("/api/tokens"),
            program.put("/api/me/password", json={"password": GOOD}),
            program.delete("/api/me/sessions"),
        ):
            assert code(asked) == (403, "not-in-person")
        assert owner.get("/api/tokens").json()[0]["used_at"] != ""
        with in_map(served, id_, {"Authorization": program.headers["Authorization"]}) as socket:
            heard(socket, Kind.HELLO)
            owner.delete(f"/api/tokens/{made['about']['id']}").raise_for_status()
            with pytest.raises(ConnectionClosed):
                heard(socket, Kind.PRESENCE, that="never")
        assert code(program.get("/api/me")) == (401, "not-signed-in")


def test_a_wrong_token_is_not_made_up_for_by_a_cookie(served: Served):
    with served.client() as owner:
        for said in ("Bearer dl_invented", "Bearer", "Basic b2xnYTpvbGdh", ""):
            assert code(owner.get("/api/me", headers={"Authorization": said})) == (401, "not-signed-in")


def test_members_see_their_own_tokens_and_owners_those_of_all(served: Served):
    with served.client() as owner, member(served, "Ben", "editor") as ben, member(served, "Ana", "editor") as ana:
        made = ben.post("/api/tokens", json={"title": "export", "scopes": ["read"]}).json()["about"]
        assert (ben.get("/api/tokens").json(), ana.get("/api/tokens").json()) == ([made], [])
        assert code(ana.delete(f"/api/tokens/{made['id']}")) == (404, "unknown-token")
        assert owner.delete(f"/api/tokens/{made['id']}").status_code == 204


def test_owners_read_in_the_audit_who_did_what(served: Served):
    with served.client() as owner, member(served, "Ben", "editor") as ben:
        me = ben.get("/api/me").json()["id"]
        owner.patch(f"/api/members/{me}", json={"role": "viewer"}).raise_for_status()
        newest = owner.get("/api/audit", params={"limit": 1}).json()[0]
        assert (newest["name"], newest["what"], newest["whole"]) == (
            "Olga",
            "member.role",
            {"member": me, "was": "editor", "role": "viewer"},
        )
        assert owner.get("/api/audit/check").json()["whole"] is True
        assert code(ben.get("/api/audit")) == (403, "not-allowed")
