"""Gaps between means of feelings: against Welch's test, within strata, on scales."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from desireline.findings.gaps import Gap, against, between, mean_of, within
from desireline.findings.gather.tallies import sum_of
from desireline.findings.scales import on_scale, say_score, stretched
from desireline.measures.clusters import Clusters
from desireline.measures.voice import PARTS


def sums(levels: np.ndarray) -> Clusters:
    """One answer per customer."""
    x = np.round(levels * PARTS).astype(np.int64)
    n = np.int64(len(x))
    return Clusters(n, n, x.sum(), n, (x * x).sum(), x.sum(), n)


def below(levels: np.ndarray, level: float) -> Gap:
    """These answers against a level."""
    mean = mean_of(sums(levels))
    assert mean is not None
    return against(mean, level)


def test_two_means_are_compared_by_welchs_test():
    rng = np.random.default_rng(3)
    one, two = rng.normal(0.1, 1.0, 60), rng.normal(0.9, 0.5, 40)
    gap = between(sums(one), sums(two))
    assert gap is not None
    oracle = stats.ttest_ind(one + 0.5, two, equal_var=False, alternative="less")
    assert gap.below(0.5) == pytest.approx(oracle.pvalue, rel=1e-3)
    low, high = stats.ttest_ind(one, two, equal_var=False).confidence_interval()
    assert gap.interval[1:] == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))


def test_a_mean_against_a_level_is_a_t_test():
    levels = np.random.default_rng(4).normal(0.1, 1.0, 50)
    gap = below(levels, 1.0)
    oracle = stats.ttest_1samp(levels, 0.5, alternative="less")
    assert gap.below(0.5) == pytest.approx(oracle.pvalue, rel=1e-3)


def test_within_strata_a_difference_of_mixture_is_no_difference():
    low, high = np.r_[-1.1, -0.9].repeat(50), np.r_[0.9, 1.1].repeat(50)
    gap = within({"a": sums(low), "b": sums(high[:10])}, {"a": sums(low[40:60]), "b": sums(high)})
    assert gap is not None
    assert abs(gap.value) < 0.11
    assert within({"a": sums(low)}, {"b": sums(high)}) is None
    assert within({"a": sums(low[:4])}, {"a": sums(high)}) is None


def test_one_customer_has_no_gap():
    assert between(sums(np.r_[1.0]), sums(np.r_[0.0, 1.0])) is None
    assert mean_of(sums(np.r_[1.0])) is None
    assert sum_of([]) is None


def test_answers_that_all_agree_leave_the_doubt_of_their_rounding():
    assert below(np.full(30, -1.0), 1.0).below(0.5) < 1e-6
    assert below(np.full(30, -1.0), 1.0).below(3.0) == pytest.approx(1.0)
    five = between(sums(np.zeros(5)), sums(np.ones(5)))
    assert five is not None
    # Five who say 3 and five who say 4 of 5: t = (1 − 0.5) / √(2 · 1/12 / 5) with 8 degrees of freedom.
    assert five.below(0.5) == pytest.approx(stats.t.sf(0.5 / np.sqrt(2 / 60), 8))
    coarse = between(sums(np.zeros(5)), sums(np.ones(5)), step=2.0)
    assert coarse is not None
    assert coarse.error == pytest.approx(2 * five.error)


def test_both_levels_within_strata_are_told_as_if_both_were_mixed_alike():
    """App is a level below Web among the glad and among the sad, and most of its customers are glad."""
    app = {"glad": sums(np.r_[0.9, 1.1].repeat(90)), "sad": sums(np.r_[-2.0, -1.8].repeat(10))}
    web = {"glad": sums(np.r_[1.8, 2.0].repeat(10)), "sad": sums(np.r_[-1.1, -0.9].repeat(90))}
    gap = within(app, web)
    assert gap is not None
    assert (gap.first.value, gap.second.value) == (pytest.approx(-0.45, abs=1e-4), pytest.approx(0.45, abs=1e-4))
    assert gap.interval[0] == pytest.approx(-0.9, abs=1e-4)
    assert gap.strata == 2


@given(st.floats(-2, 2), st.sampled_from(["score:1–5", "score:5–1", "score:0–10", "score:1–7"]))
def test_levels_and_scales_are_two_ways_to_say_one_thing(level: float, scale: str):
    assert abs(on_scale(level, scale) - on_scale(0, scale)) == pytest.approx(abs(stretched(level, scale)), abs=1e-9)


def test_scores_are_said_of_their_best_end():
    assert say_score(0.0, "score:1–5") == "3.0 of 5"
    assert say_score(2.0, "score:5–1") == "1.0 of 1 (best) to 5"
