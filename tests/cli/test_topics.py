"""Topics on the command line: what people talk about, kept in a file that the next run obeys."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shop import Desk

MAP = "shop.journey.yaml"
RECIPE = """
recipe: talk
times: {form: iso, zone: UTC}
sources:
  said: {file: "said*.csv"}
tables:
  said:
    into: feedback
    source: said
    customer: customer
    at: at
    kind: ticket
    properties: [minutes]
    answers: [{question: {text: How was it}, answer: stars, low: 1, high: 5, rule: csat, text: words}]
"""
THEMES = {
    "late": ("parcel delivery late delayed courier depot tracking waiting", 2, 30),
    "cart": ("cart soap bottle colour scent smell fresh lavender", 5, 5),
    "login": ("password login crashes error screen phone reset code", 1, 90),
}


@pytest.fixture
def talking(desk: Desk) -> Desk:
    """90 customers of the shop, each with a ticket on one of three themes."""
    lines = ["customer,at,stars,minutes,words"]
    for k in range(90):
        words, stars, minutes = list(THEMES.values())[k % 3]
        own = words.split()
        some = [own[(k + 3 * j) % 8] for j in range(5)]
        lines.append(f"t{k:02},2026-03-{1 + k % 28:02}T10:00:00Z,{stars},{minutes},the {' '.join(some)} was it {k}")
    Path("said.csv").write_text("\n".join(lines) + "\n")
    Path("talk.recipe.yaml").write_text(RECIPE)
    assert desk.say("import", "-w", "shop", "-r", "talk.recipe.yaml", "said.csv").code == 0
    return desk


def topics(desk: Desk, *words: str) -> list[dict[str, object]]:
    """The topics as JSON."""
    return desk.say("topics", MAP, "-w", "shop", "--json", *words).data["topics"]


def test_topics_come_as_a_table_with_quotes(talking: Desk):
    said = talking.say("topics", MAP, "-w", "shop", "-k", "3")
    assert said.code == 0
    assert "90 answers with a text, of 90 customers: 3 topics, 0 % of them in none." in said.out.replace("\u202f", " ")
    heads = [line for line in said.out.splitlines() if line.startswith("Topic")]
    assert [word in heads[0] for word in ("Customers", "Share", "Trend", "Score with it", "Spoken of at")] == [True] * 5
    assert said.out.count("“") >= 6


def test_topics_as_json_tell_everything(talking: Desk):
    told = talking.say("topics", MAP, "-w", "shop", "-k", "3", "--json").data
    assert {row["customers"] for row in told["topics"]} == {30}
    effects = {row["words"][0]: row["score_effect"] for row in told["topics"]}
    assert sorted(effects.values()) == pytest.approx([1 - 3.5, 2 - 3, 5 - 1.5])
    assert (told["tier"], told["outliers"], told["hidden"]) == ("fast", 0, 0)
    assert {row["topic"] for row in told["quotes"]} == {row["id"] for row in told["topics"]}


def test_issues_are_ranked_by_a_property_or_by_contacts(talking: Desk):
    told = talking.say("topics", MAP, "-w", "shop", "-k", "3", "--cost", "minutes", "--json").data["issues"]
    assert [(row["rank"], row["cost"]) for row in told] == [(1, 2700.0), (2, 900.0), (3, 150.0)]
    said = talking.say("topics", MAP, "-w", "shop", "-k", "3", "--issues")
    assert "Contacts" in said.out
    assert "without one, the number of contacts" in said.out


def test_costs_below_zero_and_costs_that_are_no_number_are_shown_all_the_same(talking: Desk):
    file = Path("said.csv")
    file.write_text(file.read_text().replace(",30,", ",-30,").replace(",90,", ",nan,"))
    assert talking.say("init", "other").code == 0
    assert talking.say("import", "-w", "other", "-r", "talk.recipe.yaml", "said.csv").code == 0
    said = talking.say("topics", MAP, "-w", "other", "-k", "3", "--issues", "--cost", "minutes")
    assert said.code == 0
    assert "−900" in said.out
    assert "nan" not in said.out


def test_notes_of_staff_are_told_only_when_asked_for_and_called_what_they_are(talking: Desk):
    Path("talk.recipe.yaml").write_text(RECIPE.replace("kind: ticket", "kind: note"))
    assert talking.say("init", "notes").code == 0
    assert talking.say("import", "-w", "notes", "-r", "talk.recipe.yaml", "said.csv").code == 0
    unasked = talking.say("topics", MAP, "-w", "notes", "-k", "3").out
    assert "90 notes of staff or interviewers are left out; --kind note tells what they are about" in unasked
    asked = talking.say("topics", MAP, "-w", "notes", "-k", "3", "--kind", "note").out
    assert asked.startswith("90 notes of staff or interviewers, not of customers: 3 topics")
    assert "Voices" in asked
    assert "Customers" not in asked
    told = talking.say("topics", MAP, "-w", "notes", "-k", "3", "--kind", "note", "--json").data
    assert (told["staff"], told["left_out"]) == (90, 0)


def test_unmet_needs_are_those_that_no_touchpoint_has_words_for(talking: Desk):
    said = talking.say("topics", MAP, "-w", "shop", "-k", "3", "--unmet").out
    assert "no touchpoint has its words" in said
    unmet = {row["words"][0]: row["unmet"] for row in topics(talking, "-k", "3")}
    assert sorted(unmet.values()) == [False, True, True]  # the map has a cart and soap


def test_a_saved_file_is_obeyed_and_not_written_over(talking: Desk):
    first = talking.say("topics", MAP, "-w", "shop", "-k", "3", "--save", "our.topics.yaml")
    assert "our.topics.yaml holds these topics" in first.out
    file = Path("our.topics.yaml")
    name = topics(talking, "-k", "3")[0]["name"]
    file.write_text(file.read_text().replace(f"name: {name}", "name: What we call it"))
    again = topics(talking, "--topics", "our.topics.yaml")
    assert "What we call it" in [row["name"] for row in again]
    assert len(again) == 3
    refused = talking.say("topics", MAP, "-w", "shop", "--save", "our.topics.yaml")
    assert (refused.code, "is there already" in refused.err) == (2, True)
    kept = talking.say("topics", MAP, "-w", "shop", "--topics", "our.topics.yaml", "--save", "our.topics.yaml")
    assert kept.code == 0
    assert "What we call it" in file.read_text()


def test_too_few_texts_are_told_with_how_many_are_needed(talking: Desk, desk: Desk):
    said = desk.say("topics", MAP, "-w", "shop", "--at", "see")
    assert said.code == 0
    assert "about 50 with words of content are needed" in said.out
    assert desk.say("topics", MAP, "-w", "shop", "--at", "see", "--json").data["topics"] == []
    for words in (["--unmet"], ["--issues"], ["--save", "x.topics.yaml"]):
        assert desk.say("topics", MAP, "-w", "shop", "--kind", "review", *words).code == 0
    assert not Path("x.topics.yaml").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--at", "cort"], "Did you mean 'cart'?"),
        (["--kind", "tickets"], "Did you mean 'ticket'?"),
        (["--tier", "slow"], "No tier of reading is called 'slow'"),
        (["--topics", "gone.topics.yaml"], "There is no file at gone.topics.yaml"),
        (["-k", "1"], "greater than or equal to 2"),
        (["--bind", "--kind", "ticket"], "would throw away the topics of all other texts"),
        (["--bind", "--at", "cart"], "would throw away the topics of all other texts"),
    ],
)
def test_wrong_words_are_answered_with_the_way_out(desk: Desk, words: list[str], says: str):
    said = desk.say("topics", MAP, "-w", "shop", *words)
    assert said.code == 2
    assert says in " ".join(said.err.split())


def test_a_broken_topics_file_is_told_with_its_line(desk: Desk):
    Path("bad.topics.yaml").write_text("format: desireline-topics/1\ntopics:\n  - {id: a, seed: [x]}\n")
    said = desk.say("topics", MAP, "-w", "shop", "--topics", "bad.topics.yaml")
    assert said.code == 3
    assert "line 3" in said.err
    assert "Did you mean 'seeds'?" in said.err
