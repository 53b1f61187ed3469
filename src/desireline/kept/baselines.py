"""What a measure was before: the reading of a fixed window that an initiative is held against."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.initiatives.records import Baseline
from desireline.kept.trial_data import Span
from desireline.kept.weeks import day_of, monday_of, week_of
from desireline.measures.catalog import find_measure
from desireline.measures.clusters import Clusters
from desireline.measures.family import Cells
from desireline.measures.measure import Measure
from desireline.measures.quantile import Quantile
from desireline.pipeline.watched import Watched, adds_up, keeps_values, scale_of

BASELINE_WEEKS = 26


def baseline_window(starts_on: date | None, span: Span) -> tuple[date, date]:
    """The 26 whole weeks before the start, or before the end of the data, as far as the data go back."""
    end = min(starts_on or date.max, span.last.date() + timedelta(days=1))
    until = monday_of(week_of(end)) - timedelta(days=1)
    return max(until - timedelta(days=BASELINE_WEEKS * 7 - 1), span.first.date()), until


def baseline(watched: Watched, measure: str, since: date, until: date) -> Baseline | None:
    """What the measure was in this window, with its interval; None when fewer than five customers stand behind it.

    Sums and counts are per week.
    """
    one = find_measure(measure)
    rows = watched.rows.filter((pl.col("series") == 0) & pl.col("day").is_between(day_of(since), day_of(until)))
    if one.family.counts:
        rows = rows.filter(pl.col("x") > 0)
    n = rows["customer_id"].n_unique()
    if n < SMALL_GROUP:
        return None
    unit = str(rows["unit"][0])
    if keeps_values(one):
        value = _quantile(rows["x"].to_numpy(), one)
        return Baseline(value=value, n=n, unit=unit, since=since, until=until)
    found = one.family.estimate(Cells(_sums(rows), np.array([n]), np.array([rows["x"].abs().sum()])))
    low, high = (float(side[0]) for side in found.interval)
    weeks = ((until - since).days + 1) / 7 if adds_up(one) else 1.0
    return Baseline(
        value=float(found.value[0]) / weeks,
        low=low / weeks if np.isfinite(low) else None,
        high=high / weeks if np.isfinite(high) else None,
        n=n,
        unit=unit,
        since=since,
        until=until,
    )


def _sums(rows: pl.DataFrame) -> Clusters:
    """The sums over customers of these rows, as arrays of one cell."""
    x, m = pl.col("x").cast(pl.Int128), pl.col("m").cast(pl.Int128)
    each = rows.group_by("customer_id").agg(x.sum(), m.sum())
    products = [(each[a] * each[b]).sum() for a, b in ("xx", "xm", "mm")]
    sums = [each.height, rows.height, each["x"].sum(), each["m"].sum(), *products]
    return Clusters(*(np.array([one], dtype=object) for one in sums))


def _quantile(values: Any, measure: Measure) -> float:
    q = measure.family.q if isinstance(measure.family, Quantile) else 0.5
    return float(np.quantile(values, q)) / scale_of(measure)
