"""The manifest of a trace: which files it is made of, and what the codes in them mean.

It is written last and renamed into place, so it is the switch from an old trace to a new one. Its first line names
the version of this code and a checksum of the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from desireline.disk import sync
from desireline.errors import TraceDamaged
from desireline.trace.faults import reading

VERSION = 1  # of the files; a trace of another version is made again
NAME = "manifest.json"
_FORM = "desireline-trace"

Names = tuple[str | None, ...]


@dataclass(frozen=True)
class Piece:
    """One file of a bucket: what it was made from, and what is in it."""

    file: str
    size: int
    check: int
    inputs: tuple[str, ...]  # fingerprints of what it was made from, in order
    events: int
    customers: int  # those whom no earlier piece of the bucket has
    first: int = 0  # µs since 1970
    last: int = 0
    valued: bool = False  # some event has a value


@dataclass(frozen=True)
class Manifest:
    """A whole trace. `names` holds the names of each field by code; but for `event`, code 0 is for "missing"."""

    generation: int
    inputs: str
    names: Mapping[str, Names]
    buckets: tuple[tuple[Piece, ...], ...]
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pieces(self) -> list[Piece]:
        """The pieces of all buckets."""
        return [piece for bucket in self.buckets for piece in bucket]


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """The folder holds this trace, and no longer the one before, even after a loss of power."""
    body = json.dumps(asdict(manifest), ensure_ascii=False).encode()
    half = folder / f"{NAME}.tmp"
    half.write_bytes(f"{_FORM} {VERSION} {crc32(body)}\n".encode() + body)
    sync(half)
    sync(folder)  # the files that it names
    half.replace(folder / NAME)
    sync(folder)


def read_manifest(folder: Path) -> Manifest:
    """What the folder holds. Raises `TraceDamaged` when there is no trace, or none that can be used."""
    with reading(folder / NAME):
        try:
            head, _, body = (folder / NAME).read_bytes().partition(b"\n")
        except FileNotFoundError:
            raise TraceDamaged("missing", f"There is no trace in {folder}") from None
    form, version, check = (*head.decode("latin-1").split(" "), "", "")[:3]
    if form != _FORM or (version == str(VERSION) and check != str(crc32(body))):
        raise TraceDamaged("torn", f"{folder / NAME} is not as it was written")
    if version != str(VERSION):
        raise TraceDamaged(
            "version", f"The trace in {folder} has form {version}; this Desireline writes form {VERSION}"
        )
    return _manifest(json.loads(body))


def _manifest(body: dict[str, Any]) -> Manifest:
    return Manifest(
        generation=body["generation"],
        inputs=body["inputs"],
        names={name: tuple(names) for name, names in body["names"].items()},
        buckets=tuple(tuple(_piece(piece) for piece in bucket) for bucket in body["buckets"]),
        facts=body["facts"],
    )


def _piece(found: dict[str, Any]) -> Piece:
    return Piece(**{**found, "inputs": tuple(found["inputs"])})
