"""The peers' SQL, one file per engine and layout, one statement under each `-- name` (a task's letter, or a step)."""

from __future__ import annotations

import re
from pathlib import Path

_SECTION = re.compile(r"^-- (\w+)\b[^\n]*\n(.*?)(?=^-- \w|\Z)", re.MULTILINE | re.DOTALL)


def statements(name: str) -> dict[str, str]:
    """The statements of `<name>.sql` by section, without the semicolon."""
    text = (Path(__file__).parent / f"{name}.sql").read_text("utf-8")
    return {section: body.strip().removesuffix(";") for section, body in _SECTION.findall(text)}
