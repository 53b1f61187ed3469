"""Deviations are read off in the words of the glossary, once per journey, kind and place."""

from desireline.journeys.walk import walk
from desireline.tables import CUSTOMERS, FEEDBACK

from .rows import events, instant, sketch


def deviations(route: str, plan: str = "a b c d", *, end: str = "90T00:00", **more) -> list[tuple[str, str]]:
    """(kind, place) of one journey with these events, a minute apart; `a/web` in a channel, `a!` failed."""
    rows = ["customer at event channel status"]
    for minute, step in enumerate(route.split()):
        name, _, channel = step.rstrip("!").partition("/")
        rows.append(f"ana 09:{minute:02d} {name} {channel or '-'} {'failed' if step.endswith('!') else '-'}")
    outline = sketch(plan, **more)
    found = walk(events("\n".join(rows)), FEEDBACK.empty(), CUSTOMERS.empty(), outline, data_end=instant(end))
    assert set(found.trips.deviations["trip"]) <= {0}
    return found.trips.deviations.select("kind", "place").rows()


def test_a_journey_as_planned_has_none():
    assert deviations("a b c d") == []


def test_a_step_left_out_is_missing():
    assert deviations("a c d") == [("missing", "b")]


def test_a_step_at_another_place_is_irregular_order_and_neither_missing_nor_ad_hoc():
    assert deviations("b a c d") == [("irregular order", "b")]


def test_a_step_that_comes_again_is_repeated_once_however_often_it_comes():
    assert deviations("a b b a b c d") == [("repeated", "a"), ("repeated", "b")]


def test_a_repeatable_step_may_come_again_at_once():
    assert deviations("a b b b c d", "a b* c d") == []


def test_a_second_alternative_and_events_off_the_map_are_ad_hoc():
    assert deviations("a x y blink blink d", "a x|y d") == [("ad hoc", "blink"), ("ad hoc", "y")]


def test_what_a_lost_journey_never_reached_is_lost_not_missing():
    assert deviations("a c") == [("lost", "c"), ("missing", "b")]


def test_a_journey_in_which_the_company_has_to_act_is_stuck():
    assert deviations("a b", points={"c": {"acts": "company"}}) == [("stuck", "b")]


def test_a_journey_without_a_visit_is_lost_at_the_map_itself():
    assert deviations("blink") == [("ad hoc", "blink"), ("lost", "m")]


def test_a_journey_under_way_misses_only_what_it_passed():
    assert deviations("a c", end="2T00:00") == [("missing", "b")]


def test_wrong_channels_failures_and_broken_promises_are_told_with_their_place():
    points = {"b": {"channels": ["web"]}, "c": {"promise": {"time": {"within": "30s", "after": "b"}}}}
    told = deviations("a b/web b/store! c d", "a b* c d", points=points)
    assert told == [("failed", "b"), ("late", "c"), ("wrong channel", "b")]


def test_events_that_start_or_end_journeys_are_not_ad_hoc():
    assert deviations("open a b c d", journey={"start": {"event": "open"}}) == []


def test_cost_and_fitness_count_the_steps_off_the_map():
    log = events("customer at event\n ana 09:00 a\n ana 09:01 blink\n ana 09:02 c\n ana 09:03 d")
    found = walk(log, FEEDBACK.empty(), CUSTOMERS.empty(), sketch("a b c d"), data_end=instant("90T00:00"))
    row = found.trips.journeys.row(0, named=True)
    assert (row["cost"], row["fitness"], row["exact"], row["off_map"], row["steps"]) == (
        2.0,
        1 - 2 / 8,
        True,
        1,
        3,
    )
