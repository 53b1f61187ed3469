"""Two sides within strata: the same numbers as statsmodels, and as the formulas of the papers."""

import numpy as np
import pytest
from scipy.stats import chi2, chi2_contingency
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.proportion import confint_proportions_2indep

from desireline.voice.parity.strata import (
    Tables,
    common_difference,
    common_odds,
    equivalence,
    no_difference,
    strata_agree,
    variance_of_difference,
)


def tables(seed: int, strata: int = 4, n: int = 80) -> Tables:
    dice = np.random.default_rng(seed)
    n1, n0 = dice.integers(n // 2, n, (2, strata))
    p = dice.uniform(0.2, 0.8, strata)
    return Tables(*(np.asarray(one, dtype=float) for one in (dice.binomial(n1, p), n1, dice.binomial(n0, p - 0.1), n0)))


def oracle(found: Tables) -> StratifiedTable:
    return StratifiedTable([np.array([[a, n - a], [b, m - b]]) for a, n, b, m in zip(*found, strict=True)])


@pytest.mark.parametrize("seed", range(4))
def test_odds_and_tests_are_those_of_statsmodels(seed: int):
    found, known = tables(seed), oracle(tables(seed))
    assert common_odds(found).value == pytest.approx(known.oddsratio_pooled)
    assert common_odds(found)[1:] == pytest.approx(known.oddsratio_pooled_confint(), rel=1e-5)
    assert no_difference(found) == pytest.approx(known.test_null_odds(correction=False).pvalue)
    assert strata_agree(found) == pytest.approx(known.test_equal_odds(adjust=False).pvalue)


def test_a_single_stratum_is_a_plain_table():
    one = Tables(*(np.array([x]) for x in (70.0, 100.0, 84.0, 110.0)))
    assert common_difference(one) == pytest.approx(0.7 - 84 / 110)
    pearson = chi2_contingency([[70, 30], [84, 26]], correction=False).statistic
    assert no_difference(one) == pytest.approx(chi2.sf(pearson * 209 / 210, 1))
    plain = 0.7 * 0.3 / 100 + (84 / 110) * (26 / 110) / 110
    assert variance_of_difference(one) == pytest.approx(plain, rel=0.02)


def test_the_variance_holds_for_many_tiny_strata():
    dice = np.random.default_rng(8)
    found = []
    for _ in range(600):
        p = dice.beta(3, 1, 60)
        pairs = Tables(
            *(one.astype(float) for one in (dice.binomial(1, p), np.ones(60), dice.binomial(1, p), np.ones(60)))
        )
        found.append((common_difference(pairs), variance_of_difference(pairs)))
    differences, variances = np.array(found).T
    assert variances.mean() == pytest.approx(differences.var(), rel=0.1)


def test_one_success_and_one_failure_more_give_the_interval_of_agresti_and_caffo():
    one = Tables(*(np.array([x]) for x in (30.0, 30.0, 25.0, 30.0)))
    smooth = one.smoothed()
    middle, error = common_difference(smooth), variance_of_difference(smooth) ** 0.5
    known = confint_proportions_2indep(30, 30, 25, 30, method="agresti-caffo")
    assert (middle - 1.96 * error, middle + 1.96 * error) == pytest.approx(known, abs=0.004)


def test_what_cannot_be_known_is_not_said():
    all_well = Tables(*(np.array([x]) for x in (30.0, 30.0, 40.0, 40.0)))
    assert np.isnan(common_odds(all_well).value)
    assert np.isnan(strata_agree(all_well))
    assert no_difference(all_well) == 1.0


def test_equivalence_is_the_worse_of_two_one_sided_tests():
    assert equivalence(0.0, 0.05 / 1.6448536, 0.05) == pytest.approx(0.05)
    assert equivalence(0.05, 0.01, 0.05) == pytest.approx(0.5)
    assert equivalence(-0.2, 0.01, 0.05) == pytest.approx(1.0)


def test_strata_without_the_other_side_compare_nothing():
    lonely = Tables(*(np.array(x, dtype=float) for x in ([5, 9], [10, 10], [6, 0], [10, 0])))
    assert common_difference(lonely.comparable()) == pytest.approx(-0.1)
