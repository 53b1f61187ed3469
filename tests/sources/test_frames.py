from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pandas as pd
import polars as pl
import pytest

from desireline.errors import SourceEmpty, SourceUnreadable
from sources.reading import everything, source


def test_every_type_becomes_text_without_losing_precision():
    frame = pl.DataFrame(
        {
            "whole": [1.0, None],
            "part": [0.1, float("nan")],
            "big": [2.0**60, -3.0],
            "yes": [True, None],
            "money": [Decimal("1.50"), None],
            "on": [date(2026, 3, 1), None],
            "at": [datetime(2026, 3, 1, 10, 0, 0, 500), None],
            "utc": [datetime(2026, 3, 1, 10, tzinfo=UTC), None],
            "o_clock": [time(9, 5), None],
            "took": [timedelta(seconds=90), None],
            "tags": [["a", "é"], None],
            "who": [{"id": 7, "home": {"city": "Köln"}}, None],
            "raw": [b"ab\xff", None],
        }
    )
    rows, _ = everything(frame)
    assert rows.row(0, named=True) == {
        "whole": "1",
        "part": "0.1",
        "big": "1.152921504606847e+18",
        "yes": "true",
        "money": "1.50",
        "on": "2026-03-01",
        "at": "2026-03-01T10:00:00.000500",
        "utc": "2026-03-01T10:00:00+00:00",
        "o_clock": "09:05:00",
        "took": "PT1M30S",
        "tags": '["a", "é"]',
        "who.id": "7",
        "who.home.city": "Köln",
        "raw": "ab\\xff",
        "_row": 1,
    }
    assert {text for name, text in rows.row(1, named=True).items() if name not in ("big", "_row")} == {None}


def test_nanoseconds_survive():
    frame = pl.DataFrame({"at": pl.Series([1_577_840_523_000_000_001]).cast(pl.Datetime("ns"))})
    assert everything(frame)[0]["at"].to_list() == ["2020-01-01T01:02:03.000000001"]


def test_instants_in_a_zone_are_written_in_utc():
    frame = pl.DataFrame({"at": [datetime(2026, 7, 1, 12)]}).select(pl.col("at").dt.replace_time_zone("Europe/Berlin"))
    assert everything(frame)[0]["at"].to_list() == ["2026-07-01T10:00:00+00:00"]


def test_a_pandas_frame_is_read_without_pyarrow():
    frame = pd.DataFrame(
        {
            "who": ["ana", None],
            "n": [1.0, float("nan")],
            "at": pd.to_datetime(["2026-03-01 10:00:00.000000001", None]),
            "utc": pd.to_datetime(["2026-03-01 10:00+01:00", None], utc=True),
            "kind": pd.Categorical(["a", "b"]),
        }
    )
    rows, _ = everything(frame)
    assert rows.rows() == [
        ("ana", "1", "2026-03-01T10:00:00.000000001", "2026-03-01T09:00:00+00:00", "a", 1),
        (None, None, None, None, "b", 2),
    ]


class OnlyArrow:
    """A frame of some other library: nothing but the Arrow interface."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def test_anything_with_the_arrow_interface_is_read():
    assert everything(OnlyArrow(pl.DataFrame({"a": [1, 2]})))[0].rows() == [("1", 1), ("2", 2)]


def test_a_lazy_frame_is_read():
    assert everything(pl.LazyFrame({"a": [1]}))[0].rows() == [("1", 1)]


def test_rows_with_nul_and_blank_rows_are_refused_under_their_numbers():
    frame = pl.DataFrame({"a": ["x", "n\0l", None, "y"], "b": ["1", "2", " ", "4"]})
    rows, refused = everything(frame, batch_rows=2)
    assert rows["_row"].to_list() == [1, 4]
    assert refused.select("source", "row", "reason").rows() == [
        ("frame", 2, "nul_byte"),
        ("frame", 3, "blank_row"),
    ]


def test_missing_words_hold_for_frames_too():
    assert everything(pl.DataFrame({"a": ["?", "x"], "b": ["1", "2"]}), source(missing=["?"]))[0]["a"].to_list() == [
        None,
        "x",
    ]


def test_a_frame_without_rows_is_empty():
    with pytest.raises(SourceEmpty):
        everything(pl.DataFrame({"a": []}))


def test_a_thing_that_is_no_table_is_told():
    with pytest.raises(SourceUnreadable, match="A dict is no table"):
        everything({"a": 1})


def test_a_parquet_file_is_read_in_slices(tmp_path):
    path = tmp_path / "export.parquet"
    pl.DataFrame({"n": list(range(250)), "at": [datetime(2026, 3, 1)] * 250}).write_parquet(path)
    rows, refused = everything(path, batch_rows=100)
    assert rows["n"].to_list() == [str(n) for n in range(250)]
    assert rows["_row"].to_list() == list(range(1, 251))
    assert rows["at"][0] == "2026-03-01T00:00:00"
    assert refused.is_empty()


def test_a_parquet_file_without_rows_or_with_damage_says_so(tmp_path):
    path = tmp_path / "export.parquet"
    pl.DataFrame({"n": [1, 2]}).clear().write_parquet(path)
    with pytest.raises(SourceEmpty):
        everything(path)
    pl.DataFrame({"n": [1, 2]}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(SourceUnreadable, match=r"export.parquet: the Parquet file cannot be read"):
        everything(path)
