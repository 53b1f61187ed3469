"""Whatever people and data call things, no file that leaves the app runs a formula in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator

import polars as pl
import pytest
from tests.web import states
from tests.web.serving import Served, serving
from tests.web.with_data import looked

from desireline.draw.files.exports import FORMATS
from desireline.server.app import routes

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "=\t")
TEXTS = [f"{begins}cmd|' /C calc'!A0 {number}" for number, begins in enumerate(BEGINNINGS)]
IN_TABLES = ("csv", "spreadsheet")
EXPORTS = {
    "/api/maps/{map_id}/customers.csv": ["measure=journeys&at=p0", "measure=journeys"],
    "/api/data/refusals.csv": [""],
    "/api/maps/{map_id}/initiatives.csv": [""],
    "/api/maps/{map_id}/exports/csv": [""],
    "/api/maps/{map_id}/exports/xlsx": [""],
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """Customers, events, refused rows, a map and an initiative, all called like formulas; and the map's id."""
    folder = tmp_path_factory.mktemp("formulas")
    people = [(who, f"2026-03-{1 + day:02}T09:00:00Z", what) for day, what in enumerate(TEXTS) for who in TEXTS]
    people += [(who, "=soon()", "=late") for who in TEXTS]
    said = [(who, "2026-03-20T09:00:00Z", 3, who) for who in TEXTS]
    states.bring(
        folder,
        web=pl.DataFrame(people, schema=["who", "at", "what"], orient="row"),
        answers=pl.DataFrame(said, schema=["who", "at", "score", "says"], orient="row"),
    )
    with serving(folder) as served, served.client() as client:
        made = client.post("/api/imports", json={"text": _map(), "name": "m"}).raise_for_status().json()["id"]
        begun = {"title": TEXTS[0], "owner": TEXTS[3], "team": TEXTS[1], "hypothesis": TEXTS[2]}
        client.post(f"/api/maps/{made}/initiatives", json=begun).raise_for_status()
        looked(client, f"/api/maps/{made}/measured")
        yield served, made


def _map() -> str:
    stages = [{"id": f"s{n}", "title": text, "customer_goal": text} for n, text in enumerate(TEXTS[:2])]
    points = [
        {"id": f"p{n}", "stage": f"s{n % 2}", "title": text, "when": {"event": text}} for n, text in enumerate(TEXTS)
    ]
    cards = [{"id": f"c{n}", "lane": "doing", "at": f"p{n}", "says": text} for n, text in enumerate(TEXTS)]
    head = {"id": "m", "title": TEXTS[0], "purpose": TEXTS[1], "feedback": {"question": "*"}}
    return json.dumps({"map": head, "stages": stages, "touchpoints": points, "cards": cards})


def test_every_table_that_can_be_downloaded_is_looked_at_here():
    tables = [one.name for one in FORMATS.values() if any(kind in one.media for kind in IN_TABLES)]
    made = {f"/api/maps/{{map_id}}/exports/{name}" for name in tables}
    there = {path for route in routes() if (path := route.path).endswith((".csv", ".xlsx"))}
    assert there | made == set(EXPORTS)


@pytest.mark.parametrize(("path", "query"), [(path, query) for path, some in EXPORTS.items() for query in some])
def test_no_cell_of_a_table_runs(hostile: tuple[Served, str], path: str, query: str):
    served, map_id = hostile
    with served.client() as client:
        answer = client.get(f"{path.format(map_id=map_id)}?{query}").raise_for_status()
    if path.endswith("xlsx"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
            texts = [file.read(name).decode() for name in file.namelist() if name.endswith(".xml")]
        assert [text for text in texts if re.search(r"<f[ >]|<ddeLink|externalLink", text)] == []
        assert any("=cmd|" in text for text in texts)
        return
    cells = [cell for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith((*"=+-@\t\r\n＝＋－＠",)) and not _number(cell)] == []
    assert any("=cmd|" in cell for cell in cells), cells


def _number(cell: str) -> bool:
    return re.fullmatch(r"[+-]?\d+([.,]\d+)*", cell) is not None


def test_a_customer_who_is_called_like_a_formula_is_found_by_that_name(hostile: tuple[Served, str]):
    served, map_id = hostile
    with served.client() as client:
        listed = looked(client, f"/api/maps/{map_id}/customers?measure=journeys&at=p0")["customers"]
    assert {one["customer_id"] for one in listed} == {text.strip() for text in TEXTS}
