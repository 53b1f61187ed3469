"""Vectors of a benchmark's texts, kept as Parquet (text, vector) outside the repository: embedding takes minutes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from bench import places
from desireline.text.embedder import Embedder, Told, Vectors, find_embedder


class KeptVectors:
    """An embedder that looks first at what lies in a folder, and keeps there what it had to embed."""

    def __init__(self, folder: Path | None = None) -> None:
        """The folder is `BENCH_VECTORS`, or `vectors` in the cache of the benchmarks."""
        self._folder = folder or Path(os.environ.get("BENCH_VECTORS") or places.cache() / "vectors")
        self._folder.mkdir(parents=True, exist_ok=True)
        self._embedder: Embedder = find_embedder()
        self._kept: dict[str, npt.NDArray[np.float32]] = {}
        for file in sorted(self._folder.glob("*.parquet")):
            frame = pl.read_parquet(file)
            vectors = frame["vector"].list.to_array(self._embedder.dim).to_numpy().astype(np.float32)
            self._kept.update(zip(frame["text"].to_list(), vectors, strict=True))

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dim(self) -> int:
        return self._embedder.dim

    @property
    def languages(self) -> frozenset[str]:
        return self._embedder.languages

    def embed(self, texts: Sequence[str], *, told: Told | None = None) -> Vectors:
        """The vectors, shape (n, dim)."""
        missing = list(dict.fromkeys(text for text in texts if text not in self._kept))
        if missing:
            made = self._embedder.embed(missing, told=told)
            self._kept.update(zip(missing, made, strict=True))
            kept = pl.Series(made, dtype=pl.Array(pl.Float32, self.dim)).arr.to_list()
            file = self._folder / f"made-{len(list(self._folder.glob('made-*.parquet'))):03}.parquet"
            pl.DataFrame({"text": missing, "vector": kept}).write_parquet(file)
        return np.stack([self._kept[text] for text in texts]) if texts else np.empty((0, self.dim), dtype=np.float32)
