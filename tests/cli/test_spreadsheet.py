from __future__ import annotations

import io

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from desireline.draw.files.spreadsheet import csv_text


def test_a_text_that_would_run_as_a_formula_gets_an_apostrophe_and_numbers_stay_numbers():
    frame = pl.DataFrame(
        {"who": ["=1+1", "+49 (30)", "-x", "@sum", "\tx", "ana", "-12.5", "+4930", None], "n": [-1] * 9}
    )
    assert csv_text(frame).splitlines() == [
        "who,n",
        "'=1+1,-1",
        "'+49 (30),-1",
        "'-x,-1",
        "'@sum,-1",
        "'\tx,-1",
        "ana,-1",
        "-12.5,-1",
        "+4930,-1",
        ",-1",
    ]


@given(st.lists(st.text(max_size=8), min_size=1, max_size=4))
def test_no_cell_that_is_read_back_begins_like_a_formula(texts):
    back = pl.read_csv(io.StringIO(csv_text(pl.DataFrame({"text": texts, "x": "x"}))), infer_schema=False)
    for written, cell in zip(texts, back["text"], strict=True):
        assert cell is None or cell == written or cell == f"'{written}"
        assert cell is None or cell[:1] not in "=@\t\r\n" or cell == ""
