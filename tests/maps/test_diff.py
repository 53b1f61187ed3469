from __future__ import annotations

from hypothesis import given, settings

from desireline.maps.diff import diff_maps
from desireline.maps.files import read_map
from desireline.maps.records import Map

from .given import map_records

SHOP = """\
map: {id: shop, title: Shop, owner: Ana}
channels: [{id: web, title: Web}, {id: store, title: Store}]
stages:
  - {id: decide, title: Decision}
  - {id: buy, title: Purchase}
touchpoints:
  - {id: look, stage: decide, title: Look, channels: [web, store], when: {event: [look, view]}}
  - {id: checkout, stage: buy, title: Checkout}
  - {id: pay, stage: buy, title: Payment, promise: {time: {within: 1d}, says: Fast.}}
cards:
  - {at: pay, lane: pain, says: Slow}
  - {at: pay, lane: pain, says: Dear}
"""


def says(new: str, old: str = SHOP) -> list[str]:
    return [change.says for change in diff_maps(read_map(old), read_map(new))]


def test_other_writing_of_the_same_is_no_change():
    other = """\
format: desireline/1
touchpoints:
  - {stage: buy, id: checkout, title: Checkout}
  - {id: pay, title: Payment, stage: buy, promise: {says: Fast., time: {within: 24h}}, optional: }
  - id: look
    title: "Look"
    channels: [store, web]
    when: {event: {any_of: [view, look]}}
    stage: decide
stages: [{id: decide, title: Decision}, {id: buy, title: Purchase}]
channels: [{id: store, title: Store}, {id: web, title: Web}]
cards:
  - {id: first, at: pay, lane: pain, says: Slow}
  - {says: Dear, at: pay, lane: pain}
map: {title: Shop, id: shop, owner: Ana}
"""
    assert says(other) == []


def test_records_come_and_go():
    assert says(SHOP.replace("  - {id: checkout, stage: buy, title: Checkout}\n", "  - {id: cart, stage: buy}\n")) == [
        "touchpoint “Checkout” was removed in “Purchase”.",
        "touchpoint “cart” was added in “Purchase”.",
    ]


def test_a_soft_delete_is_a_removal():
    assert says(SHOP.replace("title: Store}", "title: Store, deleted: true}")) == ["channel “Store” was removed."]


def test_a_touchpoint_moves_between_stages():
    moved = SHOP.replace("{id: checkout, stage: buy", "{id: checkout, stage: decide")
    assert says(moved) == ["touchpoint “Checkout” moved from “Purchase” to “Decision”."]


def test_a_new_order_is_told_with_the_fewest_moves():
    first = "map: {id: m, title: M}\nstages: [{id: a}, {id: b}, {id: c}, {id: d}]"
    assert says(first.replace("{id: a}, {id: b}, {id: c}, {id: d}", "{id: d}, {id: a}, {id: b}, {id: c}"), first) == [
        "stage “d” moved to the front."
    ]
    assert says(first.replace("{id: b}, {id: c}, {id: d}", "{id: c}, {id: d}, {id: b}"), first) == [
        "stage “b” moved after “d”."
    ]


def test_names_fields_and_lists_are_told_in_words():
    new = SHOP.replace(
        "title: Payment, promise: {time: {within: 1d}, says: Fast.}", "title: Pay, promise: {time: {within: 2d}}"
    )
    new = new.replace("channels: [web, store]", "channels: [web]").replace("owner: Ana", "owner: Bo")
    assert says(new) == [
        "map “Shop”: owner changed from “Ana” to “Bo”.",
        "touchpoint “Look”: channels lost “Store”.",
        "touchpoint “Payment” is now called “Pay”.",
        "touchpoint “Payment”: promise.time.within changed from “1d” to “2d”.",
        "touchpoint “Payment”: promise.says is no longer said (it was “Fast.”).",
    ]


def test_a_rule_is_told_as_a_whole():
    assert says(SHOP.replace("{event: [look, view]}", "{event: look}")) == [
        "touchpoint “Look”: when changed from {event: [look, view]} to {event: look}."
    ]


def test_a_new_id_alone_is_a_renaming():
    changes = diff_maps(read_map(SHOP), read_map(SHOP.replace("id: checkout", "id: till")))
    assert [(change.kind, change.old, change.new) for change in changes] == [("renamed", "checkout", "till")]


def test_removing_the_first_nameless_card_leaves_the_second_alone():
    assert says(SHOP.replace("  - {at: pay, lane: pain, says: Slow}\n", "")) == [
        "pain card “Slow” at “Payment” was removed."
    ]


def test_a_card_that_says_something_else_is_changed():
    assert says(SHOP.replace("says: Slow", "says: Late")) == [
        "pain card “Late” at “Payment”: says changed from “Slow” to “Late”."
    ]


def test_changes_are_plain_data_too():
    change = diff_maps(read_map(SHOP), read_map(SHOP.replace("owner: Ana", "owner: Bo")))[0]
    assert change.as_json() == {
        "kind": "changed",
        "record": "map",
        "id": "shop",
        "field": "owner",
        "old": "Ana",
        "new": "Bo",
        "says": "map “Shop”: owner changed from “Ana” to “Bo”.",
    }


@settings(max_examples=15, deadline=None)
@given(map_records(), map_records())
def test_equal_maps_have_no_changes_and_other_maps_have_some(one, two):
    a, b = (_map(records) for records in (one, two))
    assert diff_maps(a, a) == []
    forth, back = diff_maps(a, b), diff_maps(b, a)
    assert bool(forth) == bool(back)
    assert sum(change.kind == "added" for change in forth) == sum(change.kind == "removed" for change in back)


def _map(records) -> Map:
    cards = [{"id": f"c{number}", **card} for number, card in enumerate(records["cards"])]
    links = [{"id": f"l{number}", **link} for number, link in enumerate(records["links"])]
    return Map.model_validate({**records, "cards": cards, "links": links})
