"""The demo company: the same files each time, scaled by its customers, with every bad row counted."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from demo.exported import Exported
from desireline.demo.company import build_demo
from desireline.demo.problems import PROBLEMS
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.recipes.records import EventTable, FeedbackTable, Recipe
from desireline.recipes.refusal import REASONS


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return Exported(build_demo(tmp_path_factory.mktemp("demo"), customers=400).folder)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_same_size_and_seed_give_the_same_bytes(tmp_path):
    first, second = (build_demo(tmp_path / name, customers=60, seed=3).folder for name in ("first", "second"))
    assert digests(first) == digests(second)


def test_another_seed_tells_another_story(tmp_path):
    first = digests(build_demo(tmp_path / "first", customers=60, seed=3).folder)
    second = digests(build_demo(tmp_path / "second", customers=60, seed=4).folder)
    assert first["web_events.jsonl"] != second["web_events.jsonl"]
    assert first["clothing-retailer.journey.yaml"] == second["clothing-retailer.journey.yaml"]


def test_twice_the_customers_make_about_twice_the_rows(demo, tmp_path):
    larger = Exported(build_demo(tmp_path, customers=800).folder).truth["counts"]
    for name in ("trips", "web_events", "orders", "mails_sent"):
        assert 1.8 < larger[name] / demo.truth["counts"][name] < 2.2, name


def test_the_smallest_company_is_complete_and_a_smaller_one_is_refused(tmp_path):
    files = build_demo(tmp_path, customers=10)
    assert sorted(path.name for path in files.folder.iterdir()) == sorted(
        path.name for path in (*files.sources, files.map, files.recipe, files.truth)
    )
    with pytest.raises(ValueError, match="at least 10"):
        build_demo(tmp_path, customers=9)


def test_other_files_in_the_folder_stay(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    build_demo(tmp_path, customers=10)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_every_row_of_every_file_is_counted(demo):
    rows = {name: len(demo.rows(name)) - 1 for name in demo.truth["files"] if name.endswith(".csv")}
    rows |= {
        name: len((demo.folder / name).read_text().splitlines())
        for name in demo.truth["files"]
        if name.endswith(".jsonl")
    }
    assert rows == {name: file["rows"] for name, file in demo.truth["files"].items()}


def test_bad_and_repeated_rows_are_counted(demo):
    for name, file in demo.truth["files"].items():
        assert set(file["refused"]) <= set(REASONS), name
        good = len(demo.clicks()) if name == "web_events.jsonl" else good_rows(demo, name)
        assert good == file["rows"] - sum(file["refused"].values()) - file["duplicates"], name


def good_rows(demo: Exported, name: str) -> int:
    if name.endswith(".csv"):
        return len(demo.table(name))
    lines = (demo.folder / name).read_text().splitlines()
    return len({json.loads(line)["chat_id"] for line in lines if line.endswith("}")})


def test_cells_too_few_and_lines_cut_off_are_where_the_truth_says(demo):
    for name, file in demo.truth["files"].items():
        if name.endswith(".csv"):
            header, *rows = demo.rows(name)
            short = sum(len(row) != len(header) for row in rows)
            assert short == file["refused"].get("wrong_cell_count", 0), name


def test_totals_in_the_truth_are_those_of_the_files(demo):
    mails, tickets = demo.table("email_log.csv"), demo.table("tickets.csv")
    assert demo.truth["counts"] | {"trips": 0} == {
        "trips": 0,
        "web_events": len(demo.clicks()),
        "orders": len(demo.table("orders.csv")),
        "store_purchases": len(demo.table("store_sales.csv")),
        "contacts": len(tickets) + good_rows(demo, "chats.jsonl"),
        "mails_sent": len(mails.filter(mails["action"] == "sent")),
        "reviews": len(demo.table("reviews.csv")),
        "surveys": len(demo.table("surveys.csv")),
    }


def test_nothing_happens_before_the_first_or_after_the_last_day(demo):
    days = demo.clicks()["ts"].dt.date()
    assert days.min().isoformat() >= "2025-09-01"
    assert days.max().isoformat() <= "2026-08-31"


def test_names_umlauts_and_decimal_commas_survive_in_each_system_s_own_way(demo):
    assert "Köln" in " ".join(demo.table("store_sales.csv")["store"].to_list())
    assert demo.table("orders.csv")["amount"].str.contains(r"^\d+,\d\d$").all()


def test_the_map_loads_and_only_the_store_window_is_unmeasured(demo):
    outline = Outline(read_map(demo))
    assert len(outline.stages) == 7
    assert [point.id for point in outline.unbound] == ["store_window"]
    assert all(point.team for point in outline.touchpoints)


def test_the_recipe_names_columns_that_the_files_have(demo):
    recipe = read_recipe(demo)
    for name, table in recipe.tables.items():
        source = recipe.sources[table.source]
        file = next(demo.folder.glob(source.file))
        if file.suffix == ".csv" and isinstance(table, EventTable | FeedbackTable):
            named = {table.customer, table.case} - {None}
            assert {text for text in named if "." not in text} <= set(demo.rows(file.name)[0]), name


def test_every_event_that_the_map_names_is_one_that_the_files_make(demo):
    recipe, journey = read_recipe(demo), read_map(demo)
    made = set(demo.clicks()["name"])
    made |= {
        spec.event.text
        for table in recipe.tables.values()
        if isinstance(table, EventTable)
        for spec in table.events
        if not isinstance(spec.event, str | list)
    }
    named = {text for point in journey.touchpoints if point.when for text in point.when.texts("event")}
    rare = {"club_join", "friend_invite", "checkout_error", "email unsubscribed"}
    assert named - rare <= made


def test_there_are_twelve_problems_of_different_kinds_at_places_of_the_map(demo):
    assert len(PROBLEMS) == len({problem.id for problem in PROBLEMS}) == 12
    places = {point.id for point in read_map(demo).touchpoints}
    assert {problem.place for problem in PROBLEMS} - places == {"parcel_tracking_view"}
    assert [record["id"] for record in demo.truth["problems"]] == [problem.id for problem in PROBLEMS]


def read_map(demo: Exported) -> Map:
    return Map.model_validate(YAML(typ="safe").load(demo.folder / "clothing-retailer.journey.yaml"))


def read_recipe(demo: Exported) -> Recipe:
    return Recipe.model_validate(YAML(typ="safe").load(demo.folder / "clothing-retailer.recipe.yaml"))
