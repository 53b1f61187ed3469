"""Where a deviation sits: the group and the week that explain most."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.findings.made import rates

from desireline.findings.deviating import accepted_by
from desireline.findings.locate import Spot, monday, spots
from desireline.maps.files import read_map
from desireline.maps.outline import Outline


def looked(weekly: dict[str, list[tuple[int, int]]], **more: float | None) -> list[Spot]:
    given = {"acceptable": 0.1, "smallest": 0.05} | more
    return list(spots(rates(weekly), "failed", ["pay"], **given))  # type: ignore[arg-type]


def lead(found: list[Spot]) -> Spot:
    return max((one for one in found if one.p < 0.001), key=lambda one: one.gain)


def test_the_group_in_which_it_fails_is_found():
    app, web = [(20, 50)] * 12, [(2, 50)] * 12
    everybody = [(22, 100)] * 12
    found = lead(looked({"": everybody, "channel:app": app, "channel:web": web}))
    assert (found.group, found.since) == ("channel:app", None)
    assert found.gap[0] == pytest.approx(0.36)
    assert (found.journeys, found.having, found.came, found.n_rest) == (600, 240, 240, 600)


def test_the_week_since_which_it_fails_is_found():
    weeks = [(2, 100)] * 10 + [(30, 100)] * 10
    found = lead(looked({"": weeks}))
    assert (found.group, found.since) == ("", date(2026, 3, 16))
    assert found.share[0] == pytest.approx(0.3)
    assert found.rest == pytest.approx(0.02)


def test_a_group_since_a_week_wins_over_either_alone():
    app = [(2, 50)] * 10 + [(20, 50)] * 10
    web = [(2, 50)] * 20
    everybody = [(a + c, b + d) for (a, b), (c, d) in zip(app, web, strict=True)]
    found = lead(looked({"": everybody, "channel:app": app, "channel:web": web}))
    assert (found.group, found.since) == ("channel:app", date(2026, 3, 16))


def test_what_gets_better_is_no_problem():
    assert all(one.p > 0.01 for one in looked({"": [(9, 100)] * 10 + [(1, 100)] * 10}))


def test_everybody_is_held_against_what_is_acceptable_only_when_something_is():
    weeks = {"": [(20, 100)] * 12}
    assert [one.p < 0.001 for one in looked(weeks) if not one.since] == [True]
    assert not [one for one in looked(weeks, acceptable=None) if not one.since]


@pytest.mark.parametrize("weekly", [{}, {"": [(1, 3)]}, {"": [(0, 0)] * 20}, {"": [(30, 30)] * 20}])
def test_too_few_none_and_all_are_quiet_or_told_whole(weekly):
    found = looked(weekly)
    assert all(np.isfinite([*one.share, *one.gap]).all() for one in found)


def test_customers_without_a_group_are_no_group():
    found = looked({"": [(22, 100)] * 12, "channel:(none)": [(20, 50)] * 12})
    assert {one.group for one in found} == {""}


def test_weeks_begin_on_monday():
    assert monday("2026-W01") == date(2025, 12, 29)


def test_what_is_acceptable_may_differ_from_place_to_place():
    weekly = {"": [(8, 100)] * 12}
    (strict,) = [one for one in looked(weekly, acceptable={"pay": 0.05}) if not one.group and one.since is None]  # type: ignore[arg-type]
    (loose,) = [one for one in looked(weekly, acceptable={"pay": 0.1}) if not one.group and one.since is None]  # type: ignore[arg-type]
    assert strict.p < 0.001 < 0.9 < loose.p
    assert [one for one in looked(weekly, acceptable={}) if one.rest is None] == []  # type: ignore[arg-type]


def test_the_map_s_own_target_is_what_is_acceptable_the_touchpoint_s_before_its_stage_s():
    text = """
map: {id: shop, title: Shop}
stages: [{id: buy, title: Buy, kpis: [{measure: promise_kept, at_least: 0.95}]}, {id: use, title: Use}]
touchpoints:
  - {id: pay, stage: buy, title: Pays, when: {event: pay}}
  - {id: got, stage: buy, title: Gets it, when: {event: got}, kpis: [{measure: promise_kept, at_least: 0.9}]}
  - {id: keep, stage: use, title: Keeps it, when: {event: keep}}
"""
    found = accepted_by(Outline(read_map(text)), "promise_kept")
    assert found == pytest.approx({"pay": 0.05, "got": 0.1})
