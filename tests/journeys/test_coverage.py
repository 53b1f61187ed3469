"""Coverage says how much of the data the map explains, and adds up over buckets."""

import polars as pl

from desireline.journeys.coverage import Coverage, cover
from desireline.journeys.place import place
from desireline.tables import EVENTS

from .rows import events, sketch

LOG = events("""
    customer  at     event  channel
    ana       09:00  a      web
    ana       09:01  blink  web
    ana       09:02  blink  web
    ben       09:00  blink  web
    ben       09:01  wink   -
    cleo      09:00  open   -
    cleo      09:01  a      web
""")
OUTLINE = sketch("a b c", points={"c": {"when": None}}, journey={"start": {"event": "open"}})


def covered(log: pl.DataFrame) -> Coverage:
    return cover(place(log, OUTLINE), OUTLINE)


def facts(coverage: Coverage) -> tuple:
    numbers = (coverage.events, coverage.events_explained, coverage.customers, coverage.customers_explained)
    return (*numbers, coverage.off_map.rows(), coverage.visits.rows(), coverage.bound, coverage.unbound)


def test_both_ways_are_told():
    found = covered(LOG)
    assert facts(found) == (
        7, 3, 3, 2, [("blink", "web", 3, 2), ("wink", None, 1, 1)], [("a", 2, 2)], ("a", "b"), ("c",),
    )  # fmt: skip
    assert (found.touchpoints_bound, found.touchpoints_visited, found.share_visited) == (2, 1, 0.5)
    assert found.silent == ("b",)


def test_coverages_of_buckets_add_up_in_any_order():
    parts = [covered(LOG.filter(pl.col("customer_id") == who)) for who in ("ana", "ben", "cleo")]
    for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
        total = Coverage.nothing(OUTLINE)
        for number in order:
            total = total.add(parts[number])
        assert facts(total) == facts(covered(LOG))


def test_no_events_cover_nothing():
    assert facts(covered(EVENTS.empty())) == facts(Coverage.nothing(OUTLINE))
    assert Coverage.nothing(sketch("a", points={"a": {"when": None}})).share_visited is None
