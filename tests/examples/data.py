"""Where the examples and the public data are, and the logs read without Desireline."""

from __future__ import annotations

import gzip
import os
import re
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
DATA = Path(os.environ.get("DESIRELINE_DATA", ROOT / "../shared/data")).resolve()
OTHERS = {"spark", "hillstrom-email"}  # no map and recipe: one makes its data, one is a verdict on plain rows
NAMES = sorted(
    folder.name
    for folder in EXAMPLES.iterdir()
    if folder.is_dir() and not folder.name.startswith("_") and folder.name not in OTHERS
)


def only(name: str, pattern: str) -> Path:
    """The one file of an example that the pattern fits."""
    (found,) = (EXAMPLES / name).glob(pattern)
    return found


def requests(log: str) -> list[list[str]]:
    """The events' names of each trace of an XES log, in time order."""
    text = gzip.decompress((DATA / "process_logs" / f"{log}.xes.gz").read_bytes()).decode()
    return [_in_time_order(trace) for trace in re.findall(r"<trace>.*?</trace>", text, re.S)]


def _in_time_order(trace: str) -> list[str]:
    events = re.findall(r"<event>.*?</event>", trace, re.S)
    dated = [
        (datetime.fromisoformat(_value(event, "time:timestamp")), _value(event, "concept:name")) for event in events
    ]
    return [name for _, name in sorted(dated, key=lambda pair: pair[0])]


def _value(event: str, key: str) -> str:
    return re.findall(f'key="{key}" value="([^"]*)"', event)[0]
