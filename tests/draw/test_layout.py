"""Where things stand: golden numbers, so that a change of the picture is seen before it is drawn."""

from __future__ import annotations

from itertools import pairwise

from desireline.draw.board import lay_board
from desireline.draw.layout import COLUMN, HEAD, MARGIN, lay_out
from desireline.draw.readings import Readings
from desireline.maps.outline import Outline
from desireline.maps.records import Map

from .sample import sample_ledger, sample_outline, sample_readings


def board_of(document):
    return lay_board(Outline(Map.model_validate(document)), Readings(), None)


SMALL = {
    "map": {"id": "m", "title": "Small"},
    "stages": [{"id": "a", "title": "First", "customer_goal": "Begin"}, {"id": "b", "title": "Second"}],
    "touchpoints": [
        {"id": "x", "stage": "a", "title": "One", "when": {"event": "x"}},
        {"id": "y", "stage": "a", "title": "Two", "channels": ["web"]},
        {"id": "z", "stage": "b", "title": "Three", "front": False, "team": "t"},
    ],
    "teams": [{"id": "t", "title": "Team"}],
    "channels": [{"id": "web", "title": "Web"}],
    "cards": [
        {"id": "c1", "at": "x", "lane": "doing", "says": "Looks around"},
        {"id": "c2", "at": "a", "lane": "note", "says": "A note"},
    ],
}


def test_the_small_map_stands_where_it_always_stood():
    layout = lay_out(board_of(SMALL))
    assert (layout.width, layout.height) == (736.0, 707.0)
    lanes = {key: (box.y, box.height) for key, box in layout.lanes.items()}
    assert lanes == {
        "touchpoint": (171.0, 58.0),
        "doing": (229.0, 45.0),
        "feeling": (274.0, 184.0),
        "note": (458.0, 53.0),
        "channel": (511.0, 40.0),
        "backstage": (577.0, 58.0),
        "team": (635.0, 40.0),
    }
    assert layout.centres == [92.0, 276.0, 460.0]
    stages = {id_: (box.x, box.width) for id_, box in layout.stages.items()}
    assert stages == {"a": (152.0, 368.0), "b": (520.0, 184.0)}


def test_the_line_of_visibility_stands_between_what_customers_see_and_what_they_do_not():
    layout = lay_out(board_of(SMALL))
    assert layout.visibility is not None
    assert layout.lanes["channel"].bottom < layout.visibility < layout.lanes["backstage"].y


def test_cells_stay_inside_their_column_and_lane_and_never_overlap():
    board = lay_board(sample_outline(), Readings(sample_readings()), sample_ledger())
    layout = lay_out(board)
    for (lane, place), cell in layout.cells.items():
        column, row = layout.columns[place], layout.lanes[lane]
        assert column.x < cell.x
        assert cell.right < column.right
        assert row.y <= cell.y
        assert cell.bottom <= row.bottom
    lanes = list(layout.lanes.values())
    assert all(above.bottom <= below.y for above, below in pairwise(lanes))


def test_stages_cover_their_columns_without_gaps():
    layout = lay_out(lay_board(sample_outline(), Readings(), None))
    stages = list(layout.stages.values())
    assert stages[0].x == MARGIN + HEAD
    assert all(left.right == right.x for left, right in pairwise(stages))
    assert sum(box.width for box in stages) == COLUMN * len(layout.columns)


def test_a_stage_without_touchpoints_keeps_a_column():
    layout = lay_out(board_of({"map": {"id": "m", "title": "M"}, "stages": [{"id": "a"}, {"id": "b"}]}))
    assert list(layout.columns) == ["a", "b"]


def test_an_empty_map_has_a_layout():
    layout = lay_out(board_of({"map": {"id": "m", "title": "M"}}))
    assert (layout.width, layout.columns, layout.cells) == (640, {}, {})


def test_what_feelings_are_called_stands_below_the_curve_and_not_on_it():
    card = {"id": "f", "at": "x", "lane": "feeling", "says": "Curious", "level": 1}
    board = board_of(SMALL | {"cards": [card]})
    lanes = {lane.key: lane.notes for lane in board.lanes}
    assert lanes["feeling"] == {}
    assert [note.says for note in lanes["felt"]["x"]] == ["Curious"]
