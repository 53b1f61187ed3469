"""Files with refused rows are kept whole under any name, and go only when they themselves were read again."""

from pathlib import Path

from desireline.kept.aside import held_aside, look_aside, put_aside
from desireline.workspace import Workspace
from desireline.workspace.replay import Replay

RECIPE = """recipe: clicks
sources: {clicks: {file: "*.csv"}}
tables: {clicks: {into: events, source: clicks, customer: client, events: [{event: event, at: at}]}}
"""
ZONED = f"{RECIPE}times: {{form: iso, zone: UTC}}\n"
CLICKS = "at,client,event\n2026-01-05T10:00:00Z,ana,open\n2026-01-05 11:05,ben,pay\n2026-01-05 11:09,eve,pay\n"


def test_a_file_may_be_called_like_those_that_are_kept_beside_it(tmp_path: Path):
    names = ("sources.json", "recipe.yaml")
    for name in names:
        (tmp_path / name).write_text(f"rows of {name}")
    put_aside(tmp_path, "first", "the recipe", {"rows": [tmp_path / name for name in names]})
    kept = look_aside(tmp_path, "first")
    assert (kept.text, [file.read_text() for file in kept.files]) == (
        "the recipe",
        ["rows of sources.json", "rows of recipe.yaml"],
    )


def imported(tmp_path: Path) -> tuple[Workspace, str, Path]:
    """A workspace with an import that refused two rows, its id, and a file with one of them."""
    whole, some = tmp_path / "clicks.csv", tmp_path / "some.csv"
    whole.write_text(CLICKS)
    some.write_text("".join(CLICKS.splitlines(keepends=True)[:3]))
    (tmp_path / "clicks.recipe.yaml").write_text(RECIPE)
    shop = Workspace.create(tmp_path / "shop")
    id_, counts = shop.bring(tmp_path / "clicks.recipe.yaml", [whole])
    assert (counts.refused, [id_]) == (2, shop.import_ids())
    put_aside(shop.folder, id_, RECIPE, {"clicks": [whole]})
    return shop, id_, some


def test_kept_files_stay_when_others_are_read_in_their_place(tmp_path: Path):
    shop, id_, some = imported(tmp_path)
    assert shop.replay(Replay.of(shop.folder, id_, ZONED, [some])).counts.refused == 0
    assert held_aside(shop.folder) == {id_}
    again = shop.replay(Replay.of(shop.folder, id_, ZONED))
    assert (again.counts.accepted, held_aside(shop.folder)) == (1, set())


def test_files_whose_rows_are_refused_again_are_kept_for_the_later_import(tmp_path: Path):
    shop, id_, _some = imported(tmp_path)
    again = shop.replay(Replay.of(shop.folder, id_, RECIPE))
    assert (again.counts.refused, held_aside(shop.folder)) == (2, {again.import_id})
    shop.undo_import(again.import_id or "")
    assert (held_aside(shop.folder), shop.imports()[0]["replayed"]) == ({id_}, None)


def test_an_undo_that_was_killed_halfway_leaves_no_import_taken_up_by_one_that_is_gone(tmp_path: Path):
    shop, id_, _some = imported(tmp_path)
    shop.replay(Replay.of(shop.folder, id_, ZONED))
    assert shop.imports()[1]["replayed"] == shop.import_ids()[-1]
    marks = (shop.folder / "aside" / "replayed.json").read_text()
    shop.undo_import(shop.import_ids()[-1])
    (shop.folder / "aside" / "replayed.json").write_text(marks)
    assert [one["replayed"] for one in shop.imports()] == [None]
