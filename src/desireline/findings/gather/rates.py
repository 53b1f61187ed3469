"""How often journeys leave the map in each way: by place, group and week, in sums that add up.

A row is a journey at a touchpoint that it came to; it counts in the week of its first step there and in the channel of
that step. Whether it could have left the map in this way is the ledger's notion (`measures.left.COULD`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.findings.gathering import Around, Gathering
from desireline.measures.clusters import Clusters
from desireline.measures.codes import Flags, Whole
from desireline.measures.could import read_sets
from desireline.measures.groups import Marker
from desireline.measures.ladder import LIMIT
from desireline.measures.left import COULD, Left, read_left
from desireline.measures.measure import Measure
from desireline.measures.rows import Observations, Rows
from desireline.measures.share import Share
from desireline.measures.splits import Split, Splitter
from desireline.measures.state import State, merge_states, state_of
from desireline.measures.sums import SUMS, numbers_of
from desireline.measures.tallying import tally
from desireline.measures.view import View

KINDS = tuple(kind for kind in COULD if kind != "ad hoc")  # what is off the map is not at a touchpoint
_LAST = ("kind", "at", "group", "period")
_COLUMNS = (*Clusters._fields, "came")


class Cell(NamedTuple):
    """A group's rows at a place, in sums: `Clusters` and, last, how many customers have it. Shapes (8,) and (weeks, 8).

    A customer who came in two weeks stands in both; but who has it is counted in the last week in which he has, so that
    the customers who have it since a week add up.
    """

    whole: Whole
    weeks: Whole
    names: tuple[str, ...]  # of the weeks, in the order of time: "2026-W07"


@dataclass(frozen=True, eq=False)
class Rates:
    """The sums of all cells: kind, at, group, period, SUMS. `last`: how many have it for the last time in a week."""

    cells: pl.DataFrame
    last: pl.DataFrame

    @cached_property
    def _read(self) -> Mapping[tuple[str, str], dict[str, Cell]]:
        told = self.cells.join(self.last, on=_LAST, how="left")
        exact = pl.when(pl.col("period") == "").then("came").otherwise(pl.col("last").fill_null(0)).alias("came")
        rows = told.with_columns(exact).sort("kind", "at", "group", "period")
        sums = np.stack([numbers_of(rows[name]).astype(np.int64) for name in _COLUMNS], axis=1)
        keys = rows.select("kind", "at", "group").rows()
        found: dict[tuple[str, str], dict[str, Cell]] = {}
        begin = [i for i, key in enumerate(keys) if i == 0 or key != keys[i - 1]]
        for first, last in zip(begin, [*begin[1:], len(keys)], strict=False):  # the first is the whole: period ""
            kind, at, group = keys[first]
            names = tuple(rows["period"][first + 1 : last])
            found.setdefault((kind, at), {})[group] = Cell(sums[first], sums[first + 1 : last], names)
        return found

    def groups(self, kind: str, at: str) -> Mapping[str, Cell]:
        """The groups that were seen there, everybody ("") first; none where nobody could have it."""
        return self._read.get((kind, at), {})

    def sums(self, kind: str, at: str, group: str = "") -> Clusters:
        """Everything of a group, as single numbers; all 0 where it was not seen."""
        cell = self.groups(kind, at).get(group)
        return Clusters(*(cell.whole[:-1].tolist() if cell else [0] * len(Clusters._fields)))

    def visitors(self, at: str) -> int:
        """How many customers came to a touchpoint."""
        cell = self.groups("repeated", at).get("")  # of journeys that visit it
        return int(cell.whole[0]) if cell else 0


@dataclass(frozen=True)
class RatesWalker:
    """Adds up by these groupings ("channel", "persona", "property:NAME")."""

    groupings: tuple[str, ...]

    def partial(self, view: View) -> _Part:
        """The cells of this bucket."""
        rows, splitter, marker = rows_at_touchpoints(view), Splitter(view), Marker(view)
        pieces, last = [], [_NOBODY]
        for measure, seen in _seen(view, rows):
            having = rows.pick(np.flatnonzero(seen.x))
            for by in ("", *self.groupings):
                pieces += [tally(measure, seen, splitter, Split(by, grain), limit=LIMIT) for grain in (None, "week")]
                last.append(_last(having, marker, by, measure.name, places=view.places))
        return state_of(pieces, view.places), pl.concat(last)

    def combine(self, parts: Sequence[_Part]) -> _Part:
        """All cells as one table."""
        if len(parts) == 1:
            return parts[0]
        state = merge_states([state for state, _ in parts] or [State()])
        last = pl.concat([_NOBODY, *(last for _, last in parts)])
        return state, last.group_by(_LAST).agg(pl.col("last").sum()).sort(_LAST)

    def finish(self, part: _Part) -> Rates:
        """The sums by kind."""
        state, last = part
        kind = pl.col("tally").str.split(":").list.first().alias("kind")
        return Rates(state.cells.select(kind, "at", "group", "period", *SUMS), last)


_Part = tuple[State, pl.DataFrame]
_NOBODY = pl.DataFrame(schema={**dict.fromkeys(_LAST, pl.String), "last": pl.Int64})


def _last(having: Rows, marker: Marker, by: str, kind: str, *, places: Sequence[str]) -> pl.DataFrame:
    """How many customers have it for the last time in each week, by place and group."""
    groups, weeks = marker.groups(having, by), marker.periods(having, "week")
    columns = {
        "place": having.place,
        "group": np.zeros(len(having), dtype=np.int32) if groups.codes is None else groups.codes,
        "week": np.zeros(len(having), dtype=np.int32) if weeks.codes is None else weeks.codes,
        "customer": having.customer,
    }
    rows = pl.DataFrame(columns).filter(pl.col("group") >= 0, pl.col("week") >= 0)
    latest = rows.group_by("place", "group", "customer").agg(pl.col("week").max())
    counted = latest.group_by("place", "group", "week").agg(pl.len().cast(pl.Int64).alias("last"))
    names = {"at": (places, "place"), "group": (groups.names, "group"), "period": (weeks.names, "week")}
    words = [
        pl.Series(name, list(known), dtype=pl.String).gather(counted[column]) for name, (known, column) in names.items()
    ]
    return pl.DataFrame([*words, counted["last"]]).select(pl.lit(kind).alias("kind"), *_LAST[1:], "last")


def rows_at_touchpoints(view: View) -> Rows:
    """Journeys at touchpoints, at the time of their first step there."""
    stays = view.stays
    some = slice(stays.points_from, None)
    plain = stays.rows.pick(some)  # type: ignore[arg-type]
    when = view.steps.at[stays.first[stays.points_from - stays.journeys :]]
    return Rows(plain.place, plain.journey, plain.owners, plain.own_customer, plain.own_channel, when)


def _seen(view: View, rows: Rows) -> list[tuple[Measure, Observations]]:
    left, could, first = read_left(view), read_sets(view), view.stays.points_from
    found = []
    for kind in KINDS:
        x = having(view, left, kind)[first:]
        m = could[COULD[kind]].flags[first:] | x
        found.append((Measure(kind, kind, "share", Share(), ("touchpoint",), _unasked), Observations(rows, x, m)))
    return found


def _unasked(view: View) -> Observations:
    raise NotImplementedError(f"deviations of {view.map_id} are observed together, not one by one")


def having(view: View, left: Left, kind: str) -> Flags:
    """By row of `visits`: did the journey leave the map like this here?"""
    found = np.zeros(len(view.visits), dtype=np.bool_)
    if kind in left.kinds:
        some = left.kind == left.kinds.index(kind)
        which = np.repeat(some, left.counts)
        row = view.stays.find(np.repeat(left.place, left.counts)[which], left.journey[which])
        found[row[row >= 0]] = True
    return found


def _make(around: Around) -> RatesWalker:
    return RatesWalker(around.groupings)


RATES: Gathering[Rates] = Gathering("rates", _make)
