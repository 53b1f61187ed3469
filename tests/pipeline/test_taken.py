"""Routes: counted by how they ended, small groups left out, the same in any order."""

import polars as pl
from polars.testing import assert_frame_equal
from tests.measures.companies import company
from tests.measures.rows import SHOP, take

from desireline.measures.view import View
from desireline.pipeline.taken import Taken, combine

COMPANY = company(5, people=300)


def taken(trips) -> Taken:
    return Taken.of(View(trips, SHOP))


def test_routes_are_those_of_a_group_by():
    ended = pl.when("success").then(pl.lit("success")).otherwise("state").alias("outcome")
    counted = COMPANY.journeys.group_by("route", ended).agg(
        pl.len().cast(pl.Int64).alias("journeys"), pl.col("customer_id").n_unique().cast(pl.Int64).alias("customers")
    )
    order = ["journeys", pl.col("route").list.join(">"), "outcome"]
    expected = counted.filter(pl.col("customers") >= 5).sort(order, descending=[True, False, False])
    assert expected.height > 5
    assert_frame_equal(taken(COMPANY).finish(), expected)


def test_parts_come_to_the_same_in_any_order():
    people = COMPANY.journeys["customer_id"].unique().sort()
    parts = [taken(take(COMPANY, people[start::4])) for start in range(4)]
    for some in (parts, parts[::-1], [combine(parts[:2]), combine(parts[2:]).together()]):
        assert_frame_equal(combine(some).finish(), taken(COMPANY).finish())


def test_nobody_took_no_route():
    assert combine([]).finish().is_empty()
    assert combine([taken(take(COMPANY, []))]).finish().is_empty()
