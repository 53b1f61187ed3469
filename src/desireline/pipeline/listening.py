"""Analyses of the voice: each looks at walked buckets, adds up what it saw, and says what it found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from desireline.engine.engine import Engine, Progress
from desireline.maps.outline import Outline
from desireline.measures.view import View
from desireline.pipeline.measuring import Bucket, Trip
from desireline.pipeline.question import Question

P = TypeVar("P")
F_co = TypeVar("F_co", covariant=True)


class Analysis(Protocol[P, F_co]):
    """What is asked of the voice. A part is small beside its bucket, and parts may come in any order.

    An analysis may name fields of events in `carried` (`due_at`, `property.group` …); its views' steps have them. It
    may name what it groups by in `groupings`, so that a property that nobody has is told before anything is walked.
    """

    def partial(self, view: View) -> P:
        """What a bucket of whole customers contributes; its answers carry the feeling of their texts."""
        ...

    def combine(self, parts: Sequence[P]) -> P:
        """All parts as one; it may be given what it gave before, and nothing at all."""
        ...

    def finish(self, part: P) -> F_co:
        """What was found."""
        ...


@dataclass(frozen=True)
class Together:
    """Several analyses in one walk. A part, and what is found, is a tuple in their order."""

    analyses: tuple[Analysis[Any, Any], ...]

    @property
    def carried(self) -> tuple[str, ...]:
        """The fields of events that any of them needs."""
        return tuple(dict.fromkeys(name for one in self.analyses for name in getattr(one, "carried", ())))

    def partial(self, view: View) -> tuple[Any, ...]:
        """What the bucket contributes to each."""
        return tuple(one.partial(view) for one in self.analyses)

    def combine(self, parts: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
        """All parts of each as one."""
        return tuple(one.combine([part[k] for part in parts]) for k, one in enumerate(self.analyses))

    def finish(self, part: tuple[Any, ...]) -> tuple[Any, ...]:
        """What each found."""
        return tuple(one.finish(mine) for one, mine in zip(self.analyses, part, strict=True))


def listen(
    analysis: Analysis[P, F_co],
    outline: Outline,
    *,
    buckets: int,
    read: Callable[[int], Bucket],
    run: Engine,
    data_end: datetime,
    progress: Progress | None = None,
) -> F_co:
    """The buckets are walked through the map, and the analysis has looked at each of them."""
    trip = Trip(outline, Question(measures=("journeys",)), data_end=data_end)
    carried = tuple(getattr(analysis, "carried", ()))
    whole = run(
        range(buckets),
        lambda bucket: analysis.partial(trip.view(read(bucket), carried)),
        analysis.combine,
        progress=progress,
    )
    return analysis.finish(whole)
