"""The events of a bucket, or of one piece of it, as plain columns: grouped by customer, each one's in time order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.slices import Slice
from desireline.trace.columns import Columns

I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]
Codes = npt.NDArray[Any]

AT_ONCE = 1_000_000  # events in a slice, as a rule


@dataclass(frozen=True)
class Events:
    """Customers stand by ascending key; customer i owns events `starts[i]` up to `starts[i + 1]`."""

    starts: I64  # shape (customers + 1,)
    key: U64  # shape (customers,)
    at: I64  # shape (events,)
    codes: Mapping[str, Codes]  # by field, shape (events,); a field that is missing everywhere is left out
    value: I64 | None = None
    rank: I64 | None = None  # place within an instant

    def slice(self, touchpoint: Codes | None = None) -> Slice:
        """The events as a slice; its touchpoints are the codes of the events' names where no others are given."""
        return Slice(
            starts=self.starts,
            at=self.at,
            touchpoint=self.codes["event"] if touchpoint is None else touchpoint,
            channel=self.codes.get("channel"),
            value=self.value,
            key=self.key,
        )

    def cut(self, largest: int) -> Iterator[Events]:
        """The same customers in runs of about `largest` events; a customer with more than that is a run alone."""
        goals = np.arange(largest, len(self.at), largest, dtype=np.int64)
        edges = {0, *np.searchsorted(self.starts, goals).tolist(), len(self.key)}
        for first, end in pairwise(sorted(edges)):
            a, b = int(self.starts[first]), int(self.starts[end])
            starts = self.starts[first : end + 1] - a if a else self.starts[: end + 1]
            yield self.each_row(lambda column, a=a, b=b: column[a:b], starts, self.key[first:end])  # type: ignore[misc]

    def filled(self, fields: Mapping[str, int], *, valued: bool) -> Events:
        """With a column for each of these fields (given with how many names it has), and for values if asked."""
        codes = {name: self.codes.get(name, np.zeros(0, dtype=fits(many))) for name, many in fields.items()}
        for name, column in codes.items():
            if len(column) < len(self.at):
                codes[name] = np.zeros(len(self.at), dtype=column.dtype)
        value = np.zeros(len(self.at), dtype=np.int64) if valued and self.value is None else self.value
        return Events(self.starts, self.key, self.at, codes, value, self.rank)

    def each_row(self, change: Callable[[npt.NDArray[Any]], npt.NDArray[Any]], starts: I64, key: U64) -> Events:
        """With `change` done to every column of events, for other customers."""
        return Events(
            starts=starts,
            key=key,
            at=change(self.at),
            codes={name: change(codes) for name, codes in self.codes.items()},
            value=None if self.value is None else change(self.value),
            rank=None if self.rank is None else change(self.rank),
        )


def fits(many: int) -> np.dtype[Any]:
    """The smallest type of unsigned integers for this many codes."""
    return np.min_scalar_type(max(many - 1, 0))


def read_events(columns: Columns, fields: tuple[str, ...]) -> Events:
    """The events of one file, as views of it."""
    found = {name: columns.find(f".{name}") for name in fields}
    return Events(
        starts=columns["starts"],
        key=columns["key"],
        at=columns["at"],
        codes={name: codes for name, codes in found.items() if codes is not None},
        value=columns.find("value"),
        rank=columns.find("rank"),
    )
