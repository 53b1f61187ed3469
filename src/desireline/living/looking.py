"""Look for drift in one walk: sources first, then windows, then what journeys did in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import polars as pl

from desireline.journeys.states import patience
from desireline.living.drift import Drift, judge_drift
from desireline.living.outage import Silence, find_silences, lasting, passing
from desireline.living.watch import Watch, Watched
from desireline.living.windows import Span, Windows, choose_windows
from desireline.maps.outline import Outline
from desireline.measures.view import View

BEFORE = timedelta(days=7)
"""How long before a gap moves are left out too: their next step may have fallen into it."""

_NEVER = date(1970, 1, 1)


@dataclass(frozen=True)
class LookForDrift:
    """An analysis of walked buckets (see `pipeline.listening`) that finds `Drift`."""

    outline: Outline
    windows: Windows | None
    silences: tuple[Silence, ...] = ()

    @property
    def carried(self) -> tuple[str, ...]:
        """The fields of events that are needed."""
        return self._watch.carried

    def partial(self, view: View) -> Watched:
        """What these customers contribute."""
        return self._watch.partial(view)

    def combine(self, parts: Sequence[Watched]) -> Watched:
        """All parts as one."""
        return self._watch.combine(parts)

    def finish(self, part: Watched) -> Drift:
        """What was found."""
        if self.windows is None:
            return Drift(None, self.silences, note="there are no events")
        return judge_drift(part, self._watch.windows, self.outline, self.silences)

    @property
    def _watch(self) -> Watch:
        if self.windows is None:
            return Watch(self.outline, Windows(_NEVER, _NEVER, _NEVER))
        gaps: list[Span] = [(one.since - BEFORE, one.span(self.windows.end)[1]) for one in passing(self.silences)]
        shut = frozenset(event for one in lasting(self.silences) for event in one.events)
        return Watch(self.outline, self.windows.without(*gaps), shut)


def look_for_drift(
    outline: Outline,
    *,
    first_at: datetime | None,
    last_at: datetime | None,
    volumes: pl.DataFrame,
    since: date | None = None,
) -> LookForDrift:
    """The analysis for these data. `volumes`: source, event, day, rows; an empty frame tells of no silence."""
    last = last_at.astimezone(UTC).date() if last_at else None
    windows = choose_windows(first_at, last_at, since=since, patience=patience(outline))
    return LookForDrift(outline, windows, find_silences(volumes, last))
