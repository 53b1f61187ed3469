"""Promises on paper: where a map promises something else in one channel than elsewhere.

A promise that is drawn differently is no misalignment of delivery: it is what people agreed on. It is told so that
nobody takes it for one.
"""

from __future__ import annotations

from dataclasses import dataclass

from desireline.maps.outline import Outline
from desireline.maps.records import Promise, ScorePromise, TimePromise
from desireline.units import write_duration


@dataclass(frozen=True)
class Drawn:
    """One part of a promise that differs in a channel. `elsewhere` is empty where nothing is promised otherwise."""

    place: str
    channel: str
    title: str  # of the channel
    part: str  # time, effort, score, feeling, words
    here: str
    elsewhere: str

    @property
    def says(self) -> str:
        """In one line."""
        return f"{self.part}: {self.here or 'nothing'} ({self.title}), {self.elsewhere or 'nothing'} (elsewhere)"


def drawn_differently(outline: Outline) -> list[Drawn]:
    """All of them, in the order of the map."""
    return [
        Drawn(place, channel, outline.titles.get(channel, channel), part, here, elsewhere)
        for place, promise in _promises(outline)
        for channel, own in sorted(promise.channels.items())
        for part, here, elsewhere in _parts(own, promise)
        if here and here != elsewhere
    ]


def _promises(outline: Outline) -> list[tuple[str, Promise]]:
    whole = outline.map.map
    places = [(whole.id, whole.promise)]
    places += [(stage.id, stage.promise) for stage in outline.stages]
    places += [(point.id, point.promise) for point in outline.touchpoints]
    return [(place, promise) for place, promise in places if promise is not None]


def _parts(own: Promise, other: Promise) -> list[tuple[str, str, str]]:
    return [
        ("time", _time(own.time), _time(other.time)),
        ("effort", _score(own.effort), _score(other.effort)),
        ("score", _score(own.score), _score(other.score)),
        ("feeling", _feeling(own.feeling), _feeling(other.feeling)),
        ("words", _quoted(own.says), _quoted(other.says)),
    ]


def _time(promise: TimePromise | None) -> str:
    if promise is None:
        return ""
    if promise.within is not None:
        after = f" after {promise.after}" if promise.after else ""
        return f"within {write_duration(promise.within)}{after}"
    return "by the due instant" if promise.by_due else "kept by its own rule"


def _score(promise: ScorePromise | None) -> str:
    if promise is None:
        return ""
    ends = [f"at least {promise.at_least:g}"] if promise.at_least is not None else []
    ends += [f"at most {promise.at_most:g}"] if promise.at_most is not None else []
    return f"{promise.measure} {' and '.join(ends)}"


def _feeling(level: float | None) -> str:
    return "" if level is None else f"{level:+g}"


def _quoted(says: str | None) -> str:
    return f"“{says}”" if says else ""
