"""Customers who were given one thing or another by lot: one row each, with the outcome and what was known before."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import chdtrc

from desireline.errors import VerdictInputUnusable
from desireline.initiatives.verdicts.target import Plan

Floats = npt.NDArray[np.float64]
_SUSPECT = 0.001  # p below which a lottery is not believed
_ROOM = 10  # customers of the smaller arm for each column of covariates


@dataclass(frozen=True, eq=False)
class Arms:
    """One row per customer: `arm` (text), `y` (number), and covariates' columns from before the start.

    Rows without a finite `y` or without an arm are customers of whom nothing is known yet; they are left out and told.
    """

    frame: pl.DataFrame
    control: str
    covariates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("arm", "y", *self.covariates):
            if name not in self.frame.columns:
                raise VerdictInputUnusable(f"The customers lack the column {name!r}.")
        if not (self.frame["y"].dtype.is_numeric() or self.frame["y"].dtype == pl.Boolean):
            raise VerdictInputUnusable("The column 'y' holds no numbers.")

    @property
    def settled(self) -> pl.DataFrame:
        """The rows with an arm and a finite outcome, `y` as a float."""
        numbers = self.frame.with_columns(pl.col("arm").cast(pl.String), pl.col("y").cast(pl.Float64))
        return numbers.filter(pl.col("arm").is_not_null(), pl.col("y").is_finite())

    @property
    def names(self) -> list[str]:
        """The arms other than the control, in the order of their names."""
        return sorted(set(self.settled["arm"].unique()) - {self.control})

    def unsettled(self) -> tuple[str, ...]:
        """How many customers are left out, in words."""
        lacking = self.frame.height - self.settled.height
        return (f"{lacking:,} customers without an outcome are left out.",) if lacking else ()


@dataclass(frozen=True, eq=False)
class Pair:
    """Two arms: outcomes, and covariates as columns of numbers (customers × columns), treated first."""

    treated: Floats
    control: Floats
    x_treated: Floats
    x_control: Floats
    warnings: tuple[str, ...] = ()


def pair(arms: Arms, name: str) -> Pair:
    """The arm of this name beside the control."""
    rows = arms.settled
    one, two = (rows.filter(pl.col("arm") == arm) for arm in (name, arms.control))
    both = pl.concat([one, two])
    columns, warnings = covariate_columns(both, arms.covariates, room=min(one.height, two.height) // _ROOM)
    here = one.height
    return Pair(one["y"].to_numpy(), two["y"].to_numpy(), columns[:here], columns[here:], warnings)


def covariate_columns(rows: pl.DataFrame, names: tuple[str, ...], *, room: int) -> tuple[Floats, tuple[str, ...]]:
    """Numbers as they are, texts as one column per frequent value.

    What lacks is the mean, with a column that says so. At most `room` columns, in the order of the names; what finds
    no room is told.
    """
    kept: list[Floats] = []
    left_out = []
    for name in names:
        made = _made(rows[name])
        if len(kept) + len(made) > room:
            left_out.append(name)
        else:
            kept.extend(made)
    told = (f"Too few customers to use {', '.join(left_out)} as well.",) if left_out else ()
    return (np.column_stack(kept) if kept else np.zeros((rows.height, 0))), told


def _made(column: pl.Series) -> list[Floats]:
    if not (column.dtype.is_numeric() or column.dtype == pl.Boolean):
        return _texts(column.cast(pl.String).fill_null(""))
    numbers = column.cast(pl.Float64).to_numpy().astype(np.float64)
    known = np.isfinite(numbers)
    if not known.any() or np.ptp(numbers[known]) == 0:
        return []
    filled = np.where(known, numbers, numbers[known].mean())
    scaled = (filled - filled.mean()) / filled.std()
    return [scaled] if known.all() else [scaled, known.astype(np.float64)]


def _texts(column: pl.Series) -> list[Floats]:
    """One column for each value of at least 20 customers and one in a hundred, but the most frequent."""
    counts = (
        column.value_counts(name="rows").rename({column.name: "value"}).sort("rows", "value", descending=[True, False])
    )
    frequent = counts.filter(pl.col("rows") >= max(20, column.len() / 100))["value"].to_list()
    return [(column == value).to_numpy().astype(np.float64) for value in frequent[1:]]


def doubts(arms: Arms, plan: Plan) -> tuple[str, ...]:
    """Why it may not have been a lottery: arms of other sizes than intended, or of other customers."""
    found = list(_uneven_outcomes(arms))
    counts = dict(arms.settled["arm"].value_counts().sort("arm").iter_rows())
    if plan.shares and len(plan.shares) > 1:
        intended = math.fsum(plan.shares.values())
        total = sum(counts.get(arm, 0) for arm in plan.shares)
        due = {arm: total * share / intended for arm, share in plan.shares.items()}
        off = math.fsum((counts.get(arm, 0) - size) ** 2 / size for arm, size in sorted(due.items()) if size)
        if chdtrc(len(due) - 1, off) < _SUSPECT:
            found.append("The arms are not of the sizes that were intended: the lot, or the records, went wrong.")
    found += [
        f"“{name}” differs from “{arms.control}” in what was known before the start."
        for name in arms.names
        if _unlike(pair(arms, name))
    ]
    return tuple(found)


def _uneven_outcomes(arms: Arms) -> tuple[str, ...]:
    """Pearson's chi² of who has an outcome, by arm: where arms differ, those who are compared are not all who drew."""
    known = pl.col("arm").is_not_null()
    has = pl.col("y").cast(pl.Float64).is_finite().fill_null(value=False)
    each = arms.frame.filter(known).group_by("arm").agg(has.sum().alias("with"), pl.len().alias("all")).sort("arm")
    told, everybody = each["with"].to_numpy().astype(float), each["all"].to_numpy().astype(float)
    share = told.sum() / max(everybody.sum(), 1.0)
    if len(each) < 2 or share in (0.0, 1.0):
        return ()
    off = float(((told - everybody * share) ** 2 / (everybody * share * (1 - share))).sum())
    if chdtrc(len(each) - 1, off) >= _SUSPECT:
        return ()
    return (
        "More customers of one arm than of another lack an outcome, so those who are compared were not drawn by lot.",
    )


def _unlike(two: Pair) -> bool:
    """Hotelling's T² of the covariates, by its large-sample law."""
    columns = two.x_treated.shape[1]
    if not columns or min(len(two.treated), len(two.control)) < 2:
        return False
    gap = two.x_treated.mean(0) - two.x_control.mean(0)
    cover = sum(np.atleast_2d(np.cov(x, rowvar=False)) / len(x) for x in (two.x_treated, two.x_control))
    distance = float(gap @ np.linalg.pinv(np.asarray(cover), hermitian=True) @ gap)
    return bool(chdtrc(int(np.linalg.matrix_rank(np.asarray(cover), hermitian=True)) or 1, distance) < _SUSPECT)
