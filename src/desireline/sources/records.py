"""Records whose columns nobody declares (JSON, XES, OCEL), in batches that all have every column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from desireline.errors import SourceEmpty
from desireline.sources.batches import Batch, Refusals, numbered, text_frame
from desireline.sources.headers import name_columns

Record = dict[str, str | None]


@dataclass(frozen=True)
class Unfit:
    """A row that cannot become a record, with the reason why."""

    reason: str
    detail: str
    raw: str


Found = Record | Unfit


def record_batches(
    scan: Callable[[], Iterator[Found]], name: str, *, missing: Sequence[str] = (), batch_rows: int = 50_000
) -> Iterator[Batch]:
    """Batches of the records that `scan` finds, each with all the columns that any record has.

    `scan` is called twice when there is more than one batch: first to learn the columns, so that memory does
    not grow with the source. Raises SourceEmpty when nothing is found.
    """
    found = scan()
    first = list(islice(found, batch_rows))
    beyond = list(islice(found, 1))
    if not first:
        raise SourceEmpty(f"{name} holds no records. Check the filter of the export.")
    keys = list(_keys(scan() if beyond else first))
    columns, notes = name_columns(keys)
    refusals, number, told = Refusals(name), 1, tuple(notes)
    rest = chain(first, beyond, found)
    del first
    while part := list(islice(rest, batch_rows)):
        yield batch_of(part, number, keys=keys, columns=columns, refusals=refusals, missing=missing, notes=told)
        number += len(part)
        told = ()


def _keys(found: Iterable[Found]) -> dict[str, None]:
    keys: dict[str, None] = {}
    for item in found:
        if not isinstance(item, Unfit):
            keys.update(dict.fromkeys(item))
    return keys


def batch_of(
    part: Sequence[Found],
    first: int,
    *,
    keys: list[str],
    columns: list[str],
    refusals: Refusals,
    missing: Sequence[str],
    notes: tuple[str, ...],
) -> Batch:
    """A batch of the records `part`, the first of which has the number `first`; `keys` are called `columns` in it."""
    rows: list[list[str | None]] = []
    numbers: list[int] = []
    for number, item in enumerate(part, start=first):
        if isinstance(item, Unfit):
            refusals.add(number, item.reason, detail=item.detail, raw=item.raw)
        elif not any(item.values()):
            refusals.add(number, "blank_row", detail="The record has no content.", raw="")
        else:
            rows.append([item.get(key) for key in keys])
            numbers.append(number)
    return Batch(numbered(text_frame(columns, rows), numbers, missing=missing), refusals.hand_out(), notes)
