"""Faults of the disk and of Delta are raised as Desireline's own errors, with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from deltalake.exceptions import DeltaError

from desireline.errors import LakeDamaged, LakeUnwritable

FAULTS = (OSError, DeltaError, pl.exceptions.PolarsError)


@contextmanager
def reading(where: Path) -> Iterator[None]:
    """Whatever cannot be read inside is raised as `LakeDamaged`, naming `where`."""
    try:
        yield
    except FAULTS as fault:
        raise LakeDamaged(
            f"{where} cannot be read: {first_line(fault)}. Put the file back from a backup, "
            "or import the source files again into a new workspace."
        ) from fault


@contextmanager
def writing(where: Path) -> Iterator[None]:
    """Whatever cannot be written inside is raised as `LakeUnwritable`, naming `where`."""
    try:
        yield
    except FAULTS as fault:
        raise LakeUnwritable(
            f"{where} cannot be written: {first_line(fault)}. The lake is as it was before. "
            "Free some space or allow writing there, then import again."
        ) from fault


def first_line(fault: BaseException) -> str:
    """The first line of a message; Delta appends a stack of frames that helps nobody."""
    lines = str(fault).strip().splitlines()
    return lines[0].rstrip(". ") if lines else type(fault).__name__
