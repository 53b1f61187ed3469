"""Steps carry the fields of events that the analysis of effort asks for."""

from __future__ import annotations

from datetime import timedelta
from math import log1p

import polars as pl

from desireline.engine.local import run
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.pipeline.listening import listen
from desireline.pipeline.measuring import Bucket
from desireline.tables import CUSTOMERS, EVENTS, FEEDBACK
from desireline.voice.effort.effort import Effort
from desireline.voice.effort.found import Found
from voice.care import DAWN, MAP

DUE = Outline(read_map(MAP.replace("{time: {within: 2d}}", "{time: {by_due: true}}"), "care"))


def heard(outline: Outline, **asked: tuple[str, ...]) -> Found:
    """Six customers, whose cases go from north to south and come three hours late."""
    rows = [
        {"customer_id": f"c{k}", "case_id": f"c{k}", "at": DAWN + timedelta(hours=hour), "event": event}
        | {"properties": f'{{"squad":"{squad}"}}', "due_at": DAWN + timedelta(hours=7), "row": hour}
        for k in range(6)
        for hour, event, squad in ((0, "open", "north"), (10, "solved", "south"))
    ]
    bucket = Bucket(EVENTS.shape(pl.DataFrame(rows)), FEEDBACK.empty(), CUSTOMERS.empty())
    end = DAWN + timedelta(days=90)
    return listen(Effort(outline, **asked), outline, buckets=1, read=lambda _: bucket, run=run, data_end=end)


def test_a_property_that_is_asked_for_tells_hand_offs():
    found = heard(DUE, kinds=("property:squad",))
    assert found.hand_offs.select("from", "to", "hand_offs").rows() == [("north", "south", 6)]


def test_the_instant_that_was_promised_tells_by_how_much_it_was_missed():
    components = {row["component"]: row["mean"] for row in heard(DUE).components.to_dicts()}
    assert components["beyond_promise"] == round(100 * log1p(3 * 60)) / 100
