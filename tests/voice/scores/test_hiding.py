"""Hiding among places, held against the sums that a reader can do."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
import pytest

from desireline.measures.cells import show
from desireline.voice.scores.hiding import hide_among_places, tells_of_few

STAGES = {"room": "stay", "food": "stay", "desk": "arrive", "taxi": "arrive", "bill": "leave"}
GROUPS = ("channel:web", "channel:shop")


def places(people):
    """Cells of touchpoints, stages and the map, by channel and for everybody; and of which atoms each is the sum.

    Where nobody answered there is no cell, which tells as much: such atoms are known and left out.
    """
    atoms = list(product(STAGES, GROUPS))
    above = [(name, "touchpoint", stage, {name}) for name, stage in STAGES.items()]
    for stage in dict.fromkeys(STAGES.values()):
        above.append((stage, "stage", stage, {name for name, of in STAGES.items() if of == stage}))
    above.append(("hotel", "map", "", set(STAGES)))
    rows, sums = [], []
    for (place, level, stage, within), group in product(above, ("", *GROUPS)):
        mine = np.array([point in within and group in ("", channel) for point, channel in atoms])
        rows.append({"place": place, "level": level, "stage": stage, "group": group, "n": int(people[mine].sum())})
        sums.append(mine)
    there = [row["n"] > 0 for row in rows]
    cells = pl.DataFrame(rows).with_columns(
        *(pl.lit(one).alias(name) for name, one in (("question", "Q"), ("kind", "csat"), ("scale", "1–5"))),
        *(pl.lit("").alias(name) for name in ("unit", "period", "note", "measure")),
        *(pl.lit(1.0).alias(name) for name in ("value", "low", "high")),
        pl.col("place").alias("at"),
        minimum=pl.lit(0),
        counts=pl.lit(False),
    )
    return cells.filter(pl.Series(there)), np.array(sums)[there][:, people > 0].astype(float)


def told_small(cells, sums, hidden):
    """The small cells that are sums and differences of what is shown."""
    known = sums[~hidden]
    rank = np.linalg.matrix_rank(known) if len(known) else 0
    small = np.flatnonzero((cells["n"] < 5).to_numpy())
    return [k for k in small if np.linalg.matrix_rank(np.vstack([known, sums[k]])) == rank]


def hidden_of(cells):
    alone = show(cells)["n"].is_null().to_numpy()
    return alone, hide_among_places(cells, alone)


@pytest.mark.parametrize("seed", range(60))
def test_no_small_cell_is_a_sum_of_what_is_shown(seed):
    dice = np.random.default_rng(seed)
    people = dice.choice([0, 1, 3, 4, 6, 8, 20, 40], size=len(STAGES) * len(GROUPS))
    cells, sums = places(people)
    _, hidden = hidden_of(cells)
    assert told_small(cells, sums, hidden) == []


def test_without_it_many_would_be_told():
    told = 0
    for seed in range(60):
        dice = np.random.default_rng(seed)
        cells, sums = places(dice.choice([0, 1, 3, 4, 6, 8, 20, 40], size=len(STAGES) * len(GROUPS)))
        alone, hidden = hidden_of(cells)
        told += len(told_small(cells, sums, alone)) > 0
        assert (hidden | ~alone).all()
    assert told > 20


def test_where_nothing_is_small_nothing_is_hidden():
    cells, _ = places(np.full(len(STAGES) * len(GROUPS), 7))
    assert not hide_among_places(cells, np.zeros(cells.height, dtype=bool)).any()
    none = cells.clear()
    assert hide_among_places(none, np.zeros(0, dtype=bool)).shape == (0,)


def test_without_answers_no_distribution_tells_anything():
    cells, _ = places(np.full(len(STAGES) * len(GROUPS), 7))
    answers = cells.clear().with_columns(
        pl.lit("", pl.String).alias("feedback_id"), pl.lit("", pl.String).alias("customer_id")
    )
    assert not tells_of_few(answers, cells.with_columns(shown=pl.lit(True))).any()
