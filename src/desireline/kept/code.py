"""The version of the code that counts: what other code kept is never taken for its own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

from desireline.version import __version__

HOME = Path(__file__).parent.parent


@cache
def code_version(rooms: tuple[str, ...]) -> str:
    """Differs when the program's version or any source file of these rooms does."""
    digest = blake2b(__version__.encode(), digest_size=8)
    for path in _sources(rooms):
        digest.update(path.name.encode() + path.read_bytes())
    return f"{__version__}-{digest.hexdigest()}"


def _sources(rooms: Iterable[str]) -> Iterable[Path]:
    for room in rooms:
        place = HOME / room
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
