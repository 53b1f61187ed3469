"""What texts say is kept by text: nothing is read twice, and a slow reader keeps nobody waiting."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from desireline.errors import LakeDamaged, UnknownTier
from desireline.kept.feelings import Feelings, text_ids
from desireline.kept.hearing import choose_tier, hearing, tier_of
from desireline.kept.partials import Partials
from desireline.kept.read_on import EVERYWHERE, ReadOn
from desireline.tables import FEEDBACK
from desireline.text.reader import Read


class Lake:
    """A lake of buckets that hold nothing but texts."""

    def __init__(self, *buckets: Sequence[str | None]) -> None:
        self.held = list(buckets)

    @property
    def buckets(self) -> int:
        return len(self.held)

    def feedback(self, bucket: int) -> pl.DataFrame:
        return FEEDBACK.shape(pl.DataFrame({"text": self.held[bucket]}, schema={"text": pl.String}))


class Counting:
    """Feels as strongly as a text is long; counts what it is given. Texts of one letter are beyond it."""

    name = "counting/1"

    def __init__(self) -> None:
        self.given: list[str] = []

    def read(self, texts: Sequence[str]) -> Read:
        self.given += texts
        return Read(np.array([np.nan if len(text) < 2 else len(text) / 10 for text in texts]), ["en"] * len(texts))


def feelings(lake: Lake, reader: Counting, folder: Path, *, slow: bool = False) -> Feelings:
    return Feelings(lake, reader, Partials(folder), slow)  # type: ignore[arg-type]


def told(found: pl.DataFrame) -> list[tuple[str | None, float | None]]:
    return list(found.select("text", "sentiment").iter_rows())


def test_equal_texts_are_read_once_and_no_text_is_no_feeling(tmp_path: Path):
    reader = Counting()
    found = feelings(Lake(["good", None, "good", "x"]), reader, tmp_path).feedback(0)
    assert told(found) == [("good", 0.4), (None, None), ("good", 0.4), ("x", None)]
    assert found["language"].to_list() == ["en", None, "en", "en"]
    assert reader.given == ["good", "x"]


def test_what_was_read_is_not_read_again_and_new_texts_are(tmp_path: Path):
    reader, lake = Counting(), Lake(["good", "x"])
    feelings(lake, reader, tmp_path).feedback(0)
    lake.held[0] = ["better", "good", "x"]
    assert told(feelings(lake, reader, tmp_path).feedback(0)) == [("better", 0.6), ("good", 0.4), ("x", None)]
    assert reader.given == ["good", "x", "better"]


def test_a_bucket_without_texts_asks_no_reader(tmp_path: Path):
    reader = Counting()
    found = feelings(Lake([None], []), reader, tmp_path)
    assert [told(found.feedback(bucket)) for bucket in (0, 1)] == [[(None, None)], []]
    assert reader.given == []


def test_a_slow_reader_leaves_texts_unread_until_it_is_sent(tmp_path: Path):
    reader, lake = Counting(), Lake(["good", "fine day"], ["good"])
    slow = feelings(lake, reader, tmp_path, slow=True)
    before = slow.state(0)
    assert told(slow.feedback(0)) == [("good", None), ("fine day", None)]
    assert list(slow.read_more(text_ids(pl.Series(["good"])))) == [1, 1]
    assert slow.state(0) != before
    assert told(slow.feedback(0)) == [("good", 0.4), ("fine day", None)]
    assert list(slow.read_more()) == [1]
    assert reader.given == ["good", "good", "fine day"]


def said(texts: Sequence[str], places: Sequence[str]) -> pl.DataFrame:
    """Texts, each of a customer of its own."""
    who = pl.Series("customer_id", [f"c{k}" for k in range(len(texts))])
    rank = pl.Series("rank", [0] * len(texts), dtype=pl.Int64)
    ids = text_ids(pl.Series(texts, dtype=pl.String))
    return pl.DataFrame([ids, pl.Series("place", places, dtype=pl.String), who.cast(pl.String), rank]).sort("id")


def test_places_of_few_customers_are_not_told_and_cannot_be_worked_out(tmp_path: Path):
    texts = [f"text {k:02}" for k in range(19)]
    places = ["pay"] * 3 + ["see"] * 6 + ["buy"] * 10
    going = ReadOn(feelings(Lake(texts), Counting(), tmp_path, slow=True), said(texts, places))
    assert set(going.looks()) == {EVERYWHERE, "buy"}
    few = ReadOn(feelings(Lake(texts[:4]), Counting(), tmp_path, slow=True), said(texts[:4], places[:4]))
    assert few.looks() == {}


def test_an_empty_workspace_has_nothing_to_read(tmp_path: Path):
    going = ReadOn(feelings(Lake(), Counting(), tmp_path, slow=True), said([], []))
    going.first(enough=5, step=lambda what, done, of: None)
    assert (going.looks(), going.left) == ({}, False)


def test_a_sample_tells_of_all_texts_with_its_error_and_then_all_are_read(tmp_path: Path):
    texts = [f"text {'!' * (k % 7)} {k:03}" for k in range(300)]
    slow = feelings(Lake(texts), Counting(), tmp_path, slow=True)
    spoken = said(texts, ["pay"] * 300)
    going = ReadOn(slow, spoken)
    going.first(enough=50, step=lambda what, done, of: None)
    sample = going.looks()[EVERYWHERE]
    going.rest(lambda what, done, of: None)
    whole = going.looks()[EVERYWHERE]
    assert (sample.of, sample.tried, whole.tried) == (300, 50, 300)
    assert sample.level.low <= whole.level.value <= sample.level.high
    assert (sample.level.error > 0, whole.level.error) == (True, 0.0)


def test_a_workspace_reads_fast_until_another_tier_is_chosen(tmp_path: Path):
    assert (tier_of(tmp_path), hearing(tmp_path).slow) == ("fast", False)
    choose_tier(tmp_path, "multilingual")
    assert (tier_of(tmp_path), hearing(tmp_path).slow) == ("multilingual", True)
    assert json.loads((tmp_path / "voice" / "tier.json").read_text()) == {"tier": "multilingual"}


def test_a_tier_that_there_is_not_is_named_with_the_nearest(tmp_path: Path):
    with pytest.raises(UnknownTier, match="Did you mean 'fast'"):
        choose_tier(tmp_path, "fats")


def test_a_torn_choice_says_the_way_out(tmp_path: Path):
    choose_tier(tmp_path, "fast")
    (tmp_path / "voice" / "tier.json").write_text('{"tier')
    with pytest.raises(LakeDamaged, match="Delete it to read texts with the fast tier"):
        tier_of(tmp_path)
