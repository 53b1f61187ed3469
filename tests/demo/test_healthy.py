"""Any of the problems can be left out; without all of them the company is as large, and nothing is wrong."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from desireline.demo.company import build_demo
from desireline.demo.problems import (
    APP_CHECKOUT,
    DEAD_QUIZ,
    LATE_EAST,
    MOBILE_COSTS,
    OVERLAPPING_MAILS,
    PARCEL_TRACKING,
    PROBLEMS,
    SIZE_TOO_LATE,
    SLOW_EMAIL,
    STUCK_REFUND,
    Planted,
)
from desireline.demo.shopping import CART, PRODUCT
from desireline.demo.story import Story, tell_story
from desireline.demo.truth import count_planted

CUSTOMERS, SEED = 4000, 31


@pytest.fixture(scope="module")
def healthy() -> Story:
    return tell_story(SEED, CUSTOMERS, problems=())


@pytest.fixture(scope="module")
def ill() -> Story:
    return tell_story(SEED, CUSTOMERS)


def hit(counts, where):
    """The share that was hit, and its standard error."""
    n, x = counts[where], counts[f"{where}_hit"]
    return x / n, (x * (n - x) / n**3) ** 0.5


SPLIT = [one for one in PROBLEMS if one not in (OVERLAPPING_MAILS, DEAD_QUIZ, PARCEL_TRACKING, SIZE_TOO_LATE)]


@pytest.mark.parametrize("problem", SPLIT, ids=lambda one: one.id)
def test_where_a_problem_would_sit_it_is_as_elsewhere(healthy, problem):
    counts = count_planted(healthy)[problem.id]
    (here, error), (elsewhere, other) = hit(counts, "here"), hit(counts, "elsewhere")
    assert abs(here - elsewhere) < 4 * (error**2 + other**2) ** 0.5 + 0.005


def test_nobody_gets_two_campaigns_at_once_or_looks_for_a_parcel_or_reads_too_late(healthy):
    counts = count_planted(healthy)
    assert counts[OVERLAPPING_MAILS.id]["got_both"] == 0
    assert counts[PARCEL_TRACKING.id] == {"looks": 0, "customers": 0}
    assert counts[SIZE_TOO_LATE.id]["here"] == 0


def test_one_trip_in_five_takes_the_quiz_and_gets_as_far_as_the_others(healthy):
    trips = healthy.trips
    assert trips.quizzed.mean() == pytest.approx(DEAD_QUIZ.healthy["visits"], abs=0.02)
    assert trips.ordered[trips.quizzed].mean() == pytest.approx(trips.ordered[~trips.quizzed].mean(), abs=0.04)


@pytest.mark.parametrize("company", ["healthy", "ill"])
def test_reading_the_size_guide_first_says_nothing_about_how_far_a_trip_gets(company, request):
    trips = request.getfixturevalue(company).trips
    looked = trips.depth >= PRODUCT
    bought = [(trips.depth >= CART)[looked & (trips.sized_before == read)].mean() for read in (True, False)]
    assert bought[0] == pytest.approx(bought[1], abs=0.06)
    assert not trips.sized_before[~looked].any()


def test_e_mails_are_answered_in_time_where_the_promise_is_kept_everywhere(healthy, ill):
    waits = [story.contacts.replied - story.contacts.opened for story in (healthy, ill)]
    mail = [story.contacts.channel == 1 for story in (healthy, ill)]
    assert np.mean(waits[0][mail[0]] < 4 * 3600) > 0.98
    assert np.mean(waits[1][mail[1]] < 4 * 3600) < 0.02


def test_both_companies_have_the_same_customers_and_trips(healthy, ill):
    assert healthy.people.email.tolist() == ill.people.email.tolist()
    assert healthy.trips.start.tolist() == ill.trips.start.tolist()


def test_one_problem_alone_leaves_the_rest_healthy(healthy):
    only_late = count_planted(tell_story(SEED, CUSTOMERS, problems=(LATE_EAST,)))
    assert hit(only_late[LATE_EAST.id], "here")[0] == pytest.approx(LATE_EAST.size["late"], abs=0.1)
    for other in (APP_CHECKOUT, MOBILE_COSTS):
        assert only_late[other.id] == count_planted(healthy)[other.id]


def test_the_truth_names_what_is_planted_and_nothing_else(tmp_path):
    files = build_demo(tmp_path, customers=60, problems=(STUCK_REFUND, LATE_EAST))
    told = json.loads(files.truth.read_text())
    assert [problem["id"] for problem in told["problems"]] == [LATE_EAST.id, STUCK_REFUND.id]
    assert json.loads(build_demo(tmp_path, customers=60, problems=()).truth.read_text())["problems"] == []


def test_a_problem_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="no problem is called 'rain'; there are late-in-the-east"):
        tell_story(SEED, 60, problems=(replace(LATE_EAST, id="rain"),))


def test_what_is_not_planted_falls_back_and_the_rest_of_its_sizes_stay():
    planted = Planted.chosen((SLOW_EMAIL,))
    assert planted.size(SLOW_EMAIL)["median_hours_email"] == 72
    assert Planted(()).size(SLOW_EMAIL) == {**SLOW_EMAIL.size, **SLOW_EMAIL.healthy}
    assert all(set(problem.healthy) <= set(problem.size) for problem in PROBLEMS)
    assert SLOW_EMAIL in planted
    assert LATE_EAST not in planted
