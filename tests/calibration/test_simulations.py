"""Every registered simulation keeps what it promises: few false positives, full coverage, enough power."""

from __future__ import annotations

import numpy as np
import pytest
from tests.calibration.registry import Outcome, Simulation, simulation, simulations

pytestmark = pytest.mark.thorough


def coin(nominal: float, *, share: float, kind="false positives") -> Simulation:
    """Trials that come out true by a known share."""
    return Simulation("coin", kind, nominal, lambda rng: bool(rng.random() < share))


@pytest.mark.parametrize("one", [one for one in simulations() if one.quick], ids=lambda one: one.name)
def test_a_simulation_keeps_its_promise(one):
    outcome = one.run(one.quick)
    assert outcome.passes, str(outcome)


@pytest.mark.long
@pytest.mark.parametrize("one", simulations(), ids=lambda one: one.name)
def test_a_simulation_keeps_its_promise_in_many_trials(one):
    outcome = one.run(one.full)
    assert outcome.passes, str(outcome)


def test_the_first_trials_of_a_long_run_are_those_of_a_short_one():
    drawn: list[float] = []

    def trial(rng: np.random.Generator) -> bool:
        drawn.append(rng.random())
        return drawn[-1] < 0.5

    simulated = Simulation("numbers", "power", 0.5, trial)
    short, long = simulated.run(3), simulated.run(5)
    assert drawn[:3] == drawn[3:6]
    assert long.hits - short.hits == sum(number < 0.5 for number in drawn[6:])


def test_two_standard_errors_are_forgiven_and_no_more():
    one = coin(0.05, share=0)
    assert one.run(0).passes
    assert Outcome(one, 100, 9).passes
    assert not Outcome(one, 100, 10).passes


def test_coverage_and_power_must_not_fall_below():
    one = coin(0.95, share=1, kind="coverage")
    assert Outcome(one, 200, 184).passes
    assert not Outcome(one, 200, 183).passes
    assert str(Outcome(one, 200, 183)) == "coin: coverage 0.9150 in 200 trials, at least 0.9192"


def test_a_name_is_given_once():
    registered = simulations()
    if not registered:
        pytest.skip("nothing is registered yet")
    again = simulation(registered[0].name, kind="power", nominal=0.5)
    with pytest.raises(ValueError, match="two simulations are called"):
        again(registered[0].trial)
