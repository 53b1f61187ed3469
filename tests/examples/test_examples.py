"""Every example is whole: its map and recipe load, its page tells the figures, and the data agree with them."""

import csv
import gzip
import importlib.util
import json
import re
import shlex
from datetime import date
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from desireline.cli.app import app
from desireline.maps.checks.catalog import run_checks
from desireline.maps.files import load_map
from desireline.recipes.files import load_recipe
from desireline.recipes.vendors.catalog import vendor
from desireline.workspace import Workspace

from .data import DATA, EXAMPLES, NAMES, ROOT, only

QUICK = ("hubspot", "object-invoices", "olist-leads", "running-example", "zendesk")
VENDORS = ("hubspot", "zendesk")  # their recipes come with Desireline
OTHERS = [pytest.param(name, marks=pytest.mark.long) for name in NAMES if name not in QUICK]


def runner():
    """`examples/run.py`, which belongs to no package."""
    found = importlib.util.spec_from_file_location("run_examples", EXAMPLES / "run.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def plan_of(name: str) -> dict:
    return json.loads(only(name, "expected.json").read_text(encoding="utf-8"))


def files_of(name: str) -> list[Path]:
    """The example's data; the test is passed over where they are not on this machine."""
    files = [file for pattern in plan_of(name)["files"] for file in sorted(DATA.glob(pattern))]
    if not files:
        pytest.skip(f"the data of {name} is not there; DESIRELINE_DATA names the folder that holds it")
    return files


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_a_map_a_recipe_the_figures_and_a_page(name):
    there = {file.name for file in (EXAMPLES / name).iterdir()}
    recipe = set() if name in VENDORS else {f"{name}.recipe.yaml"}
    assert there == {f"{name}.journey.yaml", "expected.json", "README.md"} | recipe


@pytest.mark.parametrize("name", NAMES)
def test_map_and_recipe_load_and_bear_the_name_of_the_example(name):
    recipe = vendor(name).recipe if name in VENDORS else load_recipe(only(name, "*.recipe.yaml"))
    assert (load_map(only(name, "*.journey.yaml")).map.id, recipe.recipe) == (name, name)


@pytest.mark.parametrize("name", NAMES)
def test_no_map_has_an_error(name):
    remarks = run_checks(load_map(only(name, "*.journey.yaml")), None, date(2026, 11, 22))
    assert [remark for remark in remarks if remark.severity == "error"] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_page_tells_every_figure_and_how_to_get_it(name):
    page, shown = only(name, "README.md").read_text(encoding="utf-8"), runner().shown
    told = [f"| {fact['says']} | {shown(fact['expected'], like=fact['expected'])}" for fact in plan_of(name)["facts"]]
    assert [line for line in told if line not in page] == []
    assert [f"desireline {word}" in page for word in ("init", "import", "measure", "deviations", "report")] == [
        True
    ] * 5


def test_the_list_of_examples_names_them_all():
    index = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"\]\((.+)/README.md\)", index)) == NAMES


def test_nothing_names_a_place_on_this_machine():
    texts = {
        file: file.read_text(encoding="utf-8")
        for file in EXAMPLES.rglob("*")
        if file.suffix in (".md", ".yaml", ".json")
    }
    assert [file.name for file, text in texts.items() if str(ROOT.parent) in text or "/home/" in text] == []


@pytest.mark.parametrize("name", [*QUICK, *OTHERS])
def test_the_figures_agree_with_the_data(name, capsys):
    files_of(name)
    differing = runner().run(EXAMPLES / name, DATA, None)
    assert differing == 0, capsys.readouterr().out


@pytest.mark.parametrize("name", ["running-example", "zendesk"])
def test_the_commands_of_the_page_run(name, tmp_path, monkeypatch):
    files_of(name)
    monkeypatch.chdir(ROOT)
    for line in _commands(only(name, "README.md")):
        words = [text for word in shlex.split(line)[1:] for text in _spelt_out(word, tmp_path)]
        ended = CliRunner().invoke(app, words)
        assert ended.exit_code == 0, f"{line}\n{ended.output}"
    assert (tmp_path / "shop.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def _spelt_out(word: str, folder: Path) -> list[str]:
    """The word as a shell hands it over: files of the data in place of $DATA/…, what is written in `folder`."""
    if word.startswith("$DATA/"):
        return [str(file) for file in sorted(DATA.glob(word.removeprefix("$DATA/")))]
    return [str(folder / word) if word in ("shop", "shop.html") else word]


def _commands(page: Path) -> list[str]:
    (block,) = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    return block.splitlines()


def test_the_weighted_score_of_the_airport_is_that_of_plain_sums(tmp_path):
    (file,) = files_of("airport-survey")
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    asked = [row for row in rows if row["NETPRO"].strip() not in ("", "11")]
    net = [(int(row["NETPRO"]) >= 9) - (int(row["NETPRO"]) <= 6) for row in asked]
    weights = [Fraction(row["WEIGHT"]) for row in asked]
    weighted = 100 * sum(map(Fraction.__mul__, weights, map(Fraction, net))) / sum(weights)
    workspace = Workspace.create(tmp_path / "airport")
    workspace.import_files(only("airport-survey", "*.recipe.yaml"), [file])
    readings = workspace.measure(only("airport-survey", "*.journey.yaml")).readings
    said = dict(
        readings.filter(pl.col("at") == "airport-survey", pl.col("group") == "").select("measure", "value").rows()
    )
    assert said["nps"] == pytest.approx(100 * sum(net) / len(net))
    assert said["nps_weighted"] == pytest.approx(float(weighted), abs=1e-4)
