from __future__ import annotations

import polars as pl

from desireline.recipes.cleaned import REFUSED, Cleaned, Faults, identify, keep, refuse, refuse_all, settle
from desireline.tables import CUSTOMERS, EVENTS

from .given import cells, rows


def event(**said) -> pl.DataFrame:
    return pl.DataFrame({"event_id": None, "event": "pay", "source": "log", "row": 1} | said)


def test_the_first_fault_of_a_row_stays():
    faults = Faults(3)
    faults.note(pl.Series(["bad_time", None, None]), role="at", texts=pl.Series(["soon", "x", "y"]))
    faults.note_where(pl.Series([True, True, False]), "no_customer")
    assert faults.reason.to_list() == ["bad_time", "no_customer", None]
    assert faults.detail.to_list() == [
        "at is “soon”. The instant cannot be read in the form that the recipe names.",
        "There is no customer in the row.",
        None,
    ]
    assert faults.fine.to_list() == [False, False, True]


def test_a_number_that_can_be_read_in_two_ways_says_how_to_decide():
    faults = Faults(1)
    faults.note(pl.Series(["bad_number"]), role="value", texts=pl.Series(["1,234"]))
    assert faults.detail[0].startswith("value is “1,234”. It can be read in two ways; `decimal: point` or")


def test_a_refused_row_keeps_its_number_and_its_cells():
    batch = rows("""
        who | when
        ana | soon
        ben | 2026
    """)
    refused = refuse(batch, pl.Series(["bad_time", None]), pl.Series(["why", None]), file="log.csv")
    assert refused.rows() == [("log.csv", 1, "bad_time", "why", '{"who":"ana","when":"soon"}')]
    assert cells(refuse_all(batch, "no_partner", file="x"), "row", "reason") == [
        (1, "no_partner"),
        (2, "no_partner"),
    ]
    assert refuse_all(batch.head(0), "no_partner", file="x").schema == REFUSED.empty().schema


def test_a_row_that_some_table_took_is_not_refused():
    taken = keep(pl.DataFrame({"customer_id": ["ana"], "row": [1]}), CUSTOMERS)
    batch = rows("""
        who
        ana
        ben
    """)
    no_event = refuse_all(batch, "no_record", file="f")
    no_customer = refuse_all(batch.tail(1), "no_customer", file="f")
    nothing = REFUSED.empty()
    assert cells(settle([Cleaned(taken, no_customer), Cleaned(taken.head(0), no_event)]), "row", "reason") == [
        (2, "no_customer")
    ]
    assert settle([Cleaned(taken, nothing)]).is_empty()
    assert settle([]).is_empty()


def test_an_own_id_is_hashed_with_its_source_and_event_and_without_one_there_is_none():
    own = pl.concat([event(event_id="7"), event(event_id="7", event="ship"), event(event_id="7")])
    ids = identify(own, EVENTS, of="orders", told="event")["event_id"].to_list()
    other = identify(event(event_id="7"), EVENTS, of="refunds", told="event")["event_id"].to_list()
    assert ids[0] == ids[2]
    assert len({*ids, *other}) == 3
    same = identify(pl.concat([event(), event(row=9, source="other")]), EVENTS, of="orders", told="event")
    assert same["event_id"].to_list() == [None, None]


def test_ids_never_change_between_versions():
    found = identify(pl.concat([event(event_id="7"), event()]), EVENTS, of="orders", told="event")
    assert found["event_id"].to_list() == ["8650f8ae594a2b2757dfc5fc06301d0c", None]


def test_the_same_own_id_of_two_customers_is_two_records():
    own = pl.concat([event(event_id="7", customer_id="ana"), event(event_id="7", customer_id="ben")])
    assert identify(own, EVENTS, of="orders", told="event")["event_id"].n_unique() == 2
