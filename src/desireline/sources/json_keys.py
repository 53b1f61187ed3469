"""The keys of a JSON lines file, learnt before its rows are handed out, because every batch has every column."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from desireline.side_by_side import side_by_side
from desireline.sources.blocks import Blocks
from desireline.sources.encodings import Encoding
from desireline.sources.json_block import Kinds, Parsed, repeats_keys
from desireline.sources.opened import unpacked
from desireline.sources.records import Found, Unfit


def learn_keys(
    path: Path, encoding: Encoding, pieces: Callable[[Kinds | None], Iterator[Parsed | Found]]
) -> tuple[list[str], Kinds | None]:
    """Every key of the file in the order in which they appear, and the kinds of their values where each has one.

    A file all of whose lines have the keys of the first ones in their order is not parsed for this, only looked over.
    """
    try:
        return _learn(path, encoding, pieces)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return [], None  # whoever reads the rows meets the same break, and says after which row it came


def _learn(
    path: Path, encoding: Encoding, pieces: Callable[[Kinds | None], Iterator[Parsed | Found]]
) -> tuple[list[str], Kinds | None]:
    first = next(pieces(None), None)
    if isinstance(first, Parsed) and _is_full(first) and _is_even(path, encoding, first.cells.columns):
        return first.cells.columns, first.kinds
    keys: dict[str, None] = {}
    kinds: dict[str, pl.DataType] | None = {}
    for piece in pieces(None):
        if isinstance(piece, Parsed):
            keys.update(dict.fromkeys(piece.cells.columns))
            kinds = _joined(kinds, piece.kinds)
        elif not isinstance(piece, Unfit):
            keys.update(dict.fromkeys(piece))
    return list(keys), kinds or None


def _is_full(parsed: Parsed) -> bool:
    return not any(column.null_count() for column in parsed.cells)


def _is_even(path: Path, encoding: Encoding, keys: list[str]) -> bool:
    """True when no line of the file holds any other keys."""
    with unpacked(path) as file:
        blocks = Blocks(file, encoding)
        return all(side_by_side(lambda block: repeats_keys(block, keys), iter(blocks.block, b"")))


def _joined(before: dict[str, pl.DataType] | None, kinds: Kinds) -> dict[str, pl.DataType] | None:
    """The kinds of both; whole numbers beside floats are floats, and None when they contradict each other."""
    if before is None:
        return None
    joined = dict(before)
    for name, kind in kinds.items():
        known = joined.setdefault(name, kind)
        if known != kind:
            if not (known.is_numeric() and kind.is_numeric()):
                return None
            joined[name] = pl.Float64()
    return joined
