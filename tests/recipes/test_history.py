"""Histories: what a value replaced."""

from __future__ import annotations

import random

import polars as pl
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st

from desireline.recipes.history import replaced
from desireline.recipes.records import History, Times

from .given import rows

TICKETS = History(of=["ticket", "field"], at="at", value="value")
UTC = Times(zone="UTC")


def before(table: pl.DataFrame) -> list[str | None]:
    return replaced(table, TICKETS, times=UTC).to_list()


def test_each_value_knows_the_one_that_it_replaced_whatever_the_order_of_the_rows():
    table = rows("""
        ticket | field  | at               | value
        7      | status | 2026-01-03 10:00 | solved
        7      | status | 2026-01-01 10:00 | new
        7      | group  | 2026-01-02 10:00 | g1
        8      | status | 2026-01-02 10:00 | open
        7      | status | 2026-01-04 10:00 | open
        7      | group  | 2026-01-03 10:00 | g2
    """)
    assert before(table) == ["new", None, None, None, "solved", "g1"]


def test_of_one_instant_the_order_of_the_rows_counts():
    table = rows("""
        ticket | field  | at         | value
        7      | status | 2026-01-01 | new
        7      | status | 2026-01-01 | open
    """)
    assert before(table) == [None, "new"]


def test_a_value_said_again_replaces_nothing():
    table = rows("""
        ticket | field  | at         | value
        7      | status | 2026-01-01 | solved
        7      | status | 2026-01-02 | solved
        7      | status | 2026-01-03 | open
    """)
    assert before(table) == [None, None, "solved"]


def test_rows_without_an_instant_or_a_key_are_left_out_and_an_emptied_value_counts():
    table = rows("""
        ticket | field  | at         | value
        7      | group  | 2026-01-01 | g1
        7      | group  | never      | g9
        7      |        | 2026-01-02 | g9
        7      | group  | 2026-01-03 |
        7      | group  | 2026-01-04 | g2
    """)
    assert before(table) == [None, None, None, "g1", None]
    assert before(table.clear()) == []


@settings(max_examples=25, deadline=None)
@example(
    st.lists(st.tuples(st.sampled_from("12"), st.integers(1, 28), st.sampled_from("abc")), max_size=20), st.randoms()
)
def test_a_history_agrees_with_a_loop_over_its_days(changes: list[tuple[str, int, str]], dice: random.Random):
    days = {(ticket, day): value for ticket, day, value in changes}  # one change a day: no ties to shuffle
    lines = [(ticket, day, value) for (ticket, day), value in days.items()]
    dice.shuffle(lines)
    now: dict[str, str] = {}
    expected = {}
    for ticket, day, value in sorted(lines):
        expected[ticket, day] = now.get(ticket) if now.get(ticket) != value else None
        now[ticket] = value
    table = pl.DataFrame(
        {
            "ticket": [line[0] for line in lines],
            "field": ["status"] * len(lines),
            "at": [f"2026-01-{line[1]:02d}" for line in lines],
            "value": [line[2] for line in lines],
        },
        schema=dict.fromkeys(("ticket", "field", "at", "value"), pl.String),
    )
    assert before(table) == [expected[ticket, day] for ticket, day, _ in lines]
