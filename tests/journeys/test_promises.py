"""Promises of time: kept, broken, or not to be known."""

import polars as pl

from desireline.journeys.promises import keep_steps
from desireline.tables import EVENTS

from .rows import events, sketch, trips_of


def kept(text: str, outline) -> list[bool | None]:
    return keep_steps(trips_of(events(text), outline), outline)["kept"].to_list()


ORDERS = """
    customer  at     event  channel  due
    ana       09:00  order  web      -
    ana       10:00  order  web      -
    ana       11:00  ship   web      10:59
    ana       12:30  ship   store    12:30
    ben       09:00  ship   web      -
    ben       09:00  order  web      -
"""


def test_within_counts_from_the_latest_earlier_visit():
    outline = sketch("order ship", points={"ship": {"promise": {"time": {"within": "1h", "after": "order"}}}})
    assert kept(ORDERS, outline) == [None, None, True, False, None, None]


def test_within_counts_from_the_journeys_start_when_nothing_is_said():
    outline = sketch("order ship", points={"ship": {"promise": {"time": {"within": "2h"}}}})
    assert kept(ORDERS, outline) == [None, None, True, False, True, None]


def test_the_due_instant_itself_is_in_time():
    outline = sketch("order ship", points={"ship": {"promise": {"time": {"by_due": True}}}})
    assert kept(ORDERS, outline) == [None, None, False, True, None, None]


def test_a_channels_promise_holds_instead_of_the_general_one():
    promise = {"time": {"within": "30m"}, "channels": {"store": {"time": {"within": "4h"}}}}
    outline = sketch("order ship", points={"ship": {"promise": promise}})
    assert kept(ORDERS, outline) == [None, None, False, True, True, None]


def test_a_channels_promise_that_cannot_be_known_does_not_fall_back_on_the_general_one():
    promise = {"time": {"kept_when": {"channel": "web"}}, "channels": {"web": {"time": {"by_due": True}}}}
    outline = sketch("order ship", points={"ship": {"promise": promise}})
    assert kept(ORDERS, outline) == [None, None, False, False, None, None]


def test_an_event_says_itself_whether_the_promise_was_kept():
    log = """
        customer  at     event  with
        ana       09:00  close  {"made_sla":"true"}
        ana       10:00  close  {"made_sla":"false"}
        ana       11:00  close  {}
    """
    told = {"promise": {"time": {"kept_when": {"property": {"made_sla": "true"}}}}}
    assert kept(log, sketch("close*", points={"close": told})) == [True, False, None]


def test_visits_of_other_journeys_do_not_count():
    log = "customer at event\n ana 1T09:00 order\n ana 5T09:00 ship"
    promise = {"ship": {"promise": {"time": {"within": "10d", "after": "order"}}}}
    assert kept(log, sketch("order ship", points=promise, journey={"by": "silence", "silence": "1d"})) == [
        None,
        None,
    ]
    assert kept(log, sketch("order ship", points=promise)) == [None, True]


def test_of_two_events_at_one_instant_the_one_that_stood_first_came_first():
    log = "customer at event\n ana 09:00 order\n ana 09:00 ship"
    points = {
        "ship": {"promise": {"time": {"within": "0s", "after": "order"}}},
        "order": {"promise": {"time": {"within": "0s", "after": "ship"}}},
    }
    assert kept(log, sketch("order ship", points=points)) == [None, True]


def test_no_promise_and_no_events_keep_nothing():
    assert kept(ORDERS, sketch("order ship")) == [None] * 6
    outline = sketch("a", points={"a": {"promise": {"time": {"within": "1h"}}}})
    assert keep_steps(trips_of(EVENTS.empty(), outline), outline).schema["kept"] == pl.Boolean
