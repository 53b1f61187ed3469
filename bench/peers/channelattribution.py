"""ChannelAttribution, from paths that DuckDB has put together and counted before the clock starts.

It simulates what we solve exactly, so its removal effects are compared within 0.05.
"""

from __future__ import annotations

from functools import partial

import ChannelAttribution
import duckdb
import pandas as pd

from bench.answers import Answer
from bench.peers import Ask, Tasks

_PATHS = """
WITH seen AS (
  SELECT customer, "at" AS ts, channel, event,
    count(*) FILTER (event = $goal) OVER (PARTITION BY customer ORDER BY "at" ROWS UNBOUNDED PRECEDING) AS bought
  FROM read_parquet($raw)),
paths AS (
  SELECT string_agg(channel, '>' ORDER BY ts) AS path, bool_or(event = $goal) AS converted
  FROM seen WHERE bought = 0 OR (bought = 1 AND event = $goal) GROUP BY customer)
SELECT path, sum(converted::INT) AS converted, sum((NOT converted)::INT) AS lost FROM paths GROUP BY path ORDER BY path
"""


def open_engine(ask: Ask) -> Tasks:
    """ChannelAttribution's first-order Markov model."""
    paths = duckdb.execute(_PATHS, {"raw": ask.raw, "goal": ask.facts.purchase_name}).df()
    return {"f": partial(_attribution, paths, ask)}


def _attribution(paths: pd.DataFrame, ask: Ask) -> Answer:
    model = ChannelAttribution.markov_model(
        *(paths, "path", "converted"), var_null="lost", out_more=True, ncore=ask.threads, verbose=False, flg_pro=False
    )
    effects = dict(model["removal_effects"].iloc[:, :2].itertuples(index=False))
    return {"removal": [[name, float(effects[name])] for name in sorted(effects)], "within": 0.05}
