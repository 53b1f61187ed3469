"""Measuring plain frames: no workspace, no lake, any kind of data frame."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import polars as pl

from desireline.errors import RecipeMismatch, did_you_mean
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.pipeline.measuring import Bucket, Trip
from desireline.pipeline.question import Measured, Question
from desireline.sources.frames import to_polars
from desireline.tables import CUSTOMERS, EVENTS, FEEDBACK, INSTANT, Table


def measure(
    map_: Map,
    events: Any = None,
    *,
    feedback: Any = None,
    customers: Any = None,
    question: Question | None = None,
) -> Measured:
    """The map, measured on frames: pandas, Polars, DuckDB, PyArrow, or anything with the Arrow C stream interface.

    `events` needs customer_id, at (an instant; without a zone it is taken as UTC) and event; `feedback` and
    `customers` need customer_id. Other columns are those of `tables.EVENTS`, `FEEDBACK`, `CUSTOMERS`; ones that are
    missing are empty.

    Raises RecipeMismatch for a column that is missing or unknown, SourceUnreadable for what is no table.

    >>> import polars as pl
    >>> from datetime import datetime
    >>> from desireline.maps.files import read_map
    >>> shop = read_map('''
    ... map: {id: shop, title: Shop, journey: {by: life, patience: 0d}}
    ... stages: [{id: buy, title: Buy}]
    ... touchpoints: [{id: see, stage: buy, when: {event: see}}, {id: pay, stage: buy, when: {event: pay}}]
    ... ''', "shop")
    >>> people = [f"customer {number}" for number in range(10)]
    >>> log = pl.DataFrame({"customer_id": people, "at": [datetime(2026, 3, 1)] * 10, "event": ["see", "pay"] * 5})
    >>> measure(shop, log, question=Question(measures=("reach",))).readings["value"].to_list()
    [1.0, 0.5, 0.5]
    """
    bucket = Bucket(
        _shaped(events, EVENTS, needs=("customer_id", "at", "event"), key="event_id"),
        _shaped(feedback, FEEDBACK, needs=("customer_id",), key="feedback_id"),
        _shaped(customers, CUSTOMERS, needs=("customer_id",), key=None),
    )
    first, last = _window(bucket)
    trip = Trip(Outline(map_), question or Question(), data_end=last or pl.Series([0]).cast(INSTANT).item())
    return trip.finish(trip.partial(bucket), first_at=first, last_at=last)


def _window(bucket: Bucket) -> tuple[datetime | None, datetime | None]:
    """The first and the last instant of the events, as a lake has it; of the answers where there are no events."""
    for frame in (bucket.events, bucket.feedback):
        first, last = frame["at"].min(), frame["at"].max()
        if isinstance(first, datetime) and isinstance(last, datetime):
            return first, last
    return None, None


def _shaped(frame: Any, table: Table, *, needs: tuple[str, ...], key: str | None) -> pl.DataFrame:
    if frame is None:
        return table.empty()
    plain = to_polars(frame)
    for name in needs:
        if name not in plain.columns:
            raise RecipeMismatch(f"The {table.name} have no column {name!r}. They have: {', '.join(plain.columns)}.")
    for name in plain.columns:
        if name not in table.columns:
            hint = did_you_mean(name, table.columns, f"Known columns: {', '.join(table.columns)}.")
            raise RecipeMismatch(f"The {table.name} have a column {name!r} that means nothing here. {hint}")
    _check_cells(plain, table, needs)
    zoneless = [name for name, kind in plain.schema.items() if isinstance(kind, pl.Datetime) and not kind.time_zone]
    timed = [pl.col(name) for name in zoneless]
    numbered = plain.with_columns(column.dt.replace_time_zone("UTC") for column in timed).with_row_index("_row", 1)
    row = [] if "row" in plain.columns else [pl.col("_row").cast(pl.Int64).alias("row")]
    ids = [pl.col("_row").cast(pl.String).str.zfill(12).alias(key)] if key and key not in plain.columns else []
    weights = [pl.lit(1.0).alias("weight")] if table is FEEDBACK and "weight" not in plain.columns else []
    return table.shape(numbered.with_columns(*row, *ids, *weights).drop("_row"))


def _check_cells(frame: pl.DataFrame, table: Table, needs: tuple[str, ...]) -> None:
    """Raises RecipeMismatch for the first row that lacks what it needs, or whose properties are no JSON object."""
    for name in needs if table is not FEEDBACK else ():
        if frame[name].null_count():
            row = frame[name].is_null().arg_max()
            raise RecipeMismatch(
                f"The {table.name} have no {name} in row {(row or 0) + 1}. Fill it or leave the row out."
            )
    if "properties" in frame.columns:
        for row, text in enumerate(frame["properties"].to_list(), start=1):
            if text is not None and not _is_object(str(text)):
                raise RecipeMismatch(
                    f"The {table.name} have properties in row {row} that are no JSON object: {text!r}."
                )


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
