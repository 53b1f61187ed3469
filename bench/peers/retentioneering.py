"""retentioneering, its tracking switched off before it is imported: transitions with medians; visits and their steps.

Its funnel knows no window and so answers another question; it is left out. Its medians are whole seconds.
"""

from __future__ import annotations

import os

os.environ["RETENTIONEERING_NO_TRACK"] = "1"

from functools import partial

import pandas as pd
from retentioneering import Eventstream

from bench import answers
from bench.answers import Answer
from bench.peers import Ask, Tasks

_ADDED = ("path_start", "path_end")


def open_engine(ask: Ask) -> Tasks:
    """retentioneering's answers over a stream that is loaded before the clock starts."""
    read = pd.read_parquet(ask.raw, columns=["customer", "at", "event"])
    stream = Eventstream(read, schema={"path_cols": ["customer"], "event_col": "event", "timestamp_col": "at"})
    return {"b": partial(_edges, stream), "d": partial(_visits, stream)}


def _edges(stream: Eventstream) -> Answer:
    counts = stream.transition_graph_data("count").drop(index=[*_ADDED], columns=[*_ADDED], errors="ignore").stack()
    medians = stream.transition_graph_data("time_median").stack()
    rows = ((a, b, n, medians[a, b].total_seconds()) for (a, b), n in counts.items() if n)
    return {**answers.edges(rows), "within": 1.0}


def _visits(stream: Eventstream) -> Answer:
    split = stream.split_sessions(timeout="30m")
    visits = int(split.df["session_id"].nunique())
    shares = split.step_matrix_data(max_steps=answers.STEPS, path_col="session_id").drop(index=[*_ADDED]).stack()
    return answers.visits(visits, ((step, name, round(share * visits)) for (name, step), share in shares.items()))
