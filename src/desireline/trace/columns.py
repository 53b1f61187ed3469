"""A file of plain columns, memory-mapped while one is looked at: what a bucket of the trace is made of.

    magic · column · column · … · directory (JSON) · its size and checksum · magic

Columns start at multiples of 64 bytes. The directory stands last, so a file that was cut short has none.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO
from weakref import ref
from zlib import crc32

import numpy as np
import numpy.typing as npt

from desireline.errors import TraceDamaged
from desireline.trace.faults import reading

Column = npt.NDArray[Any]

_MAGIC = b"desirel1"
_TAIL = struct.Struct("<QI8s")  # bytes and checksum of the directory, magic
_ALIGNED = 64
_BLOCK = 1 << 16


class ColumnWriter:
    """Columns go into an open file one after another; `close` writes the directory and tells its checksum."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._columns: dict[str, tuple[str, int, int, int]] = {}
        self._at = file.write(_MAGIC)

    def add(self, name: str, column: Column) -> None:
        """The column is written."""
        column = np.ascontiguousarray(column)
        self._at += self._file.write(bytes(-self._at % _ALIGNED))
        self._columns[name] = (column.dtype.str, self._at, len(column), checksum(column))
        self._at += self._file.write(column.data) if len(column) else 0

    def close(self, facts: Mapping[str, Any]) -> tuple[int, int]:
        """The file is whole; its size in bytes and the checksum of its directory."""
        text = json.dumps({"facts": dict(facts), "columns": self._columns}).encode()
        self._at += self._file.write(text)
        check = crc32(text)
        self._at += self._file.write(_TAIL.pack(len(text), check, _MAGIC))
        return self._at, check


class Columns:
    """The columns of a file. Views of the mapped file: nothing is read before it is looked at.

    The file is mapped, which takes a file descriptor, only as long as one of its columns is alive.
    Raises `TraceDamaged` when the file is missing or is not, to the byte, as long as it was written; whether each
    byte is still what it was, `check` tells.
    """

    def __init__(self, path: Path, *, size: int, check: int) -> None:
        self.path = path
        self._written = (size, check)
        self._mapped: Callable[[], mmap.mmap | None] = lambda: None
        with reading(path), path.open("rb", buffering=0) as file:
            whole = os.fstat(file.fileno()).st_size == size and _whole(file, size, check)
        if not whole:
            raise TraceDamaged("torn", f"{path} is not as it was written")

    def __reduce__(self) -> tuple[Callable[[Path, int, int], Columns], tuple[Path, int, int]]:
        """To another process or machine travels where the file is, not what is in it."""
        return _columns, (self.path.absolute(), *self._written)

    def __contains__(self, name: str) -> bool:
        return name in self._directory["columns"]

    def __getitem__(self, name: str) -> Column:
        kind, start, count, _ = self._directory["columns"][name]
        return np.frombuffer(self._map(), dtype=kind, offset=start, count=count)

    def find(self, name: str) -> Column | None:
        """The column, or None where the file has none of this name."""
        found: dict[str, Any] = self._directory["columns"]
        return self[name] if name in found else None

    @property
    def facts(self) -> dict[str, Any]:
        """What the writer said about the file."""
        found: dict[str, Any] = self._directory["facts"]
        return found

    def check(self) -> None:
        """Every column is read. Raises `TraceDamaged` when one is not what was written."""
        for name, (_, _, _, check) in self._directory["columns"].items():
            if checksum(self[name]) != check:
                raise TraceDamaged("torn", f"the column {name!r} of {self.path} is not what was written")

    @cached_property
    def _directory(self) -> dict[str, Any]:
        held = self._map()
        size, check, _ = _TAIL.unpack(held[-_TAIL.size :])
        text = held[-_TAIL.size - size : -_TAIL.size]
        if crc32(text) != check:
            raise TraceDamaged("torn", f"the directory of {self.path} is not what was written")
        found: dict[str, Any] = json.loads(text)
        return found

    def _map(self) -> mmap.mmap:
        """The mapped file. Columns keep it alive, this object does not: so it is closed when the last one is gone."""
        held = self._mapped()
        if held is None:
            with reading(self.path), self.path.open("rb") as file:
                held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            if len(held) != self._written[0]:
                raise TraceDamaged("torn", f"{self.path} is not as it was written")
            self._mapped = ref(held)
        return held


def _columns(path: Path, size: int, check: int) -> Columns:
    return Columns(path, size=size, check=check)


def checksum(column: Column) -> int:
    """A checksum at the speed of memory: sums of blocks of 64 KiB, and the checksum of those sums."""
    flat = np.ascontiguousarray(column).reshape(-1).view(np.uint8)
    whole = len(flat) // _BLOCK * _BLOCK
    sums = flat[:whole].view(np.uint64).reshape(-1, _BLOCK // 8).sum(axis=1, dtype=np.uint64)
    return crc32(flat[whole:].tobytes(), crc32(sums.tobytes()))


def _whole(file: BinaryIO, size: int, check: int) -> bool:
    """Whether the file begins and ends as it was written."""
    if size < len(_MAGIC) + _TAIL.size or file.read(len(_MAGIC)) != _MAGIC:
        return False
    file.seek(-_TAIL.size, os.SEEK_END)
    return _TAIL.unpack(file.read(_TAIL.size))[1:] == (check, _MAGIC)
