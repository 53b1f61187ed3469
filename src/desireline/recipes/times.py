"""Instants and dates read from texts, in the form and the zone that a recipe names.

A text without an offset is local time in the recipe's zone. Where clocks are put forward, a local time that
never was moves forward by the gap; where they are put back, a local time that was twice means the first
one. Both are what Python's `zoneinfo` does with `fold=0`. Years of two digits mean 1969–2068, as in POSIX.
Fractions are cut to whole microseconds. In every form but epoch and strptime a year-first text is read too:
it has one meaning only, and real workbooks mix it with the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.errors import RecipeMismatch, did_you_mean
from desireline.recipes.cells import repeated, text_of
from desireline.recipes.iso import read_iso
from desireline.recipes.records import Times
from desireline.tables import INSTANT

FORMS: Final = ("iso", "day first", "month first", "epoch s", "epoch ms", "epoch us")

_PER_SECOND: Final = {"epoch s": 1, "epoch ms": 1_000, "epoch us": 1_000_000}
_FIRST: Final = datetime(1900, 1, 1)
_LAST: Final = datetime(2201, 1, 1)
_LOCAL = pl.Datetime("us")

_OFFSET = r"(?P<offset>[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)"
_CLOCK = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    rf"\s*(?P<half>[AaPp])?(?:\.?[Mm]\.?)?\s*{_OFFSET}?"
)
_REST = rf"(?:(?:[Tt]|,?\s+){_CLOCK})?$"
_YEAR_FIRST = r"^(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})" + _REST
_DAY_FIRST = r"^(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4}|[0-9]{2})" + _REST
_MONTH_FIRST = r"^(?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})[-/.](?P<year>[0-9]{4}|[0-9]{2})" + _REST
_PACKED_DATE = r"^([0-9]{4})([0-9]{2})([0-9]{2})([Tt ]|$)"
_PACKED_CLOCK = r"[Tt]([0-9]{2})([0-9]{2})([0-9]{2})"
_NUMBERS = ("year", "month", "day", "hour", "minute", "second")

_FIRST_US: Final = int(_FIRST.replace(tzinfo=UTC).timestamp()) * 1_000_000
_LAST_US: Final = int(_LAST.replace(tzinfo=UTC).timestamp()) * 1_000_000

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Written:
    """What the texts say: clock readings, and its seconds ahead of UTC (null: not said)."""

    local: pl.Series
    offset_s: pl.Series
    bad: pl.Series


def read_times(cells: pl.Series, times: Times) -> tuple[pl.Series, pl.Series]:
    """The instants (UTC, microseconds) that the texts name, and per text a reason code where there is none.

    Cells that are instants or whole numbers already are read like the texts that stand for them. An empty text
    has neither an instant nor a reason. Reasons: `bad_time`, `no_zone`, `time_out_of_range` (before 1900 or after
    2200, by the date as written). Raises RecipeMismatch when the zone does not exist.

    >>> day_first = Times(form="day first", zone="UTC")
    >>> instants, reasons = read_times(pl.Series(["29/2/2016 01:16", "31/2/2016"]), day_first)
    >>> instants.to_list()[0].isoformat(), reasons.to_list()
    ('2016-02-29T01:16:00+00:00', [None, 'bad_time'])
    """
    written = _read_typed(cells, times.form) or _read(text_of(cells), times.form)
    if (plain := _plain(written)) is not None:
        return plain
    seen = pl.DataFrame({"local": written.local, "offset": written.offset_s, "bad": written.bad})
    reasons = seen.select(
        pl.when("bad")
        .then(pl.lit("bad_time"))
        .when(_out_of_range())
        .then(pl.lit("time_out_of_range"))
        .when(pl.col("local").is_not_null() & pl.col("offset").is_null() & pl.lit(times.zone is None))
        .then(pl.lit("no_zone"))
        .otherwise(None)
        .alias("reason")
    )["reason"]
    seen = seen.with_columns(pl.when(reasons.is_null()).then("local").alias("local"))
    said = seen.select((pl.col("local") - pl.duration(seconds="offset")).dt.replace_time_zone("UTC"))["local"]
    if times.zone is None:
        return said.cast(INSTANT).alias("at"), reasons
    unsaid = seen.select(pl.when(pl.col("offset").is_null()).then("local").alias("local"))["local"]
    return said.fill_null(localise(unsaid, times.zone)).cast(INSTANT).alias("at"), reasons


def read_dates(texts: pl.Series, times: Times) -> tuple[pl.Series, pl.Series]:
    """The calendar dates as they are written, and reason codes; a date needs no zone.

    An epoch number is an instant, so its date is taken in the recipe's zone (UTC without one).
    """
    written = _read(texts, times.form)
    local = written.local
    if times.form in _PER_SECOND and times.zone is not None:
        known_zone(times.zone)
        local = local.dt.replace_time_zone("UTC").dt.convert_time_zone(times.zone).dt.replace_time_zone(None)
    seen = pl.DataFrame({"local": local, "bad": written.bad})
    reason = pl.when("bad").then(pl.lit("bad_time")).when(_out_of_range()).then(pl.lit("time_out_of_range"))
    reasons = seen.select(reason.otherwise(None).alias("reason"))["reason"]
    dates = seen.select(pl.when(reasons.is_null()).then(pl.col("local").dt.date()).alias("on"))["on"]
    return dates, reasons


def localise(local: pl.Series, zone: str) -> pl.Series:
    """The instants (UTC) of clock readings in a zone; see the head of this file for gaps and overlaps."""
    known_zone(zone)
    aware = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    instants = aware.dt.convert_time_zone("UTC")
    gaps = local.filter(instants.is_null() & local.is_not_null()).unique()
    if gaps.is_empty():
        return instants
    moved = [reading.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for reading in gaps.to_list()]
    by_reading = pl.DataFrame({"local": gaps, "moved": pl.Series(moved, dtype=INSTANT)})
    found = local.to_frame("local").join(by_reading, on="local", how="left", maintain_order="left")["moved"]
    return instants.fill_null(found)


def known_zone(zone: str) -> str:
    """The zone's name, when it is one; else RecipeMismatch with the nearest name."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = did_you_mean(zone, available_timezones(), "Zones are named like Europe/Berlin or UTC.")
        raise RecipeMismatch(f"No time zone is called {zone!r}. {hint}") from None
    return zone


def known_form(form: str) -> str:
    """The form, when it is one; else RecipeMismatch with the nearest form."""
    if form in FORMS or "%" in form:
        return form
    hint = did_you_mean(form, FORMS, f"Known: {', '.join(FORMS)}, or a pattern such as %d %b %Y %H:%M.")
    raise RecipeMismatch(f"No form of time is called {form!r}. {hint}")


def _out_of_range() -> pl.Expr:
    return ((pl.col("local") < _FIRST) | (pl.col("local") >= _LAST)).fill_null(False)


def _read(texts: pl.Series, form: str) -> _Written:
    known_form(form)
    if form in _PER_SECOND:
        return _read_epoch(_bare(texts), _PER_SECOND[form])
    if "%" in form:
        return _read_pattern(_bare(texts), form)
    return _read_civil(texts, {"iso": None, "day first": _DAY_FIRST, "month first": _MONTH_FIRST}[form])


def _bare(texts: pl.Series) -> pl.Series:
    """The texts without blanks at their ends; null where nothing is left."""
    bare = texts.str.strip_chars()
    return bare.set(bare == "", None)


def _plain(written: _Written) -> tuple[pl.Series, pl.Series] | None:
    """Instants without a fault that all say their offset, which most logs are; None for any others."""
    local, offset = written.local, written.offset_s
    if local.null_count() or offset.null_count() or written.bad.any() or not len(local):
        return None
    micros = local.to_physical().to_numpy()
    if micros.min() < _FIRST_US or micros.max() >= _LAST_US:
        return None
    instants = pl.Series("at", micros - offset.to_numpy() * 1_000_000).cast(INSTANT)
    return instants, repeated(None, len(instants), pl.String).alias("reason")


def _read_typed(cells: pl.Series, form: str) -> _Written | None:
    """Instants and whole numbers, read as what they are; None where their text has to be read in this form."""
    kind = cells.dtype
    if kind.is_integer() and form in _PER_SECOND:
        limit = 10**11 * _PER_SECOND[form]
        whole = cells.cast(pl.Int64, strict=False).clip(-limit, limit)
        if whole.null_count() > cells.null_count():
            return None
        local = (whole * (1_000_000 // _PER_SECOND[form])).alias("local").cast(_LOCAL)
        return _Written(local, _zero_where(local.is_not_null()), local.is_null() & False)
    if not isinstance(kind, pl.Datetime) or form not in ("iso", "day first", "month first"):
        return None
    bare = cells.dt.replace_time_zone(None) if kind.time_zone in (None, "UTC") else None
    if bare is None:
        bare = cells.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    local = (bare.dt.epoch("ns") // 1000 if kind.time_unit == "ns" else bare.cast(_LOCAL)).cast(_LOCAL).alias("local")
    said = local.is_not_null() & (kind.time_zone is not None)
    return _Written(local, _zero_where(said), local.is_null() & False)


def _read_civil(texts: pl.Series, own: str | None) -> _Written:
    """Texts that are written like their neighbours are read as a table; the rest one by one."""
    iso = read_iso(texts)
    if iso.read.all():
        left = None
    elif not iso.read.any():
        return _read_civil_texts(_bare(texts), own)
    else:
        left = _read_civil_texts(_bare(texts.filter(pl.Series(~iso.read))), own)
    local = pl.Series("local", iso.local).cast(_LOCAL)
    offset = pl.Series("offset", iso.ahead_s)
    if not iso.aware.all():
        offset = offset.set(pl.Series(~iso.aware), None)
    bad = pl.Series("bad", ~iso.read)
    if left is None:
        return _Written(local, offset, bad)
    places = pl.Series(np.flatnonzero(~iso.read))
    return _Written(
        local.scatter(places, left.local), offset.scatter(places, left.offset_s), bad.scatter(places, left.bad)
    )


def _read_civil_texts(texts: pl.Series, own: str | None) -> _Written:
    packed = texts.str.replace(_PACKED_DATE, "$1-$2-$3$4").str.replace(_PACKED_CLOCK, "T$1:$2:$3")
    parts = packed.str.extract_groups(_YEAR_FIRST).struct.unnest()
    if own is not None:
        other = texts.str.extract_groups(own).struct.unnest().select(parts.columns)
        year_first = parts["year"].is_not_null()
        parts = pl.select(
            pl.when(year_first).then(parts[name]).otherwise(other[name]).alias(name) for name in parts.columns
        )
    numbers = {name: parts[name].cast(pl.Int64).fill_null(0).to_numpy() for name in _NUMBERS}
    two_digits = (parts["year"].str.len_bytes() == 2).fill_null(False).to_numpy()
    numbers["year"] = numbers["year"] + two_digits * np.where(numbers["year"] < 69, 2000, 1900)
    hour, good = _hours(numbers["hour"], parts["half"])
    days, valid = _days(numbers["year"], numbers["month"], numbers["day"])
    good &= valid & (hour < 24) & (numbers["minute"] < 60) & (numbers["second"] < 60)
    seconds = days * 86_400 + hour * 3600 + numbers["minute"] * 60 + numbers["second"]
    offset, near = _offsets(parts["offset"])
    good &= near & parts["year"].is_not_null().to_numpy()
    local = pl.Series("local", seconds * 1_000_000 + _micros(parts["fraction"]))
    return _Written(
        local=local.set(pl.Series(~good), None).cast(_LOCAL),
        offset_s=offset,
        bad=pl.Series("bad", ~good) & texts.is_not_null(),
    )


def _hours(hours: Ints, halves: pl.Series) -> tuple[Ints, Flags]:
    """Hours of the day, and where they make sense: with AM or PM only 1 to 12 do."""
    half = halves.str.to_lowercase()
    told = half.is_not_null().to_numpy()
    afternoon = (half == "p").fill_null(False).to_numpy()
    return np.where(told, hours % 12 + 12 * afternoon, hours), ~told | ((hours >= 1) & (hours <= 12))


def _days(year: Ints, month: Ints, day: Ints) -> tuple[Ints, Flags]:
    """Days since 1970-01-01, and where the calendar has such a day."""
    valid = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(valid, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(valid, day - 1, 0).astype("timedelta64[D]")
    valid &= days.astype("datetime64[M]") == months
    return days.astype(np.int64), valid


def _micros(fractions: pl.Series) -> Ints:
    return fractions.fill_null("0").str.pad_end(6, "0").str.slice(0, 6).cast(pl.Int64).to_numpy()


def _offsets(written: pl.Series) -> tuple[pl.Series, Flags]:
    """Seconds ahead of UTC (null where not said), and where they are possible (less than 16 hours)."""
    parts = written.str.extract_groups(r"^(?P<sign>[+-])(?P<h>[0-9]{2}):?(?P<m>[0-9]{2})?$").struct.unnest()
    sign = pl.when(pl.col("sign") == "-").then(-1).otherwise(1)
    hours, minutes = (pl.col(name).cast(pl.Int64).fill_null(0) for name in ("h", "m"))
    seconds = parts.select(offset=sign * (hours * 3600 + minutes * 60), fine=(hours < 16) & (minutes < 60))
    return seconds["offset"].set(written.is_null(), None), seconds["fine"].to_numpy()


def _read_epoch(texts: pl.Series, per_second: int) -> _Written:
    parts = texts.str.extract_groups(r"^(?P<whole>[+-]?[0-9]+)(?:\.(?P<part>[0-9]+))?$").struct.unnest()
    unit = 1_000_000 // per_second
    limit = 10**11 * per_second
    whole = parts["whole"].cast(pl.Int64, strict=False).clip(-limit, limit)
    far = parts["whole"].is_not_null() & whole.is_null()
    whole = whole.set(far, limit)
    sign = pl.select(pl.when(parts["whole"].str.starts_with("-")).then(-1).otherwise(1))["literal"]
    local = whole * unit + sign * pl.Series(_micros(parts["part"]) // per_second)
    known = local.is_not_null()
    return _Written(local.alias("local").cast(_LOCAL), _zero_where(known), ~known & texts.is_not_null())


def _read_pattern(texts: pl.Series, pattern: str) -> _Written:
    """Python's patterns, read by polars, whose %f means nanoseconds where Python's means a fraction."""
    chrono = pattern.replace(".%f", "%.f").replace("%f", "%6f")
    found = texts.str.to_datetime(chrono, strict=False, time_unit="us")
    aware = isinstance(found.dtype, pl.Datetime) and found.dtype.time_zone is not None
    local = found.dt.convert_time_zone("UTC").dt.replace_time_zone(None) if aware else found
    known = local.is_not_null()
    offset = _zero_where(known if aware else known & False)
    return _Written(local.alias("local").cast(_LOCAL), offset, ~known & texts.is_not_null())


def _zero_where(known: pl.Series) -> pl.Series:
    return pl.select(pl.when(known).then(pl.lit(0, pl.Int64)).alias("offset"))["offset"]
