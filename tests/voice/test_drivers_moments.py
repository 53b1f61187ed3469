"""Correlations with gaps, and replicates that are the same in every run."""

import numpy as np
import pandas as pd
import pytest

from desireline.mixing import mix
from desireline.voice.drivers.moments import GROUPS, draws, sum_groups, whole


def table(n: int = 300, gaps: float = 0.3) -> np.ndarray:
    dice = np.random.default_rng(3)
    x = dice.normal(size=(n, 4)) + dice.normal(size=(n, 1))
    x[dice.random(x.shape) < gaps] = np.nan
    return x


def summed(x: np.ndarray, weights: np.ndarray | None = None):
    customers = mix(np.arange(len(x), dtype=np.uint64))
    groups = sum_groups(x, np.ones(len(x)) if weights is None else weights, customers)
    return groups.drawn(np.ones((1, GROUPS)))


def test_every_two_columns_are_compared_among_those_who_answered_both():
    x = table()
    assert summed(x).raw[0] == pytest.approx(pd.DataFrame(x).corr().to_numpy())


def test_means_and_spreads_are_those_of_the_given_answers():
    x = table()
    found = summed(x)
    assert found.means[0] == pytest.approx(np.nanmean(x, axis=0))
    assert found.spreads[0] == pytest.approx(np.nanstd(x, axis=0))


def test_a_weight_of_two_counts_a_row_twice():
    x = table(60)
    weights = np.where(np.arange(60) < 20, 2.0, 1.0)
    assert summed(x, weights).raw == pytest.approx(summed(np.concatenate([x, x[:20]])).raw)


def test_what_never_varies_hangs_together_with_nothing():
    x = np.column_stack([np.ones(50), np.arange(50.0)])
    assert np.isnan(summed(x).raw[0, 0, 1])


def test_groups_are_drawn_once_on_average_and_always_alike():
    found = draws(300)
    assert found.shape == (301, GROUPS)
    assert (found[0] == 1).all()
    assert found[1:].mean() == pytest.approx(1, abs=0.01)
    assert found[1:].var() == pytest.approx(1, abs=0.02)
    assert found[1, :12].astype(int).tolist() == draws(5)[1, :12].astype(int).tolist()


def test_a_matrix_that_is_one_stays_as_it_is():
    x = table(gaps=0.0)
    found, torn = whole(summed(x).raw, summed(x).n)
    assert not torn
    assert found == pytest.approx(summed(x).raw)


def test_a_matrix_that_is_none_is_moved_to_the_nearest():
    impossible = np.array([[[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]])
    found, torn = whole(impossible, np.full((1, 3, 3), 100.0))
    assert torn
    assert np.linalg.eigvalsh(found[0]).min() > 0
    assert np.diagonal(found[0]) == pytest.approx([1, 1, 1])


def test_questions_never_answered_together_meet_through_the_outcome_only():
    apart = np.array([[[1, np.nan, 0.6], [np.nan, 1, 0.5], [0.6, 0.5, 1]]])
    together = np.array([[[50, 0, 50], [0, 50, 50], [50, 50, 100]]], dtype=float)
    assert whole(apart, together)[0][0, 0, 1] == pytest.approx(0.3)
