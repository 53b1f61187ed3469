"""What people talk about: topics of a fair draw of texts, and which of them no touchpoint matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from desireline.findings.gathering import Around, Gathering
from desireline.hashes import hash_text
from desireline.maps.outline import Outline
from desireline.measures.view import View
from desireline.voice.topics.topics import FoundTopics, Topics

MOST = 2_000
"""Customers whose texts are looked at; of more, those with the smallest hashes, which is a fair draw."""


@dataclass(frozen=True)
class TalkWalker:
    """Topics of the texts of at most so many customers."""

    outline: Outline
    most: int = MOST

    @cached_property
    def _topics(self) -> Topics:
        return Topics(self.outline)

    def partial(self, view: View) -> pl.DataFrame:
        """What was said in a bucket."""
        return self._few(self._topics.partial(view))

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """What so many customers said, of all."""
        return self._few(self._topics.combine(parts))

    def finish(self, part: pl.DataFrame) -> FoundTopics:
        """The topics."""
        return self._topics.finish(part)

    def _few(self, spoken: pl.DataFrame) -> pl.DataFrame:
        speaker = spoken["customer_id"].fill_null("")
        people = pl.DataFrame({"customer_id": speaker.unique()})
        drawn = people.with_columns(pl.Series("_hash", hash_text(people["customer_id"]), dtype=pl.UInt64))
        kept = drawn.sort("_hash", "customer_id").head(self.most)["customer_id"]
        return spoken.filter(speaker.is_in(kept.implode()))


def _make(around: Around) -> TalkWalker:
    return TalkWalker(around.outline)


TALK: Gathering[FoundTopics] = Gathering("talk", _make)
