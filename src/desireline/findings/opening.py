"""Whom a finding is about: the customers behind it, from one more walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from desireline.access import may_show
from desireline.errors import FindingClosed
from desireline.findings.catalog import find_rule
from desireline.findings.finding import Finding
from desireline.findings.rule import Opens
from desireline.measures.view import View


@dataclass(frozen=True)
class Behind:
    """An analysis that lists the customers behind a finding: customer_id, sorted. Raises FindingClosed."""

    finding: Finding

    def __post_init__(self) -> None:
        if find_rule(self.finding.rule).opens is None or not may_show(self.finding.customers):
            raise FindingClosed(self.finding.rule, self.finding.customers)

    @property
    def _opens(self) -> Opens:
        opens = find_rule(self.finding.rule).opens
        if opens is None:
            raise FindingClosed(self.finding.rule, self.finding.customers)
        return opens

    @property
    def carried(self) -> tuple[str, ...]:
        """The fields of events by which they are told."""
        return tuple(dict.fromkeys((*find_rule(self.finding.rule).carried, *self.finding.who.carried)))

    def partial(self, view: View) -> pl.Series:
        """Those of this bucket."""
        return self._opens(view, self.finding.who).cast(pl.String).unique()

    def combine(self, parts: Sequence[pl.Series]) -> pl.Series:
        """All of them."""
        return pl.concat([pl.Series("customer_id", [], dtype=pl.String), *(one.alias("customer_id") for one in parts)])

    def finish(self, part: pl.Series) -> pl.DataFrame:
        """Each once, in order."""
        return part.unique().sort().to_frame("customer_id")
