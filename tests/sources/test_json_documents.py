from __future__ import annotations

import pytest

from desireline.errors import SourceEmpty, SourceUnreadable
from sources.reading import everything, notes


def document(folder, text: str):
    path = folder / "export.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_of_objects_is_a_table(tmp_path):
    rows, _ = everything(document(tmp_path, '[{"a": 1, "b": {"c": "x"}}, {"a": 2}]'))
    assert rows.rows() == [("1", "x", 1), ("2", None, 2)]
    assert rows.columns == ["a", "b.c", "_row"]


def test_the_longest_list_inside_an_object_is_the_table(tmp_path):
    path = document(tmp_path, '{"meta": {"pages": [{"n": 1}]}, "data": {"rows": [{"a": 1}, {"a": 2}]}}')
    rows, _ = everything(path)
    assert rows["a"].to_list() == ["1", "2"]
    assert notes(path) == ["Read the list 'data.rows' of the document; not read: meta.pages (1)."]


def test_an_object_without_lists_is_one_row(tmp_path):
    rows, _ = everything(document(tmp_path, '{\n"a": 1,\n"tags": ["x"]}'))
    assert rows.rows() == [("1", '["x"]', 1)]


def test_entries_that_are_no_objects_are_refused(tmp_path):
    rows, refused = everything(document(tmp_path, '[{"a": 1}, 7, {"a": 2}]'))
    assert rows["_row"].to_list() == [1, 3]
    assert refused.select("row", "reason", "raw").rows() == [(2, "bad_json", '"7"')]


def test_broken_json_names_its_line(tmp_path):
    with pytest.raises(SourceUnreadable, match=r"export.json, line 2: no sound JSON"):
        everything(document(tmp_path, '[{"a": 1},\n{"a" 2}]'))


@pytest.mark.parametrize("text", ["[]", '{"rows": []}'])
def test_a_list_without_objects_is_empty(tmp_path, text):
    with pytest.raises(SourceEmpty):
        everything(document(tmp_path, text))


def test_endless_nesting_is_unsafe(tmp_path):
    with pytest.raises((SourceUnreadable, Exception), match=r"nested too deeply"):
        everything(document(tmp_path, "[" * 100_000))
