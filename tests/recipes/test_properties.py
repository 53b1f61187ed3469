from __future__ import annotations

import json

import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desireline.recipes.properties import properties_json

texts = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


def test_keys_are_sorted_empty_cells_left_out_and_columns_renamed():
    frame = pl.DataFrame({"b": ["1", None], "a": ["x", None]})
    assert properties_json(frame, {"b": "b", "plan": "a"}).to_list() == ['{"b":"1","plan":"x"}', "{}"]
    assert properties_json(frame, {}).to_list() == ["{}", "{}"]
    assert properties_json(frame.head(0), {"b": "b"}).to_list() == []


@given(st.dictionaries(names, st.lists(texts, min_size=3, max_size=3), min_size=1, max_size=5))
@example(columns={"^$": [None, "a", None], "^b.*$": ["x", None, "y"]})
@settings(max_examples=60, deadline=None)
def test_the_text_is_the_json_that_python_would_write(columns):
    frame = pl.DataFrame({name: pl.Series(name, cells, dtype=pl.String) for name, cells in columns.items()})
    found = properties_json(frame, {name: name for name in columns})
    kept = [{name: cells[row] for name, cells in columns.items() if cells[row] is not None} for row in range(3)]
    assert [json.loads(text) for text in found] == kept
    assert [list(json.loads(text)) for text in found] == [sorted(row) for row in kept]
