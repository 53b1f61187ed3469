"""Which customers the lake knows, by the hash of their ids: new ones are counted without a look into any table.

    LAKE/known/<import>.new     the customers whom this import was the first to name
    LAKE/known/<import>.all     all customers at this import, where the new ones since the last such file are many

A file holds the sum of its numbers and the rising hashes (`hash_text`). Nothing precious: what is missing or torn is
found again in the tables. That two of ten million customers share a hash has a chance of three in a million; they
would be counted as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from desireline.slices import stretches

U64 = npt.NDArray[np.uint64]

FOLDER = "known"
_NEW, _ALL = ".new", ".all"
_MAGIC = np.uint64(0x316E776F6E6B)  # knows1
_MANY = 16  # files
_HEAVY = 5  # the new ones are many when they are more than one in so many


@dataclass(frozen=True)
class Known:
    """Customers by hash; no two parts hold the same one. The oldest part comes first.

    `kept` says whether each part is in a file."""

    parts: tuple[U64, ...] = ()
    kept: bool = True

    def unknown(self, hashes: U64) -> U64:
        """Those of the hashes (rising, unique) that are not known."""
        for part in self.parts:
            if len(part) and len(hashes):
                place = np.minimum(np.searchsorted(part, hashes), len(part) - 1)
                hashes = hashes[part[place] != hashes]
        return hashes


def each_once(hashes: U64) -> U64:
    """The hashes, rising, each once. Ten times as fast as NumPy's own `unique`, which counts by a table of hashes."""
    rising = np.sort(hashes)
    return rising[stretches(rising)[:-1]]


def read_known(lake: Path, imports: Sequence[str]) -> Known | None:
    """The customers that these imports named, the last of them the newest; None when a file is missing or torn."""
    parts: list[U64] = []
    for path in reversed(_chain(lake, imports)):
        part = _read(path)
        if part is None:
            return None
        parts.append(part)
    return Known(tuple(parts))


def keep_known(lake: Path, import_id: str, known: Known, new: Iterable[U64]) -> None:
    """The customers that this import named first (rising) are on the disk, if the disk takes them."""
    fresh = np.concatenate([np.zeros(0, dtype=np.uint64), *new])
    later = [*known.parts[1:], fresh]
    many = len(later) > _MANY or sum(map(len, later)) * _HEAVY > (len(known.parts[0]) if known.parts else 0)
    whole = many or not known.kept
    every = np.sort(np.concatenate([*known.parts, fresh])) if whole else fresh
    path = lake / FOLDER / f"{import_id}{_ALL if whole else _NEW}"
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            file.write(np.array([_MAGIC, _sum(every)]).data)
            file.write(every.data)


def sweep_known(lake: Path, imports: Sequence[str]) -> None:
    """Only files are left of which `read_known` makes use."""
    kept = set(_chain(lake, imports))
    with suppress(OSError):
        for path in (lake / FOLDER).iterdir():
            if path not in kept:
                path.unlink()


def _chain(lake: Path, imports: Sequence[str]) -> list[Path]:
    """The files of these imports, the newest first, back to one that holds all customers."""
    found: list[Path] = []
    for name in reversed(imports):
        every = lake / FOLDER / f"{name}{_ALL}"
        if every.exists():
            return [*found, every]
        found.append(every.with_suffix(_NEW))
    return found


def _read(path: Path) -> U64 | None:
    try:
        whole = np.fromfile(path, dtype=np.uint64)
        torn = path.stat().st_size != whole.nbytes or len(whole) < 2
    except OSError:
        return None
    return None if torn or whole[0] != _MAGIC or whole[1] != _sum(whole[2:]) else whole[2:]


def _sum(hashes: U64) -> np.uint64:
    """A checksum of the numbers and how many they are."""
    return np.uint64(hashes.sum(dtype=np.uint64) ^ np.uint64(len(hashes)))
