"""Customers drawn by lot: the difference of two arms is what other libraries say, and covariates narrow it."""

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from desireline.errors import VerdictInputUnusable
from desireline.initiatives.verdicts import Arms, Plan, Target, judge
from desireline.initiatives.verdicts.arms import Pair, covariate_columns, pair
from desireline.initiatives.verdicts.cuped import cuped
from desireline.initiatives.verdicts.estimate import TooThin
from desireline.initiatives.verdicts.two_samples import two_samples

UP = Target("spend", "up", unit="money:EUR")


def dice(seed=7):
    return np.random.default_rng(seed)


def arms(**values) -> Arms:
    """Arms by name; the one called control is the control."""
    rows = [(name, float(y)) for name, ys in values.items() for y in ys]
    return Arms(pl.DataFrame(rows, schema=["arm", "y"], orient="row"), "control")


def related(n=300, effect=0.5, seed=3) -> Pair:
    rng = dice(seed)
    x = rng.normal(size=(2 * n, 2))
    y = 2 * x[:, 0] - x[:, 1] + rng.normal(size=2 * n) + effect * (np.arange(2 * n) < n)
    return Pair(y[:n], y[n:], x[:n], x[n:])


def test_a_difference_of_means_is_welchs():
    one, two = dice().gamma(2, 12, 83), dice(8).gamma(2, 10, 61)
    found = two_samples(one, two, UP)
    plain = stats.ttest_ind(one, two, equal_var=False)
    low, high = plain.confidence_interval()
    assert (found.p, found.low, found.high) == pytest.approx((plain.pvalue, low, high), rel=1e-9)


def test_a_rare_share_has_newcombes_interval_and_the_p_at_which_it_meets_nothing():
    one, two = np.repeat([1.0, 0.0], [9, 91]), np.repeat([1.0, 0.0], [2, 98])
    found = two_samples(one, two, UP)
    assert (found.low, found.high) == pytest.approx(confint_proportions_2indep(9, 100, 2, 100, method="newcomb"))
    at_p = confint_proportions_2indep(9, 100, 2, 100, method="newcomb", alpha=found.p)
    assert at_p[0] == pytest.approx(0, abs=1e-9)


def test_nobody_and_everybody_converted_are_a_difference_of_nothing_with_an_interval():
    for value in (0.0, 1.0):
        found = two_samples(np.full(40, value), np.full(50, value), UP)
        assert (found.value, found.p) == (0, 1)
        assert found.low < 0 < found.high


def test_a_number_that_is_the_same_for_all_says_nothing():
    assert isinstance(two_samples(np.full(40, 3.0), np.full(50, 3.0), UP), TooThin)
    assert isinstance(two_samples(np.full(40, 3.0), np.full(50, 4.0), UP), TooThin)


def test_covariates_are_taken_out_as_by_regression_within_each_arm():
    two = related()
    found = cuped(two, UP)
    x = np.concatenate([two.x_treated, two.x_control])
    treated = np.arange(len(x)) < len(two.treated)
    middle = x - x.mean(0)
    design = np.column_stack([np.ones(len(x)), treated, middle, middle * treated[:, None]])
    fit = sm.OLS(np.concatenate([two.treated, two.control]), design).fit(cov_type="HC2")
    shared = np.mean((middle @ fit.params[4:]) ** 2) / len(x)
    assert found.value == pytest.approx(fit.params[1], rel=1e-9)
    assert found.error == pytest.approx(np.sqrt(fit.bse[1] ** 2 + shared), rel=1e-9)


def test_one_covariate_leaves_the_variance_that_it_does_not_explain():
    rng = dice()
    x = rng.normal(size=20_000)
    y = 0.6 * x + 0.8 * rng.normal(size=20_000)
    found = cuped(Pair(y[:10_000], y[10_000:], x[:10_000, None], x[10_000:, None]), UP)
    assert found.narrowed == pytest.approx(1 - 0.8, abs=0.01)


def test_a_covariate_that_is_there_twice_changes_nothing():
    once = related()
    twice = Pair(
        once.treated, once.control, *(np.column_stack([x, 2 * x[:, 0]]) for x in (once.x_treated, once.x_control))
    )
    one, two = cuped(once, UP), cuped(twice, UP)
    assert (one.value, one.low) == pytest.approx((two.value, two.low))


def test_covariates_may_be_texts_and_may_lack():
    rows = pl.DataFrame(
        {"age": [20.0, None, 40.0, float("nan")] * 50, "area": ["a", "b", None, "a"] * 50, "same": [1] * 200}
    )
    columns, told = covariate_columns(rows, ("age", "area", "same"), room=20)
    assert columns.shape == (200, 4)
    assert np.isfinite(columns).all()
    assert told == ()
    assert covariate_columns(rows, ("age", "area"), room=2) == (
        pytest.approx(columns[:, :2]),
        ("Too few customers to use area as well.",),
    )


def test_rows_without_an_outcome_are_left_out_and_told():
    rows = pl.DataFrame({"arm": ["new", "control"] * 30 + ["new"], "y": [*dice().normal(size=60), None]})
    (verdict,) = judge(Arms(rows, "control"), UP)
    assert "1 customers without an outcome are left out." in verdict.warnings
    nan = rows.with_columns(pl.col("y").fill_null(float("nan")))
    assert judge(Arms(nan, "control"), UP)[0].effect == verdict.effect


def test_each_arm_is_compared_with_the_control_and_p_knows_how_many_there_are():
    rng = dice()
    one, two = judge(arms(a=rng.normal(0.4, 1, 100), b=rng.normal(0, 1, 100), control=rng.normal(0, 1, 100)), UP)
    assert (one.arm, two.arm) == ("a", "b")
    assert one.p_adjusted == pytest.approx(2 * one.p)
    assert two.p_adjusted == pytest.approx(max(two.p, 2 * one.p))


def test_an_arm_of_fewer_than_five_is_too_early_and_shows_no_number():
    (verdict,) = judge(arms(new=[1, 2, 3, 4], control=[1, 2, 3, 4, 5, 6]), UP)
    assert (verdict.verdict, verdict.effect, verdict.strength) == ("too early", None, "weak")
    assert verdict.needed.customers == 5


@pytest.mark.parametrize("rows", [{}, {"control": [1, 2, 3, 4, 5]}, {"new": [1.0]}])
def test_one_customer_or_none_or_no_treated_arm_is_too_early(rows):
    frame = arms(**rows).frame if rows else pl.DataFrame(schema={"arm": pl.String, "y": pl.Float64})
    (verdict,) = judge(Arms(frame, "control"), UP)
    assert verdict.verdict == "too early"


def test_a_column_that_lacks_or_holds_no_numbers_is_a_mistake():
    with pytest.raises(VerdictInputUnusable, match="lack the column 'y'"):
        Arms(pl.DataFrame({"arm": ["a"]}), "a")
    with pytest.raises(VerdictInputUnusable, match="no numbers"):
        Arms(pl.DataFrame({"arm": ["a"], "y": ["high"]}), "a")


def test_arms_of_other_sizes_or_other_customers_than_the_lot_gives_are_doubted():
    rng = dice()
    frame = pl.DataFrame({"arm": ["new"] * 700 + ["control"] * 500, "y": rng.normal(size=1200)})
    (verdict,) = judge(Arms(frame, "control"), UP, Plan(shares={"new": 0.5, "control": 0.5}))
    assert verdict.grade == "B"
    assert any("sizes that were intended" in told for told in verdict.warnings)
    other = frame.with_columns(x=pl.when(pl.col("arm") == "new").then(1.0).otherwise(0.0) + rng.normal(size=1200))
    (verdict,) = judge(Arms(other, "control", ("x",)), UP)
    assert verdict.grade == "B"
    assert any("before the start" in told for told in verdict.warnings)


def test_the_order_of_the_rows_does_not_matter():
    rng = dice()
    frame = pl.DataFrame(
        {"arm": ["new", "control"] * 200, "y": rng.normal(size=400), "x": rng.normal(size=400), "z": ["a", "b"] * 200}
    ).with_columns(z=pl.Series(rng.choice(["a", "b", "c"], 400)))
    one, other = (judge(Arms(rows, "control", ("x", "z")), UP)[0] for rows in (frame, frame.reverse()))
    assert one.effect.low == pytest.approx(other.effect.low, rel=1e-9)
    assert one.says == other.says


def test_the_pair_is_treated_first():
    found = pair(arms(new=[1, 2], control=[3, 4, 5]), "new")
    assert (found.treated.tolist(), found.control.tolist()) == ([1, 2], [3, 4, 5])


def test_a_rare_share_keeps_newcombes_interval_whatever_was_known_before():
    rng = dice(4)
    one, two = np.repeat([1.0, 0.0], [1, 149]), np.repeat([1.0, 0.0], [20, 1480])
    both = Pair(one, two, rng.normal(size=(150, 1)), rng.normal(size=(1500, 1)))
    assert cuped(both, UP) == two_samples(one, two, UP)


def test_an_arm_in_which_all_are_alike_narrows_nothing():
    x = dice(5).normal(size=(200, 1))
    one, two = np.full(100, 3.0), 2 * x[100:, 0] + dice(6).normal(0, 0.1, 100)
    assert cuped(Pair(one, two, x[:100], x[100:]), UP) == two_samples(one, two, UP)


@pytest.mark.parametrize("seed", range(20))
def test_an_outcome_that_is_all_explained_is_not_judged_by_rounding(seed):
    before = dice(seed).integers(0, 2, 800).astype(float)
    frame = pl.DataFrame({"arm": ["T"] * 400 + ["C"] * 400, "y": 3.7 * before + 0.1, "before": before})
    (verdict,) = judge(Arms(frame, "C", ("before",)), Target("m", "up"), Plan(share=1))
    assert verdict.narrowed is None
    (plain,) = judge(Arms(frame, "C"), Target("m", "up"), Plan(share=1))
    assert verdict.effect == plain.effect


def test_arms_of_whom_not_equally_many_have_an_outcome_are_no_lottery():
    rng = dice(3)
    y = np.where(np.r_[rng.random(2000) < 0.3, rng.random(2000) < 0.6], rng.normal(size=4000), np.nan)
    frame = pl.DataFrame({"arm": ["T"] * 2000 + ["C"] * 2000, "y": y})
    (verdict,) = judge(Arms(frame, "C"), Target("m", "up"), Plan(share=1))
    assert verdict.grade == "B"
    assert any("lack an outcome" in told for told in verdict.warnings)
    alike = frame.with_columns(y=pl.when(pl.int_range(pl.len()) % 2 == 0).then(rng.normal(size=4000)))
    assert judge(Arms(alike, "C"), Target("m", "up"), Plan(share=1))[0].grade == "A"
