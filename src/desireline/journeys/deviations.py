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

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.journeys import departures as off_route
from desireline.journeys.align import Aligner
from desireline.journeys.departures import read_off
from desireline.journeys.found import Found, Index
from desireline.journeys.routes import Routes
from desireline.maps.outline import Outline
from desireline.tables import DEVIATIONS

I64 = npt.NDArray[np.int64]
KINDS = sorted({*off_route.KINDS, "failed", "late", "lost", "stuck", "wrong channel"})
_DONE, _GIVEN_UP, _GOES_ON = range(3)  # how a journey stands when its route is aligned


def align_routes(journeys: pl.DataFrame, aligner: Aligner, outline: Outline) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Journeys with `cost`, `fitness`, `exact`, `company_next`; and their departures from the map.

    Departures are rows of trip, kind, place, trailing. `fitness` is 1 − cost / worst, where the worst is
    every step unplanned and the whole map left out (1 for a journey without steps on an empty map). Each
    distinct route is aligned once. Events off the map cost one unplanned step each. `company_next` is true
    when the first step that the map requires next is one for which the company acts.

    A finished journey that is not done pays for all that it did not reach, but its departures are read off the way
    that it went (`alignment.Ending`).
    """
    whole, read, number = _lay(journeys, aligner)
    tokens = journeys["codes"].list.len().fill_null(0).cast(pl.Int64)
    aligned = journeys.with_columns(
        tokens.alias("tokens"),
        pl.Series("route_cost", whole.cost[number] / 1000),
        pl.Series("exact", whole.compared[number]) == tokens,
        pl.Series("company_next", _company_next(read, aligner, outline)[number]),
    ).with_columns(*_fit(aligner))
    return aligned, _departures(journeys["trip"], read, number, aligner)


def read_deviations(
    journeys: pl.DataFrame, events: pl.DataFrame, departures: pl.DataFrame, outline: Outline
) -> pl.DataFrame:
    """All deviations in the shape of `tables.DEVIATIONS`, sorted by customer, journey, kind and place.

    `journeys` have `state` and stand in the order of `trip`, which is that of customers and their journeys; `events`
    are cut, with `kept`; `departures` come from `align_routes`.
    """
    gone = pl.col("state").is_in(["lost", "stuck"])
    last = pl.col("route").list.last().fill_null(outline.map.map.id).alias("place")
    lost = journeys.filter(gone).select("trip", pl.col("state").alias("kind"), last)
    unreached = pl.col("trailing") & pl.col("trip").is_in(lost["trip"].implode())
    parts = [
        departures.filter(~unreached),
        lost,
        _kind(events, ~pl.col("named"), "ad hoc", place="event"),
        *(
            _kind(events, shows, kind, place="touchpoint")
            for kind, shows in (
                ("wrong channel", pl.col("wrong_channel")),
                ("failed", pl.col("failed")),
                ("late", ~pl.col("kept")),
            )
        ),
    ]
    return _once(parts, journeys)


def _lay(journeys: pl.DataFrame, aligner: Aligner) -> tuple[Found, Found, Index]:
    """Alignments of distinct routes for their cost, and for their departures; and by journey, which is its own."""
    routes = Routes.from_series(journeys["codes"])
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


def _departures(trip: pl.Series, found: Found, number: Index, aligner: Aligner) -> pl.DataFrame:
    names = aligner.automaton.names
    owner, rows = read_off(found, names).of(number)
    return pl.DataFrame(
        {
            "trip": trip.gather(owner),
            "kind": pl.Series(rows.kind.astype(np.uint8)).cat.to(pl.Enum(off_route.KINDS)),
            "place": pl.Series(rows.place.astype(np.uint32)).cat.to(pl.Enum(sorted(names))),
            "trailing": rows.trailing,
        }
    )


def _fit(aligner: Aligner) -> tuple[pl.Expr, pl.Expr]:
    cost = pl.col("route_cost") + pl.col("off_map") * aligner.costs.log
    worst = (pl.col("tokens") + pl.col("off_map")) * aligner.costs.log + aligner.cheapest
    return cost.alias("cost"), pl.when(worst > 0).then(1 - cost / worst).otherwise(1.0).alias("fitness")


def _kind(events: pl.DataFrame, shows: pl.Expr, kind: str, *, place: str) -> pl.DataFrame:
    told = shows & pl.col(place).is_not_null()
    return events.filter(told).select(
        "trip", pl.lit(kind, dtype=pl.Enum([kind])).alias("kind"), pl.col(place).alias("place")
    )


def _once(parts: list[pl.DataFrame], journeys: pl.DataFrame) -> pl.DataFrame:
    """Each journey, kind and place once, in order; sorted as one number each, a fraction of the cost of texts."""
    places = sorted({place for part in parts for place in _texts(part["place"])})
    trips = journeys["trip"].to_numpy()
    position = np.zeros(trips.max(initial=0) + 1, dtype=np.int64)
    position[trips] = np.arange(len(trips))
    key = np.concatenate([_keys(part, position, places) for part in parts])
    key.sort(kind="stable")  # the parts are sorted or nearly so
    rest, place = np.divmod(key[np.diff(key, prepend=-1) > 0], max(len(places), 1))
    row, kind = np.divmod(rest, len(KINDS))
    found = journeys.select("journey_id", "customer_id")[row].with_columns(
        pl.Series("kind", KINDS, dtype=pl.String).gather(kind),
        pl.Series("place", places, dtype=pl.String).gather(place),
    )
    return DEVIATIONS.shape(found)


def _keys(part: pl.DataFrame, position: I64, places: list[str]) -> I64:
    kind, place = _codes(part["kind"], KINDS), _codes(part["place"], places)
    keys: I64 = (position[part["trip"].to_numpy()] * len(KINDS) + kind) * len(places) + place
    return keys


def _texts(column: pl.Series) -> list[str]:
    """The texts that a column may hold."""
    known = column.dtype.categories if isinstance(column.dtype, pl.Enum) else column.unique()
    return known.cast(pl.String).to_list()


def _codes(column: pl.Series, texts: list[str]) -> I64:
    """The position of each text in a list that holds them all."""
    known = _texts(column)
    code = {text: number for number, text in enumerate(texts)}
    there = np.array([code[text] for text in known], dtype=np.int64)
    held = column if isinstance(column.dtype, pl.Enum) else column.cast(pl.String).cast(pl.Enum(known))
    codes: I64 = there[held.to_physical().to_numpy()]
    return codes
