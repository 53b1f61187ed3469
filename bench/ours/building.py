"""From the raw Parquet file to a kept trace (`keep`), and to all seven answers with nothing made before (`raw-all`)."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from bench.answers import Answer
from bench.ours.seven import build, on_trace
from bench.peers import Ask, Prepared, Tasks
from desireline.trace.trace import Trace


def open_engine(ask: Ask) -> Tasks:
    """Both start from an empty folder each time."""
    folder = ask.scratch / "built"
    empty = partial(shutil.rmtree, folder, ignore_errors=True)
    return {
        "keep": Prepared(empty, partial(_keep, ask, folder)),
        "raw-all": Prepared(empty, partial(_all, ask, folder)),
    }


def _keep(ask: Ask, folder: Path) -> Answer:
    build(ask, folder)
    trace = Trace.open(folder)
    return {"events": trace.events, "customers": trace.customers}


def _all(ask: Ask, folder: Path) -> Answer:
    build(ask, folder)
    return on_trace(ask, Trace.open(folder))["all"]()
