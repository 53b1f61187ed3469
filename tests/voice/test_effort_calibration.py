"""Weights learned from answers about effort, and whether the index goes with them."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.stats import spearmanr

from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.voice.effort import linked as linking
from desireline.voice.effort.calibration import Linked, Ordered, fit, foretold, rho, tenths, weighted_rho
from desireline.voice.effort.components import CAPS, NAMES, published
from desireline.voice.effort.contributions import Contributions, Reading
from desireline.voice.effort.effort import Effort
from desireline.voice.effort.found import Found
from desireline.voice.effort.subject import Subject
from desireline.voice.effort.validity import FORETELLS, Rho
from voice.care import CARE, MAP, care_view, desk

ALL = np.ones(len(NAMES), dtype=np.bool_)
PLANTED = np.array([0.30, 0.0, 0.20, 0.15, 0.0, 0.10, 0.06, 0.0, 0.03, 0.0])


def answered(seed: int, n: int, *, weights: Any = PLANTED, noise: float = 0.15) -> Linked:
    """So many answers of as many customers, felt as the weights say, on a scale of seven."""
    dice = np.random.default_rng(seed)
    shares = np.minimum(dice.poisson(1.2, (n, len(NAMES))), 4) / 4
    felt = np.clip(0.1 + shares @ weights + dice.normal(0, noise, n), 0, 1)
    return Linked(shares, np.rint(6 * felt) / 6, np.arange(n, dtype=np.uint64) * np.uint64(7919))


def asked_desk(
    seed: int, people: int, *, noise: float = 0.05, sign: int = 1, answers: int | None = None, outline: Outline = CARE
) -> Found:
    """A desk whose customers answer how hard it was (1 hard … 7 easy), led by repeats, transfers and waiting."""
    steps = desk(seed, people)
    found = Contributions.of(care_view(steps), Reading()).by_journey
    ids = care_view(steps).journeys["journey_id"].str.split("#").list.last()
    shares = {name: found[name] / cap for name, cap in zip(NAMES, CAPS, strict=True)}
    hard = 0.1 + 0.5 * shares["repeat_contacts"] + 0.3 * shares["transfers"] + 0.2 * shares["company_wait"]
    felt = np.clip(hard + np.random.default_rng(seed).normal(0, noise, len(hard)), 0, 1)
    told = [
        {"customer": case.partition("/")[0], "case": case, "score": float(np.rint(4 + sign * (3 - 6 * one)))}
        for case, one in zip(ids, felt, strict=True)
    ]
    analysis = Effort(outline)
    part = analysis.partial(care_view(steps, answers=told[:answers], outline=outline))
    return analysis.finish(analysis.combine([part]))


def claimed(*places: str) -> Outline:
    """The desk's map, on which these places claim the answers."""
    rule = "feedback: {question: How hard was it?}"
    text = MAP
    for place in places:
        text = text.replace(f"{{id: {place},", f"{{id: {place}, {rule},")
    return Outline(read_map(text, "care"))


def test_planted_weights_are_found_in_their_order():
    found = fit(answered(1, 3000), ALL)
    assert found is not None
    planted = np.flatnonzero(PLANTED)
    assert spearmanr(found[planted], PLANTED[planted]).statistic == pytest.approx(1)
    assert found[planted] == pytest.approx(PLANTED[planted] / PLANTED.sum(), abs=0.03)
    assert found[PLANTED == 0].max() < 0.03


def test_weights_are_never_negative_and_sum_to_one():
    upside_down = PLANTED.copy()
    upside_down[0] = -0.5
    found = fit(answered(2, 1000, weights=upside_down), ALL)
    assert found is not None
    assert found[0] == 0
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1)


def test_what_is_not_usable_gets_no_weight_and_nothing_gives_nothing():
    usable = ALL.copy()
    usable[0] = False
    found = fit(answered(3, 1000), usable)
    assert found is not None
    assert found[0] == 0
    some = answered(3, 50)
    assert fit(Linked(some.shares, np.full(50, 0.5), some.customer), ALL) is None
    assert fit(Linked(some.shares[:0], some.felt[:0], some.customer[:0]), ALL) is None


def test_a_customers_own_answers_have_no_say_in_what_is_foretold_for_him():
    one = answered(4, 300)
    customer = np.repeat(one.customer[:150], 2)
    felt = one.felt.copy()
    felt[:2] = 1 - felt[:2]
    before = foretold(Linked(one.shares, one.felt, customer), ALL)
    after = foretold(Linked(one.shares, felt, customer), ALL)
    assert after[:2].tolist() == before[:2].tolist()
    assert (after != before).any()


def test_rho_is_spearmans():
    dice = np.random.default_rng(6)
    one, other = dice.integers(0, 6, 400).astype(float), dice.integers(0, 6, 400).astype(float)
    other += one
    found = rho(one, other, np.arange(400, dtype=np.uint64))
    assert found is not None
    assert found.value == pytest.approx(spearmanr(one, other).statistic, abs=1e-12)
    assert found.low < found.value < found.high
    assert rho(one, other, np.arange(400, dtype=np.uint64)) == found


def test_a_row_of_weight_two_is_two_rows():
    dice = np.random.default_rng(7)
    one, other, weight = dice.integers(0, 5, 60), dice.integers(0, 5, 60), dice.integers(0, 4, 60)
    found = weighted_rho(Ordered.of(one), Ordered.of(other), weight.astype(float))
    assert found == pytest.approx(spearmanr(np.repeat(one, weight), np.repeat(other, weight)).statistic, abs=1e-12)


def test_a_constant_column_has_no_rho():
    assert rho(np.ones(40), np.arange(40.0), np.arange(40, dtype=np.uint64)) is None


def test_the_interval_of_rho_covers_the_truth_also_when_customers_answer_twice():
    hits, runs = 0, 90
    for seed in range(runs):
        dice = np.random.default_rng(seed)
        base = np.repeat(dice.normal(size=120), 2)  # both answers of a customer are alike
        one = base + 0.5 * dice.normal(size=240)
        other = base + 1.0 * dice.normal(size=240)
        found = rho(one, other, np.repeat(np.arange(120, dtype=np.uint64) + np.uint64(1000 * seed), 2))
        assert found is not None
        truth = 6 / np.pi * np.arcsin(1 / np.sqrt(1.25 * 2) / 2)  # of a bivariate normal
        hits += found.low <= truth <= found.high
    assert 0.89 <= hits / runs <= 1.0


def test_answers_that_mean_nothing_are_seldom_believed():
    believed, runs = 0, 90
    for seed in range(runs):
        some = answered(seed, 220, weights=np.zeros(len(NAMES)))
        found = rho(foretold(some, ALL), some.felt, some.customer)
        believed += found is not None and found.low > FORETELLS
    assert believed / runs <= 0.025 + 2 * np.sqrt(0.025 * 0.975 / runs)


def test_tenths_hold_every_answer_once_and_felt_effort_grows():
    some = answered(8, 1234, noise=0.05)
    found = tenths(100 * foretold(some, ALL), some)
    assert found["answers"].sum() == 1234
    assert found["answers"].max() - found["answers"].min() <= 1
    for column in ("index", "felt"):
        assert found[column].is_sorted()
    assert (found["low"] <= found["felt"]).all()
    assert found.filter((pl.col("index") / 100).is_between("low", "high")).height >= 8


def test_a_company_that_asks_gets_weights_of_its_own():
    found = asked_desk(11, 400)
    assert found.calibrated
    assert found.basis.startswith("Weights fitted to ")
    most = sorted(NAMES, key=lambda name: -found.weights[name])
    assert set(most[:3]) == {"repeat_contacts", "transfers", "company_wait"}
    assert most[0] == "repeat_contacts"
    valid = found.validity
    assert valid.share == 1
    assert isinstance(valid.rho, Rho)
    assert valid.rho.low > 0.7
    assert "on customers whose answers had no say in the weights" in valid.says()
    assert valid.tenths is not None
    assert spearmanr(valid.tenths["index"], valid.tenths["felt"]).statistic > 0.95  # the two easiest tenths are alike
    assert valid.tenths["felt"][-1] > valid.tenths["felt"][0] + 0.5


def test_two_hundred_answers_are_needed_for_weights_of_ones_own():
    few, more = asked_desk(12, 300, answers=199), asked_desk(12, 300, answers=200)
    assert (few.calibrated, more.calibrated) == (False, True)
    assert few.weights == published(few.part.seen)
    assert "199 of the 200" in few.basis
    assert few.validity.rho is not None
    assert few.validity.rho.value > 0.3


def test_answers_that_say_the_contrary_teach_nothing():
    found = asked_desk(13, 300, sign=-1)
    assert not found.calibrated
    assert found.weights == published(found.part.seen)
    assert "do not tell which components count" in found.basis


def test_an_index_that_goes_against_the_answers_is_not_trusted():
    found = asked_desk(13, 300, sign=-1, answers=150)
    assert not found.calibrated
    assert found.validity.rho is not None
    assert found.validity.rho.high < 0
    assert "not clear" in found.validity.says()


@pytest.mark.parametrize(
    ("answers", "says"),
    [(0, "No linked CES answers"), (12, "not enough data: 12 of 30"), (60, "Spearman's rho")],
)
def test_how_far_the_index_can_be_trusted_is_always_said(answers: int, says: str):
    assert says in asked_desk(14, 100, answers=answers).validity.says()


def test_answers_are_linked_once_and_only_to_journeys():
    steps = [{"customer": "ana", "hour": 0, "event": "open"}]
    answers = [
        {"customer": "ana", "score": 7.0},
        {"customer": "ana", "score": 1.0},
        {"customer": "bob", "score": 4.0},  # made no journey
    ]
    view = care_view(steps, answers=answers)
    table, n, journeys = linking.link(Contributions.of(view, Reading()))
    assert (sorted(table["felt"].to_list()), n, journeys) == ([0, 10_000], {"open": 2}, 1)


def test_an_answer_counts_for_the_journey_else_for_the_touchpoint_else_for_the_stage():
    steps = [{"customer": "ana", "hour": 0, "event": "open"}]
    for places, about in (
        (("care", "call", "work"), {linking.WHOLE: 1}),
        (("call", "work"), {"call": 1}),
        (("work",), {"work": 1}),
    ):
        view = care_view(steps, answers=[{"customer": "ana", "score": 7.0}], outline=claimed(*places))
        assert linking.link(Contributions.of(view, Reading()))[1] == about


def test_beside_an_answer_stands_what_arose_at_its_place():
    steps = """
        customer  hour  event   channel
        ana       0     open    mail
        ana       1     form    phone
        ana       2     call    phone
        ana       3     form    mail
        ana       4     solved  mail
    """
    for place, switches, re_asked in (
        ("form", 2, 1),
        ("call", 0, 0),
        ("report", 2, 1),
        ("care", 2, 1),
        ("check", 0, 0),
    ):
        view = care_view(steps, answers=[{"customer": "ana", "score": 7.0}], outline=claimed(place))
        [row] = linking.link(Contributions.of(view, Reading()))[0].to_dicts()
        assert (row["channel_switches"], row["re_asked"]) == (2, 1)
        assert (row["here.channel_switches"], row["here.re_asked"]) == (switches, re_asked)


def test_answers_about_one_touchpoint_do_not_weigh_whole_journeys():
    found = asked_desk(11, 400, outline=claimed("call"))
    assert not found.calibrated
    assert found.weights == published(found.part.seen)
    assert "a rule of thumb: the linked answers speak about “Calls” alone" in found.basis
    assert "compared with the effort at “Calls” alone: Spearman's rho" in found.validity.says()
    whole = asked_desk(11, 400, outline=claimed("care", "call"))
    assert whole.calibrated
    assert "about the whole journey" in whole.basis
    assert "compared" not in whole.validity.says()


def test_the_effort_at_the_touchpoint_is_what_its_answers_are_compared_with():
    found = asked_desk(11, 400, outline=claimed("call"))
    rows, weights = found.part.linked, [found.weights[name] for name in NAMES]
    for here, valid in ((True, found.validity.rho), (False, None)):
        some = Linked.of(rows, here=here)
        expected = rho(100 * some.shares @ np.array(weights), some.felt, some.customer)
        assert (expected == valid) is here


def subject(**about: int) -> Subject:
    """Answers by place; `journey` is the whole of it."""
    return Subject({linking.WHOLE if place == "journey" else place: n for place, n in about.items()}, {"pay": "Pays"})


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"journey": 200}, ""),
        ({"journey": 199}, "199 of the 200 linked answers that are needed."),
        ({"journey": 200, "pay": 900}, ""),
        ({"pay": 900}, "speak about “Pays” alone"),
        ({"pay": 90}, "speak about “Pays” alone"),
        ({"pay": 900, "journey": 199}, "speak about “Pays” above all"),
        ({"pay": 900, "wear": 50}, "speak about “Pays” and “wear” alone"),
        ({"pay": 900, "wear": 19, "wash": 1}, "speak about “Pays” above all"),
        ({"pay": 160, "wear": 20, "wash": 20}, ""),
        ({"pay": 159, "wear": 20, "wash": 20}, "199 of the 200"),
        ({"pay": 3, "wear": 2, "wash": 2}, "7 of the 200"),
        ({}, "no answers about effort are linked"),
    ],
)
def test_what_answers_speak_about_decides_whether_they_may_weigh(about: dict[str, int], says: str):
    why = subject(**about).why_not
    assert says in why
    assert bool(why) is bool(says)


def test_weights_that_hardly_foretell_unseen_customers_are_not_taken():
    found = [asked_desk(15, 300, noise=noise, outline=claimed("care")) for noise in (0.05, 0.8)]
    assert [one.calibrated for one in found] == [True, False]
    assert "do not tell which components count (foretelling unseen customers: rho" in found[1].basis
    assert found[1].weights == published(found[1].part.seen)
    assert found[1].validity.rho is not None


def test_an_easy_end_may_be_the_larger_number_or_the_smaller():
    steps = [{"customer": "ana", "hour": 0, "event": "open"}]
    view = care_view(steps, answers=[{"customer": "ana", "score": 2.0}])
    turned = view.trips.answers.with_columns(low=pl.lit(7.0), high=pl.lit(1.0))
    for answers, felt in ((view.trips.answers, 5 / 6), (turned, 1 / 6)):
        object.__setattr__(view.trips, "answers", answers)
        table, _, _ = linking.link(Contributions.of(view, Reading()))
        assert table["felt"].to_list() == [round(10_000 * felt)]


def test_of_very_many_answers_the_same_ones_are_kept_whatever_the_order():
    n = linking.MOST + 50
    rows = {name: np.zeros(n, dtype=np.int64) for name in linking.SCHEMA} | {"place": [linking.WHOLE] * n}
    keys = {"key": np.arange(n, dtype=np.uint64)[::-1], "customer": np.arange(n, dtype=np.uint64)}
    table = pl.DataFrame(rows | keys | {"felt": np.arange(n)}, schema=linking.SCHEMA)
    here, there = linking.together([table]), linking.together([table[30:], table[:30]])
    assert here.height == linking.MOST
    assert here.equals(there)
