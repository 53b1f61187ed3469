"""What texts mean, as vectors, kept by text: the same text is never embedded twice, whoever asks.

    WORKSPACE/derived/vectors/<embedder>/<number>.parquet     id of the text, its vector

Keeping is a courtesy: where nothing can be written, nothing is kept, and vectors are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import polars as pl

from desireline.kept.feelings import text_ids
from desireline.text.embedder import Embedder, Told, Vectors

PIECE = 1024
"""Texts that are embedded before they are kept, so that little is lost when somebody stops the work."""


class KeptVectors:
    """An embedder that remembers."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._folder = folder / re.sub(r"[^\w.-]+", "-", embedder.name)

    @property
    def name(self) -> str:
        """The name of the embedder behind it."""
        return self._embedder.name

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return self._embedder.dim

    @property
    def languages(self) -> frozenset[str]:
        """The languages that the embedder knows."""
        return self._embedder.languages

    def embed(self, texts: Sequence[str], *, told: Told | None = None) -> Vectors:
        """The vector of each text, shape (n, dim); only texts that were never met are embedded."""
        ids = text_ids(pl.Series("text", list(texts), dtype=pl.String))
        wanted = pl.DataFrame([ids, pl.Series("text", list(texts), dtype=pl.String)]).unique("id", maintain_order=True)
        known = self._known(wanted["id"])
        missing = wanted.join(known, on="id", how="anti", maintain_order="left")
        found = [known]
        for start in range(0, missing.height, PIECE):
            found.append(self._embed(missing.slice(start, PIECE), start, missing.height, told))
        vectors = pl.concat(found)
        place = pl.DataFrame([ids]).join(vectors.with_row_index("place"), on="id", how="left", maintain_order="left")
        every: Vectors = vectors["vector"].to_numpy().reshape(-1, self.dim)
        found_for: Vectors = every[place["place"].to_numpy()]
        return found_for

    def _embed(self, texts: pl.DataFrame, done: int, of: int, told: Told | None) -> pl.DataFrame:
        """These texts with their vectors; they are kept."""

        def tell(now: int, _of: int) -> None:
            if told:
                told(done + now, of)

        made = self._embedder.embed(texts["text"].to_list(), told=tell)
        frame = self._frame(texts["id"], made)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            number = 1 + max((int(path.stem) for path in self._files()), default=0)
            half = self._folder / f"{number}.half"
            frame.write_parquet(half)
            half.replace(self._folder / f"{number}.parquet")
        return frame

    def _known(self, ids: pl.Series) -> pl.DataFrame:
        """What is kept of these texts. Files that cannot be read are as if they were not there."""
        found = [self._frame(pl.Series("id", [], dtype=pl.String), np.zeros((0, self.dim), dtype=np.float32))]
        for path in self._files():
            with suppress(OSError, pl.exceptions.PolarsError):
                kept = pl.read_parquet(path).filter(pl.col("id").is_in(ids.implode()))
                found.append(kept.cast({"vector": pl.Array(pl.Float32, self.dim)}))
        return pl.concat(found).unique("id", keep="first", maintain_order=True)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("[0-9]*.parquet"), key=lambda path: int(path.stem))

    def _frame(self, ids: pl.Series, vectors: Vectors) -> pl.DataFrame:
        column = pl.Series("vector", vectors, dtype=pl.Array(pl.Float32, self.dim))
        return pl.DataFrame([ids.alias("id"), column])
