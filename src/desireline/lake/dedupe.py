"""What of the staged records is new, what was known, and what contradicts it. Tables in, tables out.

Staged records come with `_file` and `_file_row` (answers with `_content`, events with `_once`), sorted by file and
row. A record's identity is its own id; where the source has none, its content and how often it came before in the
same file. So the lake holds a content as often as the one file that shows it most often: honest repeats stay, and
overlapping exports add nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from desireline.hashes import content_id
from desireline.lake.order import event_content

PLACE = ("_file", "_file_row")
ONCE = ["customer_id", "case_id", "event"]
_NOT_CONTENT = {"source", "row", "part"}
_SAME_FILE = {"_file", "_content"}


@dataclass(frozen=True)
class Settled:
    """The fate of staged records, and the ids of records in the lake that they replace."""

    new: pl.DataFrame
    known: pl.DataFrame  # _file, _file_row
    reused: pl.DataFrame  # records whose id was there with other content
    replaced: pl.Series


def name_events(events: pl.DataFrame) -> pl.DataFrame:
    """Every event has an `event_id`; `_own` says which of them it brought itself. See `number_repeats`.

    The lake keeps only ids that came with the events: the others follow from the content, and are made when records
    have to be told apart.
    """
    content = content_id(events.select(event_content(events.columns))).alias("_content")
    named = number_repeats(events.with_columns(content, pl.col("event_id").is_not_null().alias("_own")), "event_id")
    return named.drop("_content")


def number_repeats(records: pl.DataFrame, key: str) -> pl.DataFrame:
    """Fill empty ids with the content's hash; the second time in a file it gets `.1`, then `.2` …

    Records without `_file` (those of the lake) are numbered like those of one file.
    """
    repeated = records.select(pl.struct(_SAME_FILE & set(records.columns)).is_duplicated().alias("again"))["again"]
    if not repeated.any():
        return records.with_columns(pl.coalesce(key, "_content").alias(key))
    seen = pl.int_range(pl.len()).over(sorted(_SAME_FILE & set(records.columns)))
    repeat = pl.when(seen == 0).then(pl.lit("")).otherwise(pl.format(".{}", seen))
    return records.with_columns(pl.coalesce(pl.col(key), pl.col("_content") + repeat).alias(key))


def settle(staged: pl.DataFrame, lake: pl.DataFrame, key: str) -> Settled:
    """The first record of an id stays; later ones are known when they say the same, else reused ids."""
    ids = pl.concat([lake[key], staged[key]])
    again = ids.is_duplicated()
    if not again.any():
        return Settled(staged, staged.clear().select(PLACE), staged.clear(), pl.Series(key, [], dtype=pl.String))
    names = [name for name in lake.columns if name != key and name not in _NOT_CONTENT and not name.startswith("_")]
    said = pl.concat([lake.select(names), staged.select(names)])
    met = pl.DataFrame({"id": ids, "said": content_id(said)})
    judged = met.select(
        pl.col("id").is_first_distinct().alias("new"),
        (pl.col("said") == pl.col("said").first().over("id")).alias("same"),
    ).slice(len(lake))
    return Settled(
        new=staged.filter(judged["new"]),
        known=staged.filter(~judged["new"] & judged["same"]).select(PLACE),
        reused=staged.filter(~judged["new"] & ~judged["same"]),
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
