"""Sides: those who came through one channel, or by one touchpoint, with what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from desireline.access import may_show
from desireline.maps.outline import Outline
from desireline.measures.clusters import Clusters
from desireline.measures.groups import NOBODY, OPEN
from desireline.measures.intervals import mean_interval, share_interval
from desireline.voice.counts import parts_to_tell
from desireline.voice.estimate import Estimate
from desireline.voice.parity.asked import Asked
from desireline.voice.parity.cells import Cells
from desireline.voice.parity.comparison import Compared, Sums, compare

OTHERS = "all others"
LEVEL = 0.05


@dataclass(frozen=True)
class Side:
    """One side. `name` as groups are written (`channel:web`), `title` for people."""

    name: str
    title: str
    customers: int | None  # None for several sides together, which may share some
    n: int  # journeys or answers
    value: Estimate


@dataclass(frozen=True)
class Met:
    """A side and what it was compared with."""

    first: Side
    second: Side
    compared: Compared


@dataclass(frozen=True)
class Place:
    """The sides of one place; `hidden` ones had fewer than five customers, `protecting` ones would tell of few."""

    id: str
    sides: tuple[Side, ...]
    hidden: int
    protecting: int
    cells: pl.DataFrame
    shared: pl.DataFrame

    def met(self, asked: Asked) -> list[Met]:
        """Two sides are compared with each other; of more, each with all others.

        The one that differs most is set apart, so that it does not make the others look good or bad; the others are
        compared again without it, until none stands out.
        """
        found: list[Met] = []
        sides = list(self.sides)
        while len(sides) > 1:
            round_ = self._round(sides, asked)
            odd = min(round_, key=lambda one: one.compared.different_p, default=None)
            if len(sides) == 2 or odd is None or odd.compared.different_p > LEVEL:
                return found + round_
            found.append(odd)
            sides.remove(odd.first)
        return found

    def _round(self, sides: list[Side], asked: Asked) -> list[Met]:
        names = [one.name for one in sides]
        here = pl.col("side").is_in(names)
        sums = Sums(self.cells.filter(here), self.shared.filter(here & pl.col("side2").is_in(names)), scale=asked.scale)
        apart = [one.title for one in self.sides if one not in sides]
        found = []
        for side in sides[:1] if len(sides) == 2 else sides:
            compared = compare(sums, side.name, asked.within, share=asked.is_share)
            others = [one for one in sides if one is not side]
            if compared is not None:
                found.append(
                    Met(side, others[0] if len(others) == 1 else self._together(others, apart, asked), compared)
                )
        return found

    def _together(self, others: Sequence[Side], apart: Sequence[str], asked: Asked) -> Side:
        """Several sides as one, without an interval of its own: that of the difference is what counts."""
        mine = self.cells.filter(pl.col("side").is_in([one.name for one in others]))
        n = int(mine["n"].sum())
        value = Estimate(int(mine["x"].sum()) / n / asked.scale, np.nan, np.nan)
        title = f"{OTHERS} but {' and '.join(apart)}" if apart else OTHERS
        return Side("", title, None, n, value)


def find_place(cells: Cells, place: str, asked: Asked, outline: Outline) -> Place:
    """The sides of a place that may be shown, by name; those of nobody (no channel known) left out.

    What is hidden is what `measure --by` hides, so that neither tells what the other does not.
    """
    here = pl.col("place") == place
    people = dict(cells.people.filter(here).select("side", "customers").iter_rows())
    named = [side for side in people if not side.endswith(NOBODY)]
    told = parts_to_tell(people)
    shown = sorted(side for side in named if people[side] and side in told)
    few = sum(not may_show(people[side]) for side in named)
    mine = cells.cells.filter(here & pl.col("side").is_in(shown))
    pairs = cells.shared.filter(here & pl.col("side").is_in(shown) & pl.col("side2").is_in(shown))
    sides = [
        Side(name, title_of(name, outline), people[name], *_happened(mine, pairs, name, people[name], asked=asked))
        for name in shown
    ]
    return Place(place, tuple(sides), few, sum(side not in told for side in named) - few, mine, pairs)


def title_of(side: str, outline: Outline) -> str:
    """A side for people: the title of its channel, touchpoint or persona, else what the data calls it."""
    name = side.partition("=" if side.startswith(OPEN) else ":")[2]
    return outline.titles.get(name, name) or side


def _happened(
    cells: pl.DataFrame, pairs: pl.DataFrame, name: str, customers: int, *, asked: Asked
) -> tuple[int, Estimate]:
    """How many rows a side has, and its share or mean."""
    cells = cells.filter(pl.col("side") == name)
    mine = pairs.filter((pl.col("side") == name) & (pl.col("side2") == name))
    x, n = int(cells["x"].sum()), int(cells["n"].sum())
    sums = Clusters(customers, n, x, n, int(mine["aa"].sum()), int(mine["an"].sum()), int(mine["nn"].sum()))
    low, high = share_interval(sums) if asked.is_share else mean_interval(sums)
    return n, Estimate(x / n / asked.scale, float(low) / asked.scale, float(high) / asked.scale)
