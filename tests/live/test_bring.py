"""A shared map is brought to what somebody wrote elsewhere, and nothing else happens to it."""

from __future__ import annotations

import copy
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, Text
from tests.maps.given import as_map, map_records, texts

from desireline.live.bring import bring, bring_text
from desireline.live.document import document_data
from desireline.live.orders import fitted
from desireline.live.shape import RECORDS, new_document, root
from desireline.maps.files import map_data, read_map
from desireline.maps.records import SECTIONS

SMALL = """\
map: {id: shop, title: Shop}
stages:
  - {id: buy, title: Buy}
  - {id: use, title: Use}
touchpoints:
  - {id: cart, title: Cart, stage: buy}
  - {id: pay, title: Pay, stage: buy}
  - {id: wear, title: Wear, stage: use}
"""

Data = dict[str, Any]


def small() -> Data:
    return map_data(read_map(SMALL))


def shared(data: Data) -> Doc[Any]:
    doc = new_document()
    bring(doc, data)
    return doc


def copied(doc: Doc[Any]) -> Doc[Any]:
    other = new_document()
    other.apply_update(doc.get_update())
    return other


def exchange(a: Doc[Any], b: Doc[Any]) -> None:
    for one, other in ((a, b), (b, a)):
        other.apply_update(one.get_update(other.get_state()))


def unkeyed(data: Data) -> Data:
    """The map without order keys, each list in reading order; what is deleted is left out."""
    found = {"format": data["format"], "map": data["map"]}
    for section in SECTIONS:
        rows = [row for row in data.get(section, []) if not row.get("deleted")]
        if rows:
            found[section] = [{k: v for k, v in row.items() if k != "order"} for row in rows]
    return found


def titles(doc: Doc[Any], section: str = "touchpoints") -> list[str]:
    return [row["title"] for row in document_data(doc)[section] if not row.get("deleted")]


# Laws


@given(map_records(), map_records())
@settings(max_examples=60, deadline=None)
def test_the_document_holds_what_it_was_brought_to(first: Data, second: Data):
    was, wanted = map_data(as_map(first)), map_data(as_map(second))
    doc = shared(was)
    assert unkeyed(document_data(doc)) == unkeyed(was)
    bring(doc, wanted)
    assert unkeyed(document_data(doc)) == unkeyed(wanted)


@given(map_records(), st.booleans())
@settings(max_examples=40, deadline=None)
def test_what_says_the_same_already_writes_nothing(records: Data, keyed: bool):
    wanted = map_data(as_map(records))
    doc = shared(wanted)
    before = doc.get_update()
    assert bring(doc, document_data(doc) if keyed else wanted) == []
    assert doc.get_update() == before


@given(st.lists(st.sampled_from("abcdefghij"), unique=True), st.randoms(use_true_random=False))
def test_order_keys_say_the_order_whatever_they_were(ids: list[str], at_random: random.Random):
    said = [at_random.choice([None, "V", "1", "z", "VV", "0", "a0", "k", "K"]) for _ in ids]
    keys = fitted(ids, said)
    assert sorted(zip(keys, ids, strict=True)) == list(zip(keys, ids, strict=True))
    assert all(set(key) and not key.endswith("0") for key in keys)


@given(st.lists(st.integers(0, 30), unique=True, max_size=12))
def test_as_many_keys_as_possible_stay(numbers: list[int]):
    ids = [f"r{place}" for place in range(len(numbers))]
    said = [f"{chr(65 + number // 9)}{number % 9 + 1}" for number in numbers]
    kept = sum(key == was for key, was in zip(fitted(ids, said), said, strict=True))
    assert kept >= _longest(said)


def _longest(keys: list[str]) -> int:
    best = [0] * len(keys)
    for place, key in enumerate(keys):
        best[place] = 1 + max((best[before] for before in range(place) if keys[before] < key), default=0)
    return max(best, default=0)


@given(texts, texts)
@settings(max_examples=200)
def test_a_text_says_what_it_was_brought_to(was: str, wanted: str):
    doc = new_document()
    text = root(doc, "map")["title"] = Text(was)
    bring_text(text, wanted)
    assert str(text) == wanted


@given(map_records(), map_records(), map_records())
@settings(max_examples=40, deadline=None)
def test_two_who_bring_it_at_once_end_with_the_same(first: Data, second: Data, third: Data):
    ana = shared(map_data(as_map(first)))
    ben = copied(ana)
    bring(ana, map_data(as_map(second)))
    bring(ben, map_data(as_map(third)))
    exchange(ana, ben)
    assert document_data(ana) == document_data(ben)


# Stories


def test_a_new_record_stands_where_the_file_has_it_and_the_others_keep_their_keys():
    doc = shared(small())
    keys = {row["id"]: row["order"] for row in document_data(doc)["touchpoints"]}
    wanted = small()
    wanted["touchpoints"].insert(1, {"id": "try", "title": "Try", "stage": "buy"})
    assert bring(doc, wanted) == ["try"]
    assert titles(doc) == ["Cart", "Try", "Pay", "Wear"]
    assert {row["id"]: row["order"] for row in document_data(doc)["touchpoints"]}.items() >= keys.items()


def test_a_moved_record_alone_gets_another_key():
    doc = shared(small())
    wanted = small()
    wanted["touchpoints"].insert(0, wanted["touchpoints"].pop())
    assert bring(doc, wanted) == ["wear"]
    assert titles(doc) == ["Wear", "Cart", "Pay"]


def test_room_is_found_between_two_who_got_the_same_key():
    doc = shared(small())
    for id_ in ("cart", "pay"):
        root(doc, RECORDS)[id_]["order"] = "V"
    root(doc, RECORDS)["wear"]["order"] = "W"
    wanted = small()
    wanted["touchpoints"].insert(1, {"id": "try", "title": "Try", "stage": "buy"})
    assert bring(doc, wanted) == ["try", "pay"]
    assert titles(doc) == ["Cart", "Try", "Pay", "Wear"]


def test_letters_typed_during_an_import_stay_where_they_were_typed():
    ana = shared(small())
    text = root(ana, RECORDS)["cart"]["title"]
    bring_text(text, "Fill the cart, then wait 😀 for it")
    ben = copied(ana)
    root(ben, RECORDS)["cart"]["title"].insert(len(b"Fill the cart"), " twice")
    wanted = copy.deepcopy(document_data(ana))
    next(row for row in wanted["touchpoints"] if row["id"] == "cart")["title"] = "Fill my cart, then wait 😁 for them"
    bring(ana, wanted)
    exchange(ana, ben)
    assert titles(ana)[0] == titles(ben)[0] == "Fill my cart twice, then wait 😁 for them"


def test_a_record_that_the_file_lacks_is_deleted_softly_and_may_come_back():
    doc = shared(small())
    without = small()
    without["touchpoints"].pop(1)
    assert bring(doc, without) == ["pay"]
    assert (titles(doc), root(doc, RECORDS)["pay"]["deleted"]) == (["Cart", "Wear"], True)
    assert bring(doc, small()) == ["pay"]
    assert titles(doc) == ["Cart", "Pay", "Wear"]


def test_what_others_changed_since_a_file_was_written_out_stays():
    doc = shared(small())
    since, file = document_data(doc), document_data(doc)
    now = document_data(doc)
    now["map"]["owner"] = "Ben"
    now["touchpoints"][0]["title"] = "Basket"
    now["touchpoints"].insert(2, {"id": "wait", "title": "Wait", "stage": "buy"})
    now["touchpoints"] = [{k: v for k, v in row.items() if k != "order"} for row in now["touchpoints"]]
    bring(doc, now)
    file["touchpoints"][1]["title"] = "Pay at once"
    file["touchpoints"].append({"id": "return", "title": "Return", "stage": "use"})
    del file["touchpoints"][2]
    assert bring(doc, file, since=since) == ["pay", "return", "wear"]
    assert titles(doc) == ["Basket", "Pay at once", "Wait", "Return"]
    assert document_data(doc)["map"]["owner"] == "Ben"
