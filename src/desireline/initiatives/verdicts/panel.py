"""Groups over periods, some of them treated from a period on: shops, regions, teams, segments.

A row is a customer (or a whole group) in a period, with a sum `x` and a weight `m`; a value is Σx / Σm, so shares,
means and money per journey are the same thing. Groups that are first treated in the same period form a cohort.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.errors import VerdictInputUnusable
from desireline.initiatives.verdicts.series import Weeks

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Panel:
    """Rows of `group` (text), `period` (whole number), `x`, `m`, and `customer` where it is known.

    `since` is the first treated period of each treated group; groups that it does not name were never treated.
    `left_out` are groups of fewer than five customers, which have no rows.
    """

    frame: pl.DataFrame
    since: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("group", "period", "x", "m"):
            if name not in self.frame.columns:
                raise VerdictInputUnusable(f"The panel lacks the column {name!r}.")
        if not self.frame["period"].dtype.is_integer():
            raise VerdictInputUnusable("The column 'period' holds something other than whole numbers.")
        strange = sorted(set(self.since) - set(self.frame["group"].cast(pl.String).to_list()))
        if strange:
            raise VerdictInputUnusable(f"The treated group {strange[0]!r} is not in the data.")


@dataclass(frozen=True, eq=False)
class Cells:
    """The usable rows as columns of numbers; `cohort` numbers the starts, the last of them `NEVER` if there is one."""

    group: Whole
    customer: Whole | None
    period: Whole
    x: Floats
    m: Floats
    names: tuple[str, ...]  # of the groups
    since: Whole  # of each group
    warnings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def treated(self) -> npt.NDArray[np.bool_]:
        """For each group, whether it is ever treated within the data."""
        return self.since < NEVER

    @property
    def periods(self) -> list[int]:
        """All periods with rows, in order."""
        return [int(one) for one in np.unique(self.period)]

    def only(self, rows: npt.NDArray[np.bool_]) -> Cells:
        """Some of the rows."""
        customer = None if self.customer is None else self.customer[rows]
        picked = {name: getattr(self, name)[rows] for name in ("group", "period", "x", "m")}
        return replace(self, customer=customer, **picked)


def cells_of(panel: Panel) -> Cells:
    """The rows with finite x and positive m. A group that starts after the last period was never treated so far."""
    frame = panel.frame.with_columns(pl.col("group").cast(pl.String), pl.col("x", "m").cast(pl.Float64))
    usable = pl.col("x").is_finite() & pl.col("m").is_finite() & (pl.col("m") > 0)
    kept = frame.filter(pl.col("group").is_not_null(), pl.col("period").is_not_null(), usable.fill_null(value=False))
    lost = frame.height - kept.height
    warnings = (f"{lost:,} rows without a number, a group or a period are left out.",) if lost else ()
    small = tuple(f"{name} is left out: it has fewer than {SMALL_GROUP} customers." for name in panel.left_out)
    names = tuple(sorted(kept["group"].unique().to_list()))
    period = kept["period"].cast(pl.Int64).to_numpy()
    last = int(period.max()) if len(period) else 0
    since = np.array([panel.since.get(name, NEVER) for name in names], dtype=np.int64)
    number = {name: place for place, name in enumerate(names)}
    group = kept["group"].replace_strict(number, return_dtype=pl.Int64).to_numpy() if names else np.zeros(0, np.int64)
    customer = None
    if "customer" in kept.columns and kept["customer"].null_count() < kept.height:
        customer = kept["customer"].cast(pl.String).fill_null("").rank("dense").cast(pl.Int64).to_numpy() - 1
    since = np.where(since > last, NEVER, since)
    x, m = kept["x"].to_numpy(), kept["m"].to_numpy()
    return Cells(group, customer, period, x, m, names, since, (*warnings, *small), panel.left_out)


def pooled(cells: Cells) -> Weeks:
    """The treated groups together as one series of periods: what is left when nobody stayed untreated."""
    rows = cells.only(cells.treated[cells.group])
    since = int(rows.since[rows.treated].min()) if rows.treated.any() else NEVER
    periods, which = np.unique(rows.period, return_inverse=True)
    x, m = np.bincount(which, weights=rows.x), np.bincount(which, weights=rows.m)
    if rows.customer is None:
        n = np.round(m).astype(np.int64)
    else:
        pairs = np.unique(np.column_stack([which, rows.customer]), axis=0)
        n = np.bincount(pairs[:, 0], minlength=len(periods))
    enough = n >= SMALL_GROUP
    return Weeks(
        at=periods[enough] - (periods[0] if len(periods) else 0),
        value=(x / m)[enough],
        n=n[enough],
        after=(periods >= since)[enough],
        base=int(periods[0]) if len(periods) else 0,
        controls=np.zeros((int(enough.sum()), 0)),
        warnings=rows.warnings,
        customers=_both_sides(rows, since),
    )


def _both_sides(rows: Cells, since: int) -> tuple[int, int] | None:
    """Different customers before and since the start, where they are known."""
    if rows.customer is None:
        return None
    before, after = (len(np.unique(rows.customer[side])) for side in (rows.period < since, rows.period >= since))
    return before, after
