"""What the tests of cleaning start from: rows with their data in sight, and small recipes."""

from __future__ import annotations

from textwrap import dedent

import polars as pl

from desireline.recipes.files import read_recipe
from desireline.recipes.records import Recipe


def rows(table: str) -> pl.DataFrame:
    """A batch from lines of cells with | between them; the first names the columns, an empty cell is null."""
    head, *body = [[cell.strip() for cell in line.split("|")] for line in dedent(table).strip().splitlines()]
    columns = {name: [line[place] or None for line in body] for place, name in enumerate(head)}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(head, pl.String))
    return frame.with_columns(_row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def recipe(text: str) -> Recipe:
    """The recipe written in a test."""
    return read_recipe("recipe: test\n" + dedent(text), "test.recipe.yaml")


def cells(frame: pl.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """These columns of a frame as rows."""
    return frame.select(columns).rows()


def fates(cleaned_rows: pl.DataFrame, records: pl.DataFrame, refused: pl.DataFrame) -> None:
    """Asserts that every row has exactly one fate: a record or more, or one refusal."""
    taken, left = set(records["_file_row"]), refused["row"].to_list()
    assert len(left) == len(set(left))
    assert taken.isdisjoint(left)
    assert taken | set(left) == set(cleaned_rows["_row"])
