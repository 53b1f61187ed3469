"""When things happen: the demo's year, with its weeks and hours, and instants as the exports write them.

Instants are seconds since 1970 (UTC). NaN means "never"; after the end of the data nothing has happened.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import polars as pl

from desireline.demo.dice import DAY, F64, HOUR, Dice, Flags

FIRST_DAY = date(2025, 9, 1)
LAST_DAY = date(2026, 8, 31)
ZONE = "Europe/Berlin"
DAYS = (LAST_DAY - FIRST_DAY).days + 1
START = datetime(2025, 9, 1, tzinfo=UTC).timestamp()
END = START + DAYS * DAY

_MONTHS = {
    9: 1.0,
    10: 1.05,
    11: 1.5,
    12: 1.35,
    1: 1.1,
    2: 0.85,
    3: 0.95,
    4: 1.05,
    5: 1.0,
    6: 0.9,
    7: 0.8,
    8: 0.75,
}
_WEEKDAYS = (1.0, 0.95, 0.95, 1.0, 1.05, 1.15, 1.3)  # from Monday
_HOURS = (2, 1, 1, 1, 1, 2, 4, 6, 7, 8, 9, 10, 11, 10, 9, 9, 10, 12, 15, 18, 19, 15, 9, 4)


def instant_of(day: date, *, hour: float = 0.0) -> float:
    """The instant of an hour (UTC) of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() + hour * HOUR


def draw_instants(dice: Dice, count: int) -> F64:
    """Instants within the year, more of them before Christmas, at weekends and in the evening."""
    days = np.arange(DAYS)
    months = np.array([_MONTHS[datetime.fromtimestamp(START + day * DAY, UTC).month] for day in days])
    weekdays = np.array(_WEEKDAYS)[(days + FIRST_DAY.weekday()) % 7]
    hours = np.array(_HOURS, dtype=np.float64)
    day = dice.choice(DAYS, count, p=_shares(months * weekdays))
    hour = dice.choice(24, count, p=_shares(hours))
    return START + day * DAY + (hour + dice.random(count)) * HOUR


def at_work(dice: Dice, instants: F64) -> F64:
    """The same or the next day between 8 and 18 o'clock, when parcels, shops and clerks are about."""
    day = np.floor(instants / DAY) * DAY
    hour = (instants - day) / HOUR
    opening = day + (8 + 9 * dice.random(len(instants))) * HOUR
    moved = np.where(hour < 7, opening, np.where(hour > 17, opening + DAY, instants))
    return np.asarray(np.maximum(moved, instants))


def in_daytime(dice: Dice, instants: F64) -> F64:
    """Some time between 8 and 20 o'clock on the same day, which may be a little earlier."""
    return np.asarray(np.floor(instants / DAY) * DAY + (7 + 11.5 * dice.beta(1.6, 1.4, len(instants))) * HOUR)


def happened(instants: F64) -> Flags:
    """Whether an instant exists and lies before the end of the data."""
    return np.asarray(np.isfinite(instants) & (instants < END))


def write_instants(instants: F64, pattern: str, *, zone: str = "UTC") -> list[str]:
    """Texts in a strftime pattern; empty where nothing happened before the end of the data."""
    real = happened(instants)
    micros = (np.where(real, instants, START) * 1e6).astype(np.int64)
    texts = pl.Series(micros).cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(zone).dt.to_string(pattern)
    return pl.select(pl.when(pl.Series(real)).then(texts).otherwise(pl.lit(""))).to_series().to_list()


def _shares(weights: F64) -> F64:
    return np.asarray(weights / weights.sum())
