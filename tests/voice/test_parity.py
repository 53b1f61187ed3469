"""Parity: three verdicts, each of them calibrated."""

import numpy as np
import polars as pl
import pytest
from scipy.stats import ttest_ind
from tests.measures.rows import SHOP as WALKED
from tests.measures.rows import take, trips

from desireline.errors import UnknownGroup, UnknownMeasure, UnknownPlace
from desireline.measures.view import View
from desireline.voice.parity.asked import Asked
from desireline.voice.parity.comparison import needed, power_of_difference
from desireline.voice.parity.parity import CONSISTENT, DIFFERENT, NOT_ENOUGH, FindParities, FindParity
from voice.sides import channels, compared, met, parity

TWO_SIGMA = 2


def at_most(share: float, of: int) -> float:
    """A share that simulation may overrun by chance."""
    return share + TWO_SIGMA * (share * (1 - share) / of) ** 0.5


def test_a_channel_that_is_worse_is_named():
    found = parity(channels(1, 400, web=0.55, store=0.8))
    (only,) = found.found
    assert (only.verdict, only.worse, only.title) == (DIFFERENT, "Web", "Pays")
    assert only.says == f"Web is {100 * abs(only.compared.difference.value):.1f} points worse than Store"
    assert only.compared.difference.low > 0.1


def test_channels_that_are_alike_are_consistent_only_when_there_are_enough_customers():
    assert parity(channels(1, 4000, web=0.8, store=0.8)).found[0].verdict == CONSISTENT
    few = parity(channels(1, 100, web=0.8, store=0.8)).found[0]
    assert few.verdict == NOT_ENOUGH
    assert few.says == f"not enough data: 100 and 100 of {few.compared.needed:,} each"


def test_a_small_difference_that_is_sure_is_still_within_the_margin():
    only = parity(channels(3, 20_000, web=0.80, store=0.82)).found[0]
    assert only.different_q < 0.001
    assert only.verdict == CONSISTENT


def test_the_margin_decides_what_is_the_same():
    rows = channels(3, 2000, web=0.8, store=0.8)
    assert [parity(rows, margin=margin).found[0].verdict for margin in (0.01, 0.1)] == [NOT_ENOUGH, CONSISTENT]


def test_a_failure_is_worse_when_there_is_more_of_it():
    assert parity(channels(1, 400, web=0.3, store=0.1), measure="failed").found[0].worse == "Web"
    assert parity(channels(1, 400, web=0.3, store=0.1), measure="kept").found[0].worse == "Store"


def test_the_odd_one_is_set_apart_and_the_others_are_compared_without_it():
    found = parity(channels(4, 2000, web=0.5, store=0.8, phone=0.8, chat=0.8)).found
    assert [(one.sides[0].title, one.sides[1].title) for one in found if one.verdict == DIFFERENT] == [
        ("Web", "all others")
    ]
    assert {one.sides[1].title for one in found if one.verdict != DIFFERENT} == {"all others but Web"}


def test_the_strata_keep_like_with_like():
    """The store serves the easy cases: in each kind of case both are alike (Simpson's paradox)."""
    dice = np.random.default_rng(5)
    side = np.repeat(["store", "web"], 4000)
    easy = dice.random(8000) < np.where(side == "store", 0.8, 0.2)
    x = dice.random(8000) < np.where(easy, 0.9, 0.6)
    plain = compared(met(side, x))
    within = compared(met(side, x, strata=np.where(easy, "easy", "hard")))
    assert plain.different_p < 1e-6
    assert within.different_p > 0.05
    assert abs(within.difference.value) < 0.03
    assert within.strata == 2


def test_strata_that_disagree_are_told():
    dice = np.random.default_rng(6)
    side, kind = np.tile(["store", "web"], 1000), np.repeat(["new", "old"], 1000)
    x = dice.random(2000) < np.where((side == "web") == (kind == "new"), 0.9, 0.6)
    assert compared(met(side, x, strata=kind)).agree < 0.001


def test_customers_with_many_journeys_count_as_customers():
    once = met(["web", "store"] * 100, [1, 0, 0, 1] * 50)
    copies = pl.concat([once] * 9)
    alone, ninefold = compared(once), compared(copies)
    assert ninefold.design == pytest.approx(9)
    assert ninefold.difference.value == alone.difference.value
    assert ninefold.different_p == pytest.approx(alone.different_p, abs=0.02)
    width = alone.difference.high - alone.difference.low
    assert ninefold.difference.high - ninefold.difference.low == pytest.approx(width, rel=0.05)


def test_a_customer_seen_in_both_channels_is_compared_with_himself():
    dice = np.random.default_rng(7)
    habit = dice.random(300) < 0.7
    x = np.concatenate([habit, habit ^ (dice.random(300) < 0.05)])  # the same customer fares alike in both
    both = met(["web"] * 300 + ["store"] * 300, x, customers=[*range(300), *range(300)])
    assert 0 < compared(both).design < 0.3


def test_a_mean_is_compared_by_welch():
    dice = np.random.default_rng(8)
    web, store = (np.round(10_000 * dice.normal(m, s, n)) for m, s, n in ((0.4, 1, 40), (0.0, 2, 60)))
    found = compared(met(["store"] * 60 + ["web"] * 40, [*store, *web]), share=False, scale=10_000)
    known = ttest_ind(store, web, equal_var=False)
    assert found.different_p == pytest.approx(known.pvalue)
    assert found.difference[1:] == pytest.approx([end / 10_000 for end in known.confidence_interval()])
    assert parity(met(["store"] * 60 + ["web"] * 40, [*store, *web]), measure="feeling").found[0].verdict == NOT_ENOUGH


def test_sides_of_fewer_than_five_customers_are_hidden():
    kiosks = met(["kiosk", "booth"] * 4, [1, 1, 0, 0] * 2, customers=[*range(901, 909)])
    found = parity(channels(1, 300, web=0.7, store=0.7), kiosks)
    assert {side.title for side in found.sides["pay"]} == {"Web", "Store"}
    assert found.notes == ("Sides of fewer than 5 customers are hidden: 2.",)


def test_the_next_smallest_side_is_hidden_where_a_total_would_tell_of_the_small_one():
    rows = met(["web"] * 40 + ["chat"] * 30 + ["phone"] * 20 + ["store"] * 3, [1, 0, 1] * 31)
    found = parity(rows)
    assert {side.name for side in found.sides["pay"]} == {"channel:web", "channel:chat"}
    assert found.notes == (
        "Sides of fewer than 5 customers are hidden: 1.",
        "Larger sides are hidden to protect them: 1.",
    )


def test_a_few_of_whom_no_channel_is_known_are_protected_too():
    rows = met(["web"] * 40 + ["chat"] * 30 + ["phone"] * 20 + ["(none)"] * 3, [1, 0, 1] * 31)
    found = parity(rows)
    assert {side.name for side in found.sides["pay"]} == {"channel:web", "channel:chat"}
    assert found.notes == ("Larger sides are hidden to protect smaller groups: 1.",)


def test_bad_feelings_are_compared_and_so_are_lukewarm_ones():
    bad = met(["web"] * 60 + ["store"] * 60, [-20_000, -10_000] * 30 + [-10_000, 0] * 30)
    lukewarm = met(["web"] * 60 + ["store"] * 60, [0] * 120, place="ask", customers=range(200, 320))
    found = parity(bad, lukewarm, measure="feeling")
    assert [(one.title, one.verdict, one.worse) for one in found.found] == [
        ("Pays", DIFFERENT, "Web"),
        ("Asks for help", CONSISTENT, ""),
    ]


def test_a_side_that_nobody_names_is_no_side():
    rows = channels(1, 50, web=0.7, store=0.7)
    unknown = rows.with_columns(pl.lit("channel:(none)").alias("side"), pl.col("customer") + 1000)
    assert {side.name for side in parity(rows, unknown).sides["pay"]} == {"channel:web", "channel:store"}


def test_nothing_to_compare_is_an_answer():
    assert parity(channels(1, 50, web=0.7)).found == ()
    assert parity(channels(1, 50, web=0.0, store=0.0)).found == ()  # it never happened in any channel


def test_many_comparisons_are_tested_together():
    rows = [channels(seed, 150, place=place, web=0.7, store=0.7) for seed, place in ((1, "pay"), (2, "ask"))]
    found = parity(*rows)
    assert found.tested == 2
    assert all(one.different_q >= one.compared.different_p for one in found.found)


def test_parts_may_come_in_any_order():
    first, second = channels(1, 60, web=0.7, store=0.6), channels(2, 60, web=0.9, store=0.6)
    second = second.with_columns(pl.col("customer") + 500)
    assert parity(first, second).as_json() == parity(second, first).as_json()
    assert parity(pl.concat([first, second])).as_json() == parity(first, second).as_json()


def test_how_many_customers_would_do():
    n = needed(0.0, 0.16, 0.05, have=100)
    assert n == np.ceil(2 * 0.16 * (2 * 1.6448536 / 0.05) ** 2)
    settled = needed(0.03, 0.16, 0.05, have=5000)
    assert settled is not None
    assert settled > 3000
    assert needed(0.05, 0.0, 0.05, have=10) is None
    assert power_of_difference(0.1, 0.185, 400) == pytest.approx(0.9, abs=0.03)


WALK = """
    customer journey minute touchpoint channel kept
    ana      a1      0      order      web     yes
    ana      a1      5      pay        web     no
    bob      b1      0      order      store   yes
    bob      b1      9      pay        store   yes
    bob      b2      50     order      web     no
"""


def counted(asked: Asked, walk: str = WALK):
    analysis, whole = FindParity(WALKED, asked), trips(walk)
    one = analysis.combine([analysis.partial(View(whole, WALKED))])
    people = whole.journeys["customer_id"].unique()
    split = analysis.combine([analysis.partial(View(take(whole, [name]), WALKED)) for name in people])
    assert all(mine.equals(theirs) for mine, theirs in zip(one, split, strict=True))
    return one


def test_promises_are_counted_by_place_and_channel():
    cells = counted(Asked("kept", strata=("persona",))).cells.filter(pl.col("place").is_in(["order", "pay"]))
    assert cells.select("place", "side", "customers", "n", "x").rows() == [
        ("order", "channel:store", 1, 1, 1),
        ("order", "channel:web", 2, 2, 1),
        ("pay", "channel:store", 1, 1, 1),
        ("pay", "channel:web", 1, 1, 0),
    ]
    assert cells["stratum"].unique().to_list() == ["persona:(none)"]


def test_touchpoints_can_be_compared_with_each_other():
    cells = counted(Asked("kept", by="touchpoint"))
    assert cells.cells.select("place", "side", "n", "x").rows() == [
        ("shop", "touchpoint:order", 3, 2),
        ("shop", "touchpoint:pay", 2, 1),
    ]
    assert cells.shared.height == 4  # ana and bob met both


def test_several_outcomes_are_found_in_one_walk():
    whole = FindParities(WALKED, ("kept", "failed"))
    seen = View(trips(WALK), WALKED)
    both = whole.combine([whole.partial(seen), whole.partial(seen)])
    assert both[0].cells.equals(FindParity(WALKED, Asked("kept")).combine([both[0]]).cells)
    assert both[1].cells["x"].sum() == 0
    assert whole.finish(both) == ()  # too few customers to be shown
    assert whole.finish(whole.combine([])) == ()


def test_the_property_of_an_answer_is_a_side_whatever_else_answers_hold():
    said = ['{"region":"north"}', '{"region":"south"}', "", '{"region":{"a":1}}', None, '{"region":""}', "{}"]
    head = {"place": "pay", "question": "Pay?", "minute": 9, "low": 1.0, "high": 5.0, "rule": "csat"}
    answers = [
        {"customer": f"c{k}", "score": 5.0, "properties": properties, **head} for k, properties in enumerate(said)
    ]
    analysis = FindParity(WALKED, Asked("csat", by="property:region"))
    cells = analysis.partial(View(trips(WALK, answers=answers), WALKED)).cells
    assert cells.filter(pl.col("place") == "pay").sort("side").select("side", "n").rows() == [
        ("property:region=(none)", 4),
        ("property:region=north", 1),
        ("property:region=south", 1),
        ('property:region={"a":1}', 1),
    ]


def test_what_cannot_be_asked_is_said_at_once():
    with pytest.raises(UnknownMeasure, match="Did you mean 'csat'"):
        FindParity(WALKED, Asked("csta"))
    with pytest.raises(UnknownGroup):
        FindParity(WALKED, Asked(by="colour"))
    with pytest.raises(UnknownPlace, match="Did you mean 'pay'"):
        FindParity(WALKED, Asked(at=("paay",)))


@pytest.mark.parametrize(("n", "p"), [(100, 0.8), (400, 0.8), (400, 0.95)])
def test_equal_channels_are_rarely_called_different(n: int, p: float):
    calls = [parity(channels(seed, n, web=p, store=p)).found[0].verdict for seed in range(150)]
    assert calls.count(DIFFERENT) / 150 <= at_most(0.05, 150)


def test_four_equal_channels_are_rarely_called_different():
    found = [parity(channels(seed, 150, web=0.8, store=0.8, chat=0.8, phone=0.8)).found for seed in range(80)]
    wrong = sum(any(one.verdict == DIFFERENT for one in company) for company in found)
    assert wrong / 80 <= at_most(0.05, 80)


def test_channels_at_the_margin_are_rarely_called_consistent():
    calls = [parity(channels(seed, 2500, web=0.75, store=0.80)).found[0].verdict for seed in range(150)]
    assert calls.count(CONSISTENT) / 150 <= at_most(0.05, 150)


def test_a_misaligned_channel_is_found_with_400_customers_each():
    calls = [parity(channels(seed, 400, web=0.7, store=0.8)).found[0] for seed in range(200)]
    assert sum(one.verdict == DIFFERENT and one.worse == "Web" for one in calls) / 200 >= 0.9 - 2 * (0.09 / 200) ** 0.5


def test_a_misaligned_channel_among_four_is_found_too():
    calls = [parity(channels(seed, 400, web=0.7, store=0.8, chat=0.8, phone=0.8)).found for seed in range(100)]
    assert np.mean([any(one.worse == "Web" for one in company) for company in calls]) >= 0.9


def test_intervals_cover_a_true_difference():
    found = [compared(channels(seed, 200, web=0.7, store=0.8)).difference for seed in range(300)]
    covered = np.mean([one.low <= 0.1 <= one.high for one in found])
    assert 0.92 <= covered <= 0.98


def test_customers_with_habits_do_not_cry_wolf():
    wrong = 0
    for seed in range(150):
        dice = np.random.default_rng(seed)
        who = np.repeat(np.arange(200), 1 + dice.poisson(2, 200))
        x = dice.random(len(who)) < dice.beta(2, 0.7, 200)[who]
        wrong += compared(met(np.where(who < 100, "web", "store"), x, customers=who)).different_p <= 0.05
    assert wrong / 150 <= at_most(0.05, 150) + 0.01


def test_equal_means_in_many_small_strata_are_rarely_called_different():
    wrong, covered = 0, 0
    for seed in range(150):
        dice = np.random.default_rng(seed)
        stratum = dice.integers(0, 20, 120)
        x = np.round(10_000 * (stratum / 10 + dice.normal(0, 1 + (stratum % 2), 120)))
        found = compared(met(dice.choice(["web", "store"], 120), x, strata=[f"s{k}" for k in stratum]), share=False)
        wrong += found.different_p <= 0.05
        covered += found.difference.low <= 0 <= found.difference.high
    assert wrong / 150 <= at_most(0.05, 150)
    assert covered / 150 >= 0.91
