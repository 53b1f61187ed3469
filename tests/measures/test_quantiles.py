"""Quantiles and distinct counts: exact while small, close when large, the same in any order."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from desireline.measures.distinct import Distinct
from desireline.measures.ladder import LARGEST, middle, rank
from desireline.measures.quantile import Quantile

KEYS = ["at"]


def seen(values, customers=None) -> pl.DataFrame:
    who = [f"c{i}" for i in range(len(values))] if customers is None else customers
    return pl.DataFrame(
        {"customer_id": who, "at": "here", "x": values, "m": 1},
        schema={"customer_id": pl.String, "at": pl.String, "x": pl.Int64, "m": pl.Int64},
    )


def reading(family, frame) -> dict:
    return family.finish(family.partial(frame, KEYS), KEYS).row(0, named=True)


@given(st.lists(st.integers(-1000, 10**12), min_size=1, max_size=30), st.sampled_from([0.25, 0.5, 0.75, 0.9]))
def test_small_quantiles_are_numpys(values, q):
    assert reading(Quantile(q=q), seen(values))["value"] == pytest.approx(np.quantile(values, q), rel=1e-9, abs=1e-6)


@given(st.lists(st.integers(-LARGEST, LARGEST), min_size=1))
def test_a_bucket_is_close_and_keeps_its_middle(values):
    given_values = np.array(values)
    moved = middle(given_values)
    assert (np.abs(moved - given_values) <= 0.016 * np.abs(given_values)).all()
    assert (middle(moved) == moved).all()
    assert (rank(pl.Series(moved)) == rank(pl.Series(given_values))).all()


@given(st.lists(st.integers(0, LARGEST), min_size=2).map(sorted))
def test_ranks_grow_with_values(values):
    assert rank(pl.Series(values)).is_sorted()


def test_large_cells_are_within_their_stated_error_in_any_order():
    values = np.random.default_rng(5).lognormal(20, 2, 3000).astype(np.int64)
    family = Quantile(q=0.75, limit=500)
    found = []
    for seed in (1, 2, 3):
        cuts = np.array_split(np.random.default_rng(seed).permutation(values), 7)
        parts = [family.partial(seen(cut, [f"{seed}{i}" for i in cut]), KEYS) for cut in cuts]
        found.append(family.finish(family.combine([family.combine(parts[:3], KEYS), *parts[3:]], KEYS), KEYS))
    assert found[0]["value"][0] == pytest.approx(np.quantile(values, 0.75), rel=0.016)
    assert found[0]["note"][0] == "within 1.6 %"
    assert_frame_equal(found[0], found[1])
    assert_frame_equal(found[0], found[2])


def test_repeated_customers_widen_a_median():
    dice = np.random.default_rng(9)
    habits = np.repeat(dice.lognormal(10, 1, 30).astype(np.int64), 20)
    alone = reading(Quantile(), seen(habits))
    repeating = reading(Quantile(), seen(habits, [f"c{i // 20}" for i in range(600)]))
    assert alone["value"] == repeating["value"]
    assert (alone["n"], repeating["n"]) == (600, 30)
    assert repeating["high"] - repeating["low"] > 2 * (alone["high"] - alone["low"])


def test_medians_cover_the_truth_when_customers_repeat_themselves():
    dice = np.random.default_rng(6)
    hits = []
    for _ in range(250):
        size = 1 + dice.poisson(2, 25)
        who = np.repeat(np.arange(25), size)
        values = np.exp(10 + dice.normal(0, 1, 25)[who] + dice.normal(0, 1, len(who))).astype(np.int64)
        row = reading(Quantile(), seen(values, [str(i) for i in who]))
        hits.append(row["low"] <= np.exp(10) <= row["high"])
    assert 0.92 <= np.mean(hits) <= 0.985


def test_distinct_things_are_counted_exactly_and_then_estimated():
    hashes = np.random.default_rng(1).integers(-(2**63), 2**63, 20_000)
    twice = np.concatenate([hashes, hashes])
    assert reading(Distinct(), seen(twice))["value"] == 20_000
    rough = reading(Distinct(kept=2000), seen(twice))
    assert rough["value"] == pytest.approx(20_000, rel=0.07)
    assert rough["note"]
