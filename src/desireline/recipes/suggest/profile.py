"""What the columns of a source hold, read off a sample: instants, numbers, codes, words, ids, texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import polars as pl

from desireline.recipes.numbers import Mark, plain_numbers
from desireline.recipes.records import Times
from desireline.recipes.suggest.figures import read_figures
from desireline.recipes.suggest.names import is_of_export
from desireline.recipes.times import read_times

SAMPLE = 5000
Kind = Literal["empty", "time", "number", "word", "text"]

_MISSING = re.compile(r"^(\?|select|blank|\(blank\)|null|n/a|#n/a|\\n|nan|\(not set\)|not set|undefined)$", re.I)
_MAYBE_MISSING = re.compile(r"^(na|none|nil|-+|\.)$", re.I)
_DATED = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T,].*)?$")
_PACKED = re.compile(r"^(19|20)\d{6}([T ].*)?$")
_OFFSET = r"(?:[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)$"
_CLOCK = r"[0-9]:[0-9]{2}"
_PARTS = r"^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]{2,4}"
_TIME_NAME = re.compile(r"(^|[^a-z])(ts|at|on|time|date|timestamp|datetime|day|created|updated|registration)([^a-z]|$)")
_EPOCHS = {"epoch s": 1, "epoch ms": 1_000, "epoch us": 1_000_000}
_EPOCH_RANGE = (946_684_800, 2_208_988_800)  # 2000-01-01 to 2040-01-01
_LONG_TEXT = 25


@dataclass(frozen=True)
class TimeShape:
    """How a column writes instants; `form` is None while nothing decides between day and month first."""

    form: str | None
    offset: bool
    why: str


@dataclass(frozen=True)
class Column:
    """A column of a sample: how much of it is filled, with what, and within which bounds."""

    source: str
    name: str
    rows: int
    values: pl.Series  # distinct, without nothing
    filled: int
    kind: Kind
    time: TimeShape | None = None
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    length: float = 0.0
    mark: Mark = None  # what the numbers need to be told to be read, if anything
    currency: str | None = None  # that stands beside the numbers

    @property
    def distinct(self) -> int:
        return len(self.values)

    @property
    def unique(self) -> bool:
        """Every row has a value of its own, so it can be a key."""
        return self.rows > 0 and self.filled == self.rows == self.distinct

    @property
    def flag(self) -> bool:
        """Yes or no, in whatever words."""
        words = {"true", "false", "yes", "no", "0", "1"}
        return self.distinct <= 2 and {str(value).lower() for value in self.values} <= words

    @property
    def numbers(self) -> pl.Series:
        """The distinct values as numbers; null where one is none."""
        numbers = self.values.cast(pl.Float64, strict=False)
        if not numbers.null_count():
            return numbers
        return plain_numbers(self.values, decimal=self.mark).cast(pl.Float64, strict=False)

    @property
    def code(self) -> bool:
        """Whole numbers on a short scale, such as the answers of a questionnaire."""
        short = self.low >= 0 and 4 <= self.high <= 11
        return self.kind == "number" and self.whole and short and self.distinct >= 4


@dataclass(frozen=True)
class Profile:
    """A source's sample, its columns, and the words in it that mean nothing."""

    name: str
    file: str
    rows: pl.DataFrame
    columns: Mapping[str, Column]
    missing: list[str] = field(default_factory=list)

    def times(self) -> list[Column]:
        """The columns that hold instants, in their order."""
        return [column for column in self.columns.values() if column.kind == "time"]


def profile(name: str, file: str, rows: pl.DataFrame, *, day_first: bool | None = None) -> Profile:
    """The profile of a sample; at most 5,000 rows, and no columns of the export itself.

    Where no value of a column decides between day first and month first, another column of the same source
    may.
    """
    sample = rows.head(SAMPLE).drop("_row", strict=False)
    missing = find_missing(sample)
    bare = sample.with_columns(pl.when(~pl.all().str.strip_chars().is_in(["", *missing])).then(pl.all()).name.keep())
    told = [column for column in bare.get_columns() if not is_of_export(column.name)]
    columns = {column.name: _column(name, column, day_first) for column in told}
    return Profile(name, file, bare, _agree_on_days(columns), missing)


def find_missing(sample: pl.DataFrame) -> list[str]:
    """The words that mean nothing; `NA`, `None` and `-` only where they stand among numbers or instants."""
    found: dict[str, None] = {}
    for column in sample.get_columns():
        values = column.drop_nulls().str.strip_chars().unique(maintain_order=True).to_list()
        if len(values) > 1:
            found.update(dict.fromkeys(value for value in values if _MISSING.match(value)))
        maybe = [value for value in values if _MAYBE_MISSING.match(value)]
        others = [value for value in values if value not in maybe and value not in found]
        if maybe and others and all(_is_figure(value) for value in others):
            found.update(dict.fromkeys(maybe))
    return list(found)


def _is_figure(value: str) -> bool:
    return bool(re.match(r"^[-+]?[\d.,:/ T-]+$", value))


def _column(source: str, column: pl.Series, day_first: bool | None) -> Column:
    filled = column.drop_nulls().str.strip_chars()
    values = filled.unique(maintain_order=True)
    found = Column(source, column.name, len(column), values, len(filled), "empty")
    if values.is_empty():
        return found
    time = _time_shape(column.name, values, day_first)
    if time is not None:
        return replace(found, kind="time", time=time)
    figures = read_figures(values)
    if figures is not None:
        numbers, mark, currency = figures
        low, high = _least(numbers), -_least(-numbers)
        whole = bool((numbers == numbers.round()).all())
        return replace(found, kind="number", low=low, high=high, whole=whole, mark=mark, currency=currency)
    length = float(filled.str.len_chars().sum()) / len(filled)
    spaced = values.str.contains(r"\S\s+\S+\s+\S").sum() / len(values)
    return replace(found, kind="text" if length > _LONG_TEXT and spaced > 0.5 else "word", length=length)


def _least(numbers: pl.Series) -> float:
    return float(numbers.sort()[0])


def _time_shape(name: str, values: pl.Series, day_first: bool | None) -> TimeShape | None:
    hinted = bool(_TIME_NAME.search(_spaced(name)))
    first = str(values[0])
    if re.match(r"^\d{9,16}(\.0)?$", first):
        return _epoch_shape(name, values, hinted)
    if not (_DATED.match(first) or (hinted and _PACKED.match(first))):
        return None
    offset = bool((values.str.contains(_CLOCK) & values.str.contains(_OFFSET)).all())
    if _readable(values, "iso"):
        return TimeShape("iso", offset, f"written like {first}")
    if not _readable(values, "day first") and not _readable(values, "month first"):
        return None
    return TimeShape(*_day_or_month(values, day_first, offset))


def _epoch_shape(name: str, values: pl.Series, hinted: bool) -> TimeShape | None:
    numbers = values.cast(pl.Float64, strict=False)
    if numbers.null_count() or re.search(r"(id|number|no|phone)$", name.lower()) or not hinted:
        return None
    for form, per_second in _EPOCHS.items():
        if (numbers / per_second).is_between(*_EPOCH_RANGE).all():
            return TimeShape(form, True, f"numbers like {values[0]} are instants since 1970")
    return None


def _day_or_month(values: pl.Series, day_first: bool | None, offset: bool) -> tuple[str | None, bool, str]:
    parts = values.to_frame("text").select(
        pl.col("text").str.extract(_PARTS, group).cast(pl.Int64).alias(str(group)) for group in (1, 2)
    )
    for group, form in (("1", "day first"), ("2", "month first")):
        beyond = values.filter((parts[group] > 12).fill_null(False))
        if len(beyond):
            return form, offset, f"{beyond[0]} can only be read {form}"
    if day_first is None:
        return None, offset, f"{values[0]} can be read in two ways"
    return ("day first" if day_first else "month first"), offset, "as told"


def _readable(values: pl.Series, form: str) -> bool:
    """True when nearly every value is an instant in this form, and at least one is."""
    _, reasons = read_times(values, Times(form=form, zone="UTC"))
    return reasons.null_count() >= 0.95 * len(values)


def _agree_on_days(columns: dict[str, Column]) -> dict[str, Column]:
    """Columns that nothing decides follow one that is decided, if all decided ones agree."""
    forms = {c.time.form: c for c in columns.values() if c.time and c.time.form in ("day first", "month first")}
    if len(forms) != 1:
        return columns
    ((form, witness),) = forms.items()
    shape = TimeShape(form, False, f"as in {witness.name}, where {witness.time.why}" if witness.time else "")
    return {name: _with_time(c, shape) if c.time and c.time.form is None else c for name, c in columns.items()}


def _with_time(column: Column, shape: TimeShape) -> Column:
    offset = column.time.offset if column.time else False
    return replace(column, time=TimeShape(shape.form, offset, shape.why))


def _spaced(name: str) -> str:
    """`createdAt` and `CREATED_AT` as `created at`."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return re.sub(r"[^a-z0-9]+", " ", parted.lower()).strip()
