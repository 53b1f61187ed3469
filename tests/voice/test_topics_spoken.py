"""What was said is gathered once per answer, with the score that was given together with it."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.measures.view import View
from desireline.tables import ANSWERS, DEVIATIONS, JOURNEYS, STEPS, Trips
from desireline.voice.topics.spoken import SPOKEN, Texts, gather_spoken, with_scores
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
    found = with_scores(gather_spoken(view(STARS, WORDS)))
    assert found.select("feedback_id", "text", "score", "low", "high").rows() == [("f2", "Too slow", 0.25, 1.0, 5.0)]


def test_an_answer_that_stands_at_several_places_is_said_once():
    found = gather_spoken(view(WORDS, {**WORDS, "place": "all"}, {**WORDS, "place": "shop"}))
    assert found.select("feedback_id", "places").rows() == [("f2", ["all", "pay", "shop"])]


def test_scores_on_several_scales_of_one_response_are_a_mean_of_parts_without_a_scale():
    easy = {**STARS, "feedback_id": "f3", "score": 1.0, "low": 5.0, "high": 1.0}
    [row] = with_scores(gather_spoken(view(STARS, easy, WORDS))).rows(named=True)
    assert (row["score"], row["low"], row["high"]) == ((0.25 + 1.0) / 2, None, None)


def test_scales_with_one_common_end_are_several_scales():
    seven = {**STARS, "feedback_id": "f3", "score": 7.0, "high": 7.0}
    [row] = with_scores(gather_spoken(view(STARS, seven, WORDS))).rows(named=True)
    assert (row["score"], row["low"], row["high"]) == ((0.25 + 1.0) / 2, None, None)


def anonymous(number: int) -> list[dict[str, object]]:
    """Stars, ease and words of one row of a survey that names no customer."""
    nobody = {"customer_id": f"answer:r{number}", "response": f"r{number}", "place": "pay"}
    score = {"low": 1.0, "high": 5.0, "score": float(1 + number % 5)}
    ease = {"low": 7.0, "high": 1.0, "score": float(1 + number % 7)} if number % 3 == 0 else {}
    return [
        {"feedback_id": f"a{number:02}", **nobody, **score},
        {"feedback_id": f"b{number:02}", **nobody, **score, **ease},
        {"feedback_id": f"c{number:02}", **nobody, "kind": "survey", "text": f"Too slow {number}"},
    ]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=36, max_size=36))
def test_scores_of_anonymous_answers_are_found_however_answers_are_parted(bucket: list[int]):
    answers = [answer for number in range(12) for answer in anonymous(number)]
    whole = with_scores(gather_spoken(view(*answers)))
    asked = Topics(MAP)
    parts = [
        asked.partial(view({"feedback_id": None}, *(one for one, own in zip(answers, bucket, strict=True) if own == k)))
        for k in range(4)
    ]
    parted = with_scores(asked.combine([asked.combine(parts[2:]), *parts[:2]]))
    assert parted.sort("feedback_id").equals(whole.sort("feedback_id"))
    assert whole["score"].null_count() == 0
    assert whole.height == 12


def test_a_text_that_is_not_asked_for_leaves_no_row_and_customers_scores_without_texts_are_not_carried():
    silent = {**STARS, "response": "r2", "feedback_id": "f9"}
    assert gather_spoken(view(STARS, silent, WORDS))["feedback_id"].to_list() == ["f1", "f2"]
    assert with_scores(gather_spoken(view(STARS, WORDS), kinds=("ticket",))).is_empty()


@pytest.mark.parametrize("cost", ["nan", "inf", "-inf", "", "ten"])
def test_what_is_no_number_costs_nothing_known(cost: str):
    ticket = {**WORDS, "kind": "ticket", "properties": f'{{"minutes": "{cost}"}}'}
    assert gather_spoken(view(ticket), cost="minutes")["cost"].to_list() == [None]


def test_notes_of_staff_are_no_voice_of_customers_unless_they_are_asked_for():
    notes = [
        {"feedback_id": f"n{k:02}", "customer_id": f"answer:n{k:02}", "kind": "note", "text": f"She finds it slow {k}"}
        for k in range(80)
    ]
    spoken = {"properties": '{"role": "Interviewee"}', "text": "I find it slow", "feedback_id": "own"}
    bucket = view(*notes, {**notes[0], **spoken}, WORDS)
    unasked, asked = Topics(MAP), Topics(MAP, kinds=("note",))
    found, of_notes = (one.finish(one.combine([one.partial(bucket)])) for one in (unasked, asked))
    assert (found.answers, found.customers, found.staff, found.left_out) == (2, 2, 0, 80)
    assert (of_notes.answers, of_notes.staff, of_notes.left_out) == (81, 80, 0)
    assert "80 notes of staff or interviewers are left out" in found.note


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
