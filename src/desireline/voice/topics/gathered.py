"""Topics of one run, and which of them each answer is of; names and choices of a topics file are obeyed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.text.embedder import Embedder, Told
from desireline.voice.topics.clustering import Ints
from desireline.voice.topics.file import KeptTopic, TopicsFile, written_vector
from desireline.voice.topics.kept import Found, find_topics, reach_of
from desireline.voice.topics.labels import Label, name_topics
from desireline.voice.topics.space import Hint, Space
from desireline.voice.topics.spoken import Texts
from desireline.voice.topics.stability import hashes_of, stability
from desireline.voice.topics.vectors import Vectors, unit
from desireline.voice.topics.words import Words, fold, guess_languages, read_words, split_words, stem_of

N = TypeVar("N", bound=np.generic)

NONE, DROPPED = -1, -2
"""Topics of texts that have none: without content or far from everything; of a topic that is not told."""

FEWEST = 50
"""Different texts with content that topics need."""

FAR = 0.05
"""A text whose cosine with its topic is less is of no topic."""

FAST = "fast"


class Topic(NamedTuple):
    """One topic that is told."""

    id: str
    name: str
    names: Mapping[str, str]  # by language
    words: Mapping[str, float]
    stability: float
    pinned: bool
    new: bool  # it came beside kept ones: nobody has looked at it yet


@dataclass(frozen=True)
class Gathered:
    """The different texts, and the topic of each."""

    texts: Texts
    spoken: npt.NDArray[np.bool_]  # (texts,): has content
    of: Ints  # (texts,): place in `topics`, NONE or DROPPED
    cosine: npt.NDArray[np.float32]  # (texts,)
    topics: list[Topic]
    centres: Vectors | None  # (topics, dim): where an embedder puts each, less the means of languages
    file: TopicsFile  # what the next run may start from


@dataclass(frozen=True)
class Gathering:
    """How topics are gathered."""

    number: int | None = None
    file: TopicsFile | None = None
    embedder: Embedder | None = None
    told: Told | None = None

    @property
    def kept(self) -> list[KeptTopic]:
        """The topics of the file. What another tier knows of where they lie is left aside."""
        if self.file is None:
            return []
        if self.file.tier in (None, self.tier):
            return list(self.file.topics)
        return [topic.model_copy(update={"centre": None, "reach": None}) for topic in self.file.topics]

    @property
    def tier(self) -> str:
        """What read the texts."""
        return self.embedder.name if self.embedder else FAST


def topic_of_each(gathered: Gathered) -> tuple[pl.Series, pl.Series]:
    """The different texts, and the id of each one's topic; null where it has none, or a dropped one."""
    names = pl.Series([topic.id for topic in gathered.topics], dtype=pl.String)
    of = pl.Series(gathered.of).cast(pl.Int64)
    ids = names.gather(pl.select(pl.when(of >= 0).then(of)).to_series().cast(pl.UInt32))
    return pl.Series("text", list(gathered.texts.texts), dtype=pl.String), ids.alias("topic")


def gather_topics(texts: Texts, how: Gathering) -> Gathered | None:
    """The topics of these texts; None when there are too few texts with content."""
    every = read_words(texts.texts, texts.languages)
    spoken = every.spoken
    if spoken.sum() < FEWEST:
        return None
    return _Run(texts, every.only_spoken(), spoken, how).gathered()


class _Run:
    """One run on texts with content."""

    def __init__(self, texts: Texts, words: Words, spoken: npt.NDArray[np.bool_], how: Gathering) -> None:
        self.all = texts
        self.words = words
        self.spoken = spoken
        self.how = how
        self.texts = [texts.texts[k] for k in np.flatnonzero(spoken)]
        self.languages = [texts.languages[k] for k in np.flatnonzero(spoken)]

    def gathered(self) -> Gathered:
        """Everything, in order."""
        found = find_topics(self.space, [(self._hint(one), one.reach) for one in self.how.kept], self.how.number)
        own = np.where(found.cosine >= FAR, found.label, NONE)
        ids, of = self._settled(found, own)
        names = self._names(of, len(ids))
        firm = stability(self.space.vectors, np.maximum(of, NONE), len(ids), hashes=hashes_of(self.texts))
        kept = {topic.id: topic for topic in self.how.kept}
        saved = any(topic.words for topic in self.how.kept)
        labels = name_topics(self.words, own, len(found.centres))
        given = self._ids(found, labels)
        topics = []
        for k, number in enumerate(ids):
            id_, was = given[number], kept.get(given[number])
            name = was.name if was and was.name else names[k][0].name
            told = {language: one.name for language, one in names[k][1].items()}
            words = dict(was.words) if was and was.pin and was.words else names[k][0].words
            topics.append(Topic(id_, name, told, words, float(firm[k]), bool(was and was.pin), saved and was is None))
        return Gathered(
            self.all,
            self.spoken,
            self._for_all(of),
            self._for_all(found.cosine, none=0),
            topics,
            self._centres(of, len(ids)),
            self._next(found, own, labels, given, {topic.id: topic.name for topic in topics}),
        )

    @cached_property
    def embedded(self) -> Vectors | None:
        """The texts by the embedder."""
        return None if self.how.embedder is None else unit(self.how.embedder.embed(self.texts, told=self.how.told))

    @cached_property
    def space(self) -> Space:
        """Where the texts stand."""
        return Space.of(self.words, self.embedded, self.languages)

    def _hint(self, topic: KeptTopic) -> Hint:
        """What is known of a kept topic before texts are looked at."""
        languages = guess_languages(topic.seeds, [None] * len(topic.seeds))
        main = max(sorted(set(self.languages)), key=self.languages.count)
        stems = {
            stem
            for seed, language in zip(topic.seeds, languages, strict=True)
            for word in split_words(seed)
            for said in {language, main}
            if (stem := stem_of(word, said))
        }
        centre = topic.vector
        if centre is None and topic.seeds and self.how.embedder is not None and self.embedded is not None:
            centre = unit(self.how.embedder.embed(topic.seeds)).mean(axis=0) - self.embedded.mean(axis=0)
        return Hint({**topic.words, **dict.fromkeys(stems, 1.0)}, centre)

    def _settled(self, found: Found, own: Ints) -> tuple[list[int], Ints]:
        """The topics that are told, and the place of each text's among them, after merging and dropping."""
        kept = self.how.kept
        number = {topic.id: k for k, topic in enumerate(kept)}
        onward = [number[self.how.file.final(topic.id)] if self.how.file else k for k, topic in enumerate(kept)]
        last = np.array([*onward, *range(len(kept), len(found.centres))], dtype=np.int64)
        final = np.where(own >= 0, last[own] if len(last) else own, NONE)
        dropped = [k for k, topic in enumerate(kept) if topic.drop]
        final[np.isin(final, dropped)] = DROPPED
        ids = [k for k in range(len(found.centres)) if (final == k).any()]
        place = {k: at for at, k in enumerate(ids)}
        return ids, np.array([place.get(int(one), int(one)) for one in final], dtype=np.int64)

    def _names(self, of: Ints, topics: int) -> list[tuple[Label, dict[str, Label]]]:
        """The label of each topic in its main language, and those in the others that many of its texts have."""
        known, codes = np.unique(np.array(self.languages), return_inverse=True)
        counts = np.zeros((topics, len(known)), dtype=np.int64)
        np.add.at(counts, (of[of >= 0], codes[of >= 0]), 1)
        by_language = {
            language: name_topics(self.words, of, topics, seen=codes == code)
            for code, language in enumerate(known.tolist())
            if len(known) > 1 and (counts[:, code] >= _OWN_NAME).any()
        }
        whole = name_topics(self.words, of, topics)
        told: list[tuple[Label, dict[str, Label]]] = []
        used: set[str] = set()
        for k in range(topics):
            own = {
                language: labels[k]
                for language, labels in by_language.items()
                if counts[k][known == language] >= _OWN_NAME
            }
            main = own.get(str(known[counts[k].argmax()]), whole[k])
            label = main if main.name not in used else whole[k]
            used.add(label.name)
            told.append((Label(label.name, whole[k].words), own))
        return told

    def _ids(self, found: Found, labels: Sequence[Label]) -> list[str]:
        """The ids of topics: those of the file, and new ones from their names."""
        ids = [topic.id for topic in self.how.kept]
        for label in labels[found.kept :]:
            plain = re.sub(r"[^a-z0-9]+", "-", fold(label.name)).strip("-")[:60] or "topic"
            ids.append(
                next(one for n in range(1, len(labels) + 2) if (one := plain if n == 1 else f"{plain}-{n}") not in ids)
            )
        return ids

    def _next(
        self, found: Found, own: Ints, labels: Sequence[Label], ids: Sequence[str], names: Mapping[str, str]
    ) -> TopicsFile:
        """The file that the next run may start from: agreed topics as they are, the others as they are now."""
        bare = self._centres(own, len(found.centres))
        topics = []
        for k, id_ in enumerate(ids):
            was = self.how.kept[k] if k < found.kept else None
            mine = own == k
            if was is not None and (was.pin or was.drop or was.into):
                topics.append(
                    was if was.name or was.id not in names else was.model_copy(update={"name": names[was.id]})
                )
            elif mine.any():
                fresh = {"words": labels[k].words, "centre": None if bare is None else written_vector(bare[k])}
                now = (was or KeptTopic.model_validate({"id": id_})).model_copy(
                    update={**fresh, "name": names.get(id_, was and was.name)}
                )
                topics.append(now.model_copy(update={"reach": self._reach(now, mine)}))
            elif was is not None and was.seeds:
                topics.append(was)
        return TopicsFile(tier=self.how.tier, topics=topics)

    def _reach(self, topic: KeptTopic, mine: npt.NDArray[np.bool_]) -> float:
        """How far its texts lie from where its words put it."""
        [place] = self.space.place([self._hint(topic)])
        return round(reach_of(self.space.vectors[mine] @ place), 3)

    def _centres(self, of: Ints, topics: int) -> Vectors | None:
        """The means of the embedder's vectors, less the means of languages."""
        if self.space.meaning is None:
            return None
        bare = self.space.meaning.bare
        nothing = np.zeros(bare.shape[1], dtype=np.float32)
        return np.stack([bare[of == k].mean(axis=0) if (of == k).any() else nothing for k in range(topics)])

    def _for_all(self, values: npt.NDArray[N], *, none: int = NONE) -> npt.NDArray[N]:
        found = np.full(len(self.spoken), none, dtype=values.dtype)
        found[self.spoken] = values
        return found


_OWN_NAME = 20  # texts of a language that give a topic a name in it
