"""What a walk through a map found, kept whole: voices, drift, findings, and the tally that scenarios are asked of.

The key holds all that the walk depends on: every bucket's files and how its texts were read, the map but for sections
that it passes over, what was asked, and the code.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from desireline.kept.code import code_version, map_version
from desireline.kept.feelings import Feelings
from desireline.kept.partials import Partials
from desireline.kept.readings import TABLES, WHOLE
from desireline.maps.records import Map

ROOMS = (".",)
"""The code whose change makes an earlier walk worthless: it goes through nearly every room, so all of them."""

T = TypeVar("T")


@dataclass(frozen=True)
class KeptWalks:
    """The walks over one snapshot of the lake, which pass over the sections `without` of a map."""

    feelings: Feelings
    kept: Partials
    without: tuple[str, ...] = ()

    def of(self, kind: type[T], map_: Map, about: object, walk: Callable[[], T]) -> T:
        """What is kept for the map and what was asked (`about`: JSON), else what `walk` finds now."""
        key = json.dumps([code_version(ROOMS), kind.__qualname__, map_version(map_, without=self.without), about])
        parts = self.feelings.made_of(TABLES)
        had = self.kept.find(key, WHOLE)
        if had and had[0] == parts and isinstance(had[1], kind):
            return had[1]
        found = walk()
        self.kept.keep(key, WHOLE, parts, found)
        return found
