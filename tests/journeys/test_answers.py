"""Answers stand at the place that they speak about and with the journey in which they were given."""

import polars as pl

from desireline.journeys.walk import walk
from desireline.tables import ANSWERS, CUSTOMERS, FEEDBACK

from .rows import events, feedback, instant, sketch

LOG = """
    customer  at       event  case
    ana       1T09:00  see    o1
    ana       1T09:30  pay    o1
    ana       5T09:00  see    o2
    ben       2T09:00  see    -
    ben       2T10:00  pay    -
"""


def bound(text: str, *, by: str = "case", **more) -> list[tuple[str | None, ...]]:
    """(journey, place, how) of each answer, in order of id."""
    outline = sketch("see pay", journey={"by": by}, **more)
    found = walk(events(LOG), feedback(text), CUSTOMERS.empty(), outline, data_end=instant("9T00:00"))
    return found.trips.answers.select("journey_id", "place", "bound").rows()


def test_an_answer_belongs_to_its_case_and_the_last_touchpoint_met_by_then():
    assert bound("customer at case kind\n ana 1T09:10 o1 survey\n ana 1T09:30 o1 survey\n ana 8T09:00 o2 survey") == [
        ("ana#o1", "see", "case"),
        ("ana#o1", "pay", "case"),
        ("ana#o2", "see", "case"),
    ]


def test_without_a_case_the_latest_journey_that_had_begun_counts():
    assert bound("customer at case\n ana 1T08:00 -\n ana 3T00:00 -\n ana 6T00:00 o9\n ben 2T09:30 -") == [
        (None, "m", None),
        ("ana#o1", "pay", "time"),
        ("ana#o2", "see", "time"),
        ("ben#", "see", "time"),
    ]


def test_a_case_is_found_in_other_cuts_too():
    assert bound("customer at case\n ana 1T09:10 o1", by="life") == [("ana~1", "see", "case")]


def test_an_answer_without_an_instant_belongs_to_an_only_journey():
    assert bound("customer at case\n ana - -\n ben - -\n ana - o1") == [
        (None, "m", None),
        ("ben#", "pay", "time"),
        ("ana#o1", "pay", "case"),
    ]


def test_an_answer_stands_once_at_each_level_that_claims_it():
    points = {"pay": {"feedback": {"question": "pay?"}}}
    stages = [{"id": "s", "feedback": {"kind": "survey"}}]
    head = {"feedback": {"channel": "phone"}}
    text = """
        customer  at       case  kind    question  channel
        ana       1T09:10  o1    survey  pay?      phone
        ana       1T09:10  o1    survey  all?      phone
        ana       1T09:10  o1    call    all?      phone
        ana       1T09:10  o1    call    all?      web
    """
    assert bound(text, points=points, stages=stages, head=head) == [
        *[("ana#o1", place, "rule") for place in ("pay", "s", "m")],
        *[("ana#o1", place, "rule") for place in ("s", "m")],
        ("ana#o1", "m", "rule"),
        ("ana#o1", "see", "case"),
    ]


def test_an_anonymous_voice_has_no_journey_and_speaks_about_what_a_rule_says_or_the_map():
    points = {"pay": {"feedback": {"question": "pay?"}}}
    outline = sketch("see pay", points=points)
    said = feedback("customer at question\n - 1T09:10 pay?\n - 1T09:10 all?\n - - all?")
    found = walk(events(LOG), said, CUSTOMERS.empty(), outline, data_end=instant("9T00:00")).trips.answers
    one, two, three = (f"answer:{response}" for response in found["response"])
    assert found.select("customer_id", "journey_id", "place", "bound").rows() == [
        (one, None, "pay", "rule"),
        (two, None, "m", None),
        (three, None, "m", None),
    ]
    assert len({one, two, three}) == 3


def people(given: pl.DataFrame) -> list[str]:
    found = walk(events(LOG), given, CUSTOMERS.empty(), sketch("see pay"), data_end=instant("9T00:00"))
    return found.trips.answers.sort("feedback_id")["customer_id"].to_list()


def test_what_one_anonymous_voice_answers_in_a_row_is_of_one_customer():
    sheet = feedback("customer at row question score\n - 1T09:10 1 q1 4\n - 1T09:10 1 q2 5\n - 1T09:10 2 q1 4")
    first, same, other = people(sheet)
    assert first == same != other
    assert people(sheet.reverse()) == [first, same, other]


def test_what_became_of_a_single_answer_does_not_part_it_from_its_row():
    sheet = feedback("customer at row question\n - 1T09:10 1 q1\n - 1T09:10 1 q2\n - 1T09:10 1 q3\n - 1T09:10 1 q4")
    told = [
        '{"Z":"1","plan":"a"}',
        r'{"Z":"1","_bad_score":"a \"7\", {b}","plan":"a"}',
        '{"Z":"1","_text_cut":"9","_unreadable_text":"?","plan":"a"}',
        '{"Z":"1","plan":"b"}',
    ]
    first, bad, cut, other = people(sheet.with_columns(properties=pl.Series(told)))
    assert first == bad == cut != other
    alone = people(sheet[:2].with_columns(properties=pl.Series(["{}", '{"_bad_score":"7"}'])))
    assert alone[0] == alone[1]


def test_an_answer_is_bound_by_what_its_text_is_about():
    said = feedback("customer at case\n - 1T09:10 -\n ana 1T09:10 o1").with_columns(topic=pl.Series(["late", None]))
    late = sketch("see pay", journey={"by": "case"}, points={"pay": {"feedback": {"topic": "late"}}})
    found = walk(events(LOG), said, CUSTOMERS.empty(), late, data_end=instant("9T00:00"))
    assert found.trips.answers.select("place", "bound").rows() == [("pay", "topic"), ("see", "case")]


def test_answers_keep_what_was_said():
    said = feedback("customer at kind question score text channel\n ana 1T09:10 survey q1 4 fine Web")
    outline = sketch("see pay", channels=[{"id": "online", "names": ["web"]}])
    row = walk(events(LOG), said, CUSTOMERS.empty(), outline, data_end=instant("9T00:00")).trips.answers
    assert row.select("kind", "question", "score", "weight", "text", "channel").rows() == [
        ("survey", "q1", 4.0, 1.0, "fine", "online")
    ]


def test_no_answers_keep_the_shape():
    found = walk(events(LOG), FEEDBACK.empty(), CUSTOMERS.empty(), sketch("see"), data_end=instant("9T00:00"))
    assert found.trips.answers.equals(ANSWERS.empty())
    assert found.trips.answers.schema == pl.Schema(ANSWERS.columns)
