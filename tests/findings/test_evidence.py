"""How sure we are: p-values agree with intervals and with closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from desireline.findings.evidence import difference_over, means_over, share_over
from desireline.measures.clusters import Clusters
from desireline.measures.differences import difference_of_means, difference_of_shares
from desireline.measures.intervals import share_interval


def ones(x: int, m: int) -> Clusters:
    """Customers with one row each, of which x have it."""
    return Clusters(*(np.array([one]) for one in (m, m, x, m, x, x, m)))


def of(values: list[int]) -> Clusters:
    """Customers with one row each and these values."""
    x, n = sum(values), len(values)
    return Clusters(*(np.array([one]) for one in (n, n, x, n, sum(v * v for v in values), x, n)))


def test_a_share_of_independent_rows_has_the_exact_binomial_tail():
    exact = stats.binomtest(30, 200, 0.1, alternative="greater").pvalue
    assert share_over(ones(30, 200), 0.1)[0] == pytest.approx(exact, rel=1e-9)


@given(st.integers(1, 199), st.floats(0.01, 0.9))
def test_no_share_passes_that_its_interval_does_not_tell(x, smallest):
    if share_over(ones(x, 200), smallest)[0] <= 0.025:
        assert float(share_interval(ones(x, 200)).low[0]) >= smallest - 1e-9


def test_nothing_is_never_sure():
    assert share_over(ones(0, 50), 0.1)[0] == 1.0
    assert difference_over(ones(0, 0), ones(3, 10), 0.0)[0] == 1.0
    assert means_over(of([5]), of([1, 2, 3]), 0.0)[0] == 1.0


@given(a=st.tuples(st.integers(1, 199), st.just(200)), b=st.tuples(st.integers(1, 299), st.just(300)))
def test_p_is_a_fortieth_where_the_interval_of_a_difference_ends(a, b):
    first, second = ones(*a), ones(*b)
    low = float(difference_of_shares(first, second).low[0])
    assert difference_over(first, second, low)[0] == pytest.approx(0.025, abs=1e-6)


@given(st.lists(st.integers(0, 10), min_size=5, max_size=40), st.lists(st.integers(0, 10), min_size=5, max_size=40))
def test_p_of_means_is_a_fortieth_where_their_interval_ends(one, two):
    first, second = of([*one, 0, 10]), of([*two, 0, 10])
    low = float(difference_of_means(first, second).low[0])
    assert means_over(first, second, low)[0] == pytest.approx(0.025, abs=1e-6)


def test_means_agree_with_welch():
    one, two = [3, 5, 4, 8, 6, 7], [2, 4, 3, 3, 5]
    welch = stats.ttest_ind(one, two, equal_var=False, alternative="greater").pvalue
    assert means_over(of(one), of(two), 0.0)[0] == pytest.approx(welch, rel=0.02)


@given(st.floats(0.0, 0.3), st.floats(0.0, 0.3))
def test_a_larger_smallest_effect_is_harder_to_pass(one, other):
    low, high = sorted((one, other))
    assert (
        difference_over(ones(60, 200), ones(30, 300), low)[0]
        <= difference_over(ones(60, 200), ones(30, 300), high)[0] + 1e-12
    )
