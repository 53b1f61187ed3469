"""The kept trace: a folder of plain columns, by buckets of customers, handed out as slices.

It is derived from the lake, or from any table of events, and can be made again at any time. Opening it and taking
slices needs NumPy alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from desireline.errors import TraceDamaged
from desireline.slices import Slice
from desireline.trace.columns import Columns
from desireline.trace.events import AT_ONCE, Events, read_events
from desireline.trace.hold import Hold
from desireline.trace.manifest import Manifest, Names, Piece, read_manifest
from desireline.trace.merged import merge, of_customers
from desireline.trace.order import group
from desireline.trace.placing import PlacedTrace, Placing

U64 = npt.NDArray[np.uint64]


class Trace:
    """A trace as one build left it; a later build does not disturb it.

    >>> trace = Trace.open("shop/trace")                # doctest: +SKIP
    >>> for bucket in range(trace.buckets):             # doctest: +SKIP
    ...     for part in trace.slices(bucket):
    ...         print(part.customers, part.events)
    """

    def __init__(self, manifest: Manifest, files: list[list[Columns]], hold: Hold | None = None) -> None:
        self._manifest = manifest
        self._files = files
        self._hold = hold

    @classmethod
    def open(cls, folder: str | Path, *, inputs: str | None = None) -> Trace:
        """The trace in this folder.

        Raises `TraceDamaged` when there is none, when its files are torn or of another version of this code, and
        when it was made from other inputs than those asked for. Plain `TraceError` when too many files are open.
        """
        folder = Path(folder)
        hold = Hold(folder)
        while True:
            manifest = read_manifest(folder)
            try:
                found = [[_open(folder, manifest, i, j) for j in range(len(b))] for i, b in enumerate(manifest.buckets)]
            except TraceDamaged:
                if read_manifest(folder).generation == manifest.generation:
                    raise
                continue  # a builder switched to a new trace meanwhile
            if inputs is not None and manifest.inputs != inputs:
                raise TraceDamaged("inputs", f"The trace in {folder} was made from {manifest.inputs!r}, not {inputs!r}")
            return cls(manifest, found, hold)

    @property
    def buckets(self) -> int:
        """How many buckets there are; a customer's bucket is the top bits of `hash_text` of the id."""
        return len(self._manifest.buckets)

    @property
    def inputs(self) -> str:
        """What the builder said it was made from."""
        return self._manifest.inputs

    @property
    def basis(self) -> str:
        """What the builder said that every bucket rests on, beside its parts."""
        return str(self._manifest.facts.get("basis", ""))

    @property
    def names(self) -> dict[str, Names]:
        """The names of each field by code. Code 0 of every field but `event` is for "missing": its name is None."""
        return dict(self._manifest.names)

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns of codes: `event`, `channel`, then those that the builder was asked for."""
        return tuple(self._manifest.names)

    @property
    def events(self) -> int:
        """How many events there are."""
        return sum(piece.events for piece in self._manifest.pieces)

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return sum(piece.customers for piece in self._manifest.pieces)

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and the last instant, in µs since 1970 UTC."""
        full = [piece for piece in self._manifest.pieces if piece.events]
        return (min(piece.first for piece in full), max(piece.last for piece in full)) if full else None

    @property
    def valued(self) -> bool:
        """Whether any event has a value."""
        return any(piece.valued for piece in self._manifest.pieces)

    def parts(self, bucket: int) -> tuple[str, ...]:
        """The fingerprints of what the bucket was made from, in order: what is kept of it is named by them."""
        return tuple(name for piece in self._manifest.buckets[bucket] for name in _named(piece))

    def slices(self, bucket: int, *, largest: int = AT_ONCE) -> Iterator[Slice]:
        """The bucket's customers in slices of about `largest` events, by ascending key.

        Touchpoints are the codes of event names. A customer with more events than `largest` is one slice.
        """
        for events in self.event_slices(bucket, largest=largest):
            yield events.slice()

    def event_slices(self, bucket: int, *, largest: int = AT_ONCE) -> Iterator[Events]:
        """As `slices`, with all columns."""
        return self.bucket_events(bucket).cut(largest)

    def placed(self, placing: Placing) -> PlacedTrace:
        """This trace with the touchpoints of a map."""
        return PlacedTrace(self, placing)

    def touched(self, bucket: int, since: int) -> tuple[Slice, Slice] | None:
        """The customers that the parts from number `since` touch: their events before, and their events now.

        A customer who is new is not in the first slice. Values are left out. None when those parts have been merged
        into older ones.
        """
        found = self.touched_events(bucket, since, ("event", "channel"))
        return found and (found[0].slice(), found[1].slice())

    def ids(self, bucket: int) -> list[str]:
        """The ids of the bucket's customers, in the order of `slices`."""
        return self.ids_of(bucket, merge(self._pieces(bucket)).key) if self._files[bucket] else []

    def ids_of(self, bucket: int, key: U64) -> list[str]:
        """The ids of these customers of the bucket. Raises `KeyError` for a key that the bucket does not have."""
        found: dict[int, str] = {}
        for file in self._files[bucket]:
            place = np.flatnonzero(np.isin(file["key"], key))
            ends, letters = file["id_ends"], file["ids"]
            for row in place.tolist():
                first = int(ends[row - 1]) if row else 0
                found[int(file["key"][row])] = letters[first : int(ends[row])].tobytes().decode()
        return [found[one] for one in key.tolist()]

    def bucket_events(self, bucket: int) -> Events:
        """All columns of the bucket's events, with a column for every field that any event has."""
        pieces = self._pieces(bucket)
        return self._filled(merge(pieces) if pieces else _NOTHING)

    def pieces(self, bucket: int) -> list[Events]:
        """The bucket's events, not merged: for questions that need no order."""
        return [self._filled(piece) for piece in self._pieces(bucket)]

    def touched_events(
        self, bucket: int, since: int, fields: tuple[str, ...] | None = None
    ) -> tuple[Events, Events] | None:
        """As `touched`, with the columns of these fields; of all fields when none are named."""
        pieces, known = [replace(piece, value=None) for piece in self._pieces(bucket, fields)], 0
        for number, piece in enumerate(self._manifest.buckets[bucket]):
            if known == since and number:
                break
            known += len(_named(piece))
        else:
            return None
        keys = group(np.concatenate([piece.key for piece in pieces[number:]])).key
        before = [of_customers(piece, keys) for piece in pieces[:number]]
        now = [*before, *pieces[number:]]
        return self._without_values(merge(before), fields), self._without_values(merge(now), fields)

    def check(self) -> None:
        """Every byte is read. Raises `TraceDamaged` when one is not what was written."""
        for files in self._files:
            for file in files:
                file.check()

    def _pieces(self, bucket: int, fields: tuple[str, ...] | None = None) -> list[Events]:
        return [read_events(file, fields or self.fields) for file in self._files[bucket]]

    def _filled(self, events: Events) -> Events:
        return events.filled(self._used(self.fields), valued=self.valued)

    def _without_values(self, events: Events, fields: tuple[str, ...] | None) -> Events:
        return events.filled(self._used(fields or self.fields), valued=False)

    def _used(self, fields: tuple[str, ...]) -> dict[str, int]:
        """How many names each field has, apart from those that are missing everywhere."""
        names = {field: len(self._manifest.names[field]) for field in fields}
        return {field: many for field, many in names.items() if field == "event" or many > 1}


_NOTHING = Events(
    starts=np.zeros(1, dtype=np.int64), key=np.zeros(0, dtype=np.uint64), at=np.zeros(0, dtype=np.int64), codes={}
)


def _named(piece: Piece) -> tuple[str, ...]:
    """What the piece was made from; a piece of raw rows is named by its content."""
    return piece.inputs or (f"{piece.check:08x}{piece.size:x}",)


def _open(folder: Path, manifest: Manifest, bucket: int, number: int) -> Columns:
    piece = manifest.buckets[bucket][number]
    return Columns(folder / piece.file, size=piece.size, check=piece.check)
