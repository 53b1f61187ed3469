"""Several lists describe customers together, however they come in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.shop import Desk
from desireline.lake.store import Lake

RECIPE = """recipe: people
sources: {people: {file: "people*.csv"}}
tables: {people: {into: customers, source: people, customer: number}}
"""
LISTS = {
    "people1.csv": "number,plan\nana,pro\nben,free\n",
    "people2.csv": "number,city\nana,Ulm\nben,\n",
    "people3.csv": "number,plan,city\nana,,Kiel\n",
}


@pytest.mark.parametrize("cut", [[1, 1, 1], [2, 1], [3]])
def test_what_a_list_does_not_say_stays_as_it_was(desk: Desk, cut: list[int]):
    Path("people.recipe.yaml").write_text(RECIPE)
    for name, text in LISTS.items():
        Path(name).write_text(text)
    desk.say("init", "mine")
    names = iter(LISTS)
    for many in cut:
        files = [next(names) for _ in range(many)]
        assert desk.say("import", "-w", "mine", "-r", "people.recipe.yaml", *files).code == 0
    lake = Lake.open(Path("mine/lake")).current()
    parts = [lake.part("customers", bucket) for bucket in range(lake.buckets)]
    assert {row["customer_id"]: json.loads(row["properties"]) for part in parts for row in part.to_dicts()} == {
        "ana": {"plan": "pro", "city": "Kiel"},
        "ben": {"plan": "free"},
    }
