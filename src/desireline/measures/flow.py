"""Measures of movement: who goes on, who leaves, who turns back, who is handed over."""

from __future__ import annotations

import polars as pl

from desireline.measures.mean import Mean
from desireline.measures.measure import measure, observed
from desireline.measures.share import Share
from desireline.measures.view import View
from desireline.measures.visits import EVERYWHERE, ON_THE_MAP

SETTLED = pl.col("state") != "under_way"
GONE = pl.col("state").is_in(["lost", "stuck"])


@measure("conversion", title="Conversion", unit="share", family=Share(), places=EVERYWHERE, minimum=5)
def conversion(view: View) -> pl.DataFrame:
    """The share of journeys visiting this place that go on to success.

    Map: the share of settled journeys that reached one of the map's success touchpoints. Stage and
    touchpoint: of the settled journeys that came here before (or at) their first success, those that
    succeeded; a journey that had succeeded before it first came here has nothing left to win and is left out.
    Edge a>b: of the settled journeys that visited a, those that visited b after it. Journeys under way are
    censored: left out, and told by `under_way`.
    """
    before = pl.col("first_success").is_null() | (pl.col("first_success") >= pl.col("first_step"))
    open_here = view.visits.with_columns(
        (SETTLED & ((pl.col("kind") == "map") | before)).alias("counts"), pl.col("success").alias("won")
    )
    edges = view.crossings.with_columns(SETTLED.alias("counts"), pl.col("arrived_at").is_not_null().alias("won"))
    columns = ["customer_id", "journey_id", "at", "channel", "when", "counts", "won"]
    both = pl.concat([open_here.select(columns), edges.select(columns)])
    return observed(both.filter("counts"), x=pl.col("won").fill_null(False).cast(pl.Int64))


@measure("drop_off", title="Drop-off", unit="share", family=Share(), places=ON_THE_MAP, minimum=5)
def drop_off(view: View) -> pl.DataFrame:
    """The share of journeys visiting this place that end here: lost, or stuck with the company.

    Map: the share of settled journeys that are lost or stuck. Stage and touchpoint: of the settled journeys
    that visited it, those whose last step is here and that are lost or stuck. Journeys under way are
    censored: left out.
    """
    visits = view.visits.filter(SETTLED)
    here = (pl.col("kind") == "map") | (pl.col("last_step") == pl.col("final_step"))
    return observed(visits, x=(GONE & here).cast(pl.Int64))


@measure("back_steps", title="Back steps", unit="share", family=Share(), places=ON_THE_MAP, minimum=5)
def back_steps(view: View) -> pl.DataFrame:
    """The share of journeys with a move from here back to something earlier on the map.

    Map: journeys with any move to an earlier touchpoint. Touchpoint: of the journeys visiting it, those that
    move from it straight to an earlier touchpoint; stage: from it to an earlier stage. Touchpoints that may
    come in any order, or are alternatives, stand equally far. A way back that the map allows (a `then` link)
    counts as well.
    """
    moves = [_moves_back(view, place) for place in ("touchpoint", "stage")]
    anywhere = moves[0].with_columns(view.at_map)
    back = view.marked(pl.concat([*moves, anywhere]))
    visits = view.visits.filter(pl.col("visits") > 0)
    return observed(visits.with_columns(pl.Series("back", back[view.cells_of(visits)])), x=pl.col("back"))


@measure("hand_offs", title="Hand-offs", unit="per journey", family=Mean(), places=("map", "edge"), minimum=10)
def hand_offs(view: View) -> pl.DataFrame:
    """How often a journey moves between touchpoints for which different teams are accountable, on average.

    A touchpoint without a team of its own has its stage's; those with neither are passed over. Map: all
    journeys with an event on the map. Edge a>b with different teams: moves straight from a to b, per journey
    that visited a. Maps without teams have no reading. Journeys under way count with what happened so far.
    """
    if not view.team_of:
        return observed(view.visits.clear(), x=0)
    team = pl.col("touchpoint").replace_strict(view.team_of, default=None, return_dtype=pl.String).alias("team")
    whole = _switches(view, view.steps.with_columns(team), "team")
    known = [(a, b) for a, b in view.edges if a in view.team_of and b in view.team_of]
    apart = [f"{a}>{b}" for a, b in known if view.team_of[a] != view.team_of[b]]
    moves = view.steps.select("journey_id", _straight(view))
    counted = moves.group_by("journey_id", "at").agg(pl.len().cast(pl.Int64).alias("moves"))
    edges = view.crossings.filter(pl.col("at").is_in(apart)).join(counted, on=["journey_id", "at"], how="left")
    return pl.concat([whole, observed(edges, x=pl.col("moves").fill_null(0))])


@measure(
    "channel_switches",
    title="Channel switches",
    unit="per journey",
    family=Mean(),
    places=("map",),
    minimum=10,
)
def channel_switches(view: View) -> pl.DataFrame:
    """How often a journey moves on to another channel, on average.

    Counted between consecutive events that have a channel; those without one are passed over. Denominator:
    all journeys with an event on the map. Journeys under way count with what happened so far.
    """
    return _switches(view, view.steps, "channel")


def _straight(view: View) -> pl.Expr:
    """The edge of a step and the one before it; null when nobody asked for that edge."""
    return pl.format("{}>{}", "from_touchpoint", "touchpoint").cast(view.places, strict=False).alias("at")


def _moves_back(view: View, place: str) -> pl.DataFrame:
    here, there = (
        pl.col(name).replace_strict(view.rank_of, default=None, return_dtype=pl.Int64)
        for name in (f"from_{place}", place)
    )
    return view.steps.filter(there < here).select("journey_id", pl.col(f"from_{place}").alias("at"))


def _switches(view: View, steps: pl.DataFrame, column: str) -> pl.DataFrame:
    told = steps.filter(pl.col(column).is_not_null())
    same_journey = pl.col("journey_id") == pl.col("journey_id").shift()
    changed = (same_journey & (pl.col(column) != pl.col(column).shift())).fill_null(False)
    moves = told.select("journey_id", changed.cast(pl.Int64).alias("moves"))
    counted = moves.group_by("journey_id").agg(pl.col("moves").sum())
    whole = view.visits.filter((pl.col("kind") == "map") & (pl.col("visits") > 0))
    return observed(whole.join(counted, on="journey_id", how="left"), x=pl.col("moves").fill_null(0))
