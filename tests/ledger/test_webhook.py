"""Changes reach a receiver, signed; a receiver that fails never stops a change."""

from __future__ import annotations

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from desireline.errors import HookInvalid
from desireline.initiatives import changes
from desireline.ledger import webhook
from desireline.ledger.store import Ledger
from desireline.ledger.webhook import Message, allowed_address, deliver, send, sign
from ledger.conftest import ANA, a_draft


class Receiver(HTTPServer):
    """Listens on loopback, keeps what came, and answers as it is told; gone with its test."""

    def __init__(self, answers: list[int]) -> None:
        self.answers = answers
        self.came: list[tuple[str, dict[str, str], bytes]] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/in?of=shop"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.came.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        code = self.server.answers.pop(0) if self.server.answers else 204
        self.send_response(code)
        if code == 302:
            self.send_header("location", self.server.url)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    one = Receiver([])
    thread = threading.Thread(target=one.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield one
    one.shutdown()
    one.server_close()
    thread.join(5)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook.time, "sleep", lambda _: None)


@pytest.fixture
def book(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path)


def test_a_change_arrives_whole_and_signed(book: Ledger, receiver: Receiver):
    hook = book.add_hook(receiver.url, by=ANA)
    id_ = book.propose(a_draft("Größer"), by=ANA).id
    book.change(id_, lambda one: changes.edit(one, {"owner": "Ana"}, by=ANA))
    assert [one.status for one in book.deliver()] == ["sent", "sent"]
    (path, head, body), (_, _, second) = receiver.came
    assert path == "/in?of=shop"
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + body
    assert head["webhook-signature"] == "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
    assert head["content-type"] == "application/json"
    said = json.loads(body)
    assert (said["type"], said["data"]["title"]) == ("initiative.created", "Größer")
    assert [line["what"] for line in json.loads(second)["data"]["changes"]] == ["owner"]
    assert hook.secret not in body.decode()
    assert book.deliver() == []


def test_the_signature_is_that_of_standard_webhooks():
    """The example of the specification (github.com/standard-webhooks/standard-webhooks)."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    assert sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body) == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_a_receiver_that_fails_twice_is_tried_three_times(book: Ledger, receiver: Receiver):
    receiver.answers = [500, 503, 200]
    book.add_hook(receiver.url, by=ANA)
    book.propose(a_draft(), by=ANA)
    [one] = book.deliver()
    assert (one.status, one.tries) == ("sent", 3)
    assert len({head["webhook-id"] for _, head, _ in receiver.came}) == 1


def test_what_fails_three_times_is_recorded_and_can_be_sent_again(book: Ledger, receiver: Receiver):
    receiver.answers = [500, 500, 500]
    book.add_hook(receiver.url, by=ANA)
    made = book.propose(a_draft(), by=ANA)
    assert book.initiative(made.id) == made
    [one] = book.deliver()
    assert (one.status, one.tries, one.says) == ("failed", 3, "500 Internal Server Error")
    assert [(kept.status, kept.tries) for kept in book.deliveries()] == [("failed", 3)]
    assert book.deliver() == []
    assert [one.status for one in book.deliver(again=True)] == ["sent"]


def test_a_redirect_is_not_followed(book: Ledger, receiver: Receiver):
    receiver.answers = [302, 302, 302]
    book.add_hook(receiver.url, by=ANA)
    book.propose(a_draft(), by=ANA)
    assert [one.status for one in book.deliver()] == ["failed"]
    assert len(receiver.came) == 3


def test_a_dead_receiver_keeps_its_other_messages_waiting_and_another_gets_its_own(book: Ledger, receiver: Receiver):
    book.add_hook("http://127.0.0.1:9/dead", by=ANA)
    book.add_hook(receiver.url, by=ANA)
    book.propose(a_draft(), by=ANA)
    book.propose(a_draft(), by=ANA)
    assert sorted(one.status for one in book.deliver()) == ["failed", "sent", "sent"]
    assert sorted(one.status for one in book.deliveries()) == ["failed", "sent", "sent", "waiting"]


def test_an_answer_that_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch):
    never = threading.Event()
    monkeypatch.setattr(webhook, "PATIENCE_S", 0.05)
    monkeypatch.setattr(webhook, "_send", lambda _: (never.wait(5), "late"))
    taken, says = send(Message(1, "http://x/", "whsec_", "e", "{}"))
    never.set()
    assert (taken, says) == (False, "no answer within 0.05 s")


@pytest.mark.parametrize("host", ["169.254.169.254", "::ffff:169.254.169.254", "224.0.0.1", "0.0.0.0", "fe80::1"])
def test_addresses_where_clouds_keep_secrets_are_never_called(host: str):
    with pytest.raises(HookInvalid, match="no address for a receiver"):
        allowed_address(host, 80)


def test_a_name_with_one_bad_address_is_refused_whole(monkeypatch: pytest.MonkeyPatch):
    both = [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "169.254.169.254")]
    monkeypatch.setattr(webhook.socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(HookInvalid):
        allowed_address("twofaced.example", 80)


def test_without_a_hook_nothing_is_written_and_nothing_is_sent(book: Ledger, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(webhook.socket, "create_connection", lambda *_: pytest.fail("a connection was made"))
    book.propose(a_draft(), by=ANA)
    assert (book.deliver(), book.deliveries()) == ([], [])


def test_a_sender_of_ones_own_can_be_handed_in(book: Ledger):
    book.add_hook("https://tracker.example/in", by=ANA)
    book.propose(a_draft(), by=ANA)
    sent: list[Message] = []
    found = deliver(book.engine, again=False, by_way_of=lambda one: (sent.append(one) is None, "200 OK"))
    assert [one.says for one in found] == ["200 OK"]
    assert [one.url for one in sent] == ["https://tracker.example/in"]
