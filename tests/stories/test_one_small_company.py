"""One small company, from its files to its report: twelve people order soap, seven get it, five of them in time.

The figures are worked out by hand from the two tables below.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shop import Desk

ORDERS = """\
order,customer,country,looked,carted,paid,arrived,amount
o01,ana,DE,2026-03-01T09:00:00Z,2026-03-01T09:10:00Z,2026-03-01T09:20:00Z,2026-03-02T09:20:00Z,20.00
o02,ben,DE,2026-03-01T10:00:00Z,2026-03-01T10:10:00Z,2026-03-01T10:20:00Z,2026-03-02T10:20:00Z,20.00
o03,cem,DE,2026-03-01T11:00:00Z,2026-03-01T11:10:00Z,2026-03-01T11:20:00Z,2026-03-03T11:20:00Z,20.00
o04,dan,DE,2026-03-02T09:00:00Z,2026-03-02T09:10:00Z,2026-03-02T09:20:00Z,2026-03-04T09:20:00Z,20.00
o05,eva,DE,2026-03-02T10:00:00Z,2026-03-02T10:10:00Z,2026-03-02T10:20:00Z,2026-03-04T10:20:00Z,20.00
o06,fay,AT,2026-03-02T11:00:00Z,2026-03-02T11:10:00Z,2026-03-02T11:20:00Z,2026-03-09T11:20:00Z,30.00
o07,gus,AT,2026-03-03T09:00:00Z,2026-03-03T09:10:00Z,2026-03-03T09:20:00Z,2026-03-20T09:20:00Z,30.00
o08,hal,AT,2026-03-03T10:00:00Z,2026-03-03T10:10:00Z,2026-03-03T10:20:00Z,,30.00
o09,ida,AT,2026-03-03T11:00:00Z,2026-03-03T11:10:00Z,,,
o10,jan,AT,2026-03-04T09:00:00Z,2026-03-04T09:10:00Z,,,
o11,kim,AT,2026-03-04T10:00:00Z,,,,
o12,lea,AT,2026-03-04T11:00:00Z,,,,
"""
REVIEWS = """\
order,customer,written,stars,comment
o01,ana,2026-03-10T09:00:00Z,5,Smells of summer
o02,ben,2026-03-10T10:00:00Z,5,
o03,cem,2026-03-10T11:00:00Z,4,
o04,dan,2026-03-10T12:00:00Z,5,
o05,eva,2026-03-10T13:00:00Z,4,
o06,fay,2026-03-20T09:00:00Z,2,A week!
o07,gus,2026-03-20T10:00:00Z,1,Where was it?
"""
RECIPE = """\
recipe: soap
times: {form: iso}
sources:
  orders: {file: "orders*.csv"}
  reviews: {file: "reviews*.csv"}
tables:
  orders:
    into: events
    source: orders
    customer: customer
    case: order
    channel: {text: web}
    currency: EUR
    events:
      - {event: {text: look}, at: looked}
      - {event: {text: cart}, at: carted}
      - {event: {text: pay}, at: paid, value: amount}
      - {event: {text: arrive}, at: arrived}
  people: {into: customers, source: orders, customer: customer, properties: [country]}
  reviews:
    into: feedback
    source: reviews
    customer: customer
    case: order
    at: written
    kind: review
    answers: [{question: {text: Stars}, answer: stars, text: comment, low: 1, high: 5, rule: csat}]
"""
MAP = """\
format: desireline/1
map:
  id: soap
  title: Buying soap
  purpose: See where soap buyers are lost.
  owner: Shop
  currency: EUR
  review: {every_days: 90, last: 2026-03-01}
  journey: {by: case, patience: 3d, success: [arrive]}
personas: [{id: home, title: From home, segment: {property: {country: DE}}}]
teams: [{id: web, title: Web shop}, {id: parcels, title: Parcels}]
channels: [{id: web-shop, title: Web, names: [web]}]
stages: [{id: choose, title: Choose}, {id: get, title: Get it}]
touchpoints:
  - {id: look, stage: choose, title: Looks at soap, team: web, channels: [web-shop], when: {event: look}}
  - {id: cart, stage: choose, title: Puts it into the cart, team: web, channels: [web-shop], when: {event: cart}}
  - {id: pay, stage: choose, title: Pays, team: web, channels: [web-shop], when: {event: pay}}
  - id: arrive
    stage: get
    title: The soap arrives
    team: parcels
    acts: company
    channels: [web-shop]
    when: {event: arrive}
    feedback: {question: Stars}
    promise: {time: {within: 3d, after: pay}}
cards:
  - {at: look, lane: feeling, level: 0.5, says: Curious, evidence: {kind: assumption}}
  - {at: arrive, lane: feeling, level: 1.5, says: Delighted, evidence: {kind: assumption}}
"""
IMPORT = ["import", "-w", "shop", "-r", "soap.recipe.yaml", "orders.csv", "reviews.csv", "--json"]
COUNTS = ["read", "accepted", "refused", "duplicates", "events", "feedback", "customers"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.chdir(tmp_path)
    files = {"orders.csv": ORDERS, "reviews.csv": REVIEWS, "soap.recipe.yaml": RECIPE, "soap.journey.yaml": MAP}
    for name, text in files.items():
        Path(name).write_text(text)
    return Desk(capsys)


def counted(desk: Desk, *words: str) -> list[int]:
    said = desk.say(*words)
    assert said.code == 0, said.err
    return [said.data[name] for name in COUNTS]


def value(desk: Desk, measure: str, at: str, group: str = "") -> tuple[float | None, int | None]:
    words = ["measure", "soap.journey.yaml", "-w", "shop", "-m", measure, "--at", at, "--json"]
    readings = desk.say(*words, *(["--by", "persona"] if group else [])).data["readings"]
    [found] = [reading for reading in readings if reading["group"] == group]
    return found["value"], found["n"]


def ids(desk: Desk, measure: str, at: str) -> list[str]:
    told = desk.say("customers", "soap.journey.yaml", measure, "--at", at, "-w", "shop", "--json").data
    return [row["customer_id"] for row in told["customers"]]


def test_from_two_files_to_a_report(desk: Desk):
    assert desk.say("init", "shop").code == 0

    # A dry run tells all and changes nothing; the import does what it told; once more, everything is known.
    first, known = [19, 19, 0, 0, 37, 7, 12], [19, 0, 0, 19, 0, 0, 0]
    assert counted(desk, *IMPORT, "--dry-run") == first
    assert desk.say("doctor", "-w", "shop", "--json").data["counts"]["events"] == 0
    assert counted(desk, *IMPORT) == first
    assert counted(desk, *IMPORT) == known

    # Twelve look, ten fill a cart, eight pay, seven get their soap.
    for place, customers in (("look", 12), ("cart", 10), ("pay", 8), ("arrive", 7)):
        assert value(desk, "customers", place) == (customers, customers)
    assert value(desk, "conversion", "soap") == (pytest.approx(7 / 12), 12)
    assert value(desk, "conversion", "cart>pay") == (pytest.approx(8 / 10), 10)
    assert value(desk, "conversion", "soap", "persona:home") == (pytest.approx(5 / 5), 5)
    assert value(desk, "csat", "arrive") == (pytest.approx(5 / 7), 7)
    assert value(desk, "value", "soap") == (pytest.approx(190), 12)

    # Each number opens to its customers.
    assert ids(desk, "customers", "cart>pay") == ["ana", "ben", "cem", "dan", "eva", "fay", "gus", "hal"]
    assert ids(desk, "customers", "arrive") == ["ana", "ben", "cem", "dan", "eva", "fay", "gus"]

    # What went wrong: of too few customers nothing is told but that there is something.
    ledger = desk.say("deviations", "soap.journey.yaml", "-w", "shop", "--json").data["deviations"]
    assert {(row["kind"], row["place"]) for row in ledger} == {
        ("lost", "look"),
        ("lost", "cart"),
        ("stuck", "pay"),
        ("late", "arrive"),
    }
    assert all(row["customers"] is None and not row["examples"] for row in ledger)

    # Pages and pictures.
    assert desk.say("report", "soap.journey.yaml", "-w", "shop", "-o", "soap.html").code == 0
    page = Path("soap.html").read_text()
    assert page.lower().startswith("<!doctype html>")
    assert "Buying soap" in page
    assert 'src="http' not in page
    assert 'href="http' not in page
    for name, mark in (("soap.svg", b"<svg"), ("soap.png", b"\x89PNG"), ("soap.pdf", b"%PDF")):
        assert desk.say("draw", "soap.journey.yaml", "-w", "shop", "-o", name).code == 0
        assert Path(name).read_bytes().startswith(mark)
    assert desk.say("map", "check", "soap.journey.yaml", "-w", "shop", "--today", "2026-04-01").code == 0


def test_next_weeks_export_overlaps_and_counts_once(desk: Desk):
    desk.say("init", "shop")
    counted(desk, *IMPORT)
    more = "o13,mia,DE,2026-03-21T09:00:00Z,2026-03-21T09:10:00Z,,,\n"
    Path("orders-2.csv").write_text("\n".join(ORDERS.splitlines()[:1] + ORDERS.splitlines()[7:]) + "\n" + more)
    words = ["import", "-w", "shop", "-r", "soap.recipe.yaml", "orders-2.csv", "reviews.csv", "--json"]
    assert counted(desk, *words) == [14, 1, 0, 13, 2, 0, 1]
    assert value(desk, "customers", "look") == (13, 13)


def test_the_same_numbers_come_out_whatever_the_order_of_imports(desk: Desk):
    lines = ORDERS.splitlines()
    Path("orders-a.csv").write_text("\n".join(lines[:1] + lines[8:]))
    Path("orders-b.csv").write_text("\n".join(lines[:8]))
    for lake, parts in (("one", [["orders.csv"]]), ("two", [["orders-a.csv"], ["orders-b.csv"]])):
        desk.say("init", lake)
        for files in parts:
            words = ["import", "-w", lake, "-r", "soap.recipe.yaml", *files, "reviews.csv", "--json"]
            assert desk.say(*words).code == 0
    one, two = (desk.say("measure", "soap.journey.yaml", "-w", lake, "--json").data for lake in ("one", "two"))
    assert one == two
