"""One Delta table on disk: its versions, its data files, and commits that are on the disk when they return.

Data files are written by polars (zstd Parquet) and then named in one transaction. `bucket` is the partition
column of bucketed tables. Old log entries stay, since readers open tables at the version an import named.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl
from deltalake import DeltaTable, Field, Schema
from deltalake.schema import PrimitiveType
from deltalake.transaction import AddAction, PostCommitHookProperties, RemoveAction

from desireline.disk import sync
from desireline.errors import LakeDamaged
from desireline.lake.faults import reading, writing
from desireline.tables import INSTANT, MONEY, Table

_KINDS: dict[pl.DataType | type[pl.DataType], str] = {
    pl.String: "string",
    pl.Int64: "long",
    pl.Int32: "integer",
    pl.Float64: "double",
    pl.Date: "date",
    INSTANT: "timestamp",
    MONEY: f"decimal({MONEY.precision},{MONEY.scale})",
}
_LOG_ENTRY = re.compile(r"^(\d{20})\.json$")
_QUIET = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)
_CHECKPOINT_EVERY = 10
_SUFFIX = ".parquet"
_MERGED = f".merged{_SUFFIX}"
_ORIGINS = "desireline.origins"  # in a merged file's own metadata: the files that it took the place of
ROW_GROUP = 250_000


@dataclass(frozen=True)
class DataFile:
    """A Parquet file of a table, as the log describes it."""

    path: str  # relative to the table's folder
    size: int
    rows: int
    bucket: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def fingerprint(self) -> str:
        """Names the content: a file never changes under its name."""
        return f"{self.path} {self.size}"


class DeltaFolder:
    """A table of the lake in a folder of its own."""

    def __init__(self, root: Path, table: Table, *, bucketed: bool = False) -> None:
        self.table = table
        self.bucketed = bucketed
        self.folder = root / table.name
        self._partition = ["bucket"] if bucketed else []
        self._uri = self.folder.as_uri()  # a plain path would be read as an address: % # and spaces would break

    def create(self) -> None:
        """The table exists; one that existed before is left as it is."""
        with writing(self.folder):
            DeltaTable.create(
                self._uri,
                self._schema(),
                mode="ignore",
                partition_by=self._partition,
                configuration={"delta.enableExpiredLogCleanup": "false"},
            )
            sync(self.folder / "_delta_log")

    def newest(self) -> int:
        """The newest version whose log entry is whole. A torn last entry counts as never written."""
        versions = self._logged()
        while versions and not is_whole(self._entry(versions[-1])):
            versions.pop()
        if not versions:
            raise LakeDamaged(f"{self.folder} has no readable log. Put the folder back from a backup.")
        return versions[-1]

    def drop_torn(self) -> None:
        """Log entries above the newest whole one are gone."""
        newest = self.newest()
        with writing(self.folder):
            for version in reversed(self._logged()):
                if version > newest:
                    self._entry(version).unlink()

    def files(self, version: int) -> list[DataFile]:
        """The data files of this version, in the order of their paths."""
        with reading(self.folder):
            table = DeltaTable(self._uri, version=version)
            adds = pl.DataFrame(table.get_add_actions(flatten=True))
        return sorted((_data_file(row) for row in adds.iter_rows(named=True)), key=lambda file: file.path)

    def read(self, file: DataFile, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """The file's rows in the table's columns. A file that is not as logged is damaged."""
        path = self.folder / file.path
        with reading(path):
            size = path.stat().st_size
            if size != file.size:
                raise OSError(f"it has {size:,} bytes where the log says {file.size:,}")
            wanted = self.table if columns is None else Table(self.table.name, self._kinds(columns))
            rows = pl.scan_parquet(path, hive_partitioning=False, glob=False)
            there = rows.collect_schema()
            frame = rows.select(name for name in wanted.columns if name in there).collect()
            if frame.height != file.rows:
                raise OSError(f"it has {frame.height:,} rows where the log says {file.rows:,}")
        return wanted.shape(frame)

    def _kinds(self, columns: Sequence[str]) -> dict[str, pl.DataType | type[pl.DataType]]:
        return {name: self.table.columns[name] for name in columns}

    def origins(self, file: DataFile) -> tuple[str, ...]:
        """The fingerprints of the files whose rows this one holds: its own, or those that were merged into it."""
        if not file.path.endswith(_MERGED):
            return (file.fingerprint,)
        path = self.folder / file.path
        with reading(path):
            told = pl.read_parquet_metadata(path).get(_ORIGINS)
        return tuple(json.loads(told)) if told else (file.fingerprint,)

    def merge(self, frame: pl.DataFrame, name: str, files: Sequence[DataFile], *, bucket: int) -> DataFile:
        """The frame, which is all that these files hold, is in one file that can take their place.

        It names their origins; that of a whole bucket (no `files` named) begins anew, so that the names stay few.
        """
        origins = [origin for file in files for origin in self.origins(file)]
        about = {_ORIGINS: json.dumps(origins)} if origins else None
        return self.write(frame, f"{name}{_MERGED}".removesuffix(_SUFFIX), bucket=bucket, about=about)

    def write(
        self, frame: pl.DataFrame, name: str, *, bucket: int = 0, about: Mapping[str, str] | None = None
    ) -> DataFile:
        """The frame is on the disk in a file that no version names yet."""
        relative = f"bucket={bucket}/{name}.parquet" if self.bucketed else f"{name}.parquet"
        path = self.folder / relative
        with writing(path):
            path.parent.mkdir(exist_ok=True)
            shaped = self.table.shape(frame)
            (_without_empty(shaped) if self.bucketed else shaped).write_parquet(
                path,
                compression="zstd",
                compression_level=1,
                row_group_size=ROW_GROUP,
                statistics=False,
                metadata=dict(about) if about else None,
            )
            sync(path)
            sync(path.parent)
            size = path.stat().st_size
        first, last = _instants(frame)
        return DataFile(relative, size, frame.height, bucket, first, last)

    def commit(self, added: Sequence[DataFile], removed: Sequence[DataFile] = ()) -> int:
        """Both lists take effect in one new version, whose number is returned."""
        now = int(time.time() * 1000)
        adds = [AddAction(f.path, f.size, self._place(f), now, True, _stats(f)) for f in added]
        gone = [RemoveAction(f.path, True, now, size=f.size, partition_values=self._place(f)) for f in removed]
        with writing(self.folder):
            table = DeltaTable(self._uri)
            table.create_write_transaction(
                [*adds, *gone],
                "append",
                self._schema(),
                self._partition,
                post_commithook_properties=_QUIET,
            )
            return self._synced()

    def put_back(self, version: int) -> None:
        """The newest version holds the same files as `version`."""
        with writing(self.folder):
            DeltaTable(self._uri).restore(version)
            self._synced()

    def checkpoint(self) -> None:
        """Now and then the log is summed up, so that opening stays quick. For current versions only."""
        newest = self.newest()
        if newest and newest % _CHECKPOINT_EVERY == 0:
            with writing(self.folder):
                DeltaTable(self._uri).create_checkpoint()

    def on_disk(self) -> set[str]:
        """Relative paths of all data files, whether or not a version names them."""
        found = self.folder.glob("bucket=*/*.parquet" if self.bucketed else "*.parquet")
        return {path.relative_to(self.folder).as_posix() for path in found}

    def log_leftovers(self) -> list[Path]:
        """Half-written log entries, which a writer that died leaves beside the log."""
        log = self.folder / "_delta_log"
        return [path for path in log.iterdir() if "#" in path.name or path.suffix == ".tmp"]

    def _logged(self) -> list[int]:
        with reading(self.folder):
            names = [entry.name for entry in (self.folder / "_delta_log").iterdir()]
        return sorted(int(found[1]) for found in map(_LOG_ENTRY.match, names) if found)

    def _entry(self, version: int) -> Path:
        return self.folder / "_delta_log" / f"{version:020}.json"

    def _synced(self) -> int:
        newest = self._logged()[-1]
        sync(self._entry(newest))
        sync(self.folder / "_delta_log")
        return newest

    def _schema(self) -> Schema:
        fields = [Field(name, PrimitiveType(_KINDS[kind])) for name, kind in self.table.columns.items()]
        return Schema([*fields, Field("bucket", PrimitiveType("integer"))] if self.bucketed else fields)

    def _place(self, file: DataFile) -> dict[str, str | None]:
        return {"bucket": str(file.bucket)} if self.bucketed else {}


def is_whole(entry: Path) -> bool:
    """True when a log entry is complete lines of JSON, and at least one of them."""
    with reading(entry):
        lines = entry.read_bytes().splitlines()
    try:
        return bool([json.loads(line) for line in lines])
    except ValueError:
        return False


def _without_empty(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without columns that are null throughout: in Delta, a column that a file lacks is null."""
    filled = [column for column in frame if column.null_count() < len(column)]
    return pl.DataFrame(filled) if filled else frame


def _data_file(row: dict[str, object]) -> DataFile:
    first, last = row.get("min.at"), row.get("max.at")
    return DataFile(
        path=str(row["path"]),
        size=int(str(row["size_bytes"])),
        rows=int(str(row["num_records"])),
        bucket=int(str(row.get("partition.bucket") or 0)),
        first_at=first if isinstance(first, datetime) else None,
        last_at=last if isinstance(last, datetime) else None,
    )


def _instants(frame: pl.DataFrame) -> tuple[datetime | None, datetime | None]:
    if "at" not in frame.columns:
        return None, None
    first, last = frame.select(pl.col("at").min().alias("first"), pl.col("at").max().alias("last")).row(0)
    return first, last


def _stats(file: DataFile) -> str:
    stats: dict[str, object] = {"numRecords": file.rows}
    if file.first_at and file.last_at:
        form = "%Y-%m-%dT%H:%M:%S.%fZ"
        stats |= {
            "minValues": {"at": file.first_at.strftime(form)},
            "maxValues": {"at": file.last_at.strftime(form)},
        }
    return json.dumps(stats)
