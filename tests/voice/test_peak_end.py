"""What is remembered of a journey."""

import numpy as np
import polars as pl
import pytest

from desireline.voice.peak_end import ENOUGH, PARTS, PeakEnd, rule_of_thumb


def moments(n: int, weights: tuple[float, ...], *, noise: float = 0.2, seed: int = 1) -> pl.DataFrame:
    draws = np.random.default_rng(seed)
    levels = draws.uniform(-2, 2, (n, 5))
    x = np.column_stack([levels.min(axis=1), levels.max(axis=1), levels[:, -1], levels.mean(axis=1)])
    y = x @ np.array(weights) + draws.normal(0, noise, n)
    return pl.DataFrame(
        {"customer_id": [f"c{k}" for k in range(n)], "overall": y, **dict(zip(PARTS, x.T, strict=True))}
    )


def test_planted_weights_are_found_with_their_intervals():
    found = PeakEnd().finish(moments(800, (0.5, 0.0, 0.4, 0.0)))
    told = {one.part: one for one in found.weights}
    assert told["worst"].value == pytest.approx(0.5, abs=0.05)
    assert told["end"].value == pytest.approx(0.4, abs=0.05)
    for part, truth in zip(PARTS, (0.5, 0.0, 0.4, 0.0), strict=True):
        assert told[part].low <= truth <= told[part].high
    assert found.explained > 0.85


def test_too_few_journeys_leave_the_rule_of_thumb_and_say_how_many_it_takes():
    found = PeakEnd().finish(moments(ENOUGH - 1, (0.5, 0.0, 0.5, 0.0)))
    assert found.weights == ()
    assert found.says.startswith("Rule of thumb")
    assert f"takes {ENOUGH} journeys" in found.says
    assert f"there are {ENOUGH - 1}." in found.says


def test_no_journeys_at_all_are_fine():
    assert PeakEnd().finish(PeakEnd().combine([])).n == 0


def test_the_order_of_parts_does_not_matter():
    rows = moments(200, (0.3, 0.1, 0.3, 0.2))
    whole = PeakEnd().finish(rows)
    assert PeakEnd().finish(PeakEnd().combine([rows[120:], rows[:120].reverse()])) == whole


def test_equal_overall_scores_cannot_be_explained():
    rows = moments(200, (0.3, 0.1, 0.3, 0.2)).with_columns(overall=pl.lit(1.0))
    assert PeakEnd().finish(rows).weights == ()


def test_the_rule_of_thumb_takes_the_most_intense_moment_and_the_end():
    assert rule_of_thumb(np.array([[-2.0, 1.0, 1.0, 0.0], [-1.0, 1.0, 0.0, 0.0]])).tolist() == [-0.5, -0.5]


def test_intervals_cover_the_truth():
    truth = (0.3, 0.2, 0.3, 0.2)
    hits = [
        [
            one.low <= t <= one.high
            for one, t in zip(PeakEnd().finish(moments(300, truth, noise=0.5, seed=s)).weights, truth, strict=True)
        ]
        for s in range(40)
    ]
    assert np.mean(hits) >= 0.9


def test_ratings_that_explain_nothing_are_not_made_into_a_memory():
    rows = moments(200, (0.3, 0.1, 0.3, 0.2)).with_columns(
        overall=pl.Series(np.random.default_rng(3).uniform(-2, 2, 200))
    )
    assert "no moment can be said to be remembered" in PeakEnd().finish(rows).says
