"""How topics come and go: their share of customers by period, its trend, and bursts against their own past.

The same customers speak in many periods; `repeats` says what that changes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import stdtr, stdtrit
from scipy.stats import hypergeom

from desireline.access import SMALL_GROUP
from desireline.measures.clusters import UPPER
from desireline.measures.discoveries import q_values
from desireline.measures.intervals import wilson
from desireline.voice.topics.hidden import hidden_cells, hidden_periods
from desireline.voice.topics.repeats import Again, centred, repeats

Floats = npt.NDArray[np.float64]

FEWEST_PERIODS = 4
FEWEST_SPEAKERS = 20
"""Different customers that must have spoken of a topic for a trend to be told."""

CLEAR = 0.05
"""q-value under which a trend or a burst counts."""

_LONGEST = (
    (timedelta(days=28), "1d", "%Y-%m-%d"),
    (timedelta(days=200), "1w", "%G-W%V"),
    (timedelta(days=1_500), "1mo", "%Y-%m"),
    (timedelta(days=36_500), "1q", "%Y-Q"),
)
_PAST = 3  # periods before a burst
_TIMES = 1.5  # how much more often than before


class Counts(NamedTuple):
    """Customers by period: who spoke of each topic, and who spoke at all."""

    periods: list[str]
    own: npt.NDArray[np.int64]  # (topics, periods)
    all: npt.NDArray[np.int64]  # (periods,)
    again: Again | None = None  # None: nobody speaks in two periods

    @property
    def customers(self) -> Again:
        """What is known of customers who speak again."""
        if self.again is not None:
            return self.again
        one = np.ones(len(self.own))
        could = np.broadcast_to(self.all, self.own.shape)
        return Again(self.own.sum(axis=1), one, np.inf * one, self.own, could)


def count_periods(said: pl.DataFrame, topics: int) -> Counts:
    """Customers in days, weeks, months or quarters, whichever leaves a readable number; none without dates."""
    dated = said.filter(pl.col("at").is_not_null())
    none = Counts([], np.zeros((topics, 0), dtype=np.int64), np.zeros(0, dtype=np.int64))
    if dated.is_empty():
        return none
    span: timedelta = dated.select(pl.col("at").max() - pl.col("at").min()).item()
    every, form = next(((every, form) for longest, every, form in _LONGEST if span <= longest), _LONGEST[-1][1:])
    held = dated.select(
        "topic", pl.col("customer_id").alias("customer"), pl.col("at").dt.truncate(every).alias("period")
    )
    number = held.select(
        pl.datetime_range(pl.col("period").min(), pl.col("period").max(), every).cast(held["period"].dtype)
    ).with_row_index("number")
    begins = number["period"].to_list()
    numbered = held.join(number.cast({"number": pl.Int64}), on="period").drop("period").unique()
    speakers = numbered.group_by("number").agg(pl.col("customer").n_unique().alias("count"))
    own = (
        numbered.filter(pl.col("topic") >= 0)
        .group_by("topic", "number")
        .agg(pl.col("customer").n_unique().alias("count"))
    )
    everybody = np.zeros(len(begins), dtype=np.int64)
    everybody[speakers["number"].to_numpy()] = speakers["count"].to_numpy()
    table = np.zeros((topics, len(begins)), dtype=np.int64)
    table[own["topic"].to_numpy(), own["number"].to_numpy()] = own["count"].to_numpy()
    return Counts([_said(begin, form) for begin in begins], table, everybody, repeats(numbered, table, everybody))


def shares(counts: Counts) -> pl.DataFrame:
    """topic, period, customers, of, share, low, high: Wilson's intervals, the customer being the unit.

    Null where one to four customers spoke of the topic, or of others, or at all; and where that would be told by
    subtraction.
    """
    topics, periods = counts.own.shape
    of = np.broadcast_to(counts.all, counts.own.shape).ravel()
    own = counts.own.ravel()
    share = own / np.maximum(of, 1)
    low, high = wilson(share, of)
    hidden = pl.Series(hidden_cells(counts.own, counts.all).ravel())
    of_hidden = pl.Series(np.broadcast_to(hidden_periods(counts.all), counts.own.shape).ravel())
    found = pl.DataFrame(
        {
            "topic": np.repeat(np.arange(topics), periods),
            "period": counts.periods * topics,
            "customers": own,
            "of": of,
            "share": pl.Series(np.where(of > 0, share, np.nan)).fill_nan(None),
            "low": pl.Series(low).fill_nan(None),
            "high": pl.Series(high).fill_nan(None),
        }
    )
    return found.with_columns(
        pl.when(~hidden).then(pl.col("customers", "share", "low", "high")), pl.when(~of_hidden).then("of").alias("of")
    )


def trends(counts: Counts) -> pl.DataFrame:
    """For each topic: slope (change of its share per period) with low and high, q, and the word for it.

    The test is that of Cochran (1954) and Armitage (1955) for a trend in shares, the slope their least squares. Where
    customers speak in several periods, the variance is that of customers, and its t has as many degrees of freedom as
    they are worth (`repeats`); never less than if they spoke once.
    Null, “not enough data”: fewer than four periods, or than twenty different customers who spoke of it.
    """
    periods, again = len(counts.periods), counts.customers
    enough = (again.speakers >= FEWEST_SPEAKERS) & (periods >= FEWEST_PERIODS)
    of = counts.all.astype(np.float64)
    total = max(of.sum(), 1.0)
    time = centred(counts.all)
    freedom = np.where(again.design > 1, np.maximum(again.worth - 1, 1), np.inf)
    spread = max((of * time**2).sum(), 1e-12)
    mean = counts.own.sum(axis=1) / total
    slope = (counts.own * time).sum(axis=1) / spread
    share = counts.own / np.maximum(of, 1)
    error = np.sqrt(again.design * (time**2 * of * share * (1 - share)).sum(axis=1)) / spread
    with np.errstate(divide="ignore", invalid="ignore"):
        z = slope * spread / np.sqrt(again.design * mean * (1 - mean) * spread)
    q = q_values(np.where(enough & np.isfinite(z), 2 * stdtr(freedom, -np.abs(z)), np.nan))
    clear = np.nan_to_num(q, nan=1.0) < CLEAR
    word = np.where(~enough, "not enough data", np.where(~clear, "steady", np.where(slope > 0, "rising", "falling")))
    half = stdtrit(freedom, UPPER) * error
    parts = {"slope": slope, "slope_low": slope - half, "slope_high": slope + half, "trend_q": q}
    told = [pl.Series(name, np.where(enough, part, np.nan)).fill_nan(None) for name, part in parts.items()]
    return pl.DataFrame([pl.Series("trend", word.tolist(), dtype=pl.String), *told])


def bursts(counts: Counts) -> pl.DataFrame:
    """topic, period, customers, times (how often more than before), q: where a topic is suddenly spoken of.

    Each period is held against all earlier ones of the same topic, three at least: among who spoke in both, are too
    many of this topic's in this period? (Fisher's exact test, one-sided, false discoveries at 5 % over all topics and
    periods.) A customer counts until he has spoken of the topic, so those who repeat themselves are no news. All that
    is spoken counts as the whole, so a loud week is no burst of everything. At least half as much again as before,
    and five customers; their number is null where `shares` hides it.
    """
    topics, periods = counts.own.shape
    rows = [(topic, now) for topic in range(topics) for now in range(_PAST, periods) if counts.all[now] > 0]
    if not rows:
        return pl.DataFrame(
            schema={"topic": pl.Int64, "period": pl.String, "customers": pl.Int64, "times": pl.Float64, "q": pl.Float64}
        )
    topic, now = np.array(rows).T
    past_own, past_all = np.cumsum(counts.own, axis=1)[topic, now - 1], np.cumsum(counts.all)[now - 1]
    own, of = counts.own[topic, now], counts.all[now]
    p = _too_many(counts.customers, topic, now)
    with np.errstate(divide="ignore", invalid="ignore"):
        times = (own / of) / (past_own / np.maximum(past_all, 1))
    found = pl.DataFrame(
        {"topic": topic, "period": [counts.periods[k] for k in now], "customers": own, "times": times, "q": q_values(p)}
    )
    hidden = pl.Series(hidden_cells(counts.own, counts.all)[topic, now])
    clear = (pl.col("q") < CLEAR) & (pl.col("times") >= _TIMES) & (pl.col("customers") >= SMALL_GROUP)
    told = found.with_columns(hidden.alias("hidden")).filter(clear)
    return told.with_columns(pl.when(~pl.col("hidden")).then("customers").alias("customers")).drop("hidden")


def _too_many(again: Again, topic: npt.NDArray[np.int64], now: npt.NDArray[np.int64]) -> Floats:
    """p-values: so many or more who speak of it for the first time in this period, out of now and before."""
    past_first, past_could = (np.cumsum(one, axis=1)[topic, now - 1] for one in (again.first, again.could))
    first, could = again.first[topic, now], again.could[topic, now]
    return np.asarray(hypergeom.sf(first - 1, past_could + could, past_first + first, could))


def _said(begin: object, form: str) -> str:
    month = begin.month  # type: ignore[attr-defined]
    said: str = begin.strftime(form)  # type: ignore[attr-defined]
    return f"{said}{(month + 2) // 3}" if form.endswith("Q") else said
