"""Importance: exact, and the same as regressing on every subset one after the other."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.voice.drivers.importance import EXACT_UP_TO, explained, importance, johnson, lmg, slopes


def data(seed: int, k: int, n: int = 60) -> np.ndarray:
    """Rows of k correlated drivers, the outcome last."""
    dice = np.random.default_rng(seed)
    x = dice.normal(size=(n, k)) + dice.normal(size=(n, 1))
    return np.column_stack([x, x @ dice.normal(size=k) + 2 * dice.normal(size=n)])


def correlated(rows: np.ndarray) -> np.ndarray:
    return np.corrcoef(rows.T)[None]


def r_squared(rows: np.ndarray, drivers: list[int]) -> float:
    """R² by least squares, the slow and sure way."""
    x, y = np.column_stack([np.ones(len(rows)), rows[:, drivers]]), rows[:, -1]
    left = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    return 1 - (left @ left) / ((y - y.mean()) @ (y - y.mean()))


def by_orders(rows: np.ndarray) -> np.ndarray:
    """What each driver adds to R², averaged over all orders of entering."""
    k = rows.shape[1] - 1
    added = np.zeros(k)
    orders = list(permutations(range(k)))
    for order in orders:
        for place, driver in enumerate(order):
            added[driver] += r_squared(rows, list(order[: place + 1])) - r_squared(rows, list(order[:place]))
    return added / len(orders)


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_importance_is_what_a_driver_adds_in_all_orders(k: int):
    rows = data(k, k)
    assert lmg(correlated(rows))[0][0] == pytest.approx(by_orders(rows), abs=1e-9)


def test_every_subset_is_regressed_exactly():
    rows = data(7, 6)
    found = explained(correlated(rows))[0]
    oracle = [r_squared(rows, [i for i in range(6) if subset >> i & 1]) for subset in range(64)]
    assert found == pytest.approx(oracle, abs=1e-9)


def test_what_was_left_before_a_driver_came_is_averaged_over_orders_too():
    rows = data(3, 3)
    orders = list(permutations(range(3)))
    before = [
        np.mean([1 - r_squared(rows, list(order[: order.index(driver)])) for order in orders]) for driver in range(3)
    ]
    assert lmg(correlated(rows))[1][0] == pytest.approx(before, abs=1e-9)


@pytest.mark.parametrize("method", [lmg, johnson])
def test_importances_add_up_to_what_is_explained(method):
    rows = data(5, 8)
    assert method(correlated(rows))[0].sum() == pytest.approx(r_squared(rows, list(range(8))))


def test_two_drivers_are_weighed_alike_by_both_methods():
    rows = data(11, 2)
    assert johnson(correlated(rows))[0] == pytest.approx(lmg(correlated(rows))[0])


def test_drivers_that_share_nothing_answer_for_their_own_correlation():
    alone = np.array([[[1, 0, 0.6], [0, 1, 0.3], [0.6, 0.3, 1]]])
    for method in (lmg, johnson):
        assert method(alone)[0][0] == pytest.approx([0.36, 0.09])


def test_a_driver_that_stands_there_twice_shares_its_importance():
    twice = np.array([[[1, 1, 0.6], [1, 1, 0.6], [0.6, 0.6, 1]]])
    assert lmg(twice)[0][0] == pytest.approx([0.18, 0.18])


def test_many_matrices_are_weighed_as_each_alone():
    some = np.concatenate([correlated(data(seed, 12, n=200)) for seed in range(600)])
    assert lmg(some)[0][[0, 599]] == pytest.approx(np.concatenate([lmg(some[:1])[0], lmg(some[599:])[0]]))


def test_the_exact_method_gives_way_where_subsets_are_too_many():
    few, many = (correlated(data(1, k, n=200)) for k in (EXACT_UP_TO, EXACT_UP_TO + 1))
    assert importance(few)[0] == pytest.approx(lmg(few)[0])
    assert importance(many)[0] == pytest.approx(johnson(many)[0])


def test_slopes_are_those_of_regression_on_standard_scores():
    rows = data(2, 4)
    scores = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    oracle = np.linalg.lstsq(scores[:, :-1], scores[:, -1], rcond=None)[0]
    assert slopes(correlated(rows))[0] == pytest.approx(oracle)


@given(seed=st.integers(0, 10**6), order=st.permutations(range(5)))
@settings(max_examples=20, deadline=None)
def test_names_do_not_matter(seed: int, order: list[int]):
    rows = data(seed, 5)
    for method in (lmg, johnson):
        plain, moved = method(correlated(rows))[0][0], method(correlated(rows[:, [*order, 5]]))[0][0]
        assert moved == pytest.approx(plain[order], abs=1e-9)
