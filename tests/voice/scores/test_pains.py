"""Coded reasons ranked by respondents."""

from __future__ import annotations

import pytest
from statsmodels.stats.proportion import proportion_confint
from tests.voice.scores.told import said, told

from desireline.voice.scores.pains import Pains, PainsAnalysis, rank_pains

CODED = {"rule": "mean", "scale": (None, None)}


def coded(reason: str, people: range, question: str = "Problem", **more) -> list[dict]:
    named = f"{question}: {reason}"
    return [
        {"customer": f"c{k}", "question": named, "score": None, "weight": 1.0 + k % 2, **CODED, **more} for k in people
    ]


def sheet(people: int) -> list[dict]:
    return [{"customer": f"c{k}", "score": 4, "question": "Happy?", "weight": 1.0 + k % 2} for k in range(people)]


def pains(rows, codes=None) -> Pains:
    analysis = PainsAnalysis(codes or {})
    return analysis.finish(analysis.combine([told(rows)]))


def told_of(found: Pains) -> list[tuple]:
    return found.rows.select("place", "question", "rank", "reason", "n", "asked").rows()


def test_reasons_are_ranked_by_respondents_among_all_who_were_asked():
    found = pains(sheet(100) + coded("signs", range(20)) + coded("queue", range(10, 45)) + coded("noise", range(3)))
    assert told_of(found) == [("pay", "Problem", 1, "queue", 35, 100), ("pay", "Problem", 2, "signs", 20, 100)]
    first = found.rows.to_dicts()[0]
    assert (first["low"], first["high"]) == pytest.approx(proportion_confint(35, 100, method="wilson"))
    assert first["of_named"] == pytest.approx(35 / 45)
    assert found.kept_back == 1


def test_a_customer_of_two_surveys_does_not_make_them_one():
    both = [
        {"customer": f"c{k}", "response": f"second {k}"} for k in range(99, 109)
    ]  # only c99 answered the first, too
    second = [{"score": 4, "question": "Easy?"} | one for one in both]
    second += [coded("queue", range(1), "Trouble")[0] | one for one in both]
    found = pains(sheet(100) + coded("signs", range(20)) + second)
    assert told_of(found) == [("pay", "Problem", 1, "signs", 20, 100), ("pay", "Trouble", 1, "queue", 10, 10)]


def test_a_respondent_counts_once_however_often_he_says_it():
    found = pains(sheet(30) + coded("signs", range(8)) * 3)
    assert told_of(found) == [("pay", "Problem", 1, "signs", 8, 30)]


def test_weights_of_respondents_make_the_weighted_share():
    found = pains(sheet(20) + coded("signs", range(0, 20, 2)))
    assert found.rows["weighted_share"].to_list() == pytest.approx([10 / 30])
    even = [row | {"weight": 1.0} for row in sheet(20) + coded("signs", range(10))]
    assert pains(even).rows["weighted_share"].to_list() == [None]


def test_a_code_book_gives_words_joins_codes_and_leaves_some_out():
    rows = (
        sheet(40) + coded("3", range(5)) + coded("7", range(4, 10)) + coded("0", range(30)) + coded("99", range(20, 26))
    )
    found = pains(rows, {"Problem": {"1-8": "signs", "0": None}})
    assert [(row[3], row[4]) for row in told_of(found)] == [("signs", 10), ("code 99", 6)]


def test_scored_questions_and_comments_are_no_reasons():
    rows = sheet(10) + [row | {"worded": True} for row in coded("words", range(9))]
    rows += said([5, 4, 3] * 4, "csat", question="Q7: food") + said([None] * 9, "csat", question="Q7: food", who="n")
    assert pains(rows).rows.height == 0
    assert pains(said([None] * 9, "mean", scale=(None, None), question="No colon")).rows.height == 0


def test_ties_stand_in_the_order_of_names_and_nothing_is_nothing():
    found = pains(sheet(30) + coded("b", range(6)) + coded("a", range(6, 12)))
    assert [row[3] for row in told_of(found)] == ["a", "b"]
    assert rank_pains(told([])).rows.height == 0
    assert pains(coded("a", range(1))).kept_back == 1


def test_places_come_in_the_order_of_the_map():
    found = pains(
        sheet(30) + coded("a", range(6), place="x") + coded("b", range(7), place="y") + coded("c", range(6), place="y")
    )
    assert [row[0] for row in told_of(found.at(["y", "x"]))] == ["y", "y", "x"]
    assert [row[3] for row in told_of(found.at(["y", "x"], limit=1))] == ["b", "a"]
    assert [row[3] for row in told_of(found.at(["y", "x"], ["x"]))] == ["a"]
