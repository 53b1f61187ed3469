"""One number, week by week, before and after a start. Weeks without data are told, and never filled in.

Methods work on `Weeks`: whole-number weeks with holes, values, and which of them come after the start. A panel whose
groups were all treated at once becomes the same thing, with period numbers instead of dates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.errors import VerdictInputUnusable

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_NAMED = 3  # gaps that are listed by the weeks in which they begin and end
_UNEVEN = 10  # times as many customers in one week as in another


@dataclass(frozen=True, eq=False)
class Series:
    """A row per week: `week` (its Monday), `value`, `n` (customers), and control series as further columns.

    `start` is the first day of the initiative; later weeks come after. Its own week is neither before nor after, unless
    it starts on a Monday. A last week that is not over has to be left out. Control series are numbers that the
    initiative cannot have touched. `adds_up`: values are sums or counts, so that a week of few customers is a small
    number and no unsure one. `customers`: how many different ones stand before and after the start, where known.
    """

    frame: pl.DataFrame
    start: date
    controls: tuple[str, ...] = ()
    adds_up: bool = False
    customers: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        for name in ("week", "value", "n", *self.controls):
            if name not in self.frame.columns:
                raise VerdictInputUnusable(f"The series lacks the column {name!r}.")
        weeks = self.frame["week"]
        if weeks.dtype != pl.Date or weeks.null_count():
            raise VerdictInputUnusable("The column 'week' holds something that is no date.")
        if weeks.n_unique() < weeks.len():
            raise VerdictInputUnusable("A week is there twice.")
        if (weeks.dt.weekday() != 1).any():
            raise VerdictInputUnusable("A week is named by a day other than its Monday.")


@dataclass(frozen=True, eq=False)
class Weeks:
    """The weeks that have data: numbers counted from the first, values, customers, and whether the start has come."""

    at: Whole
    value: Floats
    n: Whole
    after: Flags
    controls: Floats  # weeks × control series
    names: tuple[str, ...] = ()  # of the control series
    first: date | None = None  # the Monday of week 0; None: periods, not weeks
    base: int = 0  # the number of the first period
    warnings: tuple[str, ...] = ()
    customers: tuple[int, int] | None = None  # different ones, before and after; None: customer-weeks are counted

    @property
    def before_count(self) -> int:
        """How many weeks there are before the start."""
        return int((~self.after).sum())

    @property
    def after_count(self) -> int:
        """How many weeks there are after the start."""
        return int(self.after.sum())

    @property
    def unit(self) -> str:
        """What the numbers count."""
        return "periods" if self.first is None else "weeks"

    @property
    def constant(self) -> bool:
        """All values agree, as far as a computer can tell."""
        return bool(len(self.value) == 0 or np.ptp(self.value) <= 1e-12 * max(abs(self.value).max(), 1e-300))

    def only(self, rows: Flags) -> Weeks:
        """Some of the weeks."""
        picked = {name: getattr(self, name)[rows] for name in ("at", "value", "n", "after", "controls")}
        return replace(self, **picked, customers=None)

    @property
    def sizes(self) -> tuple[int, int]:
        """Customers behind the weeks before and after; of every week anew where no more is known."""
        return self.customers or (int(self.n[~self.after].sum()), int(self.n[self.after].sum()))

    def starting(self, week: int) -> Weeks:
        """The weeks before the start, as if something had begun in `week`."""
        earlier = self.only(~self.after)
        return replace(earlier, after=earlier.at >= week)

    def name(self, week: int) -> int | str:
        """The week's Monday in ISO form, or the period's number."""
        return self.base + week if self.first is None else (self.first + timedelta(weeks=int(week))).isoformat()


def weeks_of(series: Series) -> Weeks:
    """The weeks of a series that have a finite value of at least five customers, and finite controls.

    Sums and counts need no five customers: a week in which less happened is what is looked for.
    """
    monday = series.start - timedelta(days=series.start.weekday())
    frame = series.frame.sort("week")
    if monday < series.start:
        frame = frame.filter(pl.col("week") != monday)
    values = ["value", *series.controls]
    frame = frame.with_columns(pl.col(values).cast(pl.Float64), pl.col("n").cast(pl.Int64))
    finite = pl.all_horizontal(pl.col(values).is_finite().fill_null(value=False))
    kept = frame.filter(finite, pl.col("n") >= (0 if series.adds_up else SMALL_GROUP))
    if kept.is_empty():
        none = np.zeros(0)
        count = none.astype(np.int64)
        return Weeks(count, none, count, none.astype(bool), np.zeros((0, 0)), first=monday)
    first: date = kept["week"][0]
    days = (kept["week"] - pl.Series([first])).dt.total_days().to_numpy()
    controls, names = _moving(kept, series.controls)
    found = Weeks(
        at=days.astype(np.int64) // 7,
        value=kept["value"].to_numpy(),
        n=kept["n"].to_numpy(),
        after=(kept["week"] >= monday).to_numpy(),
        controls=controls,
        names=names,
        first=first,
        customers=series.customers,
    )
    own = int((monday - first).days // 7) if monday < series.start else None
    uneven = () if series.adds_up else _uneven(found)
    return replace(found, warnings=(*_missing(found, own), *_still(series, names), *uneven))


def _moving(kept: pl.DataFrame, names: tuple[str, ...]) -> tuple[Floats, tuple[str, ...]]:
    """Control series that move at all, each with mean 0 and deviation 1."""
    columns = {name: kept[name].to_numpy() for name in names}
    moving = tuple(name for name, one in columns.items() if len(one) > 1 and np.ptp(one) > 1e-12 * abs(one).max())
    scaled = [(columns[name] - columns[name].mean()) / columns[name].std() for name in moving]
    return (np.column_stack(scaled) if scaled else np.zeros((kept.height, 0))), moving


def _missing(weeks: Weeks, own: int | None) -> tuple[str, ...]:
    """What is said of holes; the week of the start, which is left out, is none."""
    there = set(weeks.at.tolist())
    holes = [week for week in range(int(weeks.at[-1])) if week not in there and week != own]
    if not holes:
        return ()
    gaps = _gaps(holes)
    named = ", ".join(_gap(weeks, one) for one in gaps[:_NAMED])
    rest = sum(len(one) for one in gaps[_NAMED:])
    more = f" and {rest} more" if rest else ""
    plural = "weeks are" if len(holes) > 1 else "week is"
    return (f"{len(holes)} {plural} missing and not filled in: {named}{more}.",)


def _gaps(holes: list[int]) -> list[list[int]]:
    """Weeks that are missing one after the other, together; the longest first."""
    found: list[list[int]] = []
    for week in holes:
        if found and week == found[-1][-1] + 1:
            found[-1].append(week)
        else:
            found.append([week])
    return sorted(found, key=len, reverse=True)


def _gap(weeks: Weeks, gap: list[int]) -> str:
    first, last = weeks.name(gap[0]), weeks.name(gap[-1])
    return str(first) if len(gap) == 1 else f"{first} to {last} ({len(gap)} {weeks.unit})"


def _still(series: Series, moving: tuple[str, ...]) -> tuple[str, ...]:
    still = [name for name in series.controls if name not in moving]
    return (f"Control series that never move are not used: {', '.join(still)}.",) if still else ()


def _uneven(weeks: Weeks) -> tuple[str, ...]:
    if weeks.n.max() > _UNEVEN * weeks.n.min():
        low, high = int(weeks.n.min()), int(weeks.n.max())
        return (f"Weeks rest on very different numbers of customers ({low:,} to {high:,}), and count alike.",)
    return ()
