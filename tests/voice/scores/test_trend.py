"""Scores over time: values per period, the last against all before, and the slope."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from statsmodels.api import WLS, add_constant
from tests.voice.scores.told import said, told

from desireline.voice.scores.kinds import scored
from desireline.voice.scores.trend import Trend, TrendAnalysis, line, trend


def month(k: int) -> str:
    return f"2026-{k + 1:02}"


def months(*shares: float, n: int = 40) -> list[dict]:
    rows = []
    for k, share in enumerate(shares):
        yes = round(share * n)
        rows += said([5] * yes + [1] * (n - yes), who=f"m{k}-", period=month(k))
    return rows


def told_trend(rows, **asked) -> Trend:
    analysis = TrendAnalysis(**asked)
    return analysis.finish(analysis.combine([told(rows)]))


def test_each_period_has_its_value_and_the_last_stands_against_all_before():
    found = told_trend(months(0.5, 0.6, 0.4, 0.9))
    assert found.values["value"].to_list() == [0.5, 0.6, 0.4, 0.9]
    [change] = found.changes.to_dicts()
    assert (change["periods"], change["last"], change["note"]) == (4, "2026-04", "")
    assert change["change"] == pytest.approx(0.9 - 0.5)
    assert change["change_low"] > 0.2
    assert change["change_holds"]


def test_a_steady_course_has_no_slope_and_a_falling_one_has():
    steady = told_trend(months(0.5, 0.5, 0.5, 0.5)).changes.to_dicts()[0]
    falling = told_trend(months(0.9, 0.8, 0.7, 0.6, 0.5)).changes.to_dicts()[0]
    assert (steady["slope"], steady["slope_holds"]) == (pytest.approx(0.0), False)
    assert falling["slope"] == pytest.approx(-0.1, abs=0.005)
    assert (falling["slope_high"] < 0, falling["slope_holds"]) == (True, True)
    assert told_trend(months(0.5, 0.5, 0.5, 0.5)).says == "0 of 2 tests hold at a false discovery rate of 5 %."


def test_the_line_is_that_of_a_second_library():
    dice = np.random.default_rng(2)
    at, errors = np.arange(8.0), dice.uniform(0.5, 2, 8)
    y = 3 * at + dice.normal(0, 3, 8)
    oracle = WLS(y, add_constant(at), weights=1 / errors**2).fit()
    slope, error = line(at, y, errors)
    assert slope == pytest.approx(oracle.params[1])
    assert error == pytest.approx(oracle.bse[1] / np.sqrt(oracle.scale) * np.sqrt(max(oracle.scale, 1)))


def test_too_short_a_series_is_said():
    found = told_trend(months(0.5, 0.9))
    [change] = found.changes.to_dicts()
    assert change["note"] == "too short: 2 of 3 periods with enough answers"
    assert change["slope"] is None
    assert change["change"] == pytest.approx(0.4)
    [single] = told_trend(months(0.5)).changes.to_dicts()
    assert (single["change"], single["note"]) == (None, "too short: 1 of 3 periods with enough answers")


def test_periods_of_few_customers_are_hidden_and_count_in_no_test():
    rows = months(0.5, 0.5, 0.5) + said([5] * 3, who="few", period="2026-04")
    found = told_trend(rows)
    notes = dict(found.values.select("period", "note").iter_rows())
    assert notes["2026-04"] == "fewer than 5 customers"
    assert found.changes["periods"].to_list() == [2]  # the smallest shown one is hidden with it


def test_what_has_no_date_is_left_out_and_nothing_is_nothing():
    assert told_trend(said([5] * 9)).values.height == 0
    assert told_trend([]).says == "0 of 0 tests hold at a false discovery rate of 5 %."
    assert told_trend(months(0.5, 0.5), places=("elsewhere",)).changes.height == 0


def test_the_course_does_not_depend_on_the_order_of_rows():
    rows = told(months(0.9, 0.8, 0.3, 0.6))
    one, other = (trend(scored(frame)) for frame in (rows, rows.sample(fraction=1, shuffle=True, seed=1)))
    assert one.changes.equals(other.changes)


@pytest.mark.parametrize("kind", ["nps", "mean"])
def test_steady_companies_are_seldom_said_to_change(kind):
    dice = np.random.default_rng(20261122)
    laws = {"nps": ([10, 8, 3], [0.5, 0.3, 0.2]), "mean": ([1, 2, 3, 4, 5], [0.1, 0.1, 0.2, 0.3, 0.3])}
    values, p = laws[kind]
    companies = 1000
    found = trend(scored(told_of(dice.choice(values, p=p, size=(companies, 6, 25)), kind))).changes
    for what in ("change", "slope"):
        assert (found[f"{what}_p"] <= 0.05).mean() <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / companies)
        covers = ((found[f"{what}_low"] <= 0) & (found[f"{what}_high"] >= 0)).mean()
        assert covers >= 0.93
    assert found.filter(pl.col("change_holds") | pl.col("slope_holds")).height <= 3


def told_of(scores: np.ndarray, kind: str) -> pl.DataFrame:
    """Gathered answers of companies (a question each) × months × customers."""
    company, period, _ = np.meshgrid(*map(np.arange, scores.shape), indexing="ij")
    template = told(said([1], kind)).drop("feedback_id", "customer_id", "question", "period", "score")
    rows = pl.DataFrame(
        {
            "feedback_id": np.char.mod("%d", np.arange(scores.size)),
            "customer_id": np.char.mod("%d", np.arange(scores.size)),
            "question": np.char.mod("%04d", company.ravel()),
            "period": [month(k) for k in period.ravel()],
            "score": scores.ravel().astype(float),
        }
    )
    return rows.join(template, how="cross")
