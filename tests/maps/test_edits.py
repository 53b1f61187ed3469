from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.errors import MapInvalid, UnknownRecord
from desireline.maps.edits import (
    DIGITS,
    add_record,
    change_record,
    even_keys,
    key_between,
    move_record,
    remove_record,
)
from desireline.maps.files import map_text, read_map
from desireline.maps.outline import Outline, in_order

from .given import as_map, map_records, texts

SHOP = read_map("""\
map: {id: shop, title: Shop}
stages: [{id: look}, {id: buy}]
touchpoints:
  - {id: a, stage: look}
  - {id: b, stage: look}
  - {id: c, stage: look}
  - {id: d, stage: buy}
""")


def order(map, stage: str) -> list[str]:
    return [point.id for point in Outline(map).touchpoints if point.stage == stage]


def test_a_record_is_added_and_the_old_map_stays():
    more = add_record(SHOP, "touchpoints", {"id": "e", "stage": "buy"})
    assert (order(more, "buy"), order(SHOP, "buy")) == (["d", "e"], ["d"])


def test_fields_are_changed_and_taken_out():
    titled = change_record(SHOP, "a", title="A", promise={"feeling": 1})
    assert titled.touchpoints[0].promise is not None
    assert change_record(titled, "a", title=None, promise=None) == SHOP
    assert change_record(SHOP, "shop", owner="Ana").map.owner == "Ana"


def test_a_removed_record_counts_as_deleted():
    assert order(remove_record(SHOP, "b"), "look") == ["a", "c"]


@pytest.mark.parametrize(
    ("id_", "before", "stage", "look", "buy"),
    [
        ("c", "a", None, ["c", "a", "b"], ["d"]),
        ("a", "c", None, ["b", "a", "c"], ["d"]),
        ("a", None, None, ["b", "c", "a"], ["d"]),
        ("a", "d", "buy", ["b", "c"], ["a", "d"]),
        ("a", None, "buy", ["b", "c"], ["d", "a"]),
    ],
)
def test_a_touchpoint_moves_within_and_between_stages(id_, before, stage, look, buy):
    moved = move_record(SHOP, id_, before=before, stage=stage)
    assert (order(moved, "look"), order(moved, "buy")) == (look, buy)


def test_a_second_move_touches_one_record_only():
    once = move_record(SHOP, "c", before="a")
    twice = move_record(once, "c", before="b")
    assert order(twice, "look") == ["a", "c", "b"]
    assert [old == new for old, new in zip(once.touchpoints, twice.touchpoints, strict=True)] == [
        True,
        True,
        False,
        True,
    ]


def test_stages_move_too():
    assert [stage.id for stage in in_order(move_record(SHOP, "buy", before="look").stages)] == ["buy", "look"]


def test_broken_edits_name_record_and_field():
    with pytest.raises(MapInvalid, match=re.escape("touchpoint “a”, field stage: no stage has the id “bye”")):
        change_record(SHOP, "a", stage="bye")
    with pytest.raises(MapInvalid, match=re.escape("touchpoint “a”, field optional: must be true or false")):
        change_record(SHOP, "a", optional="perhaps")
    with pytest.raises(UnknownRecord):
        move_record(SHOP, "a", before="d")
    with pytest.raises(UnknownRecord):
        change_record(SHOP, "z", title="Z")


@given(st.lists(st.integers(0, 1_000), min_size=1, max_size=60))
def test_there_is_always_a_key_between_two_keys(places):
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        keys.insert(at, key_between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None))
    assert keys == sorted(set(keys))
    assert all(set(key) <= set(DIGITS) and not key.endswith("0") for key in keys)


def test_appending_keeps_keys_short():
    key = None
    for _ in range(200):
        key = key_between(key, None)
    assert key is not None
    assert len(key) <= 8


@pytest.mark.parametrize("count", [0, 1, 15, 61, 4_000])
def test_even_keys_rise_and_leave_room(count):
    keys = even_keys(count)
    assert keys == sorted(set(keys))
    assert len(keys) == count
    assert all(a < key_between(a, b) < b for a, b in pairwise(keys))


def test_keys_in_the_wrong_order_are_refused():
    with pytest.raises(ValueError, match="no key lies between"):
        key_between("b", "a")


@pytest.mark.parametrize("keys", [(None, "0"), ("", "A"), ("A", "A"), ("A0", None), (None, "A-"), ("é", None)])
def test_keys_between_which_nothing_fits_are_refused(keys):
    with pytest.raises(ValueError, match="no key lies between"):
        key_between(*keys)


def test_records_of_other_sections_and_ids_that_are_taken_are_refused():
    with pytest.raises(UnknownRecord, match=r"'touchpoint'\. Did you mean 'touchpoints'"):
        add_record(SHOP, "touchpoint", {"id": "e", "stage": "buy"})
    with pytest.raises(MapInvalid, match="the id “a” is taken by a stage already"):
        add_record(SHOP, "stages", {"id": "a"})
    with pytest.raises(MapInvalid, match="no stage has the id “nowhere”"):
        move_record(SHOP, "a", stage="nowhere")


@settings(max_examples=20, deadline=None)
@given(map_records(), st.data())
def test_whatever_is_edited_the_map_stays_valid_and_the_old_one_as_it_was(records, data):
    map = before = as_map(records)
    for number in range(data.draw(st.integers(1, 5))):
        points = in_order(map.touchpoints) or [None]
        point, stage = data.draw(st.sampled_from(points)), data.draw(st.sampled_from(map.stages)).id
        edit = data.draw(st.sampled_from(["add", "change", "remove", "move"])) if point else "add"
        if edit == "add":
            map = add_record(map, "touchpoints", {"id": f"new{number}", "stage": stage})
        elif edit == "change":
            map = change_record(map, point.id, title=data.draw(texts))
        elif edit == "remove":
            map = remove_record(map, point.id)
        else:
            ahead = [one.id for one in points if one.stage == stage and one.id != point.id]
            at = data.draw(st.integers(0, len(ahead)))
            map = move_record(map, point.id, stage=stage, before=ahead[at] if at < len(ahead) else None)
            assert order(map, stage) == [*ahead[:at], point.id, *ahead[at:]]
    assert read_map(map_text(map)) == map
    assert before == as_map(records)
