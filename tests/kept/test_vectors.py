"""Vectors are kept by text: nothing is embedded twice, and nothing changes by it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from desireline.kept.vectors import KeptVectors


class Letters:
    """An embedder that counts two letters, and remembers what it was given."""

    name = "letters/1"
    dim = 2
    languages = frozenset({"en"})

    def __init__(self) -> None:
        self.given: list[str] = []

    def embed(self, texts: Sequence[str], *, told=None) -> np.ndarray:
        self.given += texts
        if told:
            told(len(texts), len(texts))
        return np.array([[text.count("a"), text.count("b")] for text in texts], dtype=np.float32).reshape(-1, 2)


def test_equal_texts_are_embedded_once_and_never_again(tmp_path: Path):
    letters = Letters()
    first = KeptVectors(letters, tmp_path).embed(["ab", "bb", "ab"])
    again = KeptVectors(letters, tmp_path).embed(["bb", "aa", "ab"])
    assert first.tolist() == [[1, 1], [0, 2], [1, 1]]
    assert again.tolist() == [[0, 2], [2, 0], [1, 1]]
    assert letters.given == ["ab", "bb", "aa"]


def test_no_texts_have_no_vectors(tmp_path: Path):
    assert KeptVectors(Letters(), tmp_path).embed([]).shape == (0, 2)


def test_it_tells_how_far_it_is(tmp_path: Path):
    told: list[tuple[int, int]] = []
    KeptVectors(Letters(), tmp_path).embed(["a", "b"], told=lambda done, of: told.append((done, of)))
    assert told[-1] == (2, 2)


def test_a_torn_file_is_embedded_anew(tmp_path: Path):
    KeptVectors(Letters(), tmp_path).embed(["ab"])
    next(tmp_path.rglob("*.parquet")).write_bytes(b"torn")
    letters = Letters()
    assert KeptVectors(letters, tmp_path).embed(["ab"]).tolist() == [[1, 1]]
    assert letters.given == ["ab"]


def test_where_nothing_can_be_written_vectors_are_the_same(tmp_path: Path):
    taken = tmp_path / "file"
    taken.write_text("no folder")
    assert KeptVectors(Letters(), taken).embed(["ab"]).tolist() == [[1, 1]]
