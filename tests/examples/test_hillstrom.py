"""The e-mail test: verdicts on both arms agree with what scipy says of the same rows."""

import importlib.util
import json

import polars as pl
import pytest
from scipy import stats

from .data import DATA, EXAMPLES

FOLDER = EXAMPLES / "hillstrom-email"


@pytest.fixture
def example(monkeypatch):
    """`examples/hillstrom-email/verdict.py`, which belongs to no package; its data has to be there."""
    found = importlib.util.spec_from_file_location("hillstrom_verdict", FOLDER / "verdict.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    if not (DATA / module.FILE).exists():
        pytest.skip("the data of hillstrom-email is not there; DESIRELINE_DATA names the folder that holds it")
    monkeypatch.setattr("sys.argv", ["verdict.py", "--data", str(DATA)])
    return module


def test_every_figure_agrees(example, capsys):
    assert example.main() == 0, capsys.readouterr().out
    told = capsys.readouterr().out
    assert told.count("ok  Helped") == 6
    assert told.count("grade A, ok") == 6


def test_the_expected_figures_are_those_of_a_plain_two_sample_test(example):
    people = pl.read_csv(DATA / example.FILE, infer_schema_length=None)
    expected = json.loads((FOLDER / "verdicts.json").read_text(encoding="utf-8"))
    for target, arms in expected.items():
        values = {
            name: rows[target].to_numpy() for (name,), rows in people.partition_by("segment", as_dict=True).items()
        }
        for arm, figures in arms.items():
            found = stats.ttest_ind(values[arm], values[example.CONTROL], equal_var=False)
            low, high = found.confidence_interval()
            gap = values[arm].mean() - values[example.CONTROL].mean()
            assert figures == [round(float(number), 7) for number in (gap, low, high)]


def test_the_page_tells_the_figures():
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    expected = json.loads((FOLDER / "verdicts.json").read_text(encoding="utf-8"))
    for target, arms in expected.items():
        for figures in arms.values():
            scale = 1 if target == "spend" else 100
            value, low, high = (scale * number for number in figures)
            assert f"+{value:.2f} ({low:.2f} to {high:.2f})" in page
