"""Transcripts: who said what, and only the customer's words are a voice."""

from __future__ import annotations

import json
from itertools import pairwise
from textwrap import dedent

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.feedback.clean import clean_feedback
from desireline.feedback.transcripts import parse_turns, read_transcripts
from desireline.recipes.records import Transcript
from recipes.given import cells, fates, recipe, rows


def said(text: str, like: Transcript | None = None) -> list[tuple[str, str, float | None]]:
    return [(turn.who, turn.says, turn.at_s) for turn in parse_turns(dedent(text).strip(), like)]


def read(*texts: str | None, like: Transcript | None = None) -> list[dict[str, object]]:
    plain = [None if text is None else dedent(text).strip() for text in texts]
    return read_transcripts(pl.Series("text", plain, dtype=pl.String), like or Transcript()).to_dicts()


def test_lines_that_begin_with_a_speaker_are_turns_and_others_go_on():
    turns = said("""
        Chat started
        Agent: Hello, how can I help?
        Customer: My parcel
        is lost.
        Customer: Order number: 7
        Agent: I am looking.
    """)
    assert turns == [
        ("Agent", "Hello, how can I help?", None),
        ("Customer", "My parcel\nis lost.\nOrder number: 7", None),
        ("Agent", "I am looking.", None),
    ]


def test_a_line_of_a_form_is_no_speaker():
    turns = said("""
        Customer: It broke.
        Order: 7
        Shop: Ulm
        Agent: Sorry.
    """)
    assert turns == [("Customer", "It broke.\nOrder: 7\nShop: Ulm", None), ("Agent", "Sorry.", None)]


@pytest.mark.parametrize(
    ("first", "second", "wait"),
    [
        ("[00:12]", "[01:30]", 78.0),
        ("00:00:12", "00:01:30", 78.0),
        ("(10:02:11 AM)", "(10:03:29 AM)", 78.0),
        ("(11:59:00 PM)", "(12:00:18 AM)", 78.0),
        ("[2026-03-01 10:02:11]", "[2026-03-01T10:03:29]", 78.0),
        ("[10:02]", "[10:07]", None),  # minutes past ten, or into the call: nobody knows
    ],
)
def test_a_wait_is_the_time_from_the_customers_words_to_the_answer(first: str, second: str, wait: float | None):
    found = read(f"{first} Customer: Hello?\n{second} Agent: Hello.")
    assert [(row["text"], row["first_wait_s"], row["waits_s"]) for row in found] == [("Hello?", wait, wait)]


def test_a_wait_begins_with_the_first_words_that_have_no_answer_yet():
    found = read("""
        [00:00] Customer: Hello?
        [00:20] Customer: Anybody?
        [00:50] Agent: Yes.
        [00:55] Customer: My parcel is lost.
        [01:00] Agent: I am looking.
        [09:00] Agent: Found it.
    """)
    assert found == [
        {
            "text": "Hello?\nAnybody?\nMy parcel is lost.",
            "told": True,
            "turns": 4,
            "customer_turns": 2,
            "agent_turns": 2,
            "first_wait_s": 50.0,
            "longest_wait_s": 50.0,
            "waits_s": 55.0,
        }
    ]


VTT = """
    WEBVTT

    1
    00:00:01.000 --> 00:00:04.000
    <v Agent Tom>Hello.</v>

    00:00:05.500 --> 00:00:09.000
    <v Customer>My card
    was charged twice.</v>

    00:00:12.500 --> 00:00:14.000
    <v Agent Tom>Oh.</v>
"""
SRT = """
    1
    00:00:01,000 --> 00:00:04,000
    Agent Tom: Hello.

    2
    00:00:05,500 --> 00:00:09,000
    Customer: My card
    was charged twice.

    3
    00:00:12,500 --> 00:00:14,000
    Agent Tom: Oh.
"""
LIST = json.dumps(
    [
        {"speaker": "Agent Tom", "text": "Hello.", "at": 1},
        {"speaker": "Customer", "text": "My card\nwas charged twice.", "at": 5.5},
        {"speaker": "Agent Tom", "text": "Oh.", "at": 12.5},
    ]
)
NESTED = json.dumps(
    {
        "messages": [
            {"author": {"role": "Agent Tom"}, "body": "Hello.", "timestamp": "2026-03-01T10:00:01Z"},
            {
                "author": {"role": "Customer"},
                "body": "My card\nwas charged twice.",
                "timestamp": "2026-03-01T10:00:05.500Z",
            },
            {"author": {"role": "Agent Tom"}, "body": "Oh.", "timestamp": "2026-03-01T10:00:12.5Z"},
        ]
    }
)


@pytest.mark.parametrize("text", [VTT, SRT, LIST, NESTED], ids=["vtt", "srt", "list", "nested"])
def test_captions_and_lists_say_the_same_as_lines(text: str):
    found = read(text)
    assert found[0]["text"] == "My card\nwas charged twice."
    assert (found[0]["turns"], found[0]["agent_turns"], found[0]["first_wait_s"]) == (3, 2, 7.0)


def test_the_recipe_may_name_the_customer_or_the_staff():
    text = """
        Ana: My parcel is lost.
        Tom (Shop): Sorry.
        Ana: Thanks.
    """
    assert [row["text"] for row in read(text, like=Transcript(customer=["ana"]))] == ["My parcel is lost.\nThanks."]
    assert [row["text"] for row in read(text, like=Transcript(staff=["*(Shop)"]))] == ["My parcel is lost.\nThanks."]


@pytest.mark.parametrize(
    "staff",
    [
        *(
            "Customer Support",
            "Customer Service",
            "customer_care",
            "CustomerCare",
            "Client Relations Team",
            "Guest Desk",
        ),
        *(
            "Kundenservice",
            "Kundin-Support",
            "User Help",
            "Member Services",
            "Patient Care",
            "Contact Center Agent Bob",
        ),
    ],
)
def test_who_serves_customers_is_none(staff: str):
    hello = f"{staff}: Hello, this is Bob, how can I help?"
    assert [row["text"] for row in read(f"{hello}\nAna: I want my money back.")] == ["I want my money back."]
    assert [row["text"] for row in read(f"{hello}\nCustomer: I want my money back.")] == ["I want my money back."]
    assert [row["told"] for row in read(hello)] == [False]


def test_names_that_the_recipe_gives_decide_before_the_usual_ones():
    text = "Customer Service: My parcel is lost.\nAgent: Sorry to hear."
    assert [row["text"] for row in read(text)] == [None]
    for like in (Transcript(customer=["customer service"]), Transcript(staff=["agent"])):
        assert [row["text"] for row in read(text, like=like)] == ["My parcel is lost."]


def test_a_name_that_only_sounds_like_staff_is_a_customer():
    found = read("Agent: Hello there.\nCarey Teamann: My card is lost.")
    assert [row["text"] for row in found] == ["My card is lost."]


@pytest.mark.parametrize(
    ("label", "agents"),
    [
        ("Senior Escalation Team Lead Bob", 2),
        ("Director of Customer Relations and Service Excellence Bob Jones", 2),
        ("Bob, Team Lead", 2),
        ("Bob From The Big House", 2),
        ("SENIOR ESCALATION TEAM LEAD BOB", 2),
        ("[10:02:11] Senior Escalation Team Lead Bob", 2),
    ],
)
def test_a_long_label_ends_the_customers_turn(label: str, agents: int):
    found = read(f"Agent: Hello there.\nCustomer: I want my money.\n{label}: We do not care.\nNot at all.")
    assert [(row["text"], row["agent_turns"]) for row in found] == [("I want my money.", agents)]


def test_a_long_label_tells_who_is_staff():
    text = "Ana: I want my money.\n{}: We do not care.\nAna: Really?"
    assert [row["text"] for row in read(text.format("Senior Escalation Team Lead Bob"))] == [
        "I want my money.\nReally?"
    ]
    assert [row["told"] for row in read(text.format("Bob From The Big House"))] == [False]
    named = Transcript(staff=["bob*"])
    assert [row["text"] for row in read(text.format("Bob From The Big House"), like=named)] == [
        "I want my money.\nReally?"
    ]


def test_a_cue_of_somebody_with_a_long_label_is_not_the_customers():
    text = """
        1
        00:00:01,000 --> 00:00:04,000
        Customer: My card was charged twice.

        2
        00:00:05,500 --> 00:00:09,000
        Bob From The Big House: We do not care.
    """
    assert [row["text"] for row in read(text)] == ["My card was charged twice."]


@pytest.mark.parametrize(
    "line",
    [
        "My problem is the following: it broke.",
        "What I told your support team twice: it broke.",
        "I AM TELLING YOU ONCE AGAIN: IT BROKE.",
        "Dear Acme Customer Service Team: it broke.",
        "Service: DSL",
        "Mein Problem mit der Lieferung von gestern ist: sie fehlt.",
        "See https://example.com/Help/Team/Service/Desk",
    ],
)
def test_a_customers_own_sentence_with_a_colon_stays_his(line: str):
    found = read(f"Agent: Hello there.\nCustomer: Listen.\n{line}\nPlease help.")
    assert [row["text"] for row in found] == [f"Listen.\n{line}\nPlease help."]


@pytest.mark.parametrize(
    "text",
    [
        "Ana: Hello.\nBen: Hello.\nAna: So.\nBen: So.",  # names alone do not say who serves whom
        "My parcel is lost and nobody answers",
        "[]",
        '[{"speaker": "Agent"',
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nNobody said who spoke",
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + "<v Ana never closed " * 2_000,
        ":",
    ],
    ids=["names", "plain", "empty list", "broken list", "nameless", "unclosed", "colon"],
)
def test_speakers_that_cannot_be_told_apart_give_no_words_to_the_customer(text: str):
    assert [(row["text"], row["told"]) for row in read(text)] == [(None, False)]


def test_no_text_is_no_transcript_and_a_monologue_of_staff_is_no_voice():
    assert [(row["text"], row["told"]) for row in read(None)] == [(None, True)]
    assert read() == []
    only_staff = read("Agent: Hello?\nAgent: Bye.")
    assert [(row["text"], row["told"]) for row in only_staff] == [(None, False)]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str):
    turns = parse_turns(text)
    assert all(turn.who.strip() for turn in turns)
    assert all(before.who != after.who for before, after in pairwise(turns))


CALLS = """
    times: {form: iso, zone: UTC}
    sources: {calls: {file: calls.csv}}
    tables:
      calls:
        into: feedback
        source: calls
        customer: who
        at: at
        kind: call
        properties: [line]
        answers: [{question: {text: Call}, text: words, transcript: {customer: [Caller]}}]
"""


def test_a_call_keeps_the_callers_words_and_counts_the_turns():
    frame = rows("""
        who | at         | line | words
        ana | 2026-03-01 | 1    | [00:01] Staff: Hello. [00:02]
        ben | 2026-03-02 | 2    | what a day
        eva | 2026-03-03 | 3    |
    """).with_columns(
        pl.when(pl.col("who") == "ana")
        .then(pl.lit("[00:01] Staff: Hello.\n[00:03] Caller: <b>No</b> answer!\n[00:09] Staff: Sorry."))
        .otherwise(pl.col("words"))
        .alias("words")
    )
    text = recipe(CALLS)
    made = clean_feedback(frame, text.tables["calls"], text, name="calls", file="calls.csv")
    fates(frame, made.records, made.refused)
    assert cells(made.records, "customer_id", "text", "properties") == [
        (
            "ana",
            "No answer!",
            '{"agent_turns":"2","customer_turns":"1","first_wait_s":"6","line":"1","longest_wait_s":"6","turns":"3","waits_s":"6"}',
        )
    ]
    assert cells(made.refused, "row", "reason") == [(2, "no_speaker"), (3, "no_answer")]
