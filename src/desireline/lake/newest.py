"""Which import the lake holds last, without opening its tables: read from the names that the log of `imports` holds.

Opening the tables loads Delta and polars, which takes longer than many an answer. This look is quick and says
nothing when anything is unusual; then the tables themselves are asked.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

_ENTRY = re.compile(r"^\d{20}\.json$")


def newest_import(lake: Path) -> str | None:
    """The file that holds the rows of `imports` now, which no other import shares; None when it cannot be told so."""
    log = lake / "imports" / "_delta_log"
    try:
        names = sorted(entry.name for entry in log.iterdir() if _ENTRY.match(entry.name))
        lines = [json.loads(line) for line in (log / names[-1]).read_bytes().splitlines()]
        added = [line["add"]["path"] for line in lines if "add" in line]
        removed = [line for line in lines if "remove" in line]
        written = any(line.get("commitInfo", {}).get("operation") == "WRITE" for line in lines)
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None
    # The first import removes nothing; each later one replaces the file of the one before. An entry torn between its
    # lines says something else.
    whole = written and len(added) == 1 and len(removed) == int(int(names[-1][:20]) > 1)
    return str(added[0]) if whole and (lake / "imports" / str(added[0])).is_file() else None
