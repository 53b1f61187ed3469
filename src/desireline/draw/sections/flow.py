"""The section on routes: ribbons as thick as the journeys that share an order of touchpoints, and the same as
a table.

A ribbon runs from step to step and stops where its journeys stop, with a sign for how they ended. Routes
beyond the first eight, and routes of too few customers, are counted together as “other routes”, never left
out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from desireline.access import SMALL_GROUP
from desireline.draw.figures import many, say
from desireline.draw.html import Child, Markup, Size, el, number
from desireline.draw.icons import sign
from desireline.draw.listing import Cell, Head, bar, listing
from desireline.draw.sections.hardship import Moves, effort_marks, say_hardest
from desireline.draw.sections.section import Section
from desireline.draw.text import clip
from desireline.maps.outline import Outline

MOST_ROUTES = 8
MOST_STEPS = 10
WIDTH = 1080.0
NARROWEST = 136.0  # a step, so that names stay readable; beyond that the picture scrolls
NODE = 7.0
THICK = 280.0  # height of all ribbons together
BETWEEN = 30.0  # room for a node's name
ENDS = {"success": "success", "done": "success", "lost": "lost", "stuck": "lost"}
SIGNS = {"success": "reached", "done": "reached", "lost": "lost", "stuck": "stuck", "under_way": "under way"}
OUTCOMES = {
    "success": "reached success",
    "done": "came to the end",
    "lost": "lost",
    "stuck": "stuck",
    "under_way": "under way",
}


@dataclass(frozen=True)
class Route:
    """An order of touchpoints that many journeys share, and how they ended."""

    steps: tuple[str, ...]
    journeys: int
    customers: int
    share: float
    outcome: str


@dataclass(frozen=True)
class Slot:
    """Where a route passes a step: its upper edge and its thickness."""

    y: float
    thick: float


@dataclass(frozen=True)
class Node:
    """A touchpoint at a step, with all the routes that pass it there."""

    place: str
    step: int
    y: float
    height: float


def flow_section(routes: pl.DataFrame | None, outline: Outline, effort: Moves | None = None) -> Section:
    """The routes that most journeys take, with the effort that follows their hardest moves."""
    top = top_routes(routes)
    if not top:
        return Section("routes", "Routes", "Main routes", "Routes were not measured.", "")
    rest = max(0.0, 1 - sum(route.share for route in top))
    total = sum(route.journeys for route in top) / (1 - rest) if rest < 1 else 0
    other = round(total) - sum(route.journeys for route in top)
    covered = say(1 - rest, "share")
    lead = (
        f"The {many(len(top), 'route')} that most journeys take cover {covered} of all journeys; "
        f"{many(other, 'journey')} took other routes."
    )
    said = say_hardest(effort or {}, [route.steps[:MOST_STEPS] for route in top], outline)
    aside = el("p", {"class": "aside"}, said) if said else None
    content = (_picture(top, outline, effort or {}), aside, _table(top, outline, other, rest))
    return Section("routes", "Routes", "Main routes", lead, content)


def top_routes(routes: pl.DataFrame | None) -> list[Route]:
    """The routes with most journeys, of enough customers to be shown."""
    if routes is None or not routes.height:
        return []
    shown = routes.filter((pl.col("customers") >= SMALL_GROUP) & (pl.col("route").list.len() > 0))
    order = [pl.col("journeys"), pl.col("route").list.join(">"), pl.col("outcome")]
    top = shown.sort(order, descending=[True, False, False], nulls_last=True).head(MOST_ROUTES)
    return [
        Route(tuple(row["route"]), row["journeys"], row["customers"], row["share"], row["outcome"] or "")
        for row in top.iter_rows(named=True)
    ]


def place_flow(routes: Sequence[Route], order: Sequence[str]) -> tuple[list[Node], dict[tuple[int, int], Slot]]:
    """The nodes, and the slot of each (route, step). Within a step, nodes stand in the order of the map."""
    scale = THICK / max(sum(route.journeys for route in routes), 1)
    rank = {place: k for k, place in enumerate(order)}
    nodes: list[Node] = []
    slots: dict[tuple[int, int], Slot] = {}
    for step in range(min(max(len(route.steps) for route in routes), MOST_STEPS)):
        passing = [k for k, route in enumerate(routes) if len(route.steps) > step]
        height_before = {k: slots[k, step - 1].y if (k, step - 1) in slots else 0.0 for k in passing}
        places = sorted({routes[k].steps[step] for k in passing}, key=lambda place: (rank.get(place, len(rank)), place))
        y = BETWEEN
        for place in places:
            inside = sorted((k for k in passing if routes[k].steps[step] == place), key=lambda k: (height_before[k], k))
            start = y
            for k in inside:
                thick = max(routes[k].journeys * scale, 1.5)
                slots[k, step] = Slot(y, thick)
                y += thick
            nodes.append(Node(place, step, start, y - start))
            y += BETWEEN
    return nodes, slots


def _picture(routes: Sequence[Route], outline: Outline, effort: Moves) -> Markup:
    nodes, slots = place_flow(routes, [point.id for point in outline.touchpoints])
    steps = max(node.step for node in nodes) + 1
    height = max(node.y + node.height for node in nodes) + 24
    wide = max(NARROWEST, WIDTH / (steps + 0.4))
    width = (steps + 0.4) * wide
    ends = _ends(routes, slots)
    ribbons = [_ribbon(k, route, slots, outline, wide, ends[k]) for k, route in enumerate(routes)]
    marks = [_node(node, outline, wide) for node in nodes]
    marks += effort_marks(nodes, [route.steps[:MOST_STEPS] for route in routes], effort, wide=wide)
    told = f"{many(len(routes), 'route')} over up to {steps} steps. The table below says the same."
    svg: Size = {
        "viewBox": f"0 0 {number(width)} {number(height)}",
        "width": width,
        "height": height,
        "role": "group",
        "aria-label": told,
    }
    scroll = {
        "class": "scroll picture",
        "tabindex": "0",
        "role": "region",
        "aria-label": "Flow of the main routes",
    }
    return el("figure", {}, _legend(), el("div", scroll, el("svg", {"class": "pic flowing", **svg}, ribbons, marks)))


def _ends(routes: Sequence[Route], slots: dict[tuple[int, int], Slot]) -> list[float]:
    """The height of each route's end label: at its ribbon's middle, or below the label above it."""
    last = [min(len(route.steps), MOST_STEPS) - 1 for route in routes]
    found = [slots[k, step].y + slots[k, step].thick / 2 for k, step in enumerate(last)]
    below: dict[int, float] = {}
    for k in sorted(range(len(routes)), key=lambda k: found[k]):
        found[k] = max(found[k], below.get(last[k], 0.0))
        below[last[k]] = found[k] + 14
    return found


def _legend() -> Markup:
    items = (
        ("key-success", "reached", "reached success"),
        ("key-lost", "lost", "lost or stuck"),
        ("key-open", "under way", "under way"),
    )
    return el("ul", {"class": "legend"}, [el("li", {"class": css}, sign(kind), said) for css, kind, said in items])


def _ribbon(
    k: int, route: Route, slots: dict[tuple[int, int], Slot], outline: Outline, wide: float, label: float
) -> Markup:
    tone = ENDS.get(route.outcome, "open")
    mine = [slots[k, step] for step in range(min(len(route.steps), MOST_STEPS))]
    upper = [(step * wide + x, slot.y) for step, slot in enumerate(mine) for x in (0.0, NODE)]
    parts = _band(upper, [slot.thick for slot in mine for _ in (0, 1)])
    x, y = upper[-1][0], label
    counted = f"{many(route.journeys, 'journey')}, {say(route.share, 'share')}"
    says = f"{_way(route, outline)}: {counted}, {OUTCOMES.get(route.outcome, 'outcome not known')}"
    end = el(
        "g",
        {"class": f"end-{tone}"},
        sign(SIGNS.get(route.outcome, ""), x=x + 22, y=y - 6),
        el("text", {"class": "small", "x": x + 38, "y": y + 4}, say(route.share, "share")),
    )
    stub = _band(
        [(x, mine[-1].y), (x + 18, mine[-1].y + mine[-1].thick * 0.15)],
        [mine[-1].thick, mine[-1].thick * 0.7],
    )
    return el(
        "g",
        {"class": "route", "tabindex": "0", "role": "img", "aria-label": says, "data-tip": says},
        el("path", {"class": f"flow flow-{tone}", "d": f"{parts} {stub}"}),
        end,
    )


def _band(upper: Sequence[tuple[float, float]], thick: Sequence[float]) -> str:
    lower = [(x, y + t) for (x, y), t in zip(upper, thick, strict=True)]
    return f"{_curve(upper, 'M')} {_curve(lower[::-1], 'L')} Z"


def _curve(corners: Sequence[tuple[float, float]], start: str) -> str:
    x0, y0 = corners[0]
    said = [f"{start}{number(x0)} {number(y0)}"]
    for x, y in corners[1:]:
        middle = number((x0 + x) / 2)
        said.append(f"C{middle} {number(y0)} {middle} {number(y)} {number(x)} {number(y)}")
        x0, y0 = x, y
    return " ".join(said)


def _node(node: Node, outline: Outline, wide: float) -> Markup:
    title = outline.titles.get(node.place, node.place)
    name = clip(title, wide * 0.86 - 8, 11.5, bold=True)
    box = el(
        "rect",
        {
            "class": "node",
            "x": node.step * wide,
            "y": node.y,
            "width": NODE,
            "height": max(node.height, 2),
            "rx": 2,
        },
    )
    return el(
        "g",
        {},
        el("title", {}, title),
        box,
        el("text", {"class": "strong name", "x": node.step * wide, "y": node.y - 7}, name),
    )


def _way(route: Route, outline: Outline) -> str:
    return " → ".join(outline.titles.get(step, step) for step in route.steps)


def _table(routes: Sequence[Route], outline: Outline, other: int, rest: float) -> Markup:
    most = max([*(route.share for route in routes), rest])
    rows: list[list[Child | Cell]] = [
        [
            Cell(_way(route, outline), k),
            bar(route.share, most=most),
            say(route.share, "share"),
            f"{route.journeys:,}",
            f"{route.customers:,}",
            _ended(route),
        ]
        for k, route in enumerate(routes)
    ]
    if other > 0:
        rows.append(["All other routes", bar(rest, most=most), say(rest, "share"), f"{other:,}", "", "all kinds"])
    heads = [
        Head("Route"),
        Head("Share of journeys", "wide", hidden=True),
        Head("Share", "num"),
        Head("Journeys", "num"),
        Head("Customers", "num"),
        Head("How it ended"),
    ]
    return el(
        "details",
        {"class": "data"},
        el("summary", {}, "The routes as a table"),
        listing("Main routes", heads, rows),
    )


def _ended(route: Route) -> Markup:
    tone = ENDS.get(route.outcome, "open")
    return el(
        "span",
        {"class": f"ended end-{tone}"},
        sign(SIGNS.get(route.outcome, "")),
        OUTCOMES.get(route.outcome, "not known"),
    )
