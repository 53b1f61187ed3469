"""Hand-edited files: what nobody edited stays byte for byte, and an edit touches the lines of its record only."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.maps.diff import diff_maps
from desireline.maps.files import MapFile, map_text, read_map
from desireline.maps.written import read_yaml

from .given import as_map, map_records, rules, texts

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("src/desireline/**/*.journey.yaml"), *ROOT.glob("examples/*/*.journey.yaml")])

KEPT = """\
# Ours since 2024

format:   desireline/1
map: {id: m, title: "M"}   # working title
personas:
- id: ana
  goals:
  - fast
  - cheap   # really
  needs:
    - 'calm'   # hand-quoted
stages:
  - {id: buy, title: Buy}
touchpoints:
  - {id: pay, stage: buy,   # where money moves
     title: "Pay", when: {event: 'pay'}}
"""


def touched(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that went and lines that came, between the first and the last that differ."""
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old, new


# The files of the project


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_saved_as_it_was_and_an_edit_changes_one_record(path: Path, tmp_path: Path):
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    file = MapFile.open(copy)
    file.save()
    assert copy.read_bytes() == path.read_bytes()

    before, point = file.map, file.map.touchpoints[-1]
    file.set(point.id, "title", "Something else")
    went, came = touched(path.read_text(encoding="utf-8"), file.text)
    assert (len(went), len(came)) == (1, 1)
    assert came[0].replace("Something else", point.title) == went[0].replace(f'"{point.title}"', point.title)
    assert [(change.kind, change.id, change.new) for change in diff_maps(before, file.map)] == [
        ("renamed", point.id, "Something else")
    ]


# Styles of writing


@pytest.mark.parametrize(
    ("edit", "went", "came"),
    [
        (("pay", "title", "Payment"), ["     title: \"Pay\", when: {event: 'pay'}}"], None),
        (("pay", "optional", True), ["     title: \"Pay\", when: {event: 'pay'}}"], None),
        (("ana", "goals", ["fast", "cheap", "good"]), [], ["  - good"]),
        (("ana", "goals", ["fast", "dear"]), ["  - cheap   # really"], ["  - dear   # really"]),
        (("ana", "goals", ["fast"]), ["  goals:", "  - fast", "  - cheap   # really"], ["  goals: [fast]   # really"]),
        (("ana", "goals", []), ["  goals:", "  - fast", "  - cheap   # really"], ["  goals: []   # really"]),
        (("ana", "needs", ["calm", "time"]), [], ["    - time"]),
        (("buy", "title", "a, b: {c}"), ["  - {id: buy, title: Buy}"], ["  - {id: buy, title: 'a, b: {c}'}"]),
        (("m", "owner", "Bo"), None, ['map: {id: m, title: "M", owner: Bo}   # working title']),
    ],
)
def test_quotes_spaces_and_comments_stay(edit, went, came):
    file = MapFile(Path("m.yaml"), KEPT)
    file.set(*edit)
    gone, come = touched(KEPT, file.text)
    assert went is None or gone == went
    assert came is None or come == came


def test_a_comment_within_braces_stays():
    file = MapFile(Path("m.yaml"), KEPT)
    file.set("pay", "title", "Payment")
    file.set("pay", "optional", True)
    assert file.text.endswith(
        "  - {id: pay, stage: buy,   # where money moves\n     title: Payment, when: {event: 'pay'}, optional: true}\n"
    )


def test_json_stays_json():
    text = '{"map": {"id": "m", "title": "M"},\n "teams": [{"id": "a"}],\n "stages": []}\n'
    file = MapFile(Path("m.json"), text)
    file.set("a", "title", "A")
    file.set("m", "owner", "Ana")
    file.add("teams", {"id": "b"})
    assert file.text == (
        '{"map": {"id": "m", "title": "M", "owner": "Ana"},\n'
        ' "teams": [{"id": "a", "title": "A"}, {"id": "b"}],\n'
        ' "stages": []}\n'
    )


# Laws


@st.composite
def handwritten(draw: st.DrawFn) -> str:
    """A map's text as people keep it: comments, blank lines and one of the usual line ends."""
    text = map_text(as_map(draw(map_records())))
    lines: list[str] = []
    for line in text.splitlines():
        record = line.startswith("  - ")
        lines += draw(st.sampled_from([[], [], ["  # a note"], ["", "  #: [x] {y}"]])) if record else []
        tail = draw(st.sampled_from(["", "", "   # tail"])) if record and line.endswith("}") else ""
        lines.append(line + tail)
    ends = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    return draw(st.sampled_from(["", "\ufeff"])) + ends.join(lines) + draw(st.sampled_from(["", ends]))


@settings(max_examples=12, deadline=None)
@given(handwritten())
def test_any_text_is_saved_as_it_was(tmp_path_factory: pytest.TempPathFactory, text):
    path = tmp_path_factory.mktemp("map") / "m.journey.yaml"
    path.write_bytes(text.encode())
    MapFile.open(path).save()
    assert path.read_bytes() == text.encode()


edits = st.one_of(
    st.tuples(st.sampled_from(["title", "about"]), st.one_of(st.none(), texts)),
    st.tuples(st.just("when"), rules()),
    st.tuples(st.just("channels"), st.sampled_from([[], ["web"], ["web", "store"]])),
    st.tuples(st.just("promise.says"), texts),
    st.tuples(st.just("deleted"), st.booleans()),
)


@settings(max_examples=20, deadline=None)
@given(handwritten(), edits, st.data())
def test_an_edit_stays_within_the_lines_of_its_record(text, edit, data):
    file = MapFile(Path("m.yaml"), text)
    number = data.draw(st.integers(0, len(file.map.touchpoints) - 1))
    record = file.map.touchpoints[number]
    written = read_yaml(text, "m.yaml")
    first = written.line(("touchpoints", number)) - 1
    after = [line - 1 for place, line in written.lines.items() if len(place) in (1, 2) and line - 1 > first]

    file.set(record.id, *edit)

    lines, fresh = text.split("\n"), file.text.split("\n")
    rest = lines[min(after, default=len(lines)) :]
    assert fresh[:first] == lines[:first]
    assert fresh[len(fresh) - len(rest) :] == rest
    assert file.text.count("# a note") == text.count("# a note")
    assert file.text.startswith("\ufeff") == text.startswith("\ufeff")
    assert ("\r\n" in text) == ("\r\n" in file.text)
    assert {change.id for change in diff_maps(read_map(text), file.map)} <= {record.id}
