"""What came of journeys after their end: did customers come back, how did they feel; by end, and by what went wrong.

A journey's loyalty is that of its end. Among journeys that succeeded, those that met a failure or a delay differ from
those that met the same place without one; when a scenario has fewer of them, that difference is made up for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.measures.codes import Flags, Whole
from desireline.scenarios.counted import Counted
from desireline.scenarios.draws import Floats, draw_means
from desireline.scenarios.model import Model
from desireline.scenarios.states import FINE, LOST, OVER, STUCK

ENOUGH = 30


@dataclass(frozen=True, eq=False)
class Rates:
    """By key: m per journey, and the ratio Σx / Σm with its draws. NaN where there is nothing."""

    m: Floats
    ratio: Floats  # (1 + draws, keys)
    n: Floats


def rates(counted: Counted, keys: Whole, draws: int, *, name: int) -> Rates:
    """The ratios of these keys, their errors over customers."""
    m, x, n, mm, xx, mx = counted.at(keys).T.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = x / m
        scatter = np.maximum(xx - 2 * ratio * mx + ratio**2 * mm, 0.0)
        error = np.sqrt(scatter * n / np.maximum(n - 1, 1)) / m
    return Rates(m, draw_means(ratio, np.nan_to_num(error), draws, name=name), n)


def ends(model: Model) -> tuple[list[list[int]], Whole]:
    """The rows of each way to succeed, and the keys of all ends: successes by touchpoint, then lost, stuck, over."""
    succeed = [place for place in model.states.success if model.rows_at(place)]
    fine = [1 + 3 * model.states.points.index(place) + FINE for place in succeed]
    others = [model.states.transient + end for end in (LOST, STUCK, OVER)]
    return [model.rows_at(place) for place in succeed], np.array([*fine, *others], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Sums:
    """What is asked: sums by end and, of journeys that succeeded, by state. `name` names the draws."""

    by_end: Counted
    met: Counted
    name: int
    weighed: bool  # each end by its answers per journey; else a journey is a journey


def came_back(model: Model) -> Sums:
    """The share of journeys whose customer came back in time."""
    return Sums(model.tally.back, model.tally.back_met, 7, weighed=False)


def felt(model: Model) -> Sums:
    """The mean level of scored answers."""
    return Sums(model.tally.felt, model.tally.felt_met, 8, weighed=True)


def loyalty(model: Model, sums: Sums, now: tuple[Floats, Floats, Floats]) -> Floats | None:
    """The mean, in every draw; `now`: stays, shares of ends, chances of success. None: nothing is known."""
    stays, share, chance = now
    succeed, keys = ends(model)
    told = rates(sums.by_end, keys, model.draws, name=sums.name)
    if not told.m.sum():
        return None
    reached = np.stack([stays[:, rows].sum(axis=1) for rows in succeed], axis=1)
    reach = np.concatenate([reached, share[:, [LOST, STUCK, OVER]]], axis=1)
    known = told.m > 0
    weight = reach[:, known] * (_per_journey(model, sums.by_end, keys, known) if sums.weighed else 1.0)
    base = weight.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = ((weight * told.ratio[:, known]).sum(axis=1) + trouble(model, sums, stays * chance)) / base
    return np.asarray(found) if np.isfinite(found).all() else None


def trouble(model: Model, sums: Sums, passed: Floats) -> Floats:
    """What more or fewer failures and delays do: 0 in the model as it is.

    `passed`: how many journeys that succeed come by each row.
    """
    found = np.zeros(len(passed))
    before = model.stays * model.chances
    for place in model.states.points:
        rows = model.rows_at(place)
        fine = [row for row in rows if model.manner(row) == FINE]
        for row in rows:
            if model.manner(row) == FINE or not fine:
                continue
            pair = rates(sums.met, model.kept[[row, fine[0]]], model.draws, name=sums.name * 1000 + row)
            if pair.m.min() < ENOUGH:
                continue
            with np.errstate(divide="ignore", invalid="ignore"):
                grown = passed[:, rows].sum(axis=1) / before[:, rows].sum(axis=1)
                each = pair.m[0] / max(before[0, row] * model.tally.total, 1.0) if sums.weighed else 1.0
            more = passed[:, row] - before[:, row] * np.nan_to_num(grown)
            found += more * each * (pair.ratio[:, 0] - pair.ratio[:, 1])
    return found


def _per_journey(model: Model, by_end: Counted, keys: Whole, known: Flags) -> Floats:
    """How much is known of a journey of each end: of coming back the same of all, of feeling its answers."""
    reached = np.concatenate(
        [
            [model.came[rows].sum() for rows in ends(model)[0]],
            [model.counts[model.columns == model.size + end].sum() for end in (LOST, STUCK, OVER)],
        ]
    )
    told = by_end.at(keys)[:, 0] / np.maximum(reached, 1.0)
    return np.asarray(told[known])
