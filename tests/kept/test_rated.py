"""Rated comments: a text and the score of the same row, wherever the lake put them."""

from __future__ import annotations

import polars as pl

from desireline.kept.rated import rated_comments
from desireline.tables import FEEDBACK


class Lake:
    def __init__(self, *buckets: list[dict]) -> None:
        self.held = buckets
        self.buckets = len(buckets)

    def feedback(self, bucket: int) -> pl.DataFrame:
        return FEEDBACK.shape(pl.DataFrame(self.held[bucket], schema=dict(FEEDBACK.columns), orient="row"))


def row(number: int, **more) -> dict:
    return {"source": "survey", "row": number, "kind": "survey", "low": 1.0, "high": 5.0} | more


def test_text_and_score_of_one_anonymous_row_are_found_in_two_buckets():
    lake = Lake([row(1, text="fine"), row(2, score=1.0)], [row(1, score=5.0), row(2, text="bad")])
    assert rated_comments(lake).sort("text").rows() == [("bad", -2.0), ("fine", 2.0)]


def test_several_scores_of_a_row_count_by_their_mean_and_no_score_is_no_rating():
    lake = Lake([row(1, text="so so", score=5.0), row(1, score=1.0), row(2, text="alone")])
    assert rated_comments(lake).rows() == [("so so", 0.0)]


def test_what_became_of_one_answer_does_not_part_it_from_its_row():
    lake = Lake(
        [
            row(1, text="fine", properties='{"_text_cut":"250000","plan":"a"}'),
            row(1, score=5.0, properties='{"plan":"a"}'),
        ]
    )
    assert rated_comments(lake).rows() == [("fine", 2.0)]


def test_what_staff_noted_is_no_customer_s_comment():
    assert rated_comments(Lake([row(1, text="he was angry", score=1.0, kind="note")])).is_empty()


def test_an_empty_lake_has_none():
    assert rated_comments(Lake()).is_empty()
