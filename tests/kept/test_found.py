"""Findings are looked for once; whatever they depend on has them looked for anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desireline.demo.company import DemoFiles, build_demo
from desireline.findings.notice import Findings
from desireline.findings.written import findings_json
from desireline.maps.files import load_map
from desireline.workspace import Workspace


@pytest.fixture
def company(tmp_path: Path) -> DemoFiles:
    """A small company, imported."""
    files = build_demo(tmp_path, customers=150)
    Workspace.create(tmp_path / "shop").import_files(files.recipe, files.sources)
    return files


class Looker:
    """Asks a workspace for its findings, as a new process would; `walked` tells whether it had to look."""

    def __init__(self, files: DemoFiles) -> None:
        self.files = files
        self.walked = False

    def __call__(self, **asked: object) -> Findings:
        self.walked = False
        workspace = Workspace.open(self.files.folder / "shop")
        map_ = asked.pop("map_", self.files.map)
        return workspace.findings(map_, step=self._step, **asked)  # type: ignore[arg-type]

    def _step(self, what: str, done: int, of: int) -> None:
        self.walked = True


def test_the_second_look_gives_the_same_without_a_walk(company: DemoFiles):
    look = Looker(company)
    first = look()
    assert look.walked
    again = look()
    assert not look.walked
    assert findings_json(again) == findings_json(first)
    assert again.around.outline.map == first.around.outline.map


def test_another_map_other_rules_settings_or_day_and_new_data_have_them_looked_for_anew(company: DemoFiles):
    look = Looker(company)
    look()
    map_ = load_map(company.map)
    for asked in (
        {"map_": map_.model_copy(update={"map": map_.map.model_copy(update={"title": "Another"})})},
        {"rules": ("late",)},
        {"settings": {"late": {"smallest": 0.2}}},
        {"today": date(2030, 1, 1)},
    ):
        look(**asked)
        assert look.walked, asked
    look()
    assert not look.walked
    more = build_demo(company.folder / "more", customers=20, seed=8)
    Workspace.open(company.folder / "shop").import_files(more.recipe, more.sources)
    look()
    assert look.walked


def test_what_was_kept_and_is_damaged_is_looked_for_anew(company: DemoFiles):
    look = Looker(company)
    first = look()
    (kept,) = (company.folder / "shop" / "derived" / "findings").glob("*/whole.part")
    kept.write_bytes(kept.read_bytes()[:-40])
    again = look()
    assert look.walked
    assert findings_json(again) == findings_json(first)
