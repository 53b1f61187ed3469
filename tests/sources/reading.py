"""What the tests of the readers share: reading everything, and finding the public data sets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from desireline.recipes.records import Source
from desireline.sources.read import read

DATA = Path(os.environ.get("DESIRELINE_DATA", Path(__file__).parents[2] / "../shared/data"))


def source(**fields: Any) -> Source:
    return Source.model_validate({"file": "*", **fields})


def everything(path_or_frame: Any, asked: Source | None = None, **options: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All rows and all refusals of a source."""
    batches = list(read(path_or_frame, asked, **options))
    return pl.concat([batch.rows for batch in batches]), pl.concat([batch.refused for batch in batches])


def notes(path_or_frame: Any, asked: Source | None = None) -> list[str]:
    return [note for batch in read(path_or_frame, asked) for note in batch.notes]


def data(name: str) -> Path:
    """A public data set; the test is skipped where it is not at hand."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the public data set {name} is not at {DATA}; set DESIRELINE_DATA to its folder")
    return path
