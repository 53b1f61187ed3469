"""Cards are graded by what stands behind them, promises judged by their interval, and the score is the sum by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from desireline.kept.living import asked
from desireline.living.cards import grade_cards
from desireline.living.check import aged, broken, stale, taken_as_known
from desireline.living.drift import Drift, Sign
from desireline.living.outage import Silence
from desireline.living.promises import judge_promises
from desireline.living.read import Book
from desireline.living.reminders import overdue, remind, reviewed_on
from desireline.living.truth import tell_truth
from desireline.living.voices import HEARD, HearVoices, Voices
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.measures.view import View
from desireline.tables import READINGS
from measures.rows import SHOP as WALKED
from measures.rows import trips

END = datetime(2026, 6, 30, tzinfo=UTC)
TODAY = date(2026, 7, 1)


def shop(cards=(), **head):
    """A map of one stage with the touchpoints pay and parcel."""
    parcel = {
        "id": "parcel",
        "title": "Parcel",
        "stage": "buy",
        "when": {"event": "parcel"},
        "promise": {"time": {"within": "2d", "after": "pay"}, "score": {"measure": "csat", "at_least": 0.8}},
        "kpis": [{"measure": "promise_kept", "at_least": 0.95}],
    }
    pay = {"id": "pay", "title": "Pay", "stage": "buy", "when": {"event": "pay"}, "promise": {"feeling": 1}}
    told = {
        "map": {"id": "shop", "title": "Shop", "owner": "Ana", **head},
        "stages": [{"id": "buy"}],
        "touchpoints": [pay, parcel],
        "cards": [{"id": f"c{k}", "at": "parcel", "lane": "feeling", **card} for k, card in enumerate(cards)],
    }
    return Outline(Map.model_validate(told))


def book(*rows):
    """Readings: measure, at, value, low, high, n."""
    keys = ("measure", "at", "value", "low", "high", "n")
    told = [{**dict(zip(keys, row, strict=True)), "group": "", "period": "", "unit": "share"} for row in rows]
    return Book(READINGS.shape(pl.DataFrame(told)) if told else READINGS.empty())


def voices(*, shop=0, vips=0, parcel_vips=0, **kinds):
    """Customers at the parcel by kind, all heard on the last day; `shop` who came at all, some of them VIPs."""
    told = [("parcel", None, kind, n) for kind, n in kinds.items()]
    told += [("shop", None, "behaviour", shop), ("shop", "vip", "behaviour", vips)]
    told += [("parcel", "vip", "behaviour", parcel_vips)]
    rows = [
        {"place": at, "persona": who, "kind": kind, "customers": n, "fresh_e6": n * 1_000_000, "newest": END}
        for at, who, kind, n in told
        if n
    ]
    return Voices(HEARD.shape(pl.DataFrame(rows)) if rows else HEARD.empty())


def grades(card, readings=(), **kinds):
    (found,) = grade_cards(shop([card]), voices(**kinds), book(*readings), end=END)
    return found.grade, found.agreement


FELT = ("emotion", "parcel", 1.1, 0.9, 1.3, 200)


def test_a_feeling_that_many_share_in_two_kinds_of_voices_is_strong():
    assert grades({"level": 1.0}, [FELT], survey=120, review=60) == ("strong", "agrees")


def test_who_answers_a_survey_and_writes_a_review_is_one_customer():
    (found,) = grade_cards(shop([{"level": 1.0}]), voices(survey=80, review=60), book(FELT), end=END)
    assert (found.grade, found.fresh) == ("fair", 80.0)


def test_one_kind_of_voice_is_fair_and_few_voices_are_weak():
    assert grades({"level": 1.0}, [FELT], survey=80) == ("fair", "agrees")
    assert grades({"level": 1.0}, [FELT], survey=20) == ("weak", "agrees")


def test_old_voices_count_less():
    rows = {"place": "parcel", "kind": "survey", "customers": 200, "fresh_e6": 20_000_000, "newest": END}
    old = Voices(HEARD.shape(pl.DataFrame([rows])))
    (found,) = grade_cards(shop([{"level": 1.0}]), old, book(FELT), end=END)
    assert (found.grade, found.fresh) == ("weak", 20.0)


def test_a_feeling_measured_wholly_elsewhere_contradicts_the_card():
    assert grades({"level": -1.0}, [FELT], survey=80) == ("contradicted", "contradicted")
    assert grades({"level": 0.5}, [FELT], survey=80) == ("weak", "undecided")


def test_an_assumption_that_nothing_measures_is_assumed_only():
    assert grades({"level": 1.0, "evidence": {"kind": "assumption"}}) == ("assumed only", "not measured")
    assert grades({"lane": "quote", "says": "Nice"}, [FELT], survey=500) == ("assumed only", "not measured")


@pytest.mark.parametrize(("on", "grade"), [("2026-05-01", "fair"), ("2025-05-01", "weak")])
def test_an_observation_is_worth_as_much_as_it_is_young(on, grade):
    assert grades({"lane": "thinking", "evidence": {"kind": "observation", "on": on}})[0] == grade


def test_a_pain_is_held_against_its_measures_target():
    card = {"lane": "pain", "evidence": {"kind": "measure", "measure": "promise_kept", "at": "parcel"}}
    missed, reached = ("promise_kept", "parcel", 0.8, 0.75, 0.85, 300), ("promise_kept", "parcel", 0.99, 0.98, 1.0, 300)
    assert grades(card, [missed], behaviour=300) == ("fair", "agrees")
    assert grades(card, [reached], behaviour=300) == ("contradicted", "contradicted")


def test_what_nobody_does_among_many_is_contradicted():
    assert grades({"lane": "doing"}, shop=500) == ("contradicted", "contradicted")
    assert grades({"lane": "doing"}, shop=500, behaviour=400)[1] == "undecided"
    assert grades({"lane": "doing"}, shop=100) == ("assumed only", "not measured")


def test_four_customers_are_neither_nobody_nor_told():
    (found,) = grade_cards(shop([{"lane": "doing"}]), voices(shop=500, behaviour=4), book(), end=END)
    assert (found.agreement, found.why) == ("undecided", "fewer than 5 customers come here")
    assert (found.sources, found.customers, found.n) == ({}, 0, None)


def test_what_a_persona_does_is_held_against_that_personas_customers():
    card = {"lane": "doing", "persona": "vip"}
    assert grades(card, shop=500, vips=40)[1] == "not measured"
    assert grades(card, shop=500, vips=300) == ("contradicted", "contradicted")
    assert grades(card, shop=500, vips=300, parcel_vips=3)[1] == "undecided"


def test_a_measure_that_a_card_names_is_asked_in_every_lane():
    evidence = {"kind": "measure", "measure": "trouble"}
    trouble = ("trouble", "parcel", 0.3, 0.25, 0.35, 300)
    for lane in ("doing", "thinking", "opportunity"):
        assert grades({"lane": lane, "evidence": evidence}, [trouble], behaviour=300) == ("fair", "undecided")
    felt = {"level": -1.0, "evidence": evidence}
    assert grades(felt, [trouble, FELT], survey=80) == ("contradicted", "contradicted")
    assert grades(felt, [trouble], survey=80) == ("fair", "undecided")


def test_fewer_than_five_customers_are_no_source():
    (found,) = grade_cards(shop([{"level": 1.0}]), voices(survey=4, review=40), book(FELT), end=END)
    assert found.sources == {"review": 40}


def test_promises_are_broken_only_for_sure():
    told = {
        one.measure: one.verdict
        for one in judge_promises(shop(), book(("promise_kept", "parcel", 0.9, 0.88, 0.92, 400)))
    }
    assert told == {"emotion": "not measured", "promise_kept": "broken", "csat": "not measured"}
    close = book(("promise_kept", "parcel", 0.94, 0.9, 0.97, 400), ("csat", "parcel", 0.9, 0.85, 0.95, 90))
    assert [one.verdict for one in judge_promises(shop(), close)] == ["not measured", "undecided", "kept"]


def test_without_a_target_nine_in_ten_must_keep_a_promise_of_time():
    plain = Outline(
        Map.model_validate(
            {
                "map": {"id": "shop", "title": "Shop", "promise": {"time": {"within": "9d"}}},
                "stages": [],
            }
        )
    )
    reading = book(("promise_kept", "shop", 0.85, 0.82, 0.88, 400))
    assert [one.verdict for one in judge_promises(plain, reading)] == ["broken"]
    assert [one.verdict for one in judge_promises(plain, reading, kept=0.8)] == ["kept"]


@dataclass(frozen=True)
class Covered:
    events: int = 100
    events_explained: int = 80
    customers: int = 10
    customers_explained: int = 10
    touchpoints_visited: int = 1


def truth(outline, readings=(), weights=None, coverage=None):
    found = book(*readings)
    graded = grade_cards(outline, voices(survey=80), found, end=END), judge_promises(outline, found)
    return tell_truth(outline, found, coverage or Covered(), graded=graded, today=TODAY, weights=weights)


FIT = ("fitness", "shop", 0.8, 0.7, 0.9, 50)
REVIEWED = {"review": {"every_days": 100, "last": "2026-06-01"}}


def test_the_score_is_the_weighted_mean_of_its_parts():
    found = truth(shop([{"level": 1.0}], **REVIEWED), [FIT, FELT])
    assert {part.name: part.value for part in found.parts} == pytest.approx(
        {"fitness": 0.8, "explained": 0.9, "covered": 0.5, "agreement": 1.0, "evidence": 0.7, "review": 1.0}
    )
    by_hand = (25 * 0.8 + 15 * 0.9 + 10 * 0.5 + 20 * 1 + 20 * 0.7 + 10 * 1) / 100
    assert found.score == pytest.approx(100 * by_hand)


def test_what_cannot_be_told_is_left_out_and_weights_can_be_set():
    nothing = Covered(0, 0, 0, 0, 0)
    found = truth(shop(**REVIEWED), coverage=nothing)
    assert [part.name for part in found.parts if part.value is None] == [
        "fitness",
        "explained",
    ]
    assert found.score == pytest.approx(100 * 10 / 60, abs=0.05)
    weights = {"covered": 0, "evidence": 0, "agreement": 0}
    assert truth(shop(**REVIEWED), weights=weights, coverage=nothing).score == 100.0


def test_nothing_is_gained_by_saying_less():
    plain = Outline(Map.model_validate({"map": {"id": "shop", "title": "Shop"}, "stages": [{"id": "all"}]}))
    parts = {part.name: (part.value, part.says) for part in truth(plain, [FIT]).parts}
    assert parts["evidence"] == (0.0, "the map has no cards")
    assert parts["agreement"] == (0.0, "the map draws no feeling and makes no promise")
    poor = shop([{"level": -1.0}], **REVIEWED)
    assert (truth(poor, [FIT, FELT]).score or 0) >= (truth(shop(**REVIEWED), [FIT, FELT]).score or 0)


def test_a_review_on_a_day_to_come_counts_as_none():
    outline = shop(review={"every_days": 100, "last": "2099-01-01"})
    assert truth(outline).parts[-1].value == 0.0
    assert overdue(outline, today=TODAY) == 100
    assert reviewed_on(outline, today=TODAY) is None
    (told,) = [one for one in remind(outline, today=TODAY) if one.kind == "review"]
    assert told.says == "The last review is noted on 2099-01-01, which is still to come: it counts as none."


def test_a_review_that_is_due_lets_the_score_fall_day_by_day():
    parts = [
        truth(shop(review={"every_days": 100, "last": last})).parts[-1].value for last in ("2026-02-01", "2025-07-01")
    ]
    assert parts == pytest.approx([0.5, 0.0])
    assert truth(shop()).parts[-1].value == 0.0
    assert truth(shop(review={"every_days": 100})).parts[-1].value == 0.0


def test_reminders_name_the_review_old_observations_and_owners_who_are_gone():
    outline = shop([{"says": "Glad", "evidence": {"kind": "observation", "on": "2024-01-01"}}], owner=None, **REVIEWED)
    late = remind(outline, today=date(2026, 12, 1))
    assert [(one.kind, one.at, one.days) for one in late] == [
        ("review", "shop", 83),
        ("owner", "shop", None),
        ("card", "c0", 1065),
    ]
    assert overdue(outline, today=TODAY) == -70
    assert overdue(shop(), today=TODAY) is None


def sign(since):
    return Sign("next steps", "pay", "JS", 0.4, 0.3, 0.5, 0.15, 80, 90, 0.001, 0.001, since, "At “Pay” …", q=0.01)


def test_drift_that_a_review_came_after_fails_nothing():
    outline = shop(**REVIEWED)
    drift = Drift(None, signs=(sign(date(2026, 5, 1)), sign(date(2026, 6, 15))))
    told = list(stale(drift, (), truth(outline), reviewed=date(2026, 6, 1), least=0))
    assert [(one.check, one.at) for one in told] == [("drift", "pay")]
    assert "2026-06-15" in told[0].says


def test_a_low_score_names_the_part_that_costs_most():
    """Evidence and review are both 0, and evidence weighs more."""
    told = list(stale(Drift(None), (), truth(shop(), [FIT]), reviewed=None, least=99))
    assert [one.check for one in told] == ["truth"]
    assert "evidence costs most: the map has no cards" in told[0].says
    weighed = truth(shop(), [FIT], weights={"review": 50})
    assert weighed.weakest.name == "review"


def test_a_source_that_was_closed_before_the_last_review_is_known():
    silence = Silence("old crm", "silent", date(2026, 5, 1), None, 30, 0, 900.0, ("view",))
    drift = Drift(None, silences=(silence,))
    for reviewed, failed in ((None, 1), (date(2026, 4, 30), 1), (date(2026, 5, 1), 0)):
        told = list(stale(drift, (), truth(shop(), [FIT]), reviewed=reviewed, least=0))
        assert len(told) == failed
        assert taken_as_known(drift, reviewed) == (0, 1 - failed)


def test_data_older_than_usual_are_told():
    assert list(aged(None, today=TODAY, most=35)) == []
    assert list(aged(date(2026, 5, 27), today=TODAY, most=35)) == []
    (told,) = aged(date(2026, 5, 26), today=TODAY, most=35)
    assert told.says == "The data are 36 days old: they end on 2026-05-26; 35 days are taken as usual."


@pytest.mark.parametrize("place", ["head", "stage", "point"])
def test_channels_are_asked_for_wherever_a_promise_names_one(place):
    promise = {"promise": {"channels": {"chat": {"feeling": 1}}}}
    told = {
        "map": {"id": "m", "title": "M", **(promise if place == "head" else {})},
        "stages": [{"id": "s", **(promise if place == "stage" else {})}],
        "touchpoints": [{"id": "a", "stage": "s", **(promise if place == "point" else {})}],
    }
    assert asked(Outline(Map.model_validate(told))).by == ("channel",)


def test_a_broken_promise_is_told_with_number_interval_and_customers():
    outline = shop()
    kept = judge_promises(outline, book(("promise_kept", "parcel", 0.9, 0.88, 0.92, 400)))
    (told,) = broken(outline, kept, since=date(2026, 1, 5))
    assert told.says == (
        "Promise broken at “Parcel”: promise_kept 90.0 % [88.0 %, 92.0 %], at least 95.0 % is promised; 400 customers "
        "over all data since 2026-01-05."
    )


def test_voices_are_customers_by_kind_and_those_who_came():
    answers = """
        customer  journey  minute  place   kind    score
        ana       a1       10      parcel  survey  5
        ana       a1       20      parcel  survey  4
        ben       b1       10      parcel  review  1
    """
    steps = """
        customer  journey  minute  touchpoint
        ana       a1       0       parcel
        ben       b1       0       pay
    """
    end = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=180)
    hear = HearVoices(end)
    heard = hear.finish(hear.combine([hear.partial(View(trips(steps, answers=answers), WALKED))]))
    assert {kind: one.customers for kind, one in heard.at("parcel").items()} == {
        "behaviour": 1,
        "review": 1,
        "survey": 1,
    }
    assert heard.at("parcel")["behaviour"].fresh == pytest.approx(0.5)
    assert heard.at("shop")["behaviour"].customers == 2
    assert heard.at("nowhere") == {}
