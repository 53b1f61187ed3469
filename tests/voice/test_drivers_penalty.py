"""Penalty and reward: what hurts when it is bad, what pleases when it is good."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm

from desireline.voice.drivers.asked import Cuts
from desireline.voice.drivers.penalty import ENOUGH, NO_EFFECT, REVERSED, UNCLEAR, contrast, kind_of
from desireline.voice.drivers.quadrants import quadrants
from desireline.voice.drivers.ratings import Ratings
from voice.ratings import survey


def planted(n: int, effects: dict[str, tuple[float, float]], seed: int = 1) -> Ratings:
    """A company in which each touchpoint costs or brings so many points when it is rated low or high."""
    dice = np.random.default_rng(seed)
    x = dice.choice([0.0, 25.0, 50.0, 75.0, 100.0], size=(n, len(effects)), p=[0.1, 0.15, 0.25, 0.3, 0.2])
    overall = 60 + dice.normal(0, 15, n)
    for column, (penalty, reward) in zip(x.T, effects.values(), strict=True):
        overall += penalty * (column <= 25) + reward * (column >= 87.5)
    columns = np.column_stack([x, overall])
    hashes = dice.integers(0, 2**63, n).astype(np.uint64) * np.uint64(2)
    return Ratings(tuple(effects), ("",) * len(effects), "overall", "response", columns, np.ones(n), hashes, ())


def test_effects_are_those_of_least_squares_on_low_and_high():
    company = survey(3, 800)
    x = company.columns[:, :-1]
    fitted = sm.OLS(company.columns[:, -1], sm.add_constant(np.column_stack([x <= 25, x >= 87.5]).astype(float))).fit()
    found = contrast(company, Cuts())
    assert [one.penalty.value for one in found] == pytest.approx(fitted.params[1:5])
    assert [one.reward.value for one in found] == pytest.approx(fitted.params[5:])


def test_intervals_are_about_as_wide_as_robust_ones():
    company = survey(3, 800)
    x = company.columns[:, :-1]
    design = sm.add_constant(np.column_stack([x <= 25, x >= 87.5]).astype(float))
    robust = sm.OLS(company.columns[:, -1], design).fit(cov_type="HC1").bse[1:5]
    halves = [(one.penalty.high - one.penalty.low) / 2 / 1.96 for one in contrast(company, Cuts())]
    assert halves == pytest.approx(robust, rel=0.15)


def test_each_kind_is_known_by_its_effects():
    company = planted(
        20_000,
        {"wait": (-12, 0), "room": (-10, 5), "food": (-8, 8), "staff": (-5, 10), "gift": (0, 12), "lamp": (0, 0)},
        seed=2,
    )
    found = contrast(company, Cuts())
    kinds = [one.kind for one in found]
    assert kinds[:5] == ["frustrator", "dissatisfier", "hybrid", "satisfier", "delighter"]
    assert kinds[5] == NO_EFFECT
    assert found[0].range.value == pytest.approx(12, abs=1.5)


def test_a_small_company_is_unclear_rather_than_wrong():
    kinds = {contrast(planted(200, {"food": (-4, 4), "room": (-9, 3)}, seed), Cuts())[0].kind for seed in range(8)}
    assert kinds <= {UNCLEAR, NO_EFFECT, "hybrid", "satisfier", "dissatisfier"}
    assert kinds & {UNCLEAR, NO_EFFECT}


def test_too_few_low_ratings_are_told():
    company = planted(300, {"room": (-9, 3)})
    company.columns[company.columns[:, 0] <= 25, 0] = 50.0
    company.columns[:12, 0] = 0.0
    (only,) = contrast(company, Cuts())
    assert only.kind == f"not enough data: 12 low ratings of {ENOUGH}"
    assert np.isnan(only.penalty.value)


def test_thirds_are_cut_where_they_come_nearest_and_ties_stay_together():
    company = planted(600, {"room": (-9, 3)})  # 10, 15, 25, 30 and 20 % of ratings, lowest first
    (found,) = contrast(company, Cuts("terciles"))
    room = company.columns[:, 0]
    assert (found.low, found.high) == ((room <= 25).sum(), (room == 100).sum())


def test_a_rating_with_two_answers_has_nothing_in_between():
    company = planted(300, {"room": (-9, 3)})
    company.columns[:, 0] = np.where(company.columns[:, 0] > 50, 100.0, 0.0)
    assert contrast(company, Cuts())[0].kind == f"not enough data: 0 middling ratings of {ENOUGH}"


def test_what_neither_hurts_nor_pleases_is_rarely_said_to():
    shown = [contrast(planted(250, {"lamp": (0, 0)}, seed), Cuts())[0].kind != NO_EFFECT for seed in range(150)]
    assert np.mean(shown) <= 0.05 + 2 * (0.05 * 0.95 / 150) ** 0.5


def test_cuts_decide_the_class():
    assert [kind_of(one, Cuts()) for one in (-0.5, -0.4, -0.2, -0.1, 0.0, 0.1, 0.11, 0.4, 0.41)] == [
        *("frustrator", "dissatisfier", "dissatisfier", "hybrid", "hybrid", "hybrid"),
        *("satisfier", "satisfier", "delighter"),
    ]  # fmt: skip
    assert kind_of(0.5, Cuts(hybrid=0.2, strong=0.7)) == "satisfier"


def test_customers_with_several_answers_widen_the_intervals():
    once = survey(4, 900)
    thrice = replace(once, customers=np.repeat(once.customers[:300], 3))
    same = np.repeat(once.columns[:300], 3, axis=0)
    alone, copied = contrast(once, Cuts())[0], contrast(replace(thrice, columns=same), Cuts())[0]
    assert copied.penalty.high - copied.penalty.low > 1.4 * (alone.penalty.high - alone.penalty.low)


def test_quadrants_are_named_where_the_interval_stays_on_one_side():
    still = np.array([1, 0.99, 1.01])[:, None]
    shares = np.array([0.4, 0.35, 0.15, 0.1])[None] * still
    ratings = np.array([80.0, 40.0, 80.0, 40.0])[None] * still
    assert quadrants(shares, ratings, [True] * 4) == ["keep up", "fix first", "possible overkill", "low priority"]
    assert quadrants(shares, ratings, [True, False, True, True])[1] == "not significant"
    shaky = np.array([[0.25, 0.75], [0.45, 0.55], [0.65, 0.35]])
    assert quadrants(shaky, np.array([[80.0, 40.0]] * 3), [True, True]) == ["unclear", "unclear"]


def test_ratings_that_please_when_bad_are_told_as_such():
    company = planted(3000, {"noise": (8, -8), "room": (-9, 3)})
    assert contrast(company, Cuts())[0].kind == REVERSED


def test_very_few_low_ratings_are_not_counted_out():
    company = planted(300, {"room": (-9, 3)})
    company.columns[company.columns[:, 0] <= 25, 0] = 50.0
    company.columns[:3, 0] = 0.0
    (only,) = contrast(company, Cuts())
    assert (only.kind, only.low) == (f"not enough data: fewer than 5 low ratings of {ENOUGH}", None)
