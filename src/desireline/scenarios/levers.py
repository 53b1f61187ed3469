"""Levers: what can be edited, with its rate now, and what ten per cent less of it would be worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from desireline.access import SMALL_GROUP
from desireline.errors import ScenarioError
from desireline.scenarios import chain
from desireline.scenarios.change import change, customers_behind, present_rate
from desireline.scenarios.edits import Edit
from desireline.scenarios.model import Model
from desireline.scenarios.outcome import Amount, arrivals, change_of_feeling
from desireline.scenarios.states import SUCCESS

LESS = 0.9
DRAWS = 400


@dataclass(frozen=True)
class Lever:
    """A rate that can be edited, and what ×0.9 of it brings in a year like the data's."""

    place: str
    what: str  # lost, stuck, failing, late
    rate: float
    n: int  # customers
    conversions: Amount
    value: Amount | None  # None: no event carries money
    felt: Amount | None  # change of the mean level of scored answers; None: not known


@dataclass(frozen=True)
class Wait:
    """A move between touchpoints, its share of the stays before it, and the mean wait."""

    place: str
    to: str
    share: float
    seconds: float
    n: int  # customers


def levers(model: Model) -> tuple[Lever, ...]:
    """All of them, by what less of them is worth: money where there is some, else conversions."""
    some = replace(model, draws=min(DRAWS, model.draws))
    found = [lever for edit in _edits(some) if (lever := _lever(some, edit)) is not None]
    return tuple(sorted(found, key=lambda one: (-_money(one), -one.conversions.value, one.place, one.what)))


def waits(model: Model) -> tuple[Wait, ...]:
    """The waits between touchpoints that can be edited, the most hours in all first."""
    totals: list[tuple[float, Wait]] = []
    for place in model.states.points:
        for to in model.states.points:
            found = _wait(model, place, to)
            if found is not None:
                totals.append(found)
    return tuple(wait for _, wait in sorted(totals, key=lambda one: (-one[0], one[1].place, one[1].to)))


def _wait(model: Model, place: str, to: str) -> tuple[float, Wait] | None:
    out = model.rows_at(place)
    cells = np.flatnonzero(np.isin(model.rows, out) & np.isin(model.columns, model.rows_at(to)))
    counts = model.counts[cells]
    n = model.movers(cells)
    if n < SMALL_GROUP:
        return None
    seconds = float(np.average(model.waits[0, cells], weights=counts))
    share = float(counts.sum() / model.left[out].sum())
    return seconds * float(counts.sum()), Wait(place, to, share, seconds, n)


def _edits(model: Model) -> Iterator[Edit]:
    for place in model.states.points:
        if model.rows_at(place) and place not in model.states.success:
            yield from (Edit("move", place, end, LESS, times=True) for end in ("lost", "stuck", "over"))
        if model.rows_at(place):
            yield Edit("failing", place, "", LESS, times=True)
            yield Edit("late", place, "", LESS, times=True)


def _lever(model: Model, edit: Edit) -> Lever | None:
    """None where the rate is 0, or too few customers were there, or nobody knows what else they would do."""
    try:
        n, rate = customers_behind(model, edit), present_rate(model, edit)
        if rate <= 0:
            return None
        moves = change(model, [edit]).moves
    except ScenarioError:
        return None
    (stays, chance), year = model.solved.beside(moves), arrivals(model)[0]
    before, after = chain.ends_of(model.moves, model.stays), chain.ends_of(moves, stays)
    won = after[:, SUCCESS] - before[:, SUCCESS]
    felt = change_of_feeling(model, (model.stays, before, model.chances), (stays, after, chance))
    money = ((stays - model.stays) * model.worth).sum(axis=1) if model.worth[0].any() else None
    return Lever(
        edit.place,
        edit.to or edit.kind,
        rate,
        n,
        Amount.of(won * year),
        None if money is None else Amount.of(money * year),
        None if felt is None else Amount.of(felt),
    )


def _money(lever: Lever) -> int:
    """Whole money: where it is none, conversions decide."""
    return round(lever.value.value) if lever.value else 0
