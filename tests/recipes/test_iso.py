"""Instants read as a table are those that are read one by one."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.recipes.iso import Civil, read_iso
from desireline.recipes.records import Times
from desireline.recipes.times import read_times

law = settings(deadline=None, max_examples=150)
dates = st.from_regex(r"(19|20)[0-9][0-9]-[01][0-9]-[0-3][0-9]", fullmatch=True)
clocks = st.from_regex(r"[T ][0-2][0-9]:[0-6][0-9](:[0-6][0-9]([.,][0-9]{1,9})?)?", fullmatch=True) | st.just("")
offsets = st.sampled_from(["", "Z", "z", "+01:00", "-0530", "+14", "-16:00", "+01:60", " Z", " UTC"])
texts = st.builds(lambda day, clock, ahead: day + clock + (ahead if clock else ""), dates, clocks, offsets)


@law
@given(st.lists(texts | st.sampled_from(["", "soon", "1.3.2026", "2026-3-1"]) | st.none(), max_size=8), st.data())
def test_texts_read_as_a_table_are_what_they_are_one_by_one(said, data):
    times = Times(
        form=data.draw(st.sampled_from(["iso", "day first", "month first"])),
        zone=data.draw(st.sampled_from([None, "UTC"])),
    )
    cells = pl.Series(said, dtype=pl.String)
    found, reasons = read_times(cells, times)
    with patch("desireline.recipes.times.read_iso", unread):
        one_by_one, why = read_times(cells, times)
    assert found.to_list() == one_by_one.to_list()
    assert reasons.to_list() == why.to_list()


def unread(texts: pl.Series) -> Civil:
    """None of the texts is read as a table."""
    none = np.zeros(len(texts), dtype=np.int64)
    return Civil(none.astype(bool), none, none, none.astype(bool))


def test_most_texts_of_a_log_are_read_as_a_table_and_others_are_left():
    log = ["2026-03-01T10:00:00Z", "2026-03-01T10:61:00Z", "2026-02-30T10:00:00Z", "2026-03-01 10:00:00Z", "soon", None]
    found = read_iso(pl.Series(log))
    assert found.read.tolist() == [True, False, False, False, False, False]
    assert found.local[0] == 1_772_359_200_000_000
    assert (found.aware[0], found.ahead_s[0]) == (True, 0)
