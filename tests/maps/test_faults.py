"""Faults in words: each kind of mistake, where it stands, and what to write instead."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.errors import MapError, MapInvalid
from desireline.maps.edits import change_record
from desireline.maps.faults import fields_at
from desireline.maps.files import read_map
from desireline.maps.records import SECTIONS, Map

HEAD = "map: {id: m, title: M}\n"


def faults(text: str) -> list[str]:
    with pytest.raises(MapInvalid) as caught:
        read_map(text)
    return caught.value.faults


def in_stage(field: str) -> list[str]:
    """What is said about a field of a stage, the beginning that is always the same left out."""
    return [fault.removeprefix("line 2, stage “s”, field ") for fault in faults(f"{HEAD}stages: [{{id: s, {field}}}]")]


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("title: 7", 'title: must be text; put it in quotes: "7"'),
        ("title: true", 'title: must be text; put it in quotes: "true"'),
        ("title: [a]", "title: must be text, not a list."),
        ("about: {a: b}", "about: must be text, not a mapping."),
        ("kpis: nps", "kpis: must be a list; write [nps]."),
        ("kpis: {measure: nps}", "kpis: must be a list, not a mapping."),
        ("kpis: [nps]", "kpis: must hold fields (name: value), not “nps”."),
        ("kpis: [{}]", "kpis.measure: is missing."),
        ("kpis: [{measure: nps, at_least: much}]", "kpis.at_least: must be a number, not “much”."),
        ("kpis: [{measure: nps, at_least: .inf}]", "kpis.at_least: must be a number like 0.5, not “inf”."),
        ("kpis: [{measure: nps, at_most: .nan}]", "kpis.at_most: must be a number like 0.5, not “nan”."),
        ("any_order: often", "any_order: must be true or false, not “often”."),
        ("promise: {feeling: -3}", "promise.feeling: must be at least -2, not “-3”."),
        ("promise: {feeling: 2.5}", "promise.feeling: must be at most 2, not “2.5”."),
        ("promise: {score: {measure: csta}}", "promise.score.measure: “csta” is not known here. Did you mean 'csat'?"),
        (
            "promise: {time: {within: 10}}",
            "promise.time.within: a duration is written like 30m, 2h, 10d or 1w, not 10.",
        ),
        (
            "promise: {time: {within: 99999999999w}}",
            "promise.time.within: '99999999999w' is longer than any duration can be.",
        ),
        ("promise: {tiem: {}}", "promise.tiem: no field is called “tiem” here. Did you mean 'time'?"),
        ("promise: soon", "promise: must hold fields (name: value), not “soon”."),
        ("entry: pay", "entry: must hold fields (name: value), not “pay”."),
        ("entry: {event: {globb: a}}", "entry.event.globb: no field is called “globb” here. Did you mean 'glob'?"),
        (
            "entry: {event: {regex: 'pay('}}",
            "entry.event.regex: this regular expression cannot be read: 'pay(' (unclosed group).",
        ),
        (
            "entry: {}",
            "entry: an empty rule matches nothing; say event, channel, property, any, all or not.",
        ),
        ("entry: {any: []}", "entry.any: must hold at least one entry."),
        ("entry: {any: [{evnt: a}]}", "entry.any.evnt: no field is called “evnt” here. Did you mean 'event'?"),
        (
            "entry: {event: a, property: {title: }}",
            "entry.property.title: must hold fields (name: value), not nothing.",
        ),
    ],
)
def test_a_mistake_is_told_in_words(field, says):
    assert in_stage(field) == [says]


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("{title: Buy}", "stage “Buy”, field id: is missing. Every record needs one, such as id: pay-online."),
        ("{}", "stage number 1, field id: is missing. Every record needs one, such as id: pay-online."),
        ("{id: 5}", 'stage “5”, field id: must be text; put it in quotes: "5"'),
        ("just text", "stage number 1: must hold fields (name: value), not “just text”."),
        ("[a]", "stage number 1: must hold fields (name: value), not a list."),
        ("~", "stage number 1: must hold fields (name: value), not nothing."),
        (
            "{id: Über uns!}",
            "stage “Über uns!”, field id: “Über uns!” cannot be an id: small letters, digits and - _ . only, "
            "beginning with a letter or digit. Try 'ber-uns'.",
        ),
        (f"{{id: {'a' * 81}}}", f"stage “{'a' * 81}”, field id: is too long: at most 80 signs."),
    ],
)
def test_a_record_is_called_as_well_as_it_can_be(record, says):
    assert faults(f"{HEAD}stages:\n  - {record}\n") == [f"line 3, {says}"]


def test_a_format_of_the_future_is_refused():
    assert faults("format: desireline/2\n" + HEAD) == [
        "line 1, field format: “desireline/2” is not known here. Did you mean 'desireline/1'?"
    ]


def test_faults_stand_in_the_order_of_their_lines_each_told_once():
    text = HEAD + "stages:\n  - id: a\n    colour: red\n    any_order: 7\n  - id: b\n    team: none\n    team2: x\n"
    lines = [int(fault.split(",")[0].removeprefix("line ")) for fault in faults(text)]
    assert lines == [4, 5, 7, 8]


def test_a_fault_in_a_map_that_stands_in_no_file_names_no_line():
    map = read_map(HEAD + "stages: [{id: s}]")
    with pytest.raises(MapInvalid) as caught:
        change_record(map, "s", any_order="often")
    assert caught.value.faults == ["stage “s”, field any_order: must be true or false, not “often”."]


def test_fields_are_known_at_every_depth():
    assert fields_at(Map, ("stages", 0, "promise", "time")) == ["within", "after", "by_due", "kept_when"]
    assert fields_at(Map, ("touchpoints", 3, "promise", "channels", "web", "score"))[0] == "measure"
    assert "absent" in fields_at(Map, ("map", "feedback", "any", 0, "property", "plan"))
    assert fields_at(Map, ("nowhere",)) == []


@pytest.mark.parametrize("section", SECTIONS)
def test_a_misspelt_field_of_any_record_is_led_back_to_its_name(section):
    for name, info in SECTIONS[section].model_fields.items():
        field = info.alias or name
        told = faults(f"{HEAD}{section}: [{{{field}x: a}}]")
        assert any(f"no field is called “{field}x” here. Did you mean '{field}'?" in fault for fault in told)


# Nothing but a map or a fault comes of any document

scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just("s"))
names = st.sampled_from(
    [
        *(
            "id",
            "at",
            "stage",
            "stages",
            "among",
            "from",
            "to",
            "kind",
            "lane",
            "promise",
            "time",
            "channels",
            "within",
        ),
        *(
            "evidence",
            "when",
            "event",
            "property",
            "any",
            "not",
            "kpis",
            "order",
            "journey",
            "success",
            "review",
            "last",
        ),
    ]
)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=3), max_leaves=6
)


@settings(max_examples=150, deadline=None)
@given(anything, st.dictionaries(st.sampled_from(list(SECTIONS)), anything, max_size=3))
def test_any_document_is_a_map_or_a_list_of_faults(head: Any, sections: dict[str, Any]):
    try:
        said = str(read_map(json.dumps({"map": {"id": "m", "title": "M", "journey": head}, **sections})))
    except MapError as fault:
        said = str(fault)
    assert "pydantic" not in said
