"""Customers who speak of the same thing again and again: what they change in trends and bursts.

Periods hold the same people, so they are no independent draws. For trends the customer is the unit of the spread; for
bursts each customer counts in the first period in which he speaks of the topic, and no more after it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Again(NamedTuple):
    """What is known of customers beside their numbers by period."""

    speakers: Ints  # (topics,): customers who spoke of it at all
    design: Floats  # (topics,): by what the variance of the trend is larger than if each had spoken once; 1 at least
    worth: Floats  # (topics,): how many customers of equal pull are worth as many
    first: Ints  # (topics, periods): customers who speak of it for the first time
    could: Ints  # (topics, periods): customers who speak and have not spoken of it before


def repeats(pairs: pl.DataFrame, own: Ints, of: Ints) -> Again:
    """From `pairs` (topic, customer, number of the period; topic −1 none) and the numbers of customers by period.

    The pull of a customer on the trend is Σ t (spoke of it − share), added up over his periods, t being centred time;
    `design` is the sum of squares of these over that of each period alone (Rao & Scott 1992, Biometrics 48,
    577–585), `worth` their (Σu²)² / Σu⁴.
    """
    time = centred(of)
    every = pairs.select("customer", "number").unique().sort("customer", "number")
    of_topic = pairs.filter(pl.col("topic") >= 0).unique().sort("topic", "customer", "number")
    first, could = _first(of_topic, every, own)
    speakers = of_topic.group_by("topic").agg(pl.col("customer").n_unique().alias("n"))
    count = np.zeros(len(own), dtype=np.int64)
    count[speakers["topic"].to_numpy()] = speakers["n"].to_numpy()
    design, worth = _spread(of_topic, every, time, own=own, of=of)
    return Again(count, design, worth, first, could)


def centred(of: Ints) -> Floats:
    """The numbers of periods less their mean over customers."""
    place = np.arange(len(of), dtype=np.float64)
    return np.asarray(place - (of * place).sum() / max(float(of.sum()), 1.0))


def _first(of_topic: pl.DataFrame, every: pl.DataFrame, own: Ints) -> tuple[Ints, Ints]:
    begins = of_topic.group_by("topic", "customer").agg(pl.col("number").min().alias("begins"))
    first = _counted(begins.select("topic", pl.col("begins").alias("number")), own.shape)
    later = begins.join(every, on="customer").filter(pl.col("number") > pl.col("begins"))
    speaking = np.bincount(every["number"].to_numpy(), minlength=own.shape[1])
    return first, speaking - _counted(later.select("topic", "number"), own.shape)


def _counted(cells: pl.DataFrame, shape: tuple[int, ...]) -> Ints:
    table = np.zeros(shape, dtype=np.int64)
    np.add.at(table, (cells["topic"].to_numpy(), cells["number"].to_numpy()), 1)
    return table


def _spread(of_topic: pl.DataFrame, every: pl.DataFrame, time: Floats, *, own: Ints, of: Ints) -> tuple[Floats, Floats]:
    """`design` and `worth` of each topic. Rows are sorted, so sums do not depend on the order of answers."""
    topics = len(own)
    pull = pl.col("number").replace_strict(dict(enumerate(time.tolist())), return_dtype=pl.Float64).sum()
    there = every.group_by("customer", maintain_order=True).agg(pull.alias("there"))
    spoke = of_topic.group_by("topic", "customer", maintain_order=True).agg(pull.alias("spoke"))
    joined = spoke.join(there, on="customer", maintain_order="left")
    topic, told = joined["topic"].to_numpy(), joined["spoke"].to_numpy()
    mean = own.sum(axis=1) / max(float(of.sum()), 1.0)
    silent = mean[topic] * joined["there"].to_numpy()
    whole = there["there"].to_numpy()

    def added(power: int) -> Floats:
        speakers = np.bincount(topic, (told - silent) ** power - silent**power, minlength=topics)
        return np.asarray(mean**power * (whole**power).sum() + speakers)

    alone = (time**2 * (own * (1 - mean[:, None]) ** 2 + (of - own) * mean[:, None] ** 2)).sum(axis=1)
    squares, fourth = added(2), added(4)
    known = (alone > 1e-9) & (squares > 1e-9)
    design = np.where(known, np.maximum(squares / np.where(known, alone, 1), 1.0), 1.0)
    worth = np.where(known, squares**2 / np.where(known, np.maximum(fourth, 1e-300), 1), np.inf)
    return design, worth
