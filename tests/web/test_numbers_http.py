"""The app's numbers are those of the command line: same readings, same deviations, same definitions."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from tests.web.serving import Served
from tests.web.with_data import Company, looked

from desireline.cli.start import run


def cli(capsys: Any, *words: object) -> Any:
    """What a command says as JSON."""
    assert run([*map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_readings_and_deviations_are_those_of_the_command_line(company: Company, capsys):
    with company.served.client() as client:
        found = looked(client, f"/api/maps/{company.map_id}/measured")
    said = cli(capsys, "measure", company.file, "-w", company.folder)
    assert {key: found[key] for key in said} == said
    ledger = cli(capsys, "deviations", company.file, "-w", company.folder)["deviations"]
    assert found["deviations"] == [{k: v for k, v in row.items() if k != "examples"} for row in ledger]
    assert len(found["readings"]) > 500


def test_groups_and_periods_are_those_of_the_command_line(company: Company, capsys):
    with company.served.client() as client:
        found = looked(client, f"/api/maps/{company.map_id}/measured?by=persona&period=quarter&measure=conversion")
    said = cli(
        capsys, "measure", company.file, "-w", company.folder, "--by", "persona", "--period", "quarter",
        "-m", "conversion",
    )  # fmt: skip
    assert found["readings"] == said["readings"]
    assert {row["group"] for row in found["readings"]} > {"persona:gift-buyer"}


def test_what_was_asked_once_is_answered_at_once(company: Company):
    with company.served.client() as client:
        path = f"/api/maps/{company.map_id}/measured"
        first = looked(client, path)
        answer = client.get(path)
        assert (answer.status_code, answer.json()) == (200, first)


def test_without_data_the_answer_says_so(served: Served):
    id_ = served.new_map()
    with served.client() as client:
        answer = client.get(f"/api/maps/{id_}/measured")
        assert (answer.status_code, answer.json()["code"]) == (409, "no-data")
        assert "Nothing was imported" in answer.json()["says"]


def test_a_group_that_there_is_not_is_told(company: Company):
    with company.served.client() as client:
        answer = client.get(f"/api/maps/{company.map_id}/measured?by=weather")
        assert answer.status_code == 400
        assert "weather" in answer.json()["says"]


def test_measures_are_defined_as_on_the_command_line(served: Served, capsys):
    with served.client() as client:
        assert client.get("/api/measures").json() == cli(capsys, "measures")


def test_the_truth_of_a_map_is_that_of_the_check(company: Company, capsys):
    with company.served.client() as client:
        found = looked(client, f"/api/maps/{company.map_id}/truth")
    run(["check", str(company.file), "-w", str(company.folder), "--json"])
    said = json.loads(capsys.readouterr().out)
    weakest = found["truth"].pop("weakest")
    assert found == {key: said[key] for key in found}
    assert found["cards"]
    assert weakest in [part["name"] for part in found["truth"]["parts"]]


def test_properties_are_listed_with_the_values_that_many_share(company: Company, capsys):
    with company.served.client() as client:
        known = {one["property"]: one for one in looked(client, "/api/properties")}
        [city] = looked(client, "/api/properties?of=city")
        fault = client.get("/api/properties?of=weather")
    said = cli(
        capsys, "measure", company.file, "-w", company.folder, "-m", "customers", "--by", "property:club",
        "--at", "clothing-retailer",
    )  # fmt: skip
    groups = {row["group"].partition("=")[2] for row in said["readings"] if row["group"] and row["value"] is not None}
    assert set(known["club"]["values"]) == groups - {"(none)"}
    assert "email" not in known  # no five customers share one
    assert len(known["city"]["values"]) == 12 < city["common"] == len(city["values"])
    assert "weather" in fault.json()["says"]


def test_a_value_beside_all_others_is_as_on_the_command_line(company: Company, capsys):
    by = "property:city|Berlin"
    with company.served.client() as client:
        path = f"/api/maps/{company.map_id}/measured"
        answer = looked(client, f"{path}?by={quote(by)}&measure=reach")["readings"]
        plain = looked(client, f"{path}?by=property:city&measure=reach")["readings"]
    assert answer == cli(
        capsys, "measure", company.file, "-w", company.folder, "-m", "reach", "--by", by
    )["readings"]  # fmt: skip
    berlin = [row for row in answer if row["group"] == f"{by}=Berlin"]
    assert [row | {"group": ""} for row in berlin] == [
        row | {"group": ""} for row in plain if row["group"] == "property:city=Berlin"
    ]
    assert any(row["group"] == f"{by}=(other)" and row["value"] for row in answer)
