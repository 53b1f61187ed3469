"""Taking the last import back: for every reader at once, and only where the state before is whole."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from desireline.errors import NothingToUndo
from desireline.recipes.files import read_recipe
from desireline.workspace import Workspace

RECIPE = read_recipe(
    "recipe: log\nsources: {log: {file: 'log*'}}\n"
    "tables: {log: {into: events, source: log, customer: who, events: [{event: what, at: at}]}}\n",
    "log",
)


def rows(people: range) -> pl.DataFrame:
    who = [f"c{n}" for n in people]
    return pl.DataFrame({"who": who, "at": ["2026-03-01T10:00:00Z"] * len(who), "what": ["look"] * len(who)})


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    """A workspace with two imports: of 20 customers, then of 10 more."""
    made = Workspace.create(tmp_path)
    made.import_files(RECIPE, {"log": rows(range(20))})
    made.import_files(RECIPE, {"log": rows(range(30))})
    return made


def events(shop: Workspace) -> int:
    snapshot = shop._lake.current()
    return sum(snapshot.events(bucket).height for bucket in range(snapshot.buckets))


def test_a_reader_who_opened_the_undone_import_reads_on(shop: Workspace):
    reader = shop._lake.current()
    shop.undo_import(shop.import_ids()[-1])
    assert sum(reader.events(bucket).height for bucket in range(reader.buckets)) == 30
    assert (events(shop), shop.holdings()["counts"]["customers"]) == (20, 20)


def test_what_comes_after_an_undone_import_counts_as_if_it_had_never_been(shop: Workspace):
    shop.undo_import(shop.import_ids()[-1])
    counts = shop.import_files(RECIPE, {"log": rows(range(25))})
    assert (counts.accepted, counts.duplicates, counts.customers, events(shop)) == (5, 20, 5, 25)
    assert all(check["ok"] for check in shop.examine()["checks"])
    shop.undo_import(shop.import_ids()[-1])
    assert events(shop) == 20


def test_only_the_last_import_can_be_undone(shop: Workspace):
    before = shop.state()
    with pytest.raises(NothingToUndo, match="not the last one"):
        shop.undo_import(shop.import_ids()[0])
    assert (shop.state(), events(shop)) == (before, 30)


def test_nothing_is_undone_when_the_state_before_is_not_whole(shop: Workspace):
    first = shop._lake.current().imports()["import_id"][0]
    for file in (shop.folder / "lake" / "events").rglob(f"{first}*.parquet"):
        file.unlink()
    before = shop.state()
    with pytest.raises(NothingToUndo, match="are gone"):
        shop.undo_import(shop.import_ids()[-1])
    assert shop.state() == before
