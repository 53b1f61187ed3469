"""What makes a check of a living map fail: broken promises, a stale map, new findings; one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from desireline.living.drift import Drift
from desireline.living.promises import Promised
from desireline.living.reminders import Reminder
from desireline.living.sentences import percent, signed
from desireline.living.truth import Truth
from desireline.maps.outline import Outline


@dataclass(frozen=True)
class Failure:
    """One thing that fails the check."""

    check: str  # promise, drift, source, data, review, truth, finding
    at: str
    says: str
    way_out: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def broken(outline: Outline, promises: Iterable[Promised], *, since: date | None = None) -> Iterator[Failure]:
    """The promises that are broken for sure, over all data, which begin at `since`."""
    span = f" over all data since {since}" if since is not None else ""
    for one in promises:
        if one.verdict == "broken":
            where = f"“{outline.titles.get(one.at, one.at)}”{_in(outline, one.group)}"
            bar = (
                f"at least {_number(one, one.at_least)}"
                if one.at_least is not None
                else f"at most {_number(one, one.at_most)}"
            )
            says = (
                f"Promise broken at {where}: {one.measure} {_number(one, one.value)} "
                f"[{_number(one, one.low)}, {_number(one, one.high)}], {bar} is promised; {one.n:,} customers{span}."
            )
            way_out = f"desireline findings tells what goes with it; or promise what can be kept ({one.at})."
            yield Failure("promise", one.at, says, way_out, one.value, one.low, one.high, one.n)


def stale(
    drift: Drift, reminders: Iterable[Reminder], truth: Truth, *, reviewed: date | None, least: float
) -> Iterator[Failure]:
    """What shows that the map is not up to date: silent sources, drift since the last review, a review overdue, a truth
    score below `least`.
    """
    for silence in drift.silent_now:
        if reviewed is None or silence.since > reviewed:
            way_out = "Mend the export and import again. If the source was closed, review the map and set last: there."
            yield Failure("source", silence.source, silence.says, way_out)
    for sign in drift.drifted:
        if reviewed is None or sign.since > reviewed:
            says = (
                f"Drift since {sign.since} ({sign.kind}): {sign.says} {sign.n_before:,} and {sign.n_after:,} customers."
            )
            way_out = "Look at the map there together; correct it or the journey, and set last: in its review."
            yield Failure("drift", sign.at, says, way_out, sign.value, sign.low, sign.high, sign.n_after)
    for reminder in reminders:
        if reminder.kind == "review" and reminder.days is not None:
            yield Failure("review", reminder.at, reminder.says, reminder.way_out)
    if truth.score is not None and truth.score < least:
        worst = truth.weakest
        says = f"Truth score {truth.score:g} of 100 is below {least:g}; {worst.name} costs most: {worst.says}."
        way_out = f"Mend that part first; or, if it is none of this map's business: --weight {worst.name}=0."
        yield Failure("truth", "", says, way_out, truth.score)


def aged(end: date | None, *, today: date, most: int) -> Iterator[Failure]:
    """Data that end more than `most` days before today: whatever they tell is told of a time that is over."""
    if end is not None and (today - end).days > most:
        says = f"The data are {(today - end).days:,} days old: they end on {end}; {most} days are taken as usual."
        yield Failure("data", "", says, "Import what came since; or say what is usual with --age.")


def taken_as_known(drift: Drift, reviewed: date | None) -> tuple[int, int]:
    """How many signs of drift and how many silent sources are older than the last review: people knew of them."""
    if reviewed is None:
        return 0, 0
    signs = sum(sign.since <= reviewed for sign in drift.drifted)
    return signs, sum(silence.since <= reviewed for silence in drift.silent_now)


def _in(outline: Outline, group: str) -> str:
    return f" in {outline.titles.get(group.partition(':')[2], group)}" if group else ""


def _number(one: Promised, number: float | None) -> str:
    if number is None:
        return "not known"
    if one.unit == "share":
        return percent(number)
    return signed(number, 2) if one.unit == "level" else f"{number:.2f}"
