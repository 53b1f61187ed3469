"""What an update does to a document: which keys of which roots it touches, and whether anything of it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pycrdt import Doc, get_update

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
    rest = _numbers(get_update(update, state))
    if next(rest):
        return True
    deleted = _deleted_until(rest)
    known = _known(state) if deleted else {}
    return any(clock > known.get(client, 0) for client, clock in deleted)


def _known(state: bytes) -> dict[int, int]:
    """A state vector: how much of each client's edits is known."""
    numbers = _numbers(state)
    return {next(numbers): next(numbers) for _ in range(next(numbers))}


def _deleted_until(numbers: Iterator[int]) -> list[tuple[int, int]]:
    """A set of deletions: by client, how far it reaches."""
    found = []
    for _ in range(next(numbers)):
        client = next(numbers)
        for _ in range(next(numbers)):
            found.append((client, next(numbers) + next(numbers)))
    return found


def _numbers(body: bytes) -> Iterator[int]:
    """Unsigned LEB128 numbers, one after the other; a map that many people edited for years names many clients."""
    number = place = 0
    for byte in body:
        number |= (byte & 0x7F) << place
        if byte < 0x80:
            yield number
            number = place = 0
        else:
            place += 7
