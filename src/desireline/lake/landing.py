"""Staged records on their way into files, bucket by bucket: judged against the lake, written, not seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.hashes import hash_text
from desireline.lake.buckets import choose_buckets, span
from desireline.lake.dedupe import (
    ONCE,
    PLACE,
    Settled,
    keep_earliest,
    name_events,
    number_repeats,
    settle,
    settle_newest,
)
from desireline.lake.delta import DataFile
from desireline.lake.described import settle_described
from desireline.lake.fates import KNOWN, NEW
from desireline.lake.known import Known, each_once, read_known
from desireline.lake.order import order_events
from desireline.lake.snapshot import ORDER, Snapshot, in_order
from desireline.lake.staging import HASH, Staging, by_place, refusal_bucket
from desireline.side_by_side import side_by_side
from desireline.tables import EVENTS

U64 = npt.NDArray[np.uint64]

_MANY_FILES = 8
"""Of a bucket with so many files, or up to twice as many, light ones are merged: not all buckets at the same import."""

_HEAVIER = 2


@dataclass(frozen=True)
class Landed:
    """What one bucket of one table brought: files, and what became of the staged rows."""

    table: str
    settled: Settled
    customers: U64  # of the new records by hash, rising
    added: list[DataFile] = field(default_factory=list)
    removed: list[DataFile] = field(default_factory=list)


class Landing:
    """What one import adds to each table and takes from it. With `dry_run` nothing is written.

    `land_bucket` may run for several buckets at a time; `take` and the others are for one thread.
    """

    def __init__(self, staging: Staging, snapshot: Snapshot, *, dry_run: bool) -> None:
        self.staging = staging
        self.snapshot = snapshot
        self.dry_run = dry_run
        before = sum(snapshot.totals.get(name, 0) for name in ORDER)
        coming = sum(staging.count(name) for name in ORDER)
        self.buckets = choose_buckets(before + coming, now=snapshot.buckets if before else 0)
        self._splits = before > 0 and self.buckets != snapshot.buckets
        self.added: dict[str, list[DataFile]] = {name: [] for name in snapshot.versions}
        self.removed = {
            name: list(snapshot.files(name)) if self._splits and name in ORDER else [] for name in self.added
        }
        self.totals = Counter(snapshot.totals)
        self.new = Counter[str]()
        self.reasons = Counter[str]()
        self.known = _known(staging, snapshot) if coming else Known()
        self.fresh: list[U64] = []

    def land_bucket(self, bucket: int) -> tuple[list[Landed], U64]:
        """Events, feedback and descriptions of this bucket's customers are in files; those who are new, by hash."""
        found = [part for table in ORDER if (part := self._land(table, bucket)) is not None]
        seen = each_once(np.concatenate([np.zeros(0, dtype=np.uint64), *(part.customers for part in found)]))
        return found, self.known.unknown(seen)

    def take(self, found: list[Landed], fresh: U64) -> None:
        """What a bucket brought is counted, and its files belong to the import."""
        self.new["customers"] += len(fresh)
        self.fresh.append(fresh)
        for part in found:
            self.added[part.table] += part.added
            self.removed[part.table] += part.removed
            self._tell(part.table, part.settled)
            if part.table != "customers":
                self.new[part.table] += part.settled.new.height

    def land_campaigns(self) -> None:
        """Campaigns are in one file."""
        staged = self.staging.staged("campaigns")
        if staged.is_empty():
            return
        lake = self.snapshot.campaigns()
        settled = settle_newest(staged, lake, "campaign_id")
        self._tell("campaigns", settled)
        self.new["campaigns"] += settled.new.height
        if settled.new.height:
            kept = lake.filter(~pl.col("campaign_id").is_in(settled.replaced.implode()))
            self.removed["campaigns"] += self.snapshot.files("campaigns")
            self._write("campaigns", pl.concat([kept, settled.new.select(lake.columns)]).sort("campaign_id"))

    def land_refusals(self) -> None:
        """Refused rows are in files, one refusal each; refusals that the lake has already are left out."""
        self._refuse_unclaimed()
        count = self.staging.count("refusals")
        chunks = choose_buckets(count)
        for chunk in range(chunks if count else 0):
            staged = self.staging.staged("refusals", chunk, of=chunks).unique(PLACE, keep="first", maintain_order=True)
            self.reasons.update(dict(staged["reason"].value_counts().iter_rows()))
            new = self._unknown_refusals(staged, chunk, of=chunks)
            self.totals["refusals"] += new.height
            self._write("refusals", new, name=f"-{chunk}")

    def _land(self, table: str, bucket: int) -> Landed | None:
        arrived = self.staging.arrived(table, bucket, of=self.buckets)
        if arrived.is_empty() and not self._splits:
            return None
        settled = self._judge(table, bucket, arrived)
        landed = Landed(table, settled, _customers(settled.new, table))
        if not self.dry_run:
            self._store(landed, bucket)
        return landed

    def _judge(self, table: str, bucket: int, arrived: pl.DataFrame) -> Settled:
        inside = self.snapshot.inside(table, bucket, of=self.buckets) if self.snapshot.buckets else []
        if table == "events":
            lake = self._rivals(bucket, arrived) if inside and arrived.height else EVENTS.empty()
            if lake.is_empty() and _cannot_repeat(arrived):
                return _all_new(arrived)
            return _judge_events(name_events(by_place(arrived)), name_events(lake))
        staged = by_place(arrived)
        lake = self.snapshot.part(table, bucket, of=self.buckets)
        if table == "customers":
            return settle_described(staged, lake)
        return settle(number_repeats(staged, "feedback_id"), lake, "feedback_id")

    def _rivals(self, bucket: int, staged: pl.DataFrame) -> pl.DataFrame:
        """The lake's events that may be the same as staged ones: those of their time, or all where ids decide."""
        by_content = staged["event_id"].null_count() == staged.height and not staged["_once"].any()
        if not by_content or staged["at"].null_count():
            return self.snapshot.part("events", bucket, of=self.buckets)
        return self.snapshot.events_like(bucket, staged.select("customer_id", "at"), of=self.buckets)

    def _store(self, landed: Landed, bucket: int) -> None:
        table, settled = landed.table, landed.settled
        columns = list(self.staging.lake.tables[table].table.columns)
        inside = [f for f in self.snapshot.files(table) if f.bucket == bucket] if not self._splits else []
        if self._splits or len(settled.replaced):
            lake = self.snapshot.part(table, bucket, of=self.buckets, ordered=False)
            frame = in_order(pl.concat([_without(lake, settled.replaced, table), settled.new.select(columns)]), table)
            landed.removed.extend(inside)
        elif table == "events":
            frame = order_events(settled.new.select(columns), settled.new[HASH].to_numpy())
        else:
            frame = in_order(settled.new.select(columns), table)
        if frame.height:
            landed.added.append(self._file(table, frame, bucket=bucket))
        if settled.new.height and not landed.removed and len(inside) >= _MANY_FILES + bucket % _MANY_FILES:
            self._merge(landed, inside, bucket)

    def _merge(self, landed: Landed, inside: list[DataFile], bucket: int) -> None:
        """The lightest files of the bucket are one, to which the import's own rows are not added."""
        files = lightest(inside)
        if len(files) > 1:
            folder = self.staging.lake.tables[landed.table]
            frame = in_order(pl.concat([folder.read(file) for file in files]), landed.table)
            follows = files if len(files) < len(inside) else []
            landed.added.append(folder.merge(frame, self.staging.import_id, follows, bucket=bucket))
            landed.removed.extend(files)

    def _file(self, table: str, frame: pl.DataFrame, *, bucket: int = 0, name: str = "") -> DataFile:
        return self.staging.lake.tables[table].write(frame, self.staging.import_id + name, bucket=bucket)

    def _write(self, table: str, frame: pl.DataFrame, *, name: str = "") -> None:
        if frame.height and not self.dry_run:
            self.added[table].append(self._file(table, frame, name=name))

    def _tell(self, table: str, settled: Settled) -> None:
        fates = self.staging.fates
        fates.mark_all(settled.new, NEW)
        fates.mark_all(settled.known, KNOWN)
        self.totals[table] += settled.new.height - len(settled.replaced)
        if settled.reused.height:
            names = [file.name for file in self.staging.files]
            self.staging.add_refused(_reused(settled.reused, names))

    def _refuse_unclaimed(self) -> None:
        rows = self.staging.fates.unclaimed()
        if rows.is_empty():
            return
        names = pl.Series([file.name for file in self.staging.files])
        self.staging.add_refused(
            rows.with_columns(
                names.gather(rows["_file"]).alias("source"),
                pl.col("_file_row").alias("row"),
                pl.lit("no_record").alias("reason"),
                pl.lit("No table of the recipe made a record of this row.").alias("detail"),
            )
        )

    def _unknown_refusals(self, staged: pl.DataFrame, chunk: int, *, of: int) -> pl.DataFrame:
        same = ["source", "row", "reason", "raw"]
        first, end = span(chunk, of=of)
        there = self.snapshot.scan_refusals().filter(
            refusal_bucket().is_between(first, end, closed="left"),
            pl.col("source").is_in(staged["source"].unique().implode()),
        )
        return staged.join(there.select(same).collect(), on=same, how="anti", nulls_equal=True)


def lightest(files: list[DataFile]) -> list[DataFile]:
    """The newest files, back to one that has over twice the rows of all behind it: big files are seldom rewritten.

    Each row is rewritten no more often than the bucket doubles.
    """
    rows, first = 0, len(files)
    while first and (not rows or files[first - 1].rows <= _HEAVIER * rows):
        first -= 1
        rows += files[first].rows
    return files[first:]


def _known(staging: Staging, snapshot: Snapshot) -> Known:
    """The customers of the snapshot: from the files that say so, or from its tables."""
    found = read_known(staging.lake.folder, snapshot.imports()["import_id"].to_list())
    if found is not None:
        return found
    return Known(tuple(side_by_side(snapshot.customer_hashes, range(snapshot.buckets))), kept=False)


def _judge_events(staged: pl.DataFrame, lake: pl.DataFrame) -> Settled:
    """What becomes of staged events beside those of the lake, all of them named; made-up names are left out again."""
    if not staged["_once"].any():
        settled = settle(staged, lake, "event_id")
        return replace(settled, new=_unnamed(settled.new), reused=_unnamed(settled.reused))
    earliest = keep_earliest(staged, lake)
    kept = lake.filter(~pl.col("event_id").is_in(earliest.replaced.implode()))
    settled = settle(earliest.new, kept, "event_id")
    known = pl.concat([earliest.known, settled.known])
    beaten = lake.filter(pl.col("event_id").is_in(earliest.replaced.implode()))
    beaten = beaten.join(settled.new.filter("_once"), on=ONCE, how="semi", nulls_equal=True)
    return Settled(_unnamed(settled.new), known, _unnamed(settled.reused), beaten["event_id"])


def _unnamed(events: pl.DataFrame) -> pl.DataFrame:
    return events.with_columns(pl.when("_own").then("event_id").alias("event_id")).drop("_own")


def _cannot_repeat(events: pl.DataFrame) -> bool:
    """True when no event can be the same as another: rows of one file that brought no ids are all honest."""
    one_file = events["_file"].n_unique() < 2
    return one_file and events["event_id"].null_count() == events.height and not events["_once"].any()


def _all_new(staged: pl.DataFrame) -> Settled:
    return Settled(staged, staged.clear().select(PLACE), staged.clear(), pl.Series("event_id", [], dtype=pl.String))


def _without(lake: pl.DataFrame, replaced: pl.Series, table: str) -> pl.DataFrame:
    """The lake's rows but those of these ids."""
    if not len(replaced):
        return lake
    if table != "events":
        return lake.filter(~pl.col(ORDER[table][-1]).is_in(replaced.implode()))
    return _unnamed(name_events(lake).filter(~pl.col("event_id").is_in(replaced.implode())))


def _customers(records: pl.DataFrame, table: str) -> U64:
    """The customers of these records by hash, each once, rising."""
    if table == "events":
        return each_once(records[HASH].to_numpy())
    return each_once(hash_text(records["customer_id"].drop_nulls().unique()))


def _reused(records: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    content = [name for name in records.columns if not name.startswith("_")]
    raw = pl.struct(pl.col(name).cast(pl.String) for name in content).struct.json_encode()
    return records.select(
        "_file",
        pl.Series(names).gather(records["_file"]).alias("source"),
        pl.col("_file_row").alias("row"),
        pl.lit("id_reused").alias("reason"),
        pl.lit("The id of this record came before with other content.").alias("detail"),
        raw.alias("raw"),
    )
