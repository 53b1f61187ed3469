"""From the kept trace to answers about paths: one walk per bucket for all questions together, or none at all.

What is found is kept beside the trace, and so is what each bucket contributes to it. A bucket that did not change is
not walked again; one that grew is corrected: what its touched customers contributed before is taken away, what they
contribute now is added. Of a part of the data (`Only`) the buckets are kept from the second time on that it has to be
walked: most filters are tried once. The trace, the engine and the place to keep things are handed in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import numpy as np

from desireline.paths.few import Search, look_through
from desireline.paths.filters import Filter
from desireline.paths.grown import grow
from desireline.paths.together import Together
from desireline.pipeline.answer import Answer
from desireline.pipeline.asked import Asked
from desireline.pipeline.names import Names
from desireline.slices import I64, U64, Flags, Slice

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
MICROSECOND = timedelta(microseconds=1)
FURTHER = 4
"""So many further parts of a bucket make its corrected state worth keeping; before, the older one is corrected anew."""

WHOLE = -1
"""The bucket number under which is kept what was found in all buckets together."""

State = Any
Parts = tuple[str, ...]
Progress = Callable[[int, int], None]


class Readable(Protocol):
    """A trace, as far as it is looked at here."""

    @property
    def buckets(self) -> int:
        """How many buckets of customers there are."""
        ...

    def slices(self, bucket: int) -> Iterator[Slice]:
        """The bucket's customers."""
        ...

    def parts(self, bucket: int) -> Parts:
        """The names of what the bucket was made from, the oldest first."""
        ...

    def touched(self, bucket: int, since: int) -> tuple[Slice, Slice] | None:
        """The customers that parts from `since` on touch: their events before, and now. None when it is not known."""
        ...


class Kept(Protocol):
    """Where states are kept, by question and bucket."""

    def find(self, question: str, bucket: int) -> tuple[Parts, State] | None:
        """What was kept last, and the parts that it was made from."""
        ...

    def keep(self, question: str, bucket: int, parts: Parts, state: State) -> None:
        """The state can be found again."""
        ...


class Forgetful:
    """Keeps nothing."""

    def find(self, question: str, bucket: int) -> tuple[Parts, State] | None:
        """Nothing was kept."""

    def keep(self, question: str, bucket: int, parts: Parts, state: State) -> None:
        """It is gone."""


class People(Protocol):
    """Some of the customers: a persona, a segment."""

    def among(self, bucket: int, keys: U64) -> Flags:
        """True for those customers of the bucket, by ascending key, that belong to them."""
        ...

    def parts(self, bucket: int) -> Parts:
        """The names of what is known of the bucket's customers."""
        ...


@dataclass(frozen=True)
class Only:
    """The part of the data that is asked about: events from `since` up to but not including `until`, some channels,
    some customers. An instant without a zone is UTC. `people_are` names the customers, so that answers about others are
    not taken for these.
    """

    since: datetime | None = None
    until: datetime | None = None
    channels: tuple[str, ...] = ()
    people: People | None = None
    people_are: str = ""

    def filter(self, names: Names) -> Filter | None:
        """The same in codes; None when all events are asked about. Raises UnknownName."""
        if self.since is None and self.until is None and not self.channels:
            return None
        codes = tuple(names.channel(name) for name in self.channels) or None
        return Filter(_instant(self.since), _instant(self.until), codes)

    def key(self) -> list[Any]:
        """Differs wherever the answer may."""
        return [_instant(self.since), _instant(self.until), *sorted(self.channels), self.people_are]


@dataclass(frozen=True)
class Found:
    """What a kernel found in all buckets together."""

    answer: Any
    few: I64  # cells behind which only few customers stand


@dataclass(frozen=True)
class Walking:
    """One trace, and what its codes mean. `placed_by` names how events were placed, "" when by their own names."""

    trace: Readable
    names: Names
    run: Callable[..., Any]
    kept: Kept = field(default_factory=Forgetful)
    placed_by: str = ""
    code: str = ""
    span: tuple[datetime, datetime] | None = None  # of all events, on the map or not

    def ask(
        self, questions: Mapping[str, Asked], only: Only | None = None, *, progress: Progress | None = None
    ) -> dict[str, Answer]:
        """The answer to each question. Raises UnknownName, QuestionUnclear."""
        walk = _Walk(self, questions, only or Only())
        keys = {name: self._key(asked, repr(walk.kernels[name]), walk.only) for name, asked in questions.items()}
        found = walk.whole(keys, progress)
        return {
            name: asked.told(found[name].answer, self.names, frozenset(found[name].few.tolist()))
            for name, asked in questions.items()
        }

    def _key(self, asked: Asked, kernel: str, only: Only) -> str:
        """Names the question so that two with the same key have the same states, bucket for bucket.

        What the same words mean may change with the names: `kernel` says what they mean now.
        """
        codes = [getattr(self.names, name) for name in asked.leans_on]
        filtered = self.names.channels if only.channels else ()
        said = [self.code, asked.kind, _counted(asked), kernel, only.key(), self.placed_by, codes, filtered]
        return json.dumps(said, default=str, ensure_ascii=False)


class _Walk:
    """The kernels of several questions on their way through the buckets."""

    def __init__(self, walking: Walking, questions: Mapping[str, Asked], only: Only) -> None:
        self.walking = walking
        self.questions = questions
        self.kernels = {name: asked.kernel(walking.names) for name, asked in questions.items()}
        self.only = only
        self._filter = only.filter(walking.names)
        self._filtered = self._filter is not None or only.people is not None

    def whole(self, keys: Mapping[str, str], progress: Progress | None) -> dict[str, Found]:
        """What each kernel found in all buckets together."""
        trace, kept = self.walking.trace, self.walking.kept
        parts = tuple(name for bucket in range(trace.buckets) for name in (f"/{bucket}", *self._parts(bucket)))
        had = {name: kept.find(key, WHOLE) for name, key in keys.items()}
        found = {name: one[1] for name, one in had.items() if one and one[0] == parts and isinstance(one[1], Found)}
        left = {name: key for name, key in keys.items() if name not in found}
        if left:
            lasting = {name for name in left if had[name] or not self._filtered}
            together = self._together(left)
            walked = self.walking.run(
                range(trace.buckets),
                lambda bucket: self._bucket(bucket, left, lasting),
                lambda given: together.combine(list(given)),
                progress=progress,
            )
            found |= self._found(walked)
            for name, key in left.items():
                kept.keep(key, WHOLE, parts, found[name])
        return found

    def _found(self, walked: Mapping[str, State]) -> dict[str, Found]:
        """What the kernels found, and, where that does not show it, which numbers are those of few customers."""
        answers = {name: self.kernels[name].finish(state) for name, state in walked.items()}
        doubts = {name: self.questions[name].doubt(answer, self.walking.names) for name, answer in answers.items()}
        searches = {name: Search(doubt.counted, doubt.cells) for name, doubt in doubts.items() if doubt}
        look_through(self._slices(), list(searches.values()))
        nothing = np.zeros(0, dtype=np.int64)
        return {
            name: Found(answer, searches[name].few if name in searches else nothing) for name, answer in answers.items()
        }

    def _slices(self) -> Iterator[Slice]:
        """All that is asked about, as it is looked at."""
        for bucket in range(self.walking.trace.buckets):
            yield from (self._only(bucket, one) for one in self.walking.trace.slices(bucket))

    def _bucket(self, bucket: int, keys: Mapping[str, str], lasting: AbstractSet[str]) -> dict[str, State]:
        """The states of the bucket; those of `lasting` questions are kept."""
        kept, parts = self.walking.kept, self._parts(bucket)
        found = {name: kept.find(key, bucket) if name in lasting else None for name, key in keys.items()}
        states: dict[str, State] = {}
        behind: dict[int, list[str]] = {}
        for name, had in found.items():
            if had and had[0] == parts:
                states[name] = had[1]
            else:
                behind.setdefault(_usable(had, parts), []).append(name)
        for since, some in behind.items():
            before = {name: one[1] for name in some if since and (one := found[name])}
            states |= self._walked(bucket, some, since, before)
            worth = not since or len(parts) - since >= FURTHER
            for name in lasting & set(some) if worth else ():
                kept.keep(keys[name], bucket, parts, states[name])
        return states

    def _walked(self, bucket: int, some: Sequence[str], since: int, had: dict[str, State]) -> dict[str, State]:
        """The states of some questions, from what they were after the first `since` parts or by a walk."""
        trace, together = self.walking.trace, self._together(some)
        people = len(self.only.people.parts(bucket)) if self.only.people else 0
        touched = trace.touched(bucket, since - people) if since > people else None
        if touched is None:
            return together.combine([together.partial(self._only(bucket, one)) for one in trace.slices(bucket)])
        return grow(together, had, *(self._only(bucket, one) for one in touched))

    def _only(self, bucket: int, one: Slice) -> Slice:
        people = self.only.people
        if not self._filtered:
            return one
        among = None if people is None or one.key is None else people.among(bucket, one.key)
        return (self._filter or Filter())(replace(one, value=None), customers=among)  # values are not asked about

    def _parts(self, bucket: int) -> Parts:
        """What the bucket's states were made from. The customers' come first: when they change, all is walked anew."""
        people = self.only.people
        return (*(people.parts(bucket) if people else ()), *self.walking.trace.parts(bucket))

    def _together(self, names: Sequence[str] | Mapping[str, str]) -> Together:
        return Together({name: self.kernels[name] for name in names})


def _usable(had: tuple[Parts, State] | None, parts: Parts) -> int:
    """How many of the parts the kept state is made of; 0 when it is made of anything else."""
    if had is None or parts[: len(had[0])] != had[0]:
        return 0
    return len(had[0])


def _counted(asked: Any) -> dict[str, Any]:
    """What a question says, apart from how many rows of the answer it wants to see."""
    return {name: said for name, said in asdict(asked).items() if name != "limit"}


def _instant(at: datetime | None) -> int | None:
    """In µs since 1970; without a zone it is UTC."""
    if at is None:
        return None
    return ((at if at.tzinfo else at.replace(tzinfo=UTC)) - EPOCH) // MICROSECOND


def between(span: tuple[int, int] | None) -> tuple[datetime, datetime] | None:
    """The instants that are so many µs from 1970."""
    return span and (EPOCH + span[0] * MICROSECOND, EPOCH + span[1] * MICROSECOND)


def by_event(names: Mapping[str, Sequence[str | None]]) -> Names:
    """The names of a trace on which no map stands: a touchpoint is an event's name."""
    events = tuple(name if name is not None else "" for name in names["event"])
    return Names(events, tuple(names.get("channel", (None,))))
