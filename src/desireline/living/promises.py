"""Is each promise kept? Surely kept, surely broken, or too close to call: the whole interval decides.

A promise of time is made to every customer; it counts as broken where surely fewer than `kept` of the journeys keep
it: nine in ten, or what the map's own target for `promise_kept` says at that place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from desireline.living.read import Book, Read
from desireline.maps.outline import Outline
from desireline.maps.records import Kpi, Promise, ScorePromise

Verdict = Literal["kept", "broken", "undecided", "not measured"]
KEPT = 0.9


@dataclass(frozen=True)
class Promised:
    """One promise at a place, and what became of it."""

    at: str
    group: str  # "channel:chat" where it holds in one channel
    measure: str
    at_least: float | None
    at_most: float | None
    verdict: Verdict
    says: str  # the promise in the words a customer hears
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    unit: str = ""

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def judge_promises(outline: Outline, book: Book, *, kept: float = KEPT) -> tuple[Promised, ...]:
    """All promises of the map, in its order."""
    head = outline.map.map
    places: list[tuple[str, Promise | None, list[Kpi]]] = [(head.id, head.promise, head.kpis)]
    places += [(stage.id, stage.promise, stage.kpis) for stage in outline.stages]
    places += [(point.id, point.promise, point.kpis) for point in outline.touchpoints]
    found: list[Promised] = []
    for at, promise, kpis in places:
        if promise is None:
            continue
        own = [kpi.at_least for kpi in kpis if kpi.measure == "promise_kept" and kpi.at_least is not None]
        if _timed(promise):
            found.append(_judged(at, "", "promise_kept", book, least=own[0] if own else kept, says=promise.says or ""))
        found += _scores(at, "", promise, book)
        for channel, mine in promise.channels.items():
            found += _scores(at, f"channel:{channel}", mine, book)
    return tuple(found)


def _timed(promise: Promise) -> bool:
    return promise.time is not None or any(_timed(own) for own in promise.channels.values())


def _scores(at: str, group: str, promise: Promise, book: Book) -> Iterator[Promised]:
    says = promise.says or ""
    for score in (promise.effort, promise.score):
        if score is not None:
            yield _score(at, group, score, book, says=says)
    if promise.feeling is not None:
        yield _judged(at, group, "emotion", book, least=promise.feeling, says=says)


def _score(at: str, group: str, score: ScorePromise, book: Book, *, says: str) -> Promised:
    return _judged(at, group, score.measure, book, least=score.at_least, most=score.at_most, says=says)


def _judged(
    at: str, group: str, measure: str, book: Book, *, least: float | None, most: float | None = None, says: str
) -> Promised:
    read = book.get(measure, at, group)
    verdict = _verdict(read, least, most)
    if read is None:
        return Promised(at, group, measure, least, most, verdict, says)
    return Promised(at, group, measure, least, most, verdict, says, read.value, read.low, read.high, read.n, read.unit)


def _verdict(read: Read | None, least: float | None, most: float | None) -> Verdict:
    if read is None or read.low is None or read.high is None:
        return "not measured"
    if (least is not None and read.below(least)) or (most is not None and read.above(most)):
        return "broken"
    sure = (least is None or read.low >= least) and (most is None or read.high <= most)
    return "kept" if sure else "undecided"
