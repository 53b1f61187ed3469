"""Strays: events that nothing on the map explains, with the step after which they came."""

from __future__ import annotations

import polars as pl

from desireline.journeys.walk import walk

from .rows import customers, events, feedback, instant, sketch


def strays(text: str) -> list[tuple[int, str, int]]:
    """Journey, event and step of each stray."""
    told = events(text), feedback(""), customers("")
    found = walk(*told, sketch("see* pay ship"), data_end=instant("90T00:00")).trips.strays
    return found.with_columns(pl.col("event").cast(pl.String)).rows()


def test_strays_stand_after_the_steps_before_them():
    told = strays("""
        customer  at     event
        ana       09:00  lurk
        ana       09:10  see
        ana       09:20  pay
        ana       09:30  lurk
        ana       09:40  peek
        ana       09:50  ship
        bob       09:00  see
        cleo      09:00  lurk
    """)
    assert told == [(0, "lurk", 0), (0, "lurk", 2), (0, "peek", 2), (2, "lurk", 0)]


def test_no_strays_and_no_events_are_none():
    assert strays("customer at event\n ana 09:00 see") == []
    assert strays("customer at event") == []
