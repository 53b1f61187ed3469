"""Staged records on their way into files, bucket by bucket: judged against the lake, written, not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import polars as pl

from desireline.lake.buckets import choose_buckets, span
from desireline.lake.dedupe import ONCE, PLACE, Settled, keep_earliest, number_repeats, settle, settle_newest
from desireline.lake.delta import DataFile
from desireline.lake.fates import KNOWN, NEW
from desireline.lake.snapshot import ORDER, Snapshot
from desireline.lake.staging import Staging, refusal_bucket

Judge = Callable[[pl.DataFrame, pl.DataFrame], Settled]

_MANY_FILES = 8  # a bucket with this many files is written anew as one


class Landing:
    """What one import adds to each table and takes from it. With `dry_run` nothing is written."""

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

    def land_bucket(self, bucket: int) -> None:
        """Events, feedback and descriptions of this bucket's customers are in files."""
        found = [
            self._land("events", bucket, _judge_events),
            self._land("feedback", bucket, lambda staged, lake: settle(staged, lake, "feedback_id")),
            self._land("customers", bucket, lambda staged, lake: settle_newest(staged, lake, "customer_id")),
        ]
        seen = pl.concat(found).unique().drop_nulls()
        if len(seen):
            there = self.snapshot.customer_ids(bucket, of=self.buckets)
            self.new["customers"] += len(seen) - int(seen.is_in(there.implode()).sum())

    def land_campaigns(self) -> None:
        """Campaigns are in one file."""
        staged = self.staging.staged("campaigns")
        if staged.is_empty():
            return
        lake = self.snapshot.campaigns()
        settled = settle_newest(_first_id(staged, "campaign_id"), lake, "campaign_id")
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

    def _land(self, table: str, bucket: int, judge: Judge) -> pl.Series:
        staged = self.staging.staged(table, bucket, of=self.buckets)
        if staged.is_empty() and not self._splits:
            return staged["customer_id"]
        lake = self.snapshot.part(table, bucket, of=self.buckets)
        settled = judge(_first_id(staged, ORDER[table][-1]), lake)
        self._tell(table, settled)
        self._store(table, bucket, lake, settled)
        if table != "customers":
            self.new[table] += settled.new.height
        return settled.new["customer_id"]

    def _store(self, table: str, bucket: int, lake: pl.DataFrame, settled: Settled) -> None:
        inside = [] if self._splits else [f for f in self.snapshot.files(table) if f.bucket == bucket]
        frame = settled.new.select(lake.columns)
        if self._splits or len(settled.replaced) or (frame.height and len(inside) >= _MANY_FILES):
            key = ORDER[table][-1]
            frame = pl.concat([lake.filter(~pl.col(key).is_in(settled.replaced.implode())), frame])
            self.removed[table] += inside
        self._write(table, frame.sort(ORDER[table]), bucket=bucket)

    def _write(self, table: str, frame: pl.DataFrame, *, bucket: int = 0, name: str = "") -> None:
        if frame.height and not self.dry_run:
            folder = self.staging.lake.tables[table]
            self.added[table].append(folder.write(frame, self.staging.import_id + name, bucket=bucket))

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


def _judge_events(staged: pl.DataFrame, lake: pl.DataFrame) -> Settled:
    if not staged["_once"].any():
        return settle(staged, lake, "event_id")
    earliest = keep_earliest(staged, lake)
    kept = lake.filter(~pl.col("event_id").is_in(earliest.replaced.implode()))
    settled = settle(earliest.new, kept, "event_id")
    known = pl.concat([earliest.known, settled.known])
    beaten = lake.filter(pl.col("event_id").is_in(earliest.replaced.implode()))
    beaten = beaten.join(settled.new.filter("_once"), on=ONCE, how="semi", nulls_equal=True)
    return Settled(settled.new, known, settled.reused, beaten["event_id"])


def _first_id(staged: pl.DataFrame, key: str) -> pl.DataFrame:
    return number_repeats(staged, key) if key in ("event_id", "feedback_id") else staged


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
