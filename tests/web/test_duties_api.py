"""The API holds under whatever is sent to it: requests made up from its own description, and far too large ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance
from tests.loops import on_a_loop
from tests.web.serving import Served, serving
from tests.web.test_matrix import NoJobs, bearer, build, cookie, new_member, signed_in
from tests.web.test_people_http import heard
from websockets.sync.client import connect

from desireline.access import Right, Role
from desireline.live.admit import MAX_MERGE, MAX_UPDATE
from desireline.live.messages import Kind, numbered
from desireline.server.bodies import LITTLE, MOST
from desireline.server.limits import Limits

pytestmark = pytest.mark.thorough

FEW = 6  # requests for each operation


class NoLimits(Limits):
    """Nothing is tried too often."""

    def sign_in(self, name: str, address: str) -> None: ...
    def open_link(self, address: str) -> None: ...
    def open_share(self, address: str) -> None: ...


@dataclass(frozen=True)
class Place:
    """A server with one of each thing, and an owner who asks with a token or in person."""

    served: Served
    ids: dict[str, str]
    token: dict[str, str]

    def in_person(self) -> dict[str, str]:
        desk = self.served.desk
        owner = next(one for one in desk.members.everybody() if one.role is Role.OWNER and one.active)
        return cookie(desk, signed_in(desk, owner))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with serving(tmp_path_factory.mktemp("api"), jobs=NoJobs(), limits=NoLimits()) as served:
        desk = served.desk
        owner = new_member(desk, "Olga", Role.OWNER)
        ids = on_a_loop(built(served, cookie(desk, signed_in(desk, owner))))
        token = desk.tokens.make(owner, "schemathesis", list(Right), at=desk.clock())[1]
        yield Place(served, ids, bearer(token))


async def built(served: Served, headers: dict[str, str]) -> dict[str, str]:
    async with httpx.AsyncClient(base_url=served.address) as client:
        return await build(client, headers)


def test_made_up_requests_find_no_fault_of_the_server(place: Place):
    spec = httpx.get(f"{place.served.address}/api/openapi.json").json()
    schema = schemathesis.openapi.from_dict(spec)
    operations = [found.ok() for found in schema.get_all_operations()]
    answers: dict[int, int] = {}
    for operation in operations:
        hold(place, operation, answers)
    assert len(operations) > 50
    assert {status // 100 for status in answers} >= {2, 4}
    assert [status for status in answers if status >= 500] == []


def hold(place: Place, operation: Any, answers: dict[int, int]) -> None:
    """Whatever is made up for this operation is answered as its description says."""

    @settings(
        max_examples=FEW,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=operation.as_strategy(), known=st.booleans(), token=st.booleans())
    def made_up(case: Any, known: bool, token: bool) -> None:
        if known:
            case.path_parameters = {name: place.ids.get(name, value) for name, value in case.path_parameters.items()}
        headers = place.token if token else place.in_person()
        answer = case.call(base_url=place.served.address, headers=headers, timeout=20)
        answers[answer.status_code] = answers.get(answer.status_code, 0) + 1
        assert answer.status_code < 500, f"{operation.label}: {answer.status_code} {answer.text}"
        case.validate_response(answer, checks=[response_schema_conformance, content_type_conformance])

    made_up()


@pytest.mark.parametrize("text", ["\x00", "\ud800", "\u202e", "😀" * 40, "' OR 1=1 --", "%00", "../../etc/passwd"])
def test_strange_texts_are_taken_or_refused_but_break_nothing(place: Place, text: str):
    address, headers = place.served.address, place.in_person()
    ids = place.ids
    for method, path, field in (
        ("PATCH", "/api/me", "name"),
        ("POST", "/api/session/password", "name"),
        ("POST", "/api/session/link", "secret"),
        ("POST", "/api/invitations", "title"),
        ("POST", "/api/maps", "title"),
        ("POST", f"/api/maps/{ids['map_id']}/versions", "title"),
    ):
        body = {field: text} | ({"password": text} if path.endswith("password") else {})
        answer = httpx.request(method, address + path, headers=headers, content=json.dumps(body).encode(), timeout=20)
        assert answer.status_code < 500, f"{path}: {answer.text}"


def test_strangers_may_send_only_a_little(place: Place):
    address = place.served.address
    large = b"{" + b" " * LITTLE
    answer = httpx.post(f"{address}/api/session/link", content=large)
    assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")
    answer = httpx.post(f"{address}/api/doors/data", content=large, headers=bearer("dl_invented"))
    assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")


def test_members_may_send_no_more_than_the_server_holds(place: Place):
    address = place.served.address
    with httpx.Client(base_url=address, headers=place.token, timeout=20) as client:
        assert announced(place, MOST + 1) == (413, "too-large")

        def drip() -> Iterator[bytes]:
            yield b"{"
            for _ in range(MOST // 2**20 + 1):
                yield b" " * 2**20

        answer = client.post("/api/maps", content=drip())
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


@pytest.mark.parametrize(("size", "code"), [(MAX_UPDATE * 3, "malformed"), (MAX_MERGE + 1, "too-large")])
def test_a_large_edit_is_refused_in_words_and_the_connection_stays(place: Place, size: int, code: str):
    address = place.served.address.replace("http", "ws") + f"/api/maps/{place.served.new_map()}/live"
    with connect(address, additional_headers=place.token, max_size=None) as socket:
        socket.send(bytes([Kind.HELLO]) + b"{}")
        heard(socket, Kind.HELLO)
        for seq in (1, 2):
            socket.send(numbered(Kind.UPDATE, seq, b"\xff" * size))
            refused = heard(socket, Kind.REFUSED)
            assert (refused["seq"], refused["code"]) == (seq, code)


def announced(place: Place, length: int) -> tuple[int, str]:
    """What is answered to somebody who says that so much will come, before any of it came."""
    connection = HTTPConnection(place.served.address.removeprefix("http://"), timeout=20)
    connection.putrequest("POST", "/api/maps")
    for name, value in {**place.token, "Content-Length": str(length)}.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    told = answer.status, json.loads(answer.read())["code"]
    connection.close()
    return told


def test_an_address_that_the_api_does_not_have_is_told_as_a_problem(place: Place):
    for method, path, code in (
        ("GET", "/api/nothing", (404, "no-such-address")),
        ("POST", "/api/nothing", (405, "not-this-way")),
        ("DELETE", "/api/maps", (405, "not-this-way")),
    ):
        answer = httpx.request(method, place.served.address + path)
        assert (answer.status_code, answer.json()["code"]) == code


def test_what_is_counted_names_routes_and_nobody(place: Place):
    address = place.served.address
    httpx.get(f"{address}/api/maps/{place.ids['map_id']}", headers=place.token).raise_for_status()
    answer = httpx.get(f"{address}/metrics", headers=place.token)
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert any(line.startswith('desireline_requests_total{method="GET",route="/api/maps/{map_id}",s') for line in lines)
    assert "desireline_connections 0.0" in lines
    ids = [id_ for name, id_ in place.ids.items() if name != "number"]  # that of a task is a number like others
    assert [word for word in [*ids, "Olga"] if word in answer.text] == []
