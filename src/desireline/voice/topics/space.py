"""The space in which the topics of one run lie: texts are in it, and words or phrases can be placed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from desireline.voice.topics.clustering import MOST
from desireline.voice.topics.neighbours import moved_like_neighbours, smooth
from desireline.voice.topics.vectors import MeaningSpace, Vectors, WordSpace, unit
from desireline.voice.topics.words import Words

WORDS_BESIDE = 0.6
"""How much the words count beside an embedder's vectors."""


@dataclass(frozen=True)
class Hint:
    """What is known of a topic before texts are looked at: stems with weights, and where an embedder puts it."""

    words: Mapping[str, float]
    centre: Vectors | None = None  # (dim,), the embedder's, less the mean of its language


@dataclass(frozen=True)
class Space:
    """Where n texts stand."""

    vectors: Vectors  # (n, d) of length 1; zeros for texts of which nothing is known
    plain: Vectors  # the same before they moved towards their neighbours
    words: WordSpace
    meaning: MeaningSpace | None

    @classmethod
    def of(cls, words: Words, embedded: Vectors | None, languages: Sequence[str]) -> Space:
        """By words alone; with `embedded` (n, dim) by both, and texts move towards their nearest neighbours.

        Of more than 25,000 texts the first move by themselves, the others as their neighbours among these do.
        """
        by_words = WordSpace.of(words)
        if embedded is None:
            return cls(by_words.vectors, by_words.vectors, by_words, None)
        meaning = MeaningSpace.of(embedded, languages)
        plain = unit(np.hstack([meaning.vectors, WORDS_BESIDE * by_words.vectors]))
        moved = smooth(plain[:MOST])
        later = moved_like_neighbours(plain[MOST:], plain[:MOST], moved)
        return cls(np.concatenate([moved, later]), plain, by_words, meaning)

    def place(self, hints: Sequence[Hint]) -> Vectors:
        """Where these hints point, shape (hints, d), of length 1; zeros where they say nothing."""
        told = np.stack([self.words.place(hint.words) for hint in hints])
        if self.meaning is None:
            return told
        dim = self.meaning.bare.shape[1]
        nothing = np.zeros(dim, dtype=np.float32)
        known = [hint.centre if hint.centre is not None and len(hint.centre) == dim else nothing for hint in hints]
        meant = self.meaning.place(np.stack(known))
        meant[[not one.any() for one in known]] = 0
        plain = unit(np.hstack([meant, WORDS_BESIDE * told]))
        return moved_like_neighbours(plain, self.plain[:MOST], self.vectors[:MOST])
