"""Days and weeks as whole numbers: days since 1970, weeks that begin on Monday since the one that holds that day."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

EPOCH = date(1970, 1, 1)
SHIFT = 3  # the epoch was a Thursday


def day_of(on: date) -> int:
    """The number of a day."""
    return (on - EPOCH).days


def day_before(on: date) -> date:
    """The day before; before the first day of the calendar there is none, and it is that day."""
    return on - timedelta(days=on > date.min)


def week_of(on: date) -> int:
    """The number of the week that a day lies in."""
    return (day_of(on) + SHIFT) // 7


def monday_of(week: int) -> date:
    """The first day of a week."""
    return EPOCH + timedelta(days=week * 7 - SHIFT)


def weeks(days: pl.Expr) -> pl.Expr:
    """The weeks of days, both as numbers."""
    return (days + SHIFT) // 7


def mondays(numbers: pl.Expr) -> pl.Expr:
    """The first days of weeks given by number."""
    return (pl.lit(EPOCH) + pl.duration(days=numbers * 7 - SHIFT)).cast(pl.Date)
