"""Faults of the disk and of Delta are raised as Desireline's own errors, with the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

import polars as pl
from deltalake.exceptions import DeltaError

from desireline.errors import LakeDamaged, LakeUnwritable

_COLOUR = re.compile("\x1b\\[[0-9;]*m")
_FRAME = re.compile(r"0: ")
FAULTS = (OSError, DeltaError, pl.exceptions.PolarsError)


@contextmanager
def reading(where: Path) -> Iterator[None]:
    """Whatever cannot be read inside is raised as `LakeDamaged`, naming `where`."""
    try:
        yield
    except FAULTS as fault:
        raise LakeDamaged(
            f"{where} cannot be read: {say(fault)}. Put the file back from a backup, "
            "or import the source files again into a new workspace."
        ) from fault


@contextmanager
def writing(where: Path) -> Iterator[None]:
    """Whatever cannot be written inside is raised as `LakeUnwritable`, naming `where`."""
    try:
        yield
    except FAULTS as fault:
        raise LakeUnwritable(
            f"{where} cannot be written: {say(fault)}. The lake is as it was before. "
            "Free some space or allow writing there, then import again."
        ) from fault


def say(fault: BaseException) -> str:
    """The fault in one line: causes are joined, Delta's stack of frames and its colours are left out."""
    lines = _COLOUR.sub("", str(fault)).replace("↳", "").splitlines()
    causes = list(takewhile(lambda line: not _FRAME.match(line), filter(None, map(str.strip, lines))))
    return ": ".join(causes).rstrip(". ") or type(fault).__name__
