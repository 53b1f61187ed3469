"""Copies in Python and in the real Yjs end the same, whatever happens on the way: also the odd letters."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from tests.live.replicas import Edit, Edits, InPython, Replica, Yjs, yjs

HISTORIES = 500
LETTERS = ["a", "b ", "Ü", "😀", "👩‍👩‍👧", "e\u0301", "漢", "\n", "שלום", "𝒳"]
FIELDS: list[tuple[str, list[Any]]] = [
    ("order", ["V", "W", "k", "K1"]),
    ("deleted", [True, False]),
    ("optional", [True, False]),
    ("channels", [["web"], ["web", "store"], []]),
    ("promise", [{"says": "Fast", "time": {"within": "2d"}}, {"feeling": -1.5}]),
    ("level", [-2.0, 0.5, 2.0]),
]


@pytest.fixture(scope="module")
def node() -> Iterator[Yjs]:
    with yjs() as found:
        yield found


def test_500_random_histories_end_the_same_in_python_and_in_yjs(node: Yjs):
    diverged = [seed for seed in range(HISTORIES) if not _ends_the_same(node, random.Random(seed))]
    assert diverged == []


def _ends_the_same(node: Yjs, chance: random.Random) -> bool:
    replicas: list[Replica] = [InPython() if place % 2 else node.begin() for place in range(chance.randint(2, 5))]
    waiting: list[list[bytes]] = [[] for _ in replicas]
    for update in replicas[0].edit([[_add(chance, "k0"), {"root": "map", "kind": "put", "key": "id", "value": "m"}]]):
        for other in waiting[1:]:
            other.append(update)
    for _ in range(chance.randint(2, 5)):
        apart = {place for place in range(len(replicas)) if chance.random() < 0.3}
        for place, replica in enumerate(replicas):
            for update in replica.edit(_edits(chance)):
                for other in range(len(replicas)):
                    if other != place:
                        waiting[other].append(update)
            if place not in apart:
                _deliver(replica, waiting[place], chance)
    _exchange(replicas)
    reads = [replica.read() for replica in replicas]
    node.ask("forget")
    return all(read == reads[0] for read in reads)


def _deliver(replica: Replica, waiting: list[bytes], chance: random.Random) -> None:
    """Some of what waits arrives, in any order, some of it twice; the rest later, or never."""
    chance.shuffle(waiting)
    some = [waiting.pop() for _ in range(chance.randint(0, len(waiting)))]
    replica.apply([update for update in some for _ in range(chance.choice([1, 1, 2]))])


def _exchange(replicas: list[Replica]) -> None:
    """As when all come back: each tells what it has and gets what it lacks, until nothing is new."""
    before: list[dict[str, Any]] = []
    while (now := [replica.read() for replica in replicas]) != before:
        before = now
        for one in replicas:
            for other in replicas:
                if one is not other:
                    other.apply([one.lacks(other.state())])


def _edits(chance: random.Random) -> Edits:
    return [[_edit(chance) for _ in range(chance.randint(1, 3))] for _ in range(chance.randint(0, 3))]


def _edit(chance: random.Random) -> Edit:
    key, kind = f"k{chance.randint(0, 4)}", chance.random()
    record = {"root": "records", "key": key}
    if kind < 0.2:
        return _add(chance, key)
    if kind < 0.55:
        put = "".join(chance.choices(LETTERS, k=chance.randint(0, 4)))
        typed = {"field": chance.choice(["title", "says"]), "at": chance.randint(0, 12), "gone": chance.randint(0, 3)}
        return record | {"kind": "type", "put": put} | typed
    if kind < 0.8:
        field, values = chance.choice(FIELDS)
        return record | {"kind": "set", "field": field, "value": chance.choice(values)}
    if kind < 0.85:
        return record | {"kind": "unset", "field": chance.choice(FIELDS)[0]}
    if kind < 0.93:
        return {"root": "votes", "kind": "put", "key": f"{key} ana", "value": float(chance.randint(0, 3))}
    return {"root": chance.choice(["votes", "records"]), "kind": "take", "key": key}


def _add(chance: random.Random, key: str) -> Edit:
    fields = {"section": "cards", "id": key, "at": "cart", "order": "V", "says": "Waits 😀", "title": ""}
    return {"root": "records", "kind": "add", "key": key, "fields": fields | {"level": chance.choice([-1.0, 1.5])}}
