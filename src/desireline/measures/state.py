"""The mergeable state of many measures: their cells, and what some of them keep beside the sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.measures.codes import Codes, Flags, Numbers, Whole
from desireline.measures.distinct import HASHES, smallest
from desireline.measures.ladder import LIMIT, RUNGS, Rungs, merge_rungs
from desireline.measures.sums import COLUMNS, SUMS, Sums, whole

CELL = ("at", "group", "period", "unit")
KEYS = ("tally", *CELL)

CELLS: Mapping[str, pl.DataType] = {
    **dict.fromkeys(KEYS, pl.String()),
    **COLUMNS,
    "coarse": pl.Boolean(),
}


@dataclass(frozen=True)
class State:
    """The cells of some customers. A cell's number, by which rungs and hashes name it, is its row."""

    cells: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(CELLS)))
    rungs: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RUNGS))
    hashes: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=HASHES))

    @property
    def size(self) -> int:
        """How many rows there are in all."""
        return self.cells.height + self.rungs.height + self.hashes.height


def merge_states(states: Sequence[State], *, limit: int = LIMIT) -> State:
    """All states as one, the same in any order but for the order of rows."""
    given = pl.concat([state.cells for state in states])
    if given.is_empty():
        return State()
    cells = (
        given.with_row_index("_row")
        .group_by(KEYS, maintain_order=True)
        .agg(pl.col(SUMS).sum(), pl.col("coarse").any(), pl.col("_row"))
    )
    number = np.empty(given.height, dtype=np.uint32)
    members = cells["_row"]
    number[members.explode().to_numpy()] = np.repeat(np.arange(len(members), dtype=np.uint32), members.list.len())
    offsets = np.cumsum([0, *(state.cells.height for state in states[:-1])]).tolist()
    steps = _numbered([state.rungs for state in states], number, offsets)
    ladders = merge_rungs(steps, cells["coarse"].to_numpy(), limit=limit)
    return State(
        cells.drop("_row").with_columns(pl.Series("coarse", ladders.coarse)),
        ladders.steps,
        smallest(_numbered([state.hashes for state in states], number, offsets)),
    )


def _numbered(frames: Sequence[pl.DataFrame], number: Numbers, offsets: Sequence[int]) -> pl.DataFrame:
    """The frames as one, with the new numbers of their cells."""
    found = [
        frame.with_columns(pl.Series("cell", number[frame["cell"].to_numpy() + offset], dtype=pl.UInt32))
        for frame, offset in zip(frames, offsets, strict=True)
    ]
    return pl.concat(found)


Words = Mapping[str, tuple[Sequence[str], Whole]]
"""Columns of names: the names that there are, and which of them stands in each row."""


class Piece(NamedTuple):
    """The cells of one tally in one split."""

    tally: str
    place: Codes
    words: Words  # group, period, unit
    sums: Sums
    rungs: Rungs | None = None
    hashes: pl.DataFrame | None = None


def state_of(pieces: Sequence[Piece], places: Sequence[str]) -> State:
    """The pieces as one state. Cells with nobody in them are left out."""
    if not pieces:
        return State()
    there = np.concatenate([piece.sums.n > 0 for piece in pieces])
    counts = [len(piece.place) for piece in pieces]
    place = np.concatenate([piece.place for piece in pieces])
    columns: dict[str, pl.Series] = {
        "tally": pl.Series([piece.tally for piece in pieces], dtype=pl.String).gather(_which(counts)),
        "at": pl.Series(places, dtype=pl.String).gather(place),
        **{name: _named([piece.words[name] for piece in pieces]) for name in CELL[1:]},
    }
    for name in SUMS:
        parts: list[Numbers] = [getattr(piece.sums, name) for piece in pieces]
        columns[name] = whole(np.concatenate(parts)).cast(CELLS[name])
    columns["coarse"] = pl.Series(np.concatenate([_coarse(piece) for piece in pieces]))
    number, offsets = np.cumsum(there) - 1, np.cumsum([0, *counts])
    steps = [(piece.rungs.steps, offset) for piece, offset in zip(pieces, offsets, strict=False) if piece.rungs]
    hashes = [
        (piece.hashes, offset) for piece, offset in zip(pieces, offsets, strict=False) if piece.hashes is not None
    ]
    return State(
        pl.DataFrame(columns).filter(pl.Series(there)),
        _numbered([State().rungs, *(frame for frame, _ in steps)], number, [0, *(offset for _, offset in steps)]),
        _numbered([State().hashes, *(frame for frame, _ in hashes)], number, [0, *(offset for _, offset in hashes)]),
    )


def _named(columns: Sequence[tuple[Sequence[str], Whole]]) -> pl.Series:
    """The columns as one; lists of names that several share are put down once."""
    names: list[str] = []
    begins: dict[int, int] = {}
    for held, _ in columns:
        if id(held) not in begins:
            begins[id(held)] = len(names)
            names.extend(held)
    return pl.Series(names, dtype=pl.String).gather(
        np.concatenate([codes + begins[id(held)] for held, codes in columns])
    )


def _coarse(piece: Piece) -> Flags:
    return np.zeros(len(piece.place), dtype=np.bool_) if piece.rungs is None else piece.rungs.coarse


def _which(counts: Sequence[int]) -> Whole:
    return np.repeat(np.arange(len(counts)), counts)
