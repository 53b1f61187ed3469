"""Quantiles and distinct counts: exact while small, close when large, the same in any order."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.measures.rows import SHOP, take, trips

from desireline.measures.clusters import Clusters
from desireline.measures.distinct import Distinct, hashes, smallest
from desireline.measures.family import Cells, Estimates, Family
from desireline.measures.ladder import LARGEST, LIMIT, Ladders, Rungs, ladders, merge_rungs, middle, ranks, rungs
from desireline.measures.layout import Layout, lay_out
from desireline.measures.quantile import Quantile
from desireline.measures.runner import Plan
from desireline.measures.sums import Sums, add_up


def laid_out(customers, cells=None) -> Layout:
    """Rows of these customers, in one cell or in those given."""
    who = np.asarray(customers, dtype=np.int32)
    return lay_out(np.zeros(len(who), dtype=np.int64) if cells is None else np.asarray(cells), who)


def estimated(family: Family, sums: Sums, held: Ladders, coarse=None) -> Estimates:
    clusters = Clusters(*(getattr(sums, name) for name in Clusters._fields))
    return family.estimate(Cells(clusters, sums.came, sums.size, held, coarse))


def reading(values, customers=None, *, q=0.5) -> dict:
    x = np.asarray(values, dtype=np.int64)
    layout = laid_out(range(len(x)) if customers is None else customers)
    kept = rungs(layout, x, rank=ranks(x))
    found = estimated(Quantile(q=q), add_up(layout, ranks(x)), ladders(kept.steps, 1), kept.coarse)
    return {"value": found.value[0], "low": found.interval.low[0], "high": found.interval.high[0], "n": found.n[0]}


def climbed(values, limit) -> Rungs:
    """The rungs of one cell, each value another customer's."""
    return rungs(laid_out(range(len(values))), values, rank=ranks(values), limit=limit)


def joined(parts: list[Rungs], limit=LIMIT) -> Rungs:
    return merge_rungs(
        pl.concat([part.steps for part in parts]), np.any([part.coarse for part in parts], 0), limit=limit
    )


@given(st.lists(st.integers(-1000, 10**12), min_size=1, max_size=30), st.sampled_from([0.25, 0.5, 0.75, 0.9]))
def test_small_quantiles_are_numpys(values, q):
    assert reading(values, q=q)["value"] == pytest.approx(np.quantile(values, q), rel=1e-9, abs=1e-6)


@given(st.lists(st.integers(-LARGEST, LARGEST), min_size=1))
def test_a_bucket_is_close_and_keeps_its_middle(values):
    given_values = np.array(values)
    moved = middle(ranks(given_values))
    assert (np.abs(moved - given_values) <= 0.016 * np.abs(given_values)).all()
    assert (middle(ranks(moved)) == moved).all()
    assert (ranks(moved) == ranks(given_values)).all()


@given(st.lists(st.integers(0, LARGEST), min_size=2).map(sorted))
def test_ranks_grow_with_values(values):
    assert (np.diff(ranks(np.array(values))) >= 0).all()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-50, 50)), min_size=1))
def test_a_ladder_holds_the_values_of_each_cell_in_order(rows):
    cells, values = np.array(rows).T
    layout = laid_out(range(len(rows)), cells)
    some = layout.arranged(values)
    held = ladders(rungs(layout, some, rank=ranks(some)).steps, len(layout.starts))
    for i, cell in enumerate(np.unique(cells)):
        some = slice(held.starts[i], held.ends[i])
        assert np.repeat(held.values[some], held.times[some]).tolist() == sorted(values[cells == cell])


def test_large_cells_are_within_their_stated_error_in_any_order():
    values = np.random.default_rng(5).lognormal(20, 2, 3000).astype(np.int64)
    found = []
    for seed in (1, 2, 3):
        cuts = np.array_split(np.random.default_rng(seed).permutation(values), 7)
        parts = [climbed(cut, 500) for cut in cuts]
        together = joined([joined(parts[:3], 500), *parts[3:]], 500)
        assert together.coarse.all()
        found.append(together.steps.sort("value"))
    assert np.quantile(values, 0.75) == pytest.approx(ladders(found[0], 1).at(np.array([2250.0]))[0], rel=0.016)
    assert_frame_equal(found[0], found[1])
    assert_frame_equal(found[0], found[2])


def test_a_cell_is_coarse_whether_its_values_came_at_once_or_bit_by_bit():
    values = np.arange(1000, 1000 + 40 * 30, 30)
    at_once = climbed(values, 25)
    bits = [climbed(part, 25) for part in np.array_split(values, 4)]
    assert at_once.coarse.all()
    assert not any(bit.coarse.any() for bit in bits)
    assert_frame_equal(joined(bits, 25).steps.sort("value"), at_once.steps.sort("value"))


def test_repeated_customers_widen_a_median():
    dice = np.random.default_rng(9)
    habits = np.repeat(dice.lognormal(10, 1, 30).astype(np.int64), 20)
    alone = reading(habits)
    repeating = reading(habits, np.arange(600) // 20)
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
        row = reading(values, who)
        hits.append(row["low"] <= np.exp(10) <= row["high"])
    assert 0.92 <= np.mean(hits) <= 0.985


def test_distinct_things_are_counted_exactly_and_then_estimated():
    different = np.random.default_rng(1).integers(-(2**63), 2**63, 20_000)
    twice = np.concatenate([different, different])
    layout = laid_out(np.arange(len(twice)))
    sums = add_up(layout, np.ones(len(twice), dtype=np.bool_))
    all_of_them = ladders(hashes(layout, twice), 1)
    assert estimated(Distinct(), sums, all_of_them).value[0] == 20_000
    some = ladders(hashes(layout, twice, kept=2000), 1)
    rough = estimated(Distinct(kept=2000), sums, some)
    assert rough.value[0] == pytest.approx(20_000, rel=0.07)
    assert rough.remark
    assert rough.where.all()


def test_the_smallest_hashes_are_the_same_however_they_were_gathered():
    values = np.random.default_rng(3).permutation(np.arange(-500, 500))
    parts = [hashes(laid_out(range(100)), part, kept=50) for part in np.split(values, 10)]
    together = smallest(pl.concat(parts), kept=50)
    assert sorted(together["value"]) == list(range(-500, -450))


def test_times_are_exact_on_request_however_many_there_are():
    dice = np.random.default_rng(8)
    minutes = dice.lognormal(5, 1, 1500).round(4)
    steps = [
        {"customer": f"c{i}", "journey": f"c{i}", "minute": minute, "touchpoint": point}
        for i, taken in enumerate(minutes)
        for minute, point in ((0.0, "ad"), (taken, "page"))
    ]
    company = trips(steps)
    seconds = np.quantile(minutes * 60, 0.5)
    found = {}
    for exact in (False, True):
        plan = Plan(SHOP, ("time_median",), edges=(), exact=exact)
        halves = [take(company, [f"c{i}" for i in range(half, 1500, 2)]) for half in (0, 1)]
        readings = plan.finish(plan.combine([plan.partial(half) for half in halves]))
        found[exact] = readings.row(by_predicate=pl.col("at") == "page", named=True)
    assert (found[True]["value"], found[True]["note"]) == (pytest.approx(seconds, abs=1e-5), "")
    assert found[False]["value"] == pytest.approx(seconds, rel=0.016)
    assert found[False]["note"] == "within 1.6 %"
