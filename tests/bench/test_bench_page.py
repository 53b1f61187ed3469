"""The page says what was measured: ratios, the bars, who failed."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from bench.bars import BARS
from bench.engines import SEVEN
from bench.measured import ANY_LAYOUT, Measured, mean
from bench.page import figure, page, table
from bench.picture import draw


def result(size: str, engine: str, layout: str, task: str, seconds: float | None, **more):
    said = {"median": seconds, "own_peak_mb": 100.0, "failed": "", "versions": {"duckdb": "2.0.0"}, **more}
    return (size, f"{engine} {layout}", task), said


def measured(*more, agreed=lambda size, key, task: None) -> Measured:
    held = [
        *(result("10m", "ours", "trace", task, 0.1) for task in SEVEN),
        result("10m", "ours", "trace", "all", 0.4),
        *(result("10m", "duckdb", "raw", task, 2.0) for task in SEVEN),
        *(result("10m", "chdb", "lists", task, 0.5) for task in SEVEN),
        *(result("100m", "ours", "trace", task, 1.0 if task != "b" else 1.5) for task in SEVEN),
        *more,
    ]
    return Measured(dict(held), agreed)


def rows(text: str, start: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith(start)]


def test_times_are_multiples_of_the_best_peer():
    text = page(measured(), {"cores": "2"})
    assert rows(text, "| **ours trace** |")[0] == ["**ours trace**", *["0.200"] * 7, "100"]
    assert rows(text, "| chdb lists |")[0] == ["chdb lists", *["1.00"] * 7, "100"]
    assert rows(text, "| duckdb raw |")[0] == ["duckdb raw", *["4.00"] * 7, "100"]
    assert "cores: 2" in text
    assert "duckdb 2.0.0" in text


def test_bars_are_met_missed_or_not_measured():
    said = {bar.what: bar.verdict(measured()) for bar in BARS}
    assert said["seven tasks on the kept trace, against the best peer in any layout: geometric mean"] == "met"
    assert said["all seven in one pass, against the sum of DuckDB's seven on raw Parquet"] == "met"
    assert said["growth from 10 to 100 million events, the worst of the seven tasks"] == "**missed**"
    assert said["(b) against pm4py"] == "not measured"


def test_a_failure_and_a_wrong_answer_are_shown_and_are_not_the_best():
    wrong = result("10m", "polars", "ordered", "a", 0.01)
    failed = result("10m", "polars", "ordered", "b", None, failed="MemoryError")
    found = measured(wrong, failed, agreed=lambda size, key, task: key != "polars ordered" or task != "a")
    assert rows(page(found, {}), "| polars ordered |")[0][1:4] == ["0.020²", "failed", "–"] or rows(
        page(found, {}), "| polars ordered |"
    )[0][1:4] == ["0.0200²", "failed", "–"]
    assert found.best("10m", "a", ANY_LAYOUT) == 0.5
    assert "- 10m, polars ordered, task a differs" in page(found, {})


def test_a_narrower_answer_is_no_yardstick():
    found = measured(result("10m", "r4pm", "raw", "b", 0.01))
    assert found.best("10m", "b", ANY_LAYOUT) == 0.5
    assert "0.0200¹" in page(found, {})


def test_the_picture_is_well_formed_and_names_who_was_measured():
    root = ElementTree.fromstring(draw(measured()))
    said = {text for text in root.itertext() if text.strip()}
    assert {"ours, one pass", "chdb lists", "duckdb raw"} <= said
    assert "polars raw" not in said
    assert ElementTree.fromstring(draw(Measured({}))) is not None


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "–"), (0.01234, "0.0123"), (0.5, "0.500"), (1.26, "1.26"), (31.4, "31.4"), (1234, "1,234")],
)
def test_two_or_three_digits_are_enough(value, said):
    assert figure(value) == said


def test_tables_and_means():
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |"
    assert mean([0.5, 2.0]) == pytest.approx(1.0)
    assert mean([]) is None
