"""The ledger of deviations, gathered for rules: how many, and what it goes with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import polars as pl

from desireline.findings.finding import Effect, Harm
from desireline.findings.gathering import Around, Gathering
from desireline.maps.outline import Outline
from desireline.measures.ledger import Ledger, LedgerPartial
from desireline.measures.view import View

_SCORE, _VALUE = "score_unit", "value_unit"


@dataclass(frozen=True, eq=False)
class Departures:
    """The ledger, by kind and place."""

    frame: pl.DataFrame  # measures.ledger.LEDGER

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], dict[str, Any]]:
        return {(row["kind"], row["place"]): row for row in self.frame.iter_rows(named=True)}

    def row(self, kind: str, place: str) -> dict[str, Any] | None:
        """The ledger's row; None where nobody, or fewer than five, left the map like this."""
        found = self._rows.get((kind, place))
        return found if found and found["customers"] is not None else None

    def harms(self, kind: str, place: str) -> tuple[Harm, ...]:
        """What one such journey costs, where the interval lies wholly on the harmful side."""
        row = self.row(kind, place)
        if row is None:
            return ()
        found = [Harm(name, *told, unit=_unit(row, name)) for name in _OUTCOMES if (told := _effect(row, name))]
        return tuple(one for one in found if one.high < 0)

    def effects(self, kind: str, place: str) -> tuple[Effect, ...]:
        """The same as evidence, whatever they say."""
        row = self.row(kind, place)
        if row is None:
            return ()
        return tuple(
            Effect(_WORDS[name], *told, _unit(row, name), row[f"{name}_n_with"] or 0, row[f"{name}_n_without"])
            for name in _OUTCOMES
            if (told := _effect(row, name))
        )


_OUTCOMES: tuple[Literal["conversion", "score", "value"], ...] = ("conversion", "score", "value")
_WORDS = {
    "conversion": "journeys that succeed, with it against without",
    "score": "mean score, with it against without",
    "value": "value per journey, with it against without",
}


def _effect(row: Mapping[str, Any], name: str) -> tuple[float, float, float] | None:
    value, low, high = (row[f"{name}_{part}"] for part in ("effect", "low", "high"))
    return None if value is None or low is None or high is None else (value, low, high)


def _unit(row: Mapping[str, Any], name: str) -> str:
    return {"score": row[_SCORE], "value": row[_VALUE]}.get(name) or "share"


@dataclass(frozen=True)
class DeparturesWalker:
    """Adds up the ledger of this map."""

    outline: Outline

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self.outline)

    def partial(self, view: View) -> LedgerPartial:
        """What the bucket contributes."""
        return self._ledger.observe(view)

    def combine(self, parts: Sequence[LedgerPartial]) -> LedgerPartial:
        """All of them."""
        return self._ledger.combine(parts or [LedgerPartial()])

    def finish(self, part: LedgerPartial) -> Departures:
        """The ledger."""
        return Departures(self._ledger.finish(part))


def _make(around: Around) -> DeparturesWalker:
    return DeparturesWalker(around.outline)


DEPARTURES: Gathering[Departures] = Gathering("departures", _make)
