"""The ledger of deviations: where journeys leave the map, how many, and what it goes with.

Like measures, it is made of partials that merge in any order; a customer must be whole within one bucket. An
effect is a difference between journeys with the deviation and those that could have had it and did not. It is
an association: the two kinds of journeys may differ in other ways (design grade D).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.maps.outline import Outline
from desireline.measures.cells import FEW
from desireline.measures.could import CONVERSION, JOURNEYS, SCORE, VALUE
from desireline.measures.departures import KEYS, tally_departures
from desireline.measures.differences import difference_of_means, difference_of_shares
from desireline.measures.effects import EFFECT, Sums, effect
from desireline.measures.intervals import share_interval
from desireline.measures.left import read_left, smallest_hashes
from desireline.measures.money import TEN_THOUSANDTHS
from desireline.measures.sentences import say
from desireline.measures.sums import SUMS
from desireline.measures.view import View
from desireline.measures.voice import PARTS
from desireline.tables import Table, Trips

EXAMPLES = 5
FEWEST_FOR_MEANS = 10
ROOM = 50_000
"""Rows that may wait before they are put together."""

LEDGER = Table(
    "ledger",
    {
        "rank": pl.Int64,  # 1 is the largest expected loss
        "kind": pl.String,
        "place": pl.String,
        "customers": pl.Int64,  # null when there are fewer than 5
        "journeys": pl.Int64,
        "of": pl.Int64,  # journeys that could have deviated like this
        "of_what": pl.String,  # all, passing, visiting, settled, judged (see departures.COULD)
        "share": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        **{f"{outcome}_{part}": pl.Float64 for outcome in (CONVERSION, SCORE, VALUE) for part in EFFECT},
        **{f"{outcome}_n_{side}": pl.Int64 for outcome in (CONVERSION, SCORE, VALUE) for side in ("with", "without")},
        "score_unit": pl.String,  # "score:1–5", the scale of the score effect
        "value_unit": pl.String,  # "money:EUR"
        "loss": pl.Float64,  # share of all journeys × harm, 0–1: what the ranking goes by
        "examples": pl.List(pl.String),  # up to five customers, those with the smallest hashes
        "says": pl.String,
        "note": pl.String,
    },
)


@dataclass(frozen=True)
class LedgerPartial:
    """What one or more buckets contribute: tables that are put together when they have become many, or at the end."""

    tallies: tuple[pl.DataFrame, ...] = ()  # KEYS and sums
    examples: tuple[pl.DataFrame, ...] = ()  # kind, place, customer_id, hash

    @property
    def size(self) -> int:
        """How many rows there are in all."""
        return sum(frame.height for frame in (*self.tallies, *self.examples))

    def together(self) -> LedgerPartial:
        """The same as one table each."""
        if len(self.tallies) <= 1:
            return self
        tally = pl.concat(self.tallies).group_by(KEYS, maintain_order=True).agg(pl.col(SUMS).sum())
        return LedgerPartial((tally,), (_smallest(pl.concat(self.examples)),))


@dataclass(frozen=True)
class Ledger:
    """The deviations from one map."""

    outline: Outline

    def partial(self, trips: Trips) -> LedgerPartial:
        """What these customers contribute."""
        return self.observe(View(trips, self.outline))

    def observe(self, view: View) -> LedgerPartial:
        """The same of customers who are being looked at already."""
        left = read_left(view)
        return LedgerPartial((tally_departures(view, left),), (smallest_hashes(view, left, most=EXAMPLES),))

    def combine(self, partials: Iterable[LedgerPartial]) -> LedgerPartial:
        """All partials as one, the same in any order. There must be at least one."""
        given = list(partials)
        whole = LedgerPartial(
            tuple(frame for one in given for frame in one.tallies),
            tuple(frame for one in given for frame in one.examples),
        )
        return whole.together() if whole.size > ROOM + 2 * max(one.size for one in given) else whole

    def finish(self, partial: LedgerPartial) -> pl.DataFrame:
        """LEDGER, ranked by expected loss.

        That is the share of all journeys that have the deviation × its harm. Harm is the largest of three, each from
        0 to 1: conversion lost; score lost, as a part of its scale; value lost, as a part of the mean journey's. Only
        an effect whose interval lies wholly on the harmful side counts. Deviations that harm nothing follow by
        customers; those of fewer than five customers stand last, without numbers. Effects need five customers on
        each side for conversion, ten for means. At and behind the success touchpoints a deviation has no effect on
        conversion: only journeys that succeed, or fail to, get there.
        """
        whole = partial.together()
        if not whole.tallies:
            return LEDGER.empty()
        sums = Sums(whole.tallies[0], self.outline.map.map.id)
        named = [self.outline.map.map.id, *self.outline.touchpoint]
        shown = pl.col("customers") >= SMALL_GROUP
        rows = sums.deviations.filter(pl.col("place").is_in(named) | shown)  # rare events keep their names
        told = self._told(sums, rows.filter(shown))
        rare = rows.filter(~shown).select("kind", "place", "of_what", pl.lit(FEW).alias("note"))
        ledger = pl.concat([told, rare], how="diagonal")
        says = [say(self.outline, row) for row in ledger.iter_rows(named=True)]
        known = whole.examples[0].sort("hash", "customer_id").group_by("kind", "place", maintain_order=True)
        examples = known.agg(pl.col("customer_id").alias("people"))
        joined = LEDGER.shape(ledger.with_columns(pl.Series("says", says, dtype=pl.String))).join(
            examples, on=["kind", "place"], how="left"
        )
        few = pl.when(pl.col("customers").is_not_null()).then("people").alias("examples")
        return LEDGER.shape(_ranked(joined.with_columns(few, self._loss(sums))))

    def _loss(self, sums: Sums) -> pl.Expr:
        """Share of all journeys × harm."""
        journeys, worth = int(sums.everybody(JOURNEYS).m[0]), sums.everybody(VALUE)
        mean = float(worth.ratio[0]) / TEN_THOUSANDTHS if worth.m[0] and worth.x[0] > 0 else 1.0
        ends = pl.col("score_unit").str.extract_groups(r"(?P<worst>-?[\d.]+)–(?P<best>-?[\d.]+)$").struct
        reach = ends.field("best").cast(pl.Float64) - ends.field("worst").cast(pl.Float64)
        harms = [_harm(CONVERSION, pl.lit(1.0)), _harm(SCORE, reach), _harm(VALUE, pl.lit(mean))]
        part = pl.col("journeys") / pl.lit(max(journeys, 1))
        return (part * pl.max_horizontal(harms).clip(0, 1)).alias("loss")

    @cached_property
    def _behind(self) -> frozenset[str]:
        """The touchpoints at and behind the first that means success."""
        first = [i for i, block in enumerate(self.outline.blocks) if set(block.members) & set(self.outline.success)]
        blocks = self.outline.blocks[first[0] :] if first else []
        return frozenset(member for block in blocks for member in block.members)

    def _told(self, sums: Sums, rows: pl.DataFrame) -> pl.DataFrame:
        """Numbers of deviations of five customers and more."""
        share = sums.share(rows)
        low, high = share_interval(share)
        told = rows.select("kind", "place", "of_what", "customers", pl.lit("").alias("note")).with_columns(
            pl.Series("journeys", share.x.astype(np.int64)),
            pl.Series("of", share.m.astype(np.int64)),
            pl.Series("share", share.ratio),
            pl.Series("low", low),
            pl.Series("high", high),
        )
        return told.hstack([*self._conversion(sums, rows), *self._score(sums, rows), *self._value(sums, rows)])

    def _conversion(self, sums: Sums, rows: pl.DataFrame) -> list[pl.Series]:
        won = sums.side(rows, CONVERSION)
        decided = rows["place"].is_in(list(self._behind)) & ~rows["kind"].is_in(["lost", "stuck"])
        return effect(CONVERSION, won, won.enough(SMALL_GROUP) & ~decided.to_numpy(), difference_of_shares)

    def _score(self, sums: Sums, rows: pl.DataFrame) -> list[pl.Series]:
        scale = sums.main_scale(rows)
        told = sums.side(rows, scale)
        columns = effect(SCORE, told, told.enough(FEWEST_FOR_MEANS), difference_of_means, scale=PARTS)
        return [*(column.set(scale.is_null(), None) for column in columns), scale.alias("score_unit")]

    def _value(self, sums: Sums, rows: pl.DataFrame) -> list[pl.Series]:
        worth, currency = sums.side(rows, VALUE), self.outline.map.map.currency
        some = (worth.having.x != 0) | (worth.lacking.x != 0)
        known = some & worth.enough(FEWEST_FOR_MEANS)
        columns = effect(VALUE, worth, known, difference_of_means, scale=TEN_THOUSANDTHS)
        unit = pl.Series("value_unit", [f"money:{currency}" if currency else "money"] * rows.height, dtype=pl.String)
        return [column.set(pl.Series(~some), None) for column in (*columns, unit)]


def _ranked(ledger: pl.DataFrame) -> pl.DataFrame:
    order: Sequence[str] = ("loss", "customers", "kind", "place")
    ranked = ledger.sort(order, descending=[True, True, False, False], nulls_last=True)
    return ranked.with_columns(pl.int_range(1, pl.len() + 1).alias("rank"))


def _harm(outcome: str, whole: pl.Expr) -> pl.Expr:
    """How much of the whole is lost for sure; 0 where the interval says that it may be nothing."""
    parts = [pl.col(f"{outcome}_{part}") / whole for part in ("low", "high")]
    certain = pl.max_horizontal(parts) < 0
    return pl.when(certain).then(-pl.col(f"{outcome}_effect") / whole).otherwise(0.0)


def _smallest(people: pl.DataFrame) -> pl.DataFrame:
    ordered = people.sort("kind", "place", "hash", "customer_id")
    return ordered.group_by("kind", "place", maintain_order=True).head(EXAMPLES).select(*people.columns)
