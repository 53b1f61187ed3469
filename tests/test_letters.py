"""Texts as bytes: what is found in the run of bytes is what Python finds in each text."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import desireline.letters
from desireline.letters import are_bare, as_letters

texts = st.lists(st.text(max_size=9) | st.none(), max_size=12)


def series(found: list[str | None]) -> pl.Series:
    return pl.Series(found, dtype=pl.String)


@given(texts)
def test_every_text_lies_where_it_is_said_to_lie(found):
    letters = as_letters(series(found))
    seen = [
        letters.flat[first : first + count].tobytes()
        for first, count in zip(letters.starts, letters.lengths, strict=True)
    ]
    assert seen == [(text or "").encode() for text in found]


@given(texts)
def test_tables_of_one_length_hold_every_text_once(found):
    seen: dict[int, bytes] = {}
    for rows, table in as_letters(series(found)).by_length():
        places = np.arange(len(found))[rows]
        assert len({text.shape for text in table}) == 1
        seen |= {int(place): text.tobytes() for place, text in zip(places, table, strict=True)}
    assert seen == {place: (text or "").encode() for place, text in enumerate(found)}


def test_texts_too_long_to_be_joined_at_once_are_joined_in_parts(monkeypatch):
    monkeypatch.setattr(desireline.letters, "_AT_ONCE", 4)
    found = ["abc", "", "defgh", None, "i", "jklmnopqrst"]
    assert as_letters(series(found)).flat.tobytes() == b"abcdefghijklmnopqrst"


@given(st.lists(st.text("a é\0\t\u00a0", max_size=3) | st.none(), max_size=5))
def test_bare_texts_need_no_trimming_and_hold_no_nul(found):
    if are_bare(series(found)):
        assert all(text is None or (text == text.strip() and "\0" not in text) for text in found)


@pytest.mark.parametrize(
    ("text", "bare"), [("page view", True), ("é-é", False), (" a", False), ("a\0b", False), ("", True)]
)
def test_most_texts_are_seen_to_be_bare(text, bare):
    assert are_bare(series([text, None, "x"])) is bare
