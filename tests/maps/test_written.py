from __future__ import annotations

import re
from pathlib import Path

import pytest

from desireline.errors import MapUnreadable, RecipeUnreadable
from desireline.maps.written import MAX_BYTES, read_text, read_yaml


def test_text_becomes_plain_data_that_knows_its_lines():
    written = read_yaml("a: 1\nb:\n  - c: x\n    d: [true, 2.5]\n", "f.yaml")
    assert written.data == {"a": 1, "b": [{"c": "x", "d": [True, 2.5]}]}
    assert [written.line(("a",)), written.line(("b", 0, "d")), written.line(("b", 0, "d", 1, "no", "such"))] == [
        1,
        4,
        4,
    ]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 2026-01-01", {"a": "2026-01-01"}),
        ("a: 2026-01-01 10:00:00", {"a": "2026-01-01 10:00:00"}),
        ("a: yes\non: no", {"a": "yes", "on": "no"}),
        ("1: x", {"1": "x"}),
        ("a:", {"a": None}),
        ("x: &x {b: 1, c: 2}\na: {<<: *x, b: 3}", {"x": {"b": 1, "c": 2}, "a": {"c": 2, "b": 3}}),
        ("\ufeffa: 1", {"a": 1}),
        ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
        ("", None),
        ("# only a note\n", None),
    ],
)
def test_values_are_read_as_people_mean_them(text, data):
    assert read_yaml(text, "f").data == data


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\nb: 2\na: 3\n", "f, line 3: “a” is given twice (first in line 1); keep one of them."),
        ("a:\n\tb: 1\n", "f, line 2: a tab or another sign stands where spaces are needed; indent with spaces only."),
        ("a: b: c\n", "f, line 1: a colon stands where none may be; put text with “: ” in quotes."),
        ("a: [1, 2\n", "f, line 2: a list is not closed; look for the missing ]."),
        ("a: *b\n", "f, line 1: an alias (*name) points to no anchor (&name); write the value out."),
        ("a: 1\n---\nb: 2\n", "f, line 2: a second document begins after “---”; keep one document in a file."),
        (
            "a: !!python/object:os.system ls\n",
            "f, line 1: the tag tag:yaml.org,2002:python/object:os.system is not taken here; write a plain value.",
        ),
        ("a: !mine x\n", "f, line 1: the tag !mine is not taken here; write a plain value."),
        ("a: x\nb: \x00\n", "f, line 2: a sign that no text may hold stands here; delete it."),
        ("? [a, b]\n: 1\n", "f, line 1: a list or mapping is used as a field name; quote it or take it out."),
    ],
)
def test_unreadable_text_names_its_line_and_the_way_out(text, says):
    with pytest.raises(MapUnreadable, match=f"^{re.escape(says)}$"):
        read_yaml(text, "f")


def test_a_text_that_unfolds_into_billions_is_refused_at_once():
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(MapUnreadable, match="unfolds to more than 200,000 parts"):
        read_yaml("\n".join(lines), "bomb")


def test_a_part_that_holds_itself_is_refused():
    with pytest.raises(MapUnreadable, match=r"nested too deeply|unfolds"):
        read_yaml("a: &a [*a]", "loop")


def test_brackets_without_end_are_refused():
    with pytest.raises(MapUnreadable, match="nested too deeply"):
        read_yaml("[" * 1_000, "deep")


def test_a_number_too_long_to_be_one_is_refused():
    with pytest.raises(MapUnreadable, match="cannot be read as a number; put it in quotes"):
        read_yaml("a: " + "9" * 5_000, "f")


def test_a_file_in_another_encoding_names_the_line_of_the_first_bad_byte(tmp_path: Path):
    path = tmp_path / "m.yaml"
    path.write_bytes("map:\n  title: Bücher\n".encode("latin-1"))
    with pytest.raises(
        MapUnreadable, match=r"m\.yaml, line 2: byte 0xFC is not UTF-8. Save the file with the encoding UTF-8"
    ):
        read_text(path)


def test_a_file_far_too_large_is_not_even_read(tmp_path: Path):
    path = tmp_path / "m.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(MapUnreadable, match="larger than 2 MB"):
        read_text(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path):
    with pytest.raises(MapUnreadable, match="there is no such file"):
        read_text(tmp_path / "none.yaml")
    with pytest.raises(MapUnreadable, match="this is a folder"):
        read_text(tmp_path)


def test_recipes_are_refused_as_recipes():
    with pytest.raises(RecipeUnreadable):
        read_yaml("a: [", "r.yaml", unreadable=RecipeUnreadable)
