"""Numbers about topics are those of the textbooks: impacts, trends, bursts, issues; and alarms rarely cry wolf."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, fisher_exact, norm, ttest_ind
from statsmodels.stats.contingency_tables import Table

from desireline.voice.topics.impact import impacts
from desireline.voice.topics.issues import rank_issues
from desireline.voice.topics.periods import Counts, bursts, count_periods, shares, trends
from desireline.voice.topics.sums import with_and_without
from voice.talk import shape

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def said(topic: list[int], **columns: list[object]) -> pl.DataFrame:
    """SPOKEN with topics, one customer each unless told."""
    ids = [f"f{k:05}" for k in range(len(topic))]
    rows = {"feedback_id": ids, "customer_id": ids, "text": ids, **columns}
    return shape(pl.DataFrame(rows)).with_columns(topic=pl.Series(topic, dtype=pl.Int64))


def counts(own: list[list[int]], of: list[int]) -> Counts:
    """Customers by period."""
    return Counts([f"p{k}" for k in range(len(of))], np.array(own), np.array(of))


def test_an_impact_is_welchs_difference_when_each_customer_speaks_once():
    dice = np.random.default_rng(4)
    topic = dice.integers(0, 2, 80).tolist()
    stars = dice.integers(1, 6, 80)
    found = impacts(said(topic, score=((stars - 1) / 4).tolist(), low=[1.0] * 80, high=[5.0] * 80), 2)
    own, others = stars[np.array(topic) == 0], stars[np.array(topic) == 1]
    oracle = ttest_ind(own, others, equal_var=False)
    low, high = oracle.confidence_interval(0.95)
    row = found.row(0, named=True)
    assert row["score_effect"] == pytest.approx(own.mean() - others.mean(), abs=1e-3)
    assert (row["score_low"], row["score_high"]) == pytest.approx((low, high), abs=1e-3)
    assert row["score_unit"] == "score:1–5"
    assert row["score_effect"] == pytest.approx(-found["score_effect"][1])


def test_scores_of_several_scales_are_told_as_parts_of_their_scales():
    found = impacts(said([0, 1] * 20, score=[1.0, 0.0] * 20, low=[1.0, 0.0] * 20, high=[5.0, 10.0] * 20), 2)
    assert found.select("score_effect", "score_unit").rows() == [(1.0, "share"), (-1.0, "share")]


def test_an_impact_needs_ten_customers_on_each_side_and_scores_at_all():
    few = impacts(said([0] * 9 + [1] * 30, score=[1.0] * 9 + [0.0] * 30, low=[0.0] * 39, high=[1.0] * 39), 2)
    assert few["score_effect"].to_list() == [None, None]
    assert impacts(said([0, 1]), 2)["feeling_effect"].to_list() == [None, None]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(0, 4), st.integers(-5, 9)), max_size=30))
def test_sums_with_and_without_a_topic_are_those_of_adding_up_by_hand(rows: list[tuple[int, int, int]]):
    frame = pl.DataFrame(
        {
            "topic": [topic for topic, _, _ in rows],
            "customer_id": [f"c{customer}" for _, customer, _ in rows],
            "x": [x for _, _, x in rows],
        },
        schema={"topic": pl.Int64, "customer_id": pl.String, "x": pl.Int64},
    )
    found = with_and_without(frame, 3)
    for topic in range(3):
        for side, keep in zip(found, (True, False), strict=True):
            customers: dict[int, list[int]] = {}
            for own, customer, x in rows:
                if (own == topic) == keep:
                    customers.setdefault(customer, []).append(x)
            pairs = [(sum(xs), len(xs)) for xs in customers.values()]
            by_hand = [
                len(pairs),
                sum(m for _, m in pairs),
                sum(x for x, _ in pairs),
                sum(m for _, m in pairs),
                sum(x * x for x, _ in pairs),
                sum(x * m for x, m in pairs),
                sum(m * m for _, m in pairs),
            ]
            assert [int(column[topic]) for column in side] == by_hand


def test_a_trend_is_tested_as_cochran_and_armitage_do():
    own, of = np.array([5, 9, 12, 20, 18]), np.array([50, 60, 55, 70, 52])
    found = trends(counts([own.tolist(), [20] * 5], of.tolist())).row(0, named=True)
    table = Table(np.stack([own, of - own]))
    oracle = table.test_ordinal_association(row_scores=np.array([1, 0]), col_scores=np.arange(5))
    total = of.sum()
    alone = trends(counts([own.tolist()], of.tolist()))["trend_q"].item()  # one test only: q is p
    assert found["trend"] == "rising"
    assert alone == pytest.approx(2 * norm.sf(abs(oracle.zscore) * np.sqrt(total / (total - 1))))
    assert found["slope_low"] < found["slope"] < found["slope_high"]


def test_few_periods_or_few_speakers_have_no_trend():
    assert trends(counts([[30, 40, 50]], [100, 100, 100]))["trend"].to_list() == ["not enough data"]
    assert trends(counts([[1, 2, 3, 4]], [100] * 4))["slope"].to_list() == [None]
    assert trends(counts([[0] * 0], []))["trend"].to_list() == ["not enough data"]


def test_a_burst_is_what_fishers_exact_test_says():
    own, of = [6, 5, 7, 30], [100, 100, 100, 120]
    [row] = bursts(counts([own], of)).rows(named=True)
    oracle = fisher_exact([[30, 90], [18, 282]], alternative="greater")
    assert (row["period"], row["customers"]) == ("p3", 30)
    assert row["q"] == pytest.approx(oracle.pvalue)
    assert row["times"] == pytest.approx((30 / 120) / (18 / 300))


def test_a_loud_week_is_no_burst_of_everything():
    assert bursts(counts([[10, 10, 10, 50], [20, 20, 20, 100]], [100, 100, 100, 500])).is_empty()


def test_steady_topics_rarely_seem_to_rise_or_to_burst():
    dice = np.random.default_rng(11)
    rose = burst = 0
    for _ in range(300):
        of = dice.integers(30, 120, 10)
        own = dice.binomial(of, dice.uniform(0.05, 0.4, (6, 1)))
        found = Counts([f"p{k}" for k in range(10)], own, of)
        rose += not set(trends(found)["trend"]) <= {"steady", "not enough data"}
        burst += bursts(found).height > 0
    assert rose <= 0.05 * 300 + 2 * np.sqrt(0.05 * 0.95 * 300)
    assert burst <= 0.05 * 300 + 2 * np.sqrt(0.05 * 0.95 * 300)


def test_a_planted_burst_and_a_planted_trend_are_found():
    dice = np.random.default_rng(12)
    of = np.full(10, 200)
    share = np.full((4, 10), 0.1)
    share[0, 7] = 0.25
    share[1] = np.linspace(0.05, 0.2, 10)
    hits = [
        (
            (0, "p7") in bursts(found).select("topic", "period").rows(),
            trends(found)["trend"][1] == "rising",
        )
        for found in (Counts([f"p{k}" for k in range(10)], dice.binomial(of, share), of) for _ in range(100))
    ]
    assert np.mean(hits, axis=0).min() >= 0.9


@pytest.mark.parametrize(
    ("days", "first", "periods"),
    [(10, "2026-01-05", 11), (100, "2026-W02", 15), (700, "2026-01", 24), (3000, "2026-Q1", 33)],
)
def test_periods_are_days_weeks_months_or_quarters(days: int, first: str, periods: int):
    found = count_periods(said([0, 0], at=[NOON, NOON + timedelta(days=days)]), 1)
    assert (found.periods[0], len(found.periods)) == (first, periods)
    assert (found.own.sum(), found.all.sum()) == (2, 2)


def test_answers_without_dates_have_no_periods():
    found = count_periods(said([0, 0, -1]), 1)
    assert (found.periods, shares(found).height) == ([], 0)


def test_issues_are_ranked_by_what_they_cost():
    topic = [0] * 12 + [1] * 6 + [2] * 4 + [0]
    cost = [1.0] * 12 + [10.0] * 6 + [90.0] * 4 + [500.0]
    kind = ["ticket"] * 22 + ["review"]
    found = rank_issues(said(topic, kind=kind, cost=cost), 3, cost="minutes")
    assert found.select("topic", "rank", "customers", "contacts", "cost").rows() == [
        (1, 1, 6, 6, 60.0),
        (0, 2, 12, 12, 12.0),
    ]
    assert found["share"].to_list() == pytest.approx([6 / 22, 12 / 22])
    low, high = chi2.ppf(0.025, 12) / 2, chi2.ppf(0.975, 14) / 2  # Garwood's limits of six customers, all alike
    assert found.select("cost_low", "cost_high").row(0) == pytest.approx((10 * low, 10 * high))
    by_contacts = rank_issues(said(topic, kind=kind), 3, cost=None)
    assert by_contacts["cost"].to_list() == [12.0, 6.0]
