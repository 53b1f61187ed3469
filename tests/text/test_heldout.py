"""Figures of a reader, against scikit-learn, brute force and simulation."""

import numpy as np
import pytest
from sklearn.metrics import f1_score, roc_auc_score

from desireline.text.heldout import auc, auc_interval, macro_f1, score
from desireline.text.reader import kinds


def test_figures_equal_those_of_scikit_learn():
    dice = np.random.default_rng(3)
    truth = dice.choice([-2.0, -1.0, 0.0, 1.0, 2.0], 500)
    level = (truth + dice.normal(0, 1.5, 500)).round(1).clip(-2, 2)
    told = truth != 0
    found = score(truth, level)
    assert found.auc == pytest.approx(roc_auc_score(truth[told] > 0, level[told]), abs=1e-12)
    assert found.macro_f1 == pytest.approx(f1_score(kinds(truth), kinds(level), average="macro"), abs=1e-12)
    assert (found.n, found.high, found.low, found.unread) == (500, (truth > 0).sum(), (truth < 0).sum(), 0)


def test_ties_count_half_worked_out_by_hand():
    assert auc(np.array([1.0, 0.5]), np.array([0.5, -1.0, 2.0])) == pytest.approx((2 + 1.5) / 6)


def test_unread_texts_count_as_neutral():
    truth, level = np.array([1.0, -1.0, 0.0]), np.array([1.0, np.nan, np.nan])
    assert score(truth, level).unread == 2
    assert macro_f1(truth, np.nan_to_num(level)) == pytest.approx((1 + 0 + 2 / 3) / 3)


def test_without_texts_of_both_kinds_there_is_no_area():
    found = score(np.array([1.0, 2.0]), np.array([1.0, 1.0]))
    assert np.isnan([found.auc, found.auc_low, found.auc_high]).all()
    assert np.isnan(score(np.zeros(0), np.zeros(0)).macro_f1)


def test_the_interval_holds_the_true_area_19_times_in_20():
    dice = np.random.default_rng(8)
    true = 0.7602499389065233  # of normals one standard deviation apart: Φ(1/√2)
    held = 0
    for _ in range(1_000):
        low, high = auc_interval(auc(dice.normal(1, 1, 60), dice.normal(0, 1, 90)), 60, 90)
        held += low <= true <= high
    assert 0.93 <= held / 1_000 <= 0.97
