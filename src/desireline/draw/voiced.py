"""What a report tells of the voice beside the readings: curves by persona, what is remembered, and more sections."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from desireline.draw.section import Section


@dataclass(frozen=True)
class Voiced:
    """The voice, drawn. Empty where nothing was listened to."""

    by_persona: pl.DataFrame | None = None  # tables.READINGS of emotion and its sources by persona
    remembered: str = ""  # what is remembered of the journey, in a sentence
    sections: tuple[Section, ...] = ()  # topics, drivers, effort, parity …
