"""Polars: `raw` sorts the Parquet file with names by customer and time, in every question that needs an order;
`ordered` reads the files that stand in that order and compares each row with its neighbour.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl

from bench import answers
from bench.peers import Ask, Tasks
from bench.peers.shapes import SHAPES, WEEK, monday_before

Frame = Callable[..., pl.LazyFrame]
_SAME = pl.col("customer") == pl.col("customer").shift()
_OPENS = ~_SAME.fill_null(False)  # a customer's first event
_PLACE = pl.int_range(pl.len(), dtype=pl.Int64)


def open_engine(ask: Ask) -> Tasks:
    """What Polars answers on a layout."""
    frame = partial(_ordered if ask.layout == "ordered" else _raw, ask)
    tasks = {"a": _funnel, "b": _edges, "c": _routes, "d": _visits, "e": _weeks, "f": _moves, "g": _order}
    return {task: partial(_answer, task, ask, rows, frame) for task, rows in tasks.items()}


def _answer(task: str, ask: Ask, rows: Callable[[Ask, Frame], Any], frame: Frame) -> Any:
    return SHAPES[task](rows(ask, frame), ask.facts)


def _ordered(ask: Ask, *columns: str, in_order: bool = True) -> pl.LazyFrame:
    del in_order  # it always is
    return pl.scan_parquet(ask.ordered).select(
        "customer", *(pl.col(name).cast(pl.Int64) if name == "at" else pl.col(name) for name in columns)
    )


def _raw(ask: Ask, *columns: str, in_order: bool = True) -> pl.LazyFrame:
    codes = {"event": pl.Enum(ask.facts.touchpoints), "channel": pl.Enum(ask.facts.channels)}
    coded = [pl.col(name).cast(codes[name]).to_physical().cast(pl.UInt8) for name in columns if name in codes]
    at = [pl.col("at").cast(pl.Int64)] if "at" in columns or in_order else []
    customer = pl.col("customer").cast(pl.Categorical).to_physical()
    read = pl.scan_parquet(ask.raw).select(customer, *coded, *at)
    return read.sort("customer", "at") if in_order else read


def _funnel(ask: Ask, frame: Frame) -> Any:
    """A number that rises with customer and time; its running maximum is the start that a step carries on."""
    steps = ask.facts.funnel
    size = pl.Int128 if ask.facts.wide else pl.Int64
    moment = (pl.col("customer").cast(size) * ask.facts.apart + pl.col("at") - ask.facts.first_at).alias("moment")
    walked = frame("at", "event").filter(pl.col("event").is_in(list(steps))).select("customer", "event", moment)
    walked = walked.with_columns(pl.when(pl.col("event") == steps[0]).then("moment").alias("begun"))
    reached = [pl.col("customer").filter(pl.col("begun").is_not_null()).n_unique().alias("1")]
    walked = walked.with_columns(pl.col("begun").alias("begun1"))
    for number, step in enumerate(steps[1:], start=2):
        carried = pl.col(f"begun{number - 1}").fill_null(-ask.facts.apart).cum_max()
        here = (pl.col("event") == step) & (pl.col("moment") - carried <= answers.WITHIN)
        walked = walked.with_columns(pl.when(here).then(carried).alias(f"begun{number}"))
        reached.append(pl.col("customer").filter(pl.col(f"begun{number}").is_not_null()).n_unique().alias(f"{number}"))
    return walked.select(reached).collect().rows()


def _edges(ask: Ask, frame: Frame) -> Any:
    moves = frame("at", "event").select(
        pl.col("event").shift().alias("before"), "event", pl.col("at").diff().alias("took"), _SAME.alias("same")
    )
    counted = moves.filter("same").group_by("before", "event").agg(pl.len(), pl.col("took").median() / 1e6)
    names = ask.facts.touchpoints
    return [(names[a], names[b], n, seconds) for a, b, n, seconds in counted.collect().iter_rows()]


def _routes(ask: Ask, frame: Frame) -> Any:
    again = _SAME & (pl.col("event") == pl.col("event").shift())
    walked = frame("event").filter(~again.fill_null(False)).group_by("customer", maintain_order=True).agg("event")
    counted = walked.group_by("event").agg(pl.len().alias("n")).collect()
    least = counted["n"].top_k(answers.TOP).min()
    listed = [(tuple(route), n) for route, n in counted.filter(pl.col("n") >= least).iter_rows()]
    listed = sorted(listed, key=lambda held: (-held[1], len(held[0]), held[0]))[: answers.TOP]
    names = ask.facts.touchpoints
    return [(answers.ARROW.join(names[code] for code in route), n, counted.height) for route, n in listed]


def _visits(ask: Ask, frame: Frame) -> Any:
    opens = _OPENS | (pl.col("at").diff() > answers.SILENCE)
    step = _PLACE - pl.when(opens).then(_PLACE).forward_fill() + 1
    stepped = frame("at", "event").select(step.alias("step"), "event").filter(pl.col("step") <= answers.STEPS)
    counted = stepped.group_by("step", "event").len().collect()
    return [(step, ask.facts.touchpoints[code], n) for step, code, n in counted.iter_rows()]


def _weeks(ask: Ask, frame: Frame) -> Any:
    """The weeks in which customers were seen, as (first week, offset, customers)."""
    week = ((pl.col("at") - monday_before(ask.facts.first_at)) // WEEK).cast(pl.Int16).alias("week")
    seen = frame("at", in_order=False).select("customer", week)
    offset = (pl.col("week") - pl.col("first")).alias("offset")
    if ask.layout == "ordered":
        again = (_SAME & (pl.col("week") == pl.col("week").shift())).fill_null(False)
        first = pl.when(_OPENS).then("week").forward_fill().alias("first")
        cells = seen.select("week", first, again.alias("again")).filter(~pl.col("again"))
    else:
        known = seen.unique()
        cells = known.group_by("customer").agg(pl.col("week").min().alias("first"), pl.col("week")).explode("week")
    return cells.group_by("first", offset).len().collect().rows()


def _moves(ask: Ask, frame: Frame) -> Any:
    goal = ask.facts.purchase
    is_goal = pl.col("event") == goal
    goal_before = pl.when(is_goal).then(_PLACE).forward_fill().shift()
    first = pl.when(_OPENS).then(_PLACE).forward_fill()
    last = (pl.col("customer") != pl.col("customer").shift(-1)).fill_null(True)
    ends = pl.when(is_goal).then(2).when(last).then(1).otherwise(0).cast(pl.Int8)
    paths = frame("event", "channel").select(
        pl.when(_SAME).then(pl.col("channel").shift()).alias("before"),
        "channel",
        ends.alias("ends"),
        (goal_before >= first).fill_null(False).alias("after"),
    )
    counted = paths.filter(~pl.col("after")).group_by("before", "channel", "ends").len().collect()
    names = ask.facts.channels
    return [(None if a is None else names[a], names[b], ends, n) for a, b, ends, n in counted.iter_rows()]


def _order(ask: Ask, frame: Frame) -> Any:
    codes = pl.Series(range(len(ask.facts.stages)), dtype=pl.UInt8)
    stage = pl.col("event").replace_strict(codes, pl.Series(ask.facts.stages, dtype=pl.Int8))
    staged = frame("event").select("customer", stage.alias("stage"), _OPENS.alias("opens"))
    far = pl.col("stage") - pl.when("opens").then(pl.lit(-1, dtype=pl.Int8)).otherwise(pl.col("stage").shift())
    strays = staged.select("customer", far.alias("far"), "opens").with_columns(
        (~pl.col("far").is_in([0, 1])).alias("off")
    )
    return (
        strays.select(
            (pl.col("far") < 0).sum(),
            (pl.col("far").cast(pl.Int64) - 1).clip(lower_bound=0).sum().alias("skipped"),
            (pl.col("opens").sum() - pl.col("customer").filter("off").n_unique()).alias("conforming"),
        )
        .collect()
        .rows()
    )
