"""Readings of what the map has targets for, and how many answers each place has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import polars as pl

from desireline.findings.gathering import Around, Gathering
from desireline.maps.outline import Outline
from desireline.maps.records import Kpi
from desireline.measures.catalog import CATALOG
from desireline.measures.runner import Partials, Plan
from desireline.measures.view import View

ANSWERS = "answers"


class Target(NamedTuple):
    """A KPI at a place."""

    place: str
    kpi: Kpi


def targets(outline: Outline) -> Iterator[Target]:
    """All that have a target and a measure that is known, in the order of the map."""
    named = [(outline.map.map.id, outline.map.map.kpis)]
    named += [(stage.id, stage.kpis) for stage in outline.stages]
    named += [(point.id, point.kpis) for point in outline.touchpoints]
    for place, kpis in named:
        for kpi in kpis:
            if kpi.measure in CATALOG and (kpi.at_least is not None or kpi.at_most is not None):
                yield Target(place, kpi)


@dataclass(frozen=True, eq=False)
class Readings:
    """READINGS of everybody and the whole time."""

    frame: pl.DataFrame

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], dict[str, Any]]:
        return {(row["measure"], row["at"]): row for row in self.frame.iter_rows(named=True)}

    def row(self, measure: str, place: str) -> dict[str, Any] | None:
        """A measure's reading at a place; None where there is none."""
        return self._rows.get((measure, place))

    def answers(self, place: str) -> bool:
        """Was anything ever answered about this place?"""
        row = self.row(ANSWERS, place)
        return row is not None and row["value"] != 0


@dataclass(frozen=True)
class ReadingsWalker:
    """Measures what has a target."""

    outline: Outline

    @cached_property
    def _plan(self) -> Plan:
        wanted = {target.kpi.measure for target in targets(self.outline)} | {ANSWERS}
        return Plan(self.outline, tuple(name for name in CATALOG if name in wanted))

    def partial(self, view: View) -> Partials:
        """What a bucket contributes."""
        return self._plan.observe(view)

    def combine(self, parts: Sequence[Partials]) -> Partials:
        """All of them."""
        return self._plan.combine(parts)

    def finish(self, part: Partials) -> Readings:
        """The readings."""
        return Readings(self._plan.finish(part))


def _make(around: Around) -> ReadingsWalker:
    return ReadingsWalker(around.outline)


TARGETS: Gathering[Readings] = Gathering("targets", _make)
