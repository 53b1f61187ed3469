from __future__ import annotations

import random
from datetime import datetime, timedelta
from math import comb, exp

import polars as pl
import pytest

from desireline.errors import AmbiguousInput
from desireline.feedback.scales import _log_chance, check_change, check_scale, read_scores
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


def days(n: int) -> pl.Series:
    return pl.datetime_range(datetime(2026, 1, 1), datetime(2026, 1, 1) + timedelta(days=n - 1), "1d", eager=True)


def told(values: list[float], order: list[int] | None = None) -> None:
    """Checks these answers to one question, one a day; `order` is that of the rows."""
    rows = order or list(range(len(values)))
    scores = pl.Series(values, dtype=pl.Float64)
    check_change(pl.Series(["q"] * len(values)), scores.gather(rows), days(len(values)).gather(rows))


SMALL, LARGE = [5.0, 4.0, 3.0, 5.0, 1.0] * 8, [9.0, 10.0, 3.0, 8.0, 5.0] * 8


def test_a_question_whose_scale_changed_on_a_day_is_told_with_the_day():
    with pytest.raises(AmbiguousInput, match=r"the 40 answers to “q” before 2026-02-10 end at 5 at most, .* at 10"):
        told(SMALL + LARGE)
    with pytest.raises(AmbiguousInput, match=r"the 41 answers to “q” after 2026-02-08 end at 5"):
        told(LARGE + SMALL)
    with pytest.raises(AmbiguousInput, match="the 40 answers"):
        told(SMALL + LARGE, order=list(range(79, -1, -1)))  # the days count, not the rows


@pytest.mark.parametrize(
    "values",
    [
        [],
        [5.0],
        SMALL,
        LARGE,
        SMALL[:19] + LARGE,  # too few to say
        [value for pair in zip(SMALL, LARGE, strict=True) for value in pair],  # both all the time: no change
        [*SMALL, *[5.0] * 40, 10.0],  # one large answer proves nothing
        SMALL + [value * 10 for value in LARGE],  # an amount, not a scale
    ],
    ids=["none", "one", "small", "large", "few", "mixed", "outlier", "amounts"],
)
def test_one_scale_or_too_little_is_left_alone(values: list[float]):
    told(values)


def test_answers_without_an_instant_do_not_count():
    undated = pl.Series([None] * 80, dtype=pl.Datetime("us"))
    check_change(pl.Series(["q"] * 80), pl.Series(SMALL + LARGE), undated)


def test_a_scale_that_never_changed_is_called_changed_less_than_once_in_a_million():
    """Few large answers, in random order: the chance of a gap of 20 small ones before the first, by counting."""
    for n, large, small in [(40, 1, 20), (60, 12, 30), (200, 5, 150)]:
        assert exp(_log_chance(n, large, small)) == pytest.approx(comb(n - small, large) / comb(n, large))
    dice = random.Random(4)
    for _ in range(300):
        values = [float(dice.choice([0, 3, 5, 5, 5, 7, 9])) for _ in range(dice.randrange(40, 120))]
        told(values)
