"""Where topics are spoken of, and which of them no touchpoint of the map is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.maps.outline import Outline
from desireline.text.reader import NEUTRAL
from desireline.voice.topics.vectors import Vectors, unit
from desireline.voice.topics.words import guess_languages, split_words, stem_of

MOST_PLACES = 3

_HEAVIEST = 8  # words of a topic that are looked for on the map
_MATCHED = 0.2  # part of their weight that a touchpoint must have
_TELLS = 0.5  # part of the touchpoints that must lack a title's words
_NEAR = 0.28  # cosine of a touchpoint with a topic, by an embedder
_MOSTLY, _MORE_THAN_OTHERS = 0.5, 1.5
_GOOD = 0.75
_FEWEST_ANSWERS = 10
_FEWEST_TOUCHPOINTS = 5  # for a mean that says what all of them share


class Need(NamedTuple):
    """Is a topic without a touchpoint? None: that cannot be judged."""

    unmet: bool | None
    touchpoint: str | None
    reason: str


class Told(NamedTuple):
    """What is known of a topic when it is held against the map."""

    words: Mapping[str, float]  # stems with weights, the heaviest first
    sentiment: float | None
    score: float | None  # mean, as a part of its scale
    score_low: float | None  # of its effect


def spoken_at(said: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    """topic, place, answers, customers, share (of the topic's answers), times (that share against all topics').

    Touchpoints and stages of five customers or more, the most answers first.
    """
    known = [*outline.touchpoint, *(stage.id for stage in outline.stages)]
    whole = said.filter(pl.col("topic") >= 0)
    at = whole.select("topic", "customer_id", pl.col("places").alias("place")).explode(
        "place", empty_as_null=True, keep_nulls=True
    )
    at = at.filter(pl.col("place").is_in(known))
    overall = at.group_by("place").agg((pl.len() / max(whole.height, 1)).alias("overall"))
    sizes = whole.group_by("topic").agg(pl.len().alias("size"))
    found = at.group_by("topic", "place").agg(
        pl.len().cast(pl.Int64).alias("answers"), pl.col("customer_id").n_unique().cast(pl.Int64).alias("customers")
    )
    share = pl.col("answers") / pl.col("size")
    return (
        found.filter(pl.col("customers") >= SMALL_GROUP)
        .join(sizes, on="topic")
        .join(overall, on="place")
        .select(
            "topic", "place", "answers", "customers", share.alias("share"), (share / pl.col("overall")).alias("times")
        )
        .sort("topic", "answers", "place", descending=[False, True, False])
    )


def judge_needs(
    topics: Sequence[Told],
    at: pl.DataFrame,
    outline: Outline,
    *,
    centres: Vectors | None = None,
    touchpoints: Vectors | None = None,
) -> list[Need]:
    """For each topic: is it an unmet need, that is one that no touchpoint of the map matches?

    A touchpoint matches by its words (title, about, promise, cards: a fifth of what the topic's heaviest words weigh,
    or all words of its title among them), by its meaning (`touchpoints`: an embedder's
    vectors of `touchpoint_texts`, `centres`: those of the topics), or because most of the topic's answers are about
    it, and clearly more than of other topics. Praise is no need. When no topic at all matches by words or meaning,
    the map seems to speak another language, and nothing is judged.
    """
    known = [_stems(text) for text in touchpoint_texts(outline)]
    titles = [_stems(point.title) for point in outline.touchpoints]
    ids = list(outline.touchpoint)
    if not ids:
        return [Need(None, None, "the map has no touchpoints") for _ in topics]
    rare = _rare(known)
    told = list(zip(known, titles, strict=True))
    by_words = np.array([[_by_words(one.words, stems, title, rare) for stems, title in told] for one in topics])
    by_words = by_words.reshape(len(topics), len(ids))
    by_meaning = _by_meaning(centres, touchpoints, by_words.shape)
    judged = bool((by_words >= _MATCHED).any() or (by_meaning >= _NEAR).any())
    return [
        _need(one, by_words[k], by_meaning[k], at.filter(pl.col("topic") == k), outline, judged=judged)
        for k, one in enumerate(topics)
    ]


def touchpoint_texts(outline: Outline) -> list[str]:
    """What the map says at each touchpoint, in their order."""
    said: dict[str, list[str]] = {point.id: [point.title, point.about or ""] for point in outline.touchpoints}
    for point in outline.touchpoints:
        said[point.id] += [promise.says or "" for promise in outline.promises(point)]
    for card in outline.map.cards:
        if card.at in said and not card.deleted:
            said[card.at] += [card.title, card.about or "", card.says or ""]
    return [". ".join(part for part in parts if part) for parts in said.values()]


def _need(
    topic: Told, by_words: np.ndarray, by_meaning: np.ndarray, at: pl.DataFrame, outline: Outline, *, judged: bool
) -> Need:
    ids = list(outline.touchpoint)
    own = at.filter(
        pl.col("place").is_in(ids)
        & (pl.col("share") >= _MOSTLY)
        & (pl.col("times") >= _MORE_THAN_OTHERS)
        & (pl.col("answers") >= _FEWEST_ANSWERS)
    )
    if by_words.max() >= _MATCHED:
        best = ids[int(by_words.argmax())]
        return Need(False, best, f"its words stand at “{outline.titles[best]}”")
    if by_meaning.max() >= _NEAR:
        best = ids[int(by_meaning.argmax())]
        return Need(False, best, f"its meaning is near “{outline.titles[best]}”")
    if own.height:
        best, share = own["place"][0], own["share"][0]
        return Need(False, best, f"{share:.0%} of its answers are about “{outline.titles[best]}”")
    if not judged:
        return Need(
            None, None, "no topic matches any touchpoint; the map may speak another language than its customers"
        )
    if _is_praise(topic):
        return Need(False, None, "praise: nothing is missing")
    nearest = ids[int((by_words + by_meaning).argmax())]
    return Need(
        True,
        None,
        f"no touchpoint has its words or is where it is mostly spoken of; the nearest is “{outline.titles[nearest]}”",
    )


def _is_praise(topic: Told) -> bool:
    if topic.sentiment is not None and topic.sentiment >= NEUTRAL:
        return True
    return (topic.score or 0) >= _GOOD and (topic.score_low or 0) > 0


def _stems(text: str) -> set[str]:
    [language] = guess_languages([text], [None])
    return {stem for word in split_words(text) if (stem := stem_of(word, language))}


def _rare(known: Sequence[set[str]]) -> Mapping[str, float]:
    """How much a word tells of a touchpoint: nothing when all touchpoints have it."""
    every = {stem for stems in known for stem in stems}
    if len(known) < 4:
        return dict.fromkeys(every, 1.0)
    return {stem: 1 - (sum(stem in stems for stems in known) - 1) / len(known) for stem in every}


def _by_words(words: Mapping[str, float], stems: set[str], title: set[str], rare: Mapping[str, float]) -> float:
    heaviest = dict(list(words.items())[:_HEAVIEST])
    total = sum(heaviest.values())
    named = min((rare[stem] for stem in title), default=0.0) if title <= set(heaviest) else 0.0
    shared = sum(weight * rare[stem] for stem, weight in heaviest.items() if stem in stems) / total if total else 0.0
    return max(shared, _MATCHED if named >= _TELLS else 0.0)


def _by_meaning(centres: Vectors | None, touchpoints: Vectors | None, shape: tuple[int, ...]) -> np.ndarray:
    """Cosines of topics and touchpoints, each side less its own mean; 0 where there are too few touchpoints."""
    if centres is None or touchpoints is None or len(touchpoints) < _FEWEST_TOUCHPOINTS:
        return np.zeros(shape)
    there = unit(touchpoints)
    return np.asarray(unit(centres) @ unit(there - there.mean(axis=0)).T)
