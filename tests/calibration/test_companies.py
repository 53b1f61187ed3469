"""Whole companies: what is planted is found, where nothing is wrong nothing is said, and sizes are true."""

from __future__ import annotations

from math import sqrt

import pytest
from bench.calibrate.companies import Claim, found_in, read_claim
from bench.calibrate.coverage import covered
from bench.calibrate.exam import NULLS, PLANTED, null_companies, planted_truth, seeds_of
from bench.calibrate.kept import Kept
from bench.calibrate.matching import SIGNS, first_by_problem, folded_by_problem, problem_of
from bench.calibrate.page import ENOUGH, failures, page
from bench.calibrate.truth import Truth, true_sizes
from tests.calibration.registry import Outcome, Simulation

from desireline.demo.problems import APP_CHECKOUT, LATE_EAST, PROBLEMS

pytestmark = pytest.mark.thorough


def claim(rule="late", at="delivery", group="property:region=East", **more) -> Claim:
    """A finding's claim; by default what a good one says of late parcels in the East."""
    told = {"kind": "late", "since": "2026-02-23", "value": 0.35, "low": 0.3, "high": 0.4, "unit": "share"}
    return Claim(rule, at=at, group=group, **{**told, "p": 0.001, "customers": 90, "says": "Late.", **more})


@pytest.mark.parametrize("seed", PLANTED[:1])
def test_the_planted_problems_are_among_the_first_findings(seed):
    found = first_by_problem(found_in(seed))
    assert len(found) >= ENOUGH, sorted({problem.id for problem in PROBLEMS}.difference(found))


@pytest.mark.parametrize("seed", NULLS[:2])
def test_where_nothing_is_wrong_nothing_is_found(seed):
    assert [claim.says for claim in found_in(seed, problems=())] == []


@pytest.mark.long
def test_the_exam_is_passed_on_all_seeds():
    planted, nulls = planted_truth(), null_companies()
    assert failures(planted, nulls, []) == []


def test_a_finding_speaks_of_the_problem_at_its_place_in_its_group_and_time():
    assert problem_of(claim()) is LATE_EAST
    assert problem_of(claim(since=None)) is LATE_EAST
    assert problem_of(claim(since="2026-03-10")) is None
    assert problem_of(claim(group="property:region=West")) is None
    assert problem_of(claim(group="")) is None
    assert problem_of(claim(at="pickup")) is None
    assert problem_of(claim(rule="stuck")) is None


def test_every_problem_has_signs_and_every_sign_a_problem():
    assert set(SIGNS) == {problem.id for problem in PROBLEMS}
    assert all(SIGNS.values())


def test_only_the_first_findings_count_and_folded_ones_only_for_looking():
    other = claim(rule="lost", at="home", group="", also=(claim(),))
    failing = claim(rule="failing", at="checkout", group="channel:app", since="2026-01-12")
    assert first_by_problem([other, failing]) == {APP_CHECKOUT.id: (2, failing)}
    assert first_by_problem([other] * 15 + [failing]) == {}
    assert folded_by_problem([other])[LATE_EAST.id] == (1, claim())


def test_a_true_share_is_that_of_the_window_against_all_else():
    weeks = {
        ("late", "delivery", "property:region=East"): [("2026-02-16", 1, 10), ("2026-02-23", 6, 10)],
        ("late", "delivery", ""): [("2026-02-16", 3, 40), ("2026-02-23", 8, 40)],
    }
    truth = Truth(weeks, {("campaign overlap", "unsubscribe", ""): 0.08})
    assert truth.size(claim()) == pytest.approx(6 / 10 - 5 / 70)
    assert truth.size(claim(since=None)) == pytest.approx(7 / 20 - 4 / 60)
    assert truth.size(claim(since=None, group="")) == pytest.approx(11 / 80)
    assert truth.size(claim(rule="campaign overlap", at="unsubscribe", group="", kind="leaves", since=None)) == 0.08
    assert truth.size(claim(at="home")) is None


def test_an_interval_holds_the_truth_or_misses_it_and_unknown_truths_are_told():
    truth = Truth({}, {("late", "delivery", "property:region=East"): 0.31})
    held, unknown = covered({1: [claim()], 2: [claim(low=0.32)], 3: [claim(rule="failing", at="checkout")]}, truth)
    assert [(one.seed, one.inside) for one in held] == [(1, True), (2, False)]
    assert unknown == []
    assert covered({1: [claim()]}, Truth({}, {})) == ([], [claim()])


def test_the_kept_truth_knows_the_shares_that_are_planted():
    late = true_sizes().size(claim(since="2026-02-23"))
    assert late == pytest.approx(LATE_EAST.size["late"] - LATE_EAST.size["late_elsewhere"], abs=0.03)


def test_what_was_run_is_kept_and_read_again(tmp_path, monkeypatch):
    monkeypatch.setenv("BENCH_DATA", str(tmp_path))
    told = claim(also=(claim(rule="stuck"),))
    Kept("planted", version="a").put("1", [told.as_record()])
    assert [read_claim(one) for one in Kept("planted", version="a").results()["1"]] == [told]
    assert Kept("planted", version="b").results() == {}


def test_the_page_says_what_holds_and_what_is_missed():
    coin = Simulation("coin", "false positives", 0.05, lambda rng: rng.random() < 0.05, "a fair game")
    good, bad = Outcome(coin, 2000, 100), Outcome(coin, 2000, 140)
    told = page({1: [claim()]}, {2: [], 3: [claim()]}, [good])
    assert "| companies without problems that get any finding | ≤ 10 % | 1 of 2: 50.0 % [9.5; 90.5] | missed |" in told
    assert "| coin | a fair game | 2,000 | 0.050 |  |  | ≤ 0.05 |" in told
    assert len(failures({1: [claim()]}, {2: []}, [good])) == 1  # eleven problems are not found
    assert failures({1: [claim()]}, {2: []}, [bad])[-1] == str(bad)
    assert bad.share > 0.05 + 2 * sqrt(0.05 * 0.95 / 2000)


def test_seeds_are_written_as_ranges_and_lists():
    assert seeds_of("11-13,20") == [11, 12, 13, 20]
