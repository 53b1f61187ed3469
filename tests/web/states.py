"""Workspaces in which something is missing: no data, no binding, no feedback, one customer, a source that is silent."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
from tests.web.serving import Served

from desireline.recipes.records import Recipe
from desireline.workspace import Workspace

POINTS = ("look", "cart", "pay", "parcel")
SPOKEN = "The parcel came late and nobody told me."


def visits(customers: int, *, days: int = 56, prefix: str = "c") -> pl.DataFrame:
    """Each customer goes the whole way, one event an hour, on a day of their own."""
    rows = [
        (f"{prefix}{n}", f"2026-{3 + n % days // 28:02}-{1 + n % days % 28:02}T{9 + hour:02}:00:00Z", what)
        for n in range(customers)
        for hour, what in enumerate(POINTS[: 2 + n % 3])
    ]
    return pl.DataFrame(rows, schema=["who", "at", "what"], orient="row")


def answers(customers: int) -> pl.DataFrame:
    """Each customer gives a score and a sentence."""
    rows = [(f"c{n}", f"2026-04-{1 + n % 28:02}T20:00:00Z", n % 11, SPOKEN) for n in range(customers)]
    return pl.DataFrame(rows, schema=["who", "at", "score", "says"], orient="row")


def bring(folder: Path, **sources: pl.DataFrame) -> Workspace:
    """The tables are in the workspace, each as a source; the one called "answers" is feedback."""
    shop = Workspace.create(folder)
    for name, table in sources.items():
        shop.import_files(_recipe(name), {name: table})
    return shop


def new_map(served: Served, *, bound: bool = True, points: tuple[str, ...] = POINTS) -> str:
    """The id of a new map with these touchpoints, in two stages."""
    told = [
        {"id": name, "stage": "s1" if n < 2 else "s2", "title": name.capitalize()}
        | ({"when": {"event": name}} if bound else {})
        for n, name in enumerate(points)
    ]
    stages = [{"id": "s1", "title": "Choosing"}, {"id": "s2", "title": "Owning"}]
    head = {"id": "m", "title": "A small shop"}
    text = json.dumps({"map": head, "stages": stages, "touchpoints": told})
    with served.client() as client:
        made = client.post("/api/imports", json={"text": text, "name": "m"})
        return str(made.raise_for_status().json()["id"])


def _recipe(name: str) -> Recipe:
    events = {"into": "events", "customer": "who", "events": [{"event": "what", "at": "at"}]}
    said = [
        {"question": {"text": "How was it?"}, "answer": "score", "low": 0, "high": 10, "rule": "nps"},
        {"question": {"text": "Why?"}, "text": "says"},
    ]
    feedback = {"into": "feedback", "customer": "who", "at": "at", "answers": said}
    table = feedback if name == "answers" else events
    return Recipe.model_validate(
        {
            "recipe": name,
            "times": {"form": "iso", "zone": "UTC"},
            "sources": {name: {"file": f"{name}*"}},
            "tables": {name: {**table, "source": name}},
        }
    )
