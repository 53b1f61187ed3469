"""Numbers and instants that a source has as such give what the texts that stand for them give."""

from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.recipes.cells import is_typed, text_of, texts_of, trimmed, without_blanks
from desireline.recipes.numbers import read_money
from desireline.recipes.records import Times
from desireline.recipes.times import FORMS, read_times

law = settings(deadline=None, max_examples=80)
whole = st.integers(-(2**63), 2**63 - 1) | st.integers(-2000, 2000) | st.none()
broken = st.floats(allow_nan=False) | st.integers(-(10**8), 10**8).map(lambda n: n / 100) | st.none()
instants = st.datetimes(datetime(1890, 1, 1), datetime(2210, 1, 1)) | st.none()
forms = st.builds(
    Times, form=st.sampled_from([*FORMS, "%Y-%m-%dT%H:%M:%S"]), zone=st.sampled_from([None, "Europe/Berlin"])
)


def same(found: tuple[pl.Series, pl.Series], wanted: tuple[pl.Series, pl.Series]) -> bool:
    return all(one.to_list() == other.to_list() for one, other in zip(found, wanted, strict=True))


@law
@given(st.lists(whole, min_size=1, max_size=6), st.sampled_from([None, "point", "comma"]))
def test_whole_numbers_are_the_amounts_that_their_texts_are(found, decimal):
    cells = pl.Series(found, dtype=pl.Int64)
    assert same(read_money(cells, decimal=decimal), read_money(text_of(cells), decimal=decimal))


@law
@given(st.lists(broken, min_size=1, max_size=6), st.sampled_from([None, "point", "comma"]))
def test_floats_are_the_amounts_that_their_texts_are(found, decimal):
    cells = pl.Series(found, dtype=pl.Float64)
    before = cells.to_list()
    assert same(read_money(cells, decimal=decimal), read_money(text_of(cells), decimal=decimal))
    assert cells.to_list() == before


@law
@given(st.lists(instants, min_size=1, max_size=6), st.sampled_from(["ms", "us", "ns"]), st.booleans(), forms)
def test_instants_are_read_as_their_texts_are(found, unit, aware, times):
    cells = pl.Series(found, dtype=pl.Datetime("us")).cast(pl.Datetime(unit))
    cells = cells.dt.replace_time_zone("Asia/Tokyo" if unit == "ms" else "UTC") if aware else cells
    assert same(read_times(cells, times), read_times(text_of(cells), times))


@law
@given(st.lists(whole | st.integers(0, 2 * 10**12), min_size=1, max_size=6), forms)
def test_whole_numbers_are_the_instants_that_their_texts_are(found, times):
    cells = pl.Series(found, dtype=pl.Int64)
    assert same(read_times(cells, times), read_times(text_of(cells), times))


def test_nanoseconds_before_1970_are_cut_like_those_after():
    cells = pl.Series([-1, -1_000, 1_999], dtype=pl.Int64).cast(pl.Datetime("ns", "UTC"))
    times, _ = read_times(cells, Times())
    assert [at - datetime.fromisoformat("1970-01-01T00:00:00+00:00") for at in times] == [
        timedelta(microseconds=-1),
        timedelta(microseconds=-1),
        timedelta(microseconds=1),
    ]


@given(st.lists(st.text("a é\t\u00a0", max_size=3) | st.none(), max_size=5))
def test_blanks_at_the_ends_and_blank_texts_go(found):
    texts = pl.Series(found, dtype=pl.String)
    assert without_blanks(texts).to_list() == [text if text and text.strip() else None for text in found]
    assert trimmed(texts).to_list() == [(text or "").strip() or None for text in found]


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        (pl.Series([1.0, 2.5, None, 1e16]), ["1", "2.5", None, "1e+16"]),
        (pl.Series([7, None]), ["7", None]),
        (pl.Series([datetime(2026, 3, 1, 10)]), ["2026-03-01T10:00:00"]),
        (pl.Series(["as is"]), ["as is"]),
    ],
)
def test_every_cell_has_a_text_that_stands_for_it(cells, texts):
    assert text_of(cells).to_list() == texts
    assert texts_of(pl.DataFrame({"x": cells, "_row": cells}))["_row"].dtype == cells.dtype
    assert is_typed(cells.dtype) is (cells.dtype != pl.String)
