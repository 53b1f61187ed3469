"""A map in other notations, and back: what is said survives, what is lost is known, nothing runs."""

from __future__ import annotations

import contextlib
import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.draw.exhibits import ATTACKS, empty_map, full_map, hostile_map, large_map
from tests.maps.given import as_map, map_records

from desireline.errors import MapInvalid, MapUnreadable, UnknownFormat
from desireline.maps.notations.grid import grid_of, read_grid
from desireline.maps.notations.lanes import row_of
from desireline.maps.notations.mermaid import mermaid_of, read_mermaid
from desireline.maps.notations.reading import decoded, notation_of, read_any
from desireline.maps.outline import Outline

COAT = """\
---
config:
  theme: forest
---
journey
    title Buying a coat
    %% a note
    Hears of us: 3
    section Choose
      Looks around: 4: Maya
      Tries it on: 5: Maya, Ben
    section Pay
      Waits in the queue: 1: Maya
"""


def drawn(map_):
    """The map as stages, touchpoints and the feelings there."""
    outline = Outline(map_)
    return [
        (stage.title, [(p.title, outline.intended_feeling(p.id)) for p in outline.touchpoints if p.stage == stage.id])
        for stage in outline.stages
    ]


def test_a_mermaid_journey_becomes_stages_touchpoints_feelings_and_personas():
    map_ = read_mermaid(COAT)
    assert map_.map.title == "Buying a coat"
    assert drawn(map_) == [
        ("Buying a coat", [("Hears of us", 0)]),
        ("Choose", [("Looks around", 1), ("Tries it on", 2)]),
        ("Pay", [("Waits in the queue", -2)]),
    ]
    assert [one.title for one in map_.personas] == ["Maya", "Ben"]
    felt = [(card.at, card.persona, card.level) for card in map_.cards]
    assert felt == [
        ("hears-of-us", None, 0),
        ("looks-around", "maya", 1),
        ("tries-it-on", "maya", 2),
        ("tries-it-on", "ben", 2),
        ("waits-in-the-queue", "maya", -2),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("flowchart LR\n  a --> b", "line 1: a Mermaid journey begins with the word “journey”"),
        ("journey\n  Pay: five: Maya", "line 2: “Pay: five: Maya” has no score"),
        ("journey\n  Pay: 9", "line 2: the score 9 is not between 1 and 5"),
        ("%% only a note", "begins with the word “journey”"),
        ("   ", "it holds nothing"),
    ],
)
def test_a_journey_that_cannot_be_read_names_its_line(text, says):
    with pytest.raises(MapUnreadable, match=says):
        read_mermaid(text)


@pytest.mark.parametrize("make", [full_map, hostile_map, large_map, empty_map])
def test_a_written_journey_is_read_as_the_same_journey(make):
    text = mermaid_of(make())
    assert mermaid_of(read_mermaid(text)) == text


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_title_leaves_its_place_in_a_journey(attack):
    lines = mermaid_of(hostile_map([attack])).splitlines()
    assert len(lines) == 2 + 3 + 8
    assert [line.count(":") for line in lines[2:]] == [0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1]
    assert not any(sign in "".join(lines) for sign in ("<", ">", "`", ";", "#"))


GRID = """\
,Choose,,Pay,Use
Steps,Looks around,Tries on,Pays,
Actions,Walks about,,"Gives card
- Signs",
Pain points,,Mirror is dark,Queue,No manual
Emotion (-2..2),1,"1,5",-2,0
Channels,Store,"Store, App",Store,
Owner,Sales; Stylists,,Cashiers,
Weather,rainy,,,
"""


def test_a_grid_of_a_spreadsheet_becomes_a_map():
    map_ = read_grid(GRID, title="Coats")
    assert map_.map.title == "Coats"
    assert drawn(map_) == [
        ("Choose", [("Looks around", 1), ("Tries on", 1.5)]),
        ("Pay", [("Pays", -2)]),
        ("Use", []),
    ]
    said = [(card.at, card.lane, card.says) for card in map_.cards if card.says]
    assert said == [
        ("looks-around", "doing", "Walks about"),
        ("pays", "doing", "Gives card"),
        ("pays", "doing", "Signs"),
        ("tries-on", "pain", "Mirror is dark"),
        ("pays", "pain", "Queue"),
        ("use", "pain", "No manual"),
        ("looks-around", "note", "Weather: rainy"),
    ]
    first, second, _ = map_.touchpoints
    assert (first.team, first.supporting, second.channels) == ("sales", ["stylists"], ["store", "app"])


def test_a_grid_that_stands_on_its_side_is_turned_round():
    turned = "Stage;Touchpoint;Doing;Pains\nChoose;Looks;Walks;Dark\nPay;Pays;Signs;\n"
    upright = "Stage\tChoose\tPay\nTouchpoint\tLooks\tPays\nDoing\tWalks\tSigns\nPains\tDark\t\n"
    assert read_grid(turned) == read_grid(upright)


def test_several_touchpoints_in_one_cell_are_several_touchpoints_and_their_column_speaks_of_the_stage():
    map_ = read_grid('Stage,Choose\nTouchpoint,"Looks\nTries"\nPains,Dark\n')
    assert drawn(map_) == [("Choose", [("Looks", None), ("Tries", None)])]
    assert [(card.at, card.says) for card in map_.cards] == [("choose", "Dark")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Stage\nDoing\n", "the first row names no stages"),
        ("Stage,Pay\nFeeling (1-5),7\n", "the feeling 7 is not between −2"),
        ("", "it holds nothing"),
    ],
)
def test_a_grid_that_cannot_be_read_says_why(text, says):
    with pytest.raises(MapUnreadable, match=says):
        read_grid(text)


def test_a_table_of_data_is_not_taken_for_a_map():
    with pytest.raises(MapInvalid, match="looks like data"):
        read_grid("Stage," + ",".join(f"s{k}" for k in range(3000)) + "\nDoing," + ",".join("x" * 3000))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("make", [full_map, large_map])
def test_a_written_grid_is_read_as_the_same_grid(make, delimiter):
    text = grid_of(make(), delimiter=delimiter)
    assert grid_of(read_grid(text), delimiter=delimiter) == text


def test_no_cell_of_a_grid_begins_like_a_formula():
    rows = list(csv.reader(io.StringIO(grid_of(hostile_map()), newline="")))
    cells = [cell for row in rows for cell in row]
    suspicious = [cell for cell in cells if cell[:1] in tuple("=+-@\t\r＝") and not re.fullmatch(r"-\d+(\.\d+)?", cell)]
    assert suspicious == []
    assert any(cell.startswith("'=1+1") for cell in cells)


@settings(max_examples=60, deadline=None)
@given(map_records())
def test_any_map_can_be_written_and_read_in_both_notations(records):
    map_ = as_map(records)
    journey, grid = mermaid_of(map_), grid_of(map_)
    assert mermaid_of(read_mermaid(journey)) == journey
    assert len(Outline(read_grid(grid)).touchpoints) == len(Outline(map_).touchpoints)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_map_or_is_told_why_not(text):
    with contextlib.suppress(MapUnreadable, MapInvalid):
        assert read_any(text).map.map.title


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("Pain points", "pain"),
        ("Customer actions", "doing"),
        ("FEELING (−2 to 2)", "level"),
        ("Feelings", "feeling"),
        ("Opportunities (whole stage)", "opportunity"),
        ("Back-stage", "process"),
        ("Colour of the sky", None),
    ],
)
def test_rows_are_known_by_the_names_people_give_them(label, row):
    assert row_of(label) == row


def test_the_notation_of_a_text_is_found_out():
    texts = {
        "yaml": "# x\nformat: desireline/1\nmap: {}",
        "mermaid": "```mermaid\n" + COAT.partition("---\nj")[1][-1] + COAT.partition("---\nj")[2],
        "grid": GRID,
    }
    assert {kind: notation_of(text) for kind, text in texts.items()} == {kind: kind for kind in texts}
    with pytest.raises(UnknownFormat, match="Did you mean 'mermaid'"):
        read_any(GRID, notation="mermayd")


def test_files_of_old_and_new_spreadsheets_are_read_alike():
    kept = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
    assert {decoded("Müller – 2 €".encode(encoding)) for encoding in kept} == {"Müller – 2 €"}
