"""What the ledger observes: journeys that left the map, beside those that could have and did not.

Which journeys could have left the map in this way at this place depends on the kind of deviation (`COULD`).
Adding up the journeys *without* a deviation for each of them would cost a pass over everybody; instead
everybody is added up once per place, and only customers who have the deviation are taken out and put back
without it. That works on the sums because the sums of other customers do not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from desireline.measures.flow import SETTLED
from desireline.measures.promise import promise_kept
from desireline.measures.sums import add_up
from desireline.measures.view import View
from desireline.measures.voice import PARTS, scale_of

ALL, PASSING, VISITING, SETTLED_VISITING, JUDGED = "all", "passing", "visiting", "settled", "judged"
COULD: Mapping[str, str] = MappingProxyType(
    {
        "missing": PASSING,
        "ad hoc": ALL,
        "irregular order": VISITING,
        "repeated": VISITING,
        "wrong channel": VISITING,
        "failed": VISITING,
        "late": JUDGED,
        "stuck": SETTLED_VISITING,
        "lost": SETTLED_VISITING,
    }
)
"""Of which journeys the share is taken: all, those that visit the place and go on, those that visit it, the settled
ones of these, or those whose promise there can be judged; always together with those that have the deviation."""

KEYS = ("kind", "place", "outcome", "side")
JOURNEYS, CONVERSION, VALUE, SCORE = "journeys", "conversion", "value", "score"

_JOURNEY = ["customer_id", "journey_id"]


def tally_departures(view: View) -> pl.DataFrame:
    """The sums that the ledger needs, one row per kind, place, outcome and side.

    Sides of a deviation: `with` it; of its customers, `full` (all journeys that could) and `rest` (those
    without it); `share` (x: has it, m: could). Side `all`, with the set's name as kind: every customer's
    journeys that could.
    """
    outcomes, could = _outcomes(view), _could(view)
    left = view.coded.deviations.select(*_JOURNEY, "kind", "place").unique()
    left = left.with_columns(pl.col("kind").replace_strict(COULD, default=ALL).alias("set"))
    everybody = could.join(outcomes, on=_JOURNEY, how="inner").rename({"set": "kind"})
    journeys = _journeys_of_leavers(view, left, could)
    has, might = pl.col("has"), pl.col("might")
    share = journeys.with_columns(
        has.cast(pl.Int64).alias("x"), pl.lit(1, pl.Int64).alias("m"), pl.lit(JOURNEYS).alias("outcome")
    )
    told = journeys.join(outcomes, on=_JOURNEY, how="inner")
    sides = {
        "all": everybody,
        "with": told.filter(has),
        "full": told.filter(might),
        "rest": told.filter(might & ~has),
        "share": share,
    }
    columns = ["customer_id", "kind", "place", "outcome", "x", "m"]
    rows = [rows.select(*columns, pl.lit(side).alias("side")) for side, rows in sides.items()]
    return add_up(pl.concat(rows), KEYS).with_columns(pl.col("place").cast(pl.String))


def _could(view: View) -> pl.DataFrame:
    """Which journeys could leave the map, and where: customer_id, journey_id, set, place."""
    visits = view.visits.filter(pl.col("kind") != "stage")
    judged = promise_kept.observe(view)
    sets = {
        ALL: view.journeys.with_columns(view.at_map),
        PASSING: _passing(view, visits),
        VISITING: visits,
        SETTLED_VISITING: visits.filter(SETTLED),
        JUDGED: judged,
    }
    rows = [
        rows.select(*_JOURNEY, pl.lit(name).alias("set"), pl.col("at").alias("place")) for name, rows in sets.items()
    ]
    return pl.concat(rows)


def _passing(view: View, visits: pl.DataFrame) -> pl.DataFrame:
    """Visits after which the journey went on or was done: only then would a step left out be called missing.

    Were journeys compared that were lost before or at the place, skipping it would look like a cause of success.
    """
    final = view.steps.group_by("journey_id").agg(pl.col("step").max().alias("final_step"))
    went_on = (pl.col("state") == "done") | (pl.col("last_step") < pl.col("final_step"))
    return visits.join(final, on="journey_id", how="left").filter(went_on)


def _journeys_of_leavers(view: View, left: pl.DataFrame, could: pl.DataFrame) -> pl.DataFrame:
    """All journeys of a deviation's customers: `has` it, `might` have it, or both. Nobody else's."""
    where = pl.when(pl.col("set") == ALL).then(view.at_map).otherwise("place").alias("where")
    people = left.select("customer_id", "kind", "place", "set", where).unique()
    might = people.join(could.rename({"place": "where"}), on=["customer_id", "set", "where"], how="inner").select(
        *_JOURNEY, "kind", "place", pl.lit(True).alias("might")
    )
    has = left.select(*_JOURNEY, "kind", "place", pl.lit(True).alias("has"))
    both = might.join(has, on=[*_JOURNEY, "kind", "place"], how="full", coalesce=True)
    return both.with_columns(pl.col("has", "might").fill_null(False))


def _outcomes(view: View) -> pl.DataFrame:
    """What became of each journey: customer_id, journey_id, outcome, x, m = 1.

    Conversion and value of settled journeys; the mean answered score per scale ("score:1–5") in
    ten-thousandths.
    """
    settled = view.journeys.filter(SETTLED)
    scored = view.coded.answers.filter(pl.col("score").is_not_null() & pl.col("journey_id").is_not_null())
    scale = pl.coalesce(scale_of(pl.col("low"), pl.col("high")), pl.lit(SCORE)).alias("outcome")
    owner = view.journeys.select("customer_id", "journey_id")
    scored = scored.unique("feedback_id", maintain_order=True)  # one that speaks of two places is one answer
    whole = (pl.col("score") * PARTS).round().cast(pl.Int64)
    means = scored.group_by("journey_id", scale).agg((whole.sum() // pl.len()).cast(pl.Int64).alias("x"))
    frames = [
        view.journeys.with_columns(pl.lit(JOURNEYS).alias("outcome"), pl.lit(0, pl.Int64).alias("x")),
        settled.with_columns(pl.lit(CONVERSION).alias("outcome"), pl.col("success").cast(pl.Int64).alias("x")),
        settled.with_columns(pl.lit(VALUE).alias("outcome"), pl.col("value_e4").alias("x")),
        means.join(owner, on="journey_id", how="inner"),
    ]
    rows = [frame.select(*_JOURNEY, "outcome", pl.col("x").fill_null(0)) for frame in frames]
    return pl.concat(rows).with_columns(pl.lit(1, pl.Int64).alias("m"))
