"""Groups that have a case are named as their source names them: such names may hold anything."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import polars as pl
from tests.findings.heard import dossier

from desireline.findings.finding import Who
from desireline.findings.gather.handed import AGAIN, BROKEN, FIELDS, HANDED, open_handed
from desireline.findings.rules.effort_at_a_hand_off import effort_at_a_hand_off
from desireline.journeys.walk import walk
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.measures.view import View
from desireline.tables import CUSTOMERS, EVENTS, FEEDBACK
from findings.shopping import AROUND, DAWN

CASES = Outline(
    read_map(
        """
map: {id: care, title: Care, journey: {by: case, patience: 0d, success: [done]}, promise: {time: {within: 2d}}}
stages: [{id: work, title: Work}]
touchpoints:
  - {id: open, stage: work, title: Opens a case, when: {event: open}}
  - {id: move, stage: work, title: Is passed on, optional: true, repeatable: true, when: {event: move}}
  - {id: done, stage: work, title: Is helped, acts: company, when: {event: done}}
"""
    )
)


def cases(*kinds: tuple[str, list[str], int, float]) -> View:
    """Cases by name of the customer, groups in order, how many, and after how many hours they are done."""
    rows: list[dict[str, Any]] = []
    for name, groups, many, hours in kinds:
        for n in range(many):
            steps = [("open", 0.0), *(("move", 1.0 + i) for i in range(len(groups) - 1)), ("done", hours)]
            for (event, hour), group in zip(steps, [*groups, groups[-1]], strict=True):
                properties = json.dumps({"group": group}, separators=(",", ":"))
                rows.append(
                    {"customer_id": f"{name}{n}", "case_id": f"of {name}{n}", "at": DAWN + timedelta(hours=hour)}
                    | {"event": event, "properties": properties, "row": len(rows)}
                )
    events = EVENTS.shape(pl.DataFrame(rows))
    walked = walk(
        events, FEEDBACK.empty(), CUSTOMERS.empty(), CASES, data_end=DAWN + timedelta(days=90), carried=FIELDS
    )
    return View(walked.trips, CASES)


def test_groups_whose_names_hold_an_arrow_open_to_their_customers():
    view = cases(
        ("late", ["N1 > L2", "N3"], 60, 100.0),
        ("other", ["N1", "L2>N3"], 60, 100.0),
        ("kept", ["N1 > L2"], 60, 10.0),
        ("fine", ["N1"], 60, 10.0),
    )
    walker = HANDED.make(AROUND)
    handed = walker.finish(walker.combine([walker.partial(view)]))
    found = [one.finding for one in effort_at_a_hand_off.checks(dossier(CASES, handed=handed), {}) if one.finding]
    opened = {one.who.also: sorted(open_handed(view, one.who)) for one in found}
    assert opened == {
        (BROKEN, "N1", "L2>N3"): sorted(f"other{n}" for n in range(60)),
        (BROKEN, "N1 > L2", "N3"): sorted(f"late{n}" for n in range(60)),
    }
    assert {one.customers for one in found} == {60}


def test_a_group_that_is_called_like_a_touchpoint_is_not_one():
    view = cases(("late", ["open", "done"], 10, 100.0))
    assert len(open_handed(view, Who("hand-off", "open>done", also=(BROKEN, "open", "done")))) == 10
    assert open_handed(view, Who("hand-off", "open>done", also=(AGAIN, "open", "done"))).is_empty()
