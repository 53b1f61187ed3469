"""Churn patterns: what came before, among those who stood at the same place; nobody is exposed by living long."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from desireline.findings.gather.exposures import EXPOSURES, SUPPORT, Pattern, mine
from desireline.findings.gather.patterns import ArrivalsWalker, unpacked
from desireline.findings.rules.churn_pattern import churn_pattern
from desireline.findings.rules.winning_route import winning_route
from findings.shopping import AROUND, SHOP, checks, dossier_of, gather, opened, passing, shop_view, went


def company(
    dice: np.random.Generator, people: int, *, detour: str, succeed: tuple[float, float], share: float = 0.4
) -> list[dict[str, Any]]:
    """So many customers; some take a detour after home. Of those with it and without, so many come to the end."""
    rows = []
    for n in range(people):
        with_it = dice.random() < share
        done = dice.random() < succeed[0 if with_it else 1]
        path = f"home {f'{detour} ' if with_it else ''}cart {'order arrived' if done else ''}"
        rows += went(f"c{n}", path)
    return rows


def test_a_detour_before_the_cart_that_loses_customers_is_told():
    dice = np.random.default_rng(1)
    rows = company(dice, 900, detour="quiz home", succeed=(0.3, 0.7))
    told = passing(checks(churn_pattern, rows))
    assert len(told) == 1
    assert "come to “Takes the quiz”, then come to “Fills the cart” are lost" in told[0]
    assert passing(checks(winning_route, rows)) == []


def test_a_failure_that_loses_customers_is_told_where_it_happens():
    dice = np.random.default_rng(2)
    rows = []
    for n in range(800):
        fails = dice.random() < 0.25
        done = dice.random() < (0.3 if fails else 0.85)
        rows += went(f"c{n}", f"home cart{'!' if fails else ''} {'order arrived' if done else ''}")
    (told,) = passing(checks(churn_pattern, rows))
    assert "of the journeys that fail at “Fills the cart” are lost" in told
    assert checks(churn_pattern, rows, reach=0.3)[0].p == pytest.approx(1.0, abs=0.01)


def test_a_detour_that_wins_customers_is_a_winning_route():
    dice = np.random.default_rng(3)
    rows = company(dice, 900, detour="tips home", succeed=(0.75, 0.35))
    told = passing(checks(winning_route, rows))
    assert len(told) == 1
    assert "by way of “Reads the tips” succeed" in told[0]
    assert passing(checks(churn_pattern, rows)) == []


def test_a_detour_that_changes_nothing_is_neither():
    rows = company(np.random.default_rng(4), 900, detour="tips home", succeed=(0.5, 0.5))
    assert passing([*checks(churn_pattern, rows), *checks(winning_route, rows)]) == []


def test_living_long_is_no_exposure():
    """Everybody meets the quiz at some time, if the journey lasts; it changes nothing, but those who had it got far."""
    dice = np.random.default_rng(5)
    rows = []
    for n in range(1500):
        path = []
        for step in ("home", "quiz", "home", "cart", "order", "arrived"):
            path.append(step)
            if dice.random() < 0.25:
                break
        rows += went(f"c{n}", " ".join(path))
    by_quiz = [r for r in rows if r["event"] == "quiz"]
    assert len(by_quiz) > 500
    assert passing([*checks(churn_pattern, rows), *checks(winning_route, rows)]) == []


def test_who_had_come_as_far_is_compared_and_not_who_had_not():
    arrivals = gather(
        ArrivalsWalker(SHOP), [*went("ana", "home tips home cart order arrived"), *went("bob", "home cart")]
    )
    cart = arrivals.cells.filter(arrivals.cells["point"] == list(SHOP.touchpoint).index("cart"))
    assert sorted(cart.select("reached", "m", "x").rows()) == [(2, 1, 0), (2, 1, 1)]  # both had come as far as home
    assert "arrived" not in {arrivals.points[point] for point in arrivals.cells["point"]}


def test_the_last_steps_are_packed_and_unpacked():
    points = 10
    packed = np.array([(3 + 1) + (7 + 1) * 31, 0], dtype=np.int64)
    assert unpacked(packed, points).tolist() == [[3, 7, -1, -1], [-1, -1, -1, -1]]


def test_longer_patterns_that_say_nothing_more_are_left_out():
    dice = np.random.default_rng(6)
    rows = company(dice, 1200, detour="quiz home", succeed=(0.3, 0.7))
    found = dossier_of(churn_pattern, rows).get(EXPOSURES).found
    strong = [one for one in found if one.by_chance <= 0.05]
    assert [len(one.pattern.steps) for one in strong if not one.explained] == [2]
    assert any(len(one.pattern.steps) == 3 and one.explained for one in strong)


def test_patterns_hold_the_same_journeys_when_they_are_mined_and_when_they_are_opened():
    dice = np.random.default_rng(9)
    events = ["home", "tips", "quiz", "home", "letter"]
    rows = [row for n in range(400) for row in went(f"c{n}", " ".join([*dice.choice(events, 4), "cart"]))]
    walker = ArrivalsWalker(SHOP)
    arrived = walker.rows(shop_view(rows))
    before = unpacked(arrived["before"].to_numpy(), len(SHOP.touchpoint))
    found = mine(gather(walker, rows))
    assert {len(one.pattern.steps) for one in found} == {2, 3}
    for one in found:
        here = arrived["point"].to_numpy() == one.pattern.at
        flags = one.pattern.flags(arrived["own"].to_numpy(), before)
        assert (here & flags).sum() == one.held
        assert Pattern.read(one.pattern.text(list(SHOP.touchpoint)), list(SHOP.touchpoint)) == one.pattern


def test_patterns_need_support():
    rows = company(np.random.default_rng(7), SUPPORT, detour="quiz home", succeed=(0.0, 1.0))
    assert mine(gather(ArrivalsWalker(SHOP), rows)) == []


def test_buckets_add_up_in_any_order():
    one = company(np.random.default_rng(8), 300, detour="quiz home", succeed=(0.3, 0.7))
    two = [{**row, "customer": f"x{row['customer']}"} for row in one]
    assert checks(churn_pattern, one, two) == checks(churn_pattern, two, one)
    assert checks(churn_pattern, one, two) == checks(churn_pattern, [*one, *two])


def test_journeys_of_one_customer_with_different_histories_are_still_one_customers():
    """Each customer comes twenty times, mostly with the quiz or mostly without, and is lost always or never."""
    dice = np.random.default_rng(11)
    rows = []
    for n in range(60):
        fond, lost = n % 2, n % 4 < 2
        for again in range(20):
            steps = [
                *dice.choice(["home", "letter", "help"], 2),
                "quiz" if dice.random() < (0.9 if fond else 0.1) else "tips",
            ]
            path = " ".join([*steps, "cart", *([] if lost else ["order", "arrived"])])
            rows += went(f"c{n}", path, case=f"c{n}/{again}")
    found = {one.pattern.text(list(SHOP.touchpoint)): one for one in mine(gather(ArrivalsWalker(SHOP), rows))}
    quiz = found["quiz>cart"]
    assert quiz.journeys > 500
    # Thirty customers against thirty, of whom half are lost: √(¼ · 2/30) if each were on one side only, 0.8 of it here.
    assert quiz.error == pytest.approx(0.8 * (0.25 * 2 / 30) ** 0.5, rel=0.25)


def test_nobody_and_one_customer_are_silent():
    assert checks(churn_pattern, []) == []
    assert checks(winning_route, went("ana", "home cart")) == []
    assert gather(EXPOSURES.make(AROUND)).found == ()


def test_the_finding_opens_to_the_customers_of_the_pattern():
    dice = np.random.default_rng(1)
    rows = company(dice, 900, detour="quiz home", succeed=(0.3, 0.7))
    (check,) = [one for one in checks(churn_pattern, rows) if one.finding and one.p is not None and one.p < 0.01]
    quiz = {row["customer"] for row in rows if row["event"] == "quiz"}
    assert opened(churn_pattern, check, rows) == sorted(quiz)
    assert check.finding is not None
    assert check.finding.customers == len(quiz)
