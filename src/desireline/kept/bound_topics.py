"""Which topic each text is of, as somebody decided: rules such as `feedback: {topic: late-delivery}` look at it.

    WORKSPACE/voice/topics.parquet     id of the text, topic

It is written on demand alone, so that the numbers of a map do not move because topics were gathered anew.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from desireline.disk import put
from desireline.errors import LakeDamaged, LakeUnwritable
from desireline.kept.feelings import text_ids

BOUND: dict[str, pl.DataType] = {"id": pl.String(), "topic": pl.String()}


def bind_topics(folder: Path, texts: pl.Series, topics: pl.Series) -> int:
    """From now on these texts are of these topics, and no others; how many are. Null is none. Raises LakeUnwritable."""
    told = pl.DataFrame([text_ids(texts.str.strip_chars()), topics.cast(pl.String).alias("topic")])
    bound = told.filter(pl.col("topic").is_not_null()).unique("id", keep="first").sort("id")
    path = _file(folder)
    try:
        put(path, bound.write_parquet)
    except OSError as fault:
        raise LakeUnwritable(f"{path} cannot be written: {fault}.") from fault
    return bound.height


def bound_topics(folder: Path) -> pl.DataFrame:
    """The topics of texts: BOUND, empty where none were bound. Raises LakeDamaged."""
    path = _file(folder)
    if not path.exists():
        return pl.DataFrame(schema=BOUND)
    try:
        return pl.read_parquet(path).select(list(BOUND))
    except (OSError, pl.exceptions.PolarsError) as fault:
        raise LakeDamaged(
            f"{path} cannot be read ({type(fault).__name__}). Delete it, then bind topics again: "
            "`desireline topics MAP --bind`."
        ) from fault


def _file(folder: Path) -> Path:
    return folder / "voice" / "topics.parquet"
