"""One customer's journeys are those of the walk by which everybody is measured, told event by event."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.errors import UnknownCustomer
from desireline.journeys.walk import walk
from desireline.maps.outline import Outline
from desireline.pipeline.measuring import Bucket
from desireline.pipeline.one_customer import OneCustomer, OneJourney, one_customer
from desireline.pipeline.one_journey import Laid, Left
from desireline.tables import CUSTOMERS, EVENTS, FEEDBACK
from journeys.rows import customers, events, feedback, instant, named, sketch

END = instant("60T00:00")
SHOP = sketch(
    "see* cart pay ship rate?",
    points={"pay": {"channels": ["online"]}, "ship": {"promise": {"time": {"within": "1d", "after": "pay"}}}},
    channels=[{"id": "online", "names": ["web", "app"]}],
    personas=[{"id": "maya", "segment": {"property": {"plan": "pro"}}}],
    journey={"by": "silence", "silence": "10d"},
)
LOG = events("""
    customer  at        event  channel  value  status
    ana       1T09:00   see    web      -      -
    ana       1T09:01   see    app      -      -
    ana       1T09:05   pay    web      20.5   failed
    ana       1T10:00   blink  web      -      -
    ana       4T09:05   ship   -        -      -
    ana       4T09:06   pay    web      -      -
    ana       30T09:00  see    app      -      -
    ben       1T09:00   pay    store    10     -
""")
PEOPLE = customers('customer with\n ana {"plan":"pro"}\n cleo {}')
SAID = feedback("""
    customer  at       kind    question  score  low  high
    ana       5T10:00  review  Stars     2      1    5
    ben       -        ticket  -         -      -    -
""").with_columns(pl.col("low", "high").cast(pl.Float64))


def ask(id_: str, log: pl.DataFrame = LOG, outline: Outline = SHOP) -> OneCustomer:
    return one_customer(Bucket(log, SAID, PEOPLE), id_, outline, data_end=END)


def test_every_event_stands_where_the_map_places_it_with_what_is_wrong_there():
    first = ask("ana").journeys[0]
    assert [(one.event, one.touchpoint, one.step, one.channel, one.deviations) for one in first.events] == [
        ("see", "see", 1, "online", ()),
        ("see", "see", 2, "online", ()),
        ("pay", "pay", 3, "online", ("failed",)),
        ("blink", None, None, "online", ("ad hoc",)),
        ("ship", "ship", 4, None, ("late",)),
        ("pay", "pay", 5, "online", ("repeated",)),
    ]
    assert [one.after_s for one in first.events][:3] == [None, 60.0, 240.0]
    assert (first.events[2].value, first.events[2].status, first.value) == (20.5, "failed", 20.5)


def test_the_planned_route_stands_beside_the_one_taken():
    first, second = ask("ana").journeys
    assert first.route == (
        Laid("see", "done", ()),
        Laid("cart", "missing", ("missing",)),
        Laid("pay", "done", ("failed",)),
        Laid("ship", "done", ("late",)),
        Laid("pay", "extra", ("repeated",)),
    )
    assert first.deviations == (
        Left("ad hoc", "blink"),
        Left("failed", "pay"),
        Left("late", "ship"),
        Left("missing", "cart"),
        Left("repeated", "pay"),
    )
    assert (first.state, first.expects) == ("done", ())
    assert (second.state, second.expects, second.events[0].deviations) == ("lost", ("cart",), ("lost",))


def test_who_they_are_and_what_they_said_comes_with_it():
    ana, ben, cleo = ask("ana"), ask("ben"), ask("cleo")
    assert (ana.persona, ana.properties, ana.cut) == ("maya", {"plan": "pro"}, "silence")
    [word] = ana.journeys[0].feedback
    assert (word.question, word.score, word.low, word.high, word.places) == ("Stars", 2.0, 1.0, 5.0, ("pay",))
    assert [one.kind for one in ben.journeys[0].feedback] == ["ticket"]
    assert (cleo.journeys, cleo.feedback, cleo.properties) == ((), (), {})


def test_a_customer_of_whom_nothing_is_known_is_told():
    with pytest.raises(UnknownCustomer, match="'Ana'"):
        ask("Ana")
    nothing = Bucket(EVENTS.empty(), FEEDBACK.empty(), CUSTOMERS.empty())
    with pytest.raises(UnknownCustomer):
        one_customer(nothing, "ana", SHOP, data_end=END)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ana", "ben", "cleo"]),
            st.integers(0, 40),
            st.sampled_from(["see", "cart", "pay", "ship", "rate", "blink"]),
            st.sampled_from(["web", "store"]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_steps_states_and_deviations_are_those_of_the_whole_walk(said: list[tuple[str, int, str, str]]):
    lines = "\n".join(f"{who} {1 + hours}T09:00 {event} {channel}" for who, hours, event, channel in said)
    log = events(f"customer at event channel\n{lines}")
    whole = named(walk(log, SAID, PEOPLE, SHOP, data_end=END).trips)
    for id_ in sorted({who for who, *_ in said}):
        told = ask(id_, log)
        mine = pl.col("customer_id") == id_
        journeys = whole.journeys.filter(mine)
        assert [(one.journey_id, one.state, one.fitness) for one in told.journeys] == (
            journeys.select("journey_id", "state", "fitness").rows()
        )
        assert [
            (one.journey_id, event.step, event.touchpoint, event.at, event.channel)
            for one in told.journeys
            for event in one.events
            if event.step
        ] == whole.steps.filter(mine).select("journey_id", "step", "touchpoint", "at", "channel").rows()
        assert [(one.journey_id, left.kind, left.place) for one in told.journeys for left in one.deviations] == (
            whole.deviations.filter(mine).select("journey_id", "kind", "place").rows()
        )
        for one in told.journeys:
            assert _marked(one) == set(one.deviations) - {Left(one.state, SHOP.map.map.id)}


def _marked(one: OneJourney) -> set[Left]:
    """What stands at the events and at the route, taken together."""
    at_events = {Left(kind, event.touchpoint or event.event) for event in one.events for kind in event.deviations}
    return at_events | {Left(kind, laid.touchpoint) for laid in one.route for kind in laid.deviations}
