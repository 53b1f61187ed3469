"""Notes in Markdown: one row per bullet, as people write them in interviews, workshops and on the shop floor.

    ---
    author: Ana Berg
    date: 2026-03-01
    role: staff
    ---
    ## Checkout
    - The voucher field is where people stop.
      Two of five asked us.
    - "I never know whether it worked."

Fields before the first `---` line's partner become columns of every row; the headings above a bullet become `section`,
the bullet `note`. A paragraph outside bullets is a note of its own. Bullets below a bullet belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from desireline.errors import RecipeUnreadable, SourceUnreadable
from desireline.maps.written import read_yaml
from desireline.sources.batches import Batch
from desireline.sources.encodings import sense_encoding
from desireline.sources.opened import unpacked
from desireline.sources.records import Found, Record, record_batches

NAMES = (".md", ".markdown")
_FENCE = re.compile(r"^---\s*$")
_HEADING = re.compile(r"^#{1,6}\s+(?P<title>\S.*)$")
_BULLET = re.compile(r"^(?P<indent>\s*)(?:[-*+•]|\d{1,3}[.)])\s+(?P<says>\S.*)$")


def read_notes(
    path: Path, *, encoding: str | None = None, missing: Sequence[str] = (), batch_rows: int = 50_000
) -> Iterator[Batch]:
    """Batches of the notes of a Markdown file; columns are the fields on its top, `section`, `note` and `line`.

    Raises SourceEmpty when it holds no note, SourceUnreadable when the fields on its top are not `name: value` lines.
    """
    return record_batches(partial(_scan, path, encoding), path.name, missing=missing, batch_rows=batch_rows)


def _scan(path: Path, encoding: str | None) -> Iterator[Found]:
    lines = _lines(path, encoding)
    fields, first = _fields(path.name, lines)
    section, note, start, inside = None, list[str](), 0, False
    for number, line in enumerate([*lines[first:], ""], start=first + 1):
        heading, bullet = _HEADING.match(line), _BULLET.match(line)
        begins = bullet is not None and (not inside or not bullet["indent"])
        if note and (heading or begins or not line.strip()):
            yield _row(fields, section, note, start)
            note = []
        if heading:
            section, inside = heading["title"].rstrip(" #") or None, False
        elif bullet and not note:
            note, start, inside = [bullet["says"].strip()], number, True
        elif line.strip():
            start = start if note else number
            note.append((bullet["says"] if bullet else line).strip())
            inside = inside and bool(note)


def _row(fields: Record, section: str | None, note: Sequence[str], line: int) -> Record:
    return {**fields, "section": section, "note": "\n".join(note), "line": str(line)}


def _lines(path: Path, encoding: str | None) -> list[str]:
    found = sense_encoding(path, encoding)
    with unpacked(path) as file:
        return file.read().decode(found.name, "replace").removeprefix("\ufeff").splitlines()


def _fields(file: str, lines: Sequence[str]) -> tuple[Record, int]:
    """The fields on top, and the number of lines that they take."""
    if not lines or not _FENCE.match(lines[0]):
        return {}, 0
    end = next((place for place, line in enumerate(lines[1:], start=1) if _FENCE.match(line)), None)
    if end is None:
        raise SourceUnreadable(f"{file} begins with --- and has no second line of ---, which ends its fields.")
    try:
        held: Any = read_yaml("\n".join(lines[1:end]) or "{}", file, unreadable=RecipeUnreadable).data
    except RecipeUnreadable as fault:
        raise SourceUnreadable(f"{fault} The lines between --- are `name: value`.") from None
    if not isinstance(held, dict):
        raise SourceUnreadable(f"{file}: the lines between --- are no fields. Write them as `name: value`.")
    return {str(name).strip().lower(): _text(value) for name, value in held.items()}, end + 1


def _text(value: Any) -> str | None:
    """A field as text; several values are joined by "; "."""
    if value is None:
        return None
    return "; ".join(str(part) for part in value) if isinstance(value, list) else str(value)
