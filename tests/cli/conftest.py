"""A shop that is there already, for commands that only read; and a desk to say things at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.shop import Desk, write_shop
from desireline import Workspace


@pytest.fixture(scope="session")
def _imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    write_shop(folder)
    shop = Workspace.create(folder / "shop")
    shop.import_files(folder / "shop.recipe.yaml", [folder / "log.csv", folder / "reviews.csv"])
    return folder


@pytest.fixture
def desk(_imported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A desk in a folder of its own, which holds the shop: its files, its map, and `shop`, the workspace."""
    shutil.copytree(_imported, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Desk(capsys)
