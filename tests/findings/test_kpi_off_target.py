"""Targets are missed when the whole interval is on the wrong side, by more than a margin."""

from __future__ import annotations

import polars as pl
import pytest
from tests.findings.heard import MAP, came, dossier, outline, told

from desireline.findings.gather.targets import Readings
from desireline.findings.rules.kpi_off_target import kpi_off_target
from desireline.findings.rules.silent_touchpoint import silent_touchpoint
from desireline.findings.rules.unowned_touchpoint import unowned_touchpoint


def with_kpi(kpi: str, at: str = "pay"):
    return outline(text=MAP.replace(f"id: {at},", f"id: {at}, kpis: [{kpi}],"))


def reading(measure: str, value: float | None, low: float | None, high: float | None, *, unit: str, at: str = "pay"):
    row = {"measure": measure, "at": at, "value": value, "low": low, "high": high, "n": 500, "unit": unit}
    return Readings(pl.DataFrame([row]))


def look(kpi: str, found: Readings, days: float = 365.25):
    return told(kpi_off_target, dossier(with_kpi(kpi), days=days, targets=found))


def test_a_share_far_below_its_target_is_told():
    [(found, p)] = look("{measure: csat, at_least: 0.8}", reading("csat", 0.62, 0.56, 0.68, unit="share"))
    assert found.says == "Satisfaction at “Pays” is 62 %; the target is at least 80 %."
    assert found.effect.value == pytest.approx(-0.18)
    assert p < 0.01


def test_a_miss_within_the_margin_or_within_chance_is_not_told():
    assert look("{measure: csat, at_least: 0.8}", reading("csat", 0.76, 0.755, 0.765, unit="share")) == []
    assert look("{measure: csat, at_least: 0.8}", reading("csat", 0.7, 0.55, 0.85, unit="share")) == []


def test_what_is_better_than_its_target_is_not_told():
    assert look("{measure: drop_off, at_most: 0.3}", reading("drop_off", 0.1, 0.08, 0.12, unit="share")) == []
    assert len(look("{measure: drop_off, at_most: 0.3}", reading("drop_off", 0.5, 0.48, 0.52, unit="share"))) == 1


def test_what_accumulates_is_held_against_the_part_of_the_year_that_the_data_cover():
    half = reading("customers", 300.0, 270.0, 330.0, unit="customers")
    kpi = "{measure: customers, at_least: 600, title: New members}"
    assert look(kpi, half, days=365.25 / 2) == []
    [(found, _)] = look(kpi, half)
    assert found.says == ("New members at “Pays” is 300; the target is at least 600 (600 for the 12 months of data).")
    assert look(kpi, half, days=60) == []  # too short a time to judge


def test_the_margin_of_what_accumulates_is_that_of_the_time_covered():
    """A quarter brings 2,300 of 2,500: the margin is 125, not the 500 of a year."""
    kpi = "{measure: customers, at_least: 10000}"
    found = look(kpi, reading("customers", 2300.0, 2260.0, 2340.0, unit="customers"), days=365.25 / 4)
    assert [one.effect.value for one, _ in found] == [-200.0]


def test_a_reading_without_a_value_or_an_interval_is_no_miss():
    assert look("{measure: csat, at_least: 0.8}", reading("csat", None, None, None, unit="share")) == []
    assert look("{measure: time_median, at_most: 60}", reading("time_median", 90.0, None, None, unit="s")) == []


def test_waits_are_said_in_the_unit_that_fits():
    [(found, _)] = look(
        "{measure: time_median, at_most: 172800}", reading("time_median", 345_600.0, 340_000.0, 350_000.0, unit="s")
    )
    assert found.says == "Time, median at “Pays” is 4.0 days; the target is at most 2.0 days."


def test_a_touchpoint_where_the_map_wants_to_hear_customers_and_nobody_answers_is_silent():
    nobody = Readings(pl.DataFrame(schema={"measure": pl.String, "at": pl.String, "value": pl.Float64}))
    wants = outline(text=MAP.replace("id: pay,", "id: pay, feedback: {question: How was it?},"))
    [(found, _)] = told(silent_touchpoint, dossier(wants, targets=nobody))
    assert found.says == "1,000 customers met “Pays”, where the map wants to hear them; nobody ever answered."
    assert told(silent_touchpoint, dossier(outline(), targets=nobody)) == []
    some = Readings(pl.DataFrame([{"measure": "answers", "at": "pay", "value": 7.0}]))
    assert told(silent_touchpoint, dossier(wants, targets=some)) == []
    assert told(silent_touchpoint, dossier(wants, targets=nobody, rates=came({"pay": 99}))) == []


def test_a_touchpoint_that_only_draws_a_feeling_is_not_silent():
    nobody = Readings(pl.DataFrame(schema={"measure": pl.String, "at": pl.String, "value": pl.Float64}))
    drawn = outline(text=MAP.replace("id: pay,", "id: pay, moment_of_truth: true, promise: {feeling: 1},"))
    assert told(silent_touchpoint, dossier(drawn, targets=nobody)) == []


def test_a_touchpoint_without_a_team_of_its_own_or_of_its_stage_is_unowned():
    assert [found.at for found, _ in told(unowned_touchpoint, dossier(outline()))] == ["answer"]


def test_on_a_map_that_names_no_teams_nothing_is_unowned():
    bare = MAP.replace("teams: [{id: sales, title: Sales}]\n", "").replace(", team: sales", "")
    assert told(unowned_touchpoint, dossier(outline(text=bare))) == []
