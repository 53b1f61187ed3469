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

from desireline.measures.clusters import Clusters
from desireline.measures.intervals import total_interval
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


def test_scales_with_one_common_end_are_told_as_parts():
    of = [None] * 40  # of 1–5 and of 1–7 in one response
    found = impacts(said([0, 1] * 20, score=[1.0, 0.0] * 20, low=[1.0] * 40, high=of), 2)
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


def loud(dice: np.random.Generator, *, customers: int, periods: int) -> pl.DataFrame:
    """Customers who speak in many weeks; a part of them has complaints that each is repeated for some weeks."""
    rows = []
    for customer in range(customers):
        active, begins = dice.uniform(0.2, 1.0), dice.integers(-6, periods, 4)
        lasts, has = dice.integers(1, 9, 4), dice.random(4) < [0.1, 0.3, 0.5, 0.8]
        for week in np.flatnonzero(dice.random(periods) < active).tolist():
            now = has & (begins <= week) & (week < begins + lasts)
            rows += [(topic, customer, week) for topic in [*np.flatnonzero(now).tolist(), -1]]
    topic, customer, week = zip(*rows, strict=True)
    at = [NOON + timedelta(weeks=one) for one in week]
    return said(list(topic), customer_id=[f"c{one}" for one in customer], at=at)


def test_customers_who_say_the_same_again_and_again_rarely_make_a_trend_or_a_burst():
    dice = np.random.default_rng(21)
    rose = burst = judged = 0
    for _ in range(200):
        found = count_periods(loud(dice, customers=int(dice.integers(40, 120)), periods=12), 4)
        words = trends(found)["trend"]
        judged += (words != "not enough data").any()
        rose += not set(words) <= {"steady", "not enough data"}
        burst += bursts(found).height > 0
    assert judged >= 150
    assert rose <= 0.05 * 200 + 2 * np.sqrt(0.05 * 0.95 * 200)
    assert burst <= 0.05 * 200 + 2 * np.sqrt(0.05 * 0.95 * 200)


def test_long_complaints_of_a_few_among_many_rarely_make_a_trend_or_a_burst():
    dice = np.random.default_rng(5)
    rose = burst = 0
    for _ in range(200):
        rows = [(-1, f"c{k}", week) for k in range(30) for week in np.flatnonzero(dice.random(12) < 0.5).tolist()]
        for k in range(10):
            begins, lasts = int(dice.integers(-11, 12)), int(dice.integers(2, 12))
            rows += [(0, f"c{k}", week) for week in range(max(0, begins), min(12, begins + lasts))]
        rows += [(0 if dice.random() < 0.1 else -1, f"s{k}", int(dice.integers(0, 12))) for k in range(240)]
        topic, customer, week = zip(*rows, strict=True)
        at = [NOON + timedelta(weeks=one) for one in week]
        found = count_periods(said(list(topic), customer_id=list(customer), at=at), 1)
        rose += trends(found)["trend"].item() in ("rising", "falling")
        burst += bursts(found).height > 0
    assert rose <= 0.05 * 200
    assert burst <= 0.05 * 200


def test_five_loud_customers_are_no_trend_and_no_news_the_second_week():
    rows = [(-1, f"c{week}-{k}", week) for week in range(12) for k in range(40)]
    rows += [(0, f"loud{k}", week) for week in range(6, 12) for k in range(5)]
    topic, customer, week = zip(*rows, strict=True)
    at = [NOON + timedelta(weeks=one) for one in week]
    found = count_periods(said(list(topic), customer_id=list(customer), at=at), 1)
    assert trends(found)["trend"].to_list() == ["not enough data"]
    assert bursts(found)["period"].to_list() == ["2026-W08"]  # all five began in this week


def test_a_trend_of_twenty_people_whom_five_outshout_has_their_spread():
    rows = [(-1, f"c{week}-{k}", week) for week in range(12) for k in range(40)]
    rows += [(0, f"loud{k}", week) for week in range(6, 12) for k in range(5)]
    rows += [(0, f"once{k}", k % 12) for k in range(24)]
    topic, customer, week = zip(*rows, strict=True)
    at = [NOON + timedelta(weeks=one) for one in week]
    assert trends(count_periods(said(list(topic), customer_id=list(customer), at=at), 1))["trend"].to_list() == [
        "steady"
    ]


def test_a_planted_trend_is_found_among_customers_who_speak_often():
    dice = np.random.default_rng(22)
    hits = 0
    for _ in range(30):
        rows = [
            (0 if dice.random() < 0.05 + 0.02 * week else -1, customer, week)
            for customer in range(100)
            for week in np.flatnonzero(dice.random(12) < 0.6).tolist()
        ]
        topic, customer, week = zip(*rows, strict=True)
        at = [NOON + timedelta(weeks=one) for one in week]
        hits += trends(count_periods(said(list(topic), customer_id=[f"c{one}" for one in customer], at=at), 1))[
            "trend"
        ].to_list() == ["rising"]
    assert hits >= 27


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(-1, 1), st.integers(0, 6), st.integers(0, 4)), min_size=1, max_size=40))
def test_first_words_and_spread_of_customers_are_those_of_adding_up_by_hand(rows: list[tuple[int, int, int]]):
    topic, customer, day = zip(*[*rows, (-1, 9, 0), (-1, 9, 4)], strict=True)
    at = [NOON + timedelta(days=one) for one in day]
    found = count_periods(said(list(topic), customer_id=[f"c{one}" for one in customer], at=at), 2)
    spoke = {(one, own) for one, own in zip(customer, day, strict=True)}
    for number in range(2):
        own = {(one, when) for told, one, when in rows if told == number}
        begins = {one: min(when for other, when in own if other == one) for one, _ in own}
        first = [sum(when == period for when in begins.values()) for period in range(5)]
        could = [sum(when == period and begins.get(one, 9) >= period for one, when in spoke) for period in range(5)]
        assert found.again is not None
        assert (found.again.first[number].tolist(), found.again.could[number].tolist()) == (first, could)
        assert found.again.speakers[number] == len(begins)
        of = np.array([sum(when == period for _, when in spoke) for period in range(5)])
        time, mean = np.arange(5) - (of * np.arange(5)).sum() / of.sum(), len(own) / of.sum()
        parts: dict[int, list[float]] = {}
        for one, when in spoke:
            parts.setdefault(one, []).append(time[when] * (((one, when) in own) - mean))
        alone = sum(part**2 for all_ in parts.values() for part in all_)
        by_customer = sum(sum(all_) ** 2 for all_ in parts.values())
        assert found.again.design[number] == pytest.approx(max(1.0, by_customer / alone) if alone > 1e-9 else 1.0)


def test_cells_of_one_to_four_customers_are_hidden_with_what_would_tell_them():
    own, of = [[3, 8, 9, 20], [10, 10, 10, 10], [0, 28, 0, 6]], [40, 40, 12, 30]
    found = shares(counts(own, of))
    assert found["customers"].to_list() == [None, 8, None, 20, None, 10, None, 10, 0, 28, 0, 6]
    hidden = found.filter(pl.col("customers").is_null())
    assert hidden.select("share", "low", "high").null_count().row(0) == (4, 4, 4)


def test_no_period_has_one_to_four_customers_and_is_told():
    dice = np.random.default_rng(31)
    for _ in range(50):
        of = dice.integers(0, 40, 6)
        found = shares(counts(dice.binomial(of, dice.uniform(0, 0.6, (4, 1))).tolist(), of.tolist()))
        told = found.drop_nulls("customers")
        rest = told["of"] - told["customers"]
        assert not told["customers"].is_between(1, 4).any()
        assert not rest.is_between(1, 4).any()
        assert not found["of"].is_between(1, 4).any()


def test_a_burst_in_a_hidden_period_keeps_its_number_to_itself():
    own, of = [[10, 10, 10, 60], [20, 20, 20, 20], [10, 10, 10, 22]], [100, 100, 100, 62]
    [row] = bursts(counts(own, of)).filter(pl.col("topic") == 0).rows(named=True)
    assert (row["customers"], row["times"] > 1.5) == (None, True)


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


def test_a_cost_that_fewer_than_five_customers_have_is_not_told():
    cost = [*([None] * 8), 7.0, 9.0, *([2.0] * 5), *([None] * 5)]
    found = rank_issues(said([0] * 10 + [1] * 10, kind=["chat"] * 20, cost=cost), 2, cost="minutes")
    assert found.select("topic", "customers", "cost").rows() == [(1, 10, 10.0), (0, 10, None)]
    assert found.filter(pl.col("topic") == 0).select("cost_low", "cost_high").row(0) == (None, None)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=5, max_size=12))
def test_costs_below_zero_have_the_t_interval_of_a_total(costs: list[int]):
    costs = [-1, *costs]
    found = rank_issues(
        said([0] * len(costs), kind=["call"] * len(costs), cost=[float(one) for one in costs]), 1, cost="x"
    )
    n, whole, squares = len(costs), sum(costs), sum(one * one for one in costs)
    oracle = total_interval(Clusters(n, n, whole, n, squares, whole, n))
    assert found.select("cost", "cost_low", "cost_high").row(0) == pytest.approx((whole, oracle.low, oracle.high))
