"""What a lake knows of customers after several lists described them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desireline.lake.described import settle_described
from desireline.lake.store import Lake
from desireline.tables import CUSTOMERS

from .company import bring

Said = tuple[str, dict[str, str]]
law = settings(deadline=None, max_examples=80)
texts = st.sampled_from(["x", "y", 'Köln "a", ":null', "\x01\n"])
cells = st.dictionaries(st.sampled_from(["plan", "city", 'a "b"', "[]"]), texts)
lists = st.lists(st.lists(st.tuples(st.sampled_from("ab"), cells), max_size=4), max_size=4)


def staged(said: Sequence[Said]) -> pl.DataFrame:
    """One list: a customer in each row, and what its cells hold."""
    rows = [
        {
            "customer_id": who,
            "properties": json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
            "source": "crm",
            "row": number,
            "_file": 0,
            "_file_row": number,
        }
        for number, (who, row) in enumerate(said, 1)
    ]
    return pl.DataFrame(rows, schema={**CUSTOMERS.columns, "_file": pl.Int32, "_file_row": pl.Int64})


def land(lake: pl.DataFrame, said: Sequence[Said]) -> pl.DataFrame:
    settled = settle_described(staged(said), lake)
    assert settled.new.height + settled.known.height == len(said)
    kept = lake.filter(~pl.col("customer_id").is_in(settled.replaced.implode()))
    return pl.concat([kept, settled.new.select(lake.columns)])


def known(lake: pl.DataFrame) -> dict[str, dict[str, str]]:
    assert lake["customer_id"].is_unique().all()
    return {who: json.loads(text) for who, text in lake.select("customer_id", "properties").iter_rows()}


@law
@given(lists)
@example([[("a", {"plan": "x", "city": "y"})], [("a", {})], [("a", {"city": "x"})]])
def test_of_each_property_the_last_that_was_said_counts(of: list[list[Said]]):
    lake, wanted = CUSTOMERS.empty(), dict[str, dict[str, str]]()
    for said in of:
        lake = land(lake, said)
        for who, row in said:
            wanted[who] = wanted.get(who, {}) | row
        assert known(lake) == wanted
        assert land(lake, said).equals(lake)  # saying it again changes nothing


@law
@given(lists)
def test_it_does_not_matter_how_rows_are_cut_into_imports(of: list[list[Said]]):
    one, cut = land(CUSTOMERS.empty(), [row for said in of for row in said]), CUSTOMERS.empty()
    for said in of:
        cut = land(cut, said)
    assert known(one) == known(cut)


def test_a_list_that_says_something_else_leaves_the_rest_in_the_lake(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    bring(lake, "one", {"crm.csv": {"customers": staged([("ana", {"plan": "pro"}), ("ben", {"plan": "free"})])}})
    bring(lake, "two", {"towns.csv": {"customers": staged([("ana", {"city": "Ulm"})])}})
    now = lake.current()
    parts = [now.part("customers", bucket) for bucket in range(now.buckets)]
    assert known(pl.concat(parts)) == {"ana": {"city": "Ulm", "plan": "pro"}, "ben": {"plan": "free"}}
