"""Drift in words, with the numbers before and after."""

from __future__ import annotations

from desireline.living.cusum import Cusum
from desireline.living.ratios import Change
from desireline.living.shift import CHANNELS, ELSEWHERE, NOWHERE, STEPS, TROUBLES, WRONG, Shifted, typical
from desireline.maps.outline import Outline
from desireline.units import say_duration


def say_shares(one: Shifted, outline: Outline) -> str:
    """The share that changed most, with the interval of its change."""
    distance = one.distance
    assert distance is not None
    most = one.names.index(WRONG) if one.kind == TROUBLES else distance.most
    name = one.names[most]
    where = name if name in (NOWHERE, ELSEWHERE) else f"“{outline.titles.get(name, name)}”"
    way = {STEPS: f"to {where}", CHANNELS: f"by {where}", TROUBLES: "late or failed"}[one.kind]
    low, high = distance.interval(most)
    return (
        f"At {_title(one.at, outline)} {way}: {percent(distance.before[most])} → "
        f"{percent(distance.after[most])} ({_points(low)} to {_points(high)} pp)."
    )


def say_wait(one: Shifted, outline: Outline) -> str:
    """The median wait before and after."""
    before, after = (say_duration(wait) for wait in typical(one))
    a, _, b = one.at.partition(">")
    return f"{_title(a, outline)} → {_title(b, outline)} takes half of the customers {before} → {after}."


def say_fitness(change: Change, cusum: Cusum | None) -> str:
    """Mean fitness before and since, and how far the cumulative sum went."""
    said = f"Fitness {change.before:.3f} → {change.after:.3f} ({signed(change.low, 3)} to {signed(change.high, 3)})"
    return f"{said}; CUSUM {cusum.sums[-1]:.1f} of {cusum.limit:.1f}." if cusum else f"{said}."


def say_off_map(change: Change) -> str:
    """The share of events that no touchpoint explains."""
    return (
        f"Events off the map: {percent(change.before)} → {percent(change.after)} "
        f"({_points(change.low)} to {_points(change.high)} pp)."
    )


def _title(at: str, outline: Outline) -> str:
    return f"“{outline.titles.get(at, at)}”"


def percent(share: float) -> str:
    """A share with one place."""
    return f"{100 * share:.1f} %"


def _points(share: float) -> str:
    return signed(100 * share, 1)


def signed(number: float, places: int) -> str:
    """A number with its sign; the minus is a minus."""
    return f"{number:+.{places}f}".replace("-", "−")
