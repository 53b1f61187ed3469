"""Small surveys, and simulated ones, for the tests of drivers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.measures.view import View
from desireline.mixing import mix
from desireline.tables import ANSWERS, DEVIATIONS, JOURNEYS, STEPS, Trips
from desireline.voice.drivers.ratings import Ratings

HOTEL = Outline(
    Map.model_validate(
        {
            "map": {"id": "hotel", "title": "A night in the hotel", "feedback": {"question": "Overall"}},
            "stages": [{"id": "stay", "title": "The stay"}],
            "touchpoints": [
                {"id": "room", "title": "The room", "stage": "stay"},
                {"id": "food", "title": "Breakfast", "stage": "stay"},
            ],
        }
    )
)
PLACES = {"Overall": "hotel", "Room": "room", "Food": "food"}


def answer(customer: str, question: str, score: float | None, **more: object) -> dict[str, object]:
    """One answer of a customer on 1 … 5, in a response of his own unless `response` says another."""
    given = {
        "feedback_id": f"{customer} {question}",
        "customer_id": customer,
        "place": PLACES.get(question, "hotel"),
        "bound": "rule",
        "question": question,
        "score": score,
        "low": 1.0,
        "high": 5.0,
        "weight": 1.0,
        "response": f"response of {customer}",
    }
    return given | more


def view(answers: Sequence[dict[str, object]] | pl.DataFrame) -> View:
    """A bucket in which nothing happened but answers."""
    frame = answers if isinstance(answers, pl.DataFrame) else pl.DataFrame(answers, infer_schema_length=None)
    people = pl.DataFrame(schema={"customer_id": pl.String, "persona": pl.String, "properties": pl.String})
    trips = Trips(JOURNEYS.empty(), STEPS.empty(), ANSWERS.shape(frame), DEVIATIONS.empty(), people)
    return View(trips, HOTEL)


def survey(
    seed: int, n: int, slopes: Sequence[float] = (0.5, 0.3, 0.1, 0.0), *, gaps: float = 0.0, each: int = 1
) -> Ratings:
    """A simulated company: ratings of 1 … 5 share a mood, the last driver is rated apart from everything.

    `gaps`: share of ratings that were not given. `each`: occasions per customer, who is much the same every time.
    """
    dice = np.random.default_rng(seed)
    k = len(slopes)
    own = np.sqrt(0.3) * dice.normal(size=(n, 1)) + np.sqrt(0.7) * dice.normal(size=(n, k))
    own[:, -1] = dice.normal(size=n)
    told = np.repeat(own, each, axis=0) * (0.8 if each > 1 else 1.0)
    told += 0.6 * dice.normal(size=told.shape) * (each > 1)
    overall = told @ np.array(slopes) + 0.7 * np.repeat(dice.normal(size=n), each) + 0.7 * dice.normal(size=n * each)
    columns = np.column_stack([told, overall])
    columns = 25.0 * (np.clip(np.round(columns / columns.std(axis=0) + 3), 1, 5) - 1)
    columns[:, :k][dice.random((n * each, k)) < gaps] = np.nan
    customers = np.repeat(mix(np.arange(n, dtype=np.uint64), seed=seed % 997), each)
    names = tuple("abcdefghijklmnop"[:k])
    return Ratings(names, ("",) * k, "overall", "response", columns, np.ones(n * each), customers, ())
