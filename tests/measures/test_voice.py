"""What customers say, worked out by hand."""

import polars as pl
import pytest
from tests.measures.rows import SHOP, told, trips

from desireline.measures.runner import Plan

NOBODY = "customer journey minute touchpoint"


def readings(answers) -> pl.DataFrame:
    plan = Plan(SHOP)
    return plan.finish(plan.partial(trips(NOBODY, answers=answers)))


def said(rule, low, high, scores, **more) -> list[dict]:
    scale = {"rule": rule, "low": low, "high": high, "place": "pay"}
    return [{"customer": f"{rule}{i}", "score": float(score), **scale, **more} for i, score in enumerate(scores)]


def test_promoters_minus_detractors():
    assert told(readings(said("nps", 0.0, 10.0, [10, 9, 9, 8, 6])), "nps") == {"pay": 40.0}


def test_the_top_two_boxes_are_satisfied():
    assert told(readings(said("csat", 1.0, 5.0, [5, 4, 3, 2, 4])), "csat") == {"pay": 0.6}


def test_a_yes_or_no_scale_has_one_top_box():
    assert told(readings(said("csat", 0.0, 1.0, [1, 0, 0, 0, 1])), "csat") == {"pay": 0.4}


def test_a_scale_whose_best_end_is_the_smaller_is_turned():
    found = readings(said("ces", 5.0, 1.0, [1, 1, 1, 1, 1, 2, 2, 2, 2, 2]))
    assert told(found, "ces") == {"pay": 4.5}
    assert told(found, "score") == {"pay": 1.5}
    assert told(found, "feeling") == {"pay": 1.5}
    units = dict(found.filter(pl.col("measure").is_in(["ces", "score"])).select("measure", "unit").iter_rows())
    assert units == {"ces": "score:1–5", "score": "score:5–1"}


def test_scores_on_two_scales_are_not_mixed():
    answers = said("mean", 1.0, 5.0, [4] * 12) + said("nps", 0.0, 10.0, [9] * 10)
    row = readings(answers).row(by_predicate=(pl.col("measure") == "score") & (pl.col("at") == "pay"), named=True)
    assert (row["value"], row["unit"], row["n"]) == (4.0, "score:1–5", 12)
    assert row["note"] == "the scale with most customers; 1 more left out"


def test_feelings_on_two_scales_are_mixed():
    answers = said("mean", 1.0, 5.0, [5] * 6) + said("nps", 0.0, 10.0, [0] * 6)
    assert told(readings(answers), "feeling") == {"pay": 0.0}


def test_an_answer_counts_at_its_own_place_only():
    answers = said("mean", 1.0, 5.0, [5] * 6)
    counted = told(readings(answers), "answers")
    assert {place: number for place, number in counted.items() if number} == {"pay": 6.0}


def test_answers_without_a_score_count_as_answers_only():
    answers = [{"customer": f"c{i}", "place": "pay", "score": None} for i in range(6)]
    found = readings(answers)
    assert told(found, "answers")["pay"] == 6.0
    assert told(found, "score") == {}


def test_weights_decide_the_weighted_score():
    answers = said("csat", 1.0, 5.0, [5, 5, 5, 1, 1, 1], weight=1.0)
    for answer in answers[:3]:
        answer["weight"] = 3.0
    found = readings(answers)
    assert told(found, "csat") == {"pay": 0.5}
    assert told(found, "csat_weighted") == {"pay": 0.75}
    note = found.filter(pl.col("measure") == "csat_weighted")["note"][0]
    assert note == f"weighted; effective n {12**2 / (3 * 9 + 3):.0f}"


def test_equal_weights_say_nothing_twice():
    found = readings(said("csat", 1.0, 5.0, [5, 5, 5, 1, 1, 1]))
    assert told(found, "csat_weighted") == {}


def test_weights_with_mean_one_are_weights_all_the_same():
    answers = said("nps", 0.0, 10.0, [10, 10, 10, 0, 0, 0])
    for answer, weight in zip(answers, [1.5, 1.5, 1.5, 0.5, 0.5, 0.5], strict=True):
        answer["weight"] = weight
    assert told(readings(answers), "nps_weighted") == {"pay": pytest.approx(50.0)}


def test_an_anonymous_answer_is_a_customer_of_its_own():
    answers = [{"customer": None, "place": "pay", "score": 4.0, "low": 1.0, "high": 5.0, "rule": "csat"}] * 7
    row = readings(answers).row(by_predicate=pl.col("measure") == "csat", named=True)
    assert (row["value"], row["n"]) == (1.0, 7)
