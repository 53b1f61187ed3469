"""JSON lines: one object a line. Nested objects become columns `outer.inner`, lists become JSON text.

`true` and `false` stay words, whole floats lose their `.0`, other numbers keep the digits they were written
with.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from desireline.sources.batches import Batch
from desireline.sources.encodings import sense_encoding
from desireline.sources.lines import LONGEST, Lines, Overlong
from desireline.sources.opened import broken_gzip, unpacked
from desireline.sources.records import Found, Record, Unfit, record_batches

DEEPEST = 8
"""Objects nested deeper than this stay JSON text."""


def read_json_lines(
    path: Path, *, encoding: str | None = None, missing: Sequence[str] = (), batch_rows: int = 50_000
) -> Iterator[Batch]:
    """Batches of a JSON lines file, gzip or not. A line that is no object is refused as `bad_json`."""
    return record_batches(partial(_scan, path, encoding), path.name, missing=missing, batch_rows=batch_rows)


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


def _scan(path: Path, encoding: str | None) -> Iterator[Found]:
    sensed = sense_encoding(path, encoding)
    read = decoder()
    row = 0
    try:
        with (
            unpacked(path) as file,
            io.TextIOWrapper(file, encoding=sensed.name, errors=sensed.errors, newline="\n") as text,
        ):
            for line in Lines(text):
                if line.strip():
                    yield _record(line, read)
                    row += 1
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise broken_gzip(path, row, fault) from None


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
