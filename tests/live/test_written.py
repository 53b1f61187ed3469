"""A map leaves as the file that it came from: what nobody changed is the same, byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc
from tests.maps.given import as_map, map_records

from desireline.live.bring import bring
from desireline.live.document import document_data
from desireline.live.recognised import file_data
from desireline.live.shape import RECORDS, new_document, root
from desireline.live.written import map_of_document, written_text
from desireline.maps.files import map_data, map_text, read_map

SOURCE = Path(__file__).parents[2]
FILES = sorted([*SOURCE.glob("src/desireline/**/*.journey.yaml"), *SOURCE.glob("examples/*/*.journey.yaml")])

SHOP = """\
# Ours since 2024
format: desireline/1
map: {id: shop, title: "Shop"}   # working title

stages:
  - id: buy
    title: Buy
    any_order: false   # said on purpose

  # Everything after money
  - id: own
    title: Own

touchpoints:
  - {id: pay, stage: buy, title: 'Pay'}   # where money moves
  # The first look inside
  - {id: unpack, stage: own, title: Unpack}
  - {id: wear, stage: own, title: Wear}

cards:
  - {at: pay, lane: doing, says: Types a number}
  - {at: pay, lane: doing, says: Waits}
  # Nobody likes this
  - {at: pay, lane: doing, says: Types it again}
  - {at: wear, lane: feeling, level: 1}
"""


def brought(text: str, doc: Doc[Any] | None = None) -> Doc[Any]:
    """The document that holds the map of this text."""
    doc = new_document() if doc is None else doc
    bring(doc, file_data(text, document_data(doc) or None))
    return doc


def out(doc: Doc[Any], base: str = SHOP) -> str:
    return written_text(document_data(doc), base)


def change(doc: Doc[Any], id_: str, **fields: Any) -> None:
    data = document_data(doc)
    rows = [row for some in data.values() if isinstance(some, list) for row in some]
    next(row for row in rows if row["id"] == id_).update(fields)
    bring(doc, data)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_of_the_project_leaves_as_it_came(path: Path):
    text = path.read_text(encoding="utf-8")
    assert out(brought(text), text) == text


def test_an_edit_changes_its_line_only():
    doc = brought(SHOP)
    change(doc, "unpack", title="Unwrap", optional=True)
    assert out(doc) == SHOP.replace("title: Unpack}", "title: Unwrap, optional: true}")


def test_what_says_nothing_is_not_written():
    doc = brought(SHOP)
    change(doc, "unpack", about="", optional=False, channels=[], deleted=False)
    assert out(doc) == SHOP


def test_a_record_that_moved_takes_its_notes_along():
    doc = brought(SHOP)
    data = document_data(doc)
    pay, unpack, wear = data["touchpoints"]
    data["touchpoints"] = [{key: row[key] for key in row if key != "order"} for row in (wear, pay, unpack)]
    bring(doc, data)
    lines = SHOP.splitlines(keepends=True)
    at = lines.index("  - {id: pay, stage: buy, title: 'Pay'}   # where money moves\n")
    assert out(doc) == "".join([*lines[:at], lines[at + 3], *lines[at : at + 3], *lines[at + 4 :]])


def test_what_was_deleted_is_left_out_with_its_notes():
    doc = brought(SHOP)
    change(doc, "unpack", deleted=True)
    gone = "  # The first look inside\n  - {id: unpack, stage: own, title: Unpack}\n"
    assert out(doc) == SHOP.replace(gone, "")


def test_what_is_still_mentioned_stays_as_deleted():
    doc = brought(SHOP)
    change(doc, "pay", deleted=True)
    assert out(doc) == SHOP.replace("title: 'Pay'}", "title: 'Pay', deleted: true}")


def test_nameless_cards_are_named_where_reading_would_take_them_for_others():
    doc = brought(SHOP)
    change(doc, "pay.doing.1", deleted=True)
    text = out(doc)
    assert "Types a number" not in text
    again = file_data(text)["cards"]
    assert [(card["id"], card.get("says")) for card in again] == [
        ("pay.doing.2", "Waits"),
        ("pay.doing.3", "Types it again"),
        ("wear.feeling.1", None),
    ]


def test_a_new_record_stands_where_it_was_put():
    doc = brought(SHOP)
    data = document_data(doc)
    data["touchpoints"].insert(1, {"id": "wait", "stage": "buy", "title": "Wait: an hour"})
    data["touchpoints"] = [{key: row[key] for key in row if key != "order"} for row in data["touchpoints"]]
    bring(doc, data)
    pay = "  - {id: pay, stage: buy, title: 'Pay'}   # where money moves\n"
    assert out(doc) == SHOP.replace(pay, pay + "  - {id: wait, title: 'Wait: an hour', stage: buy}\n")


def test_a_file_that_orders_by_keys_keeps_its_lines_where_they_are():
    text = SHOP.replace("title: 'Pay'}", "title: 'Pay', order: V}").replace("title: Wear}", "title: Wear, order: B}")
    doc = brought(text)
    assert [row["id"] for row in document_data(doc)["touchpoints"]] == ["wear", "pay", "unpack"]
    assert out(doc, text) == text


def test_without_a_file_to_go_by_the_map_is_written_anew():
    doc = brought(SHOP)
    for base in ("", "not: [a map"):
        assert map_of_document(map_data(read_map(out(doc, base)))) == map_of_document(document_data(doc))


# Back in again


def test_a_card_that_was_taken_out_by_hand_renumbers_no_other():
    doc = brought(SHOP)
    hand = SHOP.replace("  - {at: pay, lane: doing, says: Types a number}\n", "").replace("Waits", "Waits long")
    brought(hand, doc)
    assert {row["id"]: (row.get("says"), row.get("deleted", False)) for row in document_data(doc)["cards"]} == {
        "pay.doing.1": ("Types a number", True),
        "pay.doing.2": ("Waits long", False),
        "pay.doing.3": ("Types it again", False),
        "wear.feeling.1": (None, False),
    }


def test_out_by_hand_in_and_out_again_is_what_the_hand_wrote():
    doc = brought(SHOP)
    change(doc, "wear", title="Wear it")
    hand = out(doc).replace("# Ours since 2024", "# Ours since 2024, and Ana's") + "\n# The end\n"
    hand = hand.replace("{at: pay, lane: doing, says: Waits}\n", "{at: pay, lane: doing, says: Sighs}   # loudly\n")
    brought(hand, doc)
    assert out(doc, hand) == hand


def test_what_came_back_is_there_again():
    doc = brought(SHOP)
    change(doc, "unpack", deleted=True)
    brought(SHOP, doc)
    assert out(doc) == SHOP
    assert "deleted" not in root(doc, RECORDS)["unpack"]


# Laws


@settings(max_examples=60, deadline=None)
@given(map_records(), st.data())
def test_any_map_however_it_was_edited_is_read_back_from_its_file(records, draw):
    base = map_text(as_map(records))
    doc = brought(base)
    data = document_data(doc)
    for section in [name for name, value in data.items() if isinstance(value, list)]:
        rows = draw.draw(st.permutations(data[section]))
        for row in rows:
            row.pop("order")
            if draw.draw(st.integers(0, 5)) == 0:
                row["deleted"] = True
            if "title" in row and draw.draw(st.booleans()):
                row["title"] = draw.draw(st.sampled_from(["", "Ähm: 🙂", "- no", "two\nlines"]))
        data[section] = rows
    bring(doc, data)
    text, wanted = out(doc, base), map_of_document(document_data(doc))
    assert map_of_document(file_data(text, document_data(doc))) == wanted
    brought(text, doc)
    assert map_of_document(document_data(doc)) == wanted
    assert out(doc, text) == text
