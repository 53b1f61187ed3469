"""What an update does to a document: which keys of which roots it touches, and whether anything of it is missing."""

from __future__ import annotations

from typing import Any

from pycrdt import Doc, get_update

from desireline.live.messages import read_number
from desireline.live.shape import HEAD, ROOTS, root


class Watch:
    """Notes what changes in a document."""

    def __init__(self, doc: Doc[Any]) -> None:
        self.changed = False
        self._found: dict[str, set[str]] = {}
        self._held = [(name, root(doc, name)) for name in ROOTS]
        self._subscriptions = [shared.observe_deep(self._noting(name)) for name, shared in self._held]
        self._subscriptions.append(doc.observe(self._note_any))

    def clear(self) -> None:
        """Nothing was noted."""
        self.changed = False
        self._found = {}

    def touched(self) -> dict[str, list[str]]:
        """By root: the keys, "" for the head; none where something was made and is gone again."""
        return {name: sorted(keys) for name, keys in self._found.items()}

    def _note_any(self, _event: Any) -> None:
        self.changed = True

    def _noting(self, name: str) -> Any:
        def note(events: list[Any]) -> None:
            found = self._found.setdefault(name, set())
            for event in events:
                path = list(event.path)
                keys = list(event.keys) if hasattr(event, "keys") else []
                if name == HEAD:
                    found.update([""] if path or keys else [])
                else:
                    found.update([str(path[0])] if path else keys)

        return note


def lacks(update: bytes, doc: Doc[Any]) -> bool:
    """True when a document to which the update was applied still waits for something before it.

    A part of the update is then kept aside, unseen, until what it builds on arrives: by whomever, and unchecked.
    """
    state = doc.get_state()
    rest = get_update(update, state)
    clients, rest = read_number(rest)
    if clients:
        return True
    known = dict(_pairs(state))
    return any(clock > known.get(client, 0) for client, clock in _deleted_until(rest))


def _pairs(state: bytes) -> list[tuple[int, int]]:
    """A state vector: how much of each client's edits is known."""
    count, rest = read_number(state)
    found = []
    for _ in range(count):
        client, rest = read_number(rest)
        clock, rest = read_number(rest)
        found.append((client, clock))
    return found


def _deleted_until(rest: bytes) -> list[tuple[int, int]]:
    """A set of deletions: by client, how far it reaches."""
    count, rest = read_number(rest)
    found = []
    for _ in range(count):
        client, rest = read_number(rest)
        ranges, rest = read_number(rest)
        for _ in range(ranges):
            clock, rest = read_number(rest)
            length, rest = read_number(rest)
            found.append((client, clock + length))
    return found
