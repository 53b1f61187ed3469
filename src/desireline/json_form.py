"""The JSON form of what Desireline answers: the command line and the server write the same."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any


def json_text(value: Any, *, indent: int | None = None) -> str:
    """One JSON document: instants as ISO text, money as numbers. Raises ValueError for not-a-number."""
    return json.dumps(value, default=_plain, ensure_ascii=False, allow_nan=False, indent=indent)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, set | tuple | frozenset):
        return sorted(value) if isinstance(value, set | frozenset) else list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
