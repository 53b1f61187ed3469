"""Workbooks: one sheet of an XLSX (or XLS, XLSB, ODS) file, after a look that it is no bomb.

Limits (OWASP ASVS 5.0, V5.2.3): at most 1,000 entries, 500 MB unpacked, 100 times its packed size, and a
sheet of at most 25 million cells counted from its far corner, because a reader sets aside room for all of
them. Empty rows at the end of a sheet are no rows: workbooks are full of them.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook

from desireline.errors import SourceEmpty, SourceUnreadable, SourceUnsafe, did_you_mean
from desireline.sources.batches import Batch, Refusals, text_frame
from desireline.sources.headers import name_columns
from desireline.sources.typed import json_text, take_sound_rows

MOST_ENTRIES = 1000
MOST_BYTES = 500 * 1024 * 1024
MOST_RATIO = 100
MOST_CELLS = 25_000_000
_SMALL = 1024 * 1024
_PARTS = frozenset({"[Content_Types].xml", "content.xml"})
_ROW = re.compile(rb'<row\b[^>]*?\sr="(\d+)"')
_CELL = re.compile(rb'\sr="([A-Z]{2,3})\d')

Row = list[str | None]


def read_workbook(
    path: Path, *, sheet: str | None = None, missing: Sequence[str] = (), batch_rows: int = 50_000
) -> Iterator[Batch]:
    """Batches of one sheet (the first one when none is named); its first row with content is the header.

    Raises SourceUnsafe for a zip bomb, SourceUnreadable for a damaged file, another archive, or a sheet that is not
    there.
    """
    if zipfile.is_zipfile(path):
        check_zip(path)
        _check_parts(path)
    name, rows = _open_sheet(path, sheet)
    header = next((row for row in rows if any(row)), None)
    if header is None:
        raise SourceEmpty(f"{path.name}: the sheet {name!r} is empty.")
    names, notes = name_columns(_without_tail(header))
    refusals = Refusals(path.name)
    first = 1
    full = _without_blank_tail(rows)
    while part := list(islice(full, batch_rows)):
        fitting = _fitting(part, first, width=len(names), refusals=refusals)
        texts = text_frame(names, list(fitting.values()))
        sound = take_sound_rows(texts, list(fitting), refusals=refusals, missing=missing)
        yield Batch(sound, refusals.hand_out(), tuple(notes) if first == 1 else ())
        first += len(part)
    if first == 1:
        raise SourceEmpty(f"{path.name}: the sheet {name!r} holds a header and no rows.")


def check_zip(path: Path) -> None:
    """The zip file unpacks to a bearable size, measured by unpacking it; else SourceUnsafe is raised."""
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
            if len(entries) > MOST_ENTRIES:
                raise SourceUnsafe(
                    f"{path.name} holds {len(entries):,} files; a workbook has at most {MOST_ENTRIES:,}."
                )
            total = sum(entry.file_size for entry in entries)
            if total > MOST_BYTES:
                raise SourceUnsafe(_too_big(path, total))
            if total > _SMALL and total > MOST_RATIO * path.stat().st_size:
                raise SourceUnsafe(
                    f"{path.name} unpacks to {total / path.stat().st_size:,.0f} times its size; "
                    f"more than {MOST_RATIO} times is taken for a zip bomb. Export it as CSV."
                )
            for entry in entries:
                _check_entry(path, packed, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise SourceUnreadable(f"{path.name}: the workbook is damaged or locked: {fault}") from None


def _check_parts(path: Path) -> None:
    """A zip file without the parts of a workbook is an archive of something else."""
    with zipfile.ZipFile(path) as packed:
        if _PARTS.isdisjoint(packed.namelist()):
            raise SourceUnreadable(
                f"{path.name} is a zip archive, not a workbook. Unpack it, and take the files that are in it."
            )


def _too_big(path: Path, size: int) -> str:
    return f"{path.name} unpacks to {size / 2**20:,.0f} MB; the limit is {MOST_BYTES >> 20}. Export it as CSV."


def _check_entry(path: Path, packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with packed.open(entry) as file:
        if not entry.filename.startswith("xl/worksheets/"):
            while file.read(_SMALL):
                pass
            return
        cells = _count_cells(file)
    if cells > MOST_CELLS:
        raise SourceUnsafe(
            f"{path.name}: a sheet reaches so far that it would hold {cells:,} cells; "
            f"the limit is {MOST_CELLS:,}. Delete the stray cell far outside the table, or export it as CSV."
        )


def _count_cells(file: IO[bytes]) -> int:
    """Rows times columns, up to the far corner of a sheet."""
    last_row, columns, tail = 1, {b"Z"}, b""
    while chunk := file.read(_SMALL):
        text = tail + chunk
        last_row = max([last_row, *(int(found) for found in _ROW.findall(text))])
        columns.update(_CELL.findall(text))
        tail = chunk[-200:]
    return last_row * max(_column_number(letters) for letters in columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _open_sheet(path: Path, sheet: str | None) -> tuple[str, Iterator[Row]]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        if sheet is not None and sheet not in book.sheet_names:
            hint = did_you_mean(sheet, book.sheet_names, f"There are: {', '.join(book.sheet_names)}.")
            raise SourceUnreadable(f"{path.name} has no sheet {sheet!r}. {hint}")
        if not book.sheet_names:
            raise SourceEmpty(f"{path.name} has no sheets.")
        name = sheet if sheet is not None else book.sheet_names[0]
        page = book.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError) as fault:
        raise SourceUnreadable(
            f"{path.name}: the workbook cannot be read: {fault}. Save it again, or export it as CSV."
        ) from None
    return name, ([_cell(value) for value in row] for row in page.iter_rows())


def _cell(value: Any) -> str | None:
    """A cell as text, in ISO form."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2.0**53 else repr(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"PT{value.total_seconds():g}S"
    return None if value is None else str(value)


def _without_tail(header: Row) -> Row:
    """The header without the nameless columns at its right end."""
    last = max(place for place, text in enumerate(header) if text)
    return header[: last + 1]


def _without_blank_tail(rows: Iterator[Row]) -> Iterator[Row]:
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if any(row):
            yield from waiting
            waiting.clear()


def _fitting(part: list[Row], first: int, *, width: int, refusals: Refusals) -> dict[int, Row]:
    """The rows by their numbers, as wide as the header; a row with content beyond it is refused."""
    fitting: dict[int, Row] = {}
    for number, row in enumerate(part, start=first):
        if any(row[width:]):
            detail = f"The row has content beyond column {width}, where the header ends."
            refusals.add(number, "wrong_cell_count", detail=detail, raw=json_text(row))
        else:
            fitting[number] = (row + [None] * width)[:width]
    return fitting
