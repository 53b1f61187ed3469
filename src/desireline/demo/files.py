"""Export files: the demo company's columns as CSV and JSON lines, with the bad rows that real exports have.

Every file tells how many rows it has and how many are bad or repeated, so that an import can be checked.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
Row = list[str]
Spoil = Callable[[Row], Row]
Spoils = Mapping[str, Sequence[Spoil]]


@dataclass(frozen=True)
class Written:
    """What was written: rows (without a header), refusals to expect by reason, and repeated rows."""

    path: Path
    rows: int
    refused: Mapping[str, int] = field(default_factory=dict)
    duplicates: int = 0

    def as_record(self) -> dict[str, object]:
        """The file as it stands in the truth file."""
        return {"rows": self.rows, "refused": dict(self.refused), "duplicates": self.duplicates}


@dataclass(frozen=True)
class Form:
    """How a system writes its CSV."""

    delimiter: str = ","
    encoding: str = "utf-8"


def write_csv(
    path: Path,
    columns: Mapping[str, Sequence[str]],
    *,
    form: Form = Form(),
    bad: Spoils | None = None,
    repeated: int = 0,
) -> Written:
    """The file with these columns; `bad` rows are spoiled copies of good ones, `repeated` ones are exact."""
    good = [list(cells) for cells in zip(*columns.values(), strict=True)]
    spoiled = [spoil(list(row)) for row, spoil in zip(_spread(good), _flat(bad), strict=False)]
    rows = _scatter(good, spoiled) + good[-repeated:] if repeated and good else _scatter(good, spoiled)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=form.delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(form.encoding))
    return Written(path, len(rows), _counts(bad) if good else {}, min(repeated, len(good)))


def write_lines(
    path: Path, lines: list[str], *, bad: Mapping[str, Sequence[str]] | None = None, repeat_each: int = 0
) -> Written:
    """JSON lines with the `bad` ones strewn in; every `repeat_each`-th good line comes twice."""
    repeated = lines[repeat_each - 1 :: repeat_each] if repeat_each else []
    spoiled = [line for texts in (bad or {}).values() for line in texts]
    every = _scatter(_scatter(lines, repeated), spoiled)
    path.write_bytes(("\n".join(every) + "\n").encode())
    return Written(path, len(every), _counts(bad), len(repeated))


def write_json(path: Path, content: object) -> None:
    """The file as readable JSON, keys in the order given."""
    path.write_bytes((json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


def replaced(place: int, text: str) -> Spoil:
    """Spoils a row by writing `text` into one cell, and marks it as a row of its own."""

    def spoil(row: Row) -> Row:
        return ["X" + row[0], *row[1:place], text, *row[place + 1 :]] if place else [text, *row[1:]]

    return spoil


def cut_short(row: Row) -> Row:
    """Spoils a row by losing its last cells."""
    return ["X" + row[0], *row[1:-2]]


def _flat(bad: Spoils | None) -> list[Spoil]:
    return [spoil for spoils in (bad or {}).values() for spoil in spoils]


def _counts(bad: Mapping[str, Sequence[object]] | None) -> dict[str, int]:
    return {reason: len(spoils) for reason, spoils in (bad or {}).items()}


def _spread(rows: Sequence[T]) -> list[T]:
    """Rows from all over the file, over and over as needed."""
    step = max(len(rows) // 12, 1)
    return [rows[place % len(rows)] for place in range(step // 2, step * 24, step)] if rows else []


def _scatter(rows: list[T], extra: Sequence[T]) -> list[T]:
    """All rows, with the extra ones put in at even distances, each some way after its place of origin."""
    step = max(len(rows) // (len(extra) + 1), 1)
    mixed: list[T] = []
    for place, item in enumerate(extra):
        mixed += rows[place * step : (place + 1) * step]
        mixed.append(item)
    return mixed + rows[len(extra) * step :]
