"""Where journeys go, counted in the walk: the same as counted by hand, in any number of buckets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.errors import UnknownGroup
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.pipeline.measuring import Bucket, Trip
from desireline.pipeline.question import Question
from desireline.scenarios.tally import COLUMNS, Tally
from desireline.scenarios.transitions import Transitions
from desireline.tables import CUSTOMERS, EVENTS, FEEDBACK
from scenarios.plain import Journey, tally
from scenarios.plain import j as journey

MAP = """
map: {id: shop, title: Shop, currency: EUR, journey: {by: silence, silence: 10d, patience: 10d, success: [pay]}}
personas: [{id: maya, segment: {property: {age: young}}}]
channels: [{id: web}, {id: app}]
stages: [{id: find}, {id: buy}]
touchpoints:
  - {id: see, stage: find, when: {event: see}, repeatable: true}
  - {id: cart, stage: buy, when: {event: cart}, promise: {time: {within: 1d, after: see}}}
  - {id: pay, stage: buy, when: {event: pay}}
"""
SHOP = Outline(read_map(MAP, "shop"))
DAWN = datetime(2020, 1, 1, tzinfo=UTC)  # month 600 since 1970
END = DAWN + timedelta(days=400)


def walked(told: list[tuple[str, float, str]], *, only: str = "", buckets: int = 1, people=(), answers=()) -> Tally:
    """Customer, hour, event; "pay!" is a failure, "pay@app" is in the app, "pay=12" is worth 12."""
    asked = Transitions(SHOP, END, only)
    events = pl.concat([EVENTS.empty(), *(_event(number, *one) for number, one in enumerate(told))])
    feedback = pl.concat([FEEDBACK.empty(), *(_answer(number, *one) for number, one in enumerate(answers))])
    records = pl.DataFrame([{"customer_id": who, "properties": said} for who, said in people] or None)
    records = CUSTOMERS.shape(records) if people else CUSTOMERS.empty()
    trip = Trip(SHOP, Question(measures=("journeys",)), data_end=END)

    def part(bucket: int) -> Tally:
        mine = pl.col("customer_id").hash(1) % buckets == bucket
        return asked.partial(trip.view(Bucket(*(one.filter(mine) for one in (events, feedback, records)))))

    return asked.combine([part(bucket) for bucket in range(buckets)])


def _event(number: int, customer: str, hour: float, event: str) -> pl.DataFrame:
    name = event.split("=")[0].split("@")[0].rstrip("!")
    row = {
        "event_id": f"e{number}",
        "customer_id": customer,
        "at": DAWN + timedelta(hours=hour),
        "event": name,
        "channel": event.split("@")[1].split("=")[0] if "@" in event else "web",
        "status": "failed" if "!" in event else None,
        "value": float(event.split("=")[1]) if "=" in event else None,
        "currency": "EUR",
        "row": number,
        "part": 1,
    }
    return EVENTS.shape(pl.DataFrame([row]))


def _answer(number: int, customer: str, hour: float, score: float) -> pl.DataFrame:
    row = {"feedback_id": f"f{number}", "customer_id": customer, "at": DAWN + timedelta(hours=hour), "kind": "survey"}
    return FEEDBACK.shape(pl.DataFrame([{**row, "question": "How?", "score": score, "low": 1.0, "high": 5.0}]))


def same(one: Tally, other: Tally, *, but: tuple[str, ...] = ()) -> None:
    for name in COLUMNS:
        if name not in but:
            found, wanted = getattr(one, name), getattr(other, name)
            assert (name, found.keys.tolist(), found.sums.tolist()) == (
                name,
                wanted.keys.tolist(),
                wanted.sums.tolist(),
            )


H = 3600


def test_the_walk_counts_as_one_does_by_hand():
    found = walked(
        [
            *[("ana", 0, "see"), ("ana", 1, "see"), ("ana", 3, "cart"), ("ana", 4, "see"), ("ana", 5, "pay=20")],
            *[("bob", 0, "see"), ("bob", 2, "cart!"), ("bob", 3, "cart")],
            *[("cyd", 0, "see"), ("cyd", 50, "cart"), ("cyd", 51, "pay=7")],
            *[("ana", 24 * 31 + 1, "see=1"), ("bob", 24 * 399, "see")],
        ],
        answers=[("ana", 6, 5.0), ("cyd", 52, 3.0)],
    )
    by_hand = [
        journey("see cart see pay", 1, waits=(0, 3 * H, H, H), values=(0, 0, 0, 20), back=True, levels=(2000,)),
        journey("see cart! lost", 2, waits=(0, 2 * H), back=False),
        journey("see cart~ pay", 3, waits=(0, 50 * H, H), values=(0, 0, 7), back=False, levels=(0,)),
        journey("see lost", 1, values=(1,), month=601, back=False),
        journey("see …", 2, month=613),
    ]
    same(found, tally(by_hand))
    assert (found.total, found.customers) == (5, 3)


def test_what_comes_after_success_is_no_move_and_its_money_is_that_of_success():
    found = walked(
        [("ana", 0, "see"), ("ana", 1, "pay=5"), ("ana", 2, "cart=3"), ("ana", 3, "pay=2"), ("bob", 0, "see")]
    )
    wanted = [journey("see pay", 1, waits=(0, H), values=(0, 10), back=False), journey("see lost", 2, back=False)]
    same(found, tally(wanted))


def test_events_off_the_map_bring_their_money_at_the_start():
    found = walked([("ana", 0, "ring=4"), ("ana", 1, "see"), ("ana", 2, "pay=5"), ("bob", 0, "see")])
    states = Transitions(SHOP, END).states
    assert found.money.at(np.array([0, 1 + 3 * 2]))[:, 0].tolist() == [40_000, 50_000]
    assert states.place(7) == "pay"


def test_nothing_at_all_is_an_empty_tally():
    found = walked([])
    assert (found.total, found.customers, found.days, found.settled_months) == (0, 0, 0.0, ())
    same(Transitions(SHOP, END).combine([]), tally([]), but=("span",))


def test_a_channel_holds_the_journeys_that_were_there_once():
    told = [("ana", 0, "see@app"), ("ana", 1, "pay@web"), ("bob", 0, "see@web"), ("cyd", 0, "see@app")]
    same(
        walked(told, only="channel:app"),
        tally([journey("see pay", 1, waits=(0, H), back=False), journey("see lost", 2, back=False)]),
        but=("span",),
    )
    assert walked(told, only="channel:phone").customers == 0


def test_a_persona_and_a_property_hold_their_customers():
    told, people = [("ana", 0, "see"), ("bob", 0, "see"), ("bob", 1, "pay")], [("ana", '{"age":"young"}')]
    for only in ("persona:maya", "property:age=young"):
        same(walked(told, only=only, people=people), tally([journey("see lost", 1, back=False)]), but=("span",))


@pytest.mark.parametrize("only", ["persona:nobody", "age=young", "property:age", "persona:", "planet:mars"])
def test_a_group_that_there_cannot_be_is_refused(only):
    with pytest.raises(UnknownGroup):
        Transitions(SHOP, END, only)


EVENT = st.tuples(
    st.sampled_from("abcde"), st.integers(0, 700), st.sampled_from(["see", "cart", "cart!", "pay=3", "ring=1"])
)


@given(st.lists(EVENT, max_size=40), st.integers(2, 4))
def test_buckets_can_be_counted_apart(told, buckets):
    told = [(who, float(hour), event) for who, hour, event in told]
    apart, together = walked(told, buckets=buckets), walked(told)
    same(apart, together)
    assert (apart.first_at, apart.last_at) == (together.first_at, together.last_at)


@given(st.lists(EVENT, max_size=40))
def test_as_many_come_to_a_place_as_leave_it_or_are_under_way(told):
    found = walked([(who, float(hour), event) for who, hour, event in told])
    states = Transitions(SHOP, END).states
    cells = found.moves.by(found.moves.keys % states.all**2)
    out, to = np.divmod(cells.keys, states.all)
    for state in range(1, states.transient):
        came, left = cells.sums[to == state, 0].sum(), cells.sums[out == state, 0].sum()
        assert left <= came
    ended = cells.sums[to >= states.transient, 0].sum()
    assert ended == found.journeys.sums[:, 1].sum()


def test_a_journey_keeps_its_shape():
    assert journey("see cart lost", 3) == Journey(3, ("see", "cart"), "lost")
