"""A process of its own that imports one file into a lake, for tests that kill it, starve it, or lock it out.

Usage: importer.py FOLDER IMPORT_ID [--file-size BYTES] [--nobody] [--hold]. It says `ready`, waits for a line
on stdin, imports, and says `done`, or the name and the text of the error.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
from datetime import timedelta
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

from desireline.errors import LakeError
from desireline.lake.commit import commit
from desireline.lake.staging import Staging
from desireline.lake.store import Lake
from lake.company import NOW, rows

PEOPLE = 300


def fill(staging: Staging, *, since: int, visits: int = 3000) -> None:
    """Stage a file of every table: events (some once), answers, customers, campaigns, refusals."""
    file = staging.add_file(f"export-{since}.csv")
    row = pl.int_range(since, since + visits, eager=True)
    events = pl.DataFrame({"row": row}).select(
        pl.format("c{}", pl.col("row") % PEOPLE).alias("customer_id"),
        (pl.lit(NOW) - pl.duration(minutes=pl.col("row") * 7 % 1000)).alias("at"),
        pl.when(pl.col("row") % 10 == 0).then(pl.lit("join")).otherwise(pl.lit("open")).alias("event"),
        (pl.col("row") % 10 == 0).alias("_once"),
        pl.lit("visits").alias("source"),
        "row",
    )
    staging.add_events(events, file=file)
    people = events.select("customer_id", pl.lit(f'{{"since":"{since}"}}').alias("properties"), "source", "row")
    staging.add_customers(people, file=file)
    staging.add_feedback(people.select("customer_id", pl.lit("9").alias("answer"), "source", "row"), file=file)
    staging.add_campaigns(rows("campaign_id  title\nspring  Spring").with_columns(title=pl.lit(str(since))), file=file)
    staging.add_refused(rows(f"row  reason  raw\n90001  no_time  bad {since}"), file=file)


def run(folder: str, import_id: str, *, hold: bool) -> None:
    """Import into the lake in this folder; `hold` keeps the import open until another line comes."""
    with Staging(Lake.open(folder), import_id, spill_bytes=20_000) as staging:
        fill(staging, since=1000)
        if hold:
            say("held")
            sys.stdin.readline()
        commit(staging, at=NOW + timedelta(days=1), recipe="shop")


def say(text: str) -> None:
    """Tell the parent process."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("import_id")
    parser.add_argument("--file-size", type=int)
    parser.add_argument("--nobody", action="store_true")
    parser.add_argument("--hold", action="store_true")
    told = parser.parse_args()
    if told.file_size:
        resource.setrlimit(resource.RLIMIT_FSIZE, (told.file_size, told.file_size))
    if told.nobody and os.geteuid() == 0:
        os.setuid(65534)
    say("ready")
    sys.stdin.readline()
    try:
        run(told.folder, told.import_id, hold=told.hold)
        say("done")
    except LakeError as fault:
        say(f"{type(fault).__name__}: {fault}")


if __name__ == "__main__":
    main()
