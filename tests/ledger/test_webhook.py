"""Changes reach a receiver, signed; a receiver that fails never stops a change."""

from __future__ import annotations

import base64
import hmac
import json
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from desireline.errors import HookInvalid
from desireline.initiatives import changes
from desireline.ledger import delivering, webhook
from desireline.ledger.delivering import deliver
from desireline.ledger.store import Ledger
from desireline.ledger.webhook import Message, allowed_address, send, sign
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


@pytest.fixture
def book(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path)


def test_a_change_arrives_whole_and_signed(book: Ledger, receiver: Receiver):
    hook = book.add_hook(receiver.url, by=ANA, allow_local=True)
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


def test_a_receiver_that_fails_twice_is_tried_by_the_next_commands_under_the_same_name(
    book: Ledger, receiver: Receiver
):
    receiver.answers = [500, 503, 200]
    book.add_hook(receiver.url, by=ANA, allow_local=True)
    book.propose(a_draft(), by=ANA)
    told = [(one.status, one.tries) for _ in range(3) for one in book.deliver()]
    assert told == [("waiting", 1), ("waiting", 2), ("sent", 3)]
    assert len({head["webhook-id"] for _, head, _ in receiver.came}) == 1


def test_what_fails_three_times_is_recorded_and_can_be_sent_again(book: Ledger, receiver: Receiver):
    receiver.answers = [500, 500, 500]
    book.add_hook(receiver.url, by=ANA, allow_local=True)
    made = book.propose(a_draft(), by=ANA)
    assert book.initiative(made.id) == made
    *_, one = [one for _ in range(3) for one in book.deliver()]
    assert (one.status, one.tries, one.says) == ("failed", 3, "500 Internal Server Error")
    assert [(kept.status, kept.tries) for kept in book.deliveries()] == [("failed", 3)]
    assert book.deliver() == []
    assert [one.status for one in book.deliver(again=True)] == ["sent"]


def test_several_commands_at_once_send_a_message_once(book: Ledger, tmp_path: Path):
    book.add_hook("https://tracker.example/in", by=ANA)
    book.propose(a_draft(), by=ANA)
    sent: list[str] = []
    begun = threading.Barrier(3, timeout=20)

    def slowly(one: Message) -> tuple[bool, str]:
        sent.append(one.event_id)
        time.sleep(0.2)
        return True, "200 OK"

    def command() -> None:
        mine = Ledger.open(tmp_path)
        begun.wait()
        mine.deliver(by_way_of=slowly)

    threads = [threading.Thread(target=command) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    assert len(sent) == 1
    assert [(one.status, one.tries) for one in book.deliveries()] == [("sent", 1)]


def test_what_was_sent_stays_sent_whatever_a_slower_sender_says(book: Ledger, monkeypatch: pytest.MonkeyPatch):
    """The slow one's claim ran out; another sent the message meanwhile."""
    book.add_hook("https://tracker.example/in", by=ANA)
    book.propose(a_draft(), by=ANA)
    monkeypatch.setattr(delivering, "LEASE_S", -1.0)

    def slow(one: Message) -> tuple[bool, str]:
        assert [other.status for other in book.deliver(by_way_of=lambda _: (True, "200 OK"))] == ["sent"]
        return False, "no answer"

    assert [one.status for one in book.deliver(by_way_of=slow)] == ["sent"]
    assert [(one.status, one.says) for one in book.deliveries()] == [("sent", "200 OK")]


def test_a_sender_that_died_keeps_its_message_no_longer_than_its_claim(book: Ledger, monkeypatch: pytest.MonkeyPatch):
    book.add_hook("https://tracker.example/in", by=ANA)
    book.propose(a_draft(), by=ANA)

    def dies(_: Message) -> tuple[bool, str]:
        raise KeyboardInterrupt

    for lease_s, then in ((60.0, []), (-1.0, ["sent"])):
        monkeypatch.setattr(delivering, "LEASE_S", lease_s)
        with book.engine.begin() as connection:
            connection.execute(text("UPDATE delivery SET claim = ''"))
        with pytest.raises(KeyboardInterrupt):
            book.deliver(by_way_of=dies)
        assert [one.status for one in book.deliver(by_way_of=lambda _: (True, "200 OK"))] == then


def test_a_command_gives_its_messages_a_few_seconds_together(book: Ledger, monkeypatch: pytest.MonkeyPatch):
    clock = [0.0]
    monkeypatch.setattr(delivering, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    for name in "abc":
        book.add_hook(f"https://{name}.example/in", by=ANA)
    book.propose(a_draft(), by=ANA)
    patience: list[float] = []

    def slow(one: Message) -> tuple[bool, str]:
        patience.append(one.patience_s)
        clock[0] += 3.0
        return False, "no answer"

    assert [one.status for one in book.deliver(by_way_of=slow)] == ["waiting", "waiting"]
    assert patience == [5.0, 2.0]
    assert [one.host for one in book.deliver(by_way_of=lambda _: (True, ""))] == ["c.example", "a.example", "b.example"]


def test_a_redirect_is_not_followed(book: Ledger, receiver: Receiver):
    receiver.answers = [302]
    book.add_hook(receiver.url, by=ANA, allow_local=True)
    book.propose(a_draft(), by=ANA)
    assert [(one.status, one.says) for one in book.deliver()] == [("waiting", "302 Found")]
    assert len(receiver.came) == 1


def test_a_dead_receiver_keeps_its_other_messages_waiting_and_another_gets_its_own(book: Ledger, receiver: Receiver):
    book.add_hook("http://127.0.0.1:9/dead", by=ANA, allow_local=True)
    book.add_hook(receiver.url, by=ANA, allow_local=True)
    book.propose(a_draft(), by=ANA)
    book.propose(a_draft(), by=ANA)
    assert sorted(one.status for one in book.deliver()) == ["sent", "sent", "waiting"]
    assert sorted((one.status, one.tries) for one in book.deliveries()) == [
        ("sent", 1),
        ("sent", 1),
        ("waiting", 0),
        ("waiting", 1),
    ]


def test_an_answer_that_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch):
    never = threading.Event()
    monkeypatch.setattr(webhook, "_send", lambda _: (never.wait(5), "late"))
    taken, says = send(Message(1, "https://x/", "whsec_", "e", "{}", patience_s=0.05))
    never.set()
    assert (taken, says) == (False, "no answer within 0 s")


CLOUDS = ["169.254.169.254", "::ffff:169.254.169.254", "2002:a9fe:a9fe::1", "64:ff9b::a9fe:a9fe", "fd00:ec2::254"]
CLOUDS += ["100.100.100.200", "168.63.129.16", "224.0.0.1", "0.0.0.0", "fe80::1", "::", "240.0.0.1", "::ffff:0:0"]
OWN = ["127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1", "fd12::1", "0x7f.1", "127.1"]
OWN += ["::ffff:10.0.0.1", "2002:0a00:0001::1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "::127.0.0.1"]


@pytest.mark.parametrize("host", CLOUDS)
def test_addresses_where_clouds_keep_secrets_are_never_called(host: str):
    for allow_local in (False, True):
        with pytest.raises(HookInvalid):
            allowed_address(host, 443, allow_local=allow_local)


@pytest.mark.parametrize("host", OWN)
def test_addresses_in_ones_own_network_are_called_only_when_somebody_said_so(host: str):
    with pytest.raises(HookInvalid, match="--allow-local"):
        allowed_address(host, 443)
    assert allowed_address(host, 443, allow_local=True)


@pytest.mark.parametrize("host", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "::ffff:93.184.216.34"])
def test_the_open_internet_is_called_encrypted_and_on_usual_ports_only(host: str):
    assert allowed_address(host, 443)
    with pytest.raises(HookInvalid, match="open internet"):
        allowed_address(host, 80, allow_local=True, only_local=True)


def test_a_hook_that_is_not_allowed_to_be_local_is_not_called_there_whatever_its_name_says(
    book: Ledger, monkeypatch: pytest.MonkeyPatch
):
    book.add_hook("https://tracker.example/T0PSECRET", by=ANA)
    book.propose(a_draft(), by=ANA)
    home = [(2, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(webhook.socket, "getaddrinfo", lambda *_, **__: home)
    monkeypatch.setattr(webhook.socket, "create_connection", lambda *_: pytest.fail("a connection was made"))
    [one] = book.deliver()
    assert (one.status, one.host) == ("waiting", "tracker.example")
    assert "not on the open internet" in one.says
    assert "T0PSECRET" not in one.says


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
