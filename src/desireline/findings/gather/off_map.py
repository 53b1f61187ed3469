"""Events that nothing on the map explains, and between which steps they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from desireline.findings.finding import Who
from desireline.findings.gather.tallies import SUMS, clusters_of, count_rows, put_together, tally
from desireline.findings.gathering import Around, Gathering
from desireline.maps.outline import Outline
from desireline.measures.clusters import Clusters
from desireline.measures.codes import NONE, Whole, distinct
from desireline.measures.view import View

_EDGE = ["a", "b"]
_STRAY = ["event", "a", "b"]


class Stray(NamedTuple):
    """An event off the map, at the place at which most customers do it."""

    event: str
    at: str  # "a>b", or a touchpoint where it happens during, before or after it
    sums: Clusters  # of the journeys that pass there: which do it
    customers: int  # who do it, there or elsewhere
    journeys: int  # in which it happens, there or elsewhere


@dataclass(frozen=True)
class Strays:
    """What was gathered: the strays by name."""

    found: tuple[Stray, ...]


class StraysPart(NamedTuple):
    """How many pass each pair of steps, and what they do there that the map does not know."""

    edges: pl.DataFrame
    strays: pl.DataFrame
    anywhere: pl.DataFrame  # event, journeys, customers


@dataclass(frozen=True)
class StraysWalker:
    """Counts journeys between two steps, each once, and the strays that lie there."""

    outline: Outline

    def partial(self, view: View) -> StraysPart:
        """What the bucket contributes. Steps are touchpoints by their number in the outline, −1 for none."""
        customer = view.owners.customer
        journey, edge = _passed(view)
        cell, _, counted = count_rows(edge, customer[journey])
        a, b = _ends(cell, len(view.points) + 1)
        nothing = [pl.lit(0, pl.Int64).alias(name) for name in ("x", "xx", "xm", "came")]
        edges = counted.with_columns(*nothing, a=a, b=b).select(*_EDGE, *SUMS)
        strays = _between(view)
        who = strays.select("journey", *_STRAY).unique()
        who = who.with_columns(pl.Series("customer", customer[who["journey"].to_numpy()]), x=pl.lit(1))
        did = who.group_by("customer", *_STRAY).agg(pl.col("x").cast(pl.Int64).sum())
        return StraysPart(
            edges,
            tally(did.join(_own(view, did, journey, edge=edge), on=["customer", *_EDGE], how="left"), _STRAY),
            who.group_by("event").agg(pl.col("journey", "customer").n_unique().cast(pl.Int64).name.suffix("s")),
        )

    def combine(self, parts: Sequence[StraysPart]) -> StraysPart:
        """All of them."""
        if not parts:
            return StraysPart(pl.DataFrame(), pl.DataFrame(), pl.DataFrame())
        counts = pl.col("journeys", "customers").sum()
        anywhere = pl.concat([part.anywhere for part in parts]).group_by("event").agg(counts)
        return StraysPart(
            put_together([part.edges for part in parts], _EDGE),
            put_together([part.strays for part in parts], _STRAY),
            anywhere.sort("event"),
        )

    def finish(self, part: StraysPart) -> Strays:
        """Each stray where most customers do it."""
        if part.strays.is_empty():
            return Strays(())
        whole = self.combine([part])
        edges = whole.edges.select(*_EDGE, *(pl.col(name).alias(f"all_{name}") for name in SUMS))
        most = whole.strays.sort("came", "x", *_STRAY, descending=[True, True, False, False, False])
        most = most.unique("event", keep="first", maintain_order=True).join(edges, on=_EDGE, how="left")
        most = most.join(whole.anywhere, on="event").sort("event")
        return Strays(tuple(self._stray(row) for row in most.iter_rows(named=True)))

    def _stray(self, row: dict[str, Any]) -> Stray:
        everybody = {name: row[f"all_{name}"] for name in ("n", "rows", "m", "mm")}
        sums = clusters_of({**everybody, **{name: row[name] for name in ("x", "xx", "xm")}})
        return Stray(row["event"], self._place(row["a"], row["b"]), sums, row["customers"], row["journeys"])

    def _place(self, a: int, b: int) -> str:
        points = list(self.outline.touchpoint)
        if a >= 0 and b >= 0 and a != b:
            return f"{points[a]}>{points[b]}"
        return points[a] if a >= 0 else points[b] if b >= 0 else self.outline.map.map.id


def _own(view: View, did: pl.DataFrame, journey: Whole, *, edge: Whole) -> pl.DataFrame:
    """How many journeys of those customers pass each edge: customer, a, b, m."""
    known = np.zeros(len(view.people) + 1, dtype=np.bool_)
    known[did["customer"].to_numpy()] = True
    some = known[view.owners.customer[journey]]
    a, b = _ends(edge[some], len(view.points) + 1)
    rows = pl.DataFrame({"customer": view.owners.customer[journey[some]], "a": a, "b": b})
    return rows.group_by("customer", *_EDGE).agg(pl.len().cast(pl.Int64).alias("m"))


def _passed(view: View) -> tuple[Whole, Whole]:
    """Journeys and pairs of steps that follow each other, before the first and after the last one too; each once."""
    steps, journeys = view.steps, view.journeys.height
    point = view.step_point - view.first_point
    inner = np.flatnonzero(~steps.first)
    some, none = (np.flatnonzero(flags) for flags in (np.diff(steps.starts) > 0, np.diff(steps.starts) == 0))
    nowhere = np.full(len(some), NONE)
    a = [point[inner - 1], nowhere, point[steps.last[some]], np.full(len(none), NONE)]
    b = [point[inner], point[steps.starts[some]], nowhere, np.full(len(none), NONE)]
    journey = np.concatenate([steps.journey[inner], some, some, none]).astype(np.int64)
    size = (len(view.points) + 1) ** 2
    key = distinct(journey * size + (np.concatenate(a) + 1) * (len(view.points) + 1) + np.concatenate(b) + 1)
    return (key // size, key % size) if journeys else (key, key)


def _ends(edge: Whole, size: int) -> tuple[Whole, Whole]:
    """The touchpoints of pairs, −1 for none."""
    return edge // size - 1, edge % size - 1


def _between(view: View) -> pl.DataFrame:
    """Each stray with its journey, its event, and the touchpoints before and after it."""
    told = view.trips.strays
    if told.is_empty():
        return pl.DataFrame(schema={"journey": pl.Int64, "event": pl.String, "a": pl.Int64, "b": pl.Int64})
    told = told.filter(pl.col("event").is_not_null())
    steps, journey, step = view.steps, told["trip"].to_numpy().astype(np.int64), told["step"].to_numpy()
    point = np.append(view.step_point - view.first_point, NONE)
    here = steps.starts[journey] + step
    before = np.where(step > 0, point[np.maximum(here - 1, 0)], NONE)
    after = np.where(here < steps.starts[journey + 1], point[np.minimum(here, len(point) - 1)], NONE)
    events = told["event"].cast(pl.String)
    return pl.DataFrame({"journey": journey, "event": events, "a": before, "b": after}).with_columns(
        pl.col("a", "b").cast(pl.Int64)
    )


def open_stray(view: View, who: Who) -> pl.Series:
    """Customers who do what stands off the map."""
    told = view.trips.strays
    if told.is_empty():
        return view.people.clear()
    trips = told.filter(pl.col("event").cast(pl.String) == who.at)["trip"].to_numpy()
    return view.people.gather(view.owners.customer[trips])


def _make(around: Around) -> StraysWalker:
    return StraysWalker(around.outline)


STRAYS: Gathering[Strays] = Gathering("strays", _make)
