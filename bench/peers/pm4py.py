"""pm4py, over a pandas frame that is loaded and formatted before the clock starts. AGPL: a yardstick, never a part."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import Any

import pandas as pd
import pm4py

from bench import answers
from bench.answers import Answer
from bench.peers import Ask, Tasks


def open_engine(ask: Ask) -> Tasks:
    """pm4py's directly-follows graph with medians, and its variants."""
    read = pd.read_parquet(ask.raw, columns=["customer", "at", "event"])
    log = pm4py.format_dataframe(read, case_id="customer", activity_key="event", timestamp_key="at")
    return {"b": partial(_edges, log), "c": partial(_routes, log)}


def _edges(log: pd.DataFrame) -> Answer:
    counted, _, _ = pm4py.discover_dfg(log)
    medians, _, _ = pm4py.discover_performance_dfg(log, perf_aggregation_key="median")
    return answers.edges((a, b, n, medians[a, b]) for (a, b), n in counted.items())


def _routes(log: pd.DataFrame) -> Answer:
    counted: dict[Any, int] = pm4py.get_variants(log, max_repetitions=1)
    listed = sorted(counted.items(), key=lambda held: (-held[1], len(held[0]), held[0]))[: answers.TOP]
    return answers.routes([([name for name, _ in groupby(route)], n) for route, n in listed], len(counted))
