"""What was said is gathered once per answer, with the score that was given together with it."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.measures.view import View
from desireline.tables import ANSWERS, DEVIATIONS, JOURNEYS, STEPS, Trips
from desireline.voice.topics.spoken import SPOKEN, Texts, gather_spoken
from desireline.voice.topics.topics import Topics
from voice.talk import a_map, shape

MAP = a_map({"id": "pay", "title": "Pays"})


def view(*answers: dict[str, object]) -> View:
    """A bucket with these answers and nothing else."""
    rows = ANSWERS.shape(pl.DataFrame(answers, schema_overrides={"text": pl.String}, infer_schema_length=None))
    people = pl.DataFrame(schema={"customer_id": pl.String, "persona": pl.String, "properties": pl.String})
    return View(Trips(JOURNEYS.empty(), STEPS.empty(), rows, DEVIATIONS.empty(), people), MAP)


STARS = {
    "feedback_id": "f1",
    "customer_id": "ana",
    "response": "r1",
    "score": 2.0,
    "low": 1.0,
    "high": 5.0,
    "place": "pay",
}
WORDS = {
    "feedback_id": "f2",
    "customer_id": "ana",
    "response": "r1",
    "text": "Too slow",
    "kind": "survey",
    "place": "pay",
}


def test_a_text_has_the_score_that_was_given_with_it():
    found = gather_spoken(view(STARS, WORDS))
    assert found.select("feedback_id", "text", "score", "low", "high").rows() == [("f2", "Too slow", 0.25, 1.0, 5.0)]


def test_an_answer_that_stands_at_several_places_is_said_once():
    found = gather_spoken(view(WORDS, {**WORDS, "place": "all"}, {**WORDS, "place": "shop"}))
    assert found.select("feedback_id", "places").rows() == [("f2", ["all", "pay", "shop"])]


def test_scores_on_several_scales_of_one_response_are_a_mean_of_parts_without_a_scale():
    easy = {**STARS, "feedback_id": "f3", "score": 1.0, "low": 5.0, "high": 1.0}
    [row] = gather_spoken(view(STARS, easy, WORDS)).rows(named=True)
    assert (row["score"], row["low"], row["high"]) == ((0.25 + 1.0) / 2, None, None)


def test_only_one_place_and_some_kinds_when_asked_and_costs_as_numbers():
    costly = {**WORDS, "feedback_id": "f4", "place": "all", "kind": "ticket", "properties": '{"min utes": "12.5"}'}
    empty = {**WORDS, "feedback_id": "f5", "text": "  "}
    several = view(WORDS, costly, empty)
    assert gather_spoken(several)["feedback_id"].to_list() == ["f2", "f4"]
    assert gather_spoken(several, at=["pay"])["feedback_id"].to_list() == ["f2"]
    assert gather_spoken(several, kinds=("ticket",), cost="min utes")["cost"].to_list() == [12.5]
    assert gather_spoken(several, cost="gone")["cost"].to_list() == [None, None]


def test_a_stage_holds_what_is_said_at_its_touchpoints():
    for at, expected in (("pay", 1), ("all", 1), ("shop", 1), (None, 1), ("other", 0)):
        assert Topics(MAP, at=at).partial(view(WORDS)).height == expected


def test_no_answers_give_no_rows_of_the_same_shape():
    found = gather_spoken(view({"feedback_id": None}))
    assert (found.height, found.schema) == (0, SPOKEN.empty().schema)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=6), min_size=1, max_size=12))
def test_each_row_says_its_own_text(texts: list[str]):
    ids = [f"f{k}" for k in range(len(texts))]
    rows = shape(pl.DataFrame({"feedback_id": ids, "customer_id": ids, "text": texts}))
    found = Texts.of(rows)
    said = [found.texts[k] for k in found.said]
    assert said == rows["text"].str.strip_chars().to_list()
    assert len(set(found.texts)) == len(found.texts)
