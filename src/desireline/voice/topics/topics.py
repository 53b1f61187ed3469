"""What people talk about: the analysis of topics, from walked buckets to what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from desireline.access import SMALL_GROUP, may_show
from desireline.maps.outline import Outline
from desireline.measures.intervals import wilson
from desireline.measures.view import View
from desireline.voice.counts import say_count
from desireline.voice.topics.gathered import FEWEST, NONE, Gathered, Gathering, gather_topics
from desireline.voice.topics.impact import impacts
from desireline.voice.topics.issues import SERVICE, rank_issues
from desireline.voice.topics.periods import bursts, count_periods, shares, trends
from desireline.voice.topics.places import MOST_PLACES, Told, judge_needs, spoken_at, touchpoint_texts
from desireline.voice.topics.quotes import choose_quotes
from desireline.voice.topics.spoken import SPOKEN, Texts, gather_spoken, with_scores
from desireline.voice.topics.stability import LOOSE

NOTE = "note"
"""The kind of feedback that staff and interviewers write."""

_HEADS = ("answers", "customers", "texts", "without_content", "far", "dropped")


@dataclass(frozen=True)
class FoundTopics:
    """What people talk about. Frames name topics by their ids; those of fewer than five customers are left out."""

    map_id: str
    tier: str
    answers: int = 0  # with a text
    customers: int = 0
    texts: int = 0  # different ones
    staff: int = 0  # answers that are notes of staff or interviewers, no customers' voice
    left_out: int = 0  # such notes that were not asked for
    without_content: int = 0  # answers whose text has no word of content
    far: int = 0  # answers that are far from every topic
    dropped: int = 0  # answers of topics that are dropped
    hidden: int = 0  # topics of fewer than five customers
    note: str = ""
    topics: pl.DataFrame = field(default_factory=pl.DataFrame)  # the most customers first
    periods: pl.DataFrame = field(default_factory=pl.DataFrame)  # topic, period, customers, of, share, low, high
    bursts: pl.DataFrame = field(default_factory=pl.DataFrame)  # topic, period, customers, times, q
    quotes: pl.DataFrame = field(default_factory=pl.DataFrame)  # topic, quote, language
    places: pl.DataFrame = field(default_factory=pl.DataFrame)  # topic, place, answers, customers, share, times
    issues: pl.DataFrame = field(default_factory=pl.DataFrame)  # by rank, see `issues.rank_issues`
    gathered: Gathered | None = None

    @property
    def outliers(self) -> float:
        """The share of answers without a topic."""
        return (self.without_content + self.far) / self.answers if self.answers else 0.0

    @property
    def unmet(self) -> pl.DataFrame:
        """Topics that no touchpoint of the map matches."""
        return self.topics.filter(pl.col("unmet").fill_null(False)) if self.topics.height else self.topics

    def as_json(self) -> dict[str, Any]:
        """Everything but the texts, for programs. Numbers of answers of one to four customers are null."""
        told = ("tier", *_HEADS, "staff", "left_out", "hidden", "note")
        frames = ("topics", "periods", "bursts", "quotes", "places", "issues")
        names = {topic.id: dict(topic.names) for topic in self.gathered.topics} if self.gathered else {}
        return {
            "map": self.map_id,
            **{name: getattr(self, name) for name in told},
            "outliers": self.outliers,
            **({} if may_show(self.customers) else dict.fromkeys((*_HEADS, "staff", "outliers"))),
            **{name: getattr(self, name).to_dicts() for name in frames},
            "topics": [{**row, "names": names[row["id"]]} for row in self.topics.iter_rows(named=True)],
        }


@dataclass(frozen=True)
class Topics:
    """Asks what people talk about: at one place (a stage with its touchpoints) or anywhere, in some kinds of feedback
    or in all. Notes of staff and interviewers are no customers' voice: they are left out unless `kinds` names them.

    Answers of one customer count as one where shares are told. `cost` names a property that says what a contact cost.
    The same answers give the same topics, in whatever order they come.
    """

    outline: Outline
    how: Gathering = field(default_factory=Gathering)
    at: str | None = None
    kinds: tuple[str, ...] = ()
    cost: str | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Machines that look at buckets need no embedder."""
        return {**self.__dict__, "how": Gathering()}

    def partial(self, view: View) -> pl.DataFrame:
        """SPOKEN of this bucket."""
        return gather_spoken(view, at=self._at, kinds=self.kinds, cost=self.cost)

    @property
    def _at(self) -> list[str] | None:
        """The place and what lies in it; None for everywhere."""
        if self.at is None or self.at == self.outline.map.map.id:
            return None
        return [self.at, *(point.id for point in self.outline.touchpoints if point.stage == self.at)]

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All of SPOKEN, in any order: texts, and scores whose texts may be in another part."""
        return pl.concat([SPOKEN.empty(), *parts])

    def finish(self, part: pl.DataFrame) -> FoundTopics:
        """What was found. Everything runs on one thread, so that sums do not depend on how work was shared out."""
        said = with_scores(part)
        staff = pl.col("staff").fill_null(False)
        spoken = said if NOTE in self.kinds else said.filter(~staff)
        with threadpool_limits(limits=1):
            texts = Texts.of(spoken)
            gathered = gather_topics(texts, self.how)
            found = FoundTopics(
                self.outline.map.map.id,
                self.how.tier,
                answers=spoken.height,
                customers=spoken["customer_id"].n_unique(),
                texts=len(texts.texts),
                staff=spoken.filter(staff).height,
                left_out=said.height - spoken.height,
            )
            return replace(found, note=_too_few(found)) if gathered is None else self._told(found, spoken, gathered)

    def _told(self, found: FoundTopics, spoken: pl.DataFrame, gathered: Gathered) -> FoundTopics:
        said = gathered.texts.said
        of = gathered.of[said]
        content = gathered.spoken[said]
        whole = spoken.with_columns(pl.Series("topic", np.maximum(of, NONE)))
        heard = whole.filter(pl.Series(content))
        many = len(gathered.topics)
        at = spoken_at(heard, self.outline)
        counts = count_periods(heard, many)
        table = self._table(heard, gathered).hstack([*impacts(heard, many), *trends(counts)])
        table = table.with_columns(*self._needs(table, at, gathered))
        shown = table.filter(pl.col("customers") >= SMALL_GROUP).sort(
            "customers", "answers", "name", descending=[True, True, False]
        )
        words = {k: topic.words for k, topic in enumerate(gathered.topics)}
        quotes = choose_quotes(heard, gathered.cosine[said][content], words)
        ids = shown.select(pl.col("number").alias("topic"), "id")
        return replace(
            found,
            without_content=int((~content).sum()),
            far=int(((of == NONE) & content).sum()),
            dropped=int((of < NONE).sum()),
            hidden=table.height - shown.height,
            topics=shown.drop("number"),
            periods=_named(shares(counts), ids),
            bursts=_named(bursts(counts), ids),
            quotes=_named(quotes, ids),
            places=_named(at, ids),
            issues=_named(self._issues(heard, many), ids).sort("rank"),
            gathered=gathered,
        )

    def _issues(self, heard: pl.DataFrame, topics: int) -> pl.DataFrame:
        return rank_issues(heard.filter(pl.col("kind").is_in(list(SERVICE))), topics, cost=self.cost)

    def _table(self, heard: pl.DataFrame, gathered: Gathered) -> pl.DataFrame:
        """Volume and what is known of each topic."""
        speakers = heard["customer_id"].n_unique()
        volume = heard.group_by("topic").agg(
            pl.len().cast(pl.Int64).alias("answers"), pl.col("customer_id").n_unique().cast(pl.Int64).alias("customers")
        )
        numbers = pl.DataFrame({"number": np.arange(len(gathered.topics))})
        table = numbers.join(volume, left_on="number", right_on="topic", how="left", maintain_order="left").fill_null(0)
        share = table["customers"].to_numpy() / max(speakers, 1)
        low, high = wilson(share, np.full(len(share), speakers))
        firm = [topic.stability for topic in gathered.topics]
        return table.with_columns(
            pl.Series("id", [topic.id for topic in gathered.topics], dtype=pl.String),
            pl.Series("name", [topic.name for topic in gathered.topics], dtype=pl.String),
            pl.Series("share", share),
            pl.Series("low", low),
            pl.Series("high", high),
            pl.Series("stability", firm, dtype=pl.Float64).fill_nan(None),
            pl.Series("loose", [one < LOOSE for one in firm], dtype=pl.Boolean),
            pl.Series("pinned", [topic.pinned for topic in gathered.topics], dtype=pl.Boolean),
            pl.Series("new", [topic.new for topic in gathered.topics], dtype=pl.Boolean),
            pl.Series("words", [list(topic.words)[:10] for topic in gathered.topics], dtype=pl.List(pl.String)),
        )

    def _needs(self, table: pl.DataFrame, at: pl.DataFrame, gathered: Gathered) -> list[pl.Series]:
        told = [
            Told(topic.words, row["feeling_mean"], row["score_mean"], row["score_low"])
            for topic, row in zip(gathered.topics, table.iter_rows(named=True), strict=True)
        ]
        there = None
        if self.how.embedder is not None and self.outline.touchpoints:
            there = self.how.embedder.embed(touchpoint_texts(self.outline))
        needs = judge_needs(told, at, self.outline, centres=gathered.centres, touchpoints=there)
        main = at.group_by("topic", maintain_order=True).agg(pl.col("place").head(MOST_PLACES))
        numbers = table.select(pl.col("number").alias("topic")).join(
            main, on="topic", how="left", maintain_order="left"
        )
        return [
            pl.Series("unmet", [need.unmet for need in needs], dtype=pl.Boolean),
            pl.Series("matches", [need.touchpoint for need in needs], dtype=pl.String),
            pl.Series("unmet_because", [need.reason for need in needs], dtype=pl.String),
            numbers["place"].alias("places"),
        ]


def _named(frame: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """The frame with ids instead of numbers, for the topics that are shown, in their order."""
    order = ids.with_row_index("_order")
    joined = frame.join(order, on="topic").sort("_order", maintain_order=True)
    return joined.select(pl.col("id").alias("topic"), *(name for name in frame.columns if name != "topic"))


def _too_few(found: FoundTopics) -> str:
    there = "1 different text" if found.texts == 1 else f"{found.texts:,} different texts" if found.texts else "no text"
    if not may_show(found.customers):
        there = f"texts of {say_count(found.customers)} customers"
    needed = f"not enough data: {there} here, and about {FEWEST} with words of content are needed"
    if not found.left_out:
        return needed
    return f"{needed}. {say_left_out(found.left_out)}"


def say_left_out(notes: int) -> str:
    """That notes of staff are not among what was looked at, and how to see them."""
    one = "1 note of staff or interviewers is" if notes == 1 else f"{notes:,} notes of staff or interviewers are"
    return f"{one} left out; --kind {NOTE} tells what they are about"
