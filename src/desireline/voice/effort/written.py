"""What `desireline effort --json` says, for whoever asks the same elsewhere."""

from __future__ import annotations

from typing import Any

import polars as pl

from desireline.voice.effort.effort import Effort
from desireline.voice.effort.found import Found

USUAL = ("stage", "team", "channel")
"""The kinds of hand-off that are told when nobody names others."""
MOST = 10


def effort_json(found: Found, asked: Effort, *, limit: int = MOST) -> dict[str, Any]:
    """Everything as plain data, of each kind of hand-off the costliest, and the kinds that cannot be told."""
    costliest = found.hand_offs.filter(pl.col("rank") <= limit).with_columns(pl.col(pl.Float64).fill_nan(None))
    return found.as_json() | {
        "hand_offs_not_measurable": untold(found, asked),
        "hand_offs": costliest.to_dicts(),
    }


def untold(found: Found, asked: Effort) -> list[str]:
    """The kinds of hand-off that neither the map nor the data tells."""
    return [kind for kind in asked.kinds if kind not in found.part.told]
