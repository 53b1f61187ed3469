"""What of the staged records is new, what was known, and what contradicts it. Tables in, tables out.

Staged records come with `_file`, `_file_row`, `_content`, `_once`, sorted by file and row. A record's
identity is its own id; where the source has none, its content and how often it came before in the same file.
So the lake holds a content as often as the one file that shows it most often: honest repeats stay, and
overlapping exports add nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

PLACE = ("_file", "_file_row")
ONCE = ["customer_id", "case_id", "event"]
_NOT_CONTENT = {"source", "row", "part"}


@dataclass(frozen=True)
class Settled:
    """The fate of staged records, and the ids of records in the lake that they replace."""

    new: pl.DataFrame
    known: pl.DataFrame  # _file, _file_row
    reused: pl.DataFrame  # records whose id was there with other content
    replaced: pl.Series


def number_repeats(staged: pl.DataFrame, key: str) -> pl.DataFrame:
    """Fill empty ids with the content's hash; the second time in a file it gets `.1`, then `.2` …"""
    seen = pl.int_range(pl.len()).over("_file", "_content")
    repeat = pl.when(seen == 0).then(pl.lit("")).otherwise(pl.format(".{}", seen))
    return staged.with_columns(pl.coalesce(pl.col(key), pl.col("_content") + repeat).alias(key))


def settle(staged: pl.DataFrame, lake: pl.DataFrame, key: str) -> Settled:
    """The first record of an id stays; later ones are known when they say the same, else reused ids."""
    records = staged.select(lake.columns)
    ids = staged.select(key).unique()
    there = lake.join(ids, on=key, how="semi")
    first = pl.concat([there, records]).unique(subset=key, keep="first", maintain_order=True)
    contents = [name for name in lake.columns if name != key and name not in _NOT_CONTENT]
    same = [pl.col(name).eq_missing(pl.col(f"{name}:first")) for name in contents]
    judged = staged.join(
        first.select(key, *contents), on=key, how="left", suffix=":first", maintain_order="left"
    ).select(
        *staged.columns,
        (pl.col(key).is_first_distinct() & ~pl.col(key).is_in(there[key].implode())).alias("_new"),
        pl.all_horizontal(same).alias("_same"),
    )
    return Settled(
        new=judged.filter("_new").select(staged.columns),
        known=judged.filter(~pl.col("_new") & pl.col("_same")).select(PLACE),
        reused=judged.filter(~pl.col("_new") & ~pl.col("_same")).select(staged.columns),
        replaced=pl.Series(key, [], dtype=pl.String),
    )


def keep_earliest(staged: pl.DataFrame, lake: pl.DataFrame) -> Settled:
    """Of events marked `_once`, only the earliest per customer, case and event name stays, in the lake too.

    `new` holds the staged events that are left, those without the mark included. Ties go to the smaller
    event_id, so that the order of imports does not matter.
    """
    once = staged.filter("_once")
    rivals = lake.join(once.select(ONCE).unique(), on=ONCE, how="semi", nulls_equal=True)
    columns = [*ONCE, "at", "event_id"]
    everyone = pl.concat(
        [
            rivals.select(*columns, pl.lit(-1, dtype=pl.Int64).alias("_seat")),
            staged.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("_seat"))
            .filter("_once")
            .select(*columns, "_seat"),
        ]
    )
    best = everyone.sort("at", "event_id", "_seat").unique(subset=ONCE, keep="first", maintain_order=True)
    winners = best["_seat"].implode()
    stays = ~pl.col("_once") | pl.int_range(pl.len(), dtype=pl.Int64).is_in(winners)
    beaten = rivals.join(best.filter(pl.col("_seat") >= 0), on=ONCE, how="semi", nulls_equal=True)
    return Settled(
        new=staged.filter(stays),
        known=staged.filter(~stays).select(PLACE),
        reused=staged.clear(),
        replaced=beaten["event_id"],
    )


def settle_newest(staged: pl.DataFrame, lake: pl.DataFrame, key: str) -> Settled:
    """The last record of each id replaces what the lake knew; rows that it overtakes count as known.

    When the last record says what the lake says already, nothing is replaced.
    """
    last = staged.unique(subset=key, keep="last", maintain_order=True)
    contents = [name for name in lake.columns if name not in _NOT_CONTENT]
    new = last.join(lake.select(contents), on=contents, how="anti", nulls_equal=True, maintain_order="left")
    known = staged.join(new.select(PLACE), on=PLACE, how="anti").select(PLACE)
    there = lake.join(new.select(key), on=key, how="semi")
    return Settled(new=new, known=known, reused=staged.clear(), replaced=there[key])
