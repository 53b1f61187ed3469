"""What became of questions, and two scales in one column."""

from __future__ import annotations

import numpy as np
import pytest
from tests.voice.scores.told import said, told

from desireline.voice.scores.asked import asked, join_up
from desireline.voice.scores.mixtures import notice

WIDE = {"rule": "nps", "question": "Recommend?"}


def test_an_empty_question_was_skipped_when_another_on_the_sheet_was_answered():
    rows = said([5] * 10, question="A", who="c") + said([4, None, None, 3, 2, 4], question="B", who="c")
    rows[-1] |= {"score": None, "off_scale": True}
    assert asked(told(rows)).rows() == [("A", 10, 10, 0, 0, 0), ("B", 10, 3, 2, 1, 4)]


def test_questions_of_different_sheets_are_not_missed_in_each_other():
    rows = said([5] * 10, question="A", who="a") + said([5] * 7, question="B", who="b")
    assert [row[-1] for row in asked(told(rows)).rows()] == [0, 0]


def test_an_answer_at_three_levels_is_one_answer():
    rows = [
        row | {"id": f"f{k}", "place": place} for k, row in enumerate(said([5] * 6)) for place in ("pay", "buy", "shop")
    ]
    assert asked(told(rows)).rows() == [("How was it?", 6, 6, 0, 0, 0)]


def test_coded_reasons_and_small_questions_are_left_out():
    rows = said([None] * 8, "mean", question="Problem: signs", scale=(None, None)) + said([5] * 4, question="Rare")
    assert asked(told(rows)).height == 0


def test_names_are_joined_through_sets_that_overlap():
    assert join_up([["a", "b"], ["b", "c"], ["d"]], list("abcde")) == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "e"}


def heaps(*counts: int) -> list[dict]:
    return said([score for score, count in enumerate(counts) for _ in range(count)], **WIDE)


def test_a_mixture_of_two_scales_is_noticed():
    dice = np.random.default_rng(1)
    small = dice.choice([1, 2, 3, 4, 5], p=[0.05, 0.05, 0.1, 0.4, 0.4], size=60)
    large = dice.choice([6, 7, 8, 9, 10], p=[0.05, 0.15, 0.25, 0.25, 0.3], size=60)
    [note] = notice(told(said([*small, *large], **WIDE)))
    assert note.startswith("“Recommend?”: two scales in one column? Answers heap up at 4 and 5")


def test_a_channel_that_ends_at_five_is_noticed():
    rows = said([5, 4, 3, 5, 1] * 5, who="p", channel="phone", **WIDE) + said(
        [9, 10, 3, 8, 7] * 8, channel="web", **WIDE
    )
    assert notice(told(rows)) == [
        "“Recommend?”: two scales in one column? Answers from phone end at 5, others go to 10."
    ]


def test_a_whole_question_that_ends_at_five_is_noticed():
    rows = told(said([5, 4, 3, 5, 1] * 5, **WIDE))
    assert notice(rows) == ["“Recommend?”: no answer of 25 is above 5, on 0–10. Was it asked on 1–5?"]


@pytest.mark.parametrize(
    "counts",
    [
        (17, 6, 8, 19, 18, 144, 130, 291, 677, 564, 872),  # the airport survey of the examples
        (60, 5, 5, 5, 5, 30, 5, 10, 20, 30, 80),  # anger, indifference and delight
        (0, 0, 0, 0, 0, 5, 5, 20, 40, 40, 60),
        (5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5),
    ],
)
def test_true_answers_from_0_to_10_give_no_sign(counts):
    assert notice(told(heaps(*counts))) == []


def test_few_answers_and_other_scales_give_no_sign():
    assert notice(told(heaps(0, 0, 0, 0, 9, 0, 0, 0, 0, 9))) == []
    assert notice(told(said([5, 4] * 30, "csat"))) == []
    assert notice(told([])) == []
