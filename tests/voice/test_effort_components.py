"""Each sign of effort, read off journeys that are small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import log1p

import polars as pl
import pytest

from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.measures.view import View
from desireline.voice.effort.components import CAPS, COMPONENTS, NAMES, published
from desireline.voice.effort.contributions import WHY_NOT, Contributions, Reading
from voice.care import CARE, MAP, care_view

HOURS = 60


def of(view: View, name: str, **reading: object) -> list[int]:
    """A component by journey."""
    return Contributions.of(view, Reading(**reading)).by_journey[name].tolist()


def steps_of(view: View, name: str, **reading: object) -> list[int]:
    """A component by step."""
    return Contributions.of(view, Reading(**reading)).columns[name].tolist()


def log(minutes: float) -> int:
    return round(100 * log1p(minutes))


def test_a_planned_journey_is_asked_nothing_twice():
    view = care_view("""
        customer  hour  event
        ana       0     open
        ana       1     form
        ana       2     solved
    """)
    told = {name: found for name in NAMES if (found := of(view, name)[0])}
    assert told == {"company_wait": log(1 * HOURS)}


def test_a_contact_within_seven_days_is_a_repeat_also_in_another_case():
    view = care_view("""
        customer  case  hour  event
        ana       one   0     call
        ana       one   5     call
        ana       one   30    call
        ana       two   100   call
        ana       six   500   call
        bob       one   0     call
    """)
    # 5: the same day; 30: a day later; 100: four days later; 500: more than a week after the last one.
    assert steps_of(view, "repeat_contacts") == [0, 0, 1, 0, 1, 0]  # cases of ana: one, six, two; then bob


def test_seven_days_still_count_and_eight_do_not():
    view = care_view("""
        customer  case  hour  event
        ana       a     1     call
        ana       b     169   call
        bob       a     1     call
        bob       b     193   call
    """)
    assert steps_of(view, "repeat_contacts") == [0, 1, 0, 0]


def test_named_contacts_repeat_each_other_on_the_same_day():
    view = care_view("""
        customer  hour  event
        ana       0     open
        ana       1     form
        ana       2     call
    """)
    assert of(view, "repeat_contacts") == [0]
    assert steps_of(view, "repeat_contacts", contacts=("open", "call")) == [0, 0, 1]


def test_what_once_should_do_and_is_done_again_was_asked_again_unless_it_had_failed():
    view = care_view("""
        customer  hour  event  status
        ana       0     open   .
        ana       1     form   .
        ana       2     form   failed
        ana       3     form   .
        ana       4     check  .
        ana       5     check  .
    """)
    assert steps_of(view, "re_asked") == [0, 0, 1, 0, 0, 0]
    assert steps_of(view, "failures") == [0, 0, 1, 1, 0, 0]


def test_a_contact_within_a_day_of_a_failure_elsewhere_counts_as_a_failure_to_serve():
    view = care_view("""
        customer  hour  event  status
        ana       0     form   failed
        ana       10    call   .
        ana       20    check  .
        ana       25    call   .
        bob       26    call   .
    """)
    assert steps_of(view, "failures") == [1, 1, 0, 0, 0]


def test_transfers_are_moves_to_another_team_off_the_plan_and_named_hand_offs():
    view = care_view("""
        customer  hour  event
        ana       0     open
        ana       1     check
        ana       2     call
        ana       3     call
        ana       4     solved
        bob       0     open
        bob       1     form
        bob       2     solved
    """)
    # Ana skips the form, which is required; bob takes every step that is. Calls are her own doing.
    assert steps_of(view, "transfers") == [0, 1, 0, 0, 0, 0, 0, 0]
    assert steps_of(view, "transfers", transfers=("check", "form")) == [0, 1, 0, 0, 0, 0, 1, 0]
    assert steps_of(view, "transfers", transfers=("call",)) == [0, 1, 1, 1, 0, 0, 0, 0]


def test_transfers_follow_the_groups_that_steps_carry():
    view = carrying(
        care_view("""
            customer  hour  event
            ana       0     open
            ana       1     check
            ana       2     check
            ana       3     check
            ana       4     solved
        """),
        [None, "north", None, "south", "south"],
    )
    assert steps_of(view, "transfers", groups=("property.team", "property.group")) == [0, 0, 0, 1, 0]


def test_switching_the_channel_is_the_customers_own_doing():
    view = care_view("""
        customer  hour  event   channel
        ana       0     open    phone
        ana       1     check   mail
        ana       2     form    .
        ana       3     call    phone
        ana       4     call    mail
        bob       0     open    mail
    """)
    assert steps_of(view, "channel_switches") == [0, 0, 0, 0, 1, 0]


def test_a_loop_leads_back_to_where_the_journey_had_been():
    view = care_view("""
        customer  hour  event
        ana       0     open
        ana       1     check
        ana       2     form
        ana       3     solved
        ana       4     check
        ana       5     open
    """)
    assert steps_of(view, "loops") == [0, 0, 0, 0, 1, 1]


def test_a_way_back_that_the_map_draws_is_no_loop_and_no_transfer():
    drawn = MAP + "links: [{id: again, kind: then, from: solved, to: form}]"
    text = "customer hour event\nana 0 open\nana 1 form\nana 2 solved\nana 3 call\nana 4 form"
    plain, planned = care_view(text), care_view(text, outline=Outline(read_map(drawn, "care")))
    assert [of(view, "loops") for view in (plain, planned)] == [[1], [0]]
    assert [of(view, "transfers") for view in (plain, planned)] == [[1], [0]]


def test_contacts_are_days_at_touchpoints_where_customers_get_in_touch():
    view = care_view("""
        customer  hour  event
        ana       0     open
        ana       1     call
        ana       2     call
        ana       30    call
        ana       31    check
    """)
    assert steps_of(view, "contacts") == [0, 1, 0, 1, 0]
    assert steps_of(view, "contacts", contacts=("open", "call")) == [1, 1, 0, 1, 0]


def test_the_company_is_waited_for_since_the_customer_last_did_something_new():
    view = care_view("""
        customer  hour  event
        ana       0     open
        ana       10    form
        ana       30    form
        ana       40    check
        ana       50    solved
    """)
    # From the form at 10 (its repeat at 30 changes nothing) to 40, and from there to 50: 40 hours in all.
    assert of(view, "company_wait") == [log(40 * HOURS)]
    assert sum(steps_of(view, "company_wait")[3:4]) == pytest.approx(log(40 * HOURS) * 3 / 4, abs=1)


def test_a_broken_promise_counts_by_how_much_it_was_missed():
    view = care_view("""
        customer  hour  event
        ana       0     open
        ana       58    solved
        bob       0     open
        bob       48    solved
    """)
    assert of(view, "beyond_promise") == [log(10 * HOURS), 0]


@pytest.mark.parametrize(
    ("promise", "hours"),
    [
        ("{time: {within: 1d, after: form}}", 35 - 24),
        ("{time: {kept_when: {channel: phone}}}", 24),
        ("{time: {within: 9d}, channels: {mail: {time: {within: 1h}}}}", 39),
    ],
)
def test_promises_of_other_forms(promise: str, hours: float):
    outline = Outline(read_map(MAP.replace("{time: {within: 2d}}", promise), "care"))
    view = care_view(
        """
        customer  hour  event   channel
        ana       0     open    phone
        ana       5     form    phone
        ana       40    solved  mail
        """,
        outline=outline,
    )
    assert of(view, "beyond_promise") == [log(hours * HOURS)]


def test_a_due_instant_tells_the_delay_where_steps_carry_it():
    outline = Outline(read_map(MAP.replace("{time: {within: 2d}}", "{time: {by_due: true}}"), "care"))
    view = care_view("customer hour event\nana 0 open\nana 40 solved", outline=outline)
    late = view.trips.steps.with_columns(pl.Series("kept", [None, False]))
    due = late.with_columns((pl.col("at") - timedelta(hours=3)).alias("due_at"))
    assert of(replace(view, trips=replace(view.trips, steps=late)), "beyond_promise") == [log(24 * HOURS)]
    assert of(replace(view, trips=replace(view.trips, steps=due)), "beyond_promise") == [log(3 * HOURS)]


def test_the_delay_of_a_whole_journey_stands_at_its_last_step():
    text = MAP.replace("success: [solved]}", "success: [solved]}, promise: {time: {within: 1d}}")
    view = care_view("customer hour event\nana 0 open\nana 40 solved", outline=Outline(read_map(text, "care")))
    assert steps_of(view, "beyond_promise") == [0, log(16 * HOURS)]


def test_steps_off_the_planned_route_count_once_per_touchpoint():
    view = care_view("""
        customer  hour  event
        ana       0     form
        ana       1     open
        ana       2     call
        ana       3     call
        ana       4     call
        ana       5     solved
    """)
    left = view.trips.deviations.select(pl.col("kind").cast(str), pl.col("place").cast(str)).rows()
    off = {place for kind, place in left if kind in ("ad hoc", "irregular order", "repeated")}
    assert off >= {"call"}
    assert of(view, "extra_steps") == [len(off)]
    assert steps_of(view, "extra_steps")[4] == 1


def test_no_component_goes_beyond_its_cap_and_steps_add_up_to_it():
    events = ["open", *["call", "solved", "check", "form", "form"] * 20]
    view = care_view(
        [
            {"customer": "ana", "hour": 26 * i, "event": event, "channel": "phone" if i % 3 else "mail"}
            | {"status": "failed" if i % 7 == 0 else None}
            for i, event in enumerate(events)
        ]
    )
    found = Contributions.of(view, Reading())
    for one, cap in zip(COMPONENTS, CAPS, strict=True):
        assert found.columns[one.name].min() >= 0
        assert found.columns[one.name].sum() == found.by_journey[one.name][0] <= cap
    full = {"repeat_contacts", "re_asked", "transfers", "channel_switches", "failures", "loops", "contacts"}
    assert {one.name for one in COMPONENTS if found.by_journey[one.name][0] == one.cap} >= full


def test_a_bucket_without_journeys_has_no_effort():
    found = Contributions.of(care_view([]), Reading())
    assert {name: len(column) for name, column in found.columns.items()} == dict.fromkeys(NAMES, 0)
    assert {name: len(column) for name, column in found.by_journey.items()} == dict.fromkeys(NAMES, 0)


def test_what_data_or_map_cannot_show_is_not_measurable():
    bare = Outline(
        read_map(
            "map: {id: bare, title: Bare, journey: {by: case, patience: 0d}}\nstages: [{id: a, title: A}]\n"
            "touchpoints: [{id: x, stage: a, title: X, repeatable: true, front: false, when: {event: open}}]",
            "bare",
        )
    )
    seen = Contributions.of(care_view("customer hour event\nana 0 open", outline=bare), Reading()).measurable
    assert [name for name in NAMES if seen[name]] == ["extra_steps"]
    assert set(WHY_NOT) == set(NAMES) - {"extra_steps"}


def test_published_weights_are_shared_out_among_what_is_measurable():
    assert sum(one.weight for one in COMPONENTS) == pytest.approx(1)
    some = published({"loops": True, "contacts": True})
    assert sum(some.values()) == pytest.approx(1)
    assert some["loops"] / some["contacts"] == pytest.approx(0.08 / 0.05)
    assert not any(published({}).values())


def test_the_table_of_weights_in_the_docs_is_the_one_that_is_used():
    from desireline.voice.effort import components

    for one in COMPONENTS:
        [line] = [line for line in components.__doc__.splitlines() if line.startswith(f"| {one.name} ")]
        assert line.split("|")[3:5] == [f" {one.cap} ", f" {one.weight:.2f} "]


def carrying(view: View, groups: list[str | None]) -> View:
    """The view, whose steps carry the property `group`."""
    steps = view.trips.steps.with_columns(pl.Series("property.group", groups, dtype=pl.String))
    return replace(view, trips=replace(view.trips, steps=steps))


def test_the_small_desk_has_a_map_without_faults():
    assert [point.id for point in CARE.bound] == ["open", "form", "call", "check", "solved"]
