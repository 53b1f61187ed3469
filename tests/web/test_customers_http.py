"""The customers behind a number are those of the command line; who may not edit meets them by pseudonyms."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import polars as pl
import pytest
from tests.web.company import joined
from tests.web.serving import Served, serving
from tests.web.with_data import Company, looked

from cli.shop import write_shop
from desireline.access import Role
from desireline.cli.start import run
from desireline.lake.store import Lake
from desireline.recipes.files import read_recipe
from desireline.server.files import begin
from desireline.server.masking import Pseudonyms, masked
from desireline.workspace import Workspace

FUNNEL = "measure=conversion&at=checkout"


def cli(capsys: Any, *words: object) -> Any:
    """What a command says as JSON."""
    assert run([*map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@contextmanager
def client_of(served: Served, role: Role) -> Iterator[httpx.Client]:
    """A program in which a member of this role is signed in."""
    secret = joined(served, role.value, role).partition("#")[2]
    with httpx.Client(base_url=served.address, timeout=60) as client:
        client.post("/api/session/link", json={"secret": secret}).raise_for_status()
        yield client


def of(company: Company, rest: str) -> str:
    return f"/api/maps/{company.map_id}/{rest}"


def test_customers_behind_a_number_are_those_of_the_command_line(company: Company, capsys):
    said = cli(capsys, "customers", company.file, "conversion", "--at", "checkout", "-w", company.folder, "-n", 200)
    with company.served.client() as client:
        found = looked(client, of(company, f"customers?{FUNNEL}"))
    assert {name: found[name] for name in ("measure", "at", "group", "period", "n", "note")} == {
        name: said[name] for name in ("measure", "at", "group", "period", "n", "note")
    }
    assert [{name: one[name] for name in ("customer_id", "x", "m")} for one in found["customers"]] == said["customers"]
    assert (found["title"], len(found["customers"]) > 50) == ("Conversion", True)


def test_a_longer_list_goes_on_where_the_shorter_one_ends(company: Company):
    with company.served.client() as client:
        short = looked(client, of(company, "customers?measure=journeys"))
        long = looked(client, of(company, "customers?measure=journeys&shown=230"))
        refused = [client.get(of(company, f"customers?measure=journeys&shown={n}")).status_code for n in (0, 2001)]
    assert (len(short["customers"]), len(long["customers"])) == (200, 230)
    assert long["customers"][:200] == short["customers"]
    assert refused == [422, 422]


@pytest.mark.parametrize(("shown", "noted"), [(200, False), (201, True)])
def test_who_had_a_long_list_on_screen_is_noted(company: Company, shown: int, noted: bool):
    with company.served.client() as client:
        before = client.get("/api/audit").json()
        looked(client, of(company, f"customers?measure=journeys&shown={shown}"))
        after = client.get("/api/audit").json()
    new = [(one["what"], one["whole"]) for one in after if one not in before]
    assert new == [("customers.listed", {"map": company.map_id, "measure": "journeys", "customers": shown})] * noted


def test_who_wrote_something_can_be_listed_alone(company: Company, capsys):
    said = cli(capsys, "customers", company.file, "conversion", "--at", "checkout", "-w", company.folder)
    snapshot = Lake.open(company.folder / "lake").current()
    rows = [row for number in range(snapshot.buckets) for row in snapshot.feedback(number).to_dicts()]
    wrote = Counter(row["customer_id"] for row in rows if row["text"] is not None and row["kind"] != "note")
    wanted = [row["customer_id"] for row in said["customers"] if wrote[row["customer_id"]]]
    with company.served.client() as client:
        found = looked(client, of(company, f"customers?{FUNNEL}&texts=true"))
    assert [(row["customer_id"], row["texts"]) for row in found["customers"]] == [(id_, wrote[id_]) for id_ in wanted]
    assert 0 < found["with_texts"] == len(wanted) < found["n"]


def test_customers_of_a_group_of_few_are_hidden(company: Company, capsys):
    rest = "customers?measure=under_way&at=checkout"
    said = cli(capsys, "customers", company.file, "under_way", "--at", "checkout", "-w", company.folder)
    with company.served.client() as client:
        found = looked(client, of(company, rest))
        assert (found["n"], found["note"]) == (said["n"], said["note"])
        assert client.get(of(company, "customers?measure=weather")).status_code == 400


def test_customers_behind_a_finding_are_those_of_the_command_line(company: Company, capsys):
    listed = cli(capsys, "findings", company.file, "-w", company.folder)["findings"]
    with company.served.client() as client:
        for one in listed[:3]:
            found = looked(client, of(company, f"customers?finding={one['id']}"))
            if found["n"] is None:
                assert "opens to no list" in found["note"]
                continue
            said = cli(capsys, "findings", company.file, "-w", company.folder, "--customers", one["id"])
            assert [row["customer_id"] for row in found["customers"]] == said["customers"][:200]
            assert found["n"] == len(said["customers"]) == one["customers"]
        answer = client.get(of(company, "customers?finding=nothing-like-it"))
        while answer.status_code == 202:
            answer = client.get(of(company, "customers?finding=nothing-like-it"))
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-finding")


def test_one_customer_is_told_as_on_the_command_line(company: Company, capsys):
    with company.served.client() as client:
        id_ = looked(client, of(company, f"customers?{FUNNEL}"))["customers"][0]["customer_id"]
        found = looked(client, of(company, f"customer?id={quote(id_)}"))
    said = cli(capsys, "customer", company.file, id_, "-w", company.folder)
    assert {name: found[name] for name in ("customer_id", "persona", "properties", "cut", "data_end")} == {
        name: said[name] for name in ("customer_id", "persona", "properties", "cut", "data_end")
    }
    for mine, theirs in zip(found["journeys"], said["journeys"], strict=True):
        assert {name: mine[name] for name in theirs if isinstance(theirs[name], str | float | bool)} == {
            name: value for name, value in theirs.items() if isinstance(value, str | float | bool)
        }
        for name in ("events", "route", "deviations", "effort", "feedback"):
            assert [{key: one[key] for key in other} for one, other in zip(mine[name], theirs[name], strict=True)] == (
                theirs[name]
            ), name


@pytest.mark.parametrize("role", [Role.VIEWER, Role.COMMENTER])
def test_who_may_not_edit_meets_customers_by_pseudonyms(company: Company, role: Role):
    with company.served.client() as owner:
        known = {one["customer_id"] for one in looked(owner, of(company, f"customers?{FUNNEL}"))["customers"]}
        whole = looked(owner, of(company, f"customers?{FUNNEL}"))["n"]
    names = Pseudonyms(company.folder)
    with client_of(company.served, role) as client:
        found = looked(client, of(company, f"customers?{FUNNEL}"))
        assert found["n"] == whole
        assert not known & {one["customer_id"] for one in found["customers"]}
        pseudonym = found["customers"][0]["customer_id"]
        told = looked(client, of(company, f"customer?id={quote(pseudonym)}"))
        assert told["customer_id"] == pseudonym
        assert told["journeys"]
        real = next(one for one in sorted(known) if names.of(one) == pseudonym) if whole <= 200 else None
        if real:
            assert real not in json.dumps(told)
        assert all(event["case_id"] is None for one in told["journeys"] for event in one["events"])
        answer = client.get(of(company, f"customer?id={next(iter(known))}"))
        while answer.status_code == 202:
            answer = client.get(of(company, f"customer?id={next(iter(known))}"))
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-customer")


def test_looking_at_a_customer_is_noted_without_the_id(company: Company):
    with company.served.client() as client:
        id_ = looked(client, of(company, f"customers?{FUNNEL}"))["customers"][0]["customer_id"]
        looked(client, of(company, f"customer?id={quote(id_)}"))
        newest = client.get("/api/audit").json()[0]
        assert newest["what"] == "customer.opened"
        assert newest["whole"] == {"map": company.map_id, "customer": Pseudonyms(company.folder).of(id_)}
        again = looked(client, of(company, f"customer?id={quote(newest['whole']['customer'])}"))
        assert again["customer_id"] == id_  # an owner finds out whose pseudonym it is


def test_a_list_is_exported_by_those_who_may_and_that_is_noted(company: Company):
    path = of(company, f"customers.csv?{FUNNEL}")
    with company.served.client() as client:
        answer = client.get(path, timeout=60).raise_for_status()
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        listed = looked(client, of(company, f"customers?{FUNNEL}"))
        assert len(rows) == listed["n"]
        assert rows[0] == {name: str(listed["customers"][0][name]) for name in ("customer_id", "x", "m")}
        newest = client.get("/api/audit").json()[0]
        assert newest["what"] == "customers.exported"
        assert newest["whole"] == {
            "map": company.map_id, "measure": "conversion", "place": "checkout", "customers": len(rows)
        }  # fmt: skip
    with client_of(company.served, Role.VIEWER) as client:
        assert client.get(path).status_code == 403


def test_a_customer_who_is_not_there_is_told(company: Company):
    with company.served.client() as client:
        answer = client.get(of(company, f"customer?id={quote('=cmd|!A1/../<b>')}"))
        while answer.status_code == 202:
            answer = client.get(of(company, f"customer?id={quote('=cmd|!A1/../<b>')}"))
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-customer")


def test_properties_that_look_personal_are_not_shown_with_a_pseudonym():
    told = {"customer_id": "ana", "properties": {}, "journeys": [], "feedback": []}
    shared = {"plan": "pro", "e-mail": "x", "first_name": "Ana", "note": "ana@example.org", "club": "basic", "id": "7"}
    assert masked(told, "Customer 1", shared)["properties"] == {"plan": "pro", "club": "basic"}


SURNAMES = """
recipe: guests
sources: {log: {file: "log*"}, answers: {file: "answers*"}, people: {file: "people*"}}
tables:
  log: {into: events, source: log, customer: who, events: [{event: what, at: at}]}
  answers:
    {into: feedback, source: answers, customer: who, at: at,
     answers: [{question: {text: nps}, answer: score, low: 0, high: 10, rule: nps}]}
  people: {into: customers, source: people, customer: who, properties: [surname]}
"""
STAY = """
map: {id: stay, title: Stay, journey: {by: life, success: [leave]}}
stages: [{id: all, title: All}]
touchpoints:
  - {id: come, title: Comes, stage: all, when: {event: come}}
  - {id: leave, title: Leaves, stage: all, when: {event: leave}}
"""


def test_values_of_a_property_that_only_few_share_are_told_to_nobody(served: Served):
    who, day = [f"c{n:02}" for n in range(60)], "2026-03-01T1{}:00:00Z"
    frames = {
        "log": {
            "who": who * 2,
            "what": ["come"] * 60 + ["leave"] * 60,
            "at": [day.format(n // 60) for n in range(120)],
        },
        "answers": {"who": who, "score": [n % 11 for n in range(60)], "at": [day.format(2)] * 60},
        "people": {"who": who, "surname": ["Smith"] * 40 + [f"Rare{n}" for n in range(15)] + [""] * 5},
    }
    recipe = read_recipe(SURNAMES, "guests")
    Workspace.create(served.desk.folder).import_files(recipe, {k: pl.DataFrame(one) for k, one in frames.items()})
    id_ = begin(served.desk.documents, served.desk.shelf, STAY, by="", at=served.desk.clock()).id
    by = "property:surname"
    with client_of(served, Role.VIEWER) as client:
        for path, rows in (("measured", "readings"), ("voice/scores", "scores"), ("voice/effort", "groups")):
            told = looked(client, f"/api/maps/{id_}/{path}?by={by}")
            assert "Rare" not in json.dumps(told)
            assert {one["group"] for one in told[rows] if one["group"]} == {f"{by}=Smith", f"{by}=(none)"}
            assert [one["n"] for one in told[rows] if one["group"] == f"{by}=Smith" and one["n"]]
        named = looked(client, f"/api/maps/{id_}/measured?by={quote(f'{by}|Rare1')}")  # whoever asks knows it already
    assert f"{by}|Rare1=Rare1" in {one["group"] for one in named["readings"]}


def test_without_data_the_list_says_so(served: Served):
    id_ = served.new_map()
    with served.client() as client:
        for path in (f"customers?{FUNNEL}", "customer?id=ana"):
            answer = client.get(f"/api/maps/{id_}/{path}")
            assert (answer.status_code, answer.json()["code"]) == (409, "no-data")


STRANGE = ("=1+1", "@sum/../b", "<img src=x onerror=alert(1)>")


def test_strange_ids_open_as_they_are_and_run_nothing_in_a_spreadsheet(tmp_path: Path):
    write_shop(tmp_path)
    log = tmp_path / "log.csv"
    text = log.read_text()
    for number, id_ in enumerate(STRANGE):
        text = text.replace(f"c{number:02},", f"{id_},")
    log.write_text(text)
    Workspace.create(tmp_path / "w").import_files(tmp_path / "shop.recipe.yaml", [log, tmp_path / "reviews.csv"])
    with serving(tmp_path / "w") as served, served.client() as client:
        desk = served.desk
        made = begin(desk.documents, desk.shelf, (tmp_path / "shop.journey.yaml").read_text(), by="", at=desk.clock())
        rows = list(csv.reader(io.StringIO(client.get(f"/api/maps/{made.id}/customers.csv?measure=customers").text)))
        assert {row[0] for row in rows} >= {"'=1+1", "'@sum/../b", "<img src=x onerror=alert(1)>"}
        for id_ in STRANGE:
            told = looked(client, f"/api/maps/{made.id}/customer?id={quote(id_, safe='')}")
            assert (told["customer_id"], told["journeys"][0]["state"]) == (id_, "done")
