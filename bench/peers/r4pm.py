"""r4pm (process mining in Rust): its directly-follows counts, without durations, and its variants, not collapsed.

Both answer a narrower question than ours: the counts are compared, the variants are timed only.
"""

from __future__ import annotations

from functools import partial

import polars as pl
import r4pm
from r4pm import bindings

from bench import answers
from bench.answers import Answer
from bench.peers import Ask, Tasks


def open_engine(ask: Ask) -> Tasks:
    """r4pm's answers over a log that is loaded before the clock starts."""
    names = {"customer": "case:concept:name", "at": "time:timestamp", "event": "concept:name"}
    read = pl.scan_parquet(ask.raw).select(*names).sort("customer", "at").rename(names).collect()
    log: str = r4pm.import_item_from_df("EventLog", read)
    return {"b": partial(_edges, log), "c": partial(_routes, log)}


def _edges(log: str) -> Answer:
    graph = bindings.discover_dfg(log)
    return answers.edges((a, b, n, None) for (a, b), n in graph["directly_follows_relations"])


def _routes(log: str) -> Answer:
    projection = bindings.log_to_activity_projection(log)
    bindings.get_top_n_variants(projection, answers.TOP)
    bindings.get_num_variants(projection)
    return {}
