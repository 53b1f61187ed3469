"""Tallies: customers added up first; two ways to count agree."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from desireline.findings.gather.tallies import SUMS, clusters_of, count_rows, put_together, tally
from desireline.measures.clusters import Clusters

ROWS = pl.DataFrame(
    {"place": ["a", "a", "a", "b"], "customer": [1, 1, 2, 1], "x": [1, 1, 0, 3], "m": [1, 1, 1, 2]},
)


def test_customers_are_added_up_before_they_are_squared():
    cells = {row["place"]: row for row in tally(ROWS, ["place"]).iter_rows(named=True)}
    assert clusters_of(cells["a"]) == Clusters(n=2, rows=3, x=2, m=3, xx=4, xm=4, mm=5)
    assert clusters_of(cells["b"]) == Clusters(n=1, rows=1, x=3, m=2, xx=9, xm=6, mm=4)
    assert (cells["a"]["came"], cells["b"]["came"]) == (1, 1)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=40))
def test_counting_rows_is_a_tally_of_ones(pairs: list[tuple[int, int]]):
    cell, customer = (np.array([pair[i] for pair in pairs], dtype=np.int64) for i in (0, 1))
    rows = pl.DataFrame({"cell": cell, "customer": customer, "x": np.zeros_like(cell), "m": np.ones_like(cell)})
    expected = tally(rows, ["cell"]).sort("cell").select("cell", "n", "rows", "m", "mm")
    cells, which, counted = count_rows(cell, customer.astype(np.int32))
    assert_frame_equal(counted.select(pl.Series("cell", cells), "n", "rows", "m", "mm"), expected)
    assert cells[which].tolist() == cell.tolist()


def test_parts_add_up_in_any_order_and_none_is_nothing():
    one, two = tally(ROWS, ["place"]), tally(ROWS.filter(pl.col("place") == "b"), ["place"])
    both = put_together([one, two], ["place"])
    assert_frame_equal(both, put_together([two, one], ["place"]))
    assert both.filter(pl.col("place") == "b").select(SUMS).row(0) == (2, 2, 6, 4, 18, 12, 8, 2)
    assert put_together([], ["place"]).is_empty()
    assert tally(ROWS.clear(), ["place"]).is_empty()
