"""Answers given together: those of one row of a survey share a response, wherever the lake puts them."""

from __future__ import annotations

import polars as pl

from desireline.hashes import content_id

_TOGETHER = ("source", "row", "customer_id", "case_id", "at", "channel", "properties")
"""What answers given in one row have in common; the row alone says too little, since a source may be many files."""
_OF_ONE = r'"_(?:bad_score|text_cut|unreadable_text)":"(?:[^"\\]|\\.)*",?'
"""Properties that tell what became of a single answer of the row, in their JSON text."""


def told_together(feedback: pl.DataFrame) -> pl.DataFrame:
    """Feedback with `response`, which answers of one row share."""
    of_row = pl.col("properties").str.replace_all(_OF_ONE, "").str.replace(r",\}$", "}")
    return feedback.with_columns(content_id(feedback.select(_TOGETHER).with_columns(of_row)).alias("response"))
