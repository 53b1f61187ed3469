"""Feedback whose texts were read: every answer with words carries their feeling and their language."""

from __future__ import annotations

import polars as pl

from desireline.text.reader import Reader

FELT: dict[str, pl.DataType] = {"sentiment": pl.Float64(), "language": pl.String()}
"""The columns that reading adds to `tables.FEEDBACK`; see `tables.ANSWERS`."""


def feel(feedback: pl.DataFrame, reader: Reader) -> pl.DataFrame:
    """Feedback with FELT. Equal texts are read once; answers without a text have neither feeling nor language."""
    texts = feedback["text"].drop_nulls().unique(maintain_order=True)
    return with_feelings(feedback, read_texts(texts, reader))


def read_texts(texts: pl.Series, reader: Reader) -> pl.DataFrame:
    """What a reader finds in texts: `text`, and FELT; what it does not read has no feeling."""
    found = reader.read(texts.to_list())
    levels = pl.Series("sentiment", found.level, dtype=pl.Float64).fill_nan(None)
    return pl.DataFrame([texts.alias("text"), levels, pl.Series("language", found.language, dtype=pl.String)])


def with_feelings(feedback: pl.DataFrame, read: pl.DataFrame) -> pl.DataFrame:
    """Feedback with FELT, by what was read: `text` (each once) and FELT."""
    return feedback.drop(FELT, strict=False).join(read, on="text", how="left", maintain_order="left")
