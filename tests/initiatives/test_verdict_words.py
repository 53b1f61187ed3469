"""From an estimate to a verdict: which word, in which sentence, after how many looks, with what still needed."""

import json
import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from desireline.errors import VerdictInputUnusable
from desireline.initiatives.verdicts import Arms, Plan, Target, judge
from desireline.initiatives.verdicts.estimate import Estimate
from desireline.initiatives.verdicts.guard import ALL_THE_TIME, ONCE, guard
from desireline.initiatives.verdicts.needed import customers_for_means, customers_for_shares
from desireline.initiatives.verdicts.sentences import sentence
from desireline.initiatives.verdicts.two_samples import two_samples


def arms(gap, n=400, seed=1) -> Arms:
    """Two arms of deviation 1 whose means differ by exactly `gap`."""
    rng = np.random.default_rng(seed)
    one, two = (rng.normal(size=n) for _ in range(2))
    one, two = ((arm - arm.mean()) / arm.std() for arm in (one, two))
    frame = pl.DataFrame({"arm": ["new"] * n + ["old"] * n, "y": np.concatenate([one + gap, two])})
    return Arms(frame, "old")


def word(gap, plan=None, **target) -> str:
    return judge(arms(gap), Target("effort", **{"better": "down", "unit": "points", **target}), plan)[0].verdict


def test_better_says_which_way_is_help():
    assert word(-0.3) == "helped"
    assert word(0.3) == "harmed"
    assert word(0.3, better="up") == "helped"


def test_an_effect_below_the_smallest_of_interest_is_no_help_however_clear():
    assert word(-0.3, at_least=0.29) == "helped"
    assert word(-0.3, at_least=0.31) == "no clear effect"
    assert word(0.3, at_least=0.31) == "no clear effect"


def test_an_interval_inside_the_smallest_of_interest_rules_it_out():
    (verdict,) = judge(arms(0.02), Target("effort", "down", at_least=0.25, unit="points"))
    assert (verdict.verdict, verdict.equivalent) == ("no clear effect", True)
    assert verdict.says.endswith("an effect of 0.25 points or more is ruled out.")


def test_unclear_with_too_few_customers_is_too_early_with_how_many_are_needed():
    (verdict,) = judge(arms(0.05), Target("effort", "down", at_least=0.1, unit="points"))
    assert verdict.verdict == "too early"
    assert verdict.needed.customers == pytest.approx(16 / 0.01, rel=0.01)
    assert word(0.05, Plan(share=1), at_least=0.1) == "no clear effect"
    assert word(0.05, Plan(share=0.5), at_least=0.0) == "too early"
    assert word(0.05) == "no clear effect"


def test_needed_customers_are_the_rule_of_thumb():
    assert customers_for_means(10, 2) == 400
    assert customers_for_shares(0.10, 0.02) == math.ceil(8 * (0.09 + 0.12 * 0.88) / 0.0004)
    assert customers_for_shares(0.9, 0.02) == customers_for_shares(0.1, 0.02)
    power = stats.norm.cdf(0.02 / math.sqrt((0.09 + 0.1056) / customers_for_shares(0.10, 0.02)) - 1.96)
    assert power == pytest.approx(0.8, abs=0.01)


def estimate(score: float) -> Estimate:
    return Estimate(score, score - ONCE, score + ONCE, p=float(2 * stats.norm.sf(abs(score))), error=1.0, n=100)


def test_the_boundary_for_looking_all_the_time_is_passed_in_five_of_a_hundred():
    assert 4 * stats.norm.sf(ALL_THE_TIME) == pytest.approx(0.05)


@given(st.floats(0.05, 1.0), st.floats(-6, 6))
def test_before_the_end_the_interval_leaves_out_nothing_exactly_where_p_is_small(share, score):
    found = guard(estimate(score), Target("x", "up"), Plan(share=share, looks=2)).estimate
    if abs(abs(score) - ALL_THE_TIME / math.sqrt(share)) > 1e-6:
        assert (found.p < 0.05) == (found.low > 0 or found.high < 0)


@given(st.floats(0.1, 5.0), st.floats(-6, 6))
def test_without_an_end_too(hoped, score):
    found = guard(estimate(score), Target("x", "up", expected=hoped), Plan(looks=3)).estimate
    if abs(found.low) > 1e-6 and abs(found.high) > 1e-6:
        assert (found.p < 0.05) == (found.low > 0 or found.high < 0)
    assert found.high - found.low > 2 * ONCE


def test_looked_at_once_at_the_end_nothing_is_widened():
    for plan in (Plan(), Plan(share=1), Plan(share=1.4)):
        assert guard(estimate(2.5), Target("x", "up"), plan).estimate == estimate(2.5)


def test_looking_again_without_plan_or_expectation_is_told():
    (verdict,) = judge(arms(-0.3), Target("effort", "down", unit="points"), Plan(looks=4))
    assert any("look 4 and no end was planned" in told for told in verdict.warnings)


def test_sentences():
    target = Target("visits", "up", at_least=0.01)
    frame = pl.DataFrame({"arm": ["mail"] * 1000 + ["none"] * 1000, "y": [1] * 200 + [0] * 800 + [1] * 100 + [0] * 900})
    (verdict,) = judge(Arms(frame, "none"), target)
    assert verdict.says == (
        "Helped: visits with mail rose by 10.0 percentage points against 10\u202f% without it "
        "(95\u202f% interval 6.9 to 13.1; 1,000 customers against 1,000)."
    )


def test_a_share_that_a_trend_would_have_taken_beyond_everything_is_not_told():
    found = Estimate(-0.2, -0.3, -0.1, p=0.001, error=0.05, n=100, n_other=90, baseline=1.02)
    told = sentence("harmed", found, Target("kept", "up"), arm="", equivalent=False, weak=False)
    assert told == (
        "Harmed: kept fell by 20.0 percentage points (95\u202f% interval −30.0 to −10.0; 100 customers against 90)."
    )


def test_tenths_of_percentage_points_stay_however_wide_the_interval():
    found = Estimate(-0.014, -0.14, 0.11, p=0.8, error=0.06, n=399, n_other=946, baseline=0.887)
    told = sentence("too early", found, Target("conversion", "up"), arm="", equivalent=False, weak=False)
    assert "fell by 1.4 percentage points against 88.7\u202f% without it (95\u202f% interval −14.0 to 11.0" in told


def test_json_is_plain_and_whole():
    (verdict,) = judge(arms(-0.3), Target("effort", "down", unit="points"))
    told = json.loads(json.dumps(verdict.as_json(), allow_nan=False))
    assert list(told)[:4] == ["verdict", "says", "measure", "method"]
    assert told["effect"]["value"] == verdict.effect.value


def test_the_same_data_have_the_same_verdict():
    target = Target("effort", "down", unit="points")
    assert judge(arms(-0.3), target) == judge(arms(-0.3), target)


@pytest.mark.parametrize(
    "said",
    [
        lambda: Target("x", "sideways"),
        lambda: Target("x", "up", at_least=-1),
        lambda: Target("x", "up", at_least=float("nan")),
        lambda: Plan(share=float("nan")),
        lambda: Plan(looks=0),
    ],
)
def test_what_makes_no_sense_is_refused(said):
    with pytest.raises(VerdictInputUnusable):
        said()


@given(st.integers(5, 60), st.integers(5, 60), st.data())
def test_shares_of_any_size_have_an_interval_around_their_difference(n, m, data):
    won, lost = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    one, two = np.repeat([1.0, 0.0], [won, n - won]), np.repeat([1.0, 0.0], [lost, m - lost])
    found = two_samples(one, two, Target("x", "up"))
    assert found.low <= found.value <= found.high
    assert 0 <= found.p <= 1
    swapped = two_samples(two, one, Target("x", "up"))
    assert (swapped.low, swapped.high) == pytest.approx((-found.high, -found.low))
