"""The seven tasks and all of them in one pass: on the kept trace, and from ordered Parquet files.

Nothing is kept from one run to the next: each walks every event.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench.answers import Answer
from bench.ours.questions import Coded, as_answer, questions
from bench.peers import Ask, Tasks
from desireline.engine.local import run
from desireline.errors import TraceDamaged
from desireline.paths.together import Together
from desireline.trace.ordered import OrderedParquet
from desireline.trace.raw import build_raw, parquet_batches
from desireline.trace.trace import Trace

COLUMNS = {"customer_id": "customer", "at": "at", "event": "event", "channel": "channel", "value": "value"}


def open_engine(ask: Ask) -> Tasks:
    """What we answer on a layout."""
    if ask.layout == "ordered":
        coded = Coded(ask.facts.touchpoints, ask.facts.channels)
        return _tasks(ask, coded, partial(_ordered, ask))
    return on_trace(ask, kept_trace(ask))


def kept_trace(ask: Ask) -> Trace:
    """The trace of the raw file, made where there is none or where other code made it."""
    folder = ask.once("trace", partial(build, ask))
    try:
        return Trace.open(folder)
    except TraceDamaged:
        build(ask, folder)
        return Trace.open(folder)


def build(ask: Ask, folder: Path) -> None:
    """A kept trace of the raw Parquet file stands in `folder`."""
    build_raw(parquet_batches(ask.raw, COLUMNS), folder, threads=ask.threads)


def on_trace(ask: Ask, trace: Trace) -> Tasks:
    """The tasks on a kept trace."""
    coded = Coded([name or "" for name in trace.names["event"]], trace.names["channel"])
    return _tasks(ask, coded, lambda _: trace)


def _ordered(ask: Ask, together: Together) -> OrderedParquet:
    wanted = {"at": "at", "event": "touchpoint", "channel": "channel", "value": "value"}
    unread: dict[str, Any] = {name: None for name, column in wanted.items() if column not in together.needs}
    return OrderedParquet(ask.folder / "ordered", **unread)


def _tasks(ask: Ask, coded: Coded, opened: Callable[[Together], Trace | OrderedParquet]) -> Tasks:
    """Each letter, and `all` in one pass."""
    asked = questions(ask.facts, coded)

    def answer(letters: Sequence[str]) -> dict[str, Answer]:
        together = Together({letter: asked[letter] for letter in letters})
        walked = opened(together)

        def of_bucket(bucket: int) -> dict[str, Any]:
            return together.combine([together.partial(one) for one in walked.slices(bucket)])

        state = run(range(walked.buckets), of_bucket, together.combine, threads=ask.threads)
        return {letter: as_answer(letter, found, coded) for letter, found in together.finish(state).items()}

    def one(letter: str) -> Answer:
        return answer([letter])[letter]

    return {**{letter: partial(one, letter) for letter in asked}, "all": partial(answer, list(asked))}
