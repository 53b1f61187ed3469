"""JSON lines: one object a line. Nested objects become columns `outer.inner`, lists become JSON text.

`true` and `false` stay words, whole floats lose their `.0`, other numbers keep the digits they were written
with. Nobody declares the keys: a batch has the columns of all keys that were met so far, or of all that the file has.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import polars as pl

from desireline.errors import SourceEmpty
from desireline.sources.ahead import parse_ahead
from desireline.sources.batches import ROWS, Batch, Refusals, numbered
from desireline.sources.blocks import Blocks
from desireline.sources.encodings import Encoding, sense_encoding
from desireline.sources.headers import name_columns
from desireline.sources.json_block import BlockParser, Parsed, Written
from desireline.sources.lines import LONGEST, Lines, Overlong
from desireline.sources.opened import Stamp, broken_gzip, stamp, unpacked
from desireline.sources.records import Found, Record, Unfit, batch_of

DEEPEST = 8
"""Objects nested deeper than this stay JSON text."""


def read_json_lines(
    path: Path,
    *,
    encoding: str | None = None,
    missing: Sequence[str] = (),
    batch_rows: int | None = None,
    every_column: bool = True,
) -> Iterator[Batch]:
    """Batches of a JSON lines file, gzip or not. A line that is no object is refused as `bad_json`.

    Blocks of flat objects are read at once (`sources.json_block`), the lines of any other one by one. With
    `every_column` the file is read twice: first for its keys.
    """
    sensed = sense_encoding(path, encoding)
    rows = _Rows(path.name, missing, batch_rows)
    try:
        if every_column:
            rows.learn(_keys(path, sensed, stamp(path)))
        for piece in _pieces(path, sensed):
            yield from rows.block(piece) if isinstance(piece, Parsed) else rows.record(piece)
        yield from rows.rest()
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise broken_gzip(path, rows.number, fault) from None
    if not rows.number:
        raise SourceEmpty(f"{path.name} holds no records. Check the filter of the export.")


@lru_cache(maxsize=64)
def _keys(path: Path, sensed: Encoding, _stamp: Stamp) -> tuple[str, ...]:
    """Every key of the file in the order in which they appear."""
    keys: dict[str, None] = {}
    try:
        for piece in _pieces(path, sensed):
            if isinstance(piece, Parsed):
                keys.update(dict.fromkeys(piece.cells.columns))
            elif not isinstance(piece, Unfit):
                keys.update(dict.fromkeys(piece))
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return ()  # whoever reads the rows meets the same break, and says after which row it came
    return tuple(keys)


@dataclass
class _Rows:
    """The rows of a file on their way into batches that all have every column."""

    name: str
    missing: Sequence[str]
    batch_rows: int | None
    keys: dict[str, str] = field(default_factory=dict)  # and the columns they became
    number: int = 0
    waiting: list[Found] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    def learn(self, keys: Iterable[str]) -> None:
        """These keys are columns, after those that were known."""
        new = [key for key in dict.fromkeys(keys) if key not in self.keys]
        if new:
            columns, notes = name_columns([*self.keys.values(), *new])
            self.keys.update(zip(new, columns[len(self.keys) :], strict=True))
            self.notes += tuple(notes)

    def block(self, parsed: Parsed) -> Iterator[Batch]:
        """The rows of a block as batches, after those that wait."""
        yield from self.rest()
        self.learn(parsed.cells.columns)
        height = parsed.cells.height
        empty = pl.repeat(None, height, dtype=pl.String, eager=True)
        held = dict(zip(parsed.cells.columns, parsed.cells, strict=True))
        cells = pl.DataFrame([held.get(key, empty).alias(column) for key, column in self.keys.items()])
        bare = frozenset(self.keys[key] for key in parsed.bare)
        digits = {self.keys[key]: key for key in parsed.floats}
        step = self.batch_rows or max(height, 1)
        for first in range(0, height, step):
            part = cells.slice(first, step)
            rows = numbered(part, self._numbers(part.height), missing=self.missing, bare=bare)
            notes, self.notes = self.notes, ()
            nothing = Refusals(self.name).hand_out()
            yield Written(rows, nothing, notes, bare, frozenset(digits), parsed.block, digits, first)

    def record(self, found: Found) -> Iterator[Batch]:
        """A single row; it waits until there is a batch."""
        if not isinstance(found, Unfit):
            self.learn(found)
        self.waiting.append(found)
        if len(self.waiting) >= (self.batch_rows or ROWS):
            yield from self.rest()

    def rest(self) -> Iterator[Batch]:
        """The rows that wait, as a batch."""
        if self.waiting:
            first = self._numbers(len(self.waiting)).start
            notes, self.notes = self.notes, ()
            yield batch_of(
                self.waiting,
                first,
                keys=list(self.keys),
                columns=list(self.keys.values()),
                refusals=Refusals(self.name),
                missing=self.missing,
                notes=notes,
            )
            self.waiting = []

    def _numbers(self, count: int) -> range:
        self.number += count
        return range(self.number - count + 1, self.number + 1)


def _pieces(path: Path, sensed: Encoding) -> Iterator[Parsed | Found]:
    """The rows of the file: those of sound blocks together, others one by one."""
    read, parse = decoder(), BlockParser()
    with unpacked(path) as file:
        blocks = Blocks(file, sensed, line_ends="\n")
        lines = Lines(blocks)
        in_blocks = sensed.name in ("utf-8", "utf-8-sig")
        while True:
            if in_blocks and blocks.at_edge:
                yield from parse_ahead(blocks, parse)
            line = next(lines, None)
            if line is None:
                return
            if line.strip():
                yield _record(line, read)


def decoder() -> Callable[[str], Any]:
    """A JSON reader that keeps numbers as the text they were written with."""
    return partial(json.loads, parse_int=str, parse_float=_float_text, parse_constant=lambda _: None)


def flatten(record: dict[str, Any]) -> Found:
    """The record with nested objects unfolded and every value as text; unfit when a text is broken."""
    flat: Record = {}
    _unfold(record, "", flat, DEEPEST)
    for key, text in flat.items():
        if unfit := _broken(key) or _broken(text or ""):
            return Unfit(*unfit, json.dumps(record))
    return flat


def _record(line: str, read: Callable[[str], Any]) -> Found:
    if isinstance(line, Overlong):
        return Unfit("line_too_long", f"The line is longer than {LONGEST >> 20} MiB; its beginning is kept.", line)
    raw = line.rstrip("\r\n")
    if "\0" in raw:
        return Unfit("nul_byte", f"NUL byte at character {raw.index(chr(0)) + 1} of the line.", raw)
    try:
        value = read(raw)
    except (ValueError, RecursionError) as fault:
        return Unfit("bad_json", f"Not JSON: {fault}.", raw)
    if not isinstance(value, dict):
        return Unfit("bad_json", "The line holds JSON, but no object.", raw)
    found = flatten(value)
    return Unfit(found.reason, found.detail, raw) if isinstance(found, Unfit) else found


def _float_text(text: str) -> str:
    return text.removesuffix(".0")


def _unfold(record: dict[str, Any], prefix: str, flat: Record, depth: int) -> None:
    for key, value in record.items():
        if isinstance(value, dict) and value and depth:
            _unfold(value, f"{prefix}{key}.", flat, depth - 1)
        else:
            flat[prefix + key] = _text(value)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if value else None


def _broken(text: str) -> tuple[str, str] | None:
    if "\0" in text:
        return "nul_byte", "A text holds a NUL character."
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        return "bad_encoding", "A text holds bytes or half a character that cannot be decoded."
    return None
