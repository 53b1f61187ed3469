"""The dossier: all that was gathered about a map and its data. Rules read it, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from desireline.findings.gathering import Around, Gathering
from desireline.maps.outline import Outline

T = TypeVar("T")


@dataclass(frozen=True)
class Dossier:
    """What was gathered, by gathering."""

    around: Around
    found: Mapping[str, Any]

    @property
    def outline(self) -> Outline:
        """The map in reading order."""
        return self.around.outline

    def get(self, gathering: Gathering[T]) -> T:
        """What was gathered under this name."""
        found: T = self.found[gathering.name]
        return found

    def title(self, place: str) -> str:
        """How a place is called in sentences: “Checkout”, or “Dispatch” → “Delivery” for an edge."""
        titles = self.outline.titles
        if place in titles:
            return f"“{titles[place]}”"
        start, arrow, end = place.partition(">")
        return f"“{titles[start]}” → “{titles[end]}”" if arrow and start in titles and end in titles else f"“{place}”"
