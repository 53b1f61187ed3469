"""What is costly to look at is looked at in a fair draw of customers, the same whatever the order of buckets."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
from tests.findings.heard import MAP, outline
from tests.voice.care import CARE, DAWN, care_view

from desireline.findings.gather.moments import MomentsWalker
from desireline.findings.gather.talk import TalkWalker
from desireline.findings.gather.targets import ReadingsWalker, targets
from desireline.measures.view import View
from desireline.tables import ANSWERS
from desireline.voice.topics.spoken import SPOKEN


def said(n: int, first: int = 0) -> View:
    """So many customers who each wrote a line."""
    rows = [
        {
            "feedback_id": f"f{i}",
            "customer_id": f"c{i}",
            "place": "care",
            "bound": "rule",
            "at": DAWN + timedelta(hours=i),
            "kind": "ticket",
            "text": f"Where is parcel number {i}?",
            "response": f"r{i}",
            "weight": 1.0,
        }
        for i in range(first, first + n)
    ]
    plain = care_view([{"customer": f"c{i}", "hour": 0, "event": "open"} for i in range(first, first + n)])
    return View(_with(plain, ANSWERS.shape(pl.DataFrame(rows))), CARE)


def _with(view: View, answers: pl.DataFrame):
    trips = view.trips
    return type(trips)(trips.journeys, trips.steps, answers, trips.deviations, trips.customers, trips.off_map)


def test_of_many_speakers_as_many_are_heard_as_asked_the_same_in_any_order():
    walker = TalkWalker(CARE, most=7)
    parts = [walker.partial(said(12, first)) for first in (0, 12, 24)]
    one = walker.combine(parts)
    other = walker.combine([walker.combine([parts[2], parts[0]]), parts[1]])
    assert one["customer_id"].n_unique() == 7
    assert set(one["customer_id"]) == set(other["customer_id"])
    whole = walker.partial(said(36))
    assert set(whole["customer_id"]) == set(one["customer_id"])


def test_nobody_speaks():
    walker = TalkWalker(CARE)
    assert walker.combine([]).schema == SPOKEN.empty().schema
    assert walker.finish(walker.combine([])).topics.is_empty()


def test_ratings_are_drawn_by_customers():
    walker = MomentsWalker(most=3)
    rated = pl.DataFrame(
        {
            "feedback_id": [f"f{i}" for i in range(20)],
            "response": [f"r{i}" for i in range(20)],
            "journey_id": [None] * 20,
            "customer_id": [f"c{i % 10}" for i in range(20)],
            "at": [DAWN] * 20,
            "rank": [0] * 20,
            "level": [1.0] * 20,
        },
        schema_overrides={"journey_id": pl.String, "rank": pl.Int64, "at": pl.Datetime("us", "UTC")},
    )
    kept = walker.combine([rated[:10], rated[10:]])
    assert kept["customer_id"].n_unique() == 3
    assert kept.height == 6
    assert walker.finish(kept).weights == ()


def test_what_has_a_target_is_read_and_nothing_else():
    kpis = MAP.replace(
        "id: pay,",
        "id: pay, kpis: [{measure: customers, at_least: 2}, {measure: journeys}, {measure: unheard, at_most: 1}],",
    )
    map_ = outline(text=kpis)
    assert [(target.place, target.kpi.measure) for target in targets(map_)] == [("pay", "customers")]
    walker = ReadingsWalker(map_)
    view = care_view([{"customer": f"c{i}", "hour": 0, "event": "pay"} for i in range(8)], outline=map_)
    found = walker.finish(walker.combine([walker.partial(view)]))
    row = found.row("customers", "pay")
    assert row is not None
    assert (row["value"], row["n"]) == (8, 8)
    assert found.row("journeys", "pay") is None
    assert not found.answers("pay")
