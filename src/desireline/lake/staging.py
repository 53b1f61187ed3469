"""What an import brings, until it is committed: unseen by readers, and swept when its process dies."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import polars as pl

from desireline.errors import LakeError
from desireline.hashes import content_id, hash_text
from desireline.lake.behind import Behind
from desireline.lake.buckets import FINEST, finest, finest_bucket
from desireline.lake.digest import Digest
from desireline.lake.fates import PARTNER, READ, REFUSED, Fates
from desireline.lake.lock import ImportLock
from desireline.lake.recovery import recover, remove_spill
from desireline.lake.spill import BUCKET, Spill
from desireline.lake.store import Lake
from desireline.tables import CAMPAIGNS, CUSTOMERS, EVENTS, FEEDBACK, REFUSALS, Table

SPILL_BYTES = 768 * 1024 * 1024

BOOKKEEPING: dict[str, pl.DataType | type[pl.DataType]] = {
    "_file": pl.Int32,  # number of the file, as `add_file` gave it
    "_file_row": pl.Int64,  # row in that file; `row` when missing
    "_content": pl.String,  # hash of an answer's content where it has no own id; made here when missing
    "_once": pl.Boolean,  # keep only the earliest such event of a customer and case; false when missing
}
HASH = "_hash"
"""The customer's hash beside each staged event."""

_PLACE: dict[str, pl.DataType | type[pl.DataType]] = {"_file": pl.Int32, "_file_row": pl.Int64}
_BESIDE: dict[str, dict[str, pl.DataType | type[pl.DataType]]] = {
    "events": {**_PLACE, "_once": pl.Boolean, HASH: pl.UInt64},
    "feedback": {**_PLACE, "_content": pl.String},
    "customers": _PLACE,
    "campaigns": _PLACE,
    "refusals": _PLACE,
}


@dataclass(frozen=True)
class SourceFile:
    """A file that the import reads."""

    name: str
    sha256: str = ""
    digest: Digest | None = None  # of a file whose sha256 is being worked out

    def told_sha256(self) -> str:
        """The file's SHA-256; empty where there is none to tell."""
        return self.digest.text() if self.digest else self.sha256


class Staging:
    """The only open import of a lake; use it in a `with` block, so that the lock and the temporary files go.

    Opening it takes the lock (`LakeBusy` when another import has it) and cleans up after imports that died. A
    refused row is counted as refused only when no other table of the recipe made a record of it.

    >>> with Staging(lake, "2026-03-01") as staging:                              # doctest: +SKIP
    ...     orders = staging.add_file("orders.csv")
    ...     staging.add_rows(orders, batch.rows["_row"])
    ...     staging.add_events(cleaned.records, file=orders)
    ...     staging.add_refused(cleaned.refused, file=orders)
    ...     counts = commit(staging, at=now, recipe="shop")
    """

    def __init__(self, lake: Lake, import_id: str, *, spill_bytes: int = SPILL_BYTES) -> None:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", import_id):
            raise ValueError(f"an import id is made of letters, digits, - and _, not {import_id!r}")
        self.lake = lake
        self.import_id = import_id
        self.files: list[SourceFile] = []
        self.fates = Fates()
        self.half_written = False  # true while a commit writes
        self._behind = Behind()
        self._lock = ImportLock(lake.folder / "import.lock")
        self._lock.acquire()
        try:
            recover(lake)
            if import_id in lake.current().imports()["import_id"]:
                raise ValueError(f"the lake has an import {import_id!r} already; give this one another id")
        except BaseException:
            self._lock.release()
            raise
        self._spills = {
            table.name: self._spill(table, spill_bytes) for table in (EVENTS, FEEDBACK, CUSTOMERS, CAMPAIGNS, REFUSALS)
        }

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if fault is None:
            self.close()
        else:
            with suppress(LakeError):  # what cannot be cleaned up now, the next import cleans up
                self.close()

    def close(self) -> None:
        """The lock is free, and nothing is left of what was not committed."""
        try:
            self._behind.close()
            for file in self.files:
                if file.digest:
                    file.digest.stop()
            if self.half_written:
                recover(self.lake)
            remove_spill(self.lake)
        finally:
            self._lock.release()

    def add_file(self, name: str, *, sha256: str = "", path: Path | None = None) -> int:
        """The number of a file from which rows are going to come; with `path`, its SHA-256 is found meanwhile."""
        self.files.append(SourceFile(name, sha256, Digest(path) if path else None))
        return len(self.files) - 1

    def add_rows(self, file: int, rows: pl.Series) -> None:
        """These rows of the file were read. A row of which nothing becomes is refused as `no_record`."""
        self.fates.mark(file, rows, READ)

    def add_partners(self, file: int, rows: pl.Series) -> None:
        """These rows served as join partners of rows in other files."""
        self.fates.mark(file, rows, PARTNER)

    def add_events(self, records: pl.DataFrame, *, file: int | None = None) -> None:
        """Events are staged: columns of EVENTS and BOOKKEEPING; `file` stands in for a missing `_file`."""
        self._add(EVENTS, records, file)

    def add_feedback(self, records: pl.DataFrame, *, file: int | None = None) -> None:
        """Answers are staged."""
        self._add(FEEDBACK, records, file)

    def add_customers(self, records: pl.DataFrame, *, file: int | None = None) -> None:
        """Descriptions of customers are staged; of each property the last that is said of a customer counts."""
        self._add(CUSTOMERS, records, file)

    def add_campaigns(self, records: pl.DataFrame, *, file: int | None = None) -> None:
        """Campaigns are staged; the last record of a campaign counts."""
        self._add(CAMPAIGNS, records, file)

    def add_refused(self, refused: pl.DataFrame, *, file: int | None = None) -> None:
        """Refused rows are staged: source, row, reason, detail, raw. Without `file`, `source` names it."""
        if refused.is_empty():
            return
        shaped = REFUSALS.shape(refused).with_columns(import_id=pl.lit(self.import_id))
        placed = _placed(shaped.with_columns(self._file_of(refused, file)))
        self.fates.mark_all(placed, REFUSED)
        self._spills["refusals"].add(placed.with_columns(refusal_bucket().alias(BUCKET)))

    def arrived(self, table: str, bucket: int = 0, *, of: int = 1) -> pl.DataFrame:
        """The staged rows of one bucket; those of one customer in the order in which they came."""
        self._behind.settle()
        rows = self._spills[table].read(bucket, of=of)
        same = pl.coalesce("_file_row", "row") if rows["_file_row"].null_count() else pl.col("_file_row")
        return rows.with_columns(same.alias("_file_row"))

    def staged(self, table: str, bucket: int = 0, *, of: int = 1) -> pl.DataFrame:
        """The staged rows of one bucket, sorted by file and row."""
        return by_place(self.arrived(table, bucket, of=of))

    def count(self, table: str) -> int:
        """How many rows are staged for this table."""
        self._behind.settle()
        return self._spills[table].rows

    def _add(self, table: Table, records: pl.DataFrame, file: int | None) -> None:
        if records.is_empty():
            return
        beside = _BESIDE[table.name]
        extra = {name: kind for name, kind in beside.items() if name in records.columns and name != "_file"}
        shaped = table.shape(records).with_columns(
            self._file_of(records, file),
            *(records[name].cast(kind) for name, kind in extra.items()),
        )
        placed = _placed(shaped)
        if file is None:
            self.fates.mark_all(placed, READ)
        else:
            self.fates.mark(file, placed["_file_row"], READ)

        def spill() -> None:
            whole = _with_bucket(placed, table)
            self._spills[table.name].add(_without_same_rows(whole.select(*table.columns, *beside, BUCKET)))

        self._behind.add(spill)

    def _file_of(self, frame: pl.DataFrame, file: int | None) -> pl.Series | pl.Expr:
        if file is not None:
            return pl.lit(file, dtype=pl.Int32).alias("_file")
        if "_file" in frame.columns:
            return frame["_file"].cast(pl.Int32)
        known = {named.name: number for number, named in enumerate(self.files)}
        names = frame["source"].to_list()
        for name in dict.fromkeys(names):
            if name not in known:
                known[name] = self.add_file(str(name))
        return pl.Series("_file", [known[name] for name in names], dtype=pl.Int32)

    def _spill(self, table: Table, limit: int) -> Spill:
        schema = pl.Schema({**table.columns, **_BESIDE[table.name]})
        return Spill(self.lake.folder / "spill" / self.import_id, table.name, schema=schema, limit=limit)


def by_place(rows: pl.DataFrame) -> pl.DataFrame:
    """Staged rows by file and row; those of one row in the order in which they came."""
    return rows.sort("_file", "_file_row", maintain_order=True)


def refusal_bucket() -> pl.Expr:
    """The finest bucket of a refused row: refusals have no customer, so their row numbers spread them."""
    return (pl.col("row").fill_null(0) % FINEST).cast(pl.Int32)


def _placed(records: pl.DataFrame) -> pl.DataFrame:
    """`_file_row` is there: the row itself where nothing else is said."""
    return records if "_file_row" in records.columns else records.with_columns(pl.col("row").alias("_file_row"))


def _without_same_rows(records: pl.DataFrame) -> pl.DataFrame:
    """Places in the file that are the rows themselves are left empty until they are read again: they need no room."""
    if not records["_file_row"].equals(records["row"]):
        return records
    return records.with_columns(pl.lit(None, dtype=pl.Int64).alias("_file_row"))


def _with_bucket(records: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The bookkeeping columns are there, and the finest bucket of each record."""
    if table is EVENTS:
        once = pl.col("_once").fill_null(False) if "_once" in records.columns else pl.lit(False).alias("_once")
        hashes = hash_text(records["customer_id"])
        return records.with_columns(once, pl.Series(HASH, hashes), pl.Series(BUCKET, finest(hashes)))
    if table is CAMPAIGNS:
        return records.with_columns(pl.lit(0, dtype=pl.Int32).alias(BUCKET))
    if table is FEEDBACK and "_content" not in records.columns:
        records = records.with_columns(_answer_content(records).alias("_content"))
    return records.with_columns(finest_bucket(records).alias(BUCKET))


def _answer_content(answers: pl.DataFrame) -> pl.Series | pl.Expr:
    """The hash of what each answer says, when one of them has no id."""
    if not answers["feedback_id"].null_count():
        return pl.lit(None, dtype=pl.String)
    aside = ("feedback_id", "source", "row")
    return content_id(answers.select(name for name in FEEDBACK.columns if name not in aside))
