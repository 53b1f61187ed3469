"""Instants in ISO form that are all written in the same way, read as a table of bytes.

A log writes its instants with one program, so nearly all of them have their digits and marks at the same places. Those
are read here, and quickly; what is written in any other way is left to `recipes.times`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.letters import Octets, as_letters

Ints = npt.NDArray[np.int64]
Int32s = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_FORM = re.compile(
    rb"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    rb"(?:[Tt ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
    rb"(?:(?P<zulu>[Zz])|(?P<sign>[+-])(?P<ahead_h>\d\d)(?::?(?P<ahead_m>\d\d))?)?)?"
)
_NUMBERS = ("year", "month", "day", "hour", "minute", "second", "fraction", "ahead_h", "ahead_m")
_ZERO = ord("0")
_NONE = np.zeros(1, dtype=np.int32)
_BLOCK = 1 << 14  # texts whose columns stay in the cache


@dataclass(frozen=True)
class Civil:
    """What the texts say, where they could be read: clock readings and seconds ahead of UTC."""

    read: Flags
    local: Ints  # microseconds since 1970 by the clock as written
    ahead_s: Ints
    aware: Flags  # whether an offset is written


def read_iso(texts: pl.Series) -> Civil:
    """The texts (without blanks at their ends) that are written like others of their length; the rest is not read.

    >>> found = read_iso(pl.Series(["2026-03-01T10:00:00+01:00", "1 March"]))
    >>> found.read.tolist(), int(found.local[0] // 10**6), int(found.ahead_s[0])
    ([True, False], 1772359200, 3600)
    """
    count = len(texts)
    found = Civil(np.zeros(count, bool), np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, bool))
    for rows, table in as_letters(texts).by_length():
        form = _FORM.fullmatch(table[0].tobytes()) if table.shape[1] >= len("2026-03-01") else None
        if form is None:
            continue
        for first in range(0, len(table), _BLOCK):
            part = slice(first, first + _BLOCK)
            _read_table(found, part if isinstance(rows, slice) else rows[part], table[part].T, form)
    return found


def _read_table(found: Civil, rows: Ints | slice, columns: Octets, form: re.Match[bytes]) -> None:
    """Texts of one length, as columns of letters, are read where they have the form of the first."""
    digits = [place for place, octet in enumerate(form[0]) if _ZERO <= octet <= _ZERO + 9]
    marks = [place for place in range(len(form[0])) if place not in digits and place != form.start("sign")]
    values = {place: columns[place] - np.uint8(_ZERO) for place in digits}
    good = np.ones(columns.shape[1], dtype=bool)
    for value in values.values():
        good &= value <= 9
    for place in marks:
        good &= columns[place] == form[0][place]
    minus = np.zeros(1, dtype=bool)
    if form["sign"]:
        minus = columns[form.start("sign")] == ord("-")
        good &= minus | (columns[form.start("sign")] == ord("+"))
    part = {name: _number([values[place] for place in range(*form.span(name))]) for name in _NUMBERS if form[name]}
    part = {name: part.get(name, _NONE) for name in _NUMBERS}
    days, valid = _days(part["year"], part["month"], part["day"])
    good &= valid & (part["hour"] < 24) & (part["minute"] < 60) & (part["second"] < 60)
    good &= (part["ahead_h"] < 16) & (part["ahead_m"] < 60)
    seconds = (part["hour"] * 60 + part["minute"]) * 60 + part["second"]
    found.read[rows] = good
    found.local[rows] = (days * 86_400 + seconds) * 1_000_000 + _micros(part["fraction"], len(form["fraction"] or ""))
    found.ahead_s[rows] = np.where(minus, -1, 1) * (part["ahead_h"] * 3600 + part["ahead_m"] * 60)
    found.aware[rows] = form["zulu"] is not None or form["sign"] is not None


def _number(digits: list[Octets]) -> Int32s:
    """The whole number that these digits write."""
    number = digits[0].astype(np.int32)
    for digit in digits[1:]:
        number *= 10
        number += digit
    return number


def _micros(fraction: Int32s, written: int) -> Int32s:
    """A fraction of a second of so many digits as microseconds, cut."""
    micros: Int32s = fraction * 10 ** (6 - written) if written <= 6 else fraction // 10 ** (written - 6)
    return micros


def _days(year: Int32s, month: Int32s, day: Int32s) -> tuple[Ints, Flags]:
    """Days since 1970, and where the calendar has such a day: looked up, since few distinct days lie together."""
    sound = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    code = (year * 12 + (month - 1)) * 31 + (day - 1)
    if not sound.all():
        code[~sound] = code[sound].min() if sound.any() else 0
    base = int(code.min())
    every = np.arange(base, int(code.max()) + 1)
    months = (every // 31 - 1970 * 12).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (every % 31).astype("timedelta64[D]")
    there = days.astype("datetime64[M]") == months
    return days.astype(np.int64)[code - base], there[code - base] & sound
