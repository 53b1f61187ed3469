"""Tables wider than the terminal: columns that have no room go below or are left out. In a pipe all of them stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console

from desireline.cli.voice import out
from desireline.draw.table import show_table

GAP = 3  # between columns
EDGE = -1  # what a table takes beside its columns with their gaps

Rows = Sequence[Sequence[str]]


def room(heads: Sequence[str], rows: Rows, *, fixed: int) -> int:
    """How many columns have room beside the `fixed` first ones; at least one."""
    console = out()
    if not console.is_terminal:
        return len(heads) - fixed
    return max(len(next(_blocks(_widths(heads, rows), fixed, console.width), ())), 1)


def show_in_blocks(heads: Sequence[str], rows: Rows, *, fixed: int, empty: str) -> None:
    """All columns are shown: those that have no room below the others, each block behind the `fixed` first columns."""
    console = out()
    if not rows or not console.is_terminal:
        show_table(console, heads, rows, empty=empty)
        return
    for block in _blocks(_widths(heads, rows), fixed, console.width):
        _show(console, [*range(fixed), *block], heads, rows, empty)


def show_fitting(heads: Sequence[str], rows: Rows, *, spare: Sequence[int], empty: str) -> None:
    """The table without as many of the `spare` columns, in this order, as have no room."""
    console, widths = out(), _widths(heads, rows)
    left = list(range(len(heads)))
    for column in spare:
        if not console.is_terminal or sum(widths[k] for k in left) + EDGE <= console.width:
            break
        left.remove(column)
    _show(console, left, heads, rows, empty)


def _show(console: Console, columns: Sequence[int], heads: Sequence[str], rows: Rows, empty: str) -> None:
    show_table(console, [heads[k] for k in columns], [[row[k] for k in columns] for row in rows], empty=empty)


def _blocks(widths: Sequence[int], fixed: int, width: int) -> Iterator[list[int]]:
    """The columns behind the fixed ones, as many at a time as have room; at least one."""
    free = width - sum(widths[:fixed]) - EDGE
    block: list[int] = []
    for column in range(fixed, len(widths)):
        if block and sum(widths[k] for k in [*block, column]) > free:
            yield block
            block = []
        block.append(column)
    if block:
        yield block


def _widths(heads: Sequence[str], rows: Rows) -> list[int]:
    return [max(cell_len(row[k].removesuffix(">")) for row in [heads, *rows]) + GAP for k in range(len(heads))]
