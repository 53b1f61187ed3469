"""What one walk through a map found, kept whole: voices and drift, which the truth of a map is told from.

The key holds all that the walk depends on: every bucket's files and how its texts were read, the map but for what its
cards say, what was asked, and the code.
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
    """The walks over one snapshot of the lake."""

    feelings: Feelings
    kept: Partials

    def of(self, kind: type[T], map_: Map, about: str, walk: Callable[[], T]) -> T:
        """What is kept for the map and what was asked (`about`), or what `walk` finds now."""
        key = json.dumps([code_version(ROOMS), kind.__qualname__, map_version(map_, without=("cards",)), about])
        parts = self.feelings.made_of(TABLES)
        had = self.kept.find(key, WHOLE)
        if had and had[0] == parts and isinstance(had[1], kind):
            return had[1]
        found = walk()
        self.kept.keep(key, WHOLE, parts, found)
        return found
