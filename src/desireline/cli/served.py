"""A server that works in a workspace, asked by the command line: whoever may read the ledger speaks as its owner."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from desireline.errors import DesirelineError

PATIENCE_S = 120
LASTS = timedelta(minutes=1)


class ServerAnswers(DesirelineError):
    """The server that works in the workspace refuses, or cannot be reached."""


class Server:
    """The server at an address, once somebody is signed in. Use it in a `with` block, which signs out."""

    def __init__(self, workspace: Path, address: str) -> None:
        self._workspace = workspace
        self._address = address
        self._opener = build_opener(ProxyHandler({}))
        self._cookie = ""

    def __enter__(self) -> Server:
        answer = self._send("POST", "/api/session/link", {"secret": self._secret()})
        self._cookie = str(answer.headers.get("Set-Cookie", "")).partition(";")[0]
        return self

    def __exit__(self, *_fault: object) -> None:
        self._send("DELETE", "/api/session", None)

    def ask(self, method: str, path: str, body: dict[str, Any]) -> Any:
        """What the server answers. Raises ServerAnswers."""
        return json.load(self._send(method, path, body))

    def _secret(self) -> str:
        from desireline.server.desk import open_desk

        desk = open_desk(self._workspace)
        owner = desk.members.first_owner("Owner", at=desk.clock())
        return desk.members.link(owner.id, at=desk.clock(), lasts=LASTS)

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        headers = {"Content-Type": "application/json"} | ({"Cookie": self._cookie} if self._cookie else {})
        data = None if body is None else json.dumps(body).encode()
        wanted = Request(self._address + path, data=data, headers=headers, method=method)
        try:
            return self._opener.open(wanted, timeout=PATIENCE_S)
        except HTTPError as fault:
            raise ServerAnswers(_says(fault)) from fault
        except (URLError, OSError) as fault:
            raise ServerAnswers(f"The server at {self._address} cannot be reached ({fault}). Try again.") from fault


def _says(fault: HTTPError) -> str:
    try:
        return str(json.load(fault)["says"])
    except (ValueError, KeyError, TypeError):
        return f"The server answered {fault.code}."
