"""Three hundred texts that would run as scripts come in as data: names of events, channels, customers, comments."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import expect
from tests.web import tour_data
from tests.web.conftest import Sit
from tests.web.payloads import PAYLOADS
from tests.web.serving import Served
from tests.web.tour import Tour
from tests.web.watched import Watch

from desireline.recipes.records import Recipe
from desireline.workspace import Workspace

pytestmark = pytest.mark.thorough

POINTS, OFF_MAP, EACH = 20, 20, 8
RECIPE = {
    "recipe": "hostile",
    "times": {"form": "iso", "zone": "UTC"},
    "sources": {"events": {"file": "events*"}, "answers": {"file": "answers*"}, "people": {"file": "people*"}},
    "tables": {
        "events": {
            "into": "events",
            "source": "events",
            "customer": "who",
            "channel": "via",
            "events": [{"event": "what", "at": "at"}],
        },
        "answers": {
            "into": "feedback",
            "source": "answers",
            "customer": "who",
            "at": "at",
            "answers": [
                {"question": "asks", "answer": "score", "low": 0, "high": 10, "rule": "nps"},
                {"question": "asks", "text": "says"},
            ],
        },
        "people": {"into": "customers", "source": "people", "customer": "who", "properties": ["about"]},
    },
}


def bring(folder: Path, into: Path) -> list[str]:
    """The payloads are in the workspace as data; the names of events that customers met."""
    names = PAYLOADS[: POINTS + OFF_MAP]
    ids = [f"{PAYLOADS[k]} {k}" for k in range(100, 100 + EACH * 5)]
    who = [ids[(k + n) % len(ids)] for k in range(len(names)) for n in range(EACH)]
    frames = {
        "events": {
            "who": who,
            "what": [name for name in names for _ in range(EACH)],
            "via": [PAYLOADS[200 + n // EACH % 3] for n in range(len(who))],
            "at": [f"2026-03-{1 + n % 28:02}T{n % 24:02}:00:00Z" for n in range(len(who))],
        },
        "answers": {
            "who": [ids[n % len(ids)] for n in range(len(PAYLOADS))],
            "asks": [PAYLOADS[299]] * len(PAYLOADS),
            "score": [n % 11 for n in range(len(PAYLOADS))],
            "says": [f"Slow and bad {text}" for text in PAYLOADS],
            "at": [f"2026-03-{1 + n % 28:02}T12:00:00Z" for n in range(len(PAYLOADS))],
        },
        "people": {"who": ids, "about": [PAYLOADS[250 + n % 5] for n in range(len(ids))]},
    }
    files = []
    for name, columns in frames.items():
        files.append(folder / f"{name}.csv")
        pl.DataFrame(columns).write_csv(files[-1])
    counts = Workspace.create(into).import_files(Recipe.model_validate(RECIPE), files)
    assert counts.accepted > 600
    return names


def map_text(names: list[str]) -> str:
    """A map that binds the first of these events."""
    points = [
        {"id": f"p{n}", "stage": "s", "title": f"Point {n}", "when": {"event": names[n].replace("*", "?")}}
        for n in range(POINTS)
    ]
    head = {"id": "hostile", "title": "Hostile", "feedback": {"question": "*"}}
    return json.dumps({"map": head, "stages": [{"id": "s", "title": "S"}], "touchpoints": points})


def test_data_that_would_be_scripts_are_words_on_every_page(served: Served, sit: Sit, tmp_path: Path):
    names = bring(tmp_path, served.desk.folder)
    with served.client() as client:
        made = client.post("/api/imports", json={"text": map_text(names), "name": "hostile"}).raise_for_status().json()
    page, watch, seen = sit(), Watch(), []
    watch.over(page.context)
    path = f"/maps/{made['id']}"

    def look(name: str) -> None:
        watch.look(page)
        seen.append(name)

    tour = Tour(served, page, look)
    tour.go(path)
    for way in ("Actual", "Difference"):
        page.get_by_role("radio", name=way).click()
        expect(page.locator(".board-numbers").first).to_be_visible()
        look(way)
    expect(page.get_by_role("region", name="Not on the map")).to_contain_text("<")
    tour_data.views(tour, made["id"])
    tour.go(f"{path}?view=customers&measure=journeys&at=p0")
    listed = page.get_by_role("main").get_by_role("list").get_by_role("button")
    expect(listed.first).to_contain_text("<")
    look("customers")
    listed.first.click()
    expect(page.locator("blockquote").first).to_be_attached()
    for summary in page.locator("main summary").all():
        summary.click()
    look("a customer")
    assert len(seen) > 15
    assert watch.did == []
