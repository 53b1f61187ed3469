"""Column names: every column has one, and no two columns share it."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.sources.batches import ROW


def name_columns(header: Sequence[str | None]) -> tuple[list[str], list[str]]:
    """Names for the columns of a header, and notes about those that had to be changed.

    A column without a name becomes `column_3` after its place; the second `name` becomes `name_2`.

    >>> name_columns(["id", "name", "name", ""])[0]
    ['id', 'name', 'name_2', 'column_4']
    """
    names: list[str] = []
    notes: list[str] = []
    wanted = {(text or "").strip() for text in header}
    for place, text in enumerate(header, start=1):
        plain = (text or "").strip()
        name = _free_name(plain or f"column_{place}", taken=set(names), reserved=wanted)
        names.append(name)
        if name != plain:
            notes.append(_say_renamed(plain, name, place))
    return names, notes


def _free_name(plain: str, *, taken: set[str], reserved: set[str]) -> str:
    if plain not in taken and plain != ROW:
        return plain
    number = 2
    while f"{plain}_{number}" in taken | reserved:
        number += 1
    return f"{plain}_{number}"


def _say_renamed(plain: str, name: str, place: int) -> str:
    if not plain:
        return f"Column {place} has no name in the header; it is called {name!r} here."
    if plain == ROW:
        return f"Column {place} is called {ROW!r}, which is kept for row numbers; it is called {name!r} here."
    return f"The header names {plain!r} more than once; the one in column {place} is called {name!r} here."
