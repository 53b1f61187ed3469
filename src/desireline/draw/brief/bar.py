"""A number with its interval as a chart shows it: bars of one unit share an axis."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A number on an axis that holds zero; `told` says it, `wanted` is what somebody hoped for."""

    label: str
    value: float
    low: float | None
    high: float | None
    unit: str
    told: str
    wanted: float | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """From where to where its marks reach."""
        found = [one for one in (self.value, self.low, self.high, self.wanted, 0.0) if one is not None]
        return min(found), max(found)
