"""One log, given as CSV, JSON lines, Parquet and frame, whole and in parts, in order and late: always the same lake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

import desireline.lake.buckets
import desireline.sources.blocks
from desireline.recipes.records import Recipe
from desireline.workspace import Workspace

RECIPE = Recipe.model_validate(
    {
        "recipe": "shop",
        "times": {"form": "iso"},
        "sources": {"log": {"file": "log*"}},
        "tables": {
            "clicks": {
                "into": "events",
                "source": "log",
                "customer": "who",
                "channel": "via",
                "properties": ["plan", "grade"],
                "events": [{"event": "what", "at": "at", "value": "paid"}],
            }
        },
    }
)
START = datetime(2026, 3, 1, tzinfo=UTC)
CLICKS = pl.DataFrame(
    [
        {
            "who": f"c{n * 7 % 60}",
            "at": START + timedelta(minutes=n * 37 % 900, microseconds=n % 3 * 500_000),
            "what": ("view", "pay", "ask again")[n % 3],
            "via": None if n % 11 == 0 else ("web", "app")[n % 2],
            "paid": n * 25 / 100 if n % 3 == 1 else None,
            "plan": n % 4,
            "grade": n % 5 + 0.5,  # a CSV would keep the .0 of a whole number
        }
        for n in range(400)
    ],
    schema_overrides={"at": pl.Datetime("us", "UTC")},
)


@pytest.fixture(autouse=True)
def small_blocks_and_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desireline.sources.blocks, "_HEAD", 1_000)
    monkeypatch.setattr(desireline.sources.blocks, "BLOCK", 2_000)
    monkeypatch.setattr(desireline.lake.buckets, "COMFORTABLE", 100)


def write(rows: pl.DataFrame, path: Path) -> Path:
    if path.suffix == ".csv":
        rows.write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%S%.f%:z")
    elif path.suffix == ".jsonl":
        rows.with_columns(pl.col("at").dt.to_string("iso")).write_ndjson(path)
    else:
        rows.write_parquet(path, row_group_size=77)
    return path


def held(shop: Workspace) -> list[tuple[object, ...]]:
    """Every event of the lake, without its place in a file."""
    snapshot = shop._lake.current()
    parts = [snapshot.events(bucket) for bucket in range(snapshot.buckets)]
    assert all(part["customer_id"].is_sorted() for part in parts)
    ordered = [
        part.select("customer_id", "at").rows() == part.select("customer_id", "at").sort(pl.all()).rows()
        for part in parts
    ]
    assert all(ordered)
    return pl.concat(parts).drop("row").sort(pl.all()).rows()


def imported(folder: Path, *imports: Sequence[Path | pl.DataFrame]) -> Workspace:
    shop = Workspace.create(folder)
    for files in imports:
        given = {"log": files[0]} if isinstance(files[0], pl.DataFrame) else files
        shop.import_files(RECIPE, given)
    return shop


@pytest.fixture
def wanted(tmp_path: Path) -> list[tuple[object, ...]]:
    found = held(imported(tmp_path / "frame", [CLICKS]))
    assert len(found) == 400
    return found


@pytest.mark.parametrize("shape", [".csv", ".jsonl", ".parquet"])
def test_the_shape_of_a_log_does_not_matter(tmp_path, wanted, shape):
    shop = imported(tmp_path / "shop", [write(CLICKS, tmp_path / f"log{shape}")])
    assert held(shop) == wanted
    again = shop.import_files(RECIPE, [write(CLICKS.reverse(), tmp_path / f"log-again{shape}")])
    assert (again.accepted, again.duplicates) == (0, 400)


@pytest.mark.parametrize("shape", [".csv", ".jsonl", ".parquet"])
def test_parts_that_overlap_and_come_late_land_where_they_belong(tmp_path, wanted, shape):
    parts = [CLICKS[250:], CLICKS[:120], CLICKS[90:300].sample(fraction=1, shuffle=True, seed=1)]
    files = [write(part, tmp_path / f"log-{number}{shape}") for number, part in enumerate(parts)]
    assert held(imported(tmp_path / "one", files)) == wanted
    assert held(imported(tmp_path / "many", *([file] for file in files))) == wanted
    assert held(imported(tmp_path / "back", *([file] for file in reversed(files)))) == wanted


def test_a_late_event_touches_the_bucket_of_its_customer_and_no_other(tmp_path):
    shop = imported(tmp_path / "shop", [CLICKS])
    before = {file.path for file in shop._lake.current().files("events")}
    late = CLICKS[:1].with_columns(pl.lit(START - timedelta(days=30)).alias("at"))
    assert shop.import_files(RECIPE, {"log": late}).events == 1
    snapshot = shop._lake.current()
    after = {file.path for file in snapshot.files("events")}
    assert before < after
    assert len(after - before) == 1
    mine = pl.concat([snapshot.events(bucket) for bucket in range(snapshot.buckets)]).filter(
        pl.col("customer_id") == "c0"
    )
    assert mine["at"][0] == START - timedelta(days=30)
    assert snapshot.first_at() == START - timedelta(days=30)


def test_a_small_append_opens_only_files_of_its_own_time(tmp_path, monkeypatch):
    shop = imported(tmp_path / "shop", [CLICKS])
    opened = []
    read = desireline.lake.delta.DeltaFolder.read
    monkeypatch.setattr(
        desireline.lake.delta.DeltaFolder,
        "read",
        lambda self, file, columns=None: (opened.append((self.table.name, columns)), read(self, file, columns))[1],
    )
    fresh = CLICKS[:4].with_columns(pl.col("at") + timedelta(days=9))
    assert shop.import_files(RECIPE, {"log": fresh}).events == 4
    assert ("events", None) not in opened
