"""Properties: a record's other columns as JSON text, one flat object with sorted keys and text values."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from desireline.recipes.cells import repeated, text_of


def properties_json(frame: pl.DataFrame, columns: Mapping[str, str], *, sort: bool = True) -> pl.Series:
    """One JSON object per row, {kept name: text of its column}; empty cells are left out.

    No columns give `{}`. The same content always gives the same text, because keys are sorted (unless
    `sort` is false: then they come in the order of `columns`).

    >>> rows = pl.DataFrame({"plan": ["pro", None], "city": ["Köln", 'a "b"']})
    >>> properties_json(rows, {"plan": "plan", "city": "city"}).to_list()
    ['{"city":"Köln","plan":"pro"}', '{"city":"a \\\\"b\\\\""}']
    """
    names = sorted(columns) if sort else list(columns)
    if not names:
        return repeated("{}", len(frame), pl.String).alias("properties")
    # Places instead of names: polars takes a column called ^…$ for a pattern.
    cells = pl.DataFrame(
        [text_of(frame.get_column(columns[name])).alias(f"{place}") for place, name in enumerate(names)]
    )
    parts = [_member(name, f"{place}") for place, name in enumerate(names)]
    members = pl.concat_str(parts, separator=",", ignore_nulls=True)
    whole = pl.concat_str([pl.lit("{"), members, pl.lit("}")])
    return cells.select(whole.alias("properties"))["properties"]


def _member(name: str, column: str) -> pl.Expr:
    """`"name":"text"`, or null for an empty cell; polars escapes, and the outer braces are cut off."""
    cell = pl.col(column)
    encoded = pl.struct(cell.alias(name)).struct.json_encode()
    return pl.when(cell.is_not_null()).then(encoded.str.slice(1).str.strip_suffix("}"))
