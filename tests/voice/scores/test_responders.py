"""Who answered: rates, likeness, and what weighting would change."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from tests.measures.rows import SHOP, shuffle, take, trips

from desireline.errors import UnknownGroup, UnknownPlace
from desireline.measures.view import View
from desireline.voice.scores.likeness import check_likeness
from desireline.voice.scores.meetings import asking
from desireline.voice.scores.responders import Responders, RespondersAnalysis


def company(*, shop_answers=10, web_answers=40):
    """60 customers see the ad, 40 pay; those of the web answer about paying more often and are happier."""
    steps, answers = [], []
    for k in range(60):
        channel = "web" if k < 40 else "shop"
        steps.append(
            {"customer": f"c{k}", "journey": f"j{k}", "minute": 60 * k, "touchpoint": "ad", "channel": channel}
        )
        if k % 3 or channel == "shop":
            steps.append(
                {"customer": f"c{k}", "journey": f"j{k}", "minute": 60 * k + 5, "touchpoint": "pay", "channel": channel}
            )
        if (channel == "web" and k < web_answers) or (channel == "shop" and k - 40 < shop_answers):
            score = 5.0 if channel == "web" else 1.0
            scale = {"low": 1.0, "high": 5.0, "rule": "csat", "channel": channel}
            about = {"place": "pay", "question": "Pay?", "minute": 60 * k + 9}
            answers.append({"customer": f"c{k}", "journey": f"j{k}", "score": score, **scale, **about})
    answers += [{"place": "pay", "question": "Pay?", "score": 3.0, "low": 1.0, "high": 5.0, "rule": "csat"}] * 2
    return trips(steps, answers=answers)


def responders(bucket, **asked) -> Responders:
    analysis = RespondersAnalysis(**asked)
    return analysis.finish(analysis.combine([analysis.partial(View(bucket, SHOP))]))


def test_a_rate_counts_customers_who_met_the_touchpoint_and_answered_about_it():
    found = responders(company())
    rates = {row["place"]: (row["met"], row["answered"]) for row in found.rates.to_dicts()}
    # pay: 26 of the web and 20 of the shop met it; of these 26 and 10 answered. Others who answered never met it.
    assert rates == {"ad": (60, 0), "buy": (46, 36), "look": (60, 0), "pay": (46, 36), "shop": (60, 50)}
    assert (found.customers, found.responders, found.anonymous) == (60, 50, 2)
    pay = found.rates.row(by_predicate=pl.col("place") == "pay", named=True)
    assert pay["rate"] == pytest.approx(36 / 46)
    assert pay["low"] < pay["rate"] < pay["high"]


def test_rates_of_those_who_were_asked():
    found = responders(company(), asked="ad")
    pay = found.rates.row(by_predicate=pl.col("place") == "pay", named=True)
    assert (pay["asked"], pay["asked_answered"], pay["asked_rate"]) == (46, 36, 36 / 46)
    assert responders(company()).rates["asked"].null_count() == 5


def test_being_asked_is_an_event_on_the_map():
    assert asking(SHOP, "ad") == ["ad"]
    assert asking(SHOP, None) is None
    with pytest.raises(UnknownPlace, match="'adverts'"):
        asking(SHOP, "adverts")


def test_a_rate_that_tells_of_few_is_hidden():
    found = responders(company(shop_answers=0, web_answers=4))
    pay = found.rates.row(by_predicate=pl.col("place") == "pay", named=True)
    assert (pay["met"], pay["answered"], pay["rate"]) == (46, None, None)


def test_responders_who_differ_are_flagged_and_weighting_says_what_it_would_change():
    found = responders(company())
    channel = found.check.row(by_predicate=pl.col("feature") == "channel", named=True)
    share, every = 40 / 50, 40 / 60
    d = (share - every) / np.sqrt(every * (1 - every))
    assert channel["level"] == "web"
    assert (channel["responders"], channel["all"], channel["d"]) == pytest.approx((share, every, d))
    assert channel["low"] < channel["d"] < channel["high"]
    assert channel["differs"]
    assert "show" in found.says
    weighting = found.weighting
    assert "channel" in weighting.features
    [score] = weighting.scores.to_dicts()
    assert score["value"] == pytest.approx(40 / 50)
    assert score["weighted"] < score["value"]
    assert score["weighted"] == pytest.approx(40 / 60, abs=0.02)
    assert found.as_json()["weighting"]["n_eff"] == pytest.approx(weighting.raked.n_eff)


def test_recency_is_told_in_standard_deviations():
    days = pl.DataFrame({"responded": [False, True], "n": [50, 50], "total": [50 * 100, 50 * 110],
                         "squares": [50 * (100**2 + 25), 50 * (110**2 + 25)]})  # fmt: skip
    levels = pl.DataFrame(schema={"feature": pl.String, "level": pl.String, "responded": pl.Boolean, "n": pl.Int64})
    [row] = check_likeness(levels, days).to_dicts()
    spread = np.sqrt((50 * 25 * 2 + 100 * 25) / 99)
    assert row["d"] == pytest.approx(-5 / spread)  # a later last day: fewer days since
    assert row["low"] < row["d"] < row["high"] < 0
    assert row["differs"]


NO_DAYS = pl.DataFrame(schema={"responded": pl.Boolean, "n": pl.Int64, "total": pl.Int64, "squares": pl.Int64})


def levels_of(**counts):
    """Which levels are told, of one feature whose levels have so many responders and others."""
    named = []
    for name, (yes, no) in counts.items():
        level = "(none)" if name == "none" else name
        named += [("channel", level, True, yes), ("channel", level, False, no)]
    schema = {"feature": pl.String, "level": pl.String, "responded": pl.Boolean, "n": pl.Int64}
    return check_likeness(pl.DataFrame(named, schema=schema, orient="row"), NO_DAYS)["level"].sort().to_list()


def test_of_two_levels_one_is_told_and_of_three_each():
    assert levels_of(phone=(20, 30), web=(40, 60)) == ["web"]
    assert levels_of(phone=(20, 30), store=(10, 10), web=(40, 60)) == ["phone", "store", "web"]


def test_two_levels_left_of_three_are_both_told():
    """Three of the kiosk and two of the store are five together, whom no subtraction tells apart."""
    assert levels_of(kiosk=(3, 30), store=(2, 20), phone=(20, 30), web=(40, 60)) == ["phone", "web"]


def test_a_level_is_not_told_by_the_others():
    assert levels_of(store=(3, 30), phone=(20, 30), web=(40, 60)) == ["web"]  # of responders
    assert levels_of(store=(30, 3), phone=(20, 30), web=(40, 60)) == ["web"]  # of others
    assert levels_of(store=(3, 30), web=(40, 60)) == []
    assert levels_of(none=(3, 30), phone=(20, 30), web=(40, 60), chat=(30, 30)) == ["chat", "web"]
    assert levels_of(store=(3, 30), none=(20, 30), phone=(20, 30), web=(40, 60)) == ["phone", "web"]


def test_a_few_customers_are_not_counted_out():
    few = responders(take(company(), ["c0", "c1", "c2"]))
    said = few.as_json()
    assert (said["customers"], said["responders"], said["anonymous_answers"]) == (None, None, 0)
    whole = responders(company()).as_json()
    assert (whole["customers"], whole["responders"], whole["anonymous_answers"]) == (60, 50, None)


def test_when_everybody_answered_nothing_can_be_told():
    found = responders(company(shop_answers=20))
    assert found.check["d"].drop_nulls().abs().max() in (None, 0.0)
    assert found.weighting is None
    assert found.says.startswith("Whether responders are like all customers cannot be told")


def test_nobody_and_nothing():
    found = responders(trips("customer journey minute touchpoint"))
    assert (found.customers, found.responders, found.rates.height, found.check.height) == (0, 0, 0, 0)
    assert RespondersAnalysis().finish(RespondersAnalysis().combine([])).weighting is None
    with pytest.raises(UnknownGroup):
        RespondersAnalysis(by=("colour",))


def test_neither_order_nor_buckets_matter():
    analysis, whole = RespondersAnalysis(), company()
    first = [f"c{k}" for k in range(25)]
    ids = [*whole.journeys["customer_id"], *whole.answers["customer_id"]]
    second = sorted(set(ids) - set(first))
    parts = [analysis.partial(View(take(shuffle(whole, 3), some), SHOP)) for some in (second, first)]
    assert analysis.finish(analysis.combine(parts)).as_json() == responders(whole).as_json()


def test_a_fair_sample_is_seldom_flagged():
    dice = np.random.default_rng(20261122)
    flagged = tested = 0
    days = pl.DataFrame(schema={"responded": pl.Boolean, "n": pl.Int64, "total": pl.Int64, "squares": pl.Int64})
    for _ in range(400):
        level = dice.choice(["a", "b", "c"], p=[0.5, 0.3, 0.2], size=200)
        people = pl.DataFrame({"feature": "f", "level": level, "responded": dice.random(200) < 0.3})
        counted = people.group_by("feature", "level", "responded").agg(pl.len().cast(pl.Int64).alias("n"))
        check = check_likeness(counted, days)
        flagged, tested = flagged + int((check["p"] <= 0.05).sum()), tested + check.height
    assert tested > 1100
    assert flagged / tested <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 400)
