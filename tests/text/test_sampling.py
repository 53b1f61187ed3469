"""A first look at many texts."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from desireline.text.sampling import FirstLook, in_sample, look, reading_order, together

PLACES = pl.Series(["shop"] * 7 + ["web"] * 3 + ["phone"])
IDS = pl.Series([f"answer {row}" for row in range(11)])


def everything(n):
    return np.ones(n, dtype=bool)


def test_the_sample_takes_enough_of_each_place_and_all_of_a_small_one():
    chosen = in_sample(IDS, PLACES, enough=4)
    assert sorted(PLACES.filter(chosen).to_list()) == ["phone", *["shop"] * 4, *["web"] * 3]


def test_places_take_turns_and_the_rest_comes_after_the_sample():
    order = PLACES.gather(reading_order(IDS, PLACES, enough=2)).to_list()
    assert sorted(order[:3]) == ["phone", "shop", "web"]
    assert sorted(order[3:5]) == ["shop", "web"]
    assert sorted(order[5:7]) == ["shop", "web"]
    assert order[7:] == ["shop"] * 4


places = st.lists(st.sampled_from(["a", "b", None]), max_size=30)


@given(places, st.integers(1, 5))
@settings(max_examples=50)
def test_every_row_comes_once_and_a_larger_sample_holds_a_smaller_one(strata, enough):
    ids, strata = (
        pl.Series([f"{row}" for row in range(len(strata))], dtype=pl.String),
        pl.Series(strata, dtype=pl.String),
    )
    assert sorted(reading_order(ids, strata, enough=enough)) == list(range(len(ids)))
    assert not (in_sample(ids, strata, enough=enough) & ~in_sample(ids, strata, enough=enough + 1)).any()


def test_the_order_of_rows_does_not_matter():
    back = reading_order(IDS.reverse(), PLACES.reverse(), enough=3)
    assert IDS.reverse().gather(back).to_list() == IDS.gather(reading_order(IDS, PLACES, enough=3)).to_list()


def test_a_first_look_worked_out_by_hand():
    level = np.array([-2.0, 0.0, 1.0, np.nan, 1.5, -1.0, 2.0, 2.0])
    tried = np.array([True, True, True, True, False, False, False, False])
    found = look(level, tried)
    # Levels −2, 0, 1: mean −1/3, variance 7/3; half of the texts are unseen.
    error = np.sqrt(7 / 3 / 3 / 2)
    assert (found.of, found.tried, found.read) == (8, 4, 3)
    assert (found.level.value, found.level.error) == (pytest.approx(-1 / 3), pytest.approx(error))
    assert found.level.high == pytest.approx(min(2, -1 / 3 + 4.302652729911275 * error))
    assert found.level.low == -2
    assert found.negative.value == pytest.approx(1 / 3)


def test_of_an_endless_number_of_texts_a_share_has_wilsons_interval():
    level = np.r_[np.full(7, -1.0), np.full(33, 1.0)]
    of_many = np.concatenate([level, np.full(4_000_000, np.nan)])
    found = look(of_many, np.arange(len(of_many)) < 40).negative
    assert (found.low, found.high) == pytest.approx(proportion_confint(7, 40, method="wilson"), abs=1e-5)


def test_once_all_is_read_nothing_is_unsure():
    found = look(np.array([-1.0, 1.0, np.nan]), everything(3))
    assert (found.level.value, found.level.error, found.level.low, found.level.high) == (0, 0, 0, 0)
    assert (found.negative.value, found.negative.low, found.negative.high) == (0.5, 0.5, 0.5)
    one = look(np.array([1.5]), everything(1))
    assert (one.level.value, one.level.low, one.level.high) == (1.5, 1.5, 1.5)


def test_where_nothing_was_read_nothing_is_told():
    for found in (look(np.zeros(0), everything(0)), look(np.array([np.nan]), everything(1)), together([])):
        assert np.isnan([found.level.value, found.level.error, found.negative.value, found.negative.low]).all()


def test_one_text_of_many_tells_a_level_without_an_interval():
    found = look(np.array([1.0, 2.0, 2.0]), np.array([True, False, False]))
    assert found.level.value == 1
    assert np.isnan([found.level.error, found.level.low, found.level.high]).all()
    assert found.negative.low == 0
    assert found.negative.high > 0.5


def test_strata_count_by_their_size_not_by_their_sample():
    small = look(np.r_[np.full(10, 1.0), np.full(10, np.nan)], everything(20))
    large = look(np.full(90, -1.0), np.arange(90) < 9)
    found = together([small, large])
    assert (found.of, found.tried, found.read) == (110, 29, 19)
    assert found.level.value == pytest.approx((10 * 1 - 90) / 100)
    assert found.negative.value == pytest.approx(0.9)
    assert isinstance(found, FirstLook)


def test_one_stratum_together_is_itself():
    level = np.random.default_rng(1).normal(0, 1, 400).clip(-2, 2)
    alone = look(level, np.arange(400) < 200)
    found = together([alone])
    assert found.level.value == pytest.approx(alone.level.value)
    assert found.level.error == pytest.approx(alone.level.error)
    assert (found.negative.low, found.negative.high) == pytest.approx(
        (alone.negative.low, alone.negative.high), abs=1e-3
    )


def coverage(sizes, enough, *, times=1_000):
    """How often the intervals of mean level and negative share hold what reading all would have told."""
    dice = np.random.default_rng(11)
    strata = np.repeat(np.arange(len(sizes)), sizes)
    all_levels = dice.choice([-1.5, -0.5, 0.0, 0.8, 1.7], len(strata)) * np.linspace(1, 0.6, len(sizes))[strata]
    level, negative = all_levels.mean(), (all_levels <= -0.25).mean()
    held = np.zeros(2)
    for _ in range(times):
        place = dice.random(len(strata)).argsort()
        looks = []
        for stratum, size in enumerate(sizes):
            rows = place[strata[place] == stratum]
            looks.append(look(all_levels[rows], np.arange(size) < enough))
        found = together(looks) if len(looks) > 1 else looks[0]
        held += found.level.low <= level <= found.level.high, found.negative.low <= negative <= found.negative.high
    return held / times


@pytest.mark.parametrize(("sizes", "enough"), [([120], 60), ([2_000], 60), ([100, 300], 50)])
def test_the_intervals_hold_19_times_in_20(sizes, enough):
    held = coverage(sizes, enough)
    assert ((held >= 0.93) & (held <= 0.975)).all(), held
