"""Fitness is compared over whole windows, week by week of beginnings; customers are people, not weeks of people."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from desireline.living.fitting import judge_fit
from desireline.living.watch import E6, Watch
from desireline.living.windows import NEITHER, Windows, weeks_of
from measures.rows import SHOP

FIRST = date(2026, 1, 5)
WEEKS, SPLIT = 40, 28
WINDOWS = Windows(FIRST, FIRST + timedelta(days=7 * SPLIT), FIRST + timedelta(days=7 * (WEEKS + 6)), scanned=True)
PEOPLE = 60


def watched(fitness):
    """The same sixty customers begin one journey each week; fitness is told by week, and varies a bit by customer."""
    base = int(weeks_of(np.array([(FIRST - date(1970, 1, 1)).days * 86_400_000_000]))[0])
    rng = np.random.default_rng(2)
    rows = [
        (base + week, group, 1, int(E6 * (value + rng.normal(0, 0.01))), 0, 4, 1)
        for week, value in enumerate(fitness)
        for group in range(PEOPLE)
    ]
    names = ("week", "group", "journeys", "fitness_e6", "off_map", "events", "customers")
    returns = [(base + week, base + week - 1 if week else NEITHER, PEOPLE) for week in range(len(fitness))]
    nothing = Watch(SHOP, WINDOWS).combine([]).tables
    tables = {
        **nothing,
        "journeys": nothing["journeys"].vstack(pl.DataFrame(rows, schema=nothing["journeys"].schema, orient="row")),
        "returns": pl.DataFrame(returns, schema=nothing["returns"].schema, orient="row"),
    }
    assert tuple(nothing["journeys"].columns) == names
    return type(Watch(SHOP, WINDOWS).combine([]))(tables)


def test_customers_who_come_every_week_are_counted_once():
    found = judge_fit(watched([0.8] * WEEKS), WINDOWS, SHOP)
    assert found.customers == (PEOPLE, PEOPLE)


def test_a_fall_is_told_over_the_whole_window_and_only_its_day_by_the_cumulative_sum():
    fell = judge_fit(watched([0.8] * SPLIT + [0.8] * 4 + [0.7] * 8), WINDOWS, SHOP)
    assert fell.fitness is not None
    assert fell.since is not None
    assert FIRST + timedelta(days=7 * (SPLIT + 2)) <= fell.since <= FIRST + timedelta(days=7 * (SPLIT + 4))
    assert fell.fitness.value == pytest.approx(-0.1 * 8 / 12, abs=0.01)
    assert fell.customers == (PEOPLE, PEOPLE)
