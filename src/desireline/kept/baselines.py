"""What a measure was before: the reading of a fixed window that an initiative is held against."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.initiatives.records import Baseline, Kind
from desireline.kept.span import Span
from desireline.kept.trial_data import per
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
    end = max(min(starts_on or date.max, span.last.date() + timedelta(days=1)), span.first.date())
    until = monday_of(week_of(end)) - timedelta(days=1)
    return max(until - timedelta(days=BASELINE_WEEKS * 7 - 1), span.first.date()), until


def baseline(watched: Watched, measure: str, window: tuple[date, date], *, span: Span, kind: Kind) -> Baseline | None:
    """What the measure was in this window, with its interval; None when fewer than five customers stand behind it.

    The window is cut to what the data hold. Sums and counts are per week, whole weeks where there are any; where a lot
    decides, per customer and week, as they are judged.
    """
    one = find_measure(measure)
    since, until = max(window[0], span.first.date()), min(window[1], span.last.date())
    if adds_up(one):
        since, until = whole_weeks(since, until)
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
    by = _divisor(watched, since, until, lot=kind == "randomised") if adds_up(one) else 1.0
    return Baseline(
        value=float(found.value[0]) / by,
        low=low / by if np.isfinite(low) else None,
        high=high / by if np.isfinite(high) else None,
        n=n,
        unit=unit,
        per=per(kind) if adds_up(one) else "",
        since=since,
        until=until,
    )


def whole_weeks(since: date, until: date) -> tuple[date, date]:
    """The window from its first Monday to its last Sunday; as it is when it holds no whole week."""
    first = monday_of(week_of(since)) + timedelta(days=7 if since.weekday() else 0)
    last = monday_of(week_of(until + timedelta(days=1))) - timedelta(days=1)
    return (first, last) if first < last else (since, until)


def _divisor(watched: Watched, since: date, until: date, *, lot: bool) -> float:
    """Weeks, or where a lot decides the weeks of all customers."""
    weeks = ((until - since).days + 1) / 7
    if not lot:
        return weeks
    known = pl.concat([watched.people["customer_id"], watched.rows.filter(pl.col("series") == 0)["customer_id"]])
    return weeks * known.n_unique()


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
