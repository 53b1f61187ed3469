"""A connection to PostgreSQL is made by TLS where the server speaks it, and without where it does not."""

from __future__ import annotations

from collections.abc import Callable
from ssl import SSLContext
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from desireline.ledger.engine import POSTGRES, connect

pytest.importorskip("pg8000")


class Refused(Exception):
    """What a driver says."""


class Server:
    """A driver that notes how it was called."""

    InterfaceError = Refused

    def __init__(self, says: str = "") -> None:
        self.says = says
        self.called: list[Any] = []

    def connect(self, *_words: object, ssl_context: SSLContext | bool, **_named: object) -> str:
        self.called.append(ssl_context)
        if ssl_context and self.says:
            raise Refused(self.says)
        return "connected"


def dial(server: Server, times: int = 2) -> list[str]:
    """The ledger is opened so often."""
    dialled = dialler()
    return [call(dialled, server) for _ in range(times)]


def dialler() -> Callable[..., str]:
    [dialled] = connect(make_url(f"{POSTGRES}://ana@127.0.0.1/shop")).dialect.dispatch.do_connect
    return dialled


def call(dialled: Callable[..., str], server: Server) -> str:
    return dialled(SimpleNamespace(loaded_dbapi=server), None, (), {"timeout": 1})


def test_a_server_that_speaks_tls_is_spoken_to_by_tls():
    server = Server()
    assert dial(server) == ["connected", "connected"]
    assert all(isinstance(one, SSLContext) for one in server.called)


def test_one_that_does_not_is_spoken_to_without():
    server = Server("Server refuses SSL")
    assert dial(server, 1) == ["connected"]
    assert [bool(one) for one in server.called] == [True, False]


def test_one_that_could_not_for_a_moment_is_asked_again():
    server = Server("Server refuses SSL")
    dialled = dialler()
    call(dialled, server)
    server.says = ""
    call(dialled, server)
    assert [bool(one) for one in server.called] == [True, False, True]


def test_another_trouble_is_told_and_never_answered_by_going_without():
    server = Server("Can't create a connection")
    with pytest.raises(Refused):
        dial(server)
    assert len(server.called) == 1
