"""What customers wrote about themselves: masked on its way into the lake, and where refused rows are shown."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from cli.shop import Desk

RECIPE = """
recipe: voices
times: {form: iso, zone: UTC}
sources: {voices: {file: "voices*.csv"}}
tables:
  voices:
    into: feedback
    source: voices
    customer: who
    at: at
    kind: review
    answers: [{question: {text: Stars}, answer: stars, text: says, low: 1, high: 5}]
    MASK
"""
PLAIN = "ana,2026-03-01,5,Love it\nana,2026-03-01,5,Love it\nben,2026-03-02,1,It took 12 days (2026-03-01)\n"
TELLING = "eva,2026-03-03,2,Call 202-555-0143\n,2026-03-03,2,Write to kim@example.com\n"


@pytest.fixture
def voices(desk: Desk) -> Desk:
    """A desk with a recipe for reviews, one that keeps personal data, and an empty workspace."""
    Path("voices.recipe.yaml").write_text(RECIPE.replace("MASK", ""))
    Path("unmasked.recipe.yaml").write_text(RECIPE.replace("MASK", "mask: false"))
    desk.say("init", "lake")
    return desk


def bring(desk: Desk, recipe: str, rows: str) -> dict[str, object]:
    """The counts of importing these rows."""
    Path("voices.csv").write_text("who,at,stars,says\n" + rows)
    counts: dict[str, object] = desk.say("import", "-w", "lake", "-r", recipe, "voices.csv", "--json").data
    return counts


def test_an_import_says_what_it_masked(voices: Desk):
    counts = bring(voices, "voices.recipe.yaml", PLAIN + TELLING)
    assert counts["notes"] == ["voices.csv: masked 1 e-mail address, 1 phone number"]
    assert counts["feedback"] == 5


def test_an_import_says_what_it_changed_in_texts(voices: Desk):
    rows = f"ana,2026-03-01,5,O prazo nÃ£o acabou\nben,2026-03-01,4,{'word ' * 20_001}\nkim,2026-03-01,3,��� ok\n"
    counts = bring(voices, "voices.recipe.yaml", rows + "eva,2026-03-02,5,nÃ£o\nlea,2026-03-02,5,café\n")
    assert counts["notes"] == [
        "voices.csv: 1 text cut at 100,000 characters, 1 unreadable text left out, "
        "2 texts made whole that were read in a wrong encoding"
    ]
    assert (counts["feedback"], counts["refused"]) == (5, 0)


def test_a_row_with_one_record_refused_and_another_known_is_told_as_such(voices: Desk):
    answers = "[{id: who, question: {text: Stars}, answer: stars}, {id: who, question: {text: Why}, text: says}]"
    Path("two.recipe.yaml").write_text(re.sub(r"answers: .*", f"answers: {answers}", RECIPE).replace("MASK", ""))
    bring(voices, "two.recipe.yaml", "ana,2026-03-01,5,fine\n")
    Path("voices.csv").write_text("who,at,stars,says\nana,2026-03-01,5,otherwise\n")
    told = voices.say("import", "-w", "lake", "-r", "two.recipe.yaml", "voices.csv").out
    assert "1 row read: 0 accepted, 0 refused, 1 known already." in told
    assert "1 row of these: not counted as refused, because another record of the row was taken or known" in told


def test_what_is_wrong_with_the_text_of_a_refused_row_is_told_by_its_reason_alone(voices: Desk):
    counts = bring(voices, "voices.recipe.yaml", "ana,2026-03-01,,��� ok\nben,soon,3,nÃ£o\n")
    assert (counts["notes"], counts["reasons"]) == ([], {"bad_time": 1, "unreadable_text": 1})


def test_answers_without_personal_data_are_known_again_when_masking_is_switched_on(voices: Desk):
    assert bring(voices, "unmasked.recipe.yaml", PLAIN)["feedback"] == 3
    again = bring(voices, "voices.recipe.yaml", PLAIN)
    assert (again["feedback"], again["duplicates"]) == (0, 3)


def test_answers_with_personal_data_are_others_once_they_are_masked(voices: Desk):
    assert bring(voices, "unmasked.recipe.yaml", TELLING)["feedback"] == 2
    assert bring(voices, "voices.recipe.yaml", TELLING)["feedback"] == 2
    assert bring(voices, "voices.recipe.yaml", TELLING)["feedback"] == 0


def test_answers_that_differ_in_what_is_masked_are_both_kept(voices: Desk):
    rows = ",2026-03-03,2,Call 202-555-0143\n,2026-03-03,2,Call 202-555-0144\n"
    assert bring(voices, "voices.recipe.yaml", rows)["feedback"] == 2
    assert bring(voices, "voices.recipe.yaml", rows)["feedback"] == 0


def test_refused_rows_are_shown_masked_unless_somebody_asks_for_them_as_they_came(voices: Desk):
    bring(voices, "voices.recipe.yaml", "eva,soon (ask eva@example.com),2,Call 202-555-0143\n")
    shown = voices.say("refusals", "-w", "lake").out
    assert "eva@example.com" not in shown
    assert "202-555-0143" not in shown
    assert "ask [e-mail]" in shown
    [told] = voices.say("refusals", "-w", "lake", "--json").data
    assert json.loads(told["raw"])["says"] == "Call [phone]"
    [kept] = voices.say("refusals", "-w", "lake", "--raw", "--json").data
    assert json.loads(kept["raw"])["says"] == "Call 202-555-0143"
    assert "Call 202-555-0143" in voices.say("refusals", "-w", "lake", "--raw").out


def test_a_list_of_customers_runs_nothing_in_a_spreadsheet(desk: Desk):
    log = "".join(f"=cmd{number},see,2026-03-01,web,\n" for number in range(6))
    Path("log2.csv").write_text("customer,event,at,channel,paid\n" + log)
    desk.say("import", "-w", "shop", "-r", "shop.recipe.yaml", "log2.csv", "reviews.csv")
    desk.say("customers", "shop.journey.yaml", "reach", "--at", "see", "-w", "shop", "-o", "who.csv")
    names = [row[0] for row in csv.reader(io.StringIO(Path("who.csv").read_text()))]
    assert "'=cmd3" in names
    assert not [name for name in names if name.startswith("=")]
