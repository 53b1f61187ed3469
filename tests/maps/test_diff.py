from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.maps.diff import diff_maps
from desireline.maps.edits import move_record
from desireline.maps.files import map_data, read_map
from desireline.maps.records import Map

from .given import as_map, map_records

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
    a, b = as_map(one), as_map(two)
    assert diff_maps(a, a) == []
    forth, back = diff_maps(a, b), diff_maps(b, a)
    assert bool(forth) == bool(back)
    assert sum(change.kind == "added" for change in forth) == sum(change.kind == "removed" for change in back)


# What is no change


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: checkout, ", "id: checkout, optional: false, front: true, acts: customer, influence: yes, kpis: [], "),
        ("title: Shop, ", "title: Shop, journey: {by: life}, promise: {}, "),
        ("id: checkout, ", "id: checkout, about: , team: , "),
        ("within: 1d", "within: 24h, by_due: false"),
        ("says: Slow", "says: Slow, deleted: false"),
    ],
)
def test_defaults_that_are_written_out_are_no_change(old, new):
    assert says(SHOP.replace(old, new)) == []
    assert says(SHOP, SHOP.replace(old, new)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{status: [ok, late]}", "{status: [late, ok]}"),
        ("{property: {plan: [pro, free]}}", "{property: {plan: {any_of: [free, pro]}}}"),
        ("{any: [{event: a}, {event: [b, c]}]}", "{any: [{event: [c, b]}, {event: {equals: a}}]}"),
        ("{not: {all: [{event: a}, {channel: b}]}}", "{not: {all: [{channel: b}, {event: a}]}}"),
        ("{event: [a, b]}", "{event: [b, a, b]}"),
        ("{event: 12}", "{event: '12'}"),
    ],
)
def test_a_rule_that_means_the_same_is_no_change(one, other):
    head = "map: {id: m, title: M, feedback: "
    assert says(f"{head}{other}}}", f"{head}{one}}}") == []


# What is a change, and told once


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: checkout, ", "id: checkout, optional: true, ", "touchpoint “Checkout”: optional changed from no to yes."),
        ("id: checkout, ", "id: checkout, front: false, ", "touchpoint “Checkout”: front changed from yes to no."),
        ("says: Fast.", "says: Fast., feeling: 0", "touchpoint “Payment”: promise.feeling is now 0."),
        (
            "within: 1d",
            "within: 1d, by_due: true",
            "touchpoint “Payment”: promise.time.by due changed from no to yes.",
        ),
        (
            "channels: [{id: web, title: Web}",
            "channels: [{id: web, title: Web, names: [www]}",
            "channel “Web”: names gained “www”.",
        ),
        ("title: Shop, ", "title: Our shop, ", "map “Shop” is now called “Our shop”."),
        ("{id: shop, ", "{id: store-map, ", "map “Shop” has the new id 'store-map', before 'shop'."),
    ],
)
def test_a_change_is_told_once(old, new, told):
    assert says(SHOP.replace(old, new)) == [told]


def test_a_new_id_is_not_told_again_by_those_that_mention_it():
    old = SHOP + "  - {at: buy, lane: note, says: Here}\n"
    old = old.replace("promise: {", "promise: {channels: {web: {feeling: 1}}, ").replace(
        "owner: Ana", "owner: Ana, journey: {success: [pay]}"
    )
    new = (
        old.replace("id: buy", "id: purchase")
        .replace("stage: buy", "stage: purchase")
        .replace("at: buy", "at: purchase")
    )
    assert says(new, old) == ["stage “Purchase” has the new id 'purchase', before 'buy'."]
    new = old.replace("id: web", "id: site").replace("[web, store]", "[site, store]").replace("{web: {", "{site: {")
    assert says(new, old) == ["channel “Web” has the new id 'site', before 'web'."]
    new = old.replace("id: pay", "id: till").replace("at: pay", "at: till").replace("[pay]", "[till]")
    assert says(new, old) == ["touchpoint “Payment” has the new id 'till', before 'pay'."]


# Laws


def shuffled(value: Any, luck: random.Random) -> Any:
    """The same data, its mappings in another order of keys."""
    if isinstance(value, dict):
        return {name: shuffled(value[name], luck) for name in luck.sample(list(value), len(value))}
    return [shuffled(item, luck) for item in value] if isinstance(value, list) else value


@settings(max_examples=15, deadline=None)
@given(map_records(), st.randoms(use_true_random=False))
def test_another_order_of_keys_and_of_unordered_sections_is_no_change(records, luck):
    other = shuffled(map_data(as_map(records)), luck)
    for section in ("channels", "links", "systems", "teams", "campaigns"):
        luck.shuffle(other.get(section, []))
    assert diff_maps(as_map(records), Map.model_validate(other)) == []


@settings(max_examples=15, deadline=None)
@given(map_records(), map_records())
def test_every_change_is_told_once(one, two):
    changes = diff_maps(as_map(one), as_map(two))
    told = [(change.kind, change.record, change.id, change.field) for change in changes]
    assert len(set(told)) == len(told)
    assert all(change.says.endswith(".") and change.old != change.new for change in changes)


@settings(max_examples=15, deadline=None)
@given(map_records(), st.data())
def test_a_move_is_told_as_one_move(records, data):
    map = as_map(records)
    stage = data.draw(st.sampled_from(map.stages)).id
    moved = move_record(map, stage)
    kinds = [(change.kind, change.id) for change in diff_maps(map, moved)]
    assert kinds == ([("moved", stage)] if map.stages[-1].id != stage else [])
