"""Answers are compared as they should be, and ours are those of plain Python."""

from __future__ import annotations

import io
import json
import sys
from types import ModuleType

import polars as pl
import pytest
from bench.facts import read_facts
from bench.generate import make_simulated
from bench.ours.seven import open_engine
from bench.peers import Ask, Prepared
from bench.peers.shapes import SHAPES
from bench.peers.sql import statements
from plain_answers import plain_answers

from bench import answers, worker

LAYOUTS = ("duckdb-raw", "duckdb-native", "chdb-raw", "chdb-mergetree", "chdb-lists", "spark")


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    make_simulated(folder, 6_000)
    return lambda layout: Ask(layout, folder, folder / "scratch", read_facts(folder))


@pytest.mark.parametrize("layout", ["trace", "ordered"])
def test_ours_are_those_of_plain_python(ask, layout):
    asked = ask(layout)
    asked.scratch.mkdir(exist_ok=True)
    rows = pl.read_parquet(asked.raw).sort("customer", "at").with_columns(pl.col("at").cast(pl.Int64))
    journeys = [one.select("at", "event", "channel").rows() for one in rows.partition_by("customer")]
    plain = plain_answers(journeys, asked.facts)
    tasks = open_engine(asked)
    assert {task: answers.agrees(tasks[task](), plain[task]) for task in plain} == dict.fromkeys(plain, True)
    assert all(answers.agrees(one, plain[task]) for task, one in tasks["all"]().items())


def test_a_peer_may_leave_out_what_it_cannot_say_but_not_be_wrong():
    ours = answers.edges([("see", "pay", 3, 2.0), ("pay", "see", 1, 4.5)])
    assert answers.agrees(answers.edges([("pay", "see", 1, None), ("see", "pay", 3, None)]), ours)
    assert not answers.agrees(answers.edges([("pay", "see", 1, 4.5), ("see", "pay", 2, 2.0)]), ours)
    assert not answers.agrees(answers.edges([("pay", "see", 1, 4.5)]), ours)
    assert not answers.agrees(answers.edges([("pay", "see", 1, 4.0), ("see", "pay", 3, 2.0)]), ours)
    assert answers.agrees({**answers.edges([("pay", "see", 1, 4.0), ("see", "pay", 3, 2.0)]), "within": 1.0}, ours)
    assert answers.agrees({}, ours)


def test_the_removal_effect_of_a_channel_that_every_purchase_needs_is_one():
    # start → web → shop → bought (3), start → web → nothing (1), start → mail → nothing (1)
    rows = [(None, "web", 0, 3), ("web", "shop", 2, 3), (None, "web", 1, 1), (None, "mail", 1, 1)]
    found = answers.attribution(rows, ("mail", "shop", "web"))
    assert found["conversions"] == 3
    assert dict(found["removal"]) == {"mail": 0.0, "shop": 1.0, "web": 1.0}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_task_has_its_statement(name):
    said = statements(name)
    assert set(said) >= set(SHAPES)
    assert all(text and not text.endswith(";") for text in said.values())


def test_the_worker_answers_each_order_with_a_line_and_survives_faults(tmp_path):
    ready = []
    engine = ModuleType("fake_engine")
    engine.open_engine = lambda _: {"a": Prepared(lambda: ready.append(1), lambda: {"n": 1}), "b": lambda: {}["gone"]}
    sys.modules["fake_engine"] = engine
    orders = io.StringIO(f"open\nrun a\nrun b\nkeep a {tmp_path / 'a.json'}\n")
    said = io.StringIO()
    worker.serve("fake_engine", Ask("raw", tmp_path, tmp_path, None), orders, said)
    opened, first, second, kept = map(json.loads, said.getvalue().splitlines())
    assert opened["tasks"] == ["a", "b"]
    assert first["seconds"] >= 0
    assert second["failed"] == "KeyError: 'gone'"
    assert "seconds" in kept
    assert (json.loads((tmp_path / "a.json").read_text()), ready) == ({"n": 1}, [1])
