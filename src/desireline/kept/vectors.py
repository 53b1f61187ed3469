"""What texts mean, as vectors, kept by text: the same text is never embedded twice, whoever asks.

    WORKSPACE/derived/vectors/<embedder>/<hash>.parquet     ids of texts, their vectors

Keeping is a courtesy: where nothing can be written, nothing is kept, and vectors are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import polars as pl

from desireline.disk import put
from desireline.hashes import content_id
from desireline.kept.feelings import text_ids
from desireline.text.embedder import Embedder, Told, Vectors

PIECE = 1024
"""Texts that are embedded before they are kept, so that little is lost when somebody stops the work."""


class KeptVectors:
    """An embedder that remembers."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._folder = folder / re.sub(r"[^\w.-]+", "-", embedder.name)
        self._index: dict[str, Path] | None = None  # which file holds a text; looked up once

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
            path = self._folder / f"{content_id(frame.select(pl.col('id').sort().str.join()))[0]}.parquet"
            put(path, frame.write_parquet)
            self._files.update(dict.fromkeys(frame["id"].to_list(), path))
        return frame

    def _known(self, ids: pl.Series) -> pl.DataFrame:
        """What is kept of these texts. Files that cannot be read are as if they were not there."""
        found = [self._frame(pl.Series("id", [], dtype=pl.String), np.zeros((0, self.dim), dtype=np.float32))]
        inside = {self._files[name] for name in ids.to_list() if name in self._files}
        for path in sorted(inside):
            with suppress(OSError, pl.exceptions.PolarsError):
                kept = pl.read_parquet(path).filter(pl.col("id").is_in(ids.implode()))
                found.append(kept.cast({"vector": pl.Array(pl.Float32, self.dim)}))
        return pl.concat(found).unique("id", keep="first", maintain_order=True)

    @property
    def _files(self) -> dict[str, Path]:
        """The file of each text that is kept."""
        if self._index is None:
            self._index = {}
            for path in sorted(self._folder.glob("*.parquet")):
                with suppress(OSError, pl.exceptions.PolarsError):
                    self._index.update(dict.fromkeys(pl.read_parquet(path, columns=["id"])["id"].to_list(), path))
        return self._index

    def _frame(self, ids: pl.Series, vectors: Vectors) -> pl.DataFrame:
        column = pl.Series("vector", vectors, dtype=pl.Array(pl.Float32, self.dim))
        return pl.DataFrame([ids.alias("id"), column])
