"""What the ledger observes: journeys that left the map, beside those that could have and did not.

Which journeys could have left the map in this way at this place depends on the kind of deviation (`COULD`).
Adding up the journeys *without* a deviation for each of them would cost a pass over everybody; instead
everybody is added up once per place, and only customers who have the deviation are taken out and put back
without it. That works on the sums because the sums of other customers do not change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.measures.codes import NONE, Codes, Flags, Numbers, Whole, added, beginnings, lengths
from desireline.measures.layout import Layout, lay_out
from desireline.measures.left import ALL, JUDGED, PASSING, SETS, SETTLED_VISITING, VISITING, Left, Members, members
from desireline.measures.promise import promise_kept
from desireline.measures.sums import COLUMNS, SUMS, Sums, add_up, flags, whole
from desireline.measures.view import View
from desireline.measures.voice import PARTS, scale_of

KEYS = ("kind", "place", "outcome", "side")
JOURNEYS, CONVERSION, VALUE, SCORE = "journeys", "conversion", "value", "score"


class Outcome(NamedTuple):
    """What became of each journey, in one respect: a whole number, and whether anything is known."""

    name: str
    x: Numbers
    m: Flags


class Side(NamedTuple):
    """One side of an outcome: the sums of deviations, or of places in a set."""

    outcome: str
    side: str
    kind: Whole  # positions in the names of kinds and sets
    place: Whole  # positions in the names of places
    sums: Sums


def tally_departures(view: View, left: Left) -> pl.DataFrame:
    """The sums that the ledger needs, one row per kind, place, outcome and side.

    Sides of a deviation: `with` it; of its customers, `full` (all journeys that could) and `rest` (those
    without it); `share` (x: has it, m: could). Side `all`, with the set's name as kind: every customer's
    journeys that could.
    """
    could = Could(view, _outcomes(view))
    sides = [*_everybody(could)]
    bounds = np.searchsorted(left.set, np.arange(len(SETS) + 1))
    for name, first, last in zip(SETS, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if last > first:
            sides.extend(_leavers(could, left.part(first, last), name))
    return _table(sides, left)


@dataclass(frozen=True)
class Could:
    """Which rows of `visits` could leave the map, by set."""

    view: View
    of_journeys: list[Outcome]

    @cached_property
    def layout(self) -> Layout:
        """The rows by place."""
        return lay_out(self.view.visits.place.astype(np.int64), self.view.visits.customer)

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """What became of the journeys, by row."""
        journey = self.view.visits.journey.astype(np.int64)
        return [Outcome(one.name, one.x[journey], one.m[journey]) for one in self.of_journeys]

    @cached_property
    def several(self) -> Flags:
        """By journey: has its customer others?"""
        customer = self.view.owners.customer
        found: Flags = np.bincount(customer, minlength=1)[customer] > 1
        return found

    @cached_property
    def shared(self) -> Whole:
        """The rows of customers with several journeys."""
        return np.flatnonzero(self.several[self.view.visits.journey])

    @cached_property
    def heads(self) -> Whole:
        """Where each of these customers begins at each place, among `shared`."""
        rows = self.view.visits
        return beginnings(rows.place[self.shared], rows.customer[self.shared])

    @cached_property
    def sets(self) -> Mapping[str, Flags]:
        """True for the rows that belong to the set. Those of all journeys stand at the map."""
        view, rows = self.view, self.view.visits
        met = np.ones(len(rows), dtype=np.bool_)
        met[view.stays.journeys : view.stays.points_from] = False
        whole_journeys = np.zeros(len(rows), dtype=np.bool_)
        whole_journeys[: view.stays.journeys] = True
        judged = promise_kept.observe(view).m
        return {
            ALL: whole_journeys,
            # Were journeys lost before or at the place compared, skipping it would look like a cause of success.
            PASSING: met & (view.state("done")[rows.journey] | ~view.stays.ends_here),
            VISITING: met,
            SETTLED_VISITING: met & view.settled[rows.journey],
            JUDGED: np.zeros(len(rows), dtype=np.bool_) if judged is None else flags(judged),
        }

    def of_customers(self, name: str, outcome: int, place: Whole, customer: Codes) -> tuple[Whole, Whole]:
        """x and m of the set's journeys of these customers at these places; 0 where they never came."""
        if not len(self.heads):
            return np.zeros(len(place), dtype=np.int64), np.zeros(len(place), dtype=np.int64)
        _, x, m = self.outcomes[outcome]
        m = m[self.shared] & self.sets[name][self.shared]
        key = (place << 32) | customer
        there = np.minimum(np.searchsorted(self._key, key), len(self._key) - 1)
        met = self._key[there] == key
        return added(x[self.shared] * m, self.heads)[there] * met, added(m, self.heads)[there] * met

    @cached_property
    def _key(self) -> Whole:
        rows, head = self.view.visits, self.shared[self.heads]
        return (rows.place[head].astype(np.int64) << 32) | rows.customer[head]


def _everybody(could: Could) -> Iterator[Side]:
    """Every customer's journeys that could leave the map, by set and place."""
    place = could.view.visits.place[could.layout.starts].astype(np.int64)
    for number, rows in enumerate(could.sets.values()):
        for outcome in could.outcomes:
            sums = add_up(could.layout, outcome.x, rows & outcome.m)
            yield Side(outcome.name, "all", np.full(len(place), -1 - number), place, sums)


def _leavers(could: Could, left: Left, name: str) -> Iterator[Side]:
    """The sides of deviations that share a set. Nobody is looked at but the customers who have them."""
    might = np.append(could.sets[name], False)[_rows_there(could.view, left, name)]
    several = could.several[left.journey]
    parts = [(_alone, members(left, might, ~several)), (_several, members(left, might, several))]
    for number, outcome in enumerate(could.of_journeys):
        found: dict[str, Sums] = {}
        for count, some in parts:
            for side, sums in count(could, some, name, number) if len(some.journey) else ():
                whole_sums = sums.spread(some.deviations, len(left.kind))
                found[side] = found[side].plus(whole_sums) if side in found else whole_sums
        yield from (Side(outcome.name, side, left.kind, left.place, sums) for side, sums in found.items())


def _alone(could: Could, members: Members, name: str, outcome: int) -> Iterator[tuple[str, Sums]]:
    """The sides, where each customer has one journey only: so nobody is left without the deviation."""
    del name
    layout = Layout.of(members.starts, len(members.journey))
    told = could.of_journeys[outcome]
    m = told.m[members.journey]
    x = told.x[members.journey] * m
    yield "full", add_up(layout, x * members.might, m & members.might)
    if told.name == JOURNEYS:
        yield "share", add_up(layout, np.ones(len(m), dtype=np.bool_))
    else:
        yield "with", add_up(layout, x, m)


def _several(could: Could, members: Members, name: str, outcome: int) -> Iterator[tuple[str, Sums]]:
    """The sides, where customers have several journeys."""
    customer = could.view.owners.customer[members.journey]
    deviation = np.repeat(np.arange(len(members.starts)), lengths(members.starts, len(members.journey)))
    people = beginnings(deviation, customer)
    layout = Layout.of(np.searchsorted(people, members.starts), len(people))
    told = could.of_journeys[outcome]
    m = told.m[members.journey]
    x = told.x[members.journey] * m

    def of(column: Numbers) -> Whole:
        return added(column, people)

    place = np.zeros(len(people), dtype=np.int64) if name == ALL else members.place[people]
    all_x, all_m = could.of_customers(name, outcome, place, customer[people])
    sides = {"full": (all_x, all_m)}
    if told.name == JOURNEYS:
        sides["share"] = of(np.ones(len(m), dtype=np.int64)), all_m + of(~members.might)
    else:
        sides["with"] = of(x), of(m)
        sides["rest"] = all_x - of(x * members.might), all_m - of(m & members.might)
    for side, (x_of, m_of) in sides.items():
        sums = add_up(layout, x_of, m_of)
        yield side, sums._replace(rows=sums.m)


def _rows_there(view: View, left: Left, name: str) -> Whole:
    """For each journey that left: its row of `visits` at the place; −1 when it did not come there."""
    if name == ALL:
        return left.journey.astype(np.int64)
    rows, found = view.visits, np.full(len(left.journey), NONE, dtype=np.int64)
    edges, changes = np.append(left.starts, len(left.journey)), beginnings(left.place)
    # Place by place, a table from journeys to rows is filled and read: far cheaper than to search for each.
    table = np.full(view.journeys.height, NONE, dtype=np.int64)
    for a, b in zip(changes.tolist(), [*changes[1:].tolist(), len(left.place)], strict=True):
        first, last = np.searchsorted(rows.place, [left.place[a], left.place[a] + 1]).tolist()
        there = rows.journey[first:last]
        table[there] = np.arange(first, last)
        some = slice(int(edges[a]), int(edges[b]))
        found[some] = table[left.journey[some]]
        table[there] = NONE
    return found


def _table(sides: list[Side], left: Left) -> pl.DataFrame:
    """The sides as one table; a deviation has its share, all else only where there is somebody."""
    counts = [len(side.kind) for side in sides]
    which = np.repeat(np.arange(len(sides)), counts)
    texts = {
        "kind": ([*left.kinds, *reversed(SETS)], np.concatenate([side.kind for side in sides])),
        "place": (left.places, np.concatenate([side.place for side in sides])),
        "outcome": ([side.outcome for side in sides], which),
        "side": ([side.side for side in sides], which),
    }
    sums = {name: np.concatenate([getattr(side.sums, name) for side in sides]) for name in SUMS}
    shares = np.array([side.side == "share" for side in sides], dtype=np.bool_)
    some = np.flatnonzero((sums["n"] > 0) | shares[which])
    words = [
        pl.Series(key, names, dtype=pl.String).gather(codes[some] % len(names)) for key, (names, codes) in texts.items()
    ]
    numbers = [whole(column[some]).cast(COLUMNS[name]).alias(name) for name, column in sums.items()]
    return pl.DataFrame([*words, *numbers])


def _outcomes(view: View) -> list[Outcome]:
    """What became of each journey.

    Conversion and value of settled journeys; the mean answered score per scale ("score:1–5") in
    ten-thousandths.
    """
    journeys, everyone = view.journeys, np.ones(view.journeys.height, dtype=np.bool_)
    worth = journeys["value_e4"].fill_null(0).to_numpy()
    return [
        Outcome(JOURNEYS, ~everyone, everyone),
        Outcome(CONVERSION, view.success, view.settled),
        Outcome(VALUE, worth, view.settled),
        *_scores(view),
    ]


def _scores(view: View) -> Iterator[Outcome]:
    scored = view.answers.filter(pl.col("score").is_not_null() & pl.col("journey_id").is_not_null())
    if scored.is_empty():
        return
    scale = pl.coalesce(scale_of(pl.col("low"), pl.col("high")), pl.lit(SCORE)).alias("outcome")
    ids = view.journeys["journey_id"].to_frame("journey_id").with_row_index("journey")
    once = scored.unique("feedback_id", maintain_order=True)  # one that speaks of two places is one answer
    parts = (pl.col("score") * PARTS).round().cast(pl.Int64)
    means = (
        once.join(ids, on="journey_id", how="inner")
        .group_by("journey", scale)
        .agg((parts.sum() // pl.len()).cast(pl.Int64).alias("x"))
    )
    for (name,), told in means.sort("outcome", "journey").group_by("outcome", maintain_order=True):
        x, m = np.zeros(view.journeys.height, dtype=np.int64), np.zeros(view.journeys.height, dtype=np.bool_)
        rows = told["journey"].to_numpy()
        x[rows], m[rows] = told["x"].to_numpy(), True
        yield Outcome(str(name), x, m)
