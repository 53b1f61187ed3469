from __future__ import annotations

from pathlib import Path

import pytest

from desireline.discovery.adding import add_pieces
from desireline.discovery.draft import draw_map
from desireline.discovery.profile import CutProposal
from desireline.discovery.touchpoints import alike, choose_touchpoints, slugs
from desireline.errors import NothingToDraw, UnknownPiece
from desireline.maps.files import MapFile, map_text, read_map
from desireline.maps.records import Cut
from discovery.logs import sequences_of

LIFE = CutProposal(Cut(by="life"), "one journey each")
SHOP = [["see", "cart", "pay"]] * 60 + [["see", "cart", "cart", "pay"]] * 20 + [["see", "help", "cart", "pay"]] * 20
HAND_DRAWN = """# our map
format: desireline/1
map: {id: shop, title: Shop}
stages:
  - {id: all, title: All}  # one stage is enough
touchpoints:
  - {id: looking, stage: all, title: Looks, when: {event: see}}
  - {id: paying, stage: all, title: Pays, when: {event: pay}}  # money
"""


def test_names_that_say_the_same_are_one_touchpoint():
    events = {"Pay": 9, "pay ": 3, "repair start": 4, "repair_complete": 5, "step 1": 2, "step 2": 2, "end": 1}
    assert list(alike(events).values()) == [
        ["Pay", "pay "],
        ["repair_complete", "repair start"],
        ["step 1"],
        ["step 2"],
        ["end"],
    ]


def test_every_name_has_an_id_that_a_map_takes():
    assert slugs(["a > b", "A b", "🛒", "", "journey"]) == ["a-b", "a-b-2", "step", "step-2", "journey-2"]


def test_what_few_do_is_optional_and_what_comes_again_repeatable():
    draft = draw_map(sequences_of(SHOP), LIFE)
    drawn = {point.id: (point.optional, point.repeatable) for point in draft.map().touchpoints}
    assert drawn == {"see": (False, False), "help": (True, False), "cart": (False, True), "pay": (False, False)}
    assert (draft.fitted.fitness, draft.map().map.journey.success) == (1.0, ["pay"])
    assert draft.fitted.shuffled < 0.8


def journey_of(routes):
    (piece,) = [one for one in draw_map(sequences_of(routes), LIFE).pieces if one.section == "journey"]
    return piece


def test_success_is_where_long_journeys_end_not_where_a_mail_is_left_unread():
    routes = [["mail"]] * 60 + [["see"]] * 30 + [["see", "cart", "pay", "sent"]] * 50
    piece = journey_of(routes)
    assert piece.record["success"] == ["sent"]
    assert "late in long journeys" in piece.says


def test_success_is_left_open_where_several_may_be_it_and_where_none_is():
    several = journey_of([["see", "cart", "pay"]] * 50 + [["see", "ask", "visit"]] * 50 + [["see"]] * 20)
    assert "success" not in several.record
    assert "what success is, is left open (several may be it: “Pay”, “Visit”)" in several.says
    none = journey_of([["see", "cart", "see"]] * 40 + [["cart", "see", "cart"]] * 45 + [["see", "cart"] * 3] * 5)
    assert "success" not in none.record or none.record["success"] != ["see"]


def test_success_is_what_is_said():
    draft = draw_map(sequences_of([["see", "cart", "pay"]] * 50 + [["see", "ask", "visit"]] * 50), LIFE)
    assert draft.map().map.journey.success == []
    assert draft.with_success("visit").map().map.journey.success == ["visit"]
    with pytest.raises(UnknownPiece):
        draft.with_success("vist")


def test_a_map_whose_success_is_left_open_can_be_written():
    routes = [["see", "cart", "pay"]] * 50 + [["see", "ask", "visit"]] * 50
    map_ = draw_map(sequences_of(routes), LIFE).map()
    assert read_map(map_text(map_)) == map_


def test_either_of_two_that_exclude_each_other_is_an_alternative():
    draft = draw_map(sequences_of([["ask", "mail", "done"]] * 50 + [["ask", "call", "done"]] * 50), LIFE)
    assert [(link.kind, sorted(link.among)) for link in draft.map().links] == [("alternative", ["call", "mail"])]


def test_not_all_that_is_drawn_may_be_left_out():
    funnel = [["a", "b", "c", "d", "e", "f"][:length] for length in range(1, 7) for _ in range(20)]
    assert draw_map(sequences_of(funnel), LIFE).fitted.required >= 0.333


def test_the_map_holds_nothing_of_its_support_and_reads_back():
    map_ = draw_map(sequences_of(SHOP), LIFE).map()
    assert read_map(map_text(map_)) == map_
    assert {name for point in map_.touchpoints for name in point.model_fields_set} <= {
        *("id", "title", "stage", "when", "optional", "repeatable")
    }


def test_a_piece_brings_what_it_needs():
    draft = draw_map(sequences_of(SHOP), LIFE)
    assert [piece.section for piece in draft.accept(["cart"])] == ["stages", "touchpoints"]
    with pytest.raises(UnknownPiece, match=r"The proposal has no piece 'carts'\. Did you mean 'cart'\?"):
        draft.accept(["carts"])


def test_fewer_than_five_customers_are_not_told():
    draft = draw_map(sequences_of([["see", "pay"]] * 30 + [["see"]] * 3), LIFE)
    support = {piece.id: piece.support for piece in draft.pieces if piece.support}
    assert (support["see"].customers, support["pay"].customers) == (33, None)
    assert support["pay"].note == "all but fewer than 5 customers"


def test_nothing_cannot_be_drawn():
    with pytest.raises(NothingToDraw):
        draw_map(sequences_of([]), LIFE)


def test_a_single_customer_can_be_drawn():
    assert [point.id for point in draw_map(sequences_of([["see"]]), LIFE).map().touchpoints] == ["see"]


def test_rows_in_another_order_give_the_same_proposal():
    told = [draw_map(sequences_of(routes), LIFE).as_json()["fit"] for routes in (SHOP, SHOP[::-1])]
    assert told[0] == told[1]


def test_no_more_touchpoints_than_asked_for():
    routes = [[f"name {(row + step) % 500}" for step in range(5)] for row in range(200)]
    assert len(choose_touchpoints(sequences_of(routes), most=7).taken) <= 7


def test_pieces_go_into_a_hand_drawn_map_which_keeps_its_words(tmp_path: Path):
    path = tmp_path / "shop.journey.yaml"
    path.write_text(HAND_DRAWN)
    file = MapFile.open(path)
    told = add_pieces(draw_map(sequences_of(SHOP), LIFE), file)
    assert told["added"] == ["help", "cart"]
    assert "# money" in file.text
    assert "# one stage is enough" in file.text
    order = sorted(file.map.touchpoints, key=lambda point: point.order or "")
    assert [point.id for point in order] == ["looking", "help", "cart", "paying"]
