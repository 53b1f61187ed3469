"""Small cells moved towards their parents: closed forms, and the error that it saves."""

from __future__ import annotations

import numpy as np
import pytest

from desireline.voice.scores.shrinkage import shrink, worth_of_parent


def worth(n, x) -> float:
    n, x = np.asarray(n, dtype=float), np.asarray(x, dtype=float)[:, None]
    return worth_of_parent(np.zeros(len(n), dtype=np.int64), n, x, x)


def test_a_parent_is_worth_the_mean_of_the_beta_law():
    # Balanced cells: the analysis of variance by hand. n = 10, successes 2, 5, 8.
    across = 10 * ((0.2 - 0.5) ** 2 + (0.8 - 0.5) ** 2) / 2
    inside = 10 * (0.2 * 0.8 + 0.5 * 0.5 + 0.8 * 0.2) / 27
    rho = (across - inside) / (across + 9 * inside)
    assert worth([10, 10, 10], [2, 5, 8]) == pytest.approx((1 - rho) / rho)


def test_the_beta_law_behind_many_cells_is_found_again():
    dice = np.random.default_rng(5)
    n = dice.integers(5, 200, 4000)
    x = dice.binomial(n, dice.beta(8, 12, 4000))
    assert worth(n, x) == pytest.approx(20, rel=0.1)  # α + β


def test_the_normal_law_behind_many_cells_is_found_again():
    dice = np.random.default_rng(6)
    n = dice.integers(5, 60, 1500)
    rows = [dice.normal(dice.normal(4, 0.5), 1.0, k) for k in n]
    sums, squares = (np.array([(row**power).sum() for row in rows])[:, None] for power in (1, 2))
    found = worth_of_parent(np.zeros(len(n), dtype=np.int64), n.astype(float), sums, squares)
    assert found == pytest.approx(1.0**2 / 0.5**2, rel=0.1)  # σ² / τ²


def test_the_dirichlet_law_behind_many_cells_is_found_again():
    dice = np.random.default_rng(7)
    n = dice.integers(5, 120, 2500)
    x = np.array([dice.multinomial(k, dice.dirichlet([5, 3, 2])) for k in n]).astype(float)
    assert worth_of_parent(np.zeros(len(n), dtype=np.int64), n.astype(float), x, x) == pytest.approx(10, rel=0.1)


def test_cells_that_do_not_differ_move_all_the_way():
    m = worth([50, 50, 50], [25, 25, 25])
    assert m == float("inf")
    assert shrink(np.array([0.5]), np.array([0.4]), np.array([50.0]), worth=m) == pytest.approx([0.4])


def test_too_few_cells_teach_nothing_and_nothing_is_moved():
    for m in (worth([50, 50], [10, 40]), worth([], []), worth([0, 0, 0, 0], [0, 0, 0, 0])):
        assert np.isnan(m)
        assert np.isnan(shrink(np.array([0.5]), np.array([0.4]), np.array([9.0]), worth=m)).all()


def test_cells_that_agree_within_and_differ_between_stay_where_they_are():
    m = worth([5, 5, 5], [0, 5, 0])
    assert m == 0.0
    assert shrink(np.array([1.0]), np.array([0.3]), np.array([5.0]), worth=m) == pytest.approx([1.0])


def test_a_parents_own_level_does_not_count_as_difference_between_its_cells():
    parents = np.array([0, 0, 0, 1, 1, 1])
    n, x = np.full(6, 100.0), np.array([10.0, 11, 9, 90, 91, 89])[:, None]
    assert worth_of_parent(parents, n, x, x) > 100


def test_shrinking_lowers_the_error_of_small_cells():
    dice = np.random.default_rng(20261122)
    raw, moved = [], []
    for _ in range(200):
        n = dice.integers(5, 60, 25).astype(float)
        truth = dice.beta(8, 12, 25)
        x = dice.binomial(n.astype(int), truth).astype(float)
        parent = np.full(25, x.sum() / n.sum())
        raw.append(np.mean((x / n - truth) ** 2))
        moved.append(np.mean((shrink(x / n, parent, n, worth=worth(n, x)) - truth) ** 2))
    assert np.mean(moved) < 0.75 * np.mean(raw)
