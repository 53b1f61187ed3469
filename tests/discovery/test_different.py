"""Kinds beside each other: who stands on both sides is one unit, and of two values one is tested."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy.stats import ttest_rel

from desireline.discovery.different import gaps_of, traits_of
from desireline.discovery.sequences import KNOWN_OF, SEPARATOR, Part, Sequences, add_up, nothing
from desireline.measures.clusters import Clusters
from desireline.measures.differences import difference_of_shares

QUICK, SLOW = ["see", "pay"], ["see", "ask", "pay"]


def sequences_of(rows, known=None):
    """Rows of customer, route, won: one settled journey each."""
    frame = pl.DataFrame(
        {
            "customer": pl.Series([row[0] for row in rows], dtype=pl.UInt64),
            "route": [SEPARATOR.join(row[1]) for row in rows],
            "won": [row[2] for row in rows],
            **{"settled": 1, "value_e4": 0, "level_e6": 0, "answers": 0},
        }
    )
    return Sequences.of(Part(add_up(frame), nothing().known if known is None else known))


def kinds_of(sequences):
    """0 for the quick route, 1 for the slow one."""
    return np.array([int("ask" in names) for names in sequences.routes["names"].to_list()])


def test_the_same_people_on_both_sides_are_paired():
    rng = np.random.default_rng(4)
    keen = rng.random(60)
    quick, slow = ((rng.random(60) < keen).astype(int) for _ in range(2))
    rows = [(who, route, int(won)) for route, side in ((QUICK, quick), (SLOW, slow)) for who, won in enumerate(side)]
    found = sequences_of(rows)
    (gap,) = gaps_of(found, kinds_of(found), 0)
    paired = ttest_rel(quick, slow).confidence_interval(0.95)
    assert (gap.difference, gap.low, gap.high) == pytest.approx((quick.mean() - slow.mean(), *paired), abs=1e-5)


def test_strangers_on_both_sides_keep_the_interval_of_shares():
    rows = [(who, QUICK, int(who < 20)) for who in range(30)] + [(100 + who, SLOW, int(who < 5)) for who in range(25)]
    found = sequences_of(rows)
    (gap,) = gaps_of(found, kinds_of(found), 0)
    sides = [Clusters(n, n, x, n, x, x, n) for n, x in ((30, 20), (25, 5))]
    assert (gap.difference, gap.low, gap.high) == pytest.approx([*map(float, difference_of_shares(*sides))], abs=1e-5)


def test_intervals_hold_what_they_promise_where_people_stand_on_both_sides():
    rng, held = np.random.default_rng(9), 0
    for _ in range(200):
        keen = rng.beta(1, 1, 80)
        rows = [(who, QUICK, int(rng.random() < keen[who])) for who in range(80)]
        rows += [(who, SLOW, int(rng.random() < keen[who])) for who in range(20, 80)]
        found = sequences_of(rows)
        (gap,) = gaps_of(found, kinds_of(found), 0)
        held += gap.low <= 0 <= gap.high
    assert 0.95 * 200 - 2 * 3.1 <= held <= 0.95 * 200 + 2 * 3.1 + 4


def test_of_two_values_one_is_tested():
    rows = [(who, QUICK if who < 40 else SLOW, 0) for who in range(80)]
    plan = [(who, "plan", "yes" if who % 40 < (30 if who < 40 else 10) else "no") for who in range(80)]
    town = [(who, "town", ("rome", "oslo", "lima")[(who % 40 + (who >= 40) * (who % 3)) % 3]) for who in range(80)]
    known = pl.DataFrame([*plan, *town], schema=dict(KNOWN_OF), orient="row")
    found = sequences_of(rows, known)
    told = traits_of(found, kinds_of(found), 2)
    assert [[(one.property, one.value, one.share) for one in kind if one.property == "plan"] for kind in told] == [
        [("plan", "yes", 0.75)],
        [("plan", "yes", 0.25)],
    ]
