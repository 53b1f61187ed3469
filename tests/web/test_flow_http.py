"""The app's flow is that of the command line: same routes, same moves, same funnels, of the same part of the data."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from tests.web.serving import Served
from tests.web.test_numbers_http import cli
from tests.web.with_data import Company, looked


def asked(company: Company, what: str, *query: tuple[str, object]) -> Any:
    """What the server answers."""
    with company.served.client() as client:
        return looked(client, f"/api/maps/{company.map_id}/paths/{what}?{urlencode(query)}")


def said(company: Company, capsys: Any, what: str, *words: object) -> Any:
    """What the command line answers."""
    return cli(capsys, "paths", what, *words, "-w", company.folder, "--map", company.file)


def without_map(found: dict[str, Any]) -> dict[str, Any]:
    """The answer alone, without the places and the plan of its map."""
    return {key: value for key, value in found.items() if key not in ("places", "planned")}


def test_routes_moves_and_funnels_are_those_of_the_command_line(company: Company, capsys):
    routes = asked(company, "routes", ("top", 12))
    assert without_map(routes) == said(company, capsys, "routes", "-n", 12)
    assert sum(row["customers"] for row in routes["rows"]) + routes["other"] == routes["customers"]
    moves = asked(company, "edges", ("top", 30))
    assert without_map(moves) == said(company, capsys, "edges", "-n", 30)
    assert sum(row["moves"] for row in moves["rows"]) + moves["other"] == moves["moves"]
    funnel = asked(company, "funnel", ("steps", "cart"), ("steps", "order"))
    assert without_map(funnel) == said(company, capsys, "funnel", "cart", "order")
    assert [row["step"] for row in funnel["rows"]] == ["cart", "order"]


@pytest.mark.parametrize(
    ("part", "options"),
    [
        ([("persona", "gift-buyer")], ["--persona", "gift-buyer"]),
        ([("channel", "app"), ("channel", "email")], ["--channel", "app", "--channel", "email"]),
        ([("property", "buys_for=gifts")], ["--segment", "buys_for=gifts"]),
        ([("period", "2026-Q1")], ["--from", "2026-01-01", "--to", "2026-03-31"]),
        ([("period", "2026-02")], ["--from", "2026-02-01", "--to", "2026-02-28"]),
        ([("period", "2026-W03")], ["--from", "2026-01-12", "--to", "2026-01-18"]),
        ([("period", "2025")], ["--from", "2025-01-01", "--to", "2025-12-31"]),
        ([("period", "2026-03-05")], ["--from", "2026-03-05", "--to", "2026-03-05"]),
    ],
)
def test_a_part_of_the_data_is_that_of_the_command_line(company: Company, capsys, part, options):
    assert without_map(asked(company, "edges", ("top", 20), *part)) == said(company, capsys, "edges", *options)


def test_the_map_comes_with_the_answer(company: Company):
    found = asked(company, "edges")
    places = [place["id"] for place in found["places"]]
    assert {row[end] for row in found["rows"] for end in ("before", "after")} <= set(places)
    assert {"before": "cart", "after": "delivery_costs"} in found["planned"]
    assert {"before": "catalogue", "after": "product"} in found[
        "planned"
    ]  # only a quiz that is optional stands between
    assert places.index("cart") < places.index("order")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("routes?persona=nobody", "nobody"),
        ("routes?channel=pigeon", "pigeon"),
        ("routes?property=plan", "plan"),
        ("edges?property=weather=rain", "weather"),
        ("edges?period=2026-13", "2026-13"),
        ("edges?period=soon", "soon"),
        ("edges?period=9999", "9999"),
        ("funnel?steps=cart&steps=moon", "moon"),
    ],
)
def test_what_there_is_not_is_told_by_its_name(company: Company, question: str, names: str):
    with company.served.client() as client:
        answer = client.get(f"/api/maps/{company.map_id}/paths/{question}")
    assert answer.status_code == 400
    assert names in answer.json()["says"]


def test_without_data_the_flow_says_so(served: Served):
    id_ = served.new_map()
    with served.client() as client:
        answer = client.get(f"/api/maps/{id_}/paths/routes")
    assert (answer.status_code, answer.json()["code"]) == (409, "no-data")
