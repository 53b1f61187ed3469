"""What the program answers to right and wrong words: 0 fine, 1 a check failed, 2 wrong use, 3 a problem in the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shop import Desk

MAP = "shop.journey.yaml"

FINE = [
    ["--version"],
    ["--help"],
    ["measure", "-h"],
    ["init", "other"],
    ["import", "-w", "shop", "-r", "shop.recipe.yaml", "log.csv", "reviews.csv", "--dry-run"],
    ["refusals", "-w", "shop"],
    ["doctor", "-w", "shop"],
    ["measures"],
    ["measures", "conversion"],
    ["measure", MAP, "-w", "shop"],
    ["measure", MAP, "-w", "shop", "--by", "channel", "--period", "month"],
    ["measure", MAP, "-w", "shop", "--at", "cart>pay", "-m", "customers"],
    ["measure", MAP, "-w", "shop", "--all"],
    ["deviations", MAP, "-w", "shop", "--kind", "lost"],
    ["customers", MAP, "customers", "-w", "shop", "--at", "pay"],
    ["paths", "funnel", "see", "pay", "-w", "shop", "--map", MAP],
    ["paths", "routes", "-w", "shop"],
    ["paths", "-h"],
    ["report", MAP, "-w", "shop", "-o", "shop.html"],
    ["draw", MAP, "-o", "shop.svg"],
    ["draw", MAP, "-w", "shop", "-o", "made/on/the/way/shop.svg"],
    ["map", "new", "new.journey.yaml", "-t", "saas-onboarding"],
    ["map", "templates"],
    ["map", "show", MAP],
    ["map", "check", MAP],
    ["map", "checks"],
    ["map", "diff", MAP, MAP],
    ["map", "schema"],
    ["recipe", "check", "shop.recipe.yaml"],
    ["recipe", "schema"],
    ["recipe", "suggest", "log.csv"],
]

FAILED = [
    (["map", "check", MAP, "--fail-on", "hint"], ""),
    (["map", "check", MAP, "-w", "shop", "--fail-on", "warning"], ""),
    (["recipe", "suggest", "local.csv"], "--zone NAME"),
    (["recipe", "suggest", "local.csv", "--event", "event"], "--zone NAME"),
]

WRONG = [
    ([], ""),
    (["map"], ""),
    (["recipe"], ""),
    (["imports"], ""),
    (["paths"], ""),
    (["mesure"], "No such command 'mesure'. Did you mean 'measure'"),
    (["measure"], "Missing argument 'MAP'. `desireline measure --help` tells"),
    (["measure", MAP, "--colour"], "No such option: --colour"),
    (["measure", "gone.yaml", "-w", "shop"], "There is no file at gone.yaml"),
    (["measure", MAP, "-w", "gone"], "No workspace at gone. `desireline init gone` makes one."),
    (["measure", MAP, "-w", "shop", "-m", "convrsion"], "Did you mean 'conversion'?"),
    (["measure", MAP, "-w", "shop", "--at", "cartt"], "Did you mean 'cart'?"),
    (["measure", MAP, "-w", "shop", "--edge", "cart"], "The map has no place 'cart'"),
    (["measure", MAP, "-w", "shop", "--by", "colour"], "Known: persona, channel, team, property:NAME"),
    (["measure", MAP, "-w", "shop", "--period", "century"], "Known: day, week, month, quarter, year."),
    (["measures", "speed"], "No measure is called 'speed'"),
    (["customers", MAP, "speed", "-w", "shop"], "No measure is called 'speed'"),
    (["customers", MAP, "customers", "-w", "shop", "--at", "gone"], "The map has no place 'gone'"),
    (["customers", MAP, "customers", "-w", "shop", "--group", "app"], "Nothing to group by is called 'app'"),
    (["customers", MAP, "customers", "-w", "shop", "--period", "soon"], "Nothing to group by is called 'soon'"),
    (["customers", MAP, "customers", "-w", "shop", "--limit", "0"], "greater than or equal to 1"),
    (["deviations", MAP, "-w", "shop", "--kind", "lots"], "Did you mean 'lost'?"),
    (["deviations", MAP, "-w", "shop", "-n", "-1"], "greater than or equal to 1"),
    (["refusals", "-w", "shop", "--limit", "-1"], "greater than or equal to 1"),
    (["refusals", "-w", "shop", "--reason", "bad_tim"], "Did you mean 'bad_time'?"),
    (["map", "new", MAP], "shop.journey.yaml is there already"),
    (["map", "new", "x.yaml", "--template", "shop"], "`desireline map templates` lists them all."),
    (["map", "show", "gone.yaml"], "There is no file at gone.yaml"),
    (["map", "diff", MAP, "gone.yaml"], "There is no file at gone.yaml"),
    (["map", "check", MAP, "--fail-on", "warn"], "Did you mean 'warning'?"),
    (["map", "check", MAP, "--today", "tomorrow"], "Write it like 2026-03-01"),
    (["draw", MAP, "-o", "shop.gif"], "End the name with one of .svg, .png, .pdf."),
    (["draw", MAP], "Missing option '--output' / '-o'"),
    (["import", "-w", "shop", "log.csv"], "No known export looks like log.csv."),
    (["import", "-w", "shop", "-r", "gone.yaml", "log.csv"], "There is no file at gone.yaml"),
    (["import", "-w", "shop", "-r", "shop.recipe.yaml", "gone.csv"], "There is no file at gone.csv"),
    (["recipe", "suggest", "gone.csv"], "There is no file at gone.csv"),
    (["recipe", "suggest", "log.csv", "-o", "shop.recipe.yaml"], "shop.recipe.yaml is there already"),
    (["recipe", "suggest", "log.csv", "--zone", "Mars/Base"], "No time zone is called 'Mars/Base'"),
    (["recipe", "suggest", "log.csv", "--customer", "custommer"], "Did you mean 'customer'?"),
    (["recipe", "suggest", "log.csv", "--event", "evnt"], "Did you mean 'event'?"),
    (["recipe", "suggest", "log.csv", "--scale", "stars=1-5"], "No file has a column 'stars'"),
    (["recipe", "suggest", "log.csv", "--scale", "stars"], "Write it like Q7*=1-5"),
    (["demo", "--customers", "3"], "greater than or equal to 200"),
]

PROBLEMS = [
    (["map", "show", "shop.recipe.yaml"], "the map was not loaded"),
    (["map", "show", "broken.yaml"], "broken.yaml, line 2: a list is not closed"),
    (["measure", "ghosts.yaml", "-w", "shop"], "no stage has the id “nowhere”"),
    (["recipe", "check", MAP], "the recipe was not loaded"),
    (["import", "-w", "shop", "-r", "broken.yaml", "log.csv"], "broken.yaml, line 2: a list is not closed"),
    (["import", "-w", "shop", "-r", "shop.recipe.yaml", "log.csv"], "name it in the same call"),
    (["import", "-w", "shop", "-r", "shop.recipe.yaml", "log.csv", "broken.yaml"], "No source of the recipe takes"),
    (["init", "log.csv"], "log.csv is a file; a workspace is a folder."),
    (["report", MAP, "-w", "shop", "-o", "log.csv/report.html"], "log.csv/report.html cannot be written"),
    (["customers", MAP, "customers", "-w", "shop", "-o", "shop"], "shop cannot be written: Is a directory"),
]


def named(words: list[str]) -> str:
    return " ".join(words) or "nothing"


@pytest.mark.parametrize("words", FINE, ids=named)
def test_right_words_are_fine(desk: Desk, words: list[str]):
    said = desk.say(*words)
    assert (said.code, bool(said.out)) == (0, True), said.err


@pytest.mark.parametrize(("words", "says"), FAILED, ids=lambda given: named(given) if isinstance(given, list) else "")
def test_a_check_that_fails_is_told_by_the_exit_code(desk: Desk, words: list[str], says: str):
    Path("local.csv").write_text("customer,event,at\nana,see,2026-03-01 10:00:00\nben,see,2026-03-02 11:00:00\n")
    said = desk.say(*words)
    assert said.code == 1
    assert says in said.out + said.err


@pytest.mark.parametrize(("words", "says"), WRONG, ids=lambda given: named(given) if isinstance(given, list) else "")
def test_wrong_words_are_told_in_one_sentence_with_the_way_out(desk: Desk, words: list[str], says: str):
    before = written()
    said = desk.say(*words)
    assert said.code == 2
    assert says in said.err
    assert written() == before
    if says:
        assert said.out == ""
        assert said.err.splitlines()[-1].startswith("desireline: ")


@pytest.mark.parametrize(("words", "says"), PROBLEMS, ids=lambda given: named(given) if isinstance(given, list) else "")
def test_problems_in_the_data_are_told_and_nothing_is_lost(desk: Desk, words: list[str], says: str):
    Path("broken.yaml").write_text("map: [open\n")
    Path("ghosts.yaml").write_text("map: {id: m, title: M}\ntouchpoints: [{id: t, stage: nowhere, when: {event: e}}]\n")
    before = written()
    said = desk.say(*words)
    assert (said.code, said.out) == (3, "")
    assert says in said.err
    assert written() == before


def written() -> dict[str, bytes]:
    """Every file of the folder with its content; an import's lock file says only who held it last.

    What is derived from the lake may come and go.
    """
    files = [path for path in Path().rglob("*") if path.is_file() and path.name != "import.lock"]
    return {str(path): path.read_bytes() for path in files if "derived" not in path.parts}
