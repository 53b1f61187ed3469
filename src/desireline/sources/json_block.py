"""A block of JSON lines read at once, when that is sure to give what reading it line by line would give.

Sure means: every line is one flat object, none holds a key that is not among the columns, none holds a key twice, and
no number was taken for a text. That is known from counting: where every quotation mark is one of JSON's own, `":` ends
a key, and the marks that belong to no key stand around texts. Any doubt, and the block is read line by line.
Lines that are all written alike are read by `sources.json_even`, which is quicker.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.recipes.cells import texts_of, without_blanks
from desireline.sources.batches import ROW, Batch
from desireline.sources.json_even import read_even
from desireline.sources.typed import bare_columns

Octets = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_KEPT = (pl.String(), pl.Int64(), pl.Float64(), pl.Boolean(), pl.Null())
_NEGATIVE_ZERO = re.compile(rb'":\s*-0\s*[,}]')
_OFTEN_ESCAPED = re.compile(r'["\\/\x00-\x1f]')
_DELETE = 0x7F
_PATIENCE = 3
"""So many odd blocks more than even ones, and no further one is taken for even."""
_FIRST_LINES = 100
_E4 = 10_000
_MOST = 10**11
"""Below it, four digits behind the point are what a float surely holds."""


@dataclass(frozen=True)
class Parsed:
    """The rows of a block: texts, whole numbers, and floats that are whole ten-thousandths."""

    cells: pl.DataFrame
    bare: frozenset[str]
    block: bytes

    @property
    def floats(self) -> frozenset[str]:
        """The columns whose digits as written are not in the cells."""
        return frozenset(name for name, kind in self.cells.schema.items() if kind == pl.Float64)


@dataclass(frozen=True)
class Written(Batch):
    """A batch whose floats have their digits, as they are written, in `block`."""

    block: bytes = b""
    keys: Mapping[str, str] = field(default_factory=dict)  # of the columns of floats
    first: int = 0  # row of the block that is the batch's first

    @property
    def rows(self) -> pl.DataFrame:
        """The taken rows, every cell as text."""
        cells = self.cells
        for column, key in self.keys.items():
            digits = written_digits(self.block, key).slice(self.first, cells.height)
            there = cells.get_column(column).is_not_null()
            text = pl.select(pl.when(there).then(digits).alias(column)).to_series()
            cells = cells.with_columns(text)
        return texts_of(cells, but=ROW)


class BlockParser:
    """Parses the blocks of one file: as lines that are all written alike, or as polars reads them.

    May be called by several threads; what is learnt of earlier blocks only makes it quicker.
    """

    def __init__(self) -> None:
        self._odd = 0  # blocks that were not written alike, less those that were

    def __call__(self, block: bytes) -> Parsed | None:
        """The block's rows; None where there is doubt."""
        if self._odd < _PATIENCE:
            parsed = parse_even(block)
            self._odd += 1 if parsed is None else -1
            if parsed is not None:
                return parsed
        return parse_block(block)


def parse_even(block: bytes) -> Parsed | None:
    """The rows of a block whose lines are all written alike; None where there is doubt."""
    found = read_even(block)
    return None if found is None else _parsed(found.cells, block, visible=found.visible)


def parse_block(block: bytes) -> Parsed | None:
    """The rows of a block of flat objects; None where there is doubt. What its first lines hold is tried first."""
    if not block.endswith(b"\n") or b"\0" in block:
        return None
    parsed = _parse(block, of=_FIRST_LINES)
    return parsed if parsed is not None or block.count(b"\n") <= _FIRST_LINES else _parse(block, of=None)


def _parse(block: bytes, *, of: int | None) -> Parsed | None:
    """The rows with the columns that the first lines have, so many of them."""
    frame = _read(block, of=of)
    if frame is None or frame.height != block.count(b"\n") or any(kind not in _KEPT for kind in frame.dtypes):
        return None
    if "" in frame.columns or not _says_all(block, frame):  # a column has to have a name
        return None
    if b"\\" in block and not _spelt_plainly(block, frame):
        return None
    return _parsed(pl.DataFrame([_cell(column, block) for column in frame]), block, visible=_has_no_blanks(block))


def _parsed(cells: pl.DataFrame, block: bytes, *, visible: bool) -> Parsed | None:
    bare = _filled(cells) if visible else bare_columns(cells)
    blanked = pl.DataFrame([c if c.dtype != pl.String or c.name in bare else _blanked(c) for c in cells])
    if _has_nul(blanked, bare) or _has_empty_row(blanked):
        return None
    return Parsed(blanked, bare, block)


def written_digits(block: bytes, name: str) -> pl.Series:
    """The numbers of one column as they are written, without a `.0` at the end; the block is one that could be read."""
    lines = pl.read_csv(block, has_header=False, separator="\x01", quote_char=None, schema={"line": pl.String})["line"]
    return lines.str.extract(rf'"{re.escape(name)}"\s*:\s*(-?[0-9][0-9.eE+-]*)').str.strip_suffix(".0").alias(name)


def _read(block: bytes, *, of: int | None) -> pl.DataFrame | None:
    """The block as polars reads it; it refuses a line that is no object, and a value that does not fit its column."""
    try:
        return pl.read_ndjson(io.BytesIO(block), infer_schema_length=of)
    except (pl.exceptions.PolarsError, OSError):
        return None


def _own_marks(block: bytes) -> tuple[Octets, Flags]:
    """The letters of the block without what is escaped, and which are quotation marks; all of those are JSON's own."""
    bare = _ESCAPED.sub(b"", block) if b"\\" in block else block
    letters = np.frombuffer(bare, dtype=np.uint8)
    return letters, letters == ord('"')


def _key_ends(letters: Octets, marks: Flags) -> Flags:
    ends: Flags = marks[:-1] & (letters[1:] == ord(":"))
    return ends


def _says_all(block: bytes, frame: pl.DataFrame) -> bool:
    """True when the block holds no key and no text that the frame does not hold, and the other way round."""
    letters, own = _own_marks(block)
    marks, keys = int(np.count_nonzero(own)), int(np.count_nonzero(_key_ends(letters, own)))
    missing = sum(column.null_count() for column in frame)
    said_null = block.count(b'":null') + block.count(b'": null') if missing else 0
    texts = sum(len(column) - column.null_count() for column in frame if column.dtype == pl.String)
    return keys == frame.height * frame.width - (missing - said_null) and marks == 2 * (keys + texts)


def _spelt_plainly(block: bytes, frame: pl.DataFrame) -> bool:
    """True when the keys of floats are surely written without escapes, as `written_digits` looks for them."""
    keys = [name for name, kind in frame.schema.items() if kind == pl.Float64]
    return not keys or not (b"\\u" in block or _OFTEN_ESCAPED.search("".join(keys)))


def _cell(column: pl.Series, block: bytes) -> pl.Series:
    """Booleans are words; a float is kept where it surely is the number that is written, else it is its digits."""
    if column.dtype in (pl.Boolean, pl.Null):
        return column.cast(pl.String)
    if column.dtype == pl.Float64 and not _is_exact(column):
        return written_digits(block, column.name)
    if column.dtype == pl.Int64 and (column == 0).any() and _NEGATIVE_ZERO.search(block):
        return written_digits(block, column.name)
    return column


def _is_exact(column: pl.Series) -> bool:
    floats = column.fill_null(0.0).to_numpy()
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(((np.rint(floats * _E4) / _E4 == floats) & (np.abs(floats) < _MOST)).all())


def _blanked(column: pl.Series) -> pl.Series:
    return without_blanks(column).alias(column.name)


def _has_no_blanks(block: bytes) -> bool:
    """True when every byte but the line ends is a visible one of ASCII, and none is written in escapes."""
    letters = np.frombuffer(block, dtype=np.uint8)
    blanks = int(np.count_nonzero(letters <= ord(" ")))
    return b"\\" not in block and int(letters.max()) < _DELETE and blanks == block.count(b"\n")


def _filled(cells: pl.DataFrame) -> frozenset[str]:
    texts = [column for column in cells if column.dtype == pl.String]
    return frozenset(column.name for column in texts if not (column == "").any())


def _has_nul(cells: pl.DataFrame, bare: frozenset[str]) -> bool:
    texts = [column for column in cells if column.dtype == pl.String and column.name not in bare]
    return any(bool(column.str.contains("\0", literal=True).any()) for column in texts)


def _has_empty_row(cells: pl.DataFrame) -> bool:
    if any(not column.null_count() for column in cells):
        return False
    return bool(cells.select(pl.all_horizontal(pl.all().is_null()).any()).item())
