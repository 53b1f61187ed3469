"""A process that is killed while it writes: every change that it had acknowledged is there, and no half of another."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desireline.ledger.store import Ledger

WRITER = """
import sys
from desireline.initiatives import changes
from desireline.initiatives.records import new_task
from desireline.ledger.store import Ledger
from ledger.conftest import ANA, a_draft

ledger = Ledger.open(sys.argv[1])
if not ledger.hooks():
    ledger.add_hook("https://tracker.example/in", by=ANA)
one = ledger.propose(a_draft(), by=ANA)
for number in range(10_000):
    ledger.change(one.id, lambda old: changes.add_task(old, new_task(f"t{number}"), by=ANA))
    print(one.id, number, flush=True)
"""


def _killed(folder: Path, after_s: float) -> dict[str, int]:
    """What a writer had acknowledged when it was killed: by initiative the last task."""
    words = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(after_s)
        writer.kill()
        rest = writer.stdout.read()
    lines = [line.split() for line in (first + rest).splitlines() if line.endswith(tuple("0123456789"))]
    return {id_: int(number) for id_, number in lines}


def _check(folder: Path, acknowledged: dict[str, int]) -> None:
    ledger = Ledger.open(folder)
    found = {one.id: one for one in ledger.initiatives()}
    for id_, last in acknowledged.items():
        one = found[id_]
        assert len(one.tasks) >= last + 1
        assert [task.title for task in one.tasks] == [f"t{number}" for number in range(len(one.tasks))]
        assert len(one.history) == one.version == len(one.tasks) + 1
    changes = sum(one.version for one in found.values())
    assert len(ledger.deliveries(limit=100_000)) == changes


@pytest.mark.parametrize("kills", [3, pytest.param(25, marks=pytest.mark.long)])
def test_no_acknowledged_change_is_lost_when_the_process_is_killed(tmp_path: Path, kills: int):
    dice = random.Random(kills)
    acknowledged: dict[str, int] = {}
    for _ in range(kills):
        acknowledged |= _killed(tmp_path, dice.random() * 0.3)
        _check(tmp_path, acknowledged)
    assert len(acknowledged) == kills
