"""Maps and routes for alignment: the receipt log with its drawn map, and a made-up map of eleven steps.

One JSON file each: `points` in order (id, optional), `links` (after this one, that one may come), `routes`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from bench import places
from bench.dice import bits, draw
from bench.facts import Facts, write_facts
from bench.reallog import read_cases
from desireline.maps.files import load_map
from desireline.maps.outline import Outline

RECEIPT_MAP = places.REPOSITORY / "examples" / "receipt" / "receipt.journey.yaml"
STEPS, OPTIONAL, BACK = 11, (3, 7), (8, 2)
FEW, MANY = 300, 50_000


def write_routes(folder: Path, log: Path) -> None:
    """`receipt.json`, `eleven.json` (few routes, which a search can do too) and `many.json` stand in the folder."""
    points = [{"id": f"t{number:02d}", "optional": number in OPTIONAL} for number in range(STEPS)]
    eleven = {"points": points, "links": [[f"t{BACK[0]:02d}", f"t{BACK[1]:02d}"]]}
    routes = made_up(MANY)
    _write(folder / "receipt.json", receipt(log))
    _write(folder / "eleven.json", {**eleven, "routes": routes[:: MANY // FEW]})
    _write(folder / "many.json", {**eleven, "routes": routes})
    names = tuple(str(point["id"]) for point in points)
    write_facts(
        folder, Facts(0, MANY, names, (), stages=(0,) * STEPS, funnel=(0,), purchase=STEPS - 1, first_at=0, last_at=0)
    )


def receipt(log: Path) -> dict[str, Any]:
    """The distinct routes of the receipt log, on the map that the example draws."""
    outline = Outline(load_map(RECEIPT_MAP))
    if any(len(block.members) > 1 for block in outline.blocks):
        raise ValueError("The receipt map has a free order or alternatives: the net for the peer does not draw them.")
    point_of = {event: point.id for point in outline.bound if point.when for event in point.when.texts("event")}
    routes = {tuple(point_of[name] for _, name in case.steps) for case in read_cases(log)}
    return {
        "points": [{"id": point.id, "optional": bool(point.optional)} for point in outline.bound],
        "links": [[link.from_, link.to] for link in outline.map.links],
        "routes": [list(route) for route in sorted(routes)],
    }


def made_up(wanted: int) -> list[list[str]]:
    """So many distinct routes, most of them near the map: forward, with skips, repeats, ways back and strays."""
    found: dict[tuple[int, ...], None] = {}
    number = 0
    while len(found) < wanted:
        drawn = draw(np.arange(number * 64, number * 64 + 40, dtype=np.uint64), stream=21)
        length = 4 + int(bits(drawn[:1], at=40, width=5)[0]) % 21
        jumps = np.array([1, 1, 1, 1, 1, 1, 1, 2, 2, 0, -1, -1, 3, 1, 1, 5])[bits(drawn, at=0, width=4)]
        jumps[0] = int(bits(drawn[:1], at=8, width=2)[0]) // 3
        found[tuple((np.cumsum(jumps[:length]) % STEPS).tolist())] = None
        number += 1
    return [[f"t{code:02d}" for code in route] for route in found]


def _write(path: Path, held: dict[str, Any]) -> None:
    path.write_text(json.dumps(held), "utf-8")
