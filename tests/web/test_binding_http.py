"""Binding: events without a touchpoint, what a rule would take, and suggestions that people may take."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web.orders import Stretch, write_orders
from tests.web.test_doors import done
from tests.web.test_numbers_http import cli
from tests.web.with_data import Company, looked

from desireline.discovery.binding import Near, likeness, suggest_bindings
from desireline.kept.bindings import Claim, claim
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.maps.rules import Rule
from desireline.workspace import Workspace


def count(client: httpx.Client, company: Company, when: dict, at: str | None = None) -> Any:
    query = httpx.QueryParams({"when": json.dumps(when), **({"touchpoint": at} if at else {})})
    return looked(client, f"/api/maps/{company.map_id}/binding/count?{query}")


def without(map_: Map, id_: str) -> Map:
    """The map whose touchpoint is bound to nothing."""
    points = [point.model_copy(update={"when": None}) if point.id == id_ else point for point in map_.touchpoints]
    return map_.model_copy(update={"touchpoints": points})


def test_both_ways_of_coverage_are_those_of_the_command_line(company: Company, capsys):
    with company.served.client() as client:
        found = looked(client, f"/api/maps/{company.map_id}/binding")
    said = cli(capsys, "measure", company.file, "-w", company.folder)["coverage"]
    assert found["coverage"] == said
    assert [{key: row[key] for key in said["off_map"][0]} for row in found["unmatched"]] == said["off_map"]
    points = Outline(load_map(company.file)).touchpoints
    assert [(one["id"], one["bound"]) for one in found["touchpoints"]] == [
        (point.id, point.when is not None) for point in points
    ]


def test_a_rule_takes_what_measure_then_says(company: Company):
    shop, map_ = Workspace.open(company.folder), load_map(company.file)
    visits = {row["touchpoint"]: row for row in shop.measure(map_).coverage.visits.iter_rows(named=True)}
    for point in Outline(map_).bound:
        row = visits.get(point.id, {"events": 0, "customers": 0})
        assert point.when is not None
        found = shop.count_rule(without(map_, point.id), point.when, point.id)
        if row["customers"] == 0 or row["customers"] >= 5:
            assert found["here"] == {"events": row["events"], "customers": row["customers"]}, point.id
        else:
            assert found["here"] == {"events": None, "customers": None}


def test_the_trace_and_the_lake_count_the_same(company: Company):
    shop, outline = Workspace.open(company.folder), Outline(load_map(company.file))
    trace, snapshot = shop.trace(), shop._lake.current()
    rules = [*(point.when for point in outline.bound[:6] if point.when), Rule.model_validate({"event": {"glob": "*"}})]
    for rule in rules:
        plain = claim(trace, snapshot, outline, rule, None)
        by_lake = claim(
            trace,
            snapshot,
            outline,
            Rule.model_validate(
                {"all": [rule.model_dump(mode="json"), {"property": {"surely not": {"absent": True}}}]}
            ),
            None,
        )
        assert isinstance(plain, Claim)
        assert by_lake == plain


def test_a_rule_without_a_touchpoint_counts_what_is_off_the_map(company: Company):
    with company.served.client() as client:
        found = looked(client, f"/api/maps/{company.map_id}/binding")
        row = found["unmatched"][0]
        named = {"channel": row["named"]} if row["named"] else {"channel": {"absent": True}}
        said = count(client, company, {"event": row["event"], **named})
    assert said["here"] == {"events": row["events"], "customers": row["customers"]}
    assert said["meant"] == said["here"]


def test_a_rule_that_cannot_be_used_is_told_in_words(company: Company):
    with company.served.client() as client:
        address = f"/api/maps/{company.map_id}/binding/count"
        for when in ("{", "[]", '{"evnt": "pay"}', '{"event": {"regex": "("}}', "{}"):
            answer = client.get(address, params={"when": when})
            assert (answer.status_code, answer.json()["code"]) == (400, "wrong-use")
            assert "rule" in answer.json()["says"]
        answer = client.get(address, params={"when": '{"event": "pay"}', "touchpoint": "nowhere"})
        assert answer.status_code == 400


def test_nothing_is_counted_without_data(served: Any):
    id_ = served.new_map()
    with served.client() as client:
        for path in ("binding", 'binding/count?when={"event":"pay"}'):
            assert client.get(f"/api/maps/{id_}/{path}").json()["code"] == "no-data"


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        ("order_paid", "Pay the order", ["order"]),
        ("checkoutStarted", "Start the checkout", ["checkout", "started"]),
        ("newsletter-open", "Opened newsletter", ["newsletter", "open"]),
        ("refund", "Find a shirt", []),
    ],
)
def test_names_are_alike_by_their_words(a: str, b: str, shared: list[str]):
    assert likeness(a, b)[1] == shared


def test_suggestions_say_why_and_name_each_event_once():
    map_ = Map.model_validate(
        {
            "map": {"id": "m", "title": "M"},
            "stages": [{"id": "s", "title": "S"}],
            "touchpoints": [
                {"id": "search", "title": "Search", "stage": "s", "order": "a", "when": {"event": "search"}},
                {"id": "cart", "title": "Fill the cart", "stage": "s", "order": "b"},
                {"id": "pay", "title": "Pay", "stage": "s", "order": "c", "when": {"event": "pay"}},
            ],
        }
    )
    near = {
        "cart_add": Near({"search": 0.6}, {"pay": 0.5}),
        "weather": Near(),
        "basket": Near({"search": 0.9}, {"pay": 0.8}),
    }
    found = {one.event: one for one in suggest_bindings(Outline(map_), near)}
    assert {name: one.touchpoint for name, one in found.items()} == {"cart_add": "cart", "basket": "cart"}
    assert found["cart_add"].why == (
        "Its name shares “cart” with “Fill the cart”.",
        "It follows “Search” in 60% of cases, as this touchpoint does on the map.",
        "It comes before “Pay” in 50% of cases, as this touchpoint does on the map.",
    )


def test_a_stage_that_shares_a_word_with_an_event_is_a_reason_together_with_the_order():
    map_ = Map.model_validate(
        {
            "map": {"id": "m", "title": "M"},
            "stages": [{"id": "s", "title": "Delivery", "order": "a"}],
            "touchpoints": [
                {"id": "out", "title": "Parcel leaves", "stage": "s", "order": "a", "when": {"event": "sent"}},
                {"id": "in", "title": "Parcel arrives", "stage": "s", "order": "b"},
            ],
        }
    )
    [told] = suggest_bindings(Outline(map_), {"delivered": Near({"out": 0.99})})
    assert (told.touchpoint, told.why) == (
        "in",
        (
            "Its name shares “delivered” with the stage “Delivery”.",
            "It follows “Parcel leaves” in 99% of cases, as this touchpoint does on the map.",
        ),
    )
    assert suggest_bindings(Outline(map_), {"delivered": Near()}) == []


DELIVERY = """\
format: desireline/1
map: {id: m, title: M}
stages: [{id: s, title: Delivery}]
touchpoints:
  - {id: order, stage: s, title: Orders, when: {event: purchase}}
  - {id: in, stage: s, title: Parcel arrives, when: {event: delivered customer}, feedback: {question: review score}}
"""


def test_answers_and_due_times_are_told_with_their_places(served: Any, tmp_path: Path):
    orders = write_orders(tmp_path / "orders", [Stretch(datetime(2018, 1, 1), 4, 20)], seed=1)
    with served.client() as client:
        sent = [("files", (file.name, file.read_bytes())) for file in orders]
        read = done(client, client.post("/api/data/files", files=sent, data={"answers": '{"zone": "UTC"}'}))
        done(client, client.post(f"/api/data/files/{read['result']['upload']}/import"))
        made = client.post("/api/imports", json={"name": "m.yaml", "text": DELIVERY, "title": ""}).json()["id"]
        found = looked(client, f"/api/maps/{made}/binding")
    asked = {"kind": "review", "question": "review score", "answers": 80, "customers": 80, "about": ["in"]}
    assert found["answers"] == [asked]
    assert {one["id"]: one["due"] for one in found["touchpoints"]} == {"order": False, "in": True}
