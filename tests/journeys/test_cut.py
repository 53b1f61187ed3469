"""Customers' events become journeys whose ids are readable, stable and never shared."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.tables import EVENTS

from .rows import events, sketch, trips_of

LOG = """
    customer  at     event  case
    ana       09:00  a      o1
    ana       09:20  b      o2
    ana       11:00  a      o1
    ana       11:10  end    -
    ana       11:20  x      o2
    ben       09:00  b      o1
"""


def journeys(log: pl.DataFrame, **journey) -> list[tuple[str, str]]:
    """(event id, journey id), by event."""
    found = trips_of(log, sketch("a b", journey=journey))
    return found.sort("event_id").select("event_id", "journey_id").rows()


def ids(text: str, **journey) -> list[str]:
    return [journey_id for _, journey_id in journeys(events(text), **journey)]


def test_a_life_is_one_journey():
    assert ids(LOG, by="life") == ["ana~1"] * 5 + ["ben~1"]


def test_a_long_silence_starts_a_new_journey_and_its_exact_length_does_not():
    assert ids(LOG, by="silence", silence="20m") == ["ana~1", "ana~1", "ana~2", "ana~2", "ana~2", "ben~1"]


def test_cases_of_one_customer_are_apart_and_events_without_a_case_are_the_rest():
    assert ids(LOG, by="case") == ["ana#o1", "ana#o2", "ana#o1", "ana#", "ana#o2", "ben#o1"]


def test_a_case_that_is_the_customer_gives_the_id_alone():
    assert ids("customer at event case\n c1 09:00 a c1\n c1 09:01 b c1", by="case") == ["c1", "c1"]


def test_each_start_begins_a_journey():
    assert ids(LOG, by="rules", start={"event": "a"}) == [
        "ana~1",
        "ana~1",
        "ana~2",
        "ana~2",
        "ana~2",
        "ben~1",
    ]


def test_what_follows_an_end_begins_a_journey_unless_a_start_rule_waits_for_one():
    end = {"event": "end"}
    assert ids(LOG, by="rules", end=end) == ["ana~1", "ana~1", "ana~1", "ana~1", "ana~2", "ben~1"]
    both = ids(LOG, by="rules", start={"event": "a"}, end=end)
    assert both == ["ana~1", "ana~1", "ana~2", "ana~2", "ana~2", "ben~1"]


def test_events_before_the_first_start_are_a_journey_of_their_own():
    assert ids(LOG, by="rules", start={"event": "b"}) == [
        "ana~1",
        "ana~2",
        "ana~2",
        "ana~2",
        "ana~2",
        "ben~1",
    ]


def test_rules_close_journeys_of_other_cuts_too():
    assert ids(LOG, by="case", start={"event": "a"}) == [
        "ana#o1",
        "ana#o2",
        "ana#o1#2",
        "ana#",
        "ana#o2",
        "ben#o1",
    ]


def test_ids_of_sources_cannot_be_mistaken_for_ours():
    log = "customer at event case\n a#b 09:00 a c\n a 09:00 a b#c\n x 09:00 a x#2\n x 09:00 a x\n x 09:30 a x"
    found = ids(log, by="case", start={"event": "a"})
    assert found == ["a%23b#c", "a#b%23c", "x#x%232", "x", "x#x#2"]


def test_only_the_last_journey_of_a_customer_was_not_followed():
    found = trips_of(events(LOG), sketch("a b", journey={"by": "silence", "silence": "20m"}))
    assert dict(found.select("journey_id", "followed").unique().rows()) == {
        "ana~1": True,
        "ana~2": False,
        "ben~1": False,
    }


def test_trips_are_numbered_as_they_begin_beyond_nine():
    log = "customer at event\n" + "\n".join(f"ana {day}T09:00 a" for day in range(1, 13))
    found = trips_of(events(log), sketch("a", journey={"by": "rules", "start": {"event": "a"}}))
    assert found["journey_id"].to_list() == [f"ana~{n}" for n in range(1, 13)]
    assert found["trip"].to_list() == list(range(12))


def test_no_events_make_no_journeys():
    for by in ("case", "life"):
        assert trips_of(EVENTS.empty(), sketch("a", journey={"by": by})).height == 0


CUTS = st.sampled_from(
    [
        {"by": "life"},
        {"by": "case"},
        {"by": "case", "end": {"event": "c"}},
        {"by": "silence", "silence": "3m"},
        {"by": "rules", "start": {"event": "a"}, "end": {"event": "c"}},
    ]
)
LOGS = st.lists(
    st.tuples(st.sampled_from("xyz"), st.integers(0, 30), st.sampled_from("abcd"), st.sampled_from(["1", "2", "-"])),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(LOGS, CUTS)
def test_every_event_is_in_one_journey_of_its_own_customer_whoever_else_is_there(rows, journey):
    lines = [f"{who} 09:{minute:02d} {event} {case}" for who, minute, event, case in rows]
    log = events("\n".join(["customer at event case", *lines]))
    together = journeys(log, **journey)
    apart = [row for who in "xyz" for row in journeys(log.filter(pl.col("customer_id") == who), **journey)]
    assert together == sorted(apart)
    assert [event_id for event_id, _ in together] == log["event_id"].to_list()
    owners = log.select("event_id", "customer_id").rows()
    assert len(set(together)) == len(rows)
    by_journey = {journey_id: dict(owners)[event_id] for event_id, journey_id in together}
    assert all(by_journey[journey_id] == dict(owners)[event_id] for event_id, journey_id in together)
