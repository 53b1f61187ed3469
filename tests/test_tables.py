"""Tables keep their shape: given any part of the columns in any order, the whole comes out, typed and in order."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from desireline import tables
from desireline.tables import EVENTS, Table

ALL = [one for one in vars(tables).values() if isinstance(one, Table)]


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_an_empty_table_has_its_shape(table: Table):
    assert table.empty().schema == pl.Schema(table.columns)
    assert_frame_equal(table.shape(table.empty()), table.empty())


def test_names_are_used_once():
    assert len({table.name for table in ALL}) == len(ALL) >= 10


def test_missing_columns_are_empty_and_others_are_cast_and_ordered():
    given = pl.DataFrame({"value": [1.5], "at": [datetime(2026, 3, 1)], "customer_id": ["ana"]})
    given = given.with_columns(pl.col("at").dt.replace_time_zone("UTC"))
    shaped = EVENTS.shape(given)
    assert shaped.columns == list(EVENTS.columns)
    assert shaped["value"].to_list() == [Decimal("1.5000")]
    assert shaped["event"].to_list() == [None]
