"""Scenarios: the interval of a difference holds the truth, a wait that does not matter is seldom thought to matter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.calibration.registry import simulation
from tests.scenarios.plain import SHOP, Journey, simulate, tally

from desireline.scenarios import chain
from desireline.scenarios.backtest import backtest
from desireline.scenarios.change import change
from desireline.scenarios.edits import parse_edits
from desireline.scenarios.model import Model
from desireline.scenarios.outcome import Amount
from desireline.scenarios.states import SUCCESS
from desireline.scenarios.waits import respond

DRAWS = 600
LOOP = np.array(
    [
        [0.9, 0.1, 0, 0, 0, 0, 0],
        [0, 0.6, 0.1, 0, 0.3, 0, 0],
        [0.2, 0, 0.5, 0, 0.2, 0.1, 0],
        [0, 0, 0, 1, 0, 0, 0],
    ]
)
FAILING = np.array(  # see, cart, cart!, pay
    [
        [1, 0, 0, 0, 0, 0, 0, 0],
        [0, 0.5, 0.2, 0, 0, 0.3, 0, 0],
        [0.1, 0, 0, 0.7, 0, 0.2, 0, 0],
        [0.1, 0, 0, 0.3, 0, 0.6, 0, 0],
        [0, 0, 0, 0, 1, 0, 0, 0],
    ]
)


def covers(journeys: list[Journey], edit: str, truth: float) -> bool:
    """Does the interval of the change of conversion hold the truth?"""
    model = Model(SHOP, tally(journeys, waits=False), DRAWS)
    moves = change(model, parse_edits([edit], SHOP)).moves
    found = Amount.of(chain.chances(moves, SUCCESS)[:, 0] - model.chances[:, 0])
    return found.low <= truth <= found.high


def conversion(moves: np.ndarray) -> float:
    """The true share of success of a chain with its start first."""
    states = len(moves)
    table = np.concatenate([np.zeros((states, 1)), moves, np.zeros((states, 1))], axis=1)
    return float(chain.chances(table[None], SUCCESS)[0, 0])


def lost_less(moves: np.ndarray, rate: float) -> np.ndarray:
    """The chain with another share lost at the cart."""
    found = moves.copy()
    found[2] *= (1 - rate) / (1 - found[2, 4])
    found[2, 4] = rate
    return found


@simulation("what-if, a rate", kind="coverage", nominal=0.95, about="chain with loops, 200 journeys, lost 20 % → 5 %")
def the_change_of_a_rate(rng: np.random.Generator) -> bool:
    """Journeys of a chain with loops, one for each customer."""
    truth = conversion(lost_less(LOOP, 0.05)) - conversion(LOOP)
    return covers(simulate(rng, LOOP, 200), "cart lost 0.05", truth)


@simulation(
    "what-if, failures", kind="coverage", nominal=0.95, about="chain with failures, 200 journeys, failing 29 % → 5 %"
)
def the_change_of_failures(rng: np.random.Generator) -> bool:
    """Those who fail are lost more often; five in a hundred are to fail."""
    mended = FAILING.copy()
    mended[1, 1:3] = 0.7 * np.array([0.95, 0.05])
    truth = conversion(mended) - conversion(FAILING)
    return covers(simulate(rng, FAILING, 200, places=("see", "cart", "cart!", "pay")), "cart failing 0.05", truth)


@simulation(
    "what-if, customers who differ", kind="coverage", nominal=0.95, about="100 customers with 4 journeys and own habits"
)
def the_change_with_several_journeys_each(rng: np.random.Generator) -> bool:
    """Each customer goes on from the first page by a habit of their own."""
    plain = LOOP.copy()
    plain[2, [0, 3]] = 0, 0.0
    plain[2, 2] = 0.7
    habit = rng.beta(2.0, 1.5, size=100)
    each = np.repeat(plain[None], 100, axis=0)
    each[:, 0] = 0.0
    each[:, 0, 0] = 1.0
    each[:, 1] = 0.0
    each[:, 1, 1], each[:, 1, 4] = habit, 1 - habit
    mean = each[0].copy()
    mean[1, 1], mean[1, 4] = 2 / 3.5, 1.5 / 3.5
    truth = conversion(lost_less(mean, 0.05)) - conversion(mean)
    return covers(simulate(rng, each, 400, each=4), "cart lost 0.05", truth)


@simulation("what-if, a wait that does not matter", kind="false positives", nominal=0.05, about="300 journeys")
def a_wait_that_does_not_matter(rng: np.random.Generator) -> bool:
    """Waits of some hours to some days; who succeeds is drawn without looking at them."""
    seconds = np.exp(rng.normal(11.5, 1.0, size=300)).astype(int)
    wins = rng.random(300) < 0.6
    told = [
        Journey(
            number,
            ("see", "cart", "pay") if win else ("see", "cart"),
            "success" if win else "lost",
            waits=(0, int(wait)),
        )
        for number, (wait, win) in enumerate(zip(seconds, wins, strict=True))
    ]
    model = Model(SHOP, tally(told), 10)
    [edit] = parse_edits(["wait see > cart x0.5"], SHOP)
    return respond(model, edit, 0.5, "conversion").known


@simulation(
    "what-if, a wait that matters", kind="power", nominal=0.8, about="80 % succeed in a day, 50 % later; 300 journeys"
)
def a_wait_that_matters(rng: np.random.Generator) -> bool:
    """Who waits for more than a day succeeds more rarely."""
    seconds = np.exp(rng.normal(11.4, 1.0, size=300)).astype(int)
    wins = rng.random(300) < np.where(seconds > 86_400, 0.5, 0.8)
    told = [
        Journey(
            number,
            ("see", "cart", "pay") if win else ("see", "cart"),
            "success" if win else "lost",
            waits=(0, int(wait)),
        )
        for number, (wait, win) in enumerate(zip(seconds, wins, strict=True))
    ]
    model = Model(SHOP, tally(told), 10)
    [edit] = parse_edits(["wait see > cart x0.5"], SHOP)
    return respond(model, edit, 0.5, "conversion").known


@simulation(
    "what-if, a month foretold", kind="coverage", nominal=0.95, about="six months of 60 journeys, the last foretold"
)
def a_month_foretold(rng: np.random.Generator) -> bool:
    """Nothing changes from month to month."""
    told = []
    for month in range(600, 606):
        told += [replace(one, month=month) for one in simulate(rng, LOOP, 60)]
    found = backtest(Model(SHOP, tally(told, waits=False), 10)).of("conversion")[-1]
    return found.inside
