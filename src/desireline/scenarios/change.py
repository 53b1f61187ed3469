"""What edits do to a model: changed moves and waits, in every draw.

An edited rate is what it is said to be; other moves out of that place keep their proportions and share what is left.
A place whose stays fail or come late has a row for each; its rates are edited for all of them together (see `margins`).
How many stand in each row depends on the edits themselves, so they are made again and again until all of them hold
together in the plain estimate; the draws are then changed with its weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from desireline.access import SMALL_GROUP
from desireline.errors import NothingToGoBy, RateImpossible
from desireline.measures.codes import Whole
from desireline.scenarios import chain
from desireline.scenarios.draws import Floats
from desireline.scenarios.edits import Edit, end_of
from desireline.scenarios.margins import CLOSE, over, refit
from desireline.scenarios.model import Model
from desireline.scenarios.states import FAILED, LATE

ROUNDS = 400
DRAWN = 20
NEAR = 1e-6


@dataclass(frozen=True, eq=False)
class Changed:
    """The moves and the factors of waits by cell, as a scenario has them."""

    moves: Floats  # (1 + draws, rows, rows + ends)
    waits: Floats  # (cells,)


@dataclass(frozen=True, eq=False)
class _Asked:
    """What is asked of one place: kinds of moves (columns; the last are all others) and the share of each."""

    place: str
    edits: Sequence[Edit]
    rows: Whole | None  # that the moves leave; None: all that lead to the place
    kinds: Sequence[Whole]
    targets: Floats = field(default_factory=lambda: np.zeros((1, 1)))  # (1 + draws, kinds)

    @property
    def says(self) -> str:
        return " and ".join(repr(edit.says) for edit in self.edits)

    def parts(self, moves: Floats, stays: Floats) -> tuple[Whole, Floats, Floats]:
        """The rows that the moves leave, the shares of the kinds in each, and each row's weight."""
        columns = np.concatenate(self.kinds)
        rows = np.flatnonzero(moves[0][:, columns].sum(axis=1) > 0) if self.rows is None else self.rows
        parts = np.stack([moves[:, rows][:, :, some].sum(axis=2) for some in self.kinds], axis=2)
        return rows, parts, stays[rows] * parts[0].sum(axis=1)

    def shares(self, moves: Floats, stays: Floats) -> Floats:
        """The present share of each kind, shape (draws, kinds). Raises NothingToGoBy."""
        _, parts, weights = self.parts(moves, stays)
        if not weights.sum() > 0:
            raise NothingToGoBy(f"With these edits nobody comes to {self.place!r}, so {self.says} means nothing.")
        found: Floats = weights / weights.sum() @ over(parts, parts.sum(axis=2, keepdims=True))
        return found

    def off(self, moves: Floats, stays: Floats) -> float:
        """How far the shares are from what is asked, at most."""
        return float(np.abs(self.shares(moves, stays) - self.targets[: len(moves)]).max())


def change(model: Model, edits: Sequence[Edit]) -> Changed:
    """The edits, applied. Raises NothingToGoBy, RateImpossible."""
    moves, waits = model.moves.copy(), np.ones(len(model.rows))
    asked = [_aimed(model, one) for one in _all_asked(model, edits)]
    if asked:
        plain, stays, rounds = _together(model.moves[:1], model.stays[0], asked)
        for _ in range(min(rounds, DRAWN)):
            for one in asked:
                _fit(one, moves, stays)
            if max(one.off(moves, stays) for one in asked) < NEAR:
                break
        moves[:1] = plain
    for edit in edits:
        if edit.kind == "wait":
            waits[wait_cells(model, edit)] *= wait_factor(model, edit)
    return Changed(moves, waits)


def customers_behind(model: Model, edit: Edit) -> int:
    """How many customers the data has in the edited moves, at least; of a move that nobody made, at its place.

    Raises NothingToGoBy below five.
    """
    rows = model.rows_at(edit.place)
    found = int(model.customers[rows].max(initial=0)) if rows else 0
    if found < SMALL_GROUP:
        many = "Nobody" if not rows else "Fewer than 5 customers"
        raise NothingToGoBy(f"{many} came to {edit.place!r} in the data, so there is nothing to go by.")
    movers = model.movers(_cells(model, edit))
    if 0 < movers < SMALL_GROUP:
        raise NothingToGoBy(f"Fewer than 5 customers are behind {edit.says!r} in the data: too few to go by.")
    return movers or found


def _cells(model: Model, edit: Edit) -> Whole:
    """The cells of the moves that an edit is about."""
    if edit.kind == "wait":
        return np.array(wait_cells(model, edit), dtype=np.int64)
    if edit.kind == "move":
        here = np.isin(model.rows, model.rows_at(edit.place)) & np.isin(model.columns, _columns(model, edit))
    else:
        here = np.isin(model.columns, _bad(model, edit))
    found: Whole = np.flatnonzero(here)
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
    """What the edited rate is now; for a wait its mean in seconds."""
    if edit.kind == "wait":
        cells = wait_cells(model, edit)
        return float(np.average(model.waits[0, cells], weights=model.counts[cells]))
    return rate_of(model, edit, model.moves[0], model.stays[0])


def rate_of(model: Model, edit: Edit, moves: Floats, stays: Floats) -> float:
    """What the edited rate is in a chain of the model's states, given expected stays; 0 where nobody comes there."""
    if edit.kind == "move":
        rows = _left(model, edit.place)
        hit, every = stays[rows] @ moves[rows][:, _columns(model, edit)].sum(axis=1), stays[rows].sum()
    else:
        hit, every = stays[_bad(model, edit)].sum(), stays[model.rows_at(edit.place)].sum()
    return float(hit / every) if every > 0 else 0.0


def _all_asked(model: Model, edits: Sequence[Edit]) -> list[_Asked]:
    """By place: what is asked of arrivals there, then of moves from there."""
    found = []
    for kinds, of in ((("failing", "late"), _arrive), (("move",), _leave)):
        for place in dict.fromkeys(edit.place for edit in edits if edit.kind in kinds):
            mine = [edit for edit in edits if edit.place == place and edit.kind in kinds]
            for edit in mine:
                customers_behind(model, edit)
            found.append(of(model, place, mine))
    return found


def _leave(model: Model, place: str, edits: Sequence[Edit]) -> _Asked:
    rows = _left(model, place)
    if not len(rows):
        raise NothingToGoBy(f"Nobody has left {place!r} yet, so there is nothing to go by.")
    kinds = [_columns(model, edit) for edit in edits]
    rest = np.setdiff1d(np.arange(model.moves.shape[2]), np.concatenate(kinds))
    return _Asked(place, edits, rows, [*kinds, rest])


def _arrive(model: Model, place: str, edits: Sequence[Edit]) -> _Asked:
    kinds = [_bad(model, edit) for edit in edits]
    for edit, some in zip(edits, kinds, strict=True):
        if not len(some):
            was = "failed" if edit.kind == "failing" else "was late"
            raise NothingToGoBy(f"No stay at {place!r} {was} in the data, so nobody knows what comes of it.")
    rest = np.setdiff1d(model.rows_at(place), np.concatenate(kinds))
    if not len(rest):
        raise NothingToGoBy(f"All stays at {place!r} are like this, so nobody knows what others would do.")
    return _Asked(place, edits, None, [*kinds, rest])


def _aimed(model: Model, one: _Asked) -> _Asked:
    """With the shares that the edits ask for, by draw, and what is left for the rest. Raises RateImpossible."""
    now, where = one.shares(model.moves, model.stays[0]), f"At {one.place!r}"
    wanted = [
        now[:, kind] * edit.amount if edit.times else np.full(len(now), edit.amount)
        for kind, edit in enumerate(one.edits)
    ]
    told = np.stack(wanted, axis=1)
    total = told[0].sum()
    if total > 1 + CLOSE:
        raise RateImpossible(f"{where}: {one.says} come to {total:.3g}, which is more than 1.")
    if total < 1 - CLOSE and now[0, -1] <= 0:
        raise NothingToGoBy(
            f"{where} nobody does anything else in the data; {one.says} leave {1 - total:.3g} with no way to go."
        )
    told = told / np.maximum(told.sum(axis=1, keepdims=True), 1.0)
    left = np.maximum(1 - told.sum(axis=1, keepdims=True), 0.0)
    return replace(one, targets=np.concatenate([told, left], axis=1))


def _together(moves: Floats, stays: Floats, asked: Sequence[_Asked]) -> tuple[Floats, Floats, int]:
    """The plain estimate, changed until all that is asked holds in it; its stays, and the rounds that it took."""
    moves = moves.copy()
    for number in range(1, ROUNDS + 1):
        for one in asked:
            _fit(one, moves, stays)
        if len(chain.never_end(moves[0])):
            raise RateImpossible("With these edits some journeys would go round for ever: leave a way out of the loop.")
        stays = chain.stays(moves)[0]
        if max(one.off(moves, stays) for one in asked) < CLOSE:
            return moves, stays, number
    says = ", ".join(one.says for one in asked)
    raise RateImpossible(f"These edits pull against each other, no way was found to have all of them at once: {says}.")


def _fit(one: _Asked, moves: Floats, stays: Floats) -> None:
    """Moves, changed in place until the shares are as asked with these stays."""
    one.shares(moves, stays)
    rows, parts, weights = one.parts(moves, stays)
    every = parts.sum(axis=2, keepdims=True)
    fitted = refit(over(parts, every), weights, one.targets[: len(moves)]) * every
    here = moves[:, rows]
    for number, some in enumerate(one.kinds):
        before, after = parts[:, :, [number]], fitted[:, :, [number]]
        found = here[:, :, some] * over(after, before)
        anew = (before <= 0) & (after > 0)
        if anew.any():
            found = np.where(anew, after * _mix(one, number, moves, stays)[:, None, :], found)
        here[:, :, some] = found
    moves[:, rows] = here


def _mix(one: _Asked, kind: int, moves: Floats, stays: Floats) -> Floats:
    """How those who never went there before share these columns, by draw: as all who come there do.

    Of all other moves out of a place: as those who make them from there.
    """
    some = one.kinds[kind]
    if one.rows is not None and kind == len(one.edits):
        came = stays[one.rows] @ moves[:, one.rows][:, :, some]
    else:
        came = stays @ moves[:, :, some]
    every = came.sum(axis=1, keepdims=True)
    found: Floats = np.where(every > 0, over(came, every), 1 / max(len(some), 1))
    return found


def _left(model: Model, place: str) -> Whole:
    """The rows of a place that somebody has left."""
    return np.array([row for row in model.rows_at(place) if model.left[row] > 0], dtype=np.int64)


def _columns(model: Model, edit: Edit) -> Whole:
    end = end_of(edit.to)
    columns = [model.size + end] if end is not None else model.rows_at(edit.to)
    if not columns:
        raise NothingToGoBy(f"Nobody came to {edit.to!r} in the data, so nobody knows what would follow there.")
    return np.array(columns, dtype=np.int64)


def _bad(model: Model, edit: Edit) -> Whole:
    """The rows of the stays that failed, or were late."""
    wanted = FAILED if edit.kind == "failing" else LATE
    return np.array([row for row in model.rows_at(edit.place) if model.manner(row) == wanted], dtype=np.int64)
