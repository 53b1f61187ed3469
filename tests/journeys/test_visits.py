"""Visits are the events on touchpoints, journey by journey, as plain columns."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.journeys.visits import NOWHERE, Visits

from .rows import events, sketch, trips_of

OUTLINE = sketch("a b* c", points={"b": {"channels": ["web"]}}, journey={"by": "rules", "start": {"event": "a"}})
LOG = """
    customer  at     event  channel
    ana       09:00  a      web
    ana       09:01  b      web
    ana       09:02  blink  web
    ana       09:03  b      web
    ana       09:04  b      shop
    ana       09:05  a      web
    ben       09:00  blink  web
    cleo      09:00  c      -
    cleo      09:01  c      -
"""
REPEATABLE = np.array([False, True, False])


def test_journeys_own_their_visits_and_may_have_none():
    found = Visits.of(trips_of(events(LOG), OUTLINE))
    assert found.rows.tolist() == [0, 1, 3, 4, 5, 7, 8]
    assert found.starts.tolist() == [0, 4, 5, 5, 7]
    assert found.point.tolist() == [0, 1, 1, 1, 0, 2, 2]
    assert found.number.tolist() == [1, 2, 3, 4, 1, 1, 2]
    assert found.trip.tolist() == [0, 0, 0, 0, 1, 3, 3]
    assert found.last_point().tolist() == [1, 0, NOWHERE, 2]
    assert found.any(found.wrong).tolist() == [True, False, False, False]


def test_a_touchpoint_that_comes_again_at_once_is_no_move_and_no_step_where_it_may_repeat():
    found = Visits.of(trips_of(events(LOG), OUTLINE))
    assert found.moves().tolist() == [True, True, False, False, True, True, False]
    routes = found.routes(REPEATABLE)
    assert routes.starts.tolist() == [0, 3, 4, 4, 6]
    assert routes.codes.tolist() == [0, 2, 3, 0, 4, 4]  # b in the wrong channel is a step of its own


def test_no_events_make_no_visits():
    found = Visits.of(trips_of(events("customer at event"), OUTLINE))
    assert (found.starts.tolist(), found.moves().tolist(), found.last_point().tolist()) == ([0], [], [])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=6), max_size=6))
def test_routes_are_those_of_plain_python(journeys):
    steps = [step for journey in journeys for step in journey]
    found = Visits(
        np.arange(len(steps)),
        np.array([point for point, _ in steps], dtype=np.int32),
        np.array([wrong for _, wrong in steps], dtype=np.bool_),
        np.cumsum([0, *map(len, journeys)]),
    )
    expected = []
    for journey in journeys:
        kept = [step for n, step in enumerate(journey) if not (n and step == journey[n - 1] and REPEATABLE[step[0]])]
        expected.append([2 * point + wrong for point, wrong in kept])
    routes = found.routes(REPEATABLE)
    bounds = zip(routes.starts[:-1].tolist(), routes.starts[1:].tolist(), strict=True)
    assert [routes.codes[a:b].tolist() for a, b in bounds] == expected
