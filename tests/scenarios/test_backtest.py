"""The back-test: months foretold from earlier ones, and an honest word where there are too few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from desireline.scenarios.backtest import backtest, month_name, usable_months, with_edits
from desireline.scenarios.edits import parse_edits
from desireline.scenarios.model import Model
from scenarios.plain import SHOP, Journey, simulate, tally
from scenarios.plain import j as journey
from scenarios.test_change import MOVES, several


def months(first: int, many: int, size: int, moves: np.ndarray = MOVES, seed: int = 1) -> list[Journey]:
    rng = np.random.default_rng(seed)
    every = [(month, one) for month in range(first, first + many) for one in simulate(rng, moves, size)]
    return [replace(one, month=month, customer=number) for number, (month, one) in enumerate(every)]


def model(journeys: list[Journey]) -> Model:
    return Model(SHOP, tally(journeys), 50)


def test_a_steady_company_is_foretold():
    found = backtest(model(months(600, 6, 200)))
    assert [one.month for one in found.of("conversion")] == ["2020-03", "2020-04", "2020-05", "2020-06"]
    assert found.error("conversion") < 0.06
    assert found.inside("conversion") == 4
    assert found.of("value") == ()


def test_other_beginnings_are_foretold_where_the_naive_guess_fails():
    moves = MOVES.copy()
    moves[0] = [0.1, 0.9, 0, 0, 0, 0, 0]
    found = backtest(
        model(
            [*months(600, 4, 300), *[replace(one, customer=one.customer + 9000) for one in months(604, 1, 300, moves)]]
        )
    )
    last = found.of("conversion")[-1]
    assert abs(last.foretold - last.was) < abs(last.naive - last.was)
    assert last.inside


def test_told_the_edited_rate_the_model_comes_nearer():
    moves = MOVES.copy()
    moves[2] *= 0.3 / 0.8
    moves[2, 4] = 0.7
    told = [*months(600, 4, 300), *[replace(one, customer=one.customer + 9000) for one in months(604, 2, 300, moves)]]
    made = model(told)
    found = with_edits(made, backtest(made), parse_edits(["cart lost 0.1"], SHOP))
    assert found.told is not None
    assert found.untold is not None
    assert found.told < found.untold


def test_a_wait_alone_has_no_second_test():
    made = model([replace(one, waits=(0, 10, 10, 10)[: len(one.places)]) for one in months(600, 5, 100)])
    base = backtest(made)
    assert with_edits(made, base, parse_edits(["wait see > cart x0.5"], SHOP)) == base


@pytest.mark.parametrize("many", [1, 2])
def test_too_few_months_are_no_back_test(many):
    found = backtest(model(months(600, many, 100)))
    assert found.note == f"No back-test: it needs 3 months with 30 journeys that are over, the data has {many}."
    assert found.months == ()


def test_months_under_way_and_small_months_are_not_used():
    told = [
        *months(600, 3, 100),
        *several("see …", 50, 5000),
        *[replace(one, month=604) for one in several("see lost", 9, 9000)],
    ]
    told = [replace(one, month=603) if one.end == "" else one for one in told]
    assert usable_months(tally(told)) == [600, 601, 602]


def test_value_is_foretold_where_there_is_money():
    rng = np.random.default_rng(5)
    told = [
        replace(one, values=tuple(0 if place != "pay" else int(rng.integers(20, 80)) for place in one.places))
        for one in months(600, 6, 200)
    ]
    found = backtest(model(told))
    assert found.inside("value") == 4
    assert found.error("value") < 5


@pytest.mark.parametrize("changed", [600, 603, 605])
def test_no_month_is_foretold_from_the_money_of_a_later_one(changed):
    def value(month: int, much: int) -> dict[str, tuple[float, float, float]]:
        worth = much if month == changed else 100
        told = [
            journey("see pay" if n % 2 else "see lost", n % 40, month=one, values=(0, worth if one == changed else 100))
            for one in range(600, 606)
            for n in range(60)
        ]
        return {one.month: (one.foretold, one.low, one.high) for one in backtest(model(told)).of("value")}

    plain, raised = value(changed, 100), value(changed, 1000)
    for month in plain:
        assert (plain[month] == raised[month]) == (month <= month_name(changed))


def test_no_month_is_foretold_from_the_habits_of_a_later_one():
    told = months(600, 5, 100)
    alike = [replace(one, customer=9000) if one.month == 604 else one for one in told]
    one, other = (backtest(model(some)).of("conversion") for some in (told, alike))
    assert [(a.low, a.high) for a in one if a.month < "2020-05"] == [
        (a.low, a.high) for a in other if a.month < "2020-05"
    ]


def test_a_month_with_places_that_nobody_knew_is_foretold_all_the_same():
    told = [*[replace(journey("see pay" if n % 2 else "see lost", n), month=600 + n % 3) for n in range(180)]]
    told += [replace(journey("cart pay", 500 + n), month=603) for n in range(40)]
    found = backtest(model(told)).of("conversion")[-1]
    assert np.isfinite([found.foretold, found.low, found.high]).all()


def test_constant_months_keep_an_interval_with_a_width():
    found = backtest(model([replace(journey("see pay", n), month=600 + n % 4) for n in range(200)])).of("conversion")
    assert all(one.low < one.foretold <= one.high == 1.0 for one in found)


def test_months_have_names():
    assert [month_name(one) for one in (0, 600, 679)] == ["1970-01", "2020-01", "2026-08"]
