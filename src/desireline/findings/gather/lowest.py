"""The lowest answers at each place in their customers' words: few are kept, and those shown are masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from desireline.access import SMALL_GROUP
from desireline.feedback.voices import of_customers
from desireline.hashes import hash_text
from desireline.measures.view import View
from desireline.text.masks import mask_texts
from desireline.text.reader import NEUTRAL

LOWEST: dict[str, pl.DataType] = {
    "place": pl.String(),
    "channel": pl.String(),
    "persona": pl.String(),
    "x": pl.Int64(),
    "who": pl.UInt64(),  # hash of the customer
    "key": pl.UInt64(),  # hash of the answer
    "text": pl.String(),
}
KEPT = 20
"""Texts that are kept per place, channel and persona."""
QUOTES = 3
_SHORTEST, _LONGEST = 15, 180


def lowest(view: View, rows: pl.DataFrame) -> pl.DataFrame:
    """LOWEST of a bucket: answers on the worse half of their scale, with their own text or that of their response.

    A text that sounds pleased is about something else, and is left out.
    """
    low = rows.filter(pl.col("x") < 0)
    if low.is_empty():
        return pl.DataFrame(schema=LOWEST)
    pleased = (pl.col("sentiment") >= NEUTRAL).fill_null(False)
    said = view.answers.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        "customer_id",
        "response",
        pl.when(of_customers() & ~pleased).then(pl.col("text").cast(pl.String).str.strip_chars()).alias("text"),
    )
    words = said.filter(pl.col("text").is_not_null() & pl.col("response").is_not_null())
    words = words.sort("response", "text").unique("response", keep="first", maintain_order=True)
    mine = low.join(said, on="row").join(
        words.select("response", pl.col("text").alias("_of")), on="response", how="left"
    )
    told = mine.with_columns(pl.coalesce("text", "_of").alias("text")).filter(
        pl.col("text").str.len_chars().is_between(_SHORTEST, 10 * _LONGEST)
    )
    who = pl.Series("who", hash_text(told["customer_id"]), dtype=pl.UInt64)
    return _few(told.with_columns(who).select(pl.col(name).cast(kind) for name, kind in LOWEST.items()))


def _few(texts: pl.DataFrame) -> pl.DataFrame:
    cell = ["place", "channel", "persona"]
    return texts.sort(*cell, "x", "key").group_by(cell, maintain_order=True).head(KEPT).select(list(LOWEST))


@dataclass(frozen=True)
class Lowest:
    """The lowest of all buckets."""

    texts: pl.DataFrame

    @classmethod
    def of(cls, parts: Sequence[pl.DataFrame]) -> Lowest:
        """As few of them all as of each."""
        return cls(_few(pl.concat([pl.DataFrame(schema=LOWEST), *parts])))

    def quotes(self, place: str, group: str) -> tuple[str, ...]:
        """The lowest, each of another customer and in other words; none of fewer than five customers."""
        column = group.partition(":")[0]
        here = self.texts.filter(pl.col("place") == place)
        if group:
            here = here.filter(pl.col(column) == group) if column in ("channel", "persona") else here.clear()
        people = here.sort("x", "key").unique("who", keep="first", maintain_order=True)
        if people.height < SMALL_GROUP:
            return ()
        masked = [" ".join(text.split()) for text in mask_texts(people["text"])]
        return tuple(dict.fromkeys(text for text in masked if _SHORTEST <= len(text) <= _LONGEST))[:QUOTES]
