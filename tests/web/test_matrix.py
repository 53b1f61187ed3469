"""Every route × everybody who may ask, read off the routes: nobody gets more than their role or token grants.

A route that is added is in here by itself. One that lets strangers in has to be written down below, and one that takes
the id of something needs a body with which it would work, so that a foreign id is seen to be refused.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from tests.loops import on_a_loop
from tests.web.serving import serving
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from desireline.access import Right, Role, rights_of
from desireline.ledger.audit import Audit
from desireline.ledger.engine import writing
from desireline.ledger.member_rows import SecretRow
from desireline.ledger.members import BY_PASSWORD, Member, add_member, begin_session
from desireline.ledger.secret import hashed
from desireline.live.messages import Kind
from desireline.server import sockets
from desireline.server.app import create_app, guards_of, routes
from desireline.server.desk import Desk, open_desk
from desireline.server.guards import cookie_name
from desireline.server.jobs import Job, Jobs, Work

pytestmark = pytest.mark.thorough

OPEN = {
    "GET /healthz",
    "GET /readyz",
    "POST /api/session/link",
    "POST /api/session/password",
    "POST /api/invitations/look",
    "POST /api/invitations/accept",
    "GET /api/shared/{secret}",
    "GET /api/shared/{secret}/pictures/{picture_id}",
}
IN_PERSON = {
    "PATCH /api/me",
    "PUT /api/me/password",
    "DELETE /api/me/sessions",
    "GET /api/tokens",
    "POST /api/tokens",
    "DELETE /api/tokens/{token_id}",
    "POST /api/members/{member_id}/link",
}
OWN = {  # what belongs to whoever asks
    "PATCH /api/me",
    "PUT /api/me/password",
    "DELETE /api/me/sessions",
    "DELETE /api/session",
    "POST /api/tokens",
    "DELETE /api/tokens/{token_id}",
    "DELETE /api/jobs/{job_id}",
    "POST /api/mentions/seen",
}
ENDS = {"DELETE /api/session", "DELETE /api/me/sessions"}
BODIES: dict[str, dict[str, Any]] = {
    "PATCH /api/members/{member_id}": {"json": {"name": "Mallory", "role": "owner"}},
    "PATCH /api/maps/{map_id}": {"json": {"title": "Mine now"}},
    "POST /api/maps/{map_id}/copies": {"json": {"title": "A copy"}},
    "PUT /api/maps/{map_id}/archived": {"json": {"archived": True}},
    "POST /api/maps/{map_id}/versions": {"json": {"title": "A version"}},
    "PATCH /api/maps/{map_id}/versions/{version_id}": {"json": {"title": "Mine now"}},
    "PUT /api/maps/{map_id}/voice/topics/{topic_id}": {"json": {"name": "Mine now"}},
    "PUT /api/maps/{map_id}/file": {"json": {"text": "map: {id: x, title: X}\n"}},
    "POST /api/maps/{map_id}/shares": {"json": {}},
    "POST /api/maps/{map_id}/pictures": {"files": {"file": ("a.png", b"\x89PNG\r\n\x1a\n", "image/png")}},
    "POST /api/maps/{map_id}/findings/{finding_id}/decision": {"json": {"decision": "accept"}},
    "PUT /api/maps/{map_id}/findings/{finding_id}/effort": {"json": {"effort": 2}},
    "GET /api/maps/{map_id}/whatif/answer": {"params": {"edit": "checkout lost 0.5"}},
    "POST /api/maps/{map_id}/initiatives": {"json": {"title": "Mine now"}},
    "PATCH /api/maps/{map_id}/initiatives/{initiative_id}": {"json": {"title": "Mine now"}},
    "POST /api/maps/{map_id}/initiatives/{initiative_id}/baseline": {"json": {}},
    "POST /api/maps/{map_id}/initiatives/{initiative_id}/status": {"json": {"to": "running"}},
    "POST /api/maps/{map_id}/initiatives/{initiative_id}/tasks": {"json": {"title": "Mine now"}},
    "PATCH /api/maps/{map_id}/initiatives/{initiative_id}/tasks/{number}": {"json": {"done": True}},
    "GET /api/maps/{map_id}/binding/count": {"params": {"when": '{"event": "x"}'}},
    "GET /api/maps/{map_id}/customer": {"params": {"id": "c1"}},
    "GET /api/maps/{map_id}/paths/funnel": {"params": {"steps": ["a", "b"]}},
    "POST /api/data/files/{upload_id}/answers": {"json": {}},
    "POST /api/data/imports/{import_id}/replay": {"json": {"recipe": "recipe: x"}},
    "PUT /api/data/recipes/{name}": {"json": {"text": "recipe: x"}},
    "POST /api/doors/data/{upload_id}/answers": {"json": {}},
    "POST /api/doors/data/{upload_id}/accept": {"json": {}},
}


SHARED = {"name": "default", "format": "svg", "topic_id": "late"}  # what stands in paths and belongs to nobody


class NoJobs(Jobs):
    """Begins nothing: what a job would do is no question of who may begin it."""

    def start(self, kind: str, work: Work, *, by: str) -> Job:
        return Job(id="none", kind=kind, by=by)


@dataclass(frozen=True)
class Asker:
    """Somebody who asks: what they send along, and what they may."""

    name: str
    headers: dict[str, str]
    rights: frozenset[Right] | None  # None: nobody
    token: bool = False


def name_of(route: APIRoute) -> str:
    return f"{next(iter(route.methods or ()))} {route.path}"


def new_desk(folder: Path) -> Desk:
    folder.mkdir(exist_ok=True)
    return replace(open_desk(folder), jobs=NoJobs())


def new_member(desk: Desk, name: str, role: Role) -> Member:
    with writing(desk.engine) as session:
        id_ = add_member(session, desk.workspace, name, role, at=desk.clock()).id
    return desk.members.get(id_)


def signed_in(desk: Desk, member: Member, *, at: datetime | None = None) -> str:
    with writing(desk.engine) as session:
        return begin_session(session, desk.workspace, member.id, BY_PASSWORD, at=at or desk.clock())


def cookie(desk: Desk, secret: str) -> dict[str, str]:
    return {"Cookie": f"{cookie_name(desk)}={secret}"}


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def askers(desk: Desk, foreign: Desk) -> list[Asker]:
    """Everybody who may ask."""
    now = desk.clock()
    people = {role: new_member(desk, f"The {role}", role) for role in Role}
    found = [Asker("nobody", {}, None), Asker("an invented cookie", cookie(desk, "x"), None)]
    found += [
        Asker(f"{role}", cookie(desk, signed_in(desk, member)), rights_of(role)) for role, member in people.items()
    ]
    old = signed_in(desk, people[Role.OWNER], at=now - timedelta(days=31))
    gone = new_member(desk, "Gone", Role.OWNER)
    gone_in, gone_token = signed_in(desk, gone), desk.tokens.make(gone, "t", list(Right), at=now)[1]
    desk.members.deactivate(gone.id, by="", at=now)
    with writing(desk.engine) as session:  # as if it had been forgotten when they went
        for secret in (gone_in, gone_token):
            session.get(SecretRow, hashed(secret)).ended_at = ""
    eve = new_member(foreign, "Eve", Role.OWNER)
    found += [
        Asker("an old session", cookie(desk, old), None),
        Asker("somebody deactivated", cookie(desk, gone_in), None),
        Asker("a token of somebody deactivated", bearer(gone_token), None, token=True),
        Asker("an owner of another workspace", cookie(desk, signed_in(foreign, eve)), None),
        Asker("a token of another workspace", bearer(foreign.tokens.make(eve, "t", list(Right), at=now)[1]), None),
    ]
    owner = people[Role.OWNER]
    for right in Right:
        secret = desk.tokens.make(owner, f"only {right}", [right], at=now)[1]
        found.append(Asker(f"a token to {right}", bearer(secret), frozenset({right}), token=True))
    ended, over = desk.tokens.make(owner, "revoked", list(Right), at=now)
    desk.tokens.revoke(ended.id, by=owner.id, at=now)
    late = desk.tokens.make(owner, "old", list(Right), at=now - timedelta(days=91))[1]
    fallen = new_member(desk, "Fallen", Role.OWNER)
    more_than_now = desk.tokens.make(fallen, "all", list(Right), at=now)[1]
    desk.members.set_role(fallen.id, Role.VIEWER, by=owner.id, at=now)
    return [
        *found,
        Asker("a revoked token", bearer(over), None, token=True),
        Asker("an old token", bearer(late), None, token=True),
        Asker("a token that says more than its viewer may", bearer(more_than_now), rights_of(Role.VIEWER), token=True),
    ]


def wanted(route: APIRoute, asker: Asker) -> tuple[int, str] | None:
    """What must be answered; None: anything but a refusal for lack of rights."""
    guard = guards_of(route)[0]
    if guard.right is None:
        return None
    if asker.rights is None:
        return 401, "not-signed-in"
    if guard.right not in asker.rights:
        return 403, "not-allowed"
    return (403, "not-in-person") if asker.token and guard.in_person else None


def asked(desk: Desk, ask: Callable[[httpx.AsyncClient], Awaitable[Any]]) -> Any:
    """What asking the application gives, in this process."""

    async def all_of_it() -> Any:
        transport = httpx.ASGITransport(create_app(desk))
        async with httpx.AsyncClient(transport=transport, base_url="http://here", timeout=30) as client:
            found = await ask(client)
        await desk.rooms.close()
        return found

    return on_a_loop(all_of_it())


def test_every_route_that_is_served_is_in_the_matrix(tmp_path: Path):
    app = create_app(new_desk(tmp_path))
    served = {f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods}
    assert {name_of(route) for route in routes()} == served
    assert [route.path for route in sockets.router.routes] == ["/api/maps/{map_id}/live"]


def test_routes_that_let_strangers_in_are_these():
    assert {name_of(route) for route in routes() if guards_of(route)[0].right is None} == OPEN


def test_routes_by_which_somebody_who_may_only_read_changes_something_are_these():
    changing = [route for route in routes() if not (route.methods or set()) & {"GET", "HEAD"}]
    assert {name_of(route) for route in changing if guards_of(route)[0].right is Right.READ} == OWN


def test_routes_that_no_token_opens_are_these():
    assert {name_of(route) for route in routes() if guards_of(route)[0].in_person} == IN_PERSON


def test_nobody_gets_more_than_their_role_or_token_grants(place: Path):
    desk, foreign = two_desks(place)
    everybody = askers(desk, foreign)
    some = routes()
    if (place / "ledger.url").exists():  # who somebody is does not hang on the route: there one of each kind will do
        some = list({(type(guards_of(one)[0]), str(vars(guards_of(one)[0]))): one for one in some}.values())

    async def ask(client: httpx.AsyncClient) -> list[str]:
        wrong = []
        for route in sorted(some, key=lambda route: name_of(route) in ENDS):
            name = name_of(route)
            for asker in everybody:
                headers = renewed(desk, asker) if name in ENDS else asker.headers
                path = route.path.format_map(Missing())
                answer = await client.request(name.split()[0], path, headers=headers)
                problem = answer.json().get("code", "") if answer.status_code in (401, 403) else ""
                right = wanted(route, asker)
                if right is None and answer.status_code not in (401, 403) and answer.status_code < 500:
                    continue
                if (answer.status_code, problem) != right:
                    wrong.append(f"{asker.name}: {name} → {answer.status_code} {problem}, not {right}")
        return wrong

    assert asked(desk, ask) == []


class Missing(dict[str, str]):
    """An id of nothing, for every name in a path."""

    def __missing__(self, _name: str) -> str:
        return "missing"


def renewed(desk: Desk, asker: Asker) -> dict[str, str]:
    """Signed in anew, since signing out is among what is asked."""
    who = next((one for one in desk.members.everybody() if one.name == f"The {asker.name}"), None)
    return cookie(desk, signed_in(desk, who)) if who else asker.headers


def two_desks(place: Path) -> tuple[Desk, Desk]:
    """Two workspaces that write into one ledger, where rows of the other one could be reached."""
    url = place / "ledger.url"
    line = url.read_text() if url.exists() else f"sqlite:///{place / 'shared.db'}\n"
    for folder in ("ours", "theirs"):
        (place / folder).mkdir()
        (place / folder / "ledger.url").write_text(line)
    return new_desk(place / "ours"), new_desk(place / "theirs")


async def build(client: httpx.AsyncClient, headers: dict[str, str]) -> dict[str, str]:
    """One of each thing that has an id."""

    async def post(path: str, **body: Any) -> Any:
        answer = await client.post(path, headers=headers, **body)
        assert answer.status_code in (200, 201, 202), f"{path}: {answer.text}"
        return answer.json()

    map_id = (await post("/api/maps", json={}))["id"]
    share = await post(f"/api/maps/{map_id}/shares", json={})
    invitation = await post("/api/invitations", json={})
    return {
        "map_id": map_id,
        "version_id": (await post(f"/api/maps/{map_id}/versions", json={"title": "One"}))["id"],
        "share_id": share["share"]["id"],
        "secret": share["secret"],
        "invitation_id": invitation["invitation"]["id"],
        "token_id": (await post("/api/tokens", json={"title": "t", "scopes": ["read"]}))["about"]["id"],
        "picture_id": "0" * 64,
        "finding_id": "0" * 12,
        "member_id": (await client.get("/api/me", headers=headers)).json()["id"],
        "job_id": "0" * 16,
        "upload_id": "0" * 16,
        "import_id": "no-such",
        "initiative_id": "no-such",
        "number": "1",
    }


def test_what_is_in_another_workspace_is_not_there(place: Path):
    desk, foreign = two_desks(place)
    eve, olga = new_member(foreign, "Eve", Role.OWNER), new_member(desk, "Olga", Role.OWNER)
    theirs = asked(foreign, lambda client: build(client, cookie(foreign, signed_in(foreign, eve))))
    before = state(foreign, theirs["map_id"])

    async def ask(client: httpx.AsyncClient) -> list[str]:
        headers = cookie(desk, signed_in(desk, olga))
        ours = await build(client, headers)
        wrong = []
        for route in routes():
            name, fields = name_of(route), set(route.param_convertors) - SHARED.keys()
            if not fields:
                continue
            for mixed in {frozenset(fields), frozenset(fields - {"map_id"})} - {frozenset()}:
                path = route.path.format_map(SHARED | {one: (theirs if one in mixed else ours)[one] for one in fields})
                answer = await client.request(name.split()[0], path, headers=headers, **BODIES.get(name, {}))
                if answer.status_code not in ((404, 410) if "secret" in fields else (404,)):
                    wrong.append(f"{name} with foreign {sorted(mixed)}: {answer.status_code} {answer.text[:200]}")
        return wrong

    assert asked(desk, ask) == []
    assert state(foreign, theirs["map_id"]) == before


def state(desk: Desk, map_id: str) -> tuple[object, ...]:
    """All that a stranger could have changed."""
    now = datetime(2030, 1, 1, tzinfo=UTC) - timedelta(days=365 * 20)
    return (
        desk.documents.get(map_id),
        desk.documents.history(map_id),
        desk.members.everybody(),
        desk.invitations.open(at=now),
        desk.tokens.all(at=now),
        desk.shares.of(map_id),
        desk.versions.of(map_id),
        Audit(desk.engine, desk.workspace).check(),
    )


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[Desk, str, str]]:
    """A server with a map: its desk, its address and the id of the map."""
    with serving(tmp_path) as served:
        yield served.desk, served.address.replace("http", "ws"), served.new_map()


def test_a_map_that_is_open_asks_for_the_same_rights(live: tuple[Desk, str, str], tmp_path: Path):
    desk, address, map_id = live
    foreign = new_desk(tmp_path / "theirs")
    wrong = []
    for asker in askers(desk, foreign):
        may = asker.rights is not None and Right.READ in asker.rights
        right = "in" if may else "4401" if asker.rights is None else "4403"
        if entered(f"{address}/api/maps/{map_id}/live", asker.headers) != right:
            wrong.append(f"{asker.name}: not {right}")
        if may and entered(f"{address}/api/maps/missing/live", asker.headers) != "4404":
            wrong.append(f"{asker.name}: a map that is not there")
    assert wrong == []


def entered(address: str, headers: dict[str, str]) -> str:
    """ "in", or the code with which the connection was closed."""
    with connect(address, additional_headers=headers) as socket:
        try:
            socket.send(bytes([Kind.HELLO]) + b"{}")
            while True:
                message = socket.recv(timeout=20)
                if message[0] == Kind.HELLO:
                    return "in"
        except ConnectionClosed as closed:
            return str(closed.rcvd.code if closed.rcvd else None)


def test_a_job_is_there_only_for_whoever_began_it_and_for_owners(tmp_path: Path):
    desk = open_desk(tmp_path)
    people = {role: new_member(desk, f"The {role}", role) for role in Role}
    job = desk.jobs.start("demo", lambda _progress: {}, by=people[Role.VIEWER].id)

    async def ask(client: httpx.AsyncClient) -> dict[str, list[int]]:
        found = {}
        for role, member in people.items():
            headers = cookie(desk, signed_in(desk, member))
            paths = [
                ("GET", f"/api/jobs/{job.id}"),
                ("GET", f"/api/jobs/{job.id}/events"),
                ("DELETE", f"/api/jobs/{job.id}"),
            ]
            found[role.value] = [(await client.request(*one, headers=headers)).status_code for one in paths]
        return found

    assert asked(desk, ask) == {
        "owner": [200, 200, 200],
        "editor": [404, 404, 404],
        "commenter": [404, 404, 404],
        "viewer": [200, 200, 200],
    }
