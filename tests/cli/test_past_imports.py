"""What was imported is listed, refused rows are taken up again by a corrected recipe, the last import is undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.shop import Desk

RECIPE = """recipe: clicks
sources: {clicks: {file: "clicks*.csv"}}
tables: {clicks: {into: events, source: clicks, customer: client, events: [{event: event, at: at}]}}
"""
CLICKS = """at,client,event
2026-01-05T10:00:00Z,ana,open
2026-01-05T10:05:00Z,ben,open
2026-01-05 11:05,ben,pay
2026-01-05T11:09:00Z,,pay
"""


@pytest.fixture
def clicks(desk: Desk) -> Desk:
    """A workspace `mine` with an import by the command line, of which two rows were refused."""
    Path("clicks.recipe.yaml").write_text(RECIPE)
    Path("mended.recipe.yaml").write_text(f"{RECIPE}times: {{form: iso, zone: UTC}}\n")
    Path("clicks.csv").write_text(CLICKS)
    desk.say("init", "mine")
    assert desk.say("import", "-w", "mine", "-r", "clicks.recipe.yaml", "clicks.csv").code == 0
    return desk


def listed(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.say("imports", "list", "-w", "mine", "--json").data
    return found


def held(desk: Desk) -> dict[str, int]:
    counts: dict[str, int] = desk.say("doctor", "-w", "mine", "--json").data["counts"]
    return counts


def test_imports_are_listed_with_what_became_of_their_rows(clicks: Desk):
    [one] = listed(clicks)
    assert [file["name"] for file in one["files"]] == ["clicks.csv"]
    assert {name: one[name] for name in ("recipe", "read", "accepted", "refused", "events")} == {
        "recipe": "clicks", "read": 4, "accepted": 2, "refused": 2, "events": 2,
    }  # fmt: skip
    assert (one["undoable"], one["aside"], one["replayed"]) == (True, False, None)
    said = clicks.say("imports", "list", "-w", "mine").out.splitlines()
    assert said[0].split() == ["Import", "At", "(UTC)", "Files", "Rows", "Refused", "Known"]
    assert (said[1].startswith(one["id"]), said[1].endswith("can be undone")) == (True, True)


def test_refused_rows_are_taken_up_again_from_files_that_are_named(clicks: Desk):
    [first] = listed(clicks)
    words = ("imports", "replay", first["id"], "mended.recipe.yaml", "clicks.csv", "-w", "mine")
    tried = clicks.say(*words, "--dry-run", "--json").data
    assert (tried["accepted"], tried["refused"], tried["import_id"]) == (1, 1, None)
    assert len(listed(clicks)) == 1
    told = clicks.say(*words, "--json").data
    newest, first = listed(clicks)
    assert (told["import_id"], told["replayed"], told["recipe"]) == (newest["id"], first["id"], "clicks")
    assert (told["accepted"], told["refused"], told["duplicates"]) == (1, 1, 2)
    assert (first["replayed"], newest["aside"]) == (newest["id"], False)
    assert "taken up again" in clicks.say("imports", "list", "-w", "mine").out
    assert clicks.say("imports", "undo", newest["id"], "-w", "mine").code == 0
    assert listed(clicks)[0]["replayed"] is None


def test_the_last_import_is_undone_and_tried_before(clicks: Desk):
    before, [first] = held(clicks), listed(clicks)
    Path("clicks-2.csv").write_text("at,client,event\n2026-02-01T10:00:00Z,eve,open\n")
    clicks.say("import", "-w", "mine", "-r", "clicks.recipe.yaml", "clicks-2.csv")
    newest, after = listed(clicks)[0], held(clicks)
    words = ("imports", "undo", newest["id"], "-w", "mine")
    tried = clicks.say(*words, "--dry-run")
    assert tried.out == (
        f"Would be undone: {newest['id']} (clicks-2.csv), and with it 1 event, 0 answers, 1 customer.\n"
    )
    assert held(clicks) == after
    told = clicks.say(*words, "--json").data
    assert (told["import"]["id"], told["undone"], held(clicks)) == (newest["id"], True, before)
    assert [one["id"] for one in listed(clicks)] == [first["id"]]


def test_an_import_before_the_last_one_is_not_undone(clicks: Desk):
    [first] = listed(clicks)
    clicks.say("import", "-w", "mine", "-r", "mended.recipe.yaml", "clicks.csv")
    before = held(clicks)
    for words in ((), ("--dry-run",)):
        said = clicks.say("imports", "undo", first["id"], "-w", "mine", *words)
        assert (said.code, "It is not the last one any more" in said.err) == (3, True)
    assert held(clicks) == before


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["replay", "{id}", "mended.recipe.yaml"], 2, "Name them: desireline imports replay"),
        (["replay", "{id}", "nowhere.recipe.yaml"], 2, "There is no file at nowhere.recipe.yaml"),
        (["replay", "{id}", "mended.recipe.yaml", "nowhere.csv"], 2, "There is no file at nowhere.csv"),
        (["replay", "{id}", "clicks.csv", "clicks.csv"], 3, "clicks.csv"),
        (["replay", "other", "mended.recipe.yaml", "clicks.csv"], 3, "no import “other”"),
        (["recipe", "{id}"], 2, "are not kept here"),
        (["recipe", "../mine"], 3, "no import “../mine”. Look at its list of imports."),
        (["replay", "other", "mended.recipe.yaml"], 3, "no import “other”"),
        (["undo", "other"], 3, "This workspace has no import “other”. Look at its list of imports.\n"),
    ],
)
def test_what_cannot_be_done_is_told(clicks: Desk, words: list[str], code: int, says: str):
    before, [one] = held(clicks), listed(clicks)
    said = clicks.say("imports", *(word.format(id=one["id"]) for word in words), "-w", "mine")
    assert (said.code, says in said.err) == (code, True), said.err
    assert held(clicks) == before


def test_a_workspace_without_imports_says_how_to_begin(desk: Desk):
    desk.say("init", "mine")
    assert "desireline import -w mine" in desk.say("imports", "list", "-w", "mine").out
