"""The results as a table that can be asked: medians, ratios, the best peer."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bench.engines import EVERY, PEERS, SEVEN, Engine
from bench.results import Key

ANY_LAYOUT = tuple(engine.key for engine in PEERS if engine.tasks == SEVEN or set(engine.tasks) <= set(SEVEN))
ROW_LAYOUT = tuple(engine.key for engine in PEERS if engine.rows)


@dataclass(frozen=True)
class Measured:
    """All results; `agreed` says of an answer whether it is ours (None: nothing to compare)."""

    held: Mapping[Key, Mapping[str, Any]]
    agreed: Callable[[str, str, str], bool | None] = lambda size, key, task: None  # noqa: ARG005

    def median(self, size: str, key: str, task: str) -> float | None:
        """Seconds; None where nothing was measured, or it failed."""
        found = self.held.get((size, key, task), {}).get("median")
        return None if found is None else float(found)

    def own_peak(self, size: str, key: str, tasks: Iterable[str]) -> float | None:
        """MiB that the process held at most, mapped files not counted."""
        done = [task for task in tasks if self.median(size, key, task) is not None]
        found = [float(self.held[size, key, task]["own_peak_mb"]) for task in done]
        return max(found) if found else None

    def total(self, size: str, key: str, tasks: Iterable[str] = SEVEN) -> float | None:
        """Seconds of several tasks one after the other; None when one is missing."""
        found = [self.median(size, key, task) for task in tasks]
        return None if None in found else sum(one for one in found if one is not None)

    def best(self, size: str, task: str, keys: Iterable[str] = ANY_LAYOUT) -> float | None:
        """Seconds of the fastest peer whose answer agrees."""
        found = [
            seconds
            for key in keys
            if (seconds := self.median(size, key, task)) is not None
            and whole_answer(key, task)
            and self.agreed(size, key, task) is not False
        ]
        return min(found, default=None)

    def against_best(self, size: str, key: str, keys: Iterable[str]) -> dict[str, float]:
        """Each of the seven as a ratio to the best of the peers `keys`, where both were measured."""
        peers = tuple(keys)
        pairs = {task: (self.median(size, key, task), self.best(size, task, peers)) for task in SEVEN}
        return {task: ours / best for task, (ours, best) in pairs.items() if ours is not None and best}

    def disagreements(self) -> list[Key]:
        """Answers that are not ours."""
        return [key for key in self.held if self.agreed(*key) is False]

    def engines(self, size: str) -> list[Engine]:
        """Those that were asked any of the seven at this size, ours first, then by the sum of their ratios."""
        asked = [engine for engine in EVERY if any((size, engine.key, task) in self.held for task in SEVEN)]
        return sorted(asked, key=lambda engine: (engine.name != "ours", self._rank(size, engine)))

    def _rank(self, size: str, engine: Engine) -> float:
        return mean(list(self.against_best(size, engine.key, ANY_LAYOUT).values())) or math.inf


def whole_answer(key: str, task: str) -> bool:
    """False for peers that answer a narrower question than the task, or start from more than the data."""
    return key not in ("r4pm raw", "channelattribution raw") or task not in SEVEN


def mean(ratios: list[float]) -> float | None:
    """The geometric mean."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else None


def divide(ours: float | None, theirs: float | None) -> float | None:
    """A ratio, None when either side is missing."""
    return ours / theirs if ours is not None and theirs else None
