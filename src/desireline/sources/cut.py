"""A block of delimited text cut into cells at once, when that is sure to give what reading it row by row would give.

Sure means: every row has as many cells as the header, no row is empty, nothing is quoted in a sloppy way, and nothing
is undecodable. Any doubt, and the block is left to be read row by row, which finds the bad rows and keeps the others.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.recipes.cells import without_blanks
from desireline.sources.encodings import Encoding
from desireline.sources.typed import bare_columns

_LINE_END = ord("\n")
_QUOTE = ord('"')
_LAST_BLANK = 0x20
_DELETE = 0x7F

_NONE = (0, -1)

Octets = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Cut:
    """The cells of a block, and the columns known to be bare (see `Batch.bare`)."""

    cells: pl.DataFrame
    bare: frozenset[str]


def cut_block(block: bytes, *, names: list[str], delimiter: str, encoding: Encoding) -> Cut | None:
    """The cells of the block's rows, all of them texts, empty and blank ones null; None where there is any doubt."""
    if len(names) < 2 or not block.endswith(b"\n") or block.startswith(codecs.BOM_UTF8) or b"\0" in block:
        return None
    sound = _as_utf8(block, encoding)
    plain = None if sound is None else _with_plain_ends(sound)
    if plain is None:
        return None
    letters = np.frombuffer(plain, dtype=np.uint8)
    cells = _cut(plain, names, delimiter, quoted=b'"' in plain)
    if cells is None:
        return None
    if b'"' not in plain:
        structure = (cells.height, int(np.count_nonzero(letters == ord(delimiter))))
    else:
        structure = _structure(letters, ord(delimiter))
        if plain is not sound and structure[0] != plain.count(b"\n"):
            return None
    if structure != (cells.height, cells.height * (len(names) - 1)):
        return None
    no_blanks = b'"' not in plain and _has_no_blanks(letters, sum(structure) if delimiter <= " " else cells.height)
    bare = frozenset(names) if no_blanks else bare_columns(cells)
    cells = pl.DataFrame([column if column.name in bare else _blanked(column) for column in cells])
    return None if _has_empty_row(cells) else Cut(cells, bare)


def _cut(block: bytes, names: list[str], delimiter: str, *, quoted: bool) -> pl.DataFrame | None:
    try:
        return pl.read_csv(
            block,
            has_header=False,
            separator=delimiter,
            quote_char='"' if quoted else None,
            schema=dict.fromkeys(names, pl.String),
        )
    except pl.exceptions.PolarsError:
        return None


def _has_no_blanks(letters: Octets, allowed: int) -> bool:
    """True when every byte is a visible one of ASCII, but for so many line ends and delimiters."""
    return int(np.count_nonzero(letters <= _LAST_BLANK)) == allowed and int(letters.max()) < _DELETE


def _as_utf8(block: bytes, encoding: Encoding) -> bytes | None:
    """The same text in UTF-8; None where it cannot be decoded. UTF-8 itself is checked when it is cut."""
    if encoding.name in ("utf-8", "utf-8-sig") or block.isascii():
        return block
    try:
        return block.decode(encoding.name, "strict").encode()
    except (UnicodeDecodeError, UnicodeEncodeError):
        return None


def _with_plain_ends(block: bytes) -> bytes | None:
    """The block with line feeds alone at line ends; None where line ends are mixed, or may lie in quoted cells."""
    if b"\r" not in block:
        return block
    returns = block.count(b"\r")
    if returns != block.count(b"\r\n") or returns != block.count(b"\n"):
        return None
    return block.replace(b"\r\n", b"\n")


def _structure(letters: Octets, delimiter: int) -> tuple[int, int]:
    """How many rows and delimiters stand outside quoted cells; no rows when a quotation mark stands where none may.

    One that opens stands at the beginning of a cell or after one that closed (a doubled mark), one that closes at the
    end of a cell or before one that opens.
    """
    places = np.flatnonzero(letters == _QUOTE)
    if len(places) % 2:
        return _NONE
    opening, closing = places[0::2], places[1::2]
    before = letters[np.maximum(opening - 1, 0)]
    after = letters[closing + 1]  # a line end closes the block
    starts = (before == delimiter) | (before == _LINE_END) | (before == _QUOTE) | (opening == 0)
    ends = (after == delimiter) | (after == _LINE_END) | (after == _QUOTE)
    if not (starts.all() and ends.all()):
        return _NONE
    marks = np.flatnonzero((letters == _LINE_END) | (letters == delimiter))
    outside = np.searchsorted(places, marks) % 2 == 0
    kinds = letters[marks[outside]]
    return int(np.count_nonzero(kinds == _LINE_END)), int(np.count_nonzero(kinds == delimiter))


def _blanked(column: pl.Series) -> pl.Series:
    return without_blanks(column).alias(column.name)


def _has_empty_row(cells: pl.DataFrame) -> bool:
    """True when some row has no cell at all."""
    if any(not column.null_count() for column in cells):
        return False
    return bool(cells.select(pl.all_horizontal(pl.all().is_null()).any()).item())
