"""One batch of a table's rows, read role by role; what cannot be read becomes the row's fault.

Names (customer, case, event, channel, ids …) are taken without blanks at their ends; properties and answers
stay as they are. Each column is read in the form of the source that it comes from: the table's `times`,
else that source's, else the recipe's; `decimal` is the source's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

import polars as pl

from desireline.maps.rules import Rule
from desireline.recipes.cells import is_typed, repeated, text_of, trimmed, without_blanks
from desireline.recipes.cleaned import REFUSED, Faults, refuse
from desireline.recipes.columns import called, columns_of, known_column, lacking, pick, roles
from desireline.recipes.numbers import Mark, read_money, read_numbers
from desireline.recipes.properties import properties_json
from desireline.recipes.records import Pick, Recipe, RecipeTable, Source, Times
from desireline.recipes.times import read_dates, read_times
from desireline.tables import INSTANT, MONEY

Read = tuple[pl.Series, pl.Series]
_OURS = ("_row", "_lonely")


class Rows:
    """The rows of one batch with the columns joined to them, and the faults found so far.

    Columns known to be `bare` have no blanks at the ends of their texts, and no empty texts.
    """

    def __init__(self, frame: pl.DataFrame, table: RecipeTable, recipe: Recipe, *, bare: Collection[str] = ()) -> None:
        self.frame = frame
        self._bare = bare
        self.table = table
        self.recipe = recipe
        self.faults = Faults(len(frame))
        if "_lonely" in frame.columns:
            lonely = frame["_lonely"]
            reasons = lonely.to_frame("of").select(pl.when(lonely.is_not_null()).then(pl.lit("no_partner")))
            self.faults.note(reasons.to_series(), role="join with", texts=lonely)

    def verbatim(self, what: Pick | None) -> pl.Series:
        """The cells of a pick as they are; null where they are blank."""
        if what is None:
            return nothing(len(self.frame), pl.String())
        if isinstance(what, str):
            cells = text_of(self._cells(what))
            return (cells if what in self._bare else without_blanks(cells)).alias("text")
        texts = pl.DataFrame([text_of(self._cells(column)) for column in columns_of(what)])
        found = texts.select(pick(texts, what).alias("text"))["text"]
        return found if len(found) == len(self.frame) else found.new_from_index(0, len(self.frame))

    def text(self, what: Pick | None) -> pl.Series:
        """The cells of a pick without blanks at their ends."""
        if isinstance(what, str):
            cells = text_of(self._cells(what))
            return (cells if what in self._bare else trimmed(cells)).alias("text")
        return self.verbatim(what) if what is None else self.verbatim(what).str.strip_chars()

    def instant(self, what: Pick | None, *, role: str, among: pl.Series) -> pl.Series:
        """The instants of a pick; an unreadable one `among` the rows that need it is their fault."""
        if what is None:
            return nothing(len(self.frame), INSTANT)
        times = self._times(what)
        return self._read(what, lambda cells: read_times(cells, times), role=role, among=among)

    def date(self, what: Pick | None, *, role: str) -> pl.Series:
        """The calendar dates of a pick; an unreadable one is the row's fault."""
        times = self._times(what)
        return self._read(what, lambda cells: read_dates(text_of(cells), times), role=role, among=self.every)

    def money(self, what: Pick | None, *, role: str, among: pl.Series) -> pl.Series:
        """The amounts of a pick; an unreadable one `among` the rows that need it is their fault."""
        if what is None:
            return nothing(len(self.frame), MONEY)
        decimal = self.decimal(what)
        return self._read(what, lambda cells: read_money(cells, decimal=decimal), role=role, among=among)

    def number(self, what: Pick | None, *, role: str) -> pl.Series:
        """The numbers of a pick; an unreadable one is the row's fault."""
        decimal = self.decimal(what)
        numbers = partial(read_numbers, decimal=decimal)
        return self._read(what, lambda cells: numbers(text_of(cells)), role=role, among=self.every)

    @property
    def every(self) -> pl.Series:
        """True for each row."""
        return repeated(True, len(self.frame), pl.Boolean)

    def need(self, what: Pick | None, reason: str) -> pl.Series:
        """The cells of a pick without blanks at their ends; a row without one has this fault."""
        cells = self.text(what)
        if cells.null_count():
            self.faults.note_where(cells.is_null(), reason, role=lacking(what))
        return cells

    def holds(self, rule: Rule | None, **fields: pl.Series) -> pl.Series:
        """True where the rule holds; it sees `fields`, and every column as `property.COLUMN`."""
        if rule is None:
            return self.every
        seen = [cells.alias(name) for name, cells in fields.items()]
        for field in sorted(rule.fields() - fields.keys()):
            column = known_column(field.removeprefix("property."), self.frame.columns, where="where")
            seen.append(text_of(self.frame[column]).alias(field))
        return pl.DataFrame(seen).select(rule.expr().alias("holds"))["holds"]

    def properties(self) -> pl.Series:
        """The properties of each row as JSON text."""
        return properties_json(self.frame, self.kept_columns())

    def kept_columns(self) -> dict[str, str]:
        """{name of the property: its column}. `all` means every column that has no role of its own."""
        asked = self.table.properties
        if asked == "all":
            busy = {column for role, column in roles(self.table) if role != "where"}
            return {name: name for name in self.frame.columns if name not in busy and name not in _OURS}
        kept = asked if isinstance(asked, dict) else {name: name for name in asked}
        return {name: known_column(column, self.frame.columns, where="properties") for name, column in kept.items()}

    def refused(self, file: str) -> pl.DataFrame:
        """REFUSED rows for the rows with a fault, with the file's own cells as raw text."""
        if self.faults.fine.all():
            return REFUSED.empty()
        joined = tuple(f"{join.name}." for join in self.table.join)
        own = [name for name in self.frame.columns if name != "_lonely" and not name.startswith(joined or "\x00")]
        return refuse(self.frame.select(own), self.faults.reason, self.faults.detail, file=file)

    def decimal(self, what: Pick | None) -> Mark:
        """The decimal mark of the source that a pick reads from."""
        return self._source(what).decimal

    def _read(self, what: Pick | None, read: Callable[[pl.Series], Read], *, role: str, among: pl.Series) -> pl.Series:
        cells = self._cells(what) if isinstance(what, str) else self.verbatim(what)
        values, reasons = read(cells if is_typed(cells.dtype) else self.verbatim(what))
        if reasons.null_count() < len(reasons):
            self.faults.note(reasons.set(~among, None), role=called(what, role), texts=text_of(cells))
        return values

    def _cells(self, column: str) -> pl.Series:
        return self.frame.get_column(known_column(column, self.frame.columns))

    def _source(self, what: Pick | None) -> Source:
        """The source of a pick's first column."""
        first = next(iter(columns_of(what)), "")
        joined = (join.source for join in self.table.join if first.startswith(f"{join.name}."))
        return self.recipe.sources[next(joined, self.table.source)]

    def _times(self, what: Pick | None) -> Times:
        own: Times | None = getattr(self.table, "times", None)
        return merge_times(self.recipe.times, self._source(what).times, own)


def nothing(rows: int, kind: pl.DataType) -> pl.Series:
    """So many empty cells of this kind."""
    return repeated(None, rows, kind)


def merge_times(*said: Times | None) -> Times:
    """One `Times` of several: each field as the last of them says it, so a zone said once holds for all."""
    fields = {name: getattr(times, name) for times in said if times is not None for name in times.model_fields_set}
    return Times(**fields)


def stack(parts: Iterable[Mapping[str, pl.Series]], fine: pl.Series) -> pl.DataFrame:
    """The records of fine rows: one frame per part, rows that a part's `_makes` marks, sorted by row."""
    frames = [pl.DataFrame([cells.alias(name) for name, cells in part.items()]) for part in parts]
    made = [frame if (takes := frame["_makes"] & fine).all() else frame.filter(takes) for frame in frames]
    return made[0] if len(made) == 1 else pl.concat(made).sort("row", maintain_order=True)
