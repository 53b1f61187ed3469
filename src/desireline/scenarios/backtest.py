"""The back-test: months that are over, foretold from the months before them.

Each of the last months is foretold by a model of all earlier months, which is told how many journeys began in it and at
which places, and nothing else: no move, no money and no habit of a customer from that month or a later one.

The interval holds what is not known of the model, the chance of that many journeys, and as much more as earlier months
scattered around their own model (a quasi-binomial: McCullagh and Nelder 1989, Generalized Linear Models, ch. 4.5).
Beside it stands the naive guess: as in the three months before.

For edits there is a second test, of what they ask for: the model is also told what the edited rates truly were in the
month. If behaviour elsewhere stays the same, that should bring it nearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.special import stdtrit

from desireline.errors import ScenarioError
from desireline.measures.clusters import UPPER
from desireline.scenarios import chain
from desireline.scenarios.change import change, present_rate
from desireline.scenarios.draws import Floats
from desireline.scenarios.edits import Edit
from desireline.scenarios.model import Model
from desireline.scenarios.states import ENDS, START, SUCCESS
from desireline.scenarios.tally import Tally

HELD_OUT = 4
DRAWS = 500
ENOUGH = 30  # journeys of a month
RECENT = 3


@dataclass(frozen=True)
class Foretold:
    """A month and what was foretold of one outcome."""

    month: str
    outcome: str  # conversion, or value (per journey)
    journeys: int
    foretold: float
    low: float
    high: float
    was: float
    naive: float

    @property
    def inside(self) -> bool:
        """Did it come out within the interval?"""
        return self.low <= self.was <= self.high


@dataclass(frozen=True)
class Backtest:
    """All that was foretold; `note` says why nothing was."""

    months: tuple[Foretold, ...] = ()
    note: str = ""
    told: float | None = None  # mean absolute error of conversion when told the edited rates
    untold: float | None = None  # the same, of the same months, when not told

    def of(self, outcome: str) -> tuple[Foretold, ...]:
        """The months of one outcome."""
        return tuple(one for one in self.months if one.outcome == outcome)

    def error(self, outcome: str) -> float:
        """The mean absolute error of the model."""
        return float(np.mean([abs(one.foretold - one.was) for one in self.of(outcome)]))

    def naive_error(self, outcome: str) -> float:
        """The mean absolute error of the naive guess."""
        return float(np.mean([abs(one.naive - one.was) for one in self.of(outcome)]))

    def inside(self, outcome: str) -> int:
        """How many months came out within the interval."""
        return sum(one.inside for one in self.of(outcome))


def backtest(model: Model) -> Backtest:
    """The last settled months of the model's tally, foretold."""
    every = usable_months(model.tally)
    held = every[1:][-HELD_OUT:]
    if len(held) < 2:
        return Backtest(
            note=f"No back-test: it needs 3 months with {ENOUGH} journeys that are over, the data has {len(every)}."
        )
    found: list[Foretold] = []
    for month in held:
        found += _foretell(model, month, [one for one in every if one < month])
    return Backtest(tuple(found))


def with_edits(model: Model, base: Backtest, edits: Sequence[Edit]) -> Backtest:
    """The same with the second test: the error when the model is told the edited rates of each month."""
    every = usable_months(model.tally)
    pairs: list[tuple[float, float]] = []
    for month in every[1:][-HELD_OUT:] if base.months else ():
        before = _Past(model, tuple(one for one in every if one < month), draws=0)
        now = replace(model, months=(month,), draws=0)
        try:
            told = change(before.model, [_as_it_was(now, edit) for edit in edits if edit.kind != "wait"]).moves
        except ScenarioError:  # nobody was there in those months: this one tells nothing
            continue
        was = _was(model.tally, month)[0]
        plain, knowing = (before.conversion(month, moves)[0] for moves in (before.model.moves, told))
        pairs.append((abs(knowing - was), abs(plain - was)))
    if not pairs or all(edit.kind == "wait" for edit in edits):
        return base
    knows, plainly = np.mean(pairs, axis=0)
    return replace(base, told=float(knows), untold=float(plainly))


def usable_months(tally: Tally) -> list[int]:
    """Settled months with enough journeys, in order."""
    enough = set(tally.journeys.keys[tally.journeys.sums[:, 0] >= ENOUGH].tolist())
    return [month for month in tally.settled_months if month in enough]


def month_name(month: int) -> str:
    """2026-03 for the month so many months after 1970-01."""
    return str(np.datetime64(month, "M"))


@dataclass(frozen=True, eq=False)
class _Past:
    """A model of earlier months, asked about another month's beginnings."""

    whole: Model
    months: tuple[int, ...]
    draws: int = DRAWS

    @cached_property
    def model(self) -> Model:
        return replace(self.whole, months=self.months, draws=self.draws, alone=True)

    def conversion(self, month: int, moves: Floats | None = None) -> Floats:
        """The share that succeeds, in every draw, of journeys that begin as they did in this month."""
        moves = self.model.moves if moves is None else moves
        chance = self._chance if moves is self.model.moves else chain.chances(moves, SUCCESS)
        ends = np.zeros((len(chance), len(ENDS)))
        ends[:, SUCCESS] = 1.0
        return np.asarray(np.concatenate([chance, ends], axis=1) @ self._starts(month))

    @cached_property
    def _chance(self) -> Floats:
        return chain.chances(self.model.moves, SUCCESS)

    def value(self, month: int) -> Floats:
        """The money of a journey that begins as they did in this month."""
        ahead = np.concatenate([self._ahead, np.zeros((len(self._ahead), len(ENDS)))], axis=1)
        found: Floats = self.model.worth[:, 0] + ahead @ self._starts(month)
        return found

    @cached_property
    def _ahead(self) -> Floats:
        return chain.ahead(self.model.moves, self.model.worth)

    def _starts(self, month: int) -> Floats:
        """How journeys of the month began, by column; places that nobody came to before are left out."""
        model, states = self.model, self.whole.states
        moves = self.whole.tally.moves
        some = moves.where(moves.keys // states.all == month * states.all + START)
        found = np.zeros(model.size + len(ENDS))
        for to, n in zip(some.keys % states.all, some.sums[:, 0], strict=True):
            column = model.size + int(to) - states.transient if to >= states.transient else model.row(int(to))
            if column is not None:
                found[column] += float(n)
        return np.asarray(found / max(found.sum(), 1.0))


def _foretell(model: Model, month: int, earlier: list[int]) -> list[Foretold]:
    past = _Past(model, tuple(earlier))
    found = []
    for place, (outcome, ask) in enumerate((("conversion", past.conversion), ("value", past.value))):
        if outcome == "value" and not model.worth[0].any():
            continue
        guess = ask(month)
        n, was = _journeys(model.tally, month), _was(model.tally, month)[place]
        noise = [_noise(model.tally, one, float(ask(one)[0]), outcome) for one in earlier]
        scatter = [
            (_was(model.tally, one)[place] - float(ask(one)[0])) ** 2 / v for one, v in zip(earlier, noise, strict=True)
        ]
        more = max(sum(scatter) / max(len(earlier) - 1, 1), 1.0)
        own = _noise(model.tally, month, float(guess[0]), outcome, like=earlier)
        wide = stdtrit(max(len(earlier) - 1, 1), UPPER) * np.sqrt(guess[1:].var() + more * own)
        recent = np.average(
            [_was(model.tally, one)[place] for one in earlier[-RECENT:]],
            weights=[_journeys(model.tally, one) for one in earlier[-RECENT:]],
        )
        low, high = guess[0] - wide, guess[0] + wide
        if outcome == "conversion":
            low, high = max(low, 0.0), min(high, 1.0)
        found.append(
            Foretold(month_name(month), outcome, n, float(guess[0]), float(low), float(high), was, float(recent))
        )
    return found


def _noise(tally: Tally, month: int, expected: float, outcome: str, *, like: Sequence[int] | None = None) -> float:
    """The variance of a month's mean, if its journeys were independent; never 0. `like`: months to learn it from."""
    n = _journeys(tally, month)
    if outcome == "conversion":
        share = min(max(expected, 0.5 / n), 1 - 0.5 / n)
        return share * (1 - share) / n
    begun, _, _, value, squares = tally.journeys.at(np.array(like or [month])).sum(axis=0).astype(np.float64)
    return max(float(squares / begun - (value / 10_000 / begun) ** 2), 1e-9) / n


def _journeys(tally: Tally, month: int) -> int:
    return int(tally.journeys.at(np.array([month]))[0, 0])


def _was(tally: Tally, month: int) -> tuple[float, float]:
    """The share that succeeded of the month's journeys, and the money of one."""
    begun, over, success, value, _ = tally.journeys.at(np.array([month]))[0]
    return float(success) / max(int(over), 1), float(value) / 10_000 / max(int(begun), 1)


def _as_it_was(now: Model, edit: Edit) -> Edit:
    if not now.rows_at(edit.place):
        raise ScenarioError
    return replace(edit, amount=min(present_rate(now, edit), 1.0), times=False)
