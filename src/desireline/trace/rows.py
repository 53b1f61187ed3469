"""A frame of events as plain columns: keys, instants, codes, values. Rows keep their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.errors import TraceInputUnusable, UnknownColumn
from desireline.hashes import hash_text
from desireline.trace.book import Book

I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]
Codes = npt.NDArray[Any]

NEEDED = ("customer_id", "at", "event")
_MONEY = pl.Decimal(18, 4)
_BLOCK = 1 << 16  # ids whose letters are looked at together
_SAMPLE = 1 << 10  # ids that tell whether equal ones stand together


@dataclass(frozen=True)
class Rows:
    """Events of one frame. `left_out` rows had no customer, no instant or no event."""

    ids: pl.Series
    key: U64
    at: I64
    codes: Mapping[str, Codes]
    value: I64 | None
    rank: I64 | None
    left_out: int

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """The columns by name, as they are kept on the way."""
        own = {"key": self.key, "at": self.at, "value": self.value, "rank": self.rank}
        fields = {f".{name}": codes for name, codes in self.codes.items()}
        return {name: column for name, column in (own | fields).items() if column is not None}


def make_books(fields: Sequence[str], known: Mapping[str, Sequence[str | None]] | None = None) -> dict[str, Book]:
    """A book for `event`, for `channel` and for each of the fields; `known` names keep their codes."""
    known = known or {}
    return {name: Book(known.get(name, ()), gaps=name != "event") for name in ("event", "channel", *fields)}


def read_rows(frame: pl.DataFrame, books: Mapping[str, Book], codes: Mapping[str, Codes] | None = None) -> Rows:
    """The frame's events. A field that the frame has no column for is missing everywhere.

    `codes` are those of every field that the frame has, where they are known already and no row will be left out.
    Raises `UnknownColumn` when a column that is needed is not there.
    """
    for name in NEEDED:
        if name not in frame.columns:
            raise UnknownColumn(name, frame.columns)
    asked = frame.height
    if any(frame[name].null_count() for name in NEEDED):
        frame = frame.drop_nulls(NEEDED)
    ids = frame["customer_id"].cast(pl.String)
    return Rows(
        ids=ids,
        key=_keys(ids),
        at=_instants(frame["at"]),
        codes=codes
        or {name: book.code(text) for name, book in books.items() if (text := _text(frame, name)) is not None},
        value=_ten_thousandths(frame["value"]) if "value" in frame.columns else None,
        rank=frame["rank"].cast(pl.Int64).fill_null(0).to_numpy() if "rank" in frame.columns else None,
        left_out=asked - frame.height,
    )


def known_codes(frame: pl.DataFrame, books: Mapping[str, Book]) -> dict[str, Codes] | None:
    """The codes of every field that the frame has; None when a name has none yet, or rows will be left out."""
    if any(name not in frame.columns or frame[name].null_count() for name in NEEDED):
        return None
    codes: dict[str, Codes] = {}
    for name, book in books.items():
        texts = _text(frame, name)
        found = None if texts is None else book.known(texts)
        if found is not None:
            codes[name] = found
        elif texts is not None:
            return None
    return codes


def _text(frame: pl.DataFrame, name: str) -> pl.Series | None:
    return frame[name].cast(pl.String) if name in frame.columns else None


def _keys(ids: pl.Series) -> U64:
    """The hash of each id; where those of a customer stand together, as in a lake, of each run of equal ones."""
    some = ids.head(_SAMPLE)
    if 2 * ((some != some.shift()).sum() + 1) > len(some):
        return _hashed(ids)
    starts = np.flatnonzero((ids != ids.shift()).fill_null(True).to_numpy())
    return np.repeat(_hashed(ids.gather(starts)), np.diff(starts, append=len(ids)))


def _hashed(ids: pl.Series) -> U64:
    keys = np.empty(len(ids), dtype=np.uint64)
    for first in range(0, len(ids), _BLOCK):
        keys[first : first + _BLOCK] = hash_text(ids.slice(first, _BLOCK))
    return keys


def _instants(at: pl.Series) -> I64:
    """µs since 1970 UTC; an instant without a zone is taken as UTC, a whole number as µs."""
    if at.dtype == pl.Date:
        at = at.cast(pl.Datetime("us"))
    if isinstance(at.dtype, pl.Datetime):
        at = at if at.dtype.time_unit == "us" else at.dt.cast_time_unit("us")
        return at.to_physical().to_numpy()
    if at.dtype.is_integer():
        return at.cast(pl.Int64).to_numpy()
    raise TraceInputUnusable(f"The column 'at' holds {at.dtype}; instants, dates or whole microseconds are needed.")


def _ten_thousandths(value: pl.Series) -> I64 | None:
    """Values times 10,000 as whole numbers, 0 where there is none; None when no row has one."""
    if value.null_count() == len(value):
        return None
    if value.dtype.is_float():
        numbers = value.fill_null(0.0).to_numpy()
        if not np.isfinite(numbers).all():
            numbers = np.where(np.isfinite(numbers), numbers, 0.0)
        whole: I64 = np.rint(numbers * 10_000).astype(np.int64)
        return whole
    if value.dtype.is_integer():
        return value.cast(pl.Int64).fill_null(0).to_numpy() * 10_000
    return value.cast(_MONEY).to_physical().cast(pl.Int64).fill_null(0).to_numpy()
