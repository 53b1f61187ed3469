"""The server's log: one JSON object a line, on stderr."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

FIELDS = ("request", "method", "route", "status", "ms")


def begin_log(*, requests: bool) -> None:
    """Faults are written to stderr; with `requests` also a line for each request."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    for name in ("desireline", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
    logging.getLogger("desireline").setLevel(logging.INFO if requests else logging.WARNING)


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname.lower(), "log": record.name}
        line["says"] = record.getMessage()
        line.update((name, getattr(record, name)) for name in FIELDS if hasattr(record, name))
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
