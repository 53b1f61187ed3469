from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import polars as pl
import pytest

from desireline.maps import checks
from desireline.maps.checks.catalog import CHECKS, run_checks
from desireline.maps.checks.check import SEVERITIES, Check, MapData, OffMap
from desireline.maps.checks.page import checks_page
from desireline.maps.files import load_map

from .given import DATA, SOUND, TODAY, codes, remarks

ROOT = Path(__file__).parents[3]


def test_a_sound_map_leaves_nothing_to_remark():
    assert remarks() == []
    assert remarks(data=None) == []


def test_every_map_of_the_project_can_be_checked():
    for path in [*ROOT.glob("src/desireline/demo/*.journey.yaml"), *ROOT.glob("examples/*/*.journey.yaml")]:
        assert all(remark.says and remark.way_out for remark in run_checks(load_map(path), DATA, TODAY))


def test_errors_come_first_and_hints_last():
    found = remarks("title: Shop\n  owner: Ana\n  review: {every_days: 90, last: 2026-01-01, by: Ana}", "title: Shop")
    found += remarks("success: [pay]", "success: []")
    levels = [remark.severity for remark in remarks("silence: 30d, success: [pay]", "success: []")]
    assert levels == ["error", "hint"]
    assert [remark.code for remark in found] == ["never-reviewed", "no-owner", "no-success"]


def test_checks_that_need_data_wait_for_data():
    without = SOUND.replace("event: call", "event: ring")
    nobody = MapData(measures=DATA.measures)
    assert codes(text=without, data=None) == []
    assert set(codes(data=nobody)) == {"touchpoint-nobody-visits", "kpi-without-data", "persona-nobody-matches"}


def test_map_data_is_read_off_a_coverage():
    class Coverage:
        events = 200
        off_map = pl.DataFrame({"event": ["track"], "channel": ["web"], "events": [50], "customers": [9]})
        visits = pl.DataFrame({"touchpoint": ["pay"], "events": [60], "customers": [40]})

    data = MapData.of(
        coverage=Coverage(), personas={"maya": 3}, readings={("nps", "pay")}, measures=["nps"], today=date(2026, 3, 1)
    )
    assert data == MapData(
        visits={"pay": 40},
        off_map=(OffMap("track", "web", 50, 9, 0.25),),
        personas={"maya": 3},
        readings=frozenset({("nps", "pay")}),
        measures=frozenset({"nps"}),
        today=date(2026, 3, 1),
    )


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_every_check_says_what_why_and_what_helps(check: Check):
    what, *rest = check.about.split("\n\n")
    assert what.endswith(".")
    assert rest[0].startswith("Why it matters:")
    assert "What helps:" in rest[0]


def test_codes_are_unique():
    assert len({check.code for check in CHECKS}) == len(CHECKS)


def test_the_reference_page_is_fresh():
    """It is what `checks_page()` gives; write that into the file when this fails."""
    assert (ROOT / "docs/reference/checks.md").read_text(encoding="utf-8") == checks_page()


def test_the_severities_are_these():
    """What breaks a script that says `--fail-on warning` is changed on purpose, not by the way."""
    of = {severity: [check.code for check in CHECKS if check.severity == severity] for severity in SEVERITIES}
    assert {severity: len(codes) for severity, codes in of.items()} == {"error": 7, "warning": 17, "hint": 18}
    assert set(of["error"]) == {
        *("no-stages", "success-unreachable", "broken-link", "wide-any-order", "cut-incomplete", "promise-unclear"),
        "kpi-unknown-measure",
    }


def test_the_page_counts_them():
    assert f"There are {len(CHECKS)} checks." in checks_page()
    assert checks_page().count("\n### ") == len(CHECKS)


def test_a_check_that_no_page_lists_does_not_exist():
    """Every `@check` in the folder stands in the catalog."""
    families = [import_module(f"desireline.maps.checks.{found.name}") for found in iter_modules(checks.__path__)]
    made = {one.code for family in families for one in vars(family).values() if isinstance(one, Check)}
    assert made == {check.code for check in CHECKS}


def test_a_review_rule_of_a_thousand_years_is_no_trouble():
    assert codes("every_days: 90", "every_days: 99999999999") == []
