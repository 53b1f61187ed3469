"""Event logs in XES (IEEE 1849), streamed: one row per event.

Attributes of the trace become columns `case:KEY` (so `case:concept:name` is the case), those of the event
keep their key, nested attributes become `KEY.INNER`. Defaults in `<global>` are not filled in: they say what
a key means where it is missing, not that it was there. Entities are never expanded (defusedxml).
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from desireline.errors import SourceUnreadable, SourceUnsafe
from desireline.sources.batches import Batch
from desireline.sources.opened import broken_gzip, unpacked
from desireline.sources.records import Found, Record, record_batches

DEEPEST = 200
_CHUNK = 64 * 1024
_VALUES = frozenset(("string", "date", "int", "float", "boolean", "id", "list", "container"))


def read_xes(path: Path, *, missing: Sequence[str] = (), batch_rows: int = 50_000) -> Iterator[Batch]:
    """Batches of the events of an XES log, gzip or not; memory grows with the longest trace only.

    Raises SourceUnsafe for entity tricks and SourceUnreadable for broken XML, with the row after which it
    broke.
    """
    return record_batches(partial(_scan, path), path.name, missing=missing, batch_rows=batch_rows)


def _scan(path: Path) -> Iterator[Found]:
    log = _Log(path.name)
    parser = make_parser()
    parser.setContentHandler(log)
    row = 0
    try:
        with unpacked(path) as file:
            while chunk := file.read(_CHUNK):
                parser.feed(chunk)
                yield from log.finished
                row += len(log.finished)
                log.finished.clear()
            parser.close()
    except DefusedXmlException:
        raise SourceUnsafe(
            f"{path.name} declares XML entities, which can exhaust a reader. Export it again without them."
        ) from None
    except SAXParseException as fault:
        where = f"line {fault.getLineNumber()}, after row {row}"
        raise SourceUnreadable(f"{path.name}, {where}: no sound XML: {fault.getMessage()}. Export it again.") from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise broken_gzip(path, row, fault) from None


class _Log(ContentHandler):
    """Turns the elements of a log into rows; a row is finished when its trace ends."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._file = file
        self.finished: list[Record] = []
        self._case: Record | None = None
        self._event: Record | None = None
        self._events: list[Record] = []
        self._keys: list[str] = []
        self._outside = 0
        self._depth = 0

    def startElement(self, name: str, attrs: AttributesImpl[str]) -> None:
        tag = name.rpartition(":")[2]
        self._depth += 1
        if self._depth == 1 and tag != "log":
            raise SourceUnreadable(f"{self._file} is XML, but no XES log: it begins with <{name}>, not with <log>.")
        if self._depth > DEEPEST:
            raise SourceUnsafe(f"{self._file}: elements are nested more than {DEEPEST} deep, which is no event log.")
        if tag == "trace":
            self._case = {}
        elif tag == "event" and not self._outside:
            self._event = {}
        elif tag in ("global", "extension", "classifier"):
            self._outside += 1
        elif tag in _VALUES and not self._outside:
            self._keys.append(attrs.get("key", tag))
            self._note(attrs.get("value"))

    def endElement(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        self._depth -= 1
        if tag == "trace":
            self._end_trace()
        elif tag == "event" and not self._outside:
            self._end_event()
        elif tag in ("global", "extension", "classifier"):
            self._outside -= 1
        elif tag in _VALUES and not self._outside:
            self._keys.pop()

    def _note(self, value: str | None) -> None:
        """Keep an attribute of the event, else of the trace; the log's own attributes are no rows."""
        record = self._event if self._event is not None else self._case
        if record is None or value is None:
            return
        key = ".".join(self._keys)
        record[key] = f"{record[key]}; {value}" if record.get(key) else value

    def _end_event(self) -> None:
        if self._event is not None:
            (self.finished if self._case is None else self._events).append(self._event)
        self._event = None

    def _end_trace(self) -> None:
        case = {f"case:{key}": value for key, value in (self._case or {}).items()}
        self.finished.extend({**case, **event} for event in self._events)
        self._case = None
        self._events = []
