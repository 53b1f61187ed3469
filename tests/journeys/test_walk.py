"""The whole trip of a bucket: one small company by hand, and the laws that hold for any."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.journeys.align import Aligner
from desireline.journeys.walk import Walk, walk
from desireline.maps.outline import Outline
from desireline.tables import ANSWERS, CUSTOMERS, DEVIATIONS, EVENTS, FEEDBACK, JOURNEYS, STEPS

from .rows import customers, events, feedback, instant, named, sketch

END = instant("60T00:00")


def test_one_small_company_from_end_to_end():
    outline = sketch(
        "see* pay ship",
        points={
            "pay": {"channels": ["online"]},
            "ship": {"promise": {"time": {"within": "1d", "after": "pay"}}},
        },
        channels=[{"id": "online", "names": ["web", "app"]}],
        personas=[{"id": "maya", "segment": {"property": {"plan": "pro"}}}],
        journey={"by": "silence", "silence": "10d"},
    )
    log = events("""
        customer  at        event  channel  value
        ana       1T09:00   see    web      -
        ana       1T09:01   see    app      -
        ana       1T09:05   pay    web      20.5
        ana       3T09:05   ship   -        -
        ana       30T09:00  see    app      -
        ben       1T09:00   pay    store    10
        ben       1T09:10   blink  store    -
    """)
    people = customers('customer with\n ana {"plan":"pro"}\n cleo {}')
    found = walk(log, FEEDBACK.empty(), people, outline, data_end=END)
    journeys = found.trips.journeys
    assert journeys.select("journey_id", "started_at", "ended_at", "steps", "off_map", "route").rows() == [
        ("ana~1", instant("1T09:00"), instant("3T09:05"), 4, 0, ["see", "pay", "ship"]),
        ("ana~2", instant("30T09:00"), instant("30T09:00"), 1, 0, ["see"]),
        ("ben~1", instant("1T09:00"), instant("1T09:10"), 1, 1, ["pay"]),
    ]
    assert journeys.select("state", "success", "value_e4", "channel", "persona", "cost", "fitness").rows() == [
        ("done", True, 205_000, "online", "maya", 0.0, 1.0),
        ("lost", False, 0, "online", "maya", 2.0, 0.5),
        ("lost", False, 100_000, "store", None, 3.5, 1 - 3.5 / 5),
    ]
    steps = named(found.trips).steps
    assert steps.select("journey_id", "step", "touchpoint", "channel", "wrong_channel", "kept").rows() == [
        ("ana~1", 1, "see", "online", False, None),
        ("ana~1", 2, "see", "online", False, None),
        ("ana~1", 3, "pay", "online", False, None),
        ("ana~1", 4, "ship", None, False, False),
        ("ana~2", 1, "see", "online", False, None),
        ("ben~1", 1, "pay", "store", True, None),
    ]
    assert named(found.trips).deviations.drop("customer_id").rows() == [
        ("ana~1", "late", "ship"),
        ("ana~2", "lost", "see"),
        ("ben~1", "ad hoc", "blink"),
        ("ben~1", "lost", "pay"),
        ("ben~1", "missing", "see"),
        ("ben~1", "wrong channel", "pay"),
    ]
    assert found.trips.customers["customer_id"].to_list() == ["ana", "ben", "cleo"]
    assert found.trips.off_map.rows() == [("blink", "store", 1, 1)]


MAPS = {
    "plain": sketch("a b? c* d", points={"b": {"channels": ["web"]}}),
    "blocks": sketch("a|b {c d} e?", then="c>a", journey={"by": "rules", "start": {"event": "a"}}),
    "cases": sketch("a b c", journey={"by": "case", "end": {"event": "c"}}),
    "silence": sketch(
        "a b c",
        journey={"by": "silence", "silence": "5m"},
        points={"c": {"promise": {"time": {"within": "2m", "after": "a"}}}},
        personas=[{"id": "x", "segment": {"property": {"plan": {"absent": True}}}}],
    ),
    "bare": sketch("a", points={"a": {"when": None}}),
}
ALIGNERS = {name: Aligner(outline) for name, outline in MAPS.items()}
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["ana", "ben", "cleo"]),
        st.integers(0, 40),
        st.sampled_from("abcdez"),
        st.sampled_from(["web", "store", "-"]),
        st.sampled_from(["o1", "o2", "-"]),
    ),
    max_size=20,
)
SAID = st.lists(
    st.tuples(
        st.sampled_from(["ana", "ben", "zoe", "-"]),
        st.sampled_from(["09:10", "09:50", "-"]),
        st.sampled_from(["o1", "-"]),
    ),
    max_size=5,
)


def company(rows, said) -> tuple[pl.DataFrame, pl.DataFrame]:
    happened = [f"{who} 09:{minute:02d} {event} {channel} {case}" for who, minute, event, channel, case in rows]
    told = [f"{who} {at} {case}" for who, at, case in said]
    return (
        events("\n".join(["customer at event channel case", *happened])),
        feedback("\n".join(["customer at case", *told])),
    )


def tables(found: Walk) -> list[pl.DataFrame]:
    trips = named(found.trips)
    return [trips.journeys, trips.steps, trips.answers, trips.deviations, trips.customers]


def walked(log: pl.DataFrame, said: pl.DataFrame, name: str) -> Walk:
    return walk(log, said, CUSTOMERS.empty(), MAPS[name], data_end=instant("10:00"), aligner=ALIGNERS[name])


@settings(max_examples=25, deadline=None)
@given(ROWS, SAID, st.sampled_from(sorted(MAPS)), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, said, name, dice):
    log, voices = company(rows, said)
    order = dice.sample(range(log.height), log.height)
    again = walked(log[order], voices[dice.sample(range(voices.height), voices.height)], name)
    for one, other in zip(tables(walked(log, voices, name)), tables(again), strict=True):
        assert one.equals(other)


@settings(max_examples=25, deadline=None)
@given(ROWS, SAID, st.sampled_from(sorted(MAPS)))
def test_customers_apart_and_together_give_the_same_rows(rows, said, name):
    log, voices = company(rows, said)
    owner = pl.col("customer_id").fill_null("")
    parts = [
        walked(log.filter(owner == who), voices.filter(owner == who), name) for who in ("", "ana", "ben", "cleo", "zoe")
    ]
    whole = walked(log, voices, name)
    for one, *others in zip(tables(whole), *(tables(part) for part in parts), strict=True):
        joined = pl.concat(others)
        keys = [column for column in one.columns if one.schema[column] != pl.List(pl.String)]
        assert one.sort(keys).equals(joined.sort(keys))
    total = parts[0].coverage
    for part in parts[1:]:
        total = total.add(part.coverage)
    assert total.off_map.equals(whole.coverage.off_map)
    assert (total.events, total.customers_explained) == (
        whole.coverage.events,
        whole.coverage.customers_explained,
    )


@settings(max_examples=25, deadline=None)
@given(ROWS, st.sampled_from(sorted(MAPS)))
def test_every_event_is_a_step_or_off_the_map_or_only_a_start_or_end(rows, name):
    log, voices = company(rows, [])
    found = walked(log, voices, name)
    journeys = found.trips.journeys
    marks = found.coverage.events_explained - found.trips.steps.height
    assert journeys["steps"].sum() == found.trips.steps.height
    assert journeys["off_map"].sum() == found.trips.off_map["events"].sum()
    assert journeys["steps"].sum() + journeys["off_map"].sum() + marks == log.height
    assert journeys["fitness"].is_between(0, 1).all()


@settings(max_examples=25, deadline=None)
@given(ROWS, st.sampled_from(sorted(set(MAPS) - {"cases"})))
def test_names_of_touchpoints_and_events_play_no_part(rows, name):
    log, voices = company(rows, [])
    swap = {old: f"x{new}" for old, new in zip("abcde", "edcba", strict=True)}
    renamed = log.with_columns(pl.col("event").replace(swap))
    other = walk(renamed, voices, CUSTOMERS.empty(), rename(MAPS[name], swap), data_end=instant("10:00"))
    here, there = named(walked(log, voices, name).trips), named(other.trips)
    same = ["journey_id", "state", "cost", "fitness", "exact", "steps"]
    assert here.journeys.select(same).equals(there.journeys.select(same))
    told = here.deviations.with_columns(pl.col("place").replace(swap))
    assert sorted(told.rows()) == sorted(there.deviations.rows())


def rename(outline: Outline, swap: dict[str, str]) -> Outline:
    """The same map with other ids for touchpoints and other names for their events."""

    def change(said):
        if isinstance(said, dict):
            return {key: change(value) for key, value in said.items()}
        if isinstance(said, list):
            return [change(item) for item in said]
        return swap.get(said, said) if isinstance(said, str) else said

    written = outline.map.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Outline(type(outline.map).model_validate(change(written)))


@pytest.mark.parametrize("name", sorted(MAPS))
def test_an_empty_bucket_keeps_the_shapes(name):
    trips = walked(EVENTS.empty(), FEEDBACK.empty(), name).trips
    shapes = [JOURNEYS, STEPS, ANSWERS, DEVIATIONS]
    for frame, table in zip([trips.journeys, trips.steps, trips.answers, trips.deviations], shapes, strict=True):
        assert table.shape(frame).equals(table.empty())
    assert trips.customers.rows() == []


def test_one_event_with_nothing_else_known_is_one_journey():
    log = events("customer at event\n ana 09:00 a")
    for name in MAPS:
        assert walked(log, FEEDBACK.empty(), name).trips.journeys.height == 1


def test_events_at_one_instant_stand_in_the_order_of_their_rows():
    log = events("customer at event id\n ana 09:00 c e3\n ana 09:00 a e1\n ana 09:00 b e2").reverse()
    assert walked(log, FEEDBACK.empty(), "plain").trips.steps["touchpoint"].to_list() == ["c", "a", "b"]
