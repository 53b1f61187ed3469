"""Columns: the cells of a file's rows, those joined from other files, and how a recipe picks among them.

A column of a joined source is named `source.column`. Keys are equal when their texts are; an empty key has no
partner.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import polars as pl

from desireline.errors import RecipeMismatch, did_you_mean
from desireline.recipes.folding import fold
from desireline.recipes.numbers import Mark
from desireline.recipes.records import (
    EventTable,
    FeedbackTable,
    Fixed,
    Join,
    Pick,
    Recipe,
    RecipeTable,
    Times,
)

_GROUP = "\x00group"
_SHOWN = 60


class Lookup:
    """The rows of a joined source by their key, one per key, and which of them were referred to.

    `rows` is the whole source: text columns and `_row`. Raises RecipeMismatch when a key repeats and the
    join says nothing of how to fold the rows (`take`). `times` says how the source writes instants, for min
    and max.
    """

    def __init__(self, join: Join, rows: pl.DataFrame, *, times: Times | None = None, decimal: Mark = None) -> None:
        self.join = join
        self._mine, self._theirs = key_columns(join)
        for column in [*self._theirs, *(join.take or {})]:
            known_column(column, rows.columns, where=f"source {join.source}")
        keyed = rows.with_columns(_group_of(rows, self._theirs).alias(_GROUP))
        self._group_of_row = keyed[_GROUP]
        partners = keyed.filter(pl.col(_GROUP).is_not_null())
        if join.take is None:
            self._check_unique(partners)
            found = partners.select(_GROUP, *(name for name in rows.columns if name != "_row"))
        else:
            folds = {**dict.fromkeys(self._theirs, "first"), **join.take}
            found = fold(partners, _GROUP, folds, times=times, decimal=decimal)
        keys = partners.unique(_GROUP).select(_GROUP, **_numbered(self._theirs))
        named = found.rename({name: f"{join.name}.{name}" for name in found.columns if name != _GROUP})
        self.columns = [name for name in named.columns if name != _GROUP]
        self._table = keys.join(named, on=_GROUP, how="inner")
        self._seen = pl.Series(_GROUP, [], dtype=pl.UInt32)

    @property
    def used(self) -> pl.Series:
        """True for the rows, in the order in which they were given, that some row has referred to so far."""
        return self._group_of_row.is_in(self._seen.implode()).fill_null(False).alias("used")

    def add_to(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with this lookup's columns, and with the partners that it referred to remembered."""
        where = f"join with {self.join.name}"
        for column in self._mine:
            known_column(column, frame.columns, where=where)
        taken = sorted(set(self.columns) & set(frame.columns))
        if taken:
            raise RecipeMismatch(f"{where}: the file has a column {taken[0]!r} itself. Give the source another name.")
        keys = _numbered(self._mine)
        joined = frame.with_columns(**keys).join(self._table, on=list(keys), how="left", maintain_order="left")
        groups = joined[_GROUP].drop_nulls().unique()
        self._seen = pl.concat([self._seen, groups]).unique()
        if self.join.required:
            joined = _mark_lonely(joined, joined[_GROUP].is_null(), self.join.name)
        return joined.drop(_GROUP, *keys)

    def _check_unique(self, partners: pl.DataFrame) -> None:
        repeated = partners.filter(pl.col(_GROUP).is_duplicated())
        if repeated.is_empty():
            return
        first = repeated.row(0, named=True)
        times = len(repeated.filter(pl.col(_GROUP) == first[_GROUP]))
        key = ", ".join(f"{name} = {first[name]!r}" for name in self._theirs)
        raise RecipeMismatch(
            f"join with {self.join.source}: the key {key} occurs {times} times there, so it is unclear which "
            f"row is meant. Fold them with `take`, for example take: {{{self._other(partners)}: first}}."
        )

    def _other(self, partners: pl.DataFrame) -> str:
        others = [name for name in partners.columns if name not in (*self._theirs, _GROUP, "_row")]
        return others[0] if others else self._theirs[0]


def join_columns(batch: pl.DataFrame, joins: Sequence[Join], lookups: Mapping[str, Lookup]) -> pl.DataFrame:
    """The batch with the columns of every joined source, in the order of the joins; rows stay as they are.

    `lookups` holds this table's lookups by the name of their join. Where a required join finds no partner, the column
    `_lonely` names that source (cleaning refuses such rows).
    """
    for join in joins:
        batch = lookups[join.name].add_to(batch)
    return batch


def unused_rows(rows: pl.DataFrame, lookups: Sequence[Lookup]) -> pl.DataFrame:
    """The rows of a joined source to which nothing referred; `lookups` are all those built on these rows."""
    used = pl.repeat(False, len(rows), dtype=pl.Boolean, eager=True)
    for lookup in lookups:
        used = used | lookup.used
    return rows.filter(~used)


def pick(frame: pl.DataFrame, what: Pick) -> pl.Expr:
    """The expression for a pick: the first of its columns that is not blank, or its fixed text."""
    if isinstance(what, Fixed):
        return pl.lit(what.text, dtype=pl.String)
    cells = [pl.col(known_column(column, frame.columns)) for column in columns_of(what)]
    return pl.coalesce(pl.when(cell.str.strip_chars() != "").then(cell) for cell in cells)


def columns_of(what: Pick | None) -> list[str]:
    """The columns that a pick may read."""
    if what is None or isinstance(what, Fixed):
        return []
    return [what] if isinstance(what, str) else list(what)


def called(what: Pick | None, role: str) -> str:
    """How a message calls what was read: by its columns, with its role where that is another word.

    >>> called("placed_on", "at"), called("at", "at"), called(["mobile", "phone"], "customer")
    ('placed_on (at)', 'at', 'mobile or phone (customer)')
    """
    columns = " or ".join(columns_of(what))
    return f"{columns} ({role})" if columns and role != columns else role


def lacking(what: Pick | None) -> str:
    """How a message says that nothing was there to be read.

    >>> lacking("client"), lacking(["mobile", "phone"])
    ('client is empty', 'mobile and phone are empty')
    """
    columns = columns_of(what)
    return f"{' and '.join(columns)} {'is' if len(columns) == 1 else 'are'} empty" if columns else ""


def key_columns(join: Join) -> tuple[list[str], list[str]]:
    """The join's key columns: mine, and theirs in the other source."""
    if isinstance(join.on, dict):
        return list(join.on), list(join.on.values())
    keys = columns_of(join.on)
    return keys, keys


def known_column(column: str, columns: Collection[str], *, where: str = "") -> str:
    """The column, when it is there; else RecipeMismatch with the nearest name and all that there are."""
    if column in columns:
        return column
    there = [name for name in columns if name not in ("_row", "_lonely")]
    shown = ", ".join(there[:_SHOWN]) + (f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else "")
    hint = did_you_mean(column, there, "For a fixed text write {text: …}.")
    said = f"There is no column {column!r}. {hint} Columns: {shown}."
    raise RecipeMismatch(f"{where}: {said}" if where else said)


def check_columns(recipe: Recipe, columns: Mapping[str, Collection[str]]) -> None:
    """Every column that the recipe names is there; else RecipeMismatch that lists all that are not.

    `columns` holds the column names of each source that has files. Call it before reading any rows.
    """
    faults: list[str] = []
    for column, known, where in _history_columns(recipe, columns):
        try:
            known_column(column, known, where=where)
        except RecipeMismatch as fault:
            faults.append(str(fault))
    for name, table in recipe.tables.items():
        for column, known, where in _named_columns(table, columns):
            try:
                known_column(column, known, where=f"table {name}, {where}")
            except RecipeMismatch as fault:
                faults.append(str(fault))
    if faults:
        raise RecipeMismatch("\n".join(faults))


def _history_columns(
    recipe: Recipe, columns: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, Collection[str], str]]:
    """Each column that a history names, with those of its source."""
    for name, source in recipe.sources.items():
        if source.history is not None and name in columns:
            named = [*source.history.of, source.history.at, source.history.value]
            yield from ((column, columns[name], f"source {name}, history") for column in named)


def _named_columns(
    table: RecipeTable, columns: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, Collection[str], str]]:
    """Each column that the table names, with those known at that point, and where the recipe names it."""
    known = list(columns[table.source])
    for join in table.join:
        where = f"join with {join.name}"
        mine, theirs = key_columns(join)
        yield from ((column, list(known), where) for column in mine)
        yield from ((column, columns[join.source], where) for column in [*theirs, *(join.take or {})])
        added = (
            [name for name in columns[join.source] if name != "_row"] if join.take is None else [*theirs, *join.take]
        )
        known += [f"{join.name}.{column}" for column in added]
    yield from ((column, known, role) for role, column in roles(table))


def roles(table: RecipeTable) -> Iterator[tuple[str, str]]:
    """Each (role, column) that the table reads, in its picks, its events or answers, rules and properties."""
    specs: Sequence[object] = ()
    if isinstance(table, EventTable):
        specs = table.events
    elif isinstance(table, FeedbackTable):
        specs = table.answers
    for record in (table, *specs):
        for role, value in record:  # type: ignore[attr-defined]
            if role in _PICKS and not (role == "kind" and isinstance(table, FeedbackTable)):
                yield from ((role, column) for column in columns_of(value))
            elif role == "where" and value is not None:
                names = sorted(value.fields())
                yield from ((role, name.removeprefix("property.")) for name in names if name.startswith("property."))
    if isinstance(table, FeedbackTable):
        yield from (("mask", column) for column in table.mask.names)
    if table.properties != "all":
        kept = table.properties.values() if isinstance(table.properties, dict) else table.properties
        yield from (("properties", column) for column in kept)


def told_as_text(table: RecipeTable, columns: Collection[str]) -> set[str]:
    """The columns of a table whose text counts: all that it uses but those that are only read as amounts."""
    asked = list(roles(table))
    amounts = {column for role, column in asked if role in ("value", "cost")} - {
        column for role, column in asked if role not in ("value", "cost")
    }
    listed = {column for spec in _amounts(table) if isinstance(spec, list) for column in spec}
    used = {column for _, column in asked}
    kept = set(columns) - used if table.properties == "all" else set()
    return (used | kept) - (amounts - listed)


def _amounts(table: RecipeTable) -> list[Pick | None]:
    if isinstance(table, EventTable):
        return [spec.value for spec in table.events]
    return [getattr(table, "cost", None)]


_PICKS = {
    *(
        "customer",
        "case",
        "event",
        "at",
        "channel",
        "value",
        "due",
        "status",
        "id",
        "question",
        "answer",
        "text",
    ),
    *("weight", "campaign", "title", "kind", "starts", "ends", "cost"),
}


def _numbered(keys: Sequence[str]) -> dict[str, pl.Expr]:
    """The key columns under names that no file has, so that both sides of a join call them the same."""
    return {f"\x00key {place}": pl.col(name) for place, name in enumerate(keys)}


def _group_of(rows: pl.DataFrame, keys: list[str]) -> pl.Series:
    """A number per row, the same for equal keys; null where a part of the key is empty."""
    whole = pl.all_horizontal(pl.col(name).is_not_null() for name in keys)
    dense = pl.struct(keys).rank("dense")
    return rows.select(pl.when(whole).then(dense.cast(pl.UInt32)).alias(_GROUP))[_GROUP]


def _mark_lonely(frame: pl.DataFrame, lonely: pl.Series, source: str) -> pl.DataFrame:
    before = pl.col("_lonely") if "_lonely" in frame.columns else pl.lit(None, dtype=pl.String)
    return frame.with_columns(_lonely=pl.coalesce(before, pl.when(lonely).then(pl.lit(source))))
