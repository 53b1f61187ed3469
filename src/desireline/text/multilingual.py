"""The multilingual reader: it reads feelings in some hundred languages from what texts mean, not from their words.

An embedder gives each text a vector; a small trained head (`text/head.py`) reads the level from it. It needs the extra
`[text]`, is slower than the fast tier by some hundred times, and abstains where nothing can be read. Emoji that stand
alone are left to the fast tier, which knows each of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from desireline.text.embedder import Embedder, Told, find_embedder
from desireline.text.fast import Fast
from desireline.text.head import Head, load_head
from desireline.text.languages import read_languages
from desireline.text.reader import UNTOLD, Levels, Read

_LETTER = re.compile(r"[^\W\d_]")
_SILENT = frozenset({"none", "null", "nan", "n/a", "n.a.", "na", "nil", "-"})  # what tables and forms write for nothing


class Multilingual:
    """Reads feelings with an embedder and the head trained for it."""

    def __init__(self, embedder: Embedder | None = None, *, head: Head | None = None, told: Told | None = None) -> None:
        """Raises `MissingExtra` where no embedder is given and none is installed. `told` hears how far it is."""
        self._embedder = embedder or find_embedder()
        self._head = head or load_head(self._embedder.name)
        self._told = told

    @property
    def name(self) -> str:
        return f"multilingual/{self._head.version}"

    def read(self, texts: Sequence[str]) -> Read:
        """The feeling and the language of each text. See `can_be_read` for those that stay unread."""
        language = read_languages(texts)
        known = self._embedder.languages
        rows = [row for row, text in enumerate(texts) if can_be_read(text, language[row], known)]
        level = signs_alone(texts)
        if rows:
            level[rows] = self._head.levels(self._embedder.embed([texts[row] for row in rows], told=self._told))
        return Read(level, language)


def can_be_read(text: str, language: str, known: frozenset[str]) -> bool:
    """True for a text in words, unless they are in a language that is not known, or stand for nothing said.

    A text whose language cannot be told is read: short ones are such, and the model reads across languages.

    >>> can_be_read("12:30", UNTOLD, frozenset({"en"})), can_be_read("ok", UNTOLD, frozenset({"en"}))
    (False, True)
    """
    if language != UNTOLD and language not in known:
        return False
    return _LETTER.search(text) is not None and text.strip().casefold() not in _SILENT


def signs_alone(texts: Sequence[str]) -> Levels:
    """The level of each text that has emoji or emoticons and no words; NaN for all others, shape (n,)."""
    level: Levels = np.full(len(texts), np.nan)
    rows = [row for row, text in enumerate(texts) if not _LETTER.search(text)]
    if rows:
        level[rows] = Fast().read([texts[row] for row in rows]).level
    return level
