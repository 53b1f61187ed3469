"""Opening a file: what stands in the way is said plainly, and gzip is unpacked on the fly."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from desireline.errors import SourceEmpty, SourceError, SourceMissing, SourceUnreadable

HEAD = 64 * 1024
GZIP = b"\x1f\x8b"


Stamp = tuple[int, int, int]
"""What changes when a file does: its number, size and time of change."""


def stamp(path: Path) -> Stamp:
    """The file's stamp: what was learnt of a file holds as long as this stays."""
    seen = path.stat()
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def check_readable(path: Path) -> None:
    """The path is a file that may be read and holds something; else the error says what stands in the way."""
    if not path.exists():
        raise SourceMissing(path)
    if path.is_dir():
        raise SourceUnreadable(f"{path} is a folder. Name the files in it, such as {path / '*.csv'}.")
    try:
        with path.open("rb") as file:
            first = file.read(1)
    except PermissionError:
        raise SourceUnreadable(
            f"{path} may not be read by this user. Ask its owner for permission to read it."
        ) from None
    except OSError as fault:
        raise SourceUnreadable(f"{path} cannot be opened: {fault.strerror}.") from None
    if not first:
        raise SourceEmpty(f"{path.name} is an empty file (0 bytes). Export it again.")


@contextmanager
def unpacked(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, out of their gzip wrapper if they have one, read as a stream."""
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
        file.seek(0)
        if not packed:
            yield file
            return
        with gzip.open(file, "rb") as inside:
            yield cast(BinaryIO, inside)


def head_of(path: Path, size: int = HEAD) -> bytes:
    """The first bytes, unpacked. A gzip file that breaks off later still shows its head."""
    with unpacked(path) as file:
        parts: list[bytes] = []
        have = 0
        try:
            while have < size and (part := file.read(min(8192, size - have))):
                parts.append(part)
                have += len(part)
        except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
            if not parts:
                raise broken_gzip(path, 0, fault) from None
        return b"".join(parts)


def broken_gzip(path: Path, rows: int, fault: Exception) -> SourceError:
    """The error for a gzip file that ends too early or whose bytes are damaged."""
    how = "ends in the middle" if isinstance(fault, EOFError) else "is damaged"
    return SourceUnreadable(
        f"{path.name}: the gzip file {how}, after row {rows}. Copy or export it again; none of it was taken."
    )
