"""What is remembered of a journey."""

import numpy as np
import polars as pl
import pytest

from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.measures.view import View
from desireline.tables import ANSWERS, DEVIATIONS, JOURNEYS, STEPS, Trips
from desireline.voice.peak_end import ENOUGH, PARTS, PeakEnd, put_together, remember, rule_of_thumb


def moments(n: int, weights: tuple[float, ...], *, noise: float = 0.2, seed: int = 1) -> pl.DataFrame:
    draws = np.random.default_rng(seed)
    levels = draws.uniform(-2, 2, (n, 5))
    x = np.column_stack([levels.min(axis=1), levels.max(axis=1), levels[:, -1], levels.mean(axis=1)])
    y = x @ np.array(weights) + draws.normal(0, noise, n)
    return pl.DataFrame(
        {"customer_id": [f"c{k}" for k in range(n)], "overall": y, **dict(zip(PARTS, x.T, strict=True))}
    )


def test_planted_weights_are_found_with_their_intervals():
    found = remember(moments(800, (0.5, 0.0, 0.4, 0.0)))
    told = {one.part: one for one in found.weights}
    assert told["worst"].value == pytest.approx(0.5, abs=0.05)
    assert told["end"].value == pytest.approx(0.4, abs=0.05)
    for part, truth in zip(PARTS, (0.5, 0.0, 0.4, 0.0), strict=True):
        assert told[part].low <= truth <= told[part].high
    assert found.explained > 0.85


def test_too_few_journeys_leave_the_rule_of_thumb_and_say_how_many_it_takes():
    found = remember(moments(ENOUGH - 1, (0.5, 0.0, 0.5, 0.0)))
    assert found.weights == ()
    assert found.says.startswith("Rule of thumb")
    assert f"takes {ENOUGH} journeys" in found.says
    assert f"there are {ENOUGH - 1}." in found.says


def test_no_journeys_at_all_are_fine():
    assert PeakEnd().finish(PeakEnd().combine([])).n == 0


def test_the_order_of_parts_does_not_matter():
    rows = moments(200, (0.3, 0.1, 0.3, 0.2))
    assert remember(pl.concat([rows[120:], rows[:120].reverse()])) == remember(rows)


TRIP = Outline(
    Map.model_validate(
        {
            "map": {"id": "trip", "title": "A trip", "feedback": {"question": "All"}},
            "stages": [{"id": "way", "title": "On the way"}],
            "touchpoints": [{"id": name, "title": name, "stage": "way"} for name in ("book", "fly", "land")],
        }
    )
)


def rated(*answers: tuple[str, str, str, float], **more: object) -> pl.DataFrame:
    """What a bucket tells, of answers on 1 … 5: feedback id, response, place, score; all nobody's."""
    told = [
        {"feedback_id": name, "response": response, "customer_id": f"answer:{response}", "place": place}
        | {"score": score, "low": 1.0, "high": 5.0, "bound": "rule"}
        | more
        for name, response, place, score in answers
    ]
    people = pl.DataFrame(schema={"customer_id": pl.String, "persona": pl.String, "properties": pl.String})
    given = ANSWERS.shape(pl.DataFrame(told)) if told else ANSWERS.empty()
    return PeakEnd().partial(View(Trips(JOURNEYS.empty(), STEPS.empty(), given, DEVIATIONS.empty(), people), TRIP))


def together(*parts: pl.DataFrame) -> list[tuple]:
    return put_together(PeakEnd().combine(parts)).sort("customer_id").rows()


SHEET = [("f1", "r1", "land", 4), ("f2", "r1", "book", 5), ("f3", "r1", "trip", 4), ("f4", "r1", "fly", 1)]
MADE = ("answer:r1", 1.0, -2.0, 2.0, 1.0, pytest.approx(1 / 3))


def test_moments_of_a_response_stand_in_the_order_of_the_map_beside_its_overall_score():
    assert together(rated(*SHEET)) == [MADE]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_response_that_lies_in_two_buckets_is_one(cut: int):
    parts = rated(*SHEET[:cut]), rated(*SHEET[cut:], ("g1", "r2", "book", 3))
    assert together(*parts) == together(*reversed(parts)) == [MADE]


def test_a_journey_brings_together_what_single_responses_do_not():
    apart = [(name, name, place, score) for name, _, place, score in SHEET]
    known = {"customer_id": "ana", "journey_id": "ana#1"}
    assert together(rated(*apart, **known)) == [("ana", *MADE[1:])]
    assert together(rated(*apart)) == []


def test_an_answer_that_is_a_moment_too_is_no_overall_score():
    assert together(rated(*SHEET, ("f3", "r1", "fly", 4))) == []
    assert together(rated(*SHEET, ("f3", "r1", "way", 4))) == []


def test_only_what_the_rule_of_the_map_claims_is_an_overall_score():
    moments, overall = [row for row in SHEET if row[2] != "trip"], SHEET[2]
    assert together(rated(*moments), rated(overall, bound="topic")) == [MADE]
    assert [together(rated(*moments), rated(overall, bound=how)) for how in (None, "time", "case")] == [[], [], []]


def test_no_answers_and_few_moments_make_no_row():
    assert together(rated()) == together(rated(*SHEET[:3])) == together() == []


def test_equal_overall_scores_cannot_be_explained():
    rows = moments(200, (0.3, 0.1, 0.3, 0.2)).with_columns(overall=pl.lit(1.0))
    assert remember(rows).weights == ()


def test_the_rule_of_thumb_takes_the_most_intense_moment_and_the_end():
    assert rule_of_thumb(np.array([[-2.0, 1.0, 1.0, 0.0], [-1.0, 1.0, 0.0, 0.0]])).tolist() == [-0.5, -0.5]


def test_intervals_cover_the_truth():
    truth = (0.3, 0.2, 0.3, 0.2)
    hits = [
        [
            one.low <= t <= one.high
            for one, t in zip(remember(moments(300, truth, noise=0.5, seed=s)).weights, truth, strict=True)
        ]
        for s in range(40)
    ]
    assert np.mean(hits) >= 0.9


def test_ratings_that_explain_nothing_are_not_made_into_a_memory():
    rows = moments(200, (0.3, 0.1, 0.3, 0.2)).with_columns(
        overall=pl.Series(np.random.default_rng(3).uniform(-2, 2, 200))
    )
    assert "no moment can be said to be remembered" in remember(rows).says
