"""The server as a process: it starts, stops in good order, and is the only one in its workspace."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from sqlalchemy import make_url
from tests.web.test_duties_faults import locked
from tests.web.test_people_http import edit, heard
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from desireline.cli.start import run
from desireline.errors import ServerRuns
from desireline.ledger.engine import connect as connect_ledger
from desireline.live.document import document_data
from desireline.live.messages import Kind, numbered, told
from desireline.live.shape import new_document
from desireline.server.desk import open_desk
from desireline.server.lock import only_on_ledger, only_server


@dataclass
class Process:
    """`desireline serve` in a process of its own, with what it printed."""

    process: subprocess.Popen[str]
    link: str
    client: httpx.Client
    lines: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return self.link.partition("/open#")[0]

    def stop(self, which: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """How it ended, and what it wrote to stderr."""
        self.process.send_signal(which)
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.lines += self.process.stdout.read().splitlines()
        err = self.process.stderr.read()
        return self.process.wait(30), err


@contextmanager
def serve(folder: Path, *more: str, **environment: str) -> Iterator[Process]:
    """A server on a free port, with the owner signed in."""
    words = [Path(sys.executable).with_name("desireline"), "serve", "-w", folder, "--port", "0", *more]
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | environment
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Open http://"), line + process.stderr.read()
        link = line.split()[1]
        with httpx.Client(base_url=link.partition("/open#")[0], timeout=20) as client:
            client.post("/api/session/link", json={"secret": link.partition("#")[2]}).raise_for_status()
            yield Process(process, link, client)
    finally:
        process.kill()
        process.wait(10)
        for pipe in (process.stdout, process.stderr):
            assert pipe is not None
            pipe.close()


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_saves_what_was_sent_and_tells_everybody(tmp_path: Path, which: signal.Signals):
    with serve(tmp_path) as server:
        id_ = server.client.post("/api/maps", json={}).raise_for_status().json()["id"]
        with sits_down(server, id_) as sends, sits_down(server, id_) as hears:
            update = edit(open_desk(tmp_path), id_)
            with locked(tmp_path / "ledger.db"):  # so that it is not saved yet when the server is told to stop
                sends.send(numbered(Kind.UPDATE, 1, update))
                sends.send(told(Kind.PRESENCE, {"at": "here"}))
                assert heard(hears, Kind.PRESENCE, that="here")  # and the server has read what was sent before it
                stopping = threading.Thread(target=server.stop, args=(which,))
                stopping.start()
                assert heard(sends, Kind.TOLD, that="closing")["kind"] == "closing"
            assert Kind.SAVED in [message[0] for message in until_closed(sends)]
            assert sends.close_code == 1012
        stopping.join()
        assert server.process.returncode == 0
        assert server.lines[-1] == "Stopped. Everything that was saved is on the disk."
    doc = new_document()
    for body in open_desk(tmp_path).documents.history(id_).bodies:
        doc.apply_update(body)
    assert "Renamed" in json.dumps(document_data(doc))


@contextmanager
def sits_down(server: Process, id_: str) -> Iterator[ClientConnection]:
    """A seat in the room of a map, as the owner."""
    cookie = "; ".join(f"{name}={value}" for name, value in server.client.cookies.items())
    address = server.address.replace("http", "ws") + f"/api/maps/{id_}/live"
    with connect(address, additional_headers={"Cookie": cookie}) as socket:
        socket.send(bytes([Kind.HELLO]) + b"{}")
        heard(socket, Kind.HELLO)
        yield socket


def until_closed(socket: ClientConnection) -> Iterator[bytes]:
    """What is said until the server closes."""
    with suppress(ConnectionClosed):
        while True:
            message = socket.recv(timeout=20)
            assert isinstance(message, bytes)
            yield message


def test_the_app_is_opened_in_the_browser_when_that_is_asked_for(tmp_path: Path):
    browser, shown = tmp_path / "browser", tmp_path / "shown"
    browser.write_text(f'#!/bin/sh\necho "$1" > {shown}\n')
    browser.chmod(0o700)
    with serve(tmp_path, "--open", BROWSER=f"{browser} %s") as server:
        for _ in range(100):
            if shown.exists() and shown.read_text():
                break
            time.sleep(0.05)
        assert shown.read_text().strip() == server.link


def test_a_second_server_says_where_the_first_one_is_and_how_to_go_on(tmp_path: Path, capsys):
    with serve(tmp_path) as server:
        assert run(["serve", "-w", str(tmp_path), "--port", "0"]) == 3
        says = capsys.readouterr().err
        assert f"process {server.process.pid}" in " ".join(says.split())
        assert server.address in says
        assert "stop it first" in " ".join(says.split())
        assert server.client.get("/api/me").status_code == 200


def test_after_a_server_was_killed_the_next_one_takes_over(tmp_path: Path):
    with serve(tmp_path) as server:
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(10)
    assert (tmp_path / "server.lock").exists()
    with serve(tmp_path) as server:
        assert server.client.get("/api/me").json()["name"] == "Owner"
        assert len(server.client.get("/api/members").json()) == 1


def test_a_lock_is_free_when_its_server_has_ended(tmp_path: Path):
    for _ in range(2):
        with only_server(tmp_path) as held:
            held.tells("http://localhost:1")


def test_a_server_on_another_machine_that_shares_the_ledger_is_noticed(postgres: str):
    engine = connect_ledger(make_url(postgres))
    with only_on_ledger(engine, "ours"):
        with only_on_ledger(engine, "theirs"):
            pass
        with pytest.raises(ServerRuns, match=r"at another machine \(127.0.0.1\)"), only_on_ledger(engine, "ours"):
            pass
    with only_on_ledger(engine, "ours"):
        pass


@pytest.mark.parametrize(
    ("host", "port", "says"),
    [
        ("127.0.0.1", "taken", "is taken by another program. Choose another one, for instance --port"),
        ("192.0.2.1", "0", "This machine has no address 192.0.2.1."),
        ("no such host", "0", "is no address. Use 127.0.0.1"),
    ],
)
def test_an_address_that_cannot_be_had_is_told_with_the_way_out(
    tmp_path: Path, capsys, host: str, port: str, says: str
):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1]) if port == "taken" else port
        assert run(["serve", "-w", str(tmp_path), "--host", host, "--port", port]) != 0
    assert says in " ".join(capsys.readouterr().err.split())


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys, no_special_rights: None):
    tmp_path.chmod(0o500)
    try:
        assert run(["serve", "-w", str(tmp_path), "--port", "0"]) == 3
    finally:
        tmp_path.chmod(0o700)
    assert "cannot be written (Permission denied)" in " ".join(capsys.readouterr().err.split())


def test_an_address_that_others_reach_is_told_to_be_readable_on_the_way(tmp_path: Path):
    with serve(tmp_path, "--host", "0.0.0.0") as server:
        server.stop()
        assert any("plain HTTP can be read on the way" in line for line in server.lines)


def test_the_log_has_a_line_for_each_request_and_nothing_about_people_in_it(tmp_path: Path):
    with serve(tmp_path, "--log") as server:
        client, secrets = server.client, [server.link.partition("#")[2], *server.client.cookies.values()]
        client.get("/api/members?canary=1").raise_for_status()
        made = client.post("/api/invitations", json={"title": "Canary Bird"}).json()
        wrong = {"name": "Canary Bird", "password": "canary-password"}
        number = client.post("/api/session/password", json=wrong).headers["x-request-id"]
        client.get("/api/members/canary")
        _, err = server.stop()
    lines = [json.loads(line) for line in err.splitlines()]
    seen = [(one["method"], one["route"], one["status"]) for one in lines if one["says"] == "answered"]
    assert seen[-4:] == [
        ("GET", "/api/members", 200),
        ("POST", "/api/invitations", 201),
        ("POST", "/api/session/password", 401),
        ("GET", "none", 404),
    ] or seen[-4:-1] == [
        ("GET", "/api/members", 200),
        ("POST", "/api/invitations", 201),
        ("POST", "/api/session/password", 401),
    ]
    assert number in err
    assert [word for word in [*secrets, made["secret"], "canary", "Canary", "127.0.0.1"] if word in err] == []
