"""The versions that count: what other code, or another map, kept is never taken for its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.version import __version__

if TYPE_CHECKING:
    from desireline.maps.records import Map

HOME = Path(__file__).parent.parent


@cache
def code_version(rooms: tuple[str, ...]) -> str:
    """Differs when the program's version or any source file of these rooms does."""
    digest = blake2b(__version__.encode(), digest_size=8)
    for path in _sources(rooms):
        digest.update(path.name.encode() + path.read_bytes())
    return f"{__version__}-{digest.hexdigest()}"


def map_version(map_: Map, *, without: Iterable[str] = ()) -> str:
    """Differs when the map does, but for these sections; not for the order in which its fields are written."""
    told = json.dumps(map_.model_dump(mode="json", exclude=set(without)), sort_keys=True)
    return blake2b(told.encode(), digest_size=16).hexdigest()


def _sources(rooms: Iterable[str]) -> Iterable[Path]:
    for room in rooms:
        place = HOME / room
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
