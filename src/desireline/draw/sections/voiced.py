"""What a report tells of the voice beside the readings: curves by persona, what is remembered, and more sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from desireline.draw.sections.section import Section


@dataclass(frozen=True)
class Voiced:
    """The voice, drawn. Empty where nothing was listened to."""

    by_persona: pl.DataFrame | None = None  # tables.READINGS of emotion and its sources by persona
    remembered: str = ""  # what is remembered of the journey, in a sentence
    effort: Mapping[tuple[str, str], float] = field(
        default_factory=dict
    )  # points that follow a move between touchpoints
    sections: tuple[Section, ...] = ()  # topics, drivers, effort, parity …
