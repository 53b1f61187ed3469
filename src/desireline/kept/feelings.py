"""What was read in the texts of a workspace, kept by text, so that no text is read twice.

    WORKSPACE/derived/feelings/     by reader and bucket: what each text says

A quick reader reads what is missing when it is asked for. A slow one does not keep a question waiting: what it has not
read yet has no feeling, and `read_more` goes on with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import polars as pl

from desireline.feedback.felt import FELT, read_texts, with_feelings
from desireline.hashes import content_id
from desireline.kept.code import code_version
from desireline.kept.partials import Partials
from desireline.lake.snapshot import Snapshot
from desireline.text.reader import Reader

ROOMS = ("text", "feedback/felt", "kept/feelings")
"""The code whose change makes what a quick reader read worthless. A slow reader's name alone says what it is."""

AT_A_TIME = 512
KEPT: dict[str, pl.DataType] = {"id": pl.String(), **FELT}


@dataclass(frozen=True)
class Feelings:
    """The feelings of one snapshot's texts, as one reader reads them."""

    snapshot: Snapshot
    reader: Reader
    kept: Partials
    slow: bool = False
    topics: pl.DataFrame | None = None  # id, topic: of the texts that were bound to one

    def feedback(self, bucket: int) -> pl.DataFrame:
        """The bucket's feedback with `felt.FELT`, and with `topic` where texts were bound to topics."""
        feedback = self.snapshot.feedback(bucket)
        felt = self._felt(bucket, feedback)
        if self.topics is None or self.topics.is_empty():
            return felt
        topics = _texts(feedback, stripped=True).join(self.topics, on="id", how="inner").select("text", "topic")
        return felt.join(topics, on="text", how="left", maintain_order="left")

    def _felt(self, bucket: int, feedback: pl.DataFrame) -> pl.DataFrame:
        texts = _texts(feedback)
        if texts.is_empty():
            return with_feelings(feedback, texts.select("text").with_columns(_nothing_read()))
        known = self.known(bucket)
        if not self.slow:
            known = self._read(bucket, known, texts.join(known, on="id", how="anti", maintain_order="left"))
        read = texts.join(known, on="id", how="inner").select("text", *FELT)
        return with_feelings(feedback, read)

    def state(self, bucket: int) -> str:
        """Differs when the bucket's texts would be read otherwise, or more of them were read."""
        return f"{self._key} {self.known(bucket).height if self.slow else ''} {self._topics_name}"

    def made_of(self, tables: Sequence[str]) -> tuple[str, ...]:
        """What an answer over all buckets is made from: the files of these tables, and how texts were read."""
        everything = range(self.snapshot.buckets)
        files = (
            f"{bucket} {table} {name}"
            for bucket in everything
            for table in tables
            for name in self.snapshot.fingerprints(table, bucket)
        )
        return (*files, *(self.state(bucket) for bucket in everything))

    @cached_property
    def _topics_name(self) -> str:
        return "" if self.topics is None else name_of(self.topics)

    def unread(self, bucket: int) -> pl.DataFrame:
        """The bucket's texts that were not read yet: id, text."""
        return _texts(self.snapshot.feedback(bucket)).join(
            self.known(bucket), on="id", how="anti", maintain_order="left"
        )

    def read_more(self, chosen: pl.Series | None = None) -> Iterator[int]:
        """Texts are read and kept, a few at a time; how many comes back each time. `chosen` ids alone, if given."""
        for bucket in range(self.snapshot.buckets):
            left = self.unread(bucket)
            left = left if chosen is None else left.filter(pl.col("id").is_in(chosen.implode()))
            for piece in left.iter_slices(AT_A_TIME):
                self._read(bucket, self.known(bucket), piece)
                yield piece.height

    def _read(self, bucket: int, known: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
        """What is known, and what these texts say; it is kept."""
        if texts.is_empty():
            return known
        read = texts.select("id").hstack(read_texts(texts["text"], self.reader).select(list(FELT)))
        every = pl.concat([known, read.select(list(KEPT))])
        self.kept.keep(self._key, bucket, (), every)
        return every

    def known(self, bucket: int) -> pl.DataFrame:
        """What was read so far of the bucket's texts: KEPT."""
        had = self.kept.find(self._key, bucket)
        known = had[1] if had else None
        return known if isinstance(known, pl.DataFrame) else pl.DataFrame(schema=KEPT)

    @property
    def _key(self) -> str:
        return self.reader.name if self.slow else f"{self.reader.name} {code_version(ROOMS)}"


def name_of(topics: pl.DataFrame) -> str:
    """Differs when the topics of texts do; nothing where there are none."""
    return "" if topics.is_empty() else blake2b(topics.write_csv().encode(), digest_size=8).hexdigest()


def text_ids(texts: pl.Series) -> pl.Series:
    """The id of each text, the same wherever it stands."""
    return content_id(texts.to_frame("text")).alias("id")


def _texts(feedback: pl.DataFrame, *, stripped: bool = False) -> pl.DataFrame:
    """The different texts: text, and the id of it (without blanks at its ends if `stripped`)."""
    texts = feedback["text"].drop_nulls().unique(maintain_order=True)
    return pl.DataFrame([texts, text_ids(texts.str.strip_chars() if stripped else texts)])


def _nothing_read() -> list[pl.Expr]:
    return [pl.lit(None, dtype=kind).alias(name) for name, kind in FELT.items()]
