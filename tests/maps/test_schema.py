from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from desireline.maps.files import map_text
from desireline.maps.schema import map_schema
from desireline.maps.written import read_yaml

from .given import SHOP, as_map, map_records

ROOT = Path(__file__).parents[2]
SCHEMA = map_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
FILES = sorted([*ROOT.glob("src/desireline/**/*.journey.yaml"), *ROOT.glob("examples/*/*.journey.yaml")])


def faults(text: str) -> list[str]:
    return [fault.message for fault in VALIDATOR.iter_errors(read_yaml(text, "m").data)]


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert (SCHEMA["$schema"], SCHEMA["$id"]) == (
        "https://json-schema.org/draft/2020-12/schema",
        "urn:desireline:map:1",
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_map_of_the_project_fits_the_schema(path: Path):
    assert faults(path.read_text(encoding="utf-8")) == []


def test_short_forms_empty_sections_and_missing_card_ids_fit():
    assert faults(SHOP.replace("    team:\n", "") + "personas:\n") == []
    rule = "map: {id: m, title: M, feedback: {event: [a, 1, true], not: {property: {x: 3, y: {absent: true}}}}}"
    assert faults(rule) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("map: {id: m, title: M}\ntuochpoints: []", "'tuochpoints' was unexpected"),
        ("map: {id: m}", "'title' is a required property"),
        ("map: {id: m, title: M}\nstages: [{title: a}]", "'id' is a required property"),
        ("map: {id: m, title: M, journey: {silence: 30}}", "30 is not"),
    ],
)
def test_faults_show_in_an_editor(text, says):
    assert any(says in fault for fault in faults(text))


@settings(max_examples=25, deadline=None)
@given(map_records())
def test_what_is_written_fits_the_schema(records):
    assert faults(map_text(as_map(records))) == []
