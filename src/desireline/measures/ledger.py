"""The ledger of deviations: where journeys leave the map, how many, and what it goes with.

Like measures, it is made of partials that merge in any order; a customer must be whole within one bucket. An
effect is a difference between journeys with the deviation and those that could have had it and did not. It is
an association: the two kinds of journeys may differ in other ways (design grade D).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.access import may_show
from desireline.hashes import hash_text
from desireline.maps.outline import Outline
from desireline.measures.cells import FEW
from desireline.measures.clusters import Clusters
from desireline.measures.coding import code, distinct
from desireline.measures.departures import (
    ALL,
    CONVERSION,
    COULD,
    JOURNEYS,
    KEYS,
    SCORE,
    VALUE,
    tally_departures,
)
from desireline.measures.differences import Difference, difference_of_means, difference_of_shares
from desireline.measures.intervals import share_interval
from desireline.measures.money import TEN_THOUSANDTHS
from desireline.measures.sentences import say
from desireline.measures.sums import clusters, merge
from desireline.measures.view import View
from desireline.measures.voice import PARTS
from desireline.tables import Table, Trips

EXAMPLES = 5
FEWEST_FOR_MEANS = 10

_EFFECT = ("effect", "low", "high")

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
        **{f"{outcome}_{part}": pl.Float64 for outcome in (CONVERSION, SCORE, VALUE) for part in _EFFECT},
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
    """What one or more buckets contribute."""

    tally: pl.DataFrame  # KEYS and sums
    examples: pl.DataFrame  # kind, place, customer_id, hash


class Side(NamedTuple):
    """An outcome of journeys with and without a deviation."""

    having: Clusters
    lacking: Clusters


@dataclass(frozen=True)
class Ledger:
    """The deviations from one map."""

    outline: Outline

    def partial(self, trips: Trips) -> LedgerPartial:
        """What these customers contribute."""
        return self.observe(View(trips, self.outline))

    def observe(self, view: View) -> LedgerPartial:
        """The same of customers who are being looked at already."""
        return LedgerPartial(tally_departures(view), _examples(view))

    def combine(self, partials: Iterable[LedgerPartial]) -> LedgerPartial:
        """All partials as one, the same in any order. There must be at least one."""
        given = list(partials)
        tally = merge([one.tally for one in given], KEYS)
        return LedgerPartial(tally, _smallest(pl.concat([one.examples for one in given])))

    def finish(self, partial: LedgerPartial) -> pl.DataFrame:
        """LEDGER, ranked by expected loss.

        That is the share of all journeys that have the deviation × its harm. Harm is the largest of three, each from
        0 to 1: conversion lost; score lost, as a part of its scale; value lost, as a part of the mean journey's. Only
        an effect whose interval lies wholly on the harmful side counts. Deviations that harm nothing follow by
        customers; those of fewer than five customers stand last, without numbers. Effects need five customers on
        each side for conversion, ten for means. At and behind the success touchpoints a deviation has no effect on
        conversion: only journeys that succeed, or fail to, get there.
        """
        sums = _Sums(partial.tally, self.outline.map.map.id)
        named = {self.outline.map.map.id, *self.outline.touchpoint}
        rows = [self._row(sums, kind, place) for kind, place in sums.deviations()]
        rows = [row for row in rows if row["place"] in named or "customers" in row]  # rare events keep their names
        ledger = LEDGER.shape(pl.DataFrame(rows, schema_overrides=_numbers()) if rows else LEDGER.empty())
        known = partial.examples.sort("hash", "customer_id").group_by("kind", "place", maintain_order=True)
        examples = known.agg(pl.col("customer_id").alias("people"))
        joined = ledger.join(examples, on=["kind", "place"], how="left")
        shown = pl.when(pl.col("customers").is_not_null()).then("people").alias("examples")
        return LEDGER.shape(_ranked(joined.with_columns(shown, self._loss(sums))))

    def _loss(self, sums: _Sums) -> pl.Expr:
        """Share of all journeys × harm."""
        journeys, worth = sums.everybody(JOURNEYS), sums.everybody(VALUE)
        mean = worth.x / worth.m / TEN_THOUSANDTHS if worth.m and worth.x > 0 else 1.0
        ends = pl.col("score_unit").str.extract_groups(r"(?P<worst>-?[\d.]+)–(?P<best>-?[\d.]+)$").struct
        reach = ends.field("best").cast(pl.Float64) - ends.field("worst").cast(pl.Float64)
        harms = [_harm(CONVERSION, pl.lit(1.0)), _harm(SCORE, reach), _harm(VALUE, pl.lit(mean))]
        part = pl.col("journeys") / pl.lit(max(journeys.m, 1))
        return (part * pl.max_horizontal(harms).clip(0, 1)).alias("loss")

    @cached_property
    def _behind(self) -> frozenset[str]:
        """The touchpoints at and behind the first that means success."""
        first = [i for i, block in enumerate(self.outline.blocks) if set(block.members) & set(self.outline.success)]
        blocks = self.outline.blocks[first[0] :] if first else []
        return frozenset(member for block in blocks for member in block.members)

    def _row(self, sums: _Sums, kind: str, place: str) -> dict[str, object]:
        share, customers = sums.share(kind, place)
        row: dict[str, object] = {"kind": kind, "place": place, "of_what": COULD.get(kind, ALL)}
        if not may_show(customers):
            return row | {"note": FEW, "says": say(self.outline, row)}
        low, high = share_interval(share)
        row |= {"customers": customers, "journeys": share.x, "of": share.m, "share": share.ratio}
        row |= {"low": low, "high": high, "note": ""} | self._effects(sums, kind, place)
        return row | {"says": say(self.outline, row)}

    def _effects(self, sums: _Sums, kind: str, place: str) -> dict[str, object]:
        won = sums.side(kind, place, CONVERSION)
        decided = place in self._behind and kind not in ("lost", "stuck")
        difference = difference_of_shares(*won) if _enough(won, 5) and not decided else None
        found = _effect(CONVERSION, won, difference, scale=1)
        scale = sums.main_scale(kind, place)
        if scale:
            told = sums.side(kind, place, scale)
            found |= _effect(
                SCORE,
                told,
                difference_of_means(*told) if _enough(told, FEWEST_FOR_MEANS) else None,
                scale=PARTS,
            )
            found["score_unit"] = scale
        worth = sums.side(kind, place, VALUE)
        if worth.having.x or worth.lacking.x:
            difference = difference_of_means(*worth) if _enough(worth, FEWEST_FOR_MEANS) else None
            found |= _effect(VALUE, worth, difference, scale=TEN_THOUSANDTHS)
            currency = self.outline.map.map.currency
            found["value_unit"] = f"money:{currency}" if currency else "money"
        return found


class _Sums:
    """The tally by key, with the journeys *without* a deviation put together."""

    def __init__(self, tally: pl.DataFrame, map_id: str) -> None:
        self._map = map_id
        rows = list(tally.iter_rows(named=True))
        self._cells = {tuple(row[key] for key in KEYS): clusters(row) for row in rows}
        self._came = {(row["kind"], row["place"]): row["came"] for row in rows if row["side"] == "share"}

    def deviations(self) -> list[tuple[str, str]]:
        return sorted(self._came)

    def everybody(self, outcome: str) -> Clusters:
        """All journeys, whatever they did."""
        return self._get(ALL, self._map, outcome, "all")

    def share(self, kind: str, place: str) -> tuple[Clusters, int]:
        """Journeys that have it of those that could, and the customers who have it."""
        having = self._get(kind, place, JOURNEYS, "share")
        return self._replaced(kind, place, JOURNEYS, having), self._came[kind, place]

    def side(self, kind: str, place: str, outcome: str) -> Side:
        rest = self._get(kind, place, outcome, "rest")
        return Side(self._get(kind, place, outcome, "with"), self._replaced(kind, place, outcome, rest))

    def main_scale(self, kind: str, place: str) -> str | None:
        """The scale of the most answered scores of journeys that have it; ties by name."""
        scales = {key[2] for key in self._cells if key[:2] == (kind, place) and key[2].startswith(SCORE)}
        return min(scales, key=lambda scale: (-self._get(kind, place, scale, "with").n, scale), default=None)

    def _replaced(self, kind: str, place: str, outcome: str, by: Clusters) -> Clusters:
        could = COULD.get(kind, ALL)
        everybody = self._get(could, self._map if could == ALL else place, outcome, "all")
        return _add(_add(everybody, self._get(kind, place, outcome, "full"), sign=-1), by)

    def _get(self, *key: str) -> Clusters:
        return self._cells.get(key, Clusters(0, 0, 0, 0, 0, 0, 0))


def _add(one: Clusters, two: Clusters, *, sign: int = 1) -> Clusters:
    return Clusters(*(a + sign * b for a, b in zip(one, two, strict=True)))


def _enough(side: Side, customers: int) -> bool:
    return min(side.having.n, side.lacking.n) >= customers


def _effect(outcome: str, side: Side, difference: Difference | None, *, scale: int) -> dict[str, object]:
    found: dict[str, object] = {}
    if difference:
        found |= {f"{outcome}_{part}": number / scale for part, number in zip(_EFFECT, difference, strict=True)}
    for name, one in zip(("with", "without"), side, strict=True):
        found[f"{outcome}_n_{name}"] = one.n if may_show(one.n) else None
    return found


def _ranked(ledger: pl.DataFrame) -> pl.DataFrame:
    order: Sequence[str] = ("loss", "customers", "kind", "place")
    ranked = ledger.sort(order, descending=[True, True, False, False], nulls_last=True)
    return ranked.with_columns(pl.int_range(1, pl.len() + 1).alias("rank"))


def _harm(outcome: str, whole: pl.Expr) -> pl.Expr:
    """How much of the whole is lost for sure; 0 where the interval says that it may be nothing."""
    parts = [pl.col(f"{outcome}_{part}") / whole for part in ("low", "high")]
    certain = pl.max_horizontal(parts) < 0
    return pl.when(certain).then(-pl.col(f"{outcome}_effect") / whole).otherwise(0.0)


def _examples(view: View) -> pl.DataFrame:
    """The customers with the smallest hashes by kind and place, EXAMPLES of each."""
    left = view.coded.deviations.select("kind", "place", "customer_id")
    names = view.people.categories.alias("customer_id")
    known = pl.DataFrame([names, pl.Series("hash", hash_text(names), dtype=pl.UInt64)])
    known = known.with_row_index("code").sort("hash", "customer_id")
    rank = np.empty(known.height, dtype=np.int64)
    rank[known["code"].to_numpy()] = np.arange(known.height)
    cells = code(left, ("kind", "place"))
    own = distinct(cells.number * known.height + rank[left["customer_id"].to_physical().to_numpy()])
    cell, place = np.divmod(own, max(known.height, 1))
    few = np.arange(len(own)) - np.searchsorted(cell, cell) < EXAMPLES
    ways = left[cells.examples[cell[few]]].select("kind", pl.col("place").cast(pl.String))
    return ways.hstack(known[place[few]].select("customer_id", "hash"))


def _smallest(people: pl.DataFrame) -> pl.DataFrame:
    ordered = people.sort("kind", "place", "hash", "customer_id")
    return ordered.group_by("kind", "place", maintain_order=True).head(EXAMPLES).select(*people.columns)


def _numbers() -> dict[str, pl.DataType | type[pl.DataType]]:
    return {name: kind for name, kind in LEDGER.columns.items() if name != "examples"}
