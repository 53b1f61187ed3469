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

from collections.abc import Iterator

import polars as pl

from desireline.journeys.align import Aligner, Alignment
from desireline.maps.outline import Outline
from desireline.tables import DEVIATIONS

Departure = tuple[str, str, bool]  # kind, place, and whether it lies after the route's last step


def align_routes(journeys: pl.DataFrame, aligner: Aligner, outline: Outline) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Journeys with `cost`, `fitness`, `exact`, `company_next`; and their departures from the map.

    Departures are rows of trip, kind, place, trailing. `fitness` is 1 − cost / worst, where the worst is
    every step unplanned and the whole map left out (1 for a journey without steps on an empty map). Each
    distinct route is aligned once. Events off the map cost one unplanned step each. `company_next` is true
    when the first step that the map requires next is one for which the company acts.

    A finished journey that is not done pays for all that it did not reach, but its departures are read off the way
    that it went (`align.Ending`).
    """
    key = ["codes", "finished", "done"]
    routes = journeys.select(key).unique(maintain_order=True).with_row_index("number")
    codes = [tuple(steps or ()) for steps in routes["codes"].to_list()]
    ends = list(zip(codes, routes["finished"], routes["done"], strict=True))
    whole = [aligner.align_codes(steps, ending="reach" if finished else "anywhere") for steps, finished, _ in ends]
    found = [
        aligner.align_codes(steps, ending="given up") if finished and not done else each
        for (steps, finished, done), each in zip(ends, whole, strict=True)
    ]
    company = {point.id for point in outline.bound if point.acts == "company"}
    measured = routes.with_columns(
        pl.Series("route_cost", [each.cost for each in whole], dtype=pl.Float64),
        pl.Series("tokens", [len(steps) for steps in codes], dtype=pl.Int64),
        pl.Series("exact", [each.exact for each in whole], dtype=pl.Boolean),
        pl.Series("company_next", [not company.isdisjoint(each.expects) for each in found], dtype=pl.Boolean),
    )
    joined = journeys.join(measured, on=key, how="left", nulls_equal=True, maintain_order="left")
    aligned = joined.with_columns(*_fit(aligner))
    return aligned, aligned.select("trip", "number").join(_departures(found), on="number").drop("number")


def read_off(alignment: Alignment) -> Iterator[Departure]:
    """The departures of one alignment, each kind and place once."""
    planned = {place for kind, place in alignment.moves if kind == "sync"}
    unplanned = {place for kind, place in alignment.moves if kind == "log"}
    left_out = {place for kind, place in alignment.moves if kind == "model"}
    before = {place for kind, place in alignment.moves[: alignment.observed] if kind == "model"}
    for place in sorted(left_out - unplanned):
        yield "missing", place, place not in before
    for place in sorted(unplanned):
        kind = "irregular order" if place in left_out else "repeated" if place in planned else "ad hoc"
        yield kind, place, False


def read_deviations(
    journeys: pl.DataFrame, events: pl.DataFrame, departures: pl.DataFrame, outline: Outline
) -> pl.DataFrame:
    """All deviations in the shape of `tables.DEVIATIONS`, sorted by customer, journey, kind and place.

    `journeys` have `state`; `events` are cut, with `kept`; `departures` come from `align_routes`.
    """
    gone = pl.col("state").is_in(["lost", "stuck"])
    known = journeys.select("trip", "journey_id", "customer_id", "state")
    unreached = pl.col("trailing") & gone
    of_route = departures.join(known.select("trip", "state"), on="trip").filter(~unreached)
    last = pl.col("route").list.last().fill_null(outline.map.map.id)
    parts = [
        of_route.select("trip", "kind", "place"),
        journeys.filter(gone).select("trip", pl.col("state").alias("kind"), last.alias("place")),
        _kind(events, ~pl.col("named"), "ad hoc", place="event"),
        *(
            _kind(events, pl.col("touchpoint").is_not_null() & shows, kind, place="touchpoint")
            for kind, shows in (
                ("wrong channel", pl.col("wrong_channel")),
                ("failed", pl.col("failed")),
                ("late", ~pl.col("kept")),
            )
        ),
    ]
    once = pl.concat(parts).unique().join(known, on="trip")
    return DEVIATIONS.shape(once.sort("customer_id", "journey_id", "kind", "place"))


def _fit(aligner: Aligner) -> tuple[pl.Expr, pl.Expr]:
    cost = pl.col("route_cost") + pl.col("off_map") * aligner.costs.log
    worst = (pl.col("tokens") + pl.col("off_map")) * aligner.costs.log + aligner.cheapest
    return cost.alias("cost"), pl.when(worst > 0).then(1 - cost / worst).otherwise(1.0).alias("fitness")


def _departures(found: list[Alignment]) -> pl.DataFrame:
    rows = [(number, *departure) for number, each in enumerate(found) for departure in read_off(each)]
    schema = {"number": pl.UInt32, "kind": pl.String, "place": pl.String, "trailing": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _kind(events: pl.DataFrame, shows: pl.Expr, kind: str, *, place: str) -> pl.DataFrame:
    return events.filter(shows).select("trip", pl.lit(kind).alias("kind"), pl.col(place).alias("place")).unique()
