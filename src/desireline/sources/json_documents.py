"""JSON documents: a list of objects, or one object that holds such a list, anywhere inside.

The whole document is held in memory, so one that unpacks to more than 1 GB is refused; JSON lines have no
such limit.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from desireline.errors import SourceEmpty, SourceUnreadable, SourceUnsafe
from desireline.sources.batches import Batch
from desireline.sources.encodings import sense_encoding
from desireline.sources.json_lines import decoder, flatten
from desireline.sources.ocel import is_ocel, ocel_notes, ocel_records
from desireline.sources.opened import broken_gzip, unpacked
from desireline.sources.records import Found, Unfit, record_batches

MOST_BYTES = 1 << 30


def read_json_document(
    path: Path, *, encoding: str | None = None, missing: Sequence[str] = (), batch_rows: int = 50_000
) -> Iterator[Batch]:
    """Batches of the records in a JSON document, or of the events of an object-centric event log (OCEL).

    Raises SourceUnreadable when it is no JSON or holds no list of objects, and SourceUnsafe when it is too
    large.
    """
    document = _load(path, encoding)
    if is_ocel(document):
        records, notes = ocel_records(document), ocel_notes(document)
    else:
        records, notes = _find_records(path, document)
    batches = record_batches(lambda: _found(records), path.name, missing=missing, batch_rows=batch_rows)
    for number, batch in enumerate(batches):
        yield Batch(batch.rows, batch.refused, batch.notes + tuple(notes)) if number == 0 else batch


def _found(records: Sequence[Any]) -> Iterator[Found]:
    for record in records:
        if isinstance(record, dict):
            yield flatten(record)
        else:
            yield Unfit("bad_json", "The list holds something that is no object.", json.dumps(record))


def _load(path: Path, encoding: str | None) -> Any:
    name = sense_encoding(path, encoding).name
    try:
        with unpacked(path) as file:
            data = file.read(MOST_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise broken_gzip(path, 0, fault) from None
    if len(data) > MOST_BYTES:
        raise SourceUnsafe(
            f"{path.name} unpacks to more than 1 GB of JSON. Export it as JSON lines, one object a line."
        )
    try:
        return decoder()(data.decode(name))
    except UnicodeDecodeError as fault:
        raise SourceUnreadable(
            f"{path.name}: byte {fault.start + 1:,} is no {name} text. Name its `encoding`."
        ) from None
    except json.JSONDecodeError as fault:
        raise SourceUnreadable(
            f"{path.name}, line {fault.lineno}: no sound JSON: {fault.msg}. Export it again."
        ) from None
    except RecursionError:
        raise SourceUnsafe(f"{path.name}: the JSON is nested too deeply to be data.") from None


def _find_records(path: Path, document: Any) -> tuple[list[Any], list[str]]:
    """The list of objects to read: the document itself, or the longest such list that it holds."""
    if isinstance(document, list):
        return document, []
    lists = dict(_lists(document, "")) if isinstance(document, dict) else {}
    if lists:
        key = max(lists, key=lambda name: len(lists[name]))
        others = ", ".join(f"{name} ({len(rows)})" for name, rows in lists.items() if name != key)
        told = f"Read the list {key!r} of the document" + (f"; not read: {others}." if others else ".")
        return lists[key], [told]
    if isinstance(document, dict) and document:
        if all(isinstance(value, list) and not value for value in document.values()):
            raise SourceEmpty(f"{path.name} holds empty lists only. Check the filter of the export.")
        return [document], []
    raise SourceUnreadable(f"{path.name} holds JSON, but no list of objects.")


def _lists(record: dict[str, Any], prefix: str) -> Iterator[tuple[str, list[Any]]]:
    for key, value in record.items():
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            yield prefix + key, value
        elif isinstance(value, dict):
            yield from _lists(value, f"{prefix}{key}.")
