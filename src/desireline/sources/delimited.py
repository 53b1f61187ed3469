"""CSV, TSV and their kin: every sound row is taken, every bad row is found with its raw text.

The file is looked at in blocks. One that is sound throughout is cut into cells at once (`sources.cut`). In any other,
a plain line (no quotation mark) has its delimiters counted, and a line with a quotation mark goes through the csv
module. A row over several lines must be well-formed; a row on one line may be sloppy, as in `"24" monitor`. So a
quotation mark that is never closed costs one line, not the rest of the file. An empty line is no row. A row of empty
cells is refused as `blank_row`.
"""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

import polars as pl

from desireline.errors import SourceEmpty, SourceUnreadable
from desireline.sources.ahead import parse_ahead
from desireline.sources.batches import ROWS, Batch, Refusals, numbered, printable, text_frame
from desireline.sources.blocks import Blocks
from desireline.sources.cut import Cut, cut_block
from desireline.sources.encodings import Encoding, sense_encoding
from desireline.sources.headers import name_columns
from desireline.sources.lines import LONGEST, Lines, Overlong
from desireline.sources.opened import broken_gzip, unpacked

DELIMITERS = (",", ";", "\t", "|")
_UNDECODED = re.compile("[\udc80-\udcff\ufffd]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_DECLARED = re.compile(r"^\ufeff?sep=(.)\r?\n?$")


@dataclass
class Reading:
    """A delimited file being read: its lines, its shape, and the rows that were not handed out yet."""

    blocks: Blocks
    lines: Lines
    delimiter: str
    names: list[str]
    encoding: Encoding
    undecoded: re.Pattern[str]
    refusals: Refusals
    row: int = 0
    texts: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.names)

    def take(self, text: str) -> None:
        """Keep a sound row, as well-formed delimited text without its line end."""
        self.texts.append(text)
        self.numbers.append(self.row)

    def refuse(self, reason: str, detail: str, raw: str) -> None:
        """Keep a bad row with its reason."""
        self.refusals.add(self.row, reason, detail=detail, raw=raw.rstrip("\r\n"))


def read_delimited(
    path: Path,
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
    missing: Sequence[str] = (),
    batch_rows: int | None = None,
) -> Iterator[Batch]:
    """Batches of a delimited text file, gzip or not; without `batch_rows` as they come. Memory does not grow with it.

    Raises SourceEmpty for a file without rows and SourceUnreadable for a gzip file that breaks off, with the
    row.
    """
    csv.field_size_limit(LONGEST + 1)
    sensed = sense_encoding(path, encoding)
    reading: Reading | None = None
    try:
        with unpacked(path) as file:
            blocks = Blocks(file, sensed)
            lines = Lines(blocks)
            cut = delimiter or _declared(lines) or sniff_delimiter(lines)
            header = _header(path, lines, cut)
            names, notes = name_columns(header)
            undecoded = _UNDECODED if sensed.errors == "replace" else _ESCAPED
            reading = Reading(blocks, lines, cut, names, sensed, undecoded, Refusals(path.name))
            told = tuple(([sensed.note] if sensed.note else []) + notes)
            for batch in _batches(reading, missing=missing, batch_rows=batch_rows):
                yield replace(batch, notes=told)
                told = ()
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise broken_gzip(path, reading.row if reading else 0, fault) from None
    if not reading.row:
        raise SourceEmpty(f"{path.name} holds a header and no rows. Check the filter of the export.")


def tell_delimiter(path: Path, encoding: str | None = None) -> tuple[str, str]:
    """The encoding and the delimiter with which `read_delimited` reads this file when nothing else is said."""
    sensed = sense_encoding(path, encoding)
    with unpacked(path) as file:
        lines = Lines(Blocks(file, sensed))
        return sensed.name, _declared(lines) or sniff_delimiter(lines)


def sniff_delimiter(lines: Lines, *, sample: int = 60) -> str:
    """The delimiter that cuts the first lines most evenly into the most cells; a comma when none does.

    The lines are put back, so nothing is lost.
    """
    seen = list(islice(lines, sample))
    lines.put_back(seen)
    texts = [str(line) for line in seen]
    return max(DELIMITERS, key=lambda mark: (*_evenness(texts, mark), -DELIMITERS.index(mark)))


def _evenness(texts: list[str], mark: str) -> tuple[float, int]:
    """The share of rows as wide as the header (0 if the mark cuts nothing), and that width."""
    rows = [row for row in csv.reader(texts, delimiter=mark) if row]
    widths = Counter(len(row) for row in rows)
    if not rows or len(rows[0]) < 2:
        return 0.0, 0
    return round(widths[len(rows[0])] / len(rows), 1), len(rows[0])


def _declared(lines: Lines) -> str | None:
    """The delimiter that a first line `sep=;` declares, as Excel writes it; that line is then no row."""
    first = next(lines, None)
    if first is None:
        return None
    found = _DECLARED.match(first)
    if not found:
        lines.put_back([first])
    return found[1] if found else None


def _header(path: Path, lines: Lines, delimiter: str) -> list[str]:
    header = next((row for row in csv.reader(lines, delimiter=delimiter) if any(cell.strip() for cell in row)), None)
    if header is None:
        raise SourceEmpty(f"{path.name} holds no text at all. Export it again.")
    if any("\0" in name or _ESCAPED.search(name) for name in header):
        shown = printable(", ".join(header))[:200]
        raise SourceUnreadable(f"{path.name}: the header is not text: {shown}. Is this a table? Check its `encoding`.")
    return header


def _batches(reading: Reading, *, missing: Sequence[str], batch_rows: int | None) -> Iterator[Batch]:
    """Sound blocks are cut at once; the lines of any other are placed one by one."""
    parse = partial(cut_block, names=reading.names, delimiter=reading.delimiter, encoding=reading.encoding)
    while True:
        if reading.blocks.whole and reading.blocks.at_edge and reading.lines.none_back:
            for cut in parse_ahead(reading.blocks, parse):
                if reading.texts or reading.refusals.waiting:
                    yield _hand_out(reading, missing)
                yield from _in_batches(reading, cut, missing, batch_rows)
        line = next(reading.lines, None)
        if line is None:
            break
        _place(reading, line)
        if max(len(reading.texts), len(reading.refusals.waiting)) >= (batch_rows or ROWS):
            yield _hand_out(reading, missing)
    if reading.texts or reading.refusals.waiting:
        yield _hand_out(reading, missing)


def _in_batches(reading: Reading, cut: Cut, missing: Sequence[str], batch_rows: int | None) -> Iterator[Batch]:
    for part in cut.cells.iter_slices(batch_rows or cut.cells.height):
        numbers = range(reading.row + 1, reading.row + 1 + part.height)
        reading.row += part.height
        rows = numbered(part, numbers, missing=missing, bare=part.columns)
        yield Batch(rows, reading.refusals.hand_out(), bare=cut.bare)


def _place(reading: Reading, line: str) -> None:
    """The row that begins with this line is taken or refused; further lines are drawn where it has more."""
    bare = line.rstrip("\r\n")
    if not bare:
        return
    reading.row += 1
    if isinstance(line, Overlong):
        reading.refuse("line_too_long", f"The line is longer than {LONGEST >> 20} MiB; its beginning is kept.", line)
    elif '"' in line:
        _place_quoted(reading, line)
    elif _is_text(reading, bare):
        cells = bare.count(reading.delimiter) + 1
        if cells != reading.width:
            _refuse_width(reading, cells, bare)
        elif bare.replace(reading.delimiter, "").strip():
            reading.take(bare)
        else:
            _refuse_blank(reading, bare)


def _place_quoted(reading: Reading, first: str) -> None:
    cells, taken = _draw_row(reading, first)
    if cells is None:
        reading.lines.put_back(taken[1:])
        _place_sloppy(reading, first)
        return
    raw = "".join(taken)
    if len(cells) == reading.width:
        if _is_text(reading, raw):
            _take_cells(reading, cells)
    elif len(taken) > 1 and all(len(_cells(reading, line)) == reading.width for line in taken[1:]):
        reading.lines.put_back(taken[1:])
        reading.refuse("unclosed_quote", "A quotation mark is opened on this line and not closed.", first)
    else:
        _refuse_width(reading, len(cells), raw)


def _draw_row(reading: Reading, first: str) -> tuple[list[str] | None, list[str]]:
    """The cells of the well-formed row that begins here (None if it is not well-formed), and its lines."""
    taken = [first]
    size = len(first)

    def feed() -> Iterator[str]:
        nonlocal size
        yield first
        for line in reading.lines:
            taken.append(line)
            size += len(line)
            if size > LONGEST or isinstance(line, Overlong):
                return
            yield line

    try:
        return next(csv.reader(feed(), delimiter=reading.delimiter, strict=True)), taken
    except csv.Error:
        return None, taken


def _place_sloppy(reading: Reading, line: str) -> None:
    """A row on one line with loose quotation marks is read as people mean it, unless one stays open."""
    asked_for_more = False

    def feed() -> Iterator[str]:
        nonlocal asked_for_more
        yield line
        asked_for_more = True

    cells = next(csv.reader(feed(), delimiter=reading.delimiter))
    if asked_for_more:
        reading.refuse("unclosed_quote", "A quotation mark is opened on this line and not closed.", line)
    elif len(cells) != reading.width:
        _refuse_width(reading, len(cells), line)
    elif _is_text(reading, line):
        _take_cells(reading, cells)


def _take_cells(reading: Reading, cells: list[str]) -> None:
    """The row is taken, every cell quoted, so that no two CSV readers can read it differently."""
    text = reading.delimiter.join('"' + cell.replace('"', '""') + '"' for cell in cells)
    if any(cell.strip() for cell in cells):
        reading.take(text)
    else:
        _refuse_blank(reading, text)


def _cells(reading: Reading, line: str) -> list[str]:
    return next(csv.reader([line], delimiter=reading.delimiter))


def _is_text(reading: Reading, raw: str) -> bool:
    """True when the row is free of NUL and undecodable bytes; else it is refused."""
    if "\0" in raw:
        reading.refuse("nul_byte", f"NUL byte at character {raw.index(chr(0)) + 1} of the row.", raw)
        return False
    found = None if raw.isascii() else reading.undecoded.search(raw)
    if found:
        reading.refuse("bad_encoding", f"Undecodable byte at character {found.start() + 1} of the row.", raw)
    return found is None


def _refuse_blank(reading: Reading, raw: str) -> None:
    reading.refuse("blank_row", "Every cell of the row is empty.", raw)


def _refuse_width(reading: Reading, cells: int, raw: str) -> None:
    reading.refuse("wrong_cell_count", f"The row has {cells} cells, the header has {reading.width}.", raw)


def _hand_out(reading: Reading, missing: Sequence[str]) -> Batch:
    cells = _cut(reading, reading.names)
    rows = numbered(cells, reading.numbers, missing=missing)
    reading.texts.clear()
    reading.numbers.clear()
    return Batch(rows, reading.refusals.hand_out())


def _cut(reading: Reading, names: list[str]) -> pl.DataFrame:
    """The waiting rows cut into cells: by Polars, or by the csv module where there is one column only."""
    if not reading.texts or reading.width == 1:
        rows = list(csv.reader((text + "\n" for text in reading.texts), delimiter=reading.delimiter))
        return text_frame(names, rows)
    return pl.read_csv(
        ("\n".join(reading.texts) + "\n").encode(),
        has_header=False,
        separator=reading.delimiter,
        schema=dict.fromkeys(names, pl.String),
    )
