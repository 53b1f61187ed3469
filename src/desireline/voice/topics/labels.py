"""Names of topics: the words that are theirs more than anyone else's, as people mostly write them.

Words and pairs of neighbouring words are weighed by class-based TF-IDF, tf · log(1 + A / f): how often a topic says it,
against how often all do (Grootendorst 2022, arXiv:2203.05794), times 1 − 1 / lift, the part that is its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from desireline.voice.topics.words import Words

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MOST_WORDS = 4
"""Words of a name."""

KEPT_WORDS = 30
"""Words by which a topic is known again."""

_PAIR_COUNTS = 1.5  # a pair says more than a word
_FEWEST = 3  # texts that must say it


class Label(NamedTuple):
    """What a topic is called, and the words that are its own with their weights, the heaviest first."""

    name: str
    words: dict[str, float]  # by stem


def name_topics(words: Words, label: Ints, topics: int, *, seen: npt.NDArray[np.bool_] | None = None) -> list[Label]:
    """The name of each topic; no two are the same. `label` is the topic of each text, −1 for none.

    `seen` are the texts that names are made of (those of one language); all of them when missing.
    """
    some = (label >= 0) if seen is None else (label >= 0) & seen
    counts = _count(words.table[some], label[some], topics)
    said = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    own = _weigh(counts, said)
    text, first, second = words.pairs
    kept = some[text]
    pairs, codes = _pairs(text[kept], first[kept], second[kept], words.texts)
    together = _count(pairs[some], label[some], topics)
    beside = _weigh(together, said)
    names: list[Label] = []
    for topic in range(topics):
        parts = _parts(topic, own, counts, beside, together, codes)
        name = _unused(words, parts, {one.name for one in names}, topic)
        names.append(Label(name, _heaviest(words, own[topic])))
    return names


def _count(table: sp.csr_matrix, label: Ints, topics: int) -> Floats:
    """How many texts of each topic say each word, shape (topics, words)."""
    which = sp.csr_matrix((np.ones(len(label)), (label, np.arange(len(label)))), shape=(topics, len(label)))
    return np.asarray((which @ table).todense(), dtype=np.float64)


def _weigh(counts: Floats, said: Floats) -> Floats:
    """Class-based TF-IDF, shape (topics, words); `said`: how many words each topic says, shape (topics, 1).

    What a topic says no more often than all do weighs nothing, and what it says little more often weighs little.
    """
    all_of_them = np.maximum(counts.sum(axis=0), 1)
    part, usual = counts / said, all_of_them / max(float(said.sum()), 1.0)
    own = np.maximum(1 - usual / np.maximum(part, 1e-12), 0) if len(counts) > 1 else 1.0
    return np.asarray(part * np.log1p(said.mean() / all_of_them if len(said) else all_of_them) * own, dtype=np.float64)


def _pairs(text: Ints, first: Ints, second: Ints, texts: int) -> tuple[sp.csr_matrix, Ints]:
    """Texts × pairs that several texts have, and the words of each pair."""
    codes, which, counts = np.unique(np.stack([first, second]), axis=1, return_inverse=True, return_counts=True)
    which = which.reshape(-1)
    kept = np.flatnonzero(counts >= _FEWEST)
    number = np.full(codes.shape[1], -1)
    number[kept] = np.arange(len(kept))
    some = number[which] >= 0 if len(which) else np.zeros(0, dtype=np.bool_)
    ones = np.ones(int(some.sum()))
    return sp.csr_matrix((ones, (text[some], number[which[some]])), shape=(texts, len(kept))), codes[:, kept]


def _parts(
    topic: int,
    own: Floats,
    counts: Floats,
    beside: Floats,
    together: Floats,
    codes: Ints,
) -> list[tuple[int, ...]]:
    """Words and pairs of a topic, those that name it best first."""
    few = _FEWEST if counts[topic].max(initial=0) >= 2 * _FEWEST else 1
    heavy = [k for k in np.argsort(-own[topic], kind="stable")[:20].tolist() if counts[topic][k] >= few]
    found: list[tuple[float, tuple[int, ...]]] = [(float(own[topic][k]), (k,)) for k in heavy]
    for k in np.argsort(-beside[topic], kind="stable")[:20].tolist():
        one, other = codes[:, k].tolist()
        if together[topic][k] >= _FEWEST and (one in heavy or other in heavy):
            heaviest = max(own[topic][one], own[topic][other])
            found.append((float(np.sqrt(beside[topic][k] * heaviest)) * _PAIR_COUNTS, (one, other)))
    return [part for _, part in sorted(found, key=lambda each: (-each[0], each[1]))]


def _unused(words: Words, parts: Sequence[tuple[int, ...]], used: set[str], topic: int) -> str:
    """A name of up to four words that no other topic has."""
    for skipped in range(max(1, len(parts))):
        name = _joined(words, [*parts[:1], *parts[1 + skipped :]])
        if name and name not in used:
            return name
    return f"topic {topic + 1}"


def _joined(words: Words, parts: Sequence[tuple[int, ...]]) -> str:
    taken: list[int] = []
    said: list[str] = []
    for part in parts:
        if len(taken) + len(part) > MOST_WORDS or len(said) == MOST_WORDS - 1 or set(part) & set(taken):
            continue
        taken += part
        said.append(" ".join(words.shown[k] for k in part))
    return ", ".join(said)


def _heaviest(words: Words, weights: Floats) -> dict[str, float]:
    order = np.argsort(-weights, kind="stable")[:KEPT_WORDS]
    top = weights[order[0]] if len(order) else 1.0
    return {words.stems[k]: round(float(weights[k] / top), 3) for k in order.tolist() if weights[k] > 0}
