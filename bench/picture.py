"""One picture: what all seven answers cost as the data grows, both axes in powers of ten."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bench import places
from bench.measured import Measured
from desireline.draw.html import Markup, el, number
from desireline.draw.palette import LIGHT

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 70, 190, 24, 46
SIZES = ("1m", "10m", "100m")
SERIES = (
    ("ours, one pass", "ours trace", ("all",)),
    *((name, name, tuple("abcdefg")) for name in ("chdb lists", "polars ordered", "duckdb native", "chdb mergetree")),
    *((name, name, tuple("abcdefg")) for name in ("chdb raw", "duckdb raw", "polars raw", "spark raw")),
)
APART = 15.0  # between two labels
Line = tuple[str, list[tuple[float, float]]]


def draw(measured: Measured) -> str:
    """An SVG document. Costs are multiples of ours, in one pass, at the smallest size that was measured."""
    costs = {
        name: [
            (float(places.SIZES[size]), cost)
            for size in SIZES
            if (cost := measured.total(size, key, tasks)) is not None
        ]
        for name, key, tasks in SERIES
    }
    known = [points for points in costs.values() if points]
    unit = next((points[0][1] for points in known), 1.0)
    lines = [(name, [(x, cost / unit) for x, cost in points]) for name, points in costs.items() if points]
    top = max((y for _, points in lines for _, y in points), default=10.0)
    powers = range(0, max(1, math.ceil(math.log10(top))) + 1)
    parts = [
        el("title", {}, "Cost of seven answers against the number of events"),
        el("rect", {"width": WIDTH, "height": HEIGHT, "fill": LIGHT["sheet"]}),
        *_grid(powers),
        *_drawn(lines, powers),
    ]
    about = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img"}
    style = {"font-family": "system-ui, sans-serif", "font-size": "12"}
    return el("svg", {**about, **style, "width": WIDTH, "height": HEIGHT}, parts) + "\n"


def _x(events: float) -> float:
    first, last = math.log10(places.SIZES[SIZES[0]]), math.log10(places.SIZES[SIZES[-1]])
    return LEFT + (math.log10(events) - first) / (last - first) * (WIDTH - LEFT - RIGHT)


def _y(cost: float, powers: range) -> float:
    return HEIGHT - BOTTOM - math.log10(cost) / powers[-1] * (HEIGHT - BOTTOM - TOP)


def _grid(powers: range) -> list[Markup]:
    soft = {"fill": LIGHT["soft"]}
    rules = []
    for power in powers:
        y = number(_y(10.0**power, powers))
        rules.append(el("line", {"x1": LEFT, "x2": WIDTH - RIGHT, "y1": y, "y2": y, "stroke": LIGHT["line"]}))
        rules.append(el("text", {"x": LEFT - 8, "y": y, "dy": 4, "text-anchor": "end", **soft}, f"{10**power:,}×"))
    for size in SIZES:
        x, said = number(_x(places.SIZES[size])), f"{places.SIZES[size]:,} events"
        rules.append(el("text", {"x": x, "y": HEIGHT - BOTTOM + 22, "text-anchor": "middle", **soft}, said))
    return rules


def _drawn(lines: Sequence[Line], powers: range) -> list[Markup]:
    """Ours in the accent colour and thick; each line has its name at its end, names kept apart."""
    marks: list[Markup] = []
    lowest: dict[float, float] = {}  # by where lines end, the label that was placed last
    for name, points in sorted(lines, key=lambda line: -line[1][-1][1]):
        ours = name.startswith("ours")
        colour = LIGHT["accent"] if ours else LIGHT["edge"]
        spots = [(_x(x), _y(y, powers)) for x, y in points]
        drawn = " ".join(f"{number(x)},{number(y)}" for x, y in spots)
        width = 3 if ours else 1.5
        marks.append(el("polyline", {"points": drawn, "fill": "none", "stroke": colour, "stroke-width": width}))
        marks += [el("circle", {"cx": number(x), "cy": number(y), "r": width + 1, "fill": colour}) for x, y in spots]
        x, y = spots[-1]
        lowest[x] = placed = max(y, lowest.get(x, -math.inf) + APART)
        weight = {"font-weight": "bold"} if ours else {}
        marks.append(el("text", {"x": number(x + 10), "y": number(placed), "dy": 4, "fill": colour, **weight}, name))
    return marks
