"""Where each journey left the map, in the words of the glossary: one row per journey, kind and place.

Read off the alignment (after Halvorsrud, Kvale and Følstad 2016, who found ad hoc, irregular, failed and
missing touchpoints in real service journeys):

- *irregular order*: a step left out here and taken there;
- *missing*: a step left out, unless the customer never came that far (then the journey is lost or stuck);
- *repeated*: taken where the map has it, and again where it has not;
- *ad hoc*: on the map, yet taken where the map does not have it at all; or an event that nothing on the map
  explains, whose place is its name.

Read off the steps: *wrong channel*, *late* (a promise of time not kept), *failed*. Read off the state: *lost*
and *stuck*, at the last touchpoint met (the map itself when none was).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.journeys import departures as off_route
from desireline.journeys.align import Aligner
from desireline.journeys.departures import Departures, read_off
from desireline.journeys.found import Found, Index
from desireline.journeys.routes import Routes
from desireline.journeys.visits import Flags, Visits
from desireline.maps.outline import Outline

I64 = npt.NDArray[np.int64]
KINDS = sorted({*off_route.KINDS, "failed", "late", "lost", "stuck", "wrong channel"})
_DONE, _GIVEN_UP, _GOES_ON = range(3)  # how a journey stands when its route is aligned
_BITS = 4  # hold a kind


@dataclass(frozen=True)
class Left:
    """Where journeys left the drawn order: departures by distinct route, and which of the routes each journey took."""

    departures: Departures
    route: Index


def align_routes(
    journeys: pl.DataFrame, visits: Visits, aligner: Aligner, outline: Outline
) -> tuple[pl.DataFrame, Left]:
    """Journeys with `cost`, `fitness`, `exact`, `company_next`; and their departures from the map.

    `fitness` is 1 − cost / worst, where the worst is every step unplanned and the whole map left out (1 for a journey
    without steps on an empty map). Each distinct route is aligned once. Events off the map cost one unplanned step
    each. `company_next` is true when the first step that the map requires next is one for which the company acts.

    A finished journey that is not done pays for all that it did not reach, but its departures are read off the way
    that it went (`alignment.Ending`).
    """
    routes = visits.routes(np.array([point.repeatable for point in outline.bound], dtype=np.bool_))
    whole, read, number = _lay(journeys, routes, aligner)
    aligned = journeys.with_columns(
        pl.Series("tokens", routes.lengths),
        pl.Series("route_cost", whole.cost[number] / 1000),
        pl.Series("exact", whole.compared[number] == routes.lengths),
        pl.Series("company_next", _company_next(read, aligner, outline)[number]),
    ).with_columns(*_fit(aligner))
    return aligned, Left(read_off(read, aligner.automaton.names), number)


def read_deviations(
    journeys: pl.DataFrame, events: pl.DataFrame, visits: Visits, left: Left, outline: Outline
) -> pl.DataFrame:
    """All deviations in the shape of `tables.DEVIATIONS`: each once, by journey, kind and place.

    `journeys` have `state` and stand in the order of `trip`; `events` are cut, with `kept`, and `visits` are theirs;
    `left` comes from `align_routes`.
    """
    strange = events.select("trip", "event", "named")
    strange = strange.head(0) if strange["named"].all() else strange.filter(~pl.col("named")).drop_nulls("event")
    names = [*(point.id for point in outline.bound), outline.map.map.id]  # the map stands where `NOWHERE` points
    keys = Keys.of([*names, *strange["event"].unique()])
    place, state = keys.places(names), {name: (journeys["state"] == name).to_numpy() for name in ("lost", "stuck")}
    seen = {
        "wrong channel": visits.wrong,
        "failed": events["failed"].to_numpy()[visits.rows],
        "late": (~events["kept"]).fill_null(False).to_numpy()[visits.rows],
    }
    parts = [keys.of_departures(left, place[:-1], gone=state["lost"] | state["stuck"])]
    parts.append(keys.make(strange["trip"].to_numpy(), "ad hoc", keys.coded(strange["event"])))
    parts += [keys.make(np.flatnonzero(some), name, place[visits.last_point()[some]]) for name, some in state.items()]
    parts += [keys.make(visits.trip[some], kind, place[visits.point[some]]) for kind, some in seen.items()]
    return keys.table(np.concatenate(parts))


@dataclass(frozen=True)
class Keys:
    """Deviations as one number each, which sort by journey, kind and place: a fraction of the cost of texts."""

    texts: Sequence[str]  # the places, by name

    @classmethod
    def of(cls, places: Sequence[str]) -> Keys:
        """Of these places, which may be named more than once."""
        return cls(sorted(set(places)))

    def places(self, names: Sequence[str]) -> I64:
        """The numbers of places."""
        number = {text: place for place, text in enumerate(self.texts)}
        return np.array([number[name] for name in names], dtype=np.int64)

    def coded(self, names: pl.Series) -> I64:
        """The same for a long column."""
        return names.cast(pl.Enum(self.texts)).to_physical().cast(pl.Int64).to_numpy()

    def make(self, trip: npt.NDArray[np.integer[Any]], kind: str, place: I64) -> I64:
        """One deviation for each of these journeys."""
        return (trip.astype(np.int64) << self._trip) | (KINDS.index(kind) << self._kind) | place

    def of_departures(self, left: Left, place: I64, *, gone: Flags) -> I64:
        """The departures of all journeys; those that are gone do not miss what they never reached.

        `place` numbers the touchpoints with a rule.
        """
        known, by_name = left.departures, np.sort(place)
        kind = np.array([KINDS.index(name) for name in off_route.KINDS], dtype=np.int64)
        said = (kind[known.kind] << self._kind) | by_name[known.place]
        owner, row = known.of(left.route)
        some = ~(known.trailing[row] & gone[owner])
        owner, row = (owner, row) if some.all() else (owner[some], row[some])
        return (owner << self._trip) | said[row]

    def table(self, key: I64) -> pl.DataFrame:
        """Each deviation once, in order."""
        key.sort(kind="stable")  # the parts are sorted or nearly so
        fresh = np.ones(len(key), dtype=np.bool_)
        np.not_equal(key[1:], key[:-1], out=fresh[1:])
        key = key if fresh.all() else key[fresh]
        place, kind = key & ((1 << self._kind) - 1), (key >> self._kind) & ((1 << _BITS) - 1)
        return pl.DataFrame(
            {
                "trip": (key >> self._trip).astype(np.uint32),
                "kind": pl.Series(kind.astype(np.uint8)).cat.to(pl.Enum(KINDS)),
                "place": pl.Series(place.astype(np.uint32)).cat.to(pl.Enum(self.texts)),
            }
        )

    @property
    def _kind(self) -> int:
        """Below these bits stands the place."""
        return len(self.texts).bit_length()

    @property
    def _trip(self) -> int:
        """Below these bits stand kind and place."""
        return self._kind + _BITS


def _lay(journeys: pl.DataFrame, routes: Routes, aligner: Aligner) -> tuple[Found, Found, Index]:
    """Alignments of distinct routes for their cost, and for their departures; and by journey, which is its own."""
    first, which = routes.distinct()
    finished, done = (journeys[name].to_numpy() for name in ("finished", "done"))
    standing = np.where(finished, np.where(done, _DONE, _GIVEN_UP), _GOES_ON)
    _, some, number = np.unique(which * 3 + standing, return_index=True, return_inverse=True)
    routes, standing = routes.of(first[which[some]]), standing[some]
    over, given_up, goes_on = (
        np.flatnonzero(it) for it in (standing < _GOES_ON, standing == _GIVEN_UP, standing == _GOES_ON)
    )
    whole = Found.joined(
        (over, aligner.align_routes(routes.of(over), ending="reach")),
        (goes_on, aligner.align_routes(routes.of(goes_on), ending="anywhere")),
    )
    if aligner.two_ends_in_one():
        return whole, whole.stopped(given_up), number
    read = Found.joined(
        (np.flatnonzero(standing != _GIVEN_UP), whole.of(np.flatnonzero(standing != _GIVEN_UP))),
        (given_up, aligner.align_routes(routes.of(given_up), ending="given up")),
    )
    return whole, read, number


def _company_next(found: Found, aligner: Aligner, outline: Outline) -> npt.NDArray[np.bool_]:
    """True where the company acts next, by route found."""
    company = {point.id for point in outline.bound if point.acts == "company"}
    acts = np.zeros(aligner.automaton.states, dtype=np.bool_)
    for state in np.flatnonzero(np.bincount(found.state)).tolist():
        acts[state] = not company.isdisjoint(aligner.automaton.expected(state))
    return acts[found.state]


def _fit(aligner: Aligner) -> tuple[pl.Expr, pl.Expr]:
    cost = pl.col("route_cost") + pl.col("off_map") * aligner.costs.log
    worst = (pl.col("tokens") + pl.col("off_map")) * aligner.costs.log + aligner.cheapest
    return cost.alias("cost"), pl.when(worst > 0).then(1 - cost / worst).otherwise(1.0).alias("fitness")
