"""One walk for all questions; what was kept is not walked again; what came later is added to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.engine.local import run
from desireline.errors import UnknownName
from desireline.pipeline.asked import AskAttribution, Asked, AskFunnel, AskRetention, AskRoutes, ByCustomer
from desireline.pipeline.asked_moves import AskEdges, AskOrder, AskVisits
from desireline.pipeline.names import Names
from desireline.pipeline.paths import WHOLE, Only, Parts, Walking
from desireline.slices import U64, Flags
from pipeline.logs import Event, Log, Memory

NAMES = Names(("see", "cart", "pay"), (None, "web", "app"))
QUESTIONS: dict[str, Asked] = {
    "funnel": AskFunnel(("see", "cart", "pay"), timedelta(minutes=90)),
    "edges": AskEdges(exact=True),
    "routes": AskRoutes(),
    "visits": AskVisits(),
    "retention": AskRetention("day"),
    "attribution": AskAttribution("pay"),
    "order": AskOrder((("see",), ("cart",), ("pay",))),
}
BY_CUSTOMER = {name: asked for name, asked in QUESTIONS.items() if isinstance(asked, ByCustomer)}
SEE, CART, PAY = range(3)
DAY = datetime(1970, 1, 1, tzinfo=UTC)

events = st.tuples(st.integers(0, 9), st.integers(0, 4000), st.integers(0, 2), st.integers(0, 2))
logs = st.lists(events, max_size=40)


class Women:
    """Customers with an even number."""

    def __init__(self, *files: str) -> None:
        self.files = files

    def among(self, bucket: int, keys: U64) -> Flags:
        return keys % np.uint64(2) == 0

    def parts(self, bucket: int) -> Parts:
        return self.files


def answers(log: Log, kept: Memory | None = None, only: Only | None = None) -> dict[str, Any]:
    return Walking(log, NAMES, run, kept or Memory()).ask(QUESTIONS, only)


def by_customer(log: Log, kept: Memory | None = None, only: Only | None = None) -> dict[str, Any]:
    """Answers that need no second look at who moved."""
    return Walking(log, NAMES, run, kept or Memory()).ask(BY_CUSTOMER, only)


def test_an_instant_without_a_zone_is_utc():
    naive = DAY.replace(tzinfo=None)
    assert Only(naive, naive).key() == Only(DAY, DAY).key()


def test_all_questions_together_are_one_walk():
    log = Log([[(who, who, SEE, 1) for who in range(20)]])
    by_customer(log)
    assert sorted(log.walked) == [("whole", 0), ("whole", 1)]


def test_a_second_look_ends_when_five_customers_are_met_everywhere():
    log = Log([[(who, minute, SEE, 1) for who in range(20) for minute in (0, 1)]])
    Walking(log, NAMES, run).ask({"": AskEdges()})
    assert sorted(log.walked) == [("whole", 0), ("whole", 0), ("whole", 1)]


def test_what_was_answered_is_not_walked_again():
    log, kept = Log([[(who, who, SEE, 1) for who in range(20)]]), Memory()
    first = answers(log, kept)
    log.walked.clear()
    assert answers(log, kept) == first
    assert log.walked == []


def test_only_buckets_that_grew_are_looked_at_and_only_their_touched_customers():
    log, kept = Log([[(who, 0, SEE, 1) for who in range(20)]]), Memory()
    by_customer(log, kept)
    log.walked.clear()
    log.parts_of_events.append([(4, 5, PAY, 1), (40, 1, SEE, 2)])
    found = by_customer(log, kept)
    assert log.walked == [("touched", 0)]
    assert found == by_customer(Log(log.parts_of_events))


@settings(deadline=None)
@given(st.lists(logs, min_size=1, max_size=4))
def test_parts_that_come_one_by_one_give_the_answers_of_all_at_once(parts: list[list[Event]]):
    kept = Memory()
    for count in range(1, len(parts) + 1):
        found = answers(Log(parts[:count]), kept)
    assert found == answers(Log([[event for part in parts for event in part]]))


@settings(deadline=None)
@given(logs, logs)
def test_kept_states_of_other_data_are_never_taken(here: list[Event], there: list[Event]):
    kept = Memory()
    answers(Log([here]), kept)
    assert answers(Log([there]), kept) == answers(Log([there]))


@settings(deadline=None)
@given(logs)
def test_a_period_and_a_channel_leave_only_their_events(happened: list[Event]):
    since, until = DAY + timedelta(minutes=1000), DAY + timedelta(minutes=3000)
    only = Only(since, until, ("web",))
    inside = [event for event in happened if 1000 <= event[1] < 3000 and event[3] == 1]
    assert answers(Log([happened]), only=only) == answers(Log([inside]))


@settings(deadline=None)
@given(logs)
def test_some_customers_alone_are_asked_about(happened: list[Event]):
    mine = [event for event in happened if event[0] % 2 == 0]
    assert answers(Log([happened]), only=Only(people=Women(), people_are="women")) == answers(Log([mine]))


def test_answers_about_some_customers_are_kept_apart_and_made_anew_when_more_is_known_of_them():
    log, kept = Log([[(who, who, SEE, 1) for who in range(20)]]), Memory()
    everybody = by_customer(log, kept)
    women = Only(people=Women("known"), people_are="women")
    assert by_customer(log, kept, women) != everybody
    log.walked.clear()
    assert by_customer(log, kept, women) == by_customer(log, kept, women)
    assert log.walked == []
    by_customer(log, kept, Only(people=Women("known", "more"), people_are="women"))
    assert sorted(log.walked) == [("whole", 0), ("whole", 1)]


def test_some_customers_asked_about_again_and_again_are_corrected_too():
    log, kept = Log([[(who, 0, SEE, 1) for who in range(20)]]), Memory()
    women = Only(people=Women("known"), people_are="women")
    by_customer(log, kept, women)
    log.parts_of_events.append([(4, 5, PAY, 1), (6, 6, CART, 2)])
    by_customer(log, kept, women)
    log.walked.clear()
    log.parts_of_events.append([(4, 7, PAY, 1), (6, 8, CART, 2)])
    found = by_customer(log, kept, women)
    assert log.walked == [("touched", 0)]
    assert found == by_customer(Log(log.parts_of_events), only=women)


def test_of_a_part_that_is_asked_about_once_no_bucket_is_kept():
    log, kept = Log([[(who, 0, SEE, 1) for who in range(20)]]), Memory()
    answers(log, kept, Only(channels=("web",)))
    assert {bucket for _, bucket in kept.states} == {WHOLE}
    answers(log, kept)
    assert {bucket for _, bucket in kept.states} == {WHOLE, 0, 1}


def test_more_rows_of_an_answer_do_not_ask_for_another_walk():
    log, kept = Log([[(who, who, SEE, 1) for who in range(20)]]), Memory()
    walking = Walking(log, NAMES, run, kept)
    walking.ask({"": AskRoutes(5)})
    log.walked.clear()
    walking.ask({"": AskRoutes(50)})
    assert log.walked == []


def test_other_names_or_other_code_do_not_take_what_was_kept():
    log, kept = Log([[(who, who, SEE, 1) for who in range(20)]]), Memory()
    asked = {"": AskRoutes()}
    Walking(log, NAMES, run, kept).ask(asked)
    for other in (
        Walking(log, Names(("see", "cart", "leave"), NAMES.channels), run, kept),
        Walking(log, NAMES, run, kept, code="later"),
        Walking(log, NAMES, run, kept, placed_by="a map"),
    ):
        log.walked.clear()
        other.ask(asked)
        assert len(log.walked) == 2


def test_progress_is_told_bucket_by_bucket():
    told: list[tuple[int, int]] = []
    Walking(Log([[(1, 1, SEE, 1)]], buckets=4), NAMES, run).ask(
        QUESTIONS, progress=lambda done, of: told.append((done, of))
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_channel_that_nobody_used_is_told():
    with pytest.raises(UnknownName, match=r"No channel is called 'wep' here\. Did you mean 'web'\?"):
        answers(Log([[]]), only=Only(channels=("wep",)))
