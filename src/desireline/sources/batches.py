"""What a source hands out: batches of rows, and the rows that were refused with their reasons.

`rows` holds only text columns (null where there is nothing) and `_row`, the row's number in the source, the
first data row being 1. Refused rows count too, so numbers in `rows` may have gaps and the last number is how
many were read. `cells` holds the same, but what the source has as numbers and instants is not text yet.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import polars as pl

from desireline.recipes.cells import text_of, texts_of, without_blanks

ROW = "_row"
ROWS = 50_000
"""Rows of a batch, when nothing else is asked for and they are read one by one."""
REFUSED: dict[str, pl.DataType | type[pl.DataType]] = {
    "source": pl.String,
    "row": pl.Int64,
    "reason": pl.String,
    "detail": pl.String,
    "raw": pl.String,
}
LONGEST_RAW = 64 * 1024
"""Characters of a refused row that are kept; what lies beyond is cut, and the cut is marked with …"""


@dataclass(frozen=True)
class Batch:
    """Some rows of a source: taken ones, refused ones with reasons, and what a person should know."""

    cells: pl.DataFrame
    refused: pl.DataFrame
    notes: tuple[str, ...] = ()
    bare: frozenset[str] = frozenset()
    """Columns of texts known to have no NUL, no empty text, and no blanks at the ends; there may be more."""
    approximate: frozenset[str] = frozenset()
    """Columns of numbers that are not written in `cells` as the source writes them; in `rows` they are."""

    @property
    def rows(self) -> pl.DataFrame:
        """The taken rows, every cell as text."""
        return texts_of(self.cells, but=ROW)


@dataclass
class Refusals:
    """The refused rows of one source that were not handed out yet."""

    source: str
    waiting: list[tuple[str, int, str, str, str]] = field(default_factory=list)

    def add(self, row: int, reason: str, *, detail: str, raw: str) -> None:
        """Keep one refused row; `reason` is a code of `recipes.refusal.REASONS`."""
        shown = raw if len(raw) <= LONGEST_RAW else raw[:LONGEST_RAW] + "…"
        self.waiting.append((self.source, row, reason, detail, printable(shown)))

    def hand_out(self) -> pl.DataFrame:
        """The waiting refusals as a frame; nothing waits afterwards."""
        frame = pl.DataFrame(self.waiting, schema=REFUSED, orient="row")
        self.waiting.clear()
        return frame


def printable(text: str) -> str:
    r"""The text with undecodable bytes, lone surrogates and NUL written out, as in `caf\xe9` or `a\x00b`."""
    if not text.isascii():
        text = text.encode("utf-8", "surrogateescape" if _only_escaped_bytes(text) else "backslashreplace").decode(
            "utf-8", "backslashreplace"
        )
    return text.replace("\0", "\\x00")


def numbered(
    cells: pl.DataFrame, numbers: Sequence[int] | pl.Series, *, missing: Sequence[str], bare: Collection[str] = ()
) -> pl.DataFrame:
    """The rows as they are handed out: `_row` added, empty cells and texts that mean nothing made null.

    A cell of blanks alone counts as empty. `missing` is compared with the cell without the blanks around it. Columns
    known to be `bare` (see `letters.are_bare`) are not looked at again.
    """
    row = numbers if isinstance(numbers, pl.Series) else _numbers(numbers)
    blanked = (_blanked(column, missing, is_bare=column.name in bare) for column in cells)
    return pl.DataFrame([*blanked, row.cast(pl.Int64).alias(ROW)])


def _numbers(numbers: Sequence[int]) -> pl.Series:
    if isinstance(numbers, range):
        return pl.int_range(numbers.start, numbers.stop, dtype=pl.Int64, eager=True)
    return pl.Series(ROW, numbers, dtype=pl.Int64)


def _blanked(column: pl.Series, missing: Sequence[str], *, is_bare: bool) -> pl.Series:
    if not missing:
        if column.dtype != pl.String:
            return column
        return column if is_bare else without_blanks(column).alias(column.name)
    nothing = text_of(column).str.strip_chars().is_in(["", *missing]).fill_null(False)
    return pl.select(pl.when(~nothing).then(column).alias(column.name)).to_series() if nothing.any() else column


def text_frame(columns: Sequence[str], rows: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    """A frame of text columns from rows of cells."""
    if not rows:
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    turned = zip(*rows, strict=True)
    return pl.DataFrame([pl.Series(name, cells, dtype=pl.String) for name, cells in zip(columns, turned, strict=True)])


def _only_escaped_bytes(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" and not "\udc80" <= letter <= "\udcff" for letter in text)
