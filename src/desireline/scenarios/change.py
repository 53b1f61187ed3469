"""What edits do to a model: changed moves and waits, in every draw.

An edited rate is what it is said to be; other moves out of that place keep their proportions and share what is left.
A place whose stays fail or come late has a row for each; its rates are edited for all of them together, and each row
moves by the same odds (iterative proportional fitting: the least change that has the asked margins. Deming and
Stephan 1940, Annals of Mathematical Statistics 11, 427–444).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desireline.access import SMALL_GROUP
from desireline.errors import NothingToGoBy, RateImpossible
from desireline.scenarios import chain
from desireline.scenarios.draws import Floats
from desireline.scenarios.edits import Edit, end_of
from desireline.scenarios.model import Model
from desireline.scenarios.states import FAILED, LATE

ROUNDS = 200
NEWTON = 60
FARTHEST = 50.0
_SEED = 1e-9
_CLOSE = 1e-10


@dataclass(frozen=True, eq=False)
class Changed:
    """The moves and the factors of waits by cell, as a scenario has them."""

    moves: Floats  # (1 + draws, rows, rows + ends)
    waits: Floats  # (cells,)


def change(model: Model, edits: Sequence[Edit]) -> Changed:
    """The edits, applied. Raises NothingToGoBy, RateImpossible."""
    moves, waits = model.moves.copy(), np.ones(len(model.rows))
    for place in _places(edits, ("failing", "late")):
        _arrive(
            model, moves, place, [edit for edit in edits if edit.place == place and edit.kind in ("failing", "late")]
        )
    for place in _places(edits, ("move",)):
        _leave(model, moves, place, [edit for edit in edits if edit.place == place and edit.kind == "move"])
    for edit in edits:
        if edit.kind == "wait":
            waits[wait_cells(model, edit)] *= wait_factor(model, edit)
    if len(chain.never_end(moves[0])):
        raise RateImpossible("With these edits some journeys would go round for ever: leave a way out of the loop.")
    return Changed(moves, waits)


def customers_behind(model: Model, edit: Edit) -> int:
    """How many customers the data has at the edited place; for failing, late and a wait those it is told by.

    Raises NothingToGoBy below five.
    """
    rows = model.rows_at(edit.place)
    found = int(model.customers[rows].max(initial=0)) if rows else 0
    if found < SMALL_GROUP:
        many = "Nobody" if not rows else "Fewer than 5 customers"
        raise NothingToGoBy(f"{many} came to {edit.place!r} in the data, so there is nothing to go by.")
    return found


def wait_cells(model: Model, edit: Edit) -> list[int]:
    """The cells of the move whose wait is edited. Raises NothingToGoBy."""
    out, to = model.rows_at(edit.place), model.rows_at(edit.to)
    found = np.flatnonzero(np.isin(model.rows, out) & np.isin(model.columns, to))
    if not len(found):
        nexts = np.unique(model.columns[np.isin(model.rows, out) & (model.columns < model.size)])
        names = dict.fromkeys(model.states.place(int(model.kept[column])) for column in nexts)
        known = f" From there they go to {', '.join(names)}." if names else ""
        raise NothingToGoBy(f"No journey goes straight from {edit.place!r} to {edit.to!r}.{known}")
    return [int(cell) for cell in found]


def wait_factor(model: Model, edit: Edit) -> float:
    """What the edit multiplies the wait by. Raises NothingToGoBy."""
    if edit.times:
        return edit.amount
    cells = wait_cells(model, edit)
    mean = float(np.average(model.waits[0, cells], weights=model.counts[cells]))
    if mean <= 0:
        raise NothingToGoBy(f"There is no wait between {edit.place!r} and {edit.to!r} that could be changed.")
    return edit.amount / mean


def present_rate(model: Model, edit: Edit) -> float:
    """What the edited rate is now, as counted; for a wait its mean in seconds."""
    if edit.kind == "wait":
        cells = wait_cells(model, edit)
        return float(np.average(model.waits[0, cells], weights=model.counts[cells]))
    if edit.kind == "move":
        rows = model.rows_at(edit.place)
        share = model.moves[0][rows][:, _columns(model, edit)].sum(axis=1)
        return float(np.average(share, weights=model.left[rows])) if model.left[rows].sum() else 0.0
    rows = model.rows_at(edit.place)
    bad = [row for row in rows if model.manner(row) == _manner(edit)]
    return float(model.came[bad].sum() / max(model.came[rows].sum(), 1.0))


def refit(shares: Floats, weights: Floats, targets: Floats) -> Floats:
    """Shares (draws, rows, kinds), moved by common odds until their weighted means are `targets` (draws, kinds).

    Rows sum to one. A kind that has no share at all and is to have one gets it in every row alike.
    """
    weights = weights / weights.sum()
    lacking = (weights @ shares <= 0) & (targets > 0)
    found = np.where(lacking[:, None, :], _SEED, shares)
    if shares.shape[1] == 1:
        return np.broadcast_to(targets[:, None, :], shares.shape).copy()
    if shares.shape[2] == 2:
        yes = _odds(found, weights, targets[:, 0])
        return np.stack([yes, 1 - yes], axis=2)
    for _ in range(ROUNDS):
        means = weights @ found
        found = found * _over(targets, means)[:, None, :]
        sums = found.sum(axis=2, keepdims=True)
        found = np.divide(found, sums, out=found, where=sums > 0)
        if np.abs(weights @ found - targets).max() < _CLOSE:
            break
    return found


def _odds(shares: Floats, weights: Floats, targets: Floats) -> Floats:
    """The first of two kinds, moved by one factor of its odds for all rows of a draw (Newton's method)."""
    yes, no = (_enough(shares[:, :, kind], weights, wanted) for kind, wanted in enumerate((targets, 1 - targets)))
    factor = np.zeros(len(shares))  # its logarithm
    for _ in range(NEWTON):
        more = yes * np.exp(factor)[:, None]
        found = _over(more, more + no)
        off = found @ weights - targets
        if np.abs(off).max() < _CLOSE:
            break
        slope = np.maximum((found * (1 - found)) @ weights, _SEED)
        factor = np.clip(factor - np.clip(off / slope, -2, 2), -FARTHEST, FARTHEST)
    found = np.where((targets <= 0)[:, None], 0.0, found)
    return np.where((targets >= 1)[:, None], 1.0, found)


def _enough(shares: Floats, weights: Floats, targets: Floats) -> Floats:
    """The shares of a kind; rows without any get a trace of it where the others alone cannot come to the target."""
    lacking = (shares > 0) @ weights < targets + _CLOSE
    return np.where(lacking[:, None] & (shares <= 0), _SEED, shares)


def _leave(model: Model, moves: Floats, place: str, edits: Sequence[Edit]) -> None:
    customers_behind(model, edits[0])
    rows = [row for row in model.rows_at(place) if model.left[row] > 0]
    if not rows:
        raise NothingToGoBy(f"Nobody has left {place!r} yet, so there is nothing to go by.")
    columns = [_columns(model, edit) for edit in edits]
    taken = np.concatenate(columns)
    rest = np.setdiff1d(np.arange(moves.shape[2]), taken)
    here = moves[:, rows]
    kinds = [*columns, rest]
    shares = np.stack([here[:, :, some].sum(axis=2) for some in kinds], axis=2)
    targets = _targets(edits, model.left[rows], shares, f"At {place!r}")
    fitted = refit(shares, model.left[rows], targets)
    for number, some in enumerate(kinds):
        before = shares[:, :, [number]]
        mix = _mix(model, some) if number < len(edits) else np.zeros(len(some))
        scaled = here[:, :, some] * _over(fitted[:, :, [number]], before)
        here[:, :, some] = np.where(before > 0, scaled, fitted[:, :, [number]] * mix)
    moves[:, rows] = here


def _arrive(model: Model, moves: Floats, place: str, edits: Sequence[Edit]) -> None:
    customers_behind(model, edits[0])
    rows = model.rows_at(place)
    groups = [[row for row in rows if model.manner(row) == _manner(edit)] for edit in edits]
    for edit, group in zip(edits, groups, strict=True):
        if not group:
            was = "failed" if edit.kind == "failing" else "was late"
            raise NothingToGoBy(f"No stay at {place!r} {was} in the data, so nobody knows what comes of it.")
    kinds = [*groups, [row for row in rows if not any(row in group for group in groups)]]
    if not kinds[-1]:
        raise NothingToGoBy(f"All stays at {place!r} are like this, so nobody knows what others would do.")
    from_ = np.flatnonzero(moves[0][:, rows].sum(axis=1) > 0)
    here = moves[:, from_]
    arrivals = here[:, :, rows].sum(axis=2)
    parts = np.stack([here[:, :, some].sum(axis=2) for some in kinds], axis=2)
    weights = model.stays[0, from_] * arrivals[0]
    pooled = np.einsum("drk,dr->dk", parts, model.stays[:, from_])
    mean = (pooled / pooled.sum(axis=1, keepdims=True))[:, None, :]
    shares = np.where(arrivals[:, :, None] > 0, _over(parts, arrivals[:, :, None]), mean)
    targets = _targets(edits, weights, shares, f"At {place!r}")
    fitted = refit(shares, weights, targets) * arrivals[:, :, None]
    for number, some in enumerate(kinds):
        before = parts[:, :, [number]]
        scaled = here[:, :, some] * _over(fitted[:, :, [number]], before)
        here[:, :, some] = np.where(before > 0, scaled, fitted[:, :, [number]] * _mix(model, np.array(some)))
    moves[:, from_] = here


def _targets(edits: Sequence[Edit], weights: Floats, shares: Floats, where: str) -> Floats:
    """The margins that the edits ask for, by draw, and what is left for the rest. Raises RateImpossible."""
    now = weights / weights.sum() @ shares
    asked = [now[:, i] * edit.amount if edit.times else np.full(len(now), edit.amount) for i, edit in enumerate(edits)]
    told = np.stack(asked, axis=1)
    total = told[0].sum()
    if total > 1 + _CLOSE:
        said = " and ".join(repr(edit.says) for edit in edits)
        raise RateImpossible(f"{where}: {said} come to {total:.3g}, which is more than 1.")
    if total < 1 - _CLOSE and now[0, -1] <= 0:
        said = " and ".join(repr(edit.says) for edit in edits)
        raise NothingToGoBy(
            f"{where} nobody does anything else in the data; {said} leave {1 - total:.3g} with no way to go."
        )
    told = told / np.maximum(told.sum(axis=1, keepdims=True), 1.0)
    left = 1 - told.sum(axis=1, keepdims=True)
    found = np.concatenate([told, np.maximum(left, 0.0)], axis=1)
    return np.asarray(found)


def _columns(model: Model, edit: Edit) -> Floats:
    end = end_of(edit.to)
    columns = [model.size + end] if end is not None else model.rows_at(edit.to)
    if not columns:
        raise NothingToGoBy(f"Nobody came to {edit.to!r} in the data, so nobody knows what would follow there.")
    return np.array(columns, dtype=np.int64)


def _mix(model: Model, columns: Floats) -> Floats:
    """How those who never went there before would share these columns: as all who came there."""
    if not len(columns) or columns[0] >= model.size:
        return np.full(len(columns), 1 / max(len(columns), 1))
    came = model.came[columns]
    return np.asarray(came / came.sum())


def _manner(edit: Edit) -> int:
    return FAILED if edit.kind == "failing" else LATE


def _places(edits: Sequence[Edit], kinds: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(edit.place for edit in edits if edit.kind in kinds))


def _over(above: Floats, below: Floats) -> Floats:
    """above / below, and 0 where there is nothing below."""
    found: Floats = np.divide(
        above, below, out=np.zeros(np.broadcast_shapes(above.shape, below.shape)), where=below > 0
    )
    return found
