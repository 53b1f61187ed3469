"""How quick the numbers on a map are: 40 touchpoints, a million events; and what ten who watch notice when data land.

    python -m bench.web.watching

Measures in Debian's chromium, without a screen, on the built app; the same machine serves, measures and draws.

- first look: a map is opened in a browser that never saw it, "Actual" is chosen, and the first numbers are painted;
- ways: from the key 2 or 3 until the other numbers are painted, the slowest of ten;
- filter: from choosing a channel until its numbers are painted, the slowest of eight;
- a property: the same for the first value of a property of customers by which nobody told the map's numbers apart yet;
- data land: rows are imported by another process while ten watch; from its end until the last has the new numbers.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import polars as pl
from playwright.sync_api import Page, sync_playwright
from tests.web.conftest import CHROMIUM, QUIET
from tests.web.serving import Served, serving
from tests.web.with_data import looked

from bench.web.figure import Figure
from desireline.recipes.records import Recipe
from desireline.workspace import Workspace

EVENTS = 1_000_000
POINTS, STAGES, CHANNELS = 40, 8, ("web", "app", "shop")
LANDS = ("at", "be", "ch", "de")
STEPS = 20  # events of a customer
WATCHERS = 10
LONGEST_S = 120.0  # that somebody watches
RECIPE = {
    "recipe": "bench",
    "times": {"form": "iso", "zone": "UTC"},
    "sources": {"rows": {"file": "*"}},
    "tables": {
        "rows": {
            "into": "events",
            "source": "rows",
            "customer": "who",
            "channel": "via",
            "events": [{"event": "what", "at": "at"}],
        },
        "people": {"into": "customers", "source": "rows", "customer": "who", "properties": {"land": "land"}},
    },
}
PAINTED = "() => new Promise((ok) => requestAnimationFrame(() => requestAnimationFrame(() => ok(performance.now()))))"


def main() -> None:
    """Print the figures."""
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("--events", type=int, default=EVENTS)
    for one in measure(said.parse_args().events):
        print("  ".join(one.cells()))


def measure(events: int = EVENTS) -> list[Figure]:
    """What somebody feels who looks at a map's numbers."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _bring(place, _rows(events, seed=1), "first")
        with serving(place / "workspace") as served, sync_playwright() as playwright:
            id_ = _map(served)
            with served.client() as client:
                began = time.perf_counter()
                looked(client, f"/api/maps/{id_}/measured")
                cold = time.perf_counter() - began
                for by in ("persona", "channel", "team"):
                    looked(client, f"/api/maps/{id_}/measured?by={by}")
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            page.goto(served.link())
            page.wait_for_url(lambda url: "/open" not in url)
            page.goto(f"{served.address}/maps/{id_}")
            page.locator("[data-record=p0]").wait_for()
            first = _first(page)
            page.locator("[data-record=p0]").focus()
            ways = [_way(page, k) for k in range(10)]
            filters = [_filter(page, f"channel:{CHANNELS[k % len(CHANNELS)]}") for k in range(8)]
            unasked, asked = _filter(page, f"property:land={LANDS[0]}"), _filter(page, f"property:land={LANDS[1]}")
            browser.close()
            landed = _landing(served, id_, place, _rows(20_000, seed=2))
    of = f"{POINTS} touchpoints, {events / 1e6:g} million events"
    return [
        Figure(f"{of}: measured for the first time, by the server", cold, "s", digits=1),
        Figure("— from “Actual” to the first numbers painted, measured before", first / 1000, "s", bar=2, digits=2),
        Figure("— from one way to look to another, the slowest of ten", max(ways), "ms", bar=300),
        Figure("— from another filter to its numbers, the slowest of eight", max(filters) / 1000, "s", bar=1, digits=2),
        Figure("— a property by which nobody looked before, to its numbers", unasked / 1000, "s", digits=2),
        Figure("— another value of it, to its numbers", asked / 1000, "s", bar=1, digits=2),
        Figure(f"— {WATCHERS} watch while rows land: until the last has the new numbers", landed, "s", digits=1),
    ]


def _rows(events: int, seed: int) -> pl.DataFrame:
    """Customers who go through the touchpoints from the first on, skipping some, until they stop."""
    dice = np.random.default_rng(seed)
    people = events // STEPS
    point = np.minimum(dice.integers(1, 4, (people, STEPS)).cumsum(axis=1) - 1, POINTS - 1)
    gap = dice.integers(60, 90_000, (people, STEPS)).cumsum(axis=1)
    at = 1_767_225_600 + dice.integers(0, 180 * 86_400, people)[:, None] + gap
    return pl.DataFrame(
        {
            "who": [f"c{seed}-{n}" for n in np.repeat(np.arange(people), STEPS)],
            "what": np.array([f"p{n}" for n in range(POINTS)])[point.ravel()],
            "at": pl.from_epoch(pl.Series(at.ravel()), time_unit="s").dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "via": np.array(CHANNELS)[dice.integers(0, len(CHANNELS), people * STEPS)],
            "land": np.repeat(np.array(LANDS)[dice.integers(0, len(LANDS), people)], STEPS),
        }
    )


def _bring(place: Path, rows: pl.DataFrame, name: str) -> None:
    rows.write_csv(place / f"{name}.csv")
    Workspace.create(place / "workspace").import_files(Recipe.model_validate(RECIPE), [place / f"{name}.csv"])


def _map(served: Served) -> str:
    points = [
        {"id": f"p{n}", "stage": f"s{n * STAGES // POINTS}", "title": f"Touchpoint {n + 1}", "when": {"event": f"p{n}"}}
        for n in range(POINTS)
    ]
    data: dict[str, Any] = {
        "format": "desireline/1",
        "map": {"id": "large", "title": "A large map", "journey": {"by": "silence", "silence": "7d"}},
        "channels": [{"id": one, "title": one.title()} for one in CHANNELS],
        "stages": [{"id": f"s{n}", "title": f"Stage {n + 1}"} for n in range(STAGES)],
        "touchpoints": points,
    }
    with served.client() as client:
        made = client.post("/api/imports", json={"text": json.dumps(data), "name": "bench"})
        return str(made.raise_for_status().json()["id"])


def _first(page: Page) -> float:
    """Milliseconds from choosing "Actual" to the first numbers painted."""
    began = float(page.evaluate("() => performance.now()"))
    page.get_by_role("radio", name="Actual").click()
    page.wait_for_function("() => document.querySelector('.board-numbers')?.textContent.includes('%')", polling="raf")
    return float(page.evaluate(PAINTED)) - began


def _way(page: Page, turn: int) -> float:
    return _until_others(page, lambda: page.keyboard.press("32"[turn % 2]))


def _filter(page: Page, wanted: str) -> float:
    return _until_others(page, lambda: page.get_by_label("Whose numbers").select_option(wanted) and None)


def _until_others(page: Page, act: Callable[[], None]) -> float:
    """Milliseconds from an act until the first numbers on the page are painted as others."""
    before = page.locator(".board-numbers").first.inner_text()
    began = float(page.evaluate("() => performance.now()"))
    act()
    page.wait_for_function(
        "(before) => document.querySelector('.board-numbers')?.innerText !== before", arg=before, polling="raf"
    )
    return float(page.evaluate(PAINTED)) - began


def _landing(served: Served, id_: str, place: Path, rows: pl.DataFrame) -> float:
    """Seconds from the end of an import until the last of those who watch has the numbers with it."""
    path, ends, until = f"/api/maps/{id_}/measured", [], time.perf_counter() + LONGEST_S
    with served.client() as client:
        before = looked(client, path)["data"]["events"]
        cookies = dict(client.cookies)

    def watch() -> None:
        with httpx.Client(base_url=served.address, cookies=cookies, timeout=60) as own:
            while looked(own, path)["data"]["events"] == before and time.perf_counter() < until:
                time.sleep(0.25)
        ends.append(time.perf_counter())

    watchers = [threading.Thread(target=watch) for _ in range(WATCHERS)]
    rows.write_csv(place / "more.csv")
    (place / "bench.recipe.yaml").write_text(json.dumps(RECIPE), encoding="utf-8")
    for one in watchers:
        one.start()
    words = ["import", "-r", place / "bench.recipe.yaml", place / "more.csv", "-w", place / "workspace"]
    subprocess.run([Path(sys.executable).with_name("desireline"), *words], check=True, capture_output=True)
    landed = time.perf_counter()
    for one in watchers:
        one.join()
    return max(ends) - landed


if __name__ == "__main__":
    main()
