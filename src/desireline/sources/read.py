"""The one door to every kind of source: the kind is told from the content, rows come out as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from desireline.errors import SourceUnreadable
from desireline.recipes.records import Source
from desireline.sources.batches import ROWS, Batch
from desireline.sources.delimited import read_delimited
from desireline.sources.frames import read_frame
from desireline.sources.json_documents import read_json_document
from desireline.sources.json_lines import read_json_lines
from desireline.sources.notes import NAMES, read_notes
from desireline.sources.opened import check_readable, head_of
from desireline.sources.parquet import read_parquet
from desireline.sources.workbook import read_workbook
from desireline.sources.xes import read_xes

__all__ = ["Batch", "Kind", "read", "tell_kind"]

Kind = Literal["delimited", "workbook", "parquet", "json lines", "json", "xes", "notes"]

_UNREADABLE = {
    b"%PDF": "a PDF document. Export the table as CSV or XLSX",
    b"\x89PNG": "a picture. Export the table as CSV or XLSX",
    b"\xff\xd8\xff": "a picture. Export the table as CSV or XLSX",
    b"BZh": "packed with bzip2. Unpack it first",
    b"\x28\xb5\x2f\xfd": "packed with Zstandard. Unpack it first",
    b"\xfd7zXZ": "packed with xz. Unpack it first",
    b"7z\xbc\xaf": "a 7z archive. Unpack it first",
    b"Rar!": "a RAR archive. Unpack it first",
    b"SQLite format 3": "an SQLite database. Export the table as CSV",
    b"ORC": "an ORC file. Convert it to Parquet",
    b"Obj\x01": "an Avro file. Convert it to Parquet",
}
_TEXT_NAMES = (".csv", ".tsv", ".tab", ".txt", ".psv")
_LINE_NAMES = (".jsonl", ".ndjson", ".jsonlines")
_PACKED_NAMES = {".parquet": "a Parquet file", ".xlsx": "a workbook", ".xls": "a workbook", ".ods": "a workbook"}


def read(
    path_or_frame: Any, source: Source | None = None, *, batch_rows: int | None = None, every_column: bool = True
) -> Iterator[Batch]:
    """Batches of a source's rows, every cell as text, with the rows that could not be read and why.

    All batches have the same columns. Without `every_column` those of JSON lines have the ones that were met so far,
    which saves reading the file for its keys first.

    The path's content decides the kind, not its name. Taken + refused rows of all batches = rows of the
    source. Raises a SourceError for a file that cannot be read at all: SourceMissing, SourceUnreadable,
    SourceEmpty, SourceUnsafe; some only show while the batches are drawn, so nothing should be kept before
    the last one.

    >>> import polars as pl
    >>> next(read(pl.DataFrame({"client": ["ana", None], "paid": [12.0, 3.5]}))).rows.rows()
    [('ana', '12', 1), (None, '3.5', 2)]
    """
    asked = source or Source.model_validate({"file": "*"})
    if not isinstance(path_or_frame, (str, Path)):
        return read_frame(path_or_frame, missing=asked.missing, batch_rows=batch_rows or ROWS)
    path = Path(path_or_frame)
    check_readable(path)
    kind: Kind = "delimited" if asked.delimiter else tell_kind(path)
    missing = asked.missing
    if kind == "parquet":
        return read_parquet(path, missing=missing, batch_rows=batch_rows)
    if kind == "workbook":
        return read_workbook(path, sheet=asked.sheet, missing=missing, batch_rows=batch_rows or ROWS)
    if kind == "xes":
        return read_xes(path, missing=missing, batch_rows=batch_rows or ROWS)
    if kind == "notes":
        return read_notes(path, encoding=asked.encoding, missing=missing, batch_rows=batch_rows or ROWS)
    if kind == "json lines":
        return read_json_lines(
            path, encoding=asked.encoding, missing=missing, batch_rows=batch_rows, every_column=every_column
        )
    if kind == "json":
        return read_json_document(path, encoding=asked.encoding, missing=missing, batch_rows=batch_rows or ROWS)
    return read_delimited(
        path, delimiter=asked.delimiter, encoding=asked.encoding, missing=missing, batch_rows=batch_rows
    )


def tell_kind(path: Path) -> Kind:
    """The kind of a file, told from its first bytes; its name decides only between text, notes and JSON lines."""
    head = head_of(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "workbook"
    for mark, what in _UNREADABLE.items():
        if head.startswith(mark):
            raise SourceUnreadable(f"{path.name} is {what}.")
    return _tell_text_kind(path, head)


def _tell_text_kind(path: Path, head: bytes) -> Kind:
    name = path.name.lower().removesuffix(".gz")
    packed = _PACKED_NAMES.get(Path(name).suffix)
    if packed and b"\0" in head:
        raise SourceUnreadable(f"{path.name} does not begin as {packed} does: it is damaged. Export it again.")
    text = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")
    if text[:9].lower().startswith((b"<!doctype", b"<html")) and b"<log" not in text[:4096]:
        raise SourceUnreadable(
            f"{path.name} is a web page, not data. Did a login page get saved instead of the export?"
        )
    if name.endswith(_LINE_NAMES):
        return "json lines"
    if name.endswith(NAMES):
        return "notes"
    if name.endswith(_TEXT_NAMES):
        return "delimited"
    if text.startswith((b"<?xml", b"<log", b"<!--", b"<!DOCTYPE")):
        return "xes"
    if text.startswith((b"{", b"[")):
        return "json lines" if _is_json_lines(text) else "json"
    return "delimited"


def _is_json_lines(text: bytes) -> bool:
    """True when the first line is an object by itself and another line follows."""
    first, line_end, rest = text.partition(b"\n")
    if not line_end or not rest.strip():
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
