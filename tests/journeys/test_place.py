"""Events stand on the first touchpoint whose rule holds; nothing is lost or added."""

import polars as pl
import pytest

from desireline.journeys.place import in_time_order, place
from desireline.tables import EVENTS

from .rows import events, sketch

SHOP = """
    customer  at     event    channel  status  value  with
    ana       09:00  see      Web      -       -      {"plan":"pro"}
    ana       09:05  pay      web      -       12.5   {}
    ana       09:06  pay      counter  FAILED  -      {}
    ben       09:00  blink    -        -       -      -
    ben       09:10  see      -        -       -      {"plan":"free"}
"""


def test_each_event_is_placed_with_its_stage_and_the_maps_channel():
    outline = sketch(
        "see pay",
        points={"pay": {"channels": ["online"]}, "see": {"channels": ["online"]}},
        channels=[{"id": "online", "names": ["web"]}, {"id": "store", "title": "Counter"}],
    )
    placed = place(events(SHOP), outline)
    shown = placed.select("touchpoint", "stage", "channel", "failed", "wrong_channel", "named", "value_e4")
    assert shown.rows() == [
        ("see", "s", "online", False, False, True, None),
        ("pay", "s", "online", False, False, True, 125_000),
        ("pay", "s", "store", True, True, True, None),
        (None, None, None, False, False, False, None),
        ("see", "s", None, False, False, True, None),
    ]


def test_rules_see_the_sources_channel_and_properties():
    points = {
        "pro": {"when": {"event": "see", "property": {"plan": "pro"}}},
        "web": {"when": {"channel": "web"}},
    }
    outline = sketch("pro web", points=points, channels=[{"id": "online", "names": ["web"]}])
    assert place(events(SHOP), outline)["touchpoint"].to_list() == ["pro", "web", None, None, None]


def test_the_first_touchpoint_in_map_order_wins():
    outline = sketch("wide pay", points={"wide": {"when": {"event": ["see", "pay"]}}})
    assert place(events(SHOP), outline)["touchpoint"].to_list() == ["wide", "wide", "wide", None, "wide"]


def test_a_rule_about_failures_replaces_the_status():
    outline = sketch("see pay", points={"pay": {"failed_when": {"channel": "web"}}})
    assert place(events(SHOP), outline)["failed"].to_list() == [False, True, False, False, False]


def test_events_that_only_a_stage_or_the_cut_speaks_of_are_not_off_the_map():
    outline = sketch(
        "pay",
        journey={"start": {"event": "see"}},
        stages=[{"id": "s", "entry": {"event": "blink"}, "exit": {"event": "pay"}}],
    )
    placed = place(events(SHOP), outline)
    assert placed["named"].to_list() == [True, True, True, True, True]
    assert placed["starts"].to_list() == [True, False, False, False, True]
    assert placed.select("enters", "leaves").rows() == [
        (None, None), (None, "s"), (None, "s"), ("s", None), (None, None),
    ]  # fmt: skip


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [4, 2, 0, 3, 1]])
def test_events_come_into_the_order_of_customers_and_instants(order):
    assert in_time_order(events(SHOP)[order]).equals(events(SHOP))


def test_events_at_one_instant_stand_as_they_stood_in_their_file():
    log = events("customer at event id\n ana 09:00 a z\n ana 09:00 b a")
    assert in_time_order(log)["event"].to_list() == ["a", "b"]
    assert in_time_order(log.reverse())["event"].to_list() == ["a", "b"]


def test_no_events_place_nothing_and_a_map_without_rules_explains_nothing():
    assert place(EVENTS.empty(), sketch("a")).height == 0
    bare = sketch("a", points={"a": {"when": None}})
    assert place(events(SHOP), bare).select(pl.col("touchpoint").null_count(), pl.col("named").sum()).row(0) == (5, 0)
