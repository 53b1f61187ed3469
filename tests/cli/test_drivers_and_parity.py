"""The commands on drivers and parity, from the words that people type to what they read."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from cli.shop import Desk, Said

RECIPE = """
recipe: hotel
times: {form: iso, zone: UTC}
sources: {survey: {file: survey.csv}}
tables:
  survey:
    into: feedback
    source: survey
    customer: guest
    channel: channel
    answers:
      - {question: {text: Overall}, answer: overall, low: 1, high: 5, rule: csat}
      - {question: {text: Room}, answer: room, low: 1, high: 5, rule: csat, not_answers: ["0"]}
      - {question: {text: Food}, answer: food, low: 1, high: 5, rule: csat, not_answers: ["0"]}
"""
MAP = """
format: desireline/1
map: {id: hotel, title: A night, journey: {by: life, patience: 0d}, feedback: {question: Overall}}
channels: [{id: web, title: Web}, {id: desk, title: Front desk}]
stages: [{id: stay, title: The stay}]
touchpoints:
  - {id: room, stage: stay, title: The room, feedback: {question: Room}}
  - {id: food, stage: stay, title: Breakfast, feedback: {question: Food}}
"""
FACTS = "key,channel,value,as_of\nfee,web,free,2026-03-01\nfee,desk,€ 5,2026-01-01\n"


@pytest.fixture
def hotel(desk: Desk) -> Desk:
    """400 guests: overall is what the room was, breakfast by chance; at the desk rooms are worse."""
    lines = ["guest,channel,overall,room,food"]
    for k in range(400):
        channel = "web" if k % 2 else "desk"
        room = 5 if (k // 2) % 10 < (9 if channel == "web" else 5) else 2
        lines.append(f"g{k},{channel},{room if k % 5 else 3},{room},{(k * 7 + k // 9) % 6}")
    Path("survey.csv").write_text("\n".join(lines) + "\n")
    Path("hotel.recipe.yaml").write_text(RECIPE)
    Path("hotel.journey.yaml").write_text(MAP)
    Path("hotel.csv").write_text(FACTS)
    assert desk.say("init", "hotel").code == 0
    assert desk.say("import", "-w", "hotel", "-r", "hotel.recipe.yaml", "survey.csv").code == 0
    return desk


def drivers(desk: Desk, *words: str) -> Said:
    return desk.say("drivers", "hotel.journey.yaml", "-w", "hotel", *words)


def parity(desk: Desk, *words: str) -> Said:
    return desk.say("parity", "hotel.journey.yaml", "-w", "hotel", *words)


def test_drivers_begin_with_a_plain_sentence(hotel: Desk):
    said = drivers(hotel)
    assert said.code == 0
    assert said.out.startswith("2 questions together explain ")
    assert "“The room”" in said.out.splitlines()[0]
    assert "not significant" in said.out


def test_drivers_as_json_hold_the_evidence(hotel: Desk):
    data = drivers(hotel, "--json").data
    assert (data["map"], data["of"], data["n"], data["together"]) == ("hotel", "Overall", 400, "response")
    room, food = data["drivers"]
    assert (room["question"], room["significant"], food["significant"]) == ("Room", True, False)
    assert food["n"] < 400  # 0 is not applicable
    assert room["importance"]["low"] < room["importance"]["value"] <= room["importance"]["high"]


def test_drivers_are_drawn(hotel: Desk):
    assert drivers(hotel, "-o", "drivers.svg").code == 0
    assert ET.fromstring(Path("drivers.svg").read_text()).tag.endswith("svg")


def test_a_question_that_nobody_answered_is_a_wrong_word(hotel: Desk):
    said = drivers(hotel, "--of", "Overal")
    assert said.code == 2
    assert "Did you mean 'Overall'" in said.err


def test_without_a_question_about_the_whole_map_candidates_are_listed(desk: Desk):
    said = desk.say("drivers", "shop.journey.yaml", "-w", "shop")
    assert said.code == 2
    assert "--of: 'Stars'" in said.err


def test_parity_names_the_worse_channel(hotel: Desk):
    said = parity(hotel, "--at", "room")
    assert said.code == 0
    assert "“The room”: Front desk is 40.0 points worse than Web." in said.out


def test_parity_as_json_holds_verdicts_facts_and_margins(hotel: Desk):
    data = parity(hotel, "--facts", "hotel.csv", "--margin", "0.1", "--json").data
    room = next(one for one in data["found"] if one["place"] == "room")
    assert (room["verdict"], room["worse"], data["margin"]) == ("different", "Front desk", 0.1)
    assert room["compared"]["difference"]["value"] == pytest.approx(-0.4)
    assert [copy["verdict"] for copy in data["facts"][0]["copies"]] == ["stale", "same"]
    assert data["drawn_differently"] == []


def test_facts_are_told_copy_by_copy(hotel: Desk):
    said = parity(hotel, "--facts", "hotel.csv")
    assert "1 promised fact: 0 told alike everywhere, 1 not." in said.out
    assert "Front desk still says € 5" in said.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--measure", "csta"], "Did you mean 'csat'"),
        (["--at", "rom"], "Did you mean 'room'"),
        (["--by", "colour"], "Nothing to group by"),
        (["--facts", "none.csv"], "no such file"),
    ],
)
def test_what_cannot_be_asked_of_parity_is_said(hotel: Desk, words: list[str], says: str):
    said = parity(hotel, *words)
    assert said.code in (2, 3)
    assert says in said.err


def test_nothing_to_compare_is_no_fault(desk: Desk):
    said = desk.say("parity", "shop.journey.yaml", "-w", "shop", "-m", "kept")
    assert said.code == 0
    assert "nothing to compare" in said.out
