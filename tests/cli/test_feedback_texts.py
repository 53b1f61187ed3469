"""How customers feel, on the command line: from their words, with tiers of reading, and with what was learned."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shop import Desk

MAP = "shop.journey.yaml"
RECIPE = """
recipe: words
times: {form: iso, zone: UTC}
sources: {words: {file: "words*.csv"}}
tables:
  words:
    into: feedback
    source: words
    customer: customer
    at: at
    kind: review
    answers: [{question: {text: Stars}, answer: stars, text: text, low: 1, high: 5, rule: csat}]
"""
GOOD = ("Great soap, I love it", "Wonderful smell and so soft", "Excellent, thanks a lot", "Very happy with it")
BAD = (
    "Terrible, my skin is red",
    "Awful smell and a broken bar",
    "Never again, very disappointed",
    "It was late and bad",
)


@pytest.fixture
def words(desk: Desk) -> Desk:
    """In the workspace `said`, 240 customers wrote: even ones are pleased (5 stars), odd ones are not (1 star)."""
    lines = ["customer,at,stars,text"]
    for k in range(240):
        text = f"{(BAD if k % 2 else GOOD)[k // 2 % 4]}, number {k} of bar {k // 3}"
        lines.append(f'w{k:03},2026-03-05T10:00:00Z,{1 if k % 2 else 5},"{text}"')
    lines.append('wx,2026-03-05T10:00:00Z,,"Das war leider gar nicht gut, ich bin sehr enttäuscht"')
    Path("words.csv").write_text("\n".join(lines) + "\n")
    Path("words.recipe.yaml").write_text(RECIPE)
    assert desk.say("init", "said").code == 0
    assert desk.say("import", "-w", "said", "-r", "words.recipe.yaml", "words.csv").code == 0
    return desk


def test_the_curve_tells_scores_and_texts_apart(words: Desk):
    said = words.say("feedback", "curve", MAP, "-w", "said")
    assert said.code == 0
    assert "Scores" in said.out
    assert "Texts" in said.out
    assert "Rule of thumb" in said.out


def test_the_curve_as_json_holds_its_sources_and_the_memory(words: Desk):
    found = words.say("feedback", "curve", MAP, "-w", "said", "--json").data
    by_measure = {row["measure"]: row for row in found["readings"] if row["at"] == "shop"}
    assert by_measure["feeling"]["value"] == 0
    assert by_measure["unread"]["value"] == pytest.approx(1 / 241)
    assert by_measure["emotion"]["low"] <= by_measure["emotion"]["value"] <= by_measure["emotion"]["high"]
    assert found["remembered"]["n"] == 0


def test_a_reader_learns_from_ratings_and_is_used_when_it_is_chosen(words: Desk):
    learned = words.say("feedback", "train", "-w", "said", "--json").data
    assert learned["learned_from"] == 240
    assert learned["held_out"]["auc"] > 0.9
    read = words.say("feedback", "read", MAP, "-w", "said", "--tier", "own", "--json").data
    assert (read["tier"], read["texts"]["shop"]["texts"]) == ("own", 241)
    assert words.say("feedback", "curve", MAP, "-w", "said").code == 0


def test_too_few_ratings_are_told_with_what_it_takes(desk: Desk):
    said = desk.say("feedback", "train", "-w", "shop")
    assert said.code == 3
    assert "needs 50 rated high and 50 rated low" in said.err


def test_a_misspelt_tier_is_told(words: Desk):
    said = words.say("feedback", "read", MAP, "-w", "said", "--tier", "fats")
    assert (said.code, "Did you mean 'fast'?" in said.err) == (2, True)


def test_a_workspace_without_texts_says_so(desk: Desk):
    said = desk.say("feedback", "read", MAP, "-w", "shop")
    assert (said.code, "Fewer than 5 customers wrote anything." in said.out) == (0, True)
