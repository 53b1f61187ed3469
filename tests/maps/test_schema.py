from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from desireline.errors import MapInvalid
from desireline.maps.files import map_text, read_map
from desireline.maps.records import SECTIONS
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


@settings(max_examples=15, deadline=None)
@given(map_records())
def test_what_is_written_fits_the_schema(records):
    assert faults(map_text(as_map(records))) == []


@pytest.mark.parametrize(
    "stage",
    [
        "{id: s}",
        "{id: s, kpis: [{measure: nps, at_least: 3}]}",
        "{id: s, entry: {event: [a, 1]}}",
        "{id: s, entry: {event: {at_least: 2026-01-01}}}",
        "{id: s, promise: {time: {within: 1.5h}, feeling: -2, channels: {web: {score: {measure: nps}}}}}",
        "{id: s, promise: {time: {within: 1 hour}}}",
        "{id: s, promise: {feeling: 3}}",
        "{id: s, promise: {score: {measure: npx}}}",
        "{id: s, kpis: {measure: nps}}",
        "{id: s, kpi: []}",
        "{id: S}",
        "{id: 1}",
        "{title: s}",
        "{id: s, entry: {event: []}}",
        "{id: s, entry: {event: {}, glob: a}}",
        "{id: s, entry: {event: {glob: 1}}}",
        "{id: s, entry: {property: {}}}",
        "{id: s, any_order: often}",
        "text",
    ],
)
def test_editor_and_program_agree(stage):
    text = f"map: {{id: m, title: M}}\nchannels: [{{id: web}}]\nstages:\n  - {stage}\n"
    try:
        read_map(text)
    except MapInvalid:
        assert faults(text) != []
    else:
        assert faults(text) == []


@pytest.mark.parametrize("section", SECTIONS)
def test_a_misspelt_field_shows_in_every_section(section):
    for name, info in SECTIONS[section].model_fields.items():
        field = f"{info.alias or name}x"
        assert any(f"'{field}' was unexpected" in fault for fault in faults(f"{section}: [{{{field}: a}}]"))
