"""The newest import is told from the log alone, and nothing is told where anything is unusual."""

from __future__ import annotations

from pathlib import Path

import pytest

from desireline import Workspace
from desireline.lake.newest import newest_import
from desireline.lake.store import Lake
from desireline.recipes.records import Recipe

RECIPE = Recipe.model_validate(
    {
        "recipe": "log",
        "times": {"form": "iso", "zone": "UTC"},
        "sources": {"log": {"file": "*"}},
        "tables": {
            "log": {"into": "events", "source": "log", "customer": "who", "events": [{"event": "what", "at": "at"}]}
        },
    }
)


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "shop")


def bring(shop: Workspace, day: int) -> None:
    file = shop.folder.parent / f"{day}.csv"
    file.write_text(f"who,what,at\nana,see,2026-03-{day:02}\n")
    shop.import_files(RECIPE, [file])


def log(shop: Workspace) -> list[Path]:
    return sorted((shop.folder / "lake" / "imports" / "_delta_log").glob("*.json"))


def test_each_import_has_a_name_of_its_own(shop: Workspace):
    lake = shop.folder / "lake"
    assert newest_import(lake) is None
    names = []
    for day in range(1, 13):  # beyond a checkpoint of the log
        bring(shop, day)
        names.append(newest_import(lake))
        assert [names[-1]] == [file.path for file in Lake.open(lake).switch()]
    assert len(set(names)) == 12


def test_a_torn_entry_or_none_at_all_tells_nothing(shop: Workspace):
    lake = shop.folder / "lake"
    for day in (1, 2):
        bring(shop, day)
    entry = log(shop)[-1]
    lines = entry.read_text().splitlines(keepends=True)
    for torn in (lines[:-1], lines[1:], [lines[0]], ["nonsense"], [*lines[:-1], lines[-1][:9]], []):
        entry.write_text("".join(torn))
        assert newest_import(lake) is None, torn
    assert newest_import(lake.parent / "gone") is None
