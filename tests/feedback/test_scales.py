from __future__ import annotations

import polars as pl
import pytest

from desireline.errors import AmbiguousInput
from desireline.feedback.scales import check_scale, read_scores
from desireline.recipes.records import AnswerSpec


def scores(answers: list[str | None], **fields) -> list[tuple[float | None, bool]]:
    """Each answer's score, and whether it should have had one and has not."""
    found, bad = read_scores(pl.Series(answers, dtype=pl.String), AnswerSpec(question="q", answer="a", **fields))
    return list(zip(found, bad, strict=True))


def test_numbers_on_the_scale_are_scores_and_others_are_bad():
    assert scores(["1", " 5.0 ", "0", "5.1", "x", None], low=1, high=5) == [
        (1.0, False),
        (5.0, False),
        (None, True),
        (None, True),
        (None, True),
        (None, False),
    ]
    assert scores(["1", "5", "6"], low=5, high=1, rule="ces") == [(1.0, False), (5.0, False), (None, True)]
    assert scores(["10", "11"], rule="nps") == [(10.0, False), (None, True)]


def test_codes_for_no_answer_have_no_score_and_are_not_bad_even_on_the_scale():
    assert scores(["6", "BLANK", "5"], low=1, high=6, not_answers=["6", "Blank"]) == [
        (None, False),
        (None, False),
        (5.0, False),
    ]


def test_words_give_their_score_without_regard_to_case():
    words = {"Very good": 5, "bad": 1}
    assert scores(["very GOOD", "bad", "4", "so-so"], low=1, high=5, words=words) == [
        (5.0, False),
        (1.0, False),
        (4.0, False),
        (None, True),
    ]


def test_without_a_declared_scale_any_text_is_an_answer():
    assert scores(["1234", "blue"]) == [(1234.0, False), (None, False)]
    assert scores(["blue"], rule="mean") == [(None, True)]
    assert scores([]) == []


@pytest.mark.parametrize("n", [1, 19])
def test_a_few_answers_are_no_proof_of_two_scales(n):
    check_scale(pl.Series(["a"] * 20 + ["b"] * n), pl.Series([5.0] * 20 + [10.0] * n))


def test_two_scales_need_two_questions_that_run_to_different_ends():
    check_scale(pl.Series(["a"] * 40), pl.Series([5.0] * 20 + [10.0] * 20))
    check_scale(pl.Series(["a"] * 20 + ["b"] * 20), pl.Series([5.0] * 20 + [300.0] * 20))
    check_scale(pl.Series([], dtype=pl.String), pl.Series([], dtype=pl.Float64))
    with pytest.raises(AmbiguousInput, match="“a” end at 5, those to “b” at 10"):
        check_scale(pl.Series(["a"] * 20 + ["b"] * 20), pl.Series([5.0] * 20 + [10.0] * 20))
