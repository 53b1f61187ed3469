"""Who got which campaign, who got two of them within days, and what they did afterwards.

A customer's time begins with the later of the two campaigns, for those who got one of them with that one. Who had left
before is in neither group; who left between the two could not get the second any more and counts among those who got
one. So being asked to leave by the first campaign never speaks against the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.findings.finding import Who
from desireline.findings.gather.meanings import leavings
from desireline.findings.gather.tallies import clusters_of, put_together, tally
from desireline.findings.gathering import Around, Gathering
from desireline.maps.outline import Outline, in_order
from desireline.maps.records import Campaign
from desireline.measures.clusters import Clusters
from desireline.measures.codes import Flags, Whole
from desireline.measures.view import View
from desireline.tables import STEPS

DAY = 86_400_000_000  # µs
WITHIN = 7
FOLLOWED = 30  # days after the campaign in which what customers do is counted
BOTH, ONE = "both", "one"
_KEYS = ["first", "second", "arm", "outcome"]
_NEVER = np.iinfo(np.int64).max


class Pair(NamedTuple):
    """Two campaigns, and customers who got both within days against those who got one of them."""

    first: str
    second: str
    reached: tuple[int, int]  # customers of each
    both: int  # customers who got both within days
    outcomes: tuple[tuple[str, Clusters, Clusters], ...]  # where they came to: of those with both, of those with one


@dataclass(frozen=True)
class Audiences:
    """What was gathered: pairs of campaigns that share customers."""

    pairs: tuple[Pair, ...]


class AudiencesPart(NamedTuple):
    """Counts of customers."""

    cells: pl.DataFrame
    reached: pl.DataFrame  # campaign, customers


@dataclass(frozen=True)
class AudiencesWalker:
    """Finds each customer's first instant with each campaign, and with each outcome afterwards."""

    outline: Outline

    @cached_property
    def campaigns(self) -> list[Campaign]:
        """Those that say which events show that they reached somebody."""
        return [one for one in in_order(self.outline.map.campaigns) if one.when is not None]

    @cached_property
    def outcomes(self) -> list[str]:
        """Where customers leave, and where they succeed."""
        return [*leavings(self.outline), *self.outline.success]

    @property
    def carried(self) -> tuple[str, ...]:
        """The fields that the campaigns' rules look at."""
        return fields_of(self.outline, *(one.id for one in self.campaigns))

    def partial(self, view: View) -> AudiencesPart:
        """What the bucket contributes."""
        got = [self._first(view, self._reaches(view, one)) for one in self.campaigns]
        ends = {name: self._all(view, name) for name in self.outcomes} if len(got) > 1 else {}
        cells = [
            self._cells(a.id, b.id, np.stack([one, two]), ends=ends)
            for (a, one), (b, two) in combinations(zip(self.campaigns, got, strict=True), 2)
            if ((one < _NEVER) & (two < _NEVER)).any()
        ]
        reached = [(one.id, int((at < _NEVER).sum())) for one, at in zip(self.campaigns, got, strict=True)]
        told = pl.DataFrame(reached, schema={"campaign": pl.String, "customers": pl.Int64}, orient="row")
        return AudiencesPart(pl.concat(cells) if cells else pl.DataFrame(), told)

    def combine(self, parts: Sequence[AudiencesPart]) -> AudiencesPart:
        """All of them."""
        if not parts:
            return AudiencesPart(pl.DataFrame(), pl.DataFrame(schema={"campaign": pl.String, "customers": pl.Int64}))
        reached = pl.concat([part.reached for part in parts]).group_by("campaign").agg(pl.col("customers").sum())
        return AudiencesPart(put_together([part.cells for part in parts], _KEYS), reached.sort("campaign"))

    def finish(self, part: AudiencesPart) -> Audiences:
        """The pairs, in the order of the map."""
        if part.cells.is_empty():
            return Audiences(())
        cells = put_together([part.cells], _KEYS)
        known = {tuple(row[key] for key in _KEYS): clusters_of(row) for row in cells.iter_rows(named=True)}
        reached = dict(part.reached.iter_rows())
        pairs = []
        for a, b in combinations([one.id for one in self.campaigns], 2):
            told = [(name, known.get((a, b, BOTH, name)), known.get((a, b, ONE, name))) for name in self.outcomes]
            some = tuple((name, both, one) for name, both, one in told if both is not None and one is not None)
            if some:
                pairs.append(Pair(a, b, (reached[a], reached[b]), int(some[0][1].n), some))
        return Audiences(tuple(pairs))

    def _reaches(self, view: View, campaign: Campaign) -> Flags:
        frame = view.steps.frame
        if campaign.when is None or frame.is_empty():
            return np.zeros(frame.height, dtype=np.bool_)
        return frame.select(campaign.when.expr().alias("here"))["here"].to_numpy()

    @staticmethod
    def _first(view: View, here: Flags) -> Whole:
        """By customer: the first flagged step's instant."""
        found = np.full(len(view.people), _NEVER, dtype=np.int64)
        rows = np.flatnonzero(here)
        np.minimum.at(found, view.owners.customer[view.steps.journey[rows]], view.steps.at[rows])
        return found

    @staticmethod
    def _all(view: View, point: str) -> tuple[Whole, Whole]:
        """Customers and instants of all steps at a touchpoint."""
        rows = np.flatnonzero(view.step_point == view.place[point])
        return view.owners.customer[view.steps.journey[rows]].astype(np.int64), view.steps.at[rows]

    def told(self, view: View, first: str, second: str) -> pl.DataFrame:
        """What became of the customers of two campaigns: customer, arm, outcome, x."""
        known = {one.id: one for one in self.campaigns}
        got = np.stack([self._first(view, self._reaches(view, known[name])) for name in (first, second)])
        return self._rows(got, {name: self._all(view, name) for name in self.outcomes})

    def _cells(self, a: str, b: str, at: Whole, *, ends: dict[str, tuple[Whole, Whole]]) -> pl.DataFrame:
        return tally(self._rows(at, ends).with_columns(first=pl.lit(a), second=pl.lit(b)), _KEYS)

    def _rows(self, at: Whole, ends: dict[str, tuple[Whole, Whole]]) -> pl.DataFrame:
        got = at < _NEVER
        near = got.all(axis=0) & (np.abs(at[1] - at[0]) <= WITHIN * DAY)
        begins = np.where(near, at.max(axis=0), at.min(axis=0))
        some = got.any(axis=0) & (near | ~got.all(axis=0))  # both, but far apart: neither group
        for point in leavings(self.outline):
            who, when = ends[point]
            gone = np.full(at.shape[1], _NEVER, dtype=np.int64)
            np.minimum.at(gone, who, when)
            # Between the two campaigns: the second could not be why.
            before, first = gone < begins, gone >= at.min(axis=0)
            near = near & ~(before & first)
            begins = np.where(before & first, at.min(axis=0), begins)
            some &= ~(before & ~first)
        customer = np.flatnonzero(some)
        return pl.concat([self._outcome(name, begins, customer, near=near, end=end) for name, end in ends.items()])

    @staticmethod
    def _outcome(name: str, begins: Whole, customer: Whole, *, near: Flags, end: tuple[Whole, Whole]) -> pl.DataFrame:
        who, when = end
        after = when - begins[who]
        came = np.zeros(len(begins), dtype=np.bool_)
        came[who[(after >= 0) & (after <= FOLLOWED * DAY)]] = True
        arm = pl.Series(near[customer]).replace_strict({True: BOTH, False: ONE}, return_dtype=pl.String)
        told = {"customer": customer, "arm": arm, "x": came[customer].astype(np.int64)}
        return pl.DataFrame(told).with_columns(outcome=pl.lit(name), m=pl.lit(1))


def open_overlap(view: View, who: Who) -> pl.Series:
    """Customers who got both campaigns within days and came to the touchpoint; `who.at`: first>second>touchpoint."""
    first, second, place = who.at.split(">")
    here = (pl.col("arm") == BOTH) & (pl.col("outcome") == place) & (pl.col("x") > 0)
    return view.people.gather(AudiencesWalker(view.outline).told(view, first, second).filter(here)["customer"])


def fields_of(outline: Outline, *campaigns: str) -> tuple[str, ...]:
    """The fields that the rules of these campaigns look at, beyond those of every walk."""
    rules = [one.when for one in outline.map.campaigns if one.id in campaigns and one.when is not None]
    return tuple(sorted({name for one in rules for name in one.fields()} - STEPS.columns.keys()))


def _make(around: Around) -> AudiencesWalker:
    return AudiencesWalker(around.outline)


AUDIENCES: Gathering[Audiences] = Gathering("audiences", _make)
