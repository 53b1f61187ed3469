"""The order that is found by hashes is the order that the columns say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.hashes import hash_text
from desireline.lake.order import EVENTS_ORDER, order_events, sort_events
from desireline.tables import EVENTS

START = datetime(2026, 3, 1, tzinfo=UTC)
law = settings(deadline=None, max_examples=80)
told = st.tuples(
    st.sampled_from(["ana", "ben", "cem", "zoë"]), st.integers(-3, 3), st.integers(1, 4), st.sampled_from("xy")
)


def events(said: list[tuple[str, int, int, str]]) -> pl.DataFrame:
    rows = [
        {"customer_id": who, "at": START + timedelta(days=9000 * day), "event": what, "row": row, "part": 1}
        for who, day, row, what in said
    ]
    return EVENTS.shape(pl.DataFrame(rows, schema_overrides={"at": EVENTS.columns["at"]}))


@law
@given(st.lists(told, min_size=1, max_size=30))
def test_events_stand_by_customer_instant_row_and_content(said):
    frame = events(said)
    found = order_events(frame, hash_text(frame["customer_id"]))
    wanted = sorted(said, key=lambda one: (one[0].encode(), one[1], one[2]))
    assert [row[0] for row in found.select("customer_id").rows()] == [one[0] for one in wanted]
    assert found["row"].to_list() == [one[2] for one in wanted]
    assert found.equals(sort_events(frame))


@law
@given(st.lists(told, min_size=1, max_size=30), st.randoms())
def test_the_order_in_which_events_came_does_not_matter(said, random):
    frame, other = events(said), events(random.sample(said, len(said)))
    hashes, others = hash_text(frame["customer_id"]), hash_text(other["customer_id"])
    assert order_events(frame, hashes).equals(order_events(other, others))


@law
@given(st.lists(told, min_size=1, max_size=30), st.integers(1, 3))
def test_customers_whose_hashes_are_equal_are_told_apart(said, hashes):
    frame = events(said)
    few = hash_text(frame["customer_id"]) % np.uint64(hashes)
    assert order_events(frame, few).equals(sort_events(frame))


def test_many_events_of_one_instant_and_of_far_apart_ones_are_ordered():
    said = [("ana", 0, row, "x") for row in range(500, 0, -1)] + [("ana", -3, 900, "x"), ("ben", 3, 901, "x")]
    frame = events(said)
    found = order_events(frame, hash_text(frame["customer_id"]))
    assert found.equals(frame.sort(EVENTS_ORDER))
