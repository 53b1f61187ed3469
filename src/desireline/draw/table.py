"""A table in a terminal; plain columns where the output goes into a pipe. Texts are printed as they are."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text


def show_table(console: Console, heads: Sequence[str], rows: Sequence[Sequence[str]], *, empty: str) -> None:
    """Rows stand under their heads, as a table or in a pipe as columns. Heads ending with > are right-aligned."""
    if not rows:
        console.print(Text(empty, style="dim"))
    elif console.is_terminal:
        console.print(_table(heads, rows))
    else:
        console.out("\n".join(_plain(heads, rows)), highlight=False)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(
            head.removesuffix(">"),
            justify="right" if head.endswith(">") else "left",
            no_wrap=head.endswith(">"),
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _plain(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    table = [[head.removesuffix(">") for head in heads], *rows]
    widths = [max(cell_len(row[k]) for row in table) for k in range(len(heads))]
    return [
        "  ".join(_padded(cell, widths[k], heads[k].endswith(">")) for k, cell in enumerate(row)).rstrip()
        for row in table
    ]


def _padded(cell: str, width: int, right: bool) -> str:
    room = " " * (width - cell_len(cell))
    return room + cell if right else cell + room
