"""Outcomes: conversions, value, loyalty and time of a scenario beside what they are, with intervals of the difference.

Both sides are read off the same draws, so what is not known of the rest of the map cancels out of the difference.
Numbers are of a year like the data's: as many journeys begin, at the same places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from desireline.scenarios import chain, loyal
from desireline.scenarios.change import Changed, change, customers_behind, present_rate, wait_factor
from desireline.scenarios.draws import Floats
from desireline.scenarios.edits import Edit
from desireline.scenarios.margins import over
from desireline.scenarios.model import Model
from desireline.scenarios.states import LOST, STUCK, SUCCESS
from desireline.scenarios.waits import Response, respond

YEAR = 365.25
SHORTEST = 28  # days of data from which a year is told

THOUSANDTHS = 1000
PER_YEAR = "a year"
TRACE = 1e-6


@dataclass(frozen=True)
class Amount:
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, draws: Floats) -> Amount:
        """The plain estimate (the first) and the interval of the others."""
        low, high = np.quantile(draws[1:], [0.025, 0.975]) if len(draws) > 1 else (draws[0], draws[0])
        return cls(float(draws[0]), float(min(low, draws[0])), float(max(high, draws[0])))


@dataclass(frozen=True)
class Outcome:
    """One thing that a scenario moves. `note` says why nothing is known, or what to mind."""

    name: str
    title: str
    unit: str  # share, journeys, money:EUR, s, level
    before: Amount | None = None
    after: Amount | None = None
    delta: Amount | None = None
    n: int = 0  # customers
    note: str = ""


@dataclass(frozen=True)
class Said:
    """One edit as it was understood: the rate now, the rate then, the customers behind it."""

    edit: Edit
    now: float
    then: float
    n: int
    responses: tuple[tuple[str, Response], ...] = ()


@dataclass(frozen=True)
class Imagined:
    """The answer to a what-if."""

    edits: tuple[Said, ...]
    outcomes: tuple[Outcome, ...]
    places: tuple[Outcome, ...]  # stays at touchpoints, largest change first
    journeys: float  # a year, or in the data where it is shorter than a month
    period: str


def imagine(model: Model, edits: Sequence[Edit], *, currency: str = "") -> Imagined:
    """What the edits do. Raises NothingToGoBy, RateImpossible."""
    late = {edit.place for edit in edits if edit.kind == "late"}
    said = tuple(_said(model, edit, twice=edit.to in late) for edit in edits)
    changed = change(model, edits)
    stays, chance = model.solved.beside(changed.moves)
    after = (stays, chain.ends_of(changed.moves, stays), chance)
    before = (model.stays, chain.ends_of(model.moves, model.stays), model.chances)
    year, period = arrivals(model)
    found = [
        *_ends(before, after, said, year),
        _money(model, before, after, said, unit=f"money:{currency}" if currency else "money"),
        _time(model, before, after, changed),
        _back(model, before, after, said),
        _felt(model, before, after, said),
    ]
    n = model.tally.customers
    outcomes = tuple(replace(one, n=n) for one in found if one is not None)
    return Imagined(said, outcomes, _places(model, stays, year), year, period)


def arrivals(model: Model) -> tuple[float, str]:
    """How many journeys begin in a year like the data's; or in the data, where it is shorter than a month."""
    days = model.tally.days
    if days < SHORTEST:
        return float(model.tally.total), "in the data"
    return model.tally.total * YEAR / days, PER_YEAR


def _said(model: Model, edit: Edit, *, twice: bool) -> Said:
    """The edit, understood; `twice`: being late after this wait is edited too, and goes with it already."""
    n, now = customers_behind(model, edit), present_rate(model, edit)
    then = now * edit.amount if edit.times else edit.amount
    if edit.kind != "wait":
        return Said(edit, now, min(then, 1.0), n)
    factor = wait_factor(model, edit)
    answers = tuple((name, respond(model, edit, factor, name)) for name in ("conversion", "back", "felt"))
    if twice:
        says = f"not counted: being late at {edit.to!r} is changed too"
        nothing = np.zeros(1 + model.draws)
        answers = tuple((name, replace(one, known=False, says=says, change=nothing)) for name, one in answers)
    return Said(edit, now, then, n, answers)


Now = tuple[Floats, Floats, Floats]


def _ends(before: Now, after: Now, said: Sequence[Said], year: float) -> list[Outcome]:
    first, then = before[1][:, SUCCESS], _with_waits(after, said)
    note = _wait_note(said, "conversion")
    found = [
        _beside("conversion", "Journeys that succeed", "share", first, then, note),
        _beside("conversions", "Successes", "journeys", first * year, then * year),
    ]
    others = over(1 - then, 1 - after[1][:, SUCCESS])  # what waits save comes from all other ends alike
    for number, title in ((LOST, "Journeys that are lost"), (STUCK, "Journeys that are stuck")):
        was, is_ = before[1][:, number], after[1][:, number] * others
        if was[0] > 0 or is_[0] > 0:
            found.append(_beside(title.split()[-1], title, "share", was, is_))
    return found


def _money(model: Model, before: Now, after: Now, said: Sequence[Said], *, unit: str) -> Outcome:
    """The money of all stays; of the successes that a wait brings, what a stay of success is worth."""
    if not model.worth[0].any():
        return Outcome("value", "Value", unit, note="not known: no event carries money")
    year = arrivals(model)[0]
    first, then = ((one[0] * model.worth).sum(axis=1) for one in (before, after))
    won = _with_waits(after, said) - after[1][:, SUCCESS]
    rows = [row for place in model.states.success for row in model.rows_at(place)]
    each = over((after[0] * model.worth)[:, rows].sum(axis=1), after[0][:, rows].sum(axis=1))
    note = "of a success that the wait brings, the money of the success alone is counted" if won.any() else ""
    return _beside("value", "Value", unit, first * year, (then + won * each) * year, note)


def _with_waits(after: Now, said: Sequence[Said]) -> Floats:
    """The share that succeeds, with what changed waits add."""
    return np.asarray(np.clip(after[1][:, SUCCESS] + _of_waits(said, "conversion", len(after[1])), 0, 1))


def _time(model: Model, before: Now, after: Now, changed: Changed) -> Outcome:
    if before[1][0, SUCCESS] <= 0 or after[1][0, SUCCESS] <= 0:
        return Outcome("time", "Time to success", "s", note="not known: no journey succeeds")
    if _unseen(model, changed):
        why = "not known: nobody has made one of these moves yet, so nobody knows how long it takes"
        return Outcome("time", "Time to success", "s", note=why)
    first = model.seconds
    then = model.seconds_to_success(changed.moves, after[0], after[2], model.waits * changed.waits)
    return _beside("time", "Time to success", "s", first, then)


def _unseen(model: Model, changed: Changed) -> bool:
    """Are there moves between touchpoints that nobody has made? Traces do not count."""
    inside = slice(0, model.size)
    return bool(((changed.moves[0][:, inside] > TRACE) & (model.moves[0][:, inside] <= 0)).any())


def _back(model: Model, before: Now, after: Now, said: Sequence[Said]) -> Outcome:
    sums = loyal.came_back(model)
    if not sums.by_end.sums[:, 1].sum():
        return Outcome("back", "Customers who come back", "share", note="not known: no customer began another journey")
    first, then = (loyal.loyalty(model, sums, one) for one in (before, after))
    if first is None or then is None:
        return Outcome("back", "Customers who come back", "share", note="not known: too short a time to tell")
    then = np.clip(then + _of_waits(said, "back", len(then)), 0, 1)
    return _beside("back", "Customers who come back", "share", first, then, _wait_note(said, "back"))


def _felt(model: Model, before: Now, after: Now, said: Sequence[Said]) -> Outcome:
    sums = loyal.felt(model)
    if not sums.by_end.sums[:, 0].sum():
        return Outcome("felt", "Feeling in scores", "level", note="not known: no scored answers")
    first, then = (loyal.loyalty(model, sums, one) for one in (before, after))
    if first is None or then is None:
        return Outcome("felt", "Feeling in scores", "level", note="not known: no scored answers of ended journeys")
    first, then = first / THOUSANDTHS, then / THOUSANDTHS
    then = np.clip(then + _of_waits(said, "felt", len(then)), -2, 2)
    return _beside("felt", "Feeling in scores", "level", first, then, _wait_note(said, "felt"))


def change_of_feeling(model: Model, before: Now, after: Now) -> Floats | None:
    """What a scenario does to the mean level of scored answers, in every draw. None: not known."""
    sums = loyal.felt(model)
    if not sums.by_end.sums[:, 0].sum():
        return None
    first, then = (loyal.loyalty(model, sums, one) for one in (before, after))
    return None if first is None or then is None else (then - first) / THOUSANDTHS


def _of_waits(said: Sequence[Said], outcome: str, draws: int) -> Floats:
    """What changed waits add to an outcome, where that is known."""
    found = np.zeros(draws)
    for one in said:
        for name, response in one.responses:
            if name == outcome:
                found = found + response.overall
    return found


def _wait_note(said: Sequence[Said], outcome: str) -> str:
    notes = [r.says for one in said for name, r in one.responses if name == outcome and r.says]
    return "; ".join(dict.fromkeys(f"effect of the wait {note}" for note in notes))


def _beside(name: str, title: str, unit: str, before: Floats, after: Floats, note: str = "") -> Outcome:
    return Outcome(name, title, unit, Amount.of(before), Amount.of(after), Amount.of(after - before), note=note)


def _places(model: Model, stays: Floats, year: float) -> tuple[Outcome, ...]:
    found = []
    for place in model.states.points:
        rows = model.rows_at(place)
        if rows:
            first, then = (one[:, rows].sum(axis=1) * year for one in (model.stays, stays))
            n = int(model.tally.rows.at(model.kept[rows])[:, 0].max(initial=0))
            found.append(replace(_beside(place, place, "stays", first, then), n=n))
    return tuple(sorted(found, key=lambda one: -abs(one.delta.value) if one.delta else 0.0))
