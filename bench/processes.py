"""What a process and its children use: memory of their own, and processor time beside that of everyone else.

Own memory leaves out the pages of mapped files: the system can drop those at any moment, and all engines share them.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

SHORTEST = 0.5  # seconds
_TICK = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


@dataclass
class Use:
    """What was used between two moments."""

    own_peak: int = 0  # bytes, mapped files not counted
    peak: int = 0  # bytes, mapped files counted
    others: float = 0.0  # share of all processors that others took


@dataclass
class Watch:
    """Watches a process tree from a thread; `start` and `stop` frame one run."""

    root: int
    every: float = 0.01
    _use: Use = field(default_factory=Use)
    _tree: list[int] = field(default_factory=list)
    _done: threading.Event = field(default_factory=threading.Event)
    _began: float = 0.0
    _marks: deque[tuple[float, float, float]] = field(default_factory=lambda: deque(maxlen=4000))

    def __post_init__(self) -> None:
        threading.Thread(target=self._watch, daemon=True).start()

    def start(self) -> None:
        """A run begins: what was seen before it is forgotten."""
        self._tree = _tree(self.root)
        self._use = Use()
        self._sample()
        self._mark()
        self._began = time.monotonic()

    def stop(self) -> Use:
        """The run has ended; what it used.

        Processor time is counted in hundredths of a second, so others are looked at for half a second at least.
        """
        self._sample()
        self._mark()
        now, busy, spent = self._marks[-1]
        before = [mark for mark in self._marks if mark[0] <= min(self._began, now - SHORTEST)]
        began, busy_then, spent_then = before[-1] if before else self._marks[0]
        theirs = (busy - busy_then) - (spent - spent_then)
        self._use.others = max(0.0, theirs) / max(now - began, 1e-9) / (os.cpu_count() or 1)
        return self._use

    def close(self) -> None:
        """Nothing is watched any more."""
        self._done.set()

    def _watch(self) -> None:
        looked = 0.0
        while not self._done.wait(self.every):
            if time.monotonic() - looked > SHORTEST:
                self._tree, looked = _tree(self.root), time.monotonic()
                self._mark()
            self._sample()

    def _mark(self) -> None:
        self._marks.append((time.monotonic(), _busy(), _spent(self._tree)))

    def _sample(self) -> None:
        held = [_memory(process) for process in self._tree]
        self._use.own_peak = max(self._use.own_peak, sum(own for own, _ in held))
        self._use.peak = max(self._use.peak, sum(whole for _, whole in held))


def kill_tree(root: int) -> None:
    """The process and its descendants are gone."""
    for process in _tree(root):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _memory(process: int) -> tuple[int, int]:
    """Bytes held by a process: without and with mapped files."""
    try:
        lines = (_PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return 0, 0
    sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines if line.startswith(("Rss", "VmRSS"))}
    return sizes.get("RssAnon", 0) + sizes.get("RssShmem", 0), sizes.get("VmRSS", 0)


def _tree(root: int) -> list[int]:
    """The process and all its descendants that live."""
    children: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found, queue = [root], [root]
    while queue:
        queue = [child for parent in queue for child in children.get(parent, [])]
        found.extend(queue)
    return found


def _spent(tree: list[int]) -> float:
    """Seconds of processor time of a tree, its dead children included."""
    return sum(sum(map(int, fields[11:15])) for process in tree if (fields := _stat(process))) / _TICK


def _stat(process: int) -> list[str]:
    """The fields of /proc/…/stat after the name, empty when the process is gone."""
    try:
        return (_PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _busy() -> float:
    """Seconds of processor time that the whole machine has spent at work."""
    user, nice, system, _idle, _wait, irq, soft, *_ = map(int, (_PROC / "stat").read_text().splitlines()[0].split()[1:])
    return (user + nice + system + irq + soft) / _TICK
