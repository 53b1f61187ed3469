"""The same numbers from any kind of frame, and the same as through a lake."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import desireline as dl
from desireline.errors import RecipeMismatch, SourceUnreadable
from desireline.maps.files import read_map
from desireline.recipes.records import Recipe

SHOP = read_map(
    """
map: {id: shop, title: Shop, currency: EUR, journey: {by: life, patience: 2d, success: [pay]}}
personas: [{id: north, title: North, segment: {property: {region: north}}}]
stages: [{id: buy, title: Buy}]
touchpoints:
  - {id: see, stage: buy, when: {event: see}}
  - {id: pay, stage: buy, when: {event: pay}, feedback: {question: Stars}}
""",
    "shop",
)
START = datetime(2026, 3, 1, tzinfo=UTC)
PEOPLE = [f"c{k:02}" for k in range(24)]
EVENTS = pl.DataFrame(
    [(one, START + timedelta(hours=k), "see", "web", None) for k, one in enumerate(PEOPLE)]
    + [(one, START + timedelta(hours=k + 5), "pay", None, k / 10) for k, one in enumerate(PEOPLE[:14])],
    schema={
        "customer_id": pl.String,
        "at": pl.Datetime("us", "UTC"),
        "event": pl.String,
        "channel": pl.String,
        "value": pl.Float64,
    },
    orient="row",
)
ANSWERS = pl.DataFrame(
    {
        "customer_id": PEOPLE[:12],
        "at": [START + timedelta(days=9)] * 12,
        "question": ["Stars"] * 12,
        "score": [5.0, 4.0, 3.0] * 4,
        "low": [1.0] * 12,
        "high": [5.0] * 12,
        "rule": ["csat"] * 12,
    }
)
CUSTOMERS = pl.DataFrame({"customer_id": PEOPLE, "properties": ['{"region":"north"}', '{"region":"south"}'] * 12})
QUESTION = dl.Question(by=("persona",), period="day")


class OnlyArrow:
    """A table of a library that nobody knows; it speaks the Arrow C stream interface and nothing else."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def as_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({name: frame[name].to_list() for name in frame.columns})


def without_zone(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Datetime("us", "UTC")).dt.replace_time_zone(None))


def measured(kind: Any) -> dl.Measured:
    return dl.measure(SHOP, kind(EVENTS), feedback=kind(ANSWERS), customers=kind(CUSTOMERS), question=QUESTION)


@pytest.mark.parametrize(
    "kind", [as_pandas, pl.DataFrame.lazy, OnlyArrow, without_zone], ids=lambda kind: kind.__name__
)
def test_every_kind_of_frame_gives_the_same_numbers(kind: Any):
    expected, found = measured(pl.DataFrame), measured(kind)
    assert_frame_equal(found.readings, expected.readings)
    assert_frame_equal(found.deviations, expected.deviations)
    assert found.summary() == expected.summary()


def test_frames_and_a_lake_give_the_same_numbers(tmp_path):
    shop = dl.Workspace.create(tmp_path)
    table = {"source": "log", "customer": "customer_id"}
    recipe = Recipe.model_validate(
        {
            "recipe": "frames",
            "times": {"form": "iso"},
            "sources": {"log": {"file": "log"}, "answers": {"file": "answers"}, "people": {"file": "people"}},
            "tables": {
                "log": table
                | {
                    "into": "events",
                    "channel": "channel",
                    "events": [{"event": "event", "at": "at", "value": "value"}],
                },
                "answers": {
                    "into": "feedback",
                    "source": "answers",
                    "customer": "customer_id",
                    "at": "at",
                    "answers": [{"question": "question", "answer": "score", "low": 1, "high": 5, "rule": "csat"}],
                },
                "people": {
                    "into": "customers",
                    "source": "people",
                    "customer": "customer_id",
                    "properties": ["region"],
                },
            },
        }
    )
    regions = CUSTOMERS.select("customer_id", pl.col("properties").str.extract("(north|south)").alias("region"))
    shop.import_files(recipe, {"log": EVENTS, "answers": ANSWERS, "people": regions})
    lake, frames = shop.measure(SHOP, QUESTION), measured(pl.DataFrame)
    assert_frame_equal(lake.readings, frames.readings)
    assert lake.summary() == frames.summary()


def test_the_numbers_are_those_worked_out_by_hand():
    readings = measured(pl.DataFrame).readings.filter((pl.col("group") == "") & (pl.col("period") == ""))
    told = {
        (measure, at): (value, n) for measure, at, value, n in readings.select("measure", "at", "value", "n").rows()
    }
    assert told["customers", "see>pay"] == (14, 14)
    assert told["conversion", "shop"] == (pytest.approx(14 / 14), 14)  # ten who only looked are still under way
    assert told["csat", "pay"] == (pytest.approx(8 / 12), 12)
    assert told["value", "shop"] == (pytest.approx(sum(range(14)) / 10), 24)


def test_no_events_at_all_give_readings_of_nothing():
    empty = dl.measure(SHOP)
    assert (empty.events, empty.customers, empty.first_at, empty.last_at) == (0, 0, None, None)
    assert empty.readings.filter(pl.col("n") > 0).is_empty()


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (EVENTS.drop("event"), "The events have no column 'event'."),
        (EVENTS.rename({"channel": "chanel"}), "Did you mean 'channel'?"),
    ],
)
def test_a_column_that_is_missing_or_unknown_is_named(frame: pl.DataFrame, says: str):
    with pytest.raises(RecipeMismatch, match=says.replace("?", r"\?")):
        dl.measure(SHOP, frame)


def test_what_is_no_table_is_refused():
    with pytest.raises(SourceUnreadable, match="A list is no table"):
        dl.measure(SHOP, [1, 2])


def test_an_event_that_few_met_does_not_tell_its_name():
    people = [f"c{number}" for number in range(20)]
    log = pl.DataFrame({"customer_id": [*people, "c3"], "event": ["see"] * 20 + ["rare thing"]}).with_columns(
        at=pl.int_range(pl.len()).cast(pl.Datetime("us", "UTC"))
    )
    text = """
map: {id: shop, title: Shop, journey: {by: life, patience: 0d}}
stages: [{id: buy, title: Buy}]
touchpoints: [{id: see, stage: buy, when: {event: see}}]
"""
    measured = dl.measure(read_map(text, "shop"), log)
    assert "rare thing" not in str(measured.deviations.to_dicts())
    assert "rare thing" not in str(measured.as_json())
