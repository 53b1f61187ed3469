"""The reading order of a map, the intended journey in it, and what is intended where."""

from __future__ import annotations

import pytest

from desireline.maps.files import read_map
from desireline.maps.outline import Block, Outline, in_order
from desireline.maps.records import Record

SHOP = """\
map: {id: shop, title: Shop}
channels: [{id: web, title: Web site, names: [www, Online]}, {id: old, names: [fax], deleted: true}]
stages: [{id: look, title: Look}, {id: buy, title: Buy}, {id: gone, deleted: true}]
touchpoints:
  - {id: pay, stage: buy, title: Pay, when: {event: pay}}
  - {id: search, stage: look, when: {event: search}}
  - {id: browse, stage: look, when: {event: browse}}
  - {id: sign, stage: buy}
  - {id: thank, stage: buy, when: {event: thank}}
  - {id: lost, stage: gone, when: {event: lost}}
  - {id: former, stage: buy, when: {event: former}, deleted: true}
"""


def outline(more: str = "", **replaced: str) -> Outline:
    """The shop with words replaced (`pay="pay, order: A"` changes that touchpoint's line) and sections added."""
    text = SHOP
    for id_, fields in replaced.items():
        text = text.replace(f"- {{id: {id_}, ", f"- {{id: {id_}, {fields}, ")
    return Outline(read_map(text + more))


def ids(records) -> list[str]:
    return [record.id for record in records]


# Order


def test_touchpoints_stand_by_stage_then_as_in_the_file_without_what_is_deleted():
    shop = outline()
    assert ids(shop.stages) == ["look", "buy"]
    assert ids(shop.touchpoints) == ["search", "browse", "pay", "sign", "thank"]
    assert list(shop.touchpoint) == ids(shop.touchpoints)
    assert (ids(shop.bound), ids(shop.unbound)) == (["search", "browse", "pay", "thank"], ["sign"])


@pytest.mark.parametrize(
    ("orders", "read"),
    [
        ({}, ["a", "b", "c"]),
        ({"c": "V"}, ["c", "a", "b"]),
        ({"a": "V", "b": "F", "c": "k"}, ["b", "a", "c"]),
        ({"b": "V", "a": "V"}, ["a", "b", "c"]),
        ({"a": "a", "b": "Z"}, ["b", "a", "c"]),
    ],
)
def test_records_with_a_key_come_first_by_key_then_id(orders, read):
    assert ids(in_order(Record(id=id_, order=orders.get(id_)) for id_ in "abc")) == read


def test_nothing_to_read_is_no_trouble():
    empty = Outline(read_map("map: {id: m, title: M}"))
    assert (empty.stages, empty.touchpoints, empty.blocks, empty.edges, empty.success) == ([], [], [], [], [])
    assert empty.titles == {"m": "M"}


def test_titles_fall_back_to_ids():
    assert outline().titles["pay"] == "Pay"
    assert outline().titles["search"] == "search"


# The intended journey


def blocks(shop: Outline) -> list[str]:
    sign = {"one": "", "alternative": "|", "any order": "&"}
    return [sign[block.kind].join(block.members) or block.members[0] for block in shop.blocks]


@pytest.mark.parametrize(
    ("links", "read"),
    [
        ("", ["search", "browse", "pay", "thank"]),
        ("links: [{kind: alternative, among: [pay, search]}]", ["pay|search", "browse", "thank"]),
        ("links: [{kind: any order, among: [browse, pay]}]", ["search", "browse&pay", "thank"]),
        ("links: [{kind: any order, among: [browse, sign]}]", ["search", "browse", "pay", "thank"]),
        ("links: [{kind: alternative, among: [pay, search], deleted: true}]", ["search", "browse", "pay", "thank"]),
        ("links: [{kind: then, from: pay, to: search}]", ["search", "browse", "pay", "thank"]),
    ],
)
def test_blocks_gather_what_stands_at_one_place(links, read):
    assert blocks(outline(links)) == read


def test_a_stage_in_any_order_is_one_block():
    any_order = Outline(read_map(SHOP.replace("{id: look, ", "{id: look, any_order: true, ")))
    assert any_order.blocks[0] == Block("any order", ("search", "browse"))
    assert blocks(any_order) == ["search&browse", "pay", "thank"]


@pytest.mark.parametrize(
    ("more", "moves"),
    [
        ("", ["search>browse", "browse>pay", "pay>thank"]),
        (
            "links: [{kind: alternative, among: [browse, pay]}]",
            ["search>browse", "search>pay", "browse>thank", "pay>thank"],
        ),
        (
            "links: [{kind: then, from: pay, to: search}, {kind: then, from: search, to: browse}]",
            ["search>browse", "browse>pay", "pay>thank", "pay>search"],
        ),
        ("links: [{kind: then, from: pay, to: sign}]", ["search>browse", "browse>pay", "pay>thank"]),
        ("links: [{kind: then, from: pay}]", ["search>browse", "browse>pay", "pay>thank"]),
    ],
)
def test_edges_are_neighbours_and_links_between_bound_touchpoints(more, moves):
    assert [f"{a}>{b}" for a, b in outline(more).edges] == moves


def test_a_promise_counted_from_a_touchpoint_is_an_edge_too():
    promised = outline(thank="promise: {time: {within: 1d, after: browse}, channels: {web: {time: {after: search}}}}")
    assert promised.edges[3:] == [("browse", "thank"), ("search", "thank")]


@pytest.mark.parametrize(
    ("fields", "reached"),
    [
        ({}, ["thank"]),
        ({"thank": "optional: true"}, ["pay"]),
        ({"thank": "front: false", "pay": "optional: true"}, ["browse"]),
    ],
)
def test_without_a_word_success_is_the_last_touchpoint_that_customers_must_meet(fields, reached):
    assert outline(**fields).success == reached


def test_success_is_what_the_map_says_as_far_as_it_is_alive():
    said = SHOP.replace("title: Shop}", "title: Shop, journey: {success: [sign, former, pay]}}")
    assert Outline(read_map(said)).success == ["sign", "pay"]


# Cards and channels

CARDS = """\
personas: [{id: maya}, {id: leo}]
cards:
  - {at: pay, lane: feeling, level: -2}
  - {at: pay, lane: feeling, level: 1, persona: maya}
  - {at: pay, lane: pain, says: Slow}
  - {at: pay, lane: pain, says: Dear, persona: leo}
  - {at: pay, lane: pain, says: Old, deleted: true}
"""


def test_cards_of_a_lane_are_everybodys_and_if_asked_a_personas_own():
    shop = outline(CARDS)
    assert [card.says for card in shop.cards("pay", "pain")] == ["Slow"]
    assert [card.says for card in shop.cards("pay", "pain", persona="leo")] == ["Slow", "Dear"]
    assert shop.cards("search", "pain") == []


def test_the_intended_feeling_is_a_personas_own_then_the_mean_then_the_promised_one():
    shop = outline(CARDS, thank="promise: {feeling: 1.5}", pay="promise: {feeling: 2}")
    assert shop.intended_feeling("pay", persona="maya") == 1
    assert shop.intended_feeling("pay", persona="leo") == -0.5
    assert shop.intended_feeling("pay") == -0.5
    assert shop.intended_feeling("thank") == 1.5
    assert [shop.intended_feeling("search"), shop.intended_feeling("look"), shop.intended_feeling("none")] == [None] * 3


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("web", "web"),
        ("WEB SITE", "web"),
        ("www", "web"),
        ("online", "web"),
        ("fax", "fax"),
        ("Fax", "Fax"),
        ("", ""),
        (None, None),
    ],
)
def test_a_sources_channel_is_found_by_id_title_or_name(name, id_):
    assert outline().channel_ids(name) == id_
