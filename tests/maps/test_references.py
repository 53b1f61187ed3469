from __future__ import annotations

import re

import pytest

from desireline.errors import MapInvalid
from desireline.maps.files import read_map
from desireline.maps.ids import with_ids

HEAD = """\
map: {id: m, title: M}
personas: [{id: maya}]
teams: [{id: sales}]
channels: [{id: web}]
systems: [{id: crm}]
campaigns: [{id: spring}]
stages: [{id: buy}]
touchpoints: [{id: pay, stage: buy}]
"""


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("{id: x, stage: by}", "field stage: no stage has the id “by”. Did you mean 'buy'?"),
        ("{id: x, stage: pay}", "field stage: “pay” is a touchpoint; here a stage is wanted."),
        ("{id: x, stage: buy, team: sale}", "field team: no team has the id “sale”. Did you mean 'sales'?"),
        ("{id: x, stage: buy, supporting: [sales, it]}", "field supporting: no team has the id “it”."),
        ("{id: x, stage: buy, channels: [wap]}", "field channels: no channel has the id “wap”."),
        ("{id: x, stage: buy, systems: [erp]}", "field systems: no system has the id “erp”."),
        ("{id: x, stage: buy, campaigns: [sprig]}", "field campaigns: no campaign has the id “sprig”."),
        (
            "{id: x, stage: buy, promise: {time: {after: pya}}}",
            "field promise.time.after: no touchpoint has the id “pya”.",
        ),
        (
            "{id: x, stage: buy, promise: {channels: {app: {}}}}",
            "field promise.channels.app: no channel has the id “app”.",
        ),
        (
            "{id: x, stage: buy, promise: {channels: {web: {time: {after: q}}}}}",
            "field promise.channels.web.time.after: no touchpoint has the id “q”.",
        ),
        ("{id: maya, stage: buy}", "field id: the id “maya” is taken by a persona already"),
        ("{id: m, stage: buy}", "field id: the id “m” is taken by a map already"),
    ],
)
def test_a_touchpoint_mentions_only_what_the_map_has(record, says):
    with pytest.raises(MapInvalid, match=re.escape(says)):
        read_map(HEAD.replace("{id: pay, stage: buy}", f"{{id: pay, stage: buy}}, {record}"))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("cards: [{at: maya, lane: doing}]", "field at: “maya” is a persona; here a touchpoint or stage is wanted."),
        ("cards: [{at: pay, lane: doing, persona: mia}]", "field persona: no persona has the id “mia”."),
        ("cards: [{at: pay, lane: doing, evidence: {at: py}}]", "field evidence.at: no touchpoint or stage or map"),
        (
            "links: [{kind: then, from: pay, to: pays}]",
            "field to: no touchpoint has the id “pays”. Did you mean 'pay'?",
        ),
        ("links: [{kind: alternative, among: [pay, cash]}]", "field among: no touchpoint has the id “cash”."),
    ],
)
def test_cards_and_links_mention_only_what_the_map_has(more, says):
    with pytest.raises(MapInvalid, match=re.escape(says)):
        read_map(HEAD + more)


def test_success_must_be_on_the_map():
    with pytest.raises(
        MapInvalid, match=r"field map\.journey\.success: no touchpoint has the id “pays”\. Did you mean 'pay'"
    ):
        read_map(HEAD.replace("title: M", "title: M, journey: {success: [pays]}"))


def test_a_mention_of_a_deleted_record_still_loads():
    assert read_map(HEAD.replace("{id: buy}", "{id: buy, deleted: true}")).stages[0].deleted


def test_ids_of_nameless_records_avoid_those_that_are_taken():
    cards = [
        {"at": "pay", "lane": "pain"},
        {"id": "pay.pain.2", "at": "pay", "lane": "note"},
        {"at": "pay", "lane": "pain"},
    ]
    links = [{"kind": "any order", "among": ["a", "b"]}, {"kind": "any order", "among": ["a", "b"]}]
    named = with_ids({"cards": cards, "links": links})
    assert [card["id"] for card in named["cards"]] == ["pay.pain.1", "pay.pain.2", "pay.pain.3"]
    assert [link["id"] for link in named["links"]] == ["any-order.a.b", "any-order.a.b.2"]


def test_nameless_ids_stay_when_a_card_is_deleted():
    text = HEAD + "cards:\n  - {at: pay, lane: pain, says: a, deleted: true}\n  - {at: pay, lane: pain, says: b}\n"
    assert [card.id for card in read_map(text).cards] == ["pay.pain.1", "pay.pain.2"]
