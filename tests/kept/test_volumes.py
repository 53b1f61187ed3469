"""Rows by source, event and day, as the lake holds them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cli.shop import write_shop
from desireline import Workspace
from desireline.kept.volumes import VOLUMES, volumes


def test_every_row_counts_on_its_day_and_answers_have_no_event(tmp_path: Path):
    write_shop(tmp_path)
    shop = Workspace.create(tmp_path / "shop")
    assert volumes(shop._lake.current()).schema == VOLUMES
    shop.import_files(tmp_path / "shop.recipe.yaml", [tmp_path / "log.csv", tmp_path / "reviews.csv"])
    found = volumes(shop._lake.current())
    assert found.filter(found["source"] == "reviews").rows() == [("reviews", None, date(2026, 3, 5), 9)]
    assert found["rows"].sum() == 50
    assert found.filter(found["event"] == "pay").rows() == [("log", "pay", date(2026, 3, 4), 8)]
