"""A table that is not ours, on Spark: its rows are brought together by customer, and walked as slices.

Any frame that Spark can read will do: Parquet, Iceberg, Hive, JDBC. Rows are shuffled by customer once, sorted by time
within their partition, and walked there by the very functions that walk the lake; only states come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from desireline.engine.cargo import Fault, outcome, unpacked
from desireline.engine.engine import P
from desireline.engine.rows import LARGEST, slices
from desireline.engine.spark import Batches, Spark, pack, told
from desireline.errors import RecipeMismatch, did_you_mean
from desireline.slices import Slice

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

_INSTANTS = ("timestamp", "timestamp_ntz", "date")


@dataclass(frozen=True)
class Columns:
    """What the table calls a customer, an instant, a touchpoint, and (where it has them) a channel and a value.

    `at` is a timestamp, or a date; one without a zone counts as UTC. At one instant the columns of `order` decide
    what came first; without them the names of touchpoint and channel and the value, so that a rerun gives the same.
    """

    customer: str
    at: str
    touchpoint: str
    channel: str | None = None
    value: str | None = None
    order: tuple[str, ...] = ()

    @property
    def named(self) -> list[str]:
        """All columns that are used."""
        own = (self.customer, self.at, self.touchpoint, self.channel, self.value)
        return [name for name in (*own, *self.order) if name is not None]


@dataclass(frozen=True)
class Contents:
    """What the codes of the slices mean, and how many rows there are.

    `channels[0]` is None, no channel. Rows without customer, instant or touchpoint are `left_out` (they are among
    `rows`).
    """

    touchpoints: tuple[str, ...]
    channels: tuple[str | None, ...]
    rows: int
    left_out: int


def look_into(frame: DataFrame, columns: Columns) -> Contents:
    """The names in the table, sorted, and its rows counted: one pass without a shuffle of rows.

    Raises RecipeMismatch for a column that is missing or an `at` that is no instant, ClusterFailed.
    """
    from pyspark.sql import functions as F  # noqa: PLC0415 - an optional package, and what everybody calls it

    _check(frame, columns)
    rows = _rows(frame, columns)
    kept = F.count_if(_whole(rows))
    named = [
        F.collect_set(F.when(_whole(rows), F.col(name))) for name in ("touchpoint", "channel") if name in rows.columns
    ]
    found = told(lambda: rows.agg(F.count(F.lit(1)), kept, *named).first())
    channels = sorted(found[3]) if columns.channel else []
    return Contents(tuple(sorted(found[2])), (None, *channels), int(found[0]), int(found[0] - found[1]))


def walk_table(
    engine: Spark,
    frame: DataFrame,
    columns: Columns,
    contents: Contents,
    partial: Callable[[Slice], P],
    combine: Callable[[list[P]], P],
    *,
    partitions: int | None = None,
    largest: int = LARGEST,
) -> P:
    """The states of all slices together: what the same rows in a lake give, if they stand in the same order there.

    `contents` is what `look_into` found in the same rows. `partitions`: Spark's own number when not given; the rows
    of one customer are always in one. Raises ClusterFailed.
    """
    work = pack((partial, combine))
    rows = _rows(frame, columns)
    order = [f"_{name}" for name in columns.order]
    ties = order or [name for name in ("touchpoint", "channel", "value") if name in rows.columns]
    kept = rows.where(_whole(rows))
    grouped = kept.repartition(partitions, "customer") if partitions else kept.repartition("customer")
    ordered = grouped.sortWithinPartitions("customer", "at", *ties).drop(*order)

    def task(batches: Batches) -> Iterator[tuple[int, bytes]]:
        number = _partition()
        yield number, outcome(lambda: _walk(batches, contents, unpacked(work), largest), name=f"Partition {number}")

    states = [state for _, state in engine.gather(ordered, task) if state is not None]
    for state in states:
        if isinstance(state, Fault):
            raise state.raised()
    return combine(states)


def _walk(batches: Batches, contents: Contents, work: tuple[Any, Any], largest: int) -> Any:
    """The state of a partition; None where it has no rows."""
    partial, combine = work
    states: list[Any] = []
    for part in slices(coded(map(_frame, batches), contents), largest=largest):
        states = [combine([*states, partial(part)])]
    return states[0] if states else None


def coded(batches: Iterable[pl.DataFrame], contents: Contents) -> Iterator[pl.DataFrame]:
    """The batches with codes for names, the smallest that fit, and µs for instants; no channel is code 0."""
    touchpoint = _code("touchpoint", contents.touchpoints)
    channel = _code("channel", ["", *(name for name in contents.channels if name is not None)]).fill_null(0)
    given = {
        "touchpoint": touchpoint,
        "channel": channel,
        "at": pl.col("at").dt.epoch("us"),
        "value": pl.col("value").fill_null(0),
    }
    for batch in batches:
        yield batch.with_columns(code for name, code in given.items() if name in batch.columns)


def _code(column: str, names: Iterable[str]) -> pl.Expr:
    known = list(names)
    kind = np.min_scalar_type(max(len(known) - 1, 0))
    return pl.col(column).cast(pl.Enum(known)).to_physical().cast(pl.Series(np.zeros(1, dtype=kind)).dtype)


def _frame(batch: Any) -> pl.DataFrame:
    frame = pl.from_arrow(batch)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _rows(frame: DataFrame, columns: Columns) -> DataFrame:
    """The table's columns under our names; `order` under its own with a `_` before."""
    from pyspark.sql import functions as F  # noqa: PLC0415

    at = F.col(f"`{columns.at}`")
    found = [
        F.col(f"`{columns.customer}`").cast("string").alias("customer"),
        (at.cast("timestamp_ntz") if dict(frame.dtypes)[columns.at] == "date" else at).alias("at"),
        F.col(f"`{columns.touchpoint}`").cast("string").alias("touchpoint"),
    ]
    if columns.channel:
        found.append(F.col(f"`{columns.channel}`").cast("string").alias("channel"))
    if columns.value:
        amount = F.col(f"`{columns.value}`").try_cast("decimal(22,4)")
        found.append((amount * 10_000).cast("long").alias("value"))
    return frame.select(*found, *[F.col(f"`{name}`").alias(f"_{name}") for name in columns.order])


def _whole(rows: DataFrame) -> Column:
    """True where a row says who, when and what."""
    return rows["customer"].isNotNull() & rows["at"].isNotNull() & rows["touchpoint"].isNotNull()


def _check(frame: DataFrame, columns: Columns) -> None:
    kinds = dict(frame.dtypes)
    for name in columns.named:
        if name not in kinds:
            hint = did_you_mean(name, kinds, f"Columns: {', '.join(kinds)}.")
            raise RecipeMismatch(f"The table has no column {name!r}. {hint}")
    if kinds[columns.at] not in _INSTANTS:
        raise RecipeMismatch(
            f"The column {columns.at!r} is {kinds[columns.at]}, not an instant. Make it one first, with to_timestamp."
        )


def _partition() -> int:
    from pyspark import TaskContext  # noqa: PLC0415 - on the executors

    here = TaskContext.get()
    return here.partitionId() if here else 0
