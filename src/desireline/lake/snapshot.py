"""The lake as one import left it: a reader sees that import whole, and nothing of any later one.

A snapshot keeps what it needs to open its files. Those stay on the disk until the import after the next one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.errors import LakeDamaged
from desireline.hashes import bucket_of, hash_text
from desireline.lake.buckets import bucket_key
from desireline.lake.delta import DataFile, DeltaFolder
from desireline.lake.faults import reading
from desireline.lake.known import each_once
from desireline.lake.order import EVENTS_ORDER, order_events

U64 = npt.NDArray[np.uint64]

ORDER: Mapping[str, tuple[str, ...]] = {
    "events": EVENTS_ORDER,
    "feedback": ("customer_id", "at", "feedback_id"),
    "customers": ("customer_id",),
}


def in_order(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """The rows of a bucket in the order in which the lake keeps them."""
    return order_events(frame, hash_text(frame["customer_id"])) if table == "events" else frame.sort(ORDER[table])


def _steps(sorted_: pl.Series) -> pl.Series:
    """The values where they change: each once, when equal ones stand together."""
    return sorted_.filter(sorted_.ne_missing(sorted_.shift()) | (pl.int_range(len(sorted_), eager=True) == 0))


class Snapshot:
    """All tables at one import. Frames come in the columns of `tables.py`; an empty lake has 0 buckets."""

    def __init__(self, folders: Mapping[str, DeltaFolder], imports: pl.DataFrame) -> None:
        self._folders = folders
        self._imports = imports
        self._files: dict[str, list[DataFile]] = {}
        self.buckets = int(imports["buckets"][-1]) if imports.height else 0

    def events(self, bucket: int, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """The bucket's events, sorted by (customer_id, at, row, part, event_id).

        When columns are named, the others may be left out; they are where the bucket lies in one file.
        """
        files = self.inside("events", bucket, of=self.buckets) if self.buckets else []
        return self.part("events", bucket) if len(files) != 1 else self.read_file("events", files[0], columns)

    def feedback(self, bucket: int) -> pl.DataFrame:
        """The bucket's feedback, sorted by (customer_id, at, feedback_id); nulls come first."""
        return self.part("feedback", bucket)

    def customers(self, bucket: int) -> pl.DataFrame:
        """What is known of the bucket's customers, sorted by customer_id. Not every customer is described."""
        return self.part("customers", bucket)

    def campaigns(self) -> pl.DataFrame:
        """All campaigns, sorted by campaign_id."""
        return self._whole("campaigns").sort("campaign_id")

    def imports(self) -> pl.DataFrame:
        """All imports, the oldest first."""
        return self._imports

    def refusals(self, limit: int | None = None, reason: str | None = None) -> pl.DataFrame:
        """Refused rows by import, source and row; at most `limit`, and only those with this `reason`."""
        place = {name: number for number, name in enumerate(self._imports["import_id"].to_list())}
        rows = self.scan_refusals()
        if reason is not None:
            rows = rows.filter(pl.col("reason") == reason)
        number = pl.col("import_id").replace_strict(place, default=len(place), return_dtype=pl.Int64)
        rows = rows.sort(number, "source", "row")
        with reading(self._folders["refusals"].folder):
            return (rows if limit is None else rows.head(limit)).collect()

    def scan_refusals(self) -> pl.LazyFrame:
        """Refused rows in no order, read only as far as the plan asks for."""
        folder = self._folders["refusals"]
        parts = [
            pl.scan_parquet(folder.folder / file.path, hive_partitioning=False, glob=False)
            for file in self.files("refusals")
        ]
        return pl.concat(parts) if parts else folder.table.empty().lazy()

    def counts(self) -> dict[str, int]:
        """How many events, feedback, customers, campaigns, refusals and imports there are; nothing is read.

        `customers` counts every customer that an event, an answer or a description names.
        """
        rows = {name: self.totals.get(name, 0) for name in ("events", "feedback", "campaigns", "refusals")}
        return rows | {"customers": int(self._imports["customers"].sum()), "imports": self._imports.height}

    def first_at(self) -> datetime | None:
        """The instant of the first event; of the first answer where there are no events."""
        found = self._edges("first_at")
        return min(found) if found else None

    def data_end(self) -> datetime | None:
        """The instant of the last event; of the last answer where there are no events."""
        found = self._edges("last_at")
        return max(found) if found else None

    @cached_property
    def versions(self) -> dict[str, int]:
        """The Delta version of each table."""
        named = json.loads(self._imports["versions"][-1]) if self._imports.height else {}
        return {name: int(named.get(name, 0)) for name in self._folders if name != "imports"}

    @cached_property
    def totals(self) -> dict[str, int]:
        """The rows of each table."""
        return dict(json.loads(self._imports["totals"][-1])) if self._imports.height else {}

    @cached_property
    def version(self) -> str:
        """Names the content: two snapshots with the same text hold the same records."""
        return "-".join(f"{name}.{number}" for name, number in self.versions.items())

    def files(self, table: str) -> list[DataFile]:
        """The table's data files. Raises `LakeDamaged` when the log lost some of them."""
        if table not in self._files:
            version = self.versions[table]
            found = self._folders[table].files(version) if version else []  # the first version is an empty table
            rows, wanted = sum(file.rows for file in found), self.totals.get(table, 0)
            if rows != wanted:
                raise LakeDamaged(
                    f"{self._folders[table].folder} names {rows:,} rows; the last import left {wanted:,}. "
                    "Its log lost entries; put the folder back from a backup."
                )
            self._files[table] = found
        return self._files[table]

    def fingerprints(self, table: str, bucket: int) -> tuple[str, ...]:
        """The names of the bucket's data files."""
        return tuple(file.fingerprint for file in self.inside(table, bucket, of=self.buckets))

    def origins(self, table: str, bucket: int) -> list[tuple[str, ...]]:
        """For each of the bucket's data files: the fingerprints of the files whose rows it holds."""
        return [self._folders[table].origins(file) for file in self.inside(table, bucket, of=self.buckets)]

    def read_file(self, table: str, file: DataFile, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """The rows of one data file, in the lake's order; all columns when none are named."""
        return self._folders[table].read(file, columns)

    def part(self, table: str, bucket: int, *, of: int | None = None, ordered: bool = True) -> pl.DataFrame:
        """The rows of bucket `bucket` among `of` buckets (the lake's own number when not given), sorted.

        Unless they are asked for not `ordered`: then rows of several files lie file after file.
        """
        count = of or self.buckets
        if not self.buckets:
            return self._folders[table].table.empty()
        inside = self.inside(table, bucket, of=count)
        frame = self._read(table, inside)
        if count > self.buckets:
            frame = frame.filter(bucket_of(bucket_key(frame), buckets=count) == bucket)
        return in_order(frame, table) if ordered and len(inside) > 1 else frame

    def inside(self, table: str, bucket: int, *, of: int) -> list[DataFile]:
        """The files that hold the rows of bucket `bucket` among `of`, which is no less than the lake's own number."""
        mine = bucket * self.buckets // of
        return [file for file in self.files(table) if file.bucket == mine]

    def events_like(self, bucket: int, like: pl.DataFrame, *, of: int) -> pl.DataFrame:
        """The bucket's events at the instants of the same customers in `like` (customer_id, at), in no order.

        Files of other times stay shut. Of a file of their time the instants alone are read first, then the customers:
        as a rule none of them is the same.
        """
        first, last = cast(datetime, like["at"].min()), cast(datetime, like["at"].max())
        inside = self.inside("events", bucket, of=of) if self.buckets else []
        near = [f for f in inside if not (f.first_at and f.last_at) or (f.first_at <= last and f.last_at >= first)]
        found = self._read("events", [file for file in near if self._has_like(file, like, first, last)])
        return found.join(like.unique(), on=["customer_id", "at"], how="semi")

    def _has_like(self, file: DataFile, like: pl.DataFrame, first: datetime, last: datetime) -> bool:
        folder = self._folders["events"]
        at = folder.read(file, ["at"])["at"]
        near = at.is_between(first, last).arg_true()
        near = near.filter(at.gather(near).is_in(like["at"].implode()))
        if near.is_empty():
            return False
        pairs = pl.DataFrame([folder.read(file, ["customer_id"])["customer_id"].gather(near), at.gather(near)])
        return not pairs.join(like, on=["customer_id", "at"], how="semi").is_empty()

    def customer_hashes(self, bucket: int) -> U64:
        """Every customer of the bucket that any record names, by hash, rising, once."""
        parts = [pl.Series("customer_id", [], dtype=pl.String)]
        for table in ORDER:
            inside = self.inside(table, bucket, of=self.buckets)
            parts += [_steps(self._folders[table].read(file, ["customer_id"])["customer_id"]) for file in inside]
        return each_once(hash_text(pl.concat(parts).drop_nulls()))

    def _whole(self, table: str) -> pl.DataFrame:
        return self._read(table, self.files(table)) if self._imports.height else self._folders[table].table.empty()

    def _read(self, table: str, files: list[DataFile]) -> pl.DataFrame:
        folder = self._folders[table]
        return pl.concat([folder.table.empty(), *(folder.read(file) for file in files)])

    def _edges(self, edge: str) -> list[datetime]:
        for table in ("events", "feedback"):
            found = [getattr(file, edge) for file in self.files(table)]
            if any(found):
                return [at for at in found if at]
        return []
