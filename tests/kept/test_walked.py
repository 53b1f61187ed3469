"""Voices and drift are walked for once; another map, other data or another question have them walked for anew."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from desireline.demo.company import build_demo
from desireline.maps.files import load_map
from desireline.recipes.records import Recipe
from desireline.workspace import Workspace

MORE = Recipe.model_validate(
    {
        "recipe": "more",
        "sources": {"rows": {"file": "*"}},
        "tables": {
            "rows": {"into": "events", "source": "rows", "customer": "who", "events": [{"event": "what", "at": "at"}]}
        },
    }
)
END = datetime(2026, 9, 1, tzinfo=UTC)


def test_what_was_walked_for_is_kept_until_anything_that_it_depends_on_is_another(tmp_path: Path):
    files = build_demo(tmp_path, customers=150)
    shop = Workspace.create(tmp_path / "shop")
    shop.import_files(files.recipe, files.sources)
    map_, walked = load_map(files.map), []

    def ask(wanted=map_, end=END, since=None):
        """What voices and drift are, asked as a new process would, and for which of them it walked."""
        walked.clear()
        shop = Workspace.open(tmp_path / "shop")
        heard = shop.voices(wanted, end, step=lambda *_: walked.append("voices"))
        drift = shop.drift(wanted, since=since, step=lambda *_: walked.append("drift"))
        return heard.table.rows(), drift.as_json(), set(walked)

    first = ask()
    assert first[0]
    assert ask() == (*first[:2], set())
    assert first[2] == {"voices", "drift"}
    assert ask(map_.model_copy(update={"cards": []}))[2] == set()
    assert ask(map_.model_copy(update={"touchpoints": map_.touchpoints[:3]}))[2] == {"voices", "drift"}
    assert ask(end=datetime(2026, 10, 1, tzinfo=UTC))[2] == {"voices"}
    assert ask(since=date(2026, 6, 1))[2] == {"drift"}
    shop.import_files(MORE, {"rows": pl.DataFrame({"who": ["new"], "what": ["open"], "at": ["2026-08-01T10:00:00Z"]})})
    assert ask()[2] == {"voices", "drift"}
