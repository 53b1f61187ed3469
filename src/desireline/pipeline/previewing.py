"""What a recipe makes of the first rows of files, before anything is kept."""

# ruff: noqa: ARG002 - every method has the signature that `Stage` asks for
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from desireline.pipeline.bringing import File, Read, bring_in, silent
from desireline.recipes.records import Recipe

JOIN_REASONS = ("no_partner",)
"""Reasons that say nothing here: the partner may stand further down in its file."""


@dataclass
class Previewed:
    """A stage that keeps the first records of each table, and counts the rest."""

    keep: int
    kept: dict[str, pl.DataFrame] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()

    def add_rows(self, file: int, rows: pl.Series) -> None:
        """Rows were read."""
        self.counts["rows"] += len(rows)

    def add_partners(self, file: int, rows: pl.Series) -> None:
        """Rows served as join partners."""

    def add_refused(self, refused: pl.DataFrame, *, file: int) -> None:
        """Rows would be refused."""
        self.refused.update(reason for reason in refused["reason"] if reason not in JOIN_REASONS)

    def add_events(self, records: pl.DataFrame, *, file: int) -> None:
        """Events would come of it."""
        self._add("events", records)

    def add_feedback(self, records: pl.DataFrame, *, file: int) -> None:
        """Answers would come of it."""
        self._add("feedback", records)

    def add_customers(self, records: pl.DataFrame, *, file: int) -> None:
        """Customers would come of it."""
        self._add("customers", records)

    def add_campaigns(self, records: pl.DataFrame, *, file: int) -> None:
        """Campaigns would come of it."""
        self._add("campaigns", records)

    def _add(self, table: str, records: pl.DataFrame) -> None:
        self.counts[table] += records.height
        shown = records.select(pl.exclude("^_.*$")).head(self.keep)
        before = self.kept.get(table)
        self.kept[table] = (shown if before is None else pl.concat([before, shown], how="diagonal")).head(self.keep)


def preview(recipe: Recipe, files: Mapping[str, Sequence[File]], *, read: Read, keep: int = 5) -> Previewed:
    """The first records that the recipe makes of what `read` hands out, and how many rows it would refuse."""
    stage = Previewed(keep)
    stage.notes = bring_in(recipe, files, stage, read=read, step=silent)
    return stage
