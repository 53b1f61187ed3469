"""desireline feedback …: scores, comparisons, trends, responders and coded reasons, on a survey in sight."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.shop import Desk

RECIPE = """
recipe: survey
times: {form: iso, zone: UTC}
sources: {survey: {file: "survey*.csv"}}
tables:
  survey:
    into: feedback
    source: survey
    customer: who
    at: on
    channel: by
    weight: weight
    answers:
      - {question: {text: Recommend}, answer: nps, rule: nps}
      - {question: {text: Paying}, answer: paying, low: 1, high: 5, rule: csat, not_answers: ["6"]}
      - {question: {text: "Problem: queue"}, answer: {text: queue}, where: {property: {problem: "1"}}}
      - {question: {text: "Problem: 2"}, answer: {text: code 2}, where: {property: {problem: "2"}}}
  people: {into: customers, source: survey, customer: who, properties: {region: region}}
"""
MAP = """
format: desireline/1
map: {id: shop, title: Buying soap, journey: {by: life, patience: 1d}, feedback: {question: Recommend}}
channels: [{id: web, title: Web}, {id: desk, title: Desk}]
stages: [{id: buy, title: Buy}]
touchpoints:
  - {id: see, stage: buy, title: Sees it, when: {event: see}}
  - id: pay
    stage: buy
    title: Pays
    when: {event: pay}
    feedback: {any: [{question: Paying}, {question: {glob: "Problem: *"}}]}
"""


def survey() -> str:
    """120 people, 40 in each of three months; at the desk they like paying less."""
    lines = ["who,on,by,region,weight,nps,paying,problem"]
    for k in range(120):
        desk = k % 3 == 0
        paying = (6 if k % 10 == 9 else 2 if k % 2 else 4) if desk else 5
        problem = 1 if k % 4 == 0 else 2 if k % 9 == 1 else 0
        region = "north" if k % 5 else "south"
        who = f"p{k},2026-0{1 + k // 40}-15,{'desk' if desk else 'web'},{region},{1 + k % 2}"
        lines.append(f"{who},{10 - k % 5},{paying},{problem}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """A desk with the workspace `w`, into which the survey was imported; the map is m.journey.yaml."""
    Path("survey.csv").write_text(survey())
    Path("survey.recipe.yaml").write_text(RECIPE)
    Path("m.journey.yaml").write_text(MAP)
    assert desk.say("init", "w").code == 0
    assert desk.say("import", "-w", "w", "-r", "survey.recipe.yaml", "survey.csv").code == 0
    return desk


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_scores_stand_with_interval_n_and_weights(asked: Desk):
    said = asked.say("feedback", "scores", "m.journey.yaml", "-w", "w")
    text = plain(said.out)
    assert said.code == 0
    assert re.search(r"Buying soap +Recommend +nps +0–10 +\+20\.0 ", text)
    assert "nps: promoters (9–10) minus detractors (0–6), adjusted-Wald interval." in text
    assert "What became of the questions:" in text
    data = asked.say("feedback", "scores", "m.journey.yaml", "-w", "w", "--by", "channel", "--json").data
    cells = {(cell["place"], cell["group"]): cell for cell in data["scores"]}
    assert cells["shop", ""]["value"] == pytest.approx(100 * (2 / 5 - 1 / 5))
    assert cells["pay", "channel:web"]["value"] == 1.0
    assert cells["pay", "channel:web"]["weighted_n_eff"] < cells["pay", "channel:web"]["n"]
    paying = next(row for row in data["questions"] if row["question"] == "Paying")
    assert (paying["responses"], paying["not_applicable"], paying["skipped"]) == (120, 4, 0)


def test_one_place_can_be_asked_for(asked: Desk):
    data = asked.say("feedback", "scores", "m.journey.yaml", "-w", "w", "--at", "pay", "--json").data
    assert {cell["place"] for cell in data["scores"]} == {"pay"}
    wrong = asked.say("feedback", "scores", "m.journey.yaml", "-w", "w", "--at", "pya")
    assert (wrong.code, "Did you mean 'pay'?" in wrong.err) == (2, True)


def test_known_shares_weight_the_scores(asked: Desk):
    Path("shares.yaml").write_text("property:region: {north: 0.5, south: 0.5}\n")
    said = asked.say("feedback", "scores", "m.journey.yaml", "-w", "w", "--rake", "shares.yaml")
    assert "Weighted to the known shares of property:region: 120 responses are worth" in said.out
    Path("shares.yaml").write_text("property:region: {north: 0.5, east: 0.5}\n")
    wrong = asked.say("feedback", "scores", "m.journey.yaml", "-w", "w", "--rake", "shares.yaml")
    assert (wrong.code, "property:region: nobody in 'east' answered" in wrong.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["scores", "--rake", "no.yaml"], "There is no file at no.yaml"),
        (["scores", "--rake", "list.yaml"], "list.yaml holds no shares"),
        (["scores", "--rake", "torn.yaml"], "torn.yaml"),
        (["scores", "--trim", "3"], "it cuts the weights of --rake"),
        (["scores", "--by", "colour"], "colour"),
        (["scores", "--period", "fortnight"], "fortnight"),
        (["compare", "--by", "channel", "-m", "ease"], "'ease' is none of nps, csat, ces, mean"),
        (["pains", "--codes", "list.yaml"], "list.yaml holds no code book"),
        (["responders", "--asked", "mailed"], "The map has no place 'mailed'"),
    ],
)
def test_a_wrong_word_is_told_with_the_way_out(asked: Desk, words: list[str], says: str):
    Path("list.yaml").write_text("[1, 2]\n")
    Path("torn.yaml").write_text("{a: [1\n")
    said = asked.say("feedback", words[0], "m.journey.yaml", "-w", "w", *words[1:])
    assert (said.code in (2, 3), said.out) == (True, "")
    assert says in said.err
    assert "Traceback" not in said.err


def test_groups_are_compared_and_the_tests_counted(asked: Desk):
    said = asked.say("feedback", "compare", "m.journey.yaml", "-w", "w", "--by", "channel", "--by", "property:region")
    assert "2 of 4 comparisons hold at a false discovery rate of 5 %." in said.out
    data = asked.say("feedback", "compare", "m.journey.yaml", "-w", "w", "--by", "channel", "-m", "csat", "--json").data
    assert [(row["group"], row["holds"]) for row in data["comparisons"]] == [("channel:desk", True)]


def test_trends_are_told_and_short_ones_are_said_to_be(asked: Desk):
    said = asked.say("feedback", "trend", "m.journey.yaml", "-w", "w")
    assert "2026-01 … 2026-03" in said.out
    assert "0 of 4 tests hold" in said.out
    assert (
        "too short: 1 of 3 periods"
        in asked.say("feedback", "trend", "m.journey.yaml", "-w", "w", "--period", "year").out
    )


def test_without_events_no_rate_is_told(asked: Desk):
    said = asked.say("feedback", "responders", "m.journey.yaml", "-w", "w")
    assert said.code == 0
    assert "0 of 0 customers with journeys answered something." in said.out
    data = asked.say("feedback", "responders", "m.journey.yaml", "-w", "w", "--json").data
    assert (data["rates"], data["weighting"]) == ([], None)


def test_rates_of_a_shop_with_journeys(desk: Desk):
    said = desk.say("feedback", "responders", "shop.journey.yaml", "-w", "shop")
    assert said.code == 0
    assert "customers with journeys answered something." in said.out
    assert "Met it" in said.out


def test_reasons_are_ranked_with_words_from_a_code_book(asked: Desk):
    Path("codes.yaml").write_text('Problem: {"2": broken card reader}\n')
    said = asked.say("feedback", "pains", "m.journey.yaml", "-w", "w", "--codes", "codes.yaml")
    lines = [line.split("  ") for line in plain(said.out).splitlines()]
    assert [line[0] for line in lines] == ["Where", "Pays", "Pays"]
    data = asked.say("feedback", "pains", "m.journey.yaml", "-w", "w", "--codes", "codes.yaml", "--json").data
    assert [(row["rank"], row["reason"], row["n"], row["asked"]) for row in data["pains"]] == [
        (1, "queue", 30, 120),
        (2, "broken card reader", 11, 120),
    ]
