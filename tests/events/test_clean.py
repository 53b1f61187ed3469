from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.errors import RecipeMismatch
from desireline.events.clean import clean_events
from desireline.recipes.cleaned import BOOKKEEPING, Cleaned
from desireline.recipes.columns import Lookup, join_columns
from desireline.tables import EVENTS
from recipes.given import cells, fates, recipe, rows

LOG = recipe("""
    times: {zone: Europe/Berlin}
    sources: {log: {file: log.csv}}
    tables:
      log:
        into: events
        source: log
        customer: [who, mail]
        case: order
        channel: via
        currency: EUR
        events: [{event: what, at: when, value: worth, due: by, status: state}]
        properties: {size: w}
""")
WIDE = recipe("""
    sources: {orders: {file: orders.csv, times: {form: day first, zone: UTC}}}
    tables:
      orders:
        into: events
        source: orders
        customer: who
        case: order
        events:
          - {event: {text: placed}, at: placed, value: sum, id: order}
          - {event: {text: shipped}, at: shipped, channel: {text: parcel}, once: true}
          - event: {text: refunded}
            at: [back, placed]
            status: state
            where: {status: failed, property: {sum: {above: 10}}}
        properties: all
""")


def clean(batch: pl.DataFrame, given_recipe=LOG) -> Cleaned:
    """The batch cleaned for the recipe's only table; every row has one fate."""
    ((name, table),) = given_recipe.tables.items()
    lookups = {}
    cleaned = clean_events(join_columns(batch, table.join, lookups), table, given_recipe, name=name, file="in.csv")
    fates(batch, cleaned.records, cleaned.refused)
    assert cleaned.records.schema == {**EVENTS.columns, **BOOKKEEPING}
    return cleaned


def test_a_row_of_a_log_becomes_one_event():
    cleaned = clean(
        rows("""
        who  | mail | what | when             | order | via | worth    | by         | state  | w
         ana |      | pay  | 2026-03-01 10:00 | o1    | web | 1.234,50 | 2026-03-02 | failed | 7
    """)
    )
    (record,) = cleaned.records.to_dicts()
    assert record == {
        "event_id": None,
        "customer_id": "ana",
        "at": datetime(2026, 3, 1, 9, tzinfo=UTC),
        "event": "pay",
        "channel": "web",
        "case_id": "o1",
        "value": Decimal("1234.5000"),
        "currency": "EUR",
        "due_at": datetime(2026, 3, 1, 23, tzinfo=UTC),
        "status": "failed",
        "properties": '{"size":"7"}',
        "source": "log",
        "row": 1,
        "part": 1,
        "_file_row": 1,
        "_once": False,
    }
    assert cleaned.refused.is_empty()


def test_a_row_that_lacks_something_is_refused_with_its_reason_and_its_cells():
    cleaned = clean(
        rows("""
        who | mail | what | when             | order | via | worth | by   | state | w
            |      | pay  | 2026-03-01       |       |     |       |      |       |
        ana |      |      | 2026-03-01       |       |     |       |      |       |
        ana |      | pay  |                  |       |     |       |      |       |
        ana |      | pay  | soon             |       |     |       |      |       |
        ana |      | pay  | 3026-03-01       |       |     |       |      |       |
        ana |      | pay  | 2026-03-01       |       |     | much  |      |       |
        ana |      | pay  | 2026-03-01       |       |     |       | soon |       |
            | a@b  | pay  | 2026-03-01       |       |     |       |      |       |
    """)
    )
    assert cells(cleaned.refused, "source", "row", "reason") == [
        ("in.csv", 1, "no_customer"),
        ("in.csv", 2, "no_event"),
        ("in.csv", 3, "no_time"),
        ("in.csv", 4, "bad_time"),
        ("in.csv", 5, "time_out_of_range"),
        ("in.csv", 6, "bad_number"),
        ("in.csv", 7, "bad_time"),
    ]
    assert [re.split(r"[:.]", detail)[0] for detail in cleaned.refused["detail"]] == [
        "who and mail are empty",
        "what is empty",
        "when is empty",
        "when (at) is “soon”",
        "when (at) is “3026-03-01”",
        "worth (value) is “much”",
        "by (due) is “soon”",
    ]
    assert cleaned.refused["raw"][3] == '{"who":"ana","what":"pay","when":"soon"}'
    assert cells(cleaned.records, "customer_id", "row", "value", "currency") == [("a@b", 8, None, None)]


def test_a_wide_row_makes_an_event_of_each_instant_that_is_there():
    cleaned = clean(
        rows("""
        who | order | placed   | shipped  | back     | sum | state  | size
        ana | o1    | 1/3/2026 | 2/3/2026 |          | 12  | paid   | L
        ben | o2    | 1/3/2026 |          | 5/3/2026 | 12  | failed |
        ben | o3    | 1/3/2026 |          | 5/3/2026 | 9   | failed |
        eva | o4    |          |          |          | 12  | paid   |
    """),
        WIDE,
    )
    assert cells(cleaned.records, "row", "event", "at", "value", "channel", "status", "_once") == [
        (1, "placed", datetime(2026, 3, 1, tzinfo=UTC), Decimal("12"), None, None, False),
        (1, "shipped", datetime(2026, 3, 2, tzinfo=UTC), None, "parcel", None, True),
        (2, "placed", datetime(2026, 3, 1, tzinfo=UTC), Decimal("12"), None, None, False),
        (2, "refunded", datetime(2026, 3, 5, tzinfo=UTC), None, None, "failed", False),
        (3, "placed", datetime(2026, 3, 1, tzinfo=UTC), Decimal("9"), None, None, False),
    ]
    assert cells(cleaned.refused, "row", "reason") == [(4, "no_record")]
    assert cleaned.records["properties"].to_list() == ['{"size":"L"}'] * 2 + ["{}"] * 3
    assert cleaned.records["event_id"].is_null().to_list() == [False, True, False, True, False]


def test_nothing_of_a_wide_row_is_taken_when_one_of_its_instants_cannot_be_read():
    cleaned = clean(
        rows("""
        who | order | placed   | shipped | back | sum | state | size
        ana | o1    | 1/3/2026 | soon    |      | 12  | paid  |
        ana | o1    | 1/3/2026 |         | soon | 12  | paid  |
        ana |       | 1/3/2026 |         |      | 12  | paid  |
    """),
        WIDE,
    )
    assert cells(cleaned.refused, "row", "reason") == [(1, "bad_time"), (3, "no_id")]
    assert cells(cleaned.records, "row", "event") == [(2, "placed")]


def test_a_row_without_a_required_partner_is_refused_and_joined_cells_are_no_part_of_its_raw_text():
    joined = recipe("""
        times: {zone: UTC}
        sources: {log: {file: a}, people: {file: b, times: {form: day first}}}
        tables:
          log:
            into: events
            source: log
            join: [{source: people, on: who, required: true}]
            customer: people.id
            events: [{event: {text: joined}, at: people.since}, {event: what, at: when}]
    """)
    people = rows("""
        who | id | since
        ana | p1 | 1/2/2026
    """)
    batch = rows("""
        who | what | when
        ana | pay  | 2026-03-01
        ben | pay  | 2026-03-01
    """)
    table = joined.tables["log"]
    frame = join_columns(batch, table.join, {"people": Lookup(table.join[0], people)})
    cleaned = clean_events(frame, table, joined, name="log", file="in.csv")
    assert cells(cleaned.records, "customer_id", "event", "at") == [
        ("p1", "joined", datetime(2026, 2, 1, tzinfo=UTC)),
        ("p1", "pay", datetime(2026, 3, 1, tzinfo=UTC)),
    ]
    assert cells(cleaned.refused, "row", "reason", "raw") == [
        (2, "no_partner", '{"who":"ben","what":"pay","when":"2026-03-01"}')
    ]


def test_no_rows_give_no_records_and_a_missing_column_stops_the_import():
    head = rows("who | mail | what | when | order | via | worth | by | state | w")
    cleaned = clean(head)
    assert (len(cleaned.records), len(cleaned.refused)) == (0, 0)
    with pytest.raises(RecipeMismatch, match="There is no column 'when'"):
        clean(head.drop("when"))


columns = st.fixed_dictionaries(
    {
        "who": st.sampled_from(["ana", "ben", " ", None]),
        "order": st.sampled_from(["o1", "o2", None]),
        "placed": st.sampled_from(["1/3/2026", "2/3/2026 10:00", "soon", None]),
        "shipped": st.sampled_from(["3/3/2026", "31/2/2026", None]),
        "back": st.sampled_from(["4/3/2026", None]),
        "sum": st.sampled_from(["12", "9,5", "1,234", None]),
        "state": st.sampled_from(["failed", "paid", None]),
        "size": st.sampled_from(["L", None]),
    }
)


@given(st.lists(columns, min_size=1, max_size=12), st.randoms(use_true_random=False), st.integers(3, 6))
@settings(max_examples=15, deadline=None)
def test_neither_the_order_of_rows_nor_the_cut_into_batches_changes_what_comes_out(drawn, random, size):
    schema = dict.fromkeys(drawn[0], pl.String)
    batch = pl.DataFrame(drawn, schema=schema).with_columns(_row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    whole = clean(batch, WIDE)
    order = list(range(len(batch)))
    random.shuffle(order)
    shuffled = clean(batch[order], WIDE)
    parts = [clean(part, WIDE) for part in batch.iter_slices(size)]
    for other in (
        shuffled,
        Cleaned(pl.concat(p.records for p in parts), pl.concat(p.refused for p in parts)),
    ):
        assert other.records.sort("row", maintain_order=True).equals(whole.records)
        assert other.refused.sort("row").equals(whole.refused)
