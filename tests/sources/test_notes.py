"""Notes in Markdown: a bullet is a row, with the fields on top of the file and the heading above it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from desireline import Workspace
from desireline.errors import SourceEmpty, SourceUnreadable, UnknownShape
from desireline.proposals import recognise_files
from desireline.sources.read import read, tell_kind

NOTES = """
---
author: Ana Berg
date: 2026-03-01
role: staff
participants: [Ben, Cem]
---
Five people, one hour.
All had bought before.

## Checkout
- The voucher field is where people stop.
  Two of five asked us.
    - One found it.
- "I never know whether it worked."

1. Pays twice: angry
## Returns
* Nobody reads the slip

Text between bullets
"""


def rows(folder: Path, text: str, name: str = "notes.md") -> list[dict[str, str | None]]:
    (folder / name).write_text(dedent(text).lstrip(), encoding="utf-8")
    return next(iter(read(folder / name))).rows.drop("_row").to_dicts()


def test_a_bullet_is_a_note_with_its_heading_and_the_fields_of_the_file(tmp_path: Path):
    found = rows(tmp_path, NOTES)
    assert [(row["section"], row["note"], row["line"]) for row in found] == [
        (None, "Five people, one hour.\nAll had bought before.", "7"),
        ("Checkout", "The voucher field is where people stop.\nTwo of five asked us.\nOne found it.", "11"),
        ("Checkout", '"I never know whether it worked."', "14"),
        ("Checkout", "Pays twice: angry", "16"),
        ("Returns", "Nobody reads the slip", "18"),
        ("Returns", "Text between bullets", "20"),
    ]
    assert {(row["author"], row["date"], row["role"], row["participants"]) for row in found} == {
        ("Ana Berg", "2026-03-01", "staff", "Ben; Cem")
    }


def test_a_file_without_fields_has_notes_all_the_same(tmp_path: Path):
    assert rows(tmp_path, "- a\n- b\n") == [
        {"section": None, "note": "a", "line": "1"},
        {"section": None, "note": "b", "line": "2"},
    ]


@pytest.mark.parametrize(
    "text", ["---\nauthor: Ana\n- a note\n", "---\nauthor: [Ana\n---\n- a\n", "---\n- a\n---\n- b\n"]
)
def test_fields_that_cannot_be_read_are_told(tmp_path: Path, text: str):
    with pytest.raises(SourceUnreadable, match="---"):
        rows(tmp_path, text)


@pytest.mark.parametrize("text", ["# Only a heading\n", "---\nauthor: Ana\n---\n", "\n"])
def test_a_file_without_a_note_is_empty(tmp_path: Path, text: str):
    with pytest.raises(SourceEmpty):
        rows(tmp_path, text)


def test_western_letters_are_read_in_any_usual_encoding(tmp_path: Path):
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        (tmp_path / "n.md").write_bytes("- Käse für Zoë – fertig\n".encode(encoding))
        assert next(iter(read(tmp_path / "n.md"))).rows["note"].to_list() == ["Käse für Zoë – fertig"]


def test_notes_are_told_by_their_name_and_imported_without_a_recipe(tmp_path: Path):
    rows(tmp_path, NOTES, "interview 1.md")
    rows(tmp_path, "---\nauthor: Tom\ndate: 2026-03-02\ncustomer: ana\n---\n# Checkout\n- Slow\n", "interview 2.md")
    files = [tmp_path / "interview 1.md", tmp_path / "interview 2.md"]
    assert {tell_kind(file) for file in files} == {"notes"}
    known = recognise_files(files)
    assert known.vendor == "notes"
    shop = Workspace.create(tmp_path / "shop")
    counts = shop.import_files(known.recipe, known.sources)
    assert (counts.read, counts.accepted, counts.feedback, counts.refused) == (7, 7, 7, 0)


def test_notes_without_author_and_date_need_a_recipe(tmp_path: Path):
    rows(tmp_path, "- a\n")
    with pytest.raises(UnknownShape, match=r"notes\.md"):
        recognise_files([tmp_path / "notes.md"])
