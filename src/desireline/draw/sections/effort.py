"""The section on effort: what made journeys hard, where, at which hand-offs, and how far the index can be trusted.

Stacked bars, one per stage and touchpoint, are made of HTML like all marks in tables; the numbers stand beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from desireline.draw.figures import NARROW, many, say
from desireline.draw.html import Child, Markup, el, number
from desireline.draw.listing import Cell, Head, bar, dots, listing
from desireline.draw.sections.section import Section
from desireline.maps.outline import Outline
from desireline.voice.effort.components import COMPONENTS, MINUTES_SAY
from desireline.voice.effort.found import Found

MOST_HAND_OFFS = 10
SHADES = 5
"""Parts of a bar that differ to the eye; components beyond the largest ones are put together."""
WORDS = {"stage": "stages", "team": "teams", "channel": "channels", "group": "groups", "touchpoint": "touchpoints"}


def effort_section(found: Found | None, outline: Outline) -> Section | None:
    """Effort by place and by hand-off. None when nothing was found, or journeys are of too few customers."""
    if found is None or found.whole["effort"] is None:
        return None
    content: list[Child] = [
        _trust(found),
        _bars(found, outline),
        [_hand_offs(found, kind, outline) for kind in _kinds(found)],
        _components(found),
        _tenths(found),
    ]
    return Section("effort", "Effort", "How hard it was", say_index(found), content)


def effort_on_edges(found: Found | None) -> dict[tuple[str, str], float]:
    """By planned or walked move between touchpoints (a, b): the effort that follows it, in points per move.

    Moves of fewer than five customers are left out. Needs hand-offs of the kind "touchpoint".
    """
    if found is None:
        return {}
    told = found.hand_offs.filter((pl.col("kind") == "touchpoint") & pl.col("effort").is_not_null())
    return {(a, b): effort for a, b, effort in told.select("from", "to", "effort").iter_rows()}


def say_effort(effort: float | None) -> str:
    """Points of the index, with one decimal; two where there are few."""
    return "" if effort is None else f"{effort:.{1 if effort >= 1 or not effort else 2}f}"


def say_range(row: Mapping[str, Any]) -> str:
    """The interval of an effort: `7.9–8.7`; nothing where there is none."""
    if row["low"] is None or row["high"] is None:
        return ""
    return f"{row['low']:.{_places(row)}f}–{row['high']:.{_places(row)}f}"


def mostly(row: Mapping[str, Any]) -> str:
    """The component that adds most, in short, as far as it is known: `transfers 54 %`."""
    told = {one: row[one.name] for one in COMPONENTS if row[one.name]}
    if not told:
        return ""
    most = max(told, key=lambda one: told[one])
    return f"{most.short} {100 * told[most] / sum(told.values()):.0f}{NARROW}%"


def place_title(outline: Outline, name: str) -> str:
    """The title of a stage, team, channel or touchpoint; the name of a group as the data has it."""
    return outline.titles.get(name, name)


def _places(row: Mapping[str, Any]) -> int:
    return 1 if (row["effort"] or 0) >= 1 else 2


def say_index(found: Found) -> str:
    """How hard journeys were, in plain words. They must be of five customers or more."""
    whole = found.whole
    told = f"{say_effort(whole['effort'])} of 100 points per journey (95{NARROW}% interval {say_range(whole)})"
    return (
        f"{told}, over {many(whole['m'], 'journey')} of {many(whole['n'], 'customer')}. 0 is a journey without any "
        "sign of effort, 100 one in which every sign is as strong as it is counted."
    )


def _trust(found: Found) -> Markup:
    return el("p", {"class": "aside"}, f"{found.basis} {found.validity.says()}")


def _bars(found: Found, outline: Outline) -> Markup:
    told = {row["at"]: row for row in found.places.iter_rows(named=True) if row["effort"] is not None}
    rows = [told[place] for place in _in_order(outline) if place in told and told[place]["effort"] > 0]
    calm = sum(row["effort"] == 0 and row["kind"] != "stage" for row in told.values())
    most = max((row["effort"] for row in rows), default=0.0) or 1.0
    shown = _largest(found)
    heads = [Head("Place"), Head("What it is made of", "wide", hidden=True), Head("Points per journey", "num")]
    heads += [Head("95 % interval", "num"), Head("Journeys", "num"), Head("Of all effort", "num"), Head("Mostly")]
    cells: list[list[Child | Cell]] = [
        [
            el("b", {}, place_title(outline, row["at"])) if row["kind"] == "stage" else place_title(outline, row["at"]),
            _stack(row, shown, most),
            Cell(say_effort(row["effort"]), row["effort"]),
            say_range(row),
            Cell(f"{row['m']:,}", row["m"]),
            Cell(_share(row), row["share"] or 0.0),
            _one_line(mostly(row)),
        ]
        for row in rows
    ]
    aside = (
        el("p", {"class": "aside"}, f"No sign of effort was seen at {many(calm, 'more touchpoint')}.") if calm else None
    )
    return el("figure", {}, _legend(shown), listing("Effort by place", heads, cells), aside)


def _in_order(outline: Outline) -> list[str]:
    """Each stage, then its touchpoints."""
    found = []
    for stage in outline.stages:
        found += [stage.id, *(point.id for point in outline.touchpoints if point.stage == stage.id)]
    return found


def _largest(found: Found) -> list[str]:
    told = found.components.filter(pl.col("points") > 0).sort("points", "component", descending=[True, False])
    return told["component"].head(SHADES).to_list()


def _legend(shown: list[str]) -> Markup:
    titles = {one.name: one.title for one in COMPONENTS}
    items = [el("li", {}, el("i", {"class": f"part part-{k}"}), titles[name]) for k, name in enumerate(shown)]
    rest = el("li", {}, el("i", {"class": "part part-rest"}), "all others")
    return el("ul", {"class": "legend"}, items, rest)


def _stack(row: Mapping[str, Any], shown: list[str], most: float) -> Markup:
    """One bar from zero; its parts in the order of the legend. The numbers stand beside it in words."""
    parts = [(f"part-{k}", row[name] or 0.0) for k, name in enumerate(shown)]
    parts.append(("part-rest", max(row["effort"] - sum(size for _, size in parts), 0.0)))
    marks = [
        el("i", {"class": f"part {css}", "style": f"width:{number(100 * size / most)}%"})
        for css, size in parts
        if size / most > 0.002
    ]
    return el("span", {"class": "stack", "aria-hidden": "true"}, marks)


def _kinds(found: Found) -> list[str]:
    """The kinds of hand-off that happened; those between touchpoints only where there are no others."""
    kinds = found.hand_offs.filter(pl.col("effort").is_not_null())["kind"].unique(maintain_order=True).to_list()
    order = list(WORDS)
    kinds = [kind for kind in kinds if kind != "touchpoint"] or kinds
    return sorted(kinds, key=lambda kind: (order.index(kind) if kind in order else 3, kind))


def _hand_offs(found: Found, kind: str, outline: Outline) -> Markup:
    told = found.hand_offs.filter((pl.col("kind") == kind) & pl.col("effort").is_not_null()).head(MOST_HAND_OFFS)
    rows = told.to_dicts()
    most = max(row["share_high"] or row["share"] or 0.0 for row in rows)
    heads = [Head("From → to"), Head("Share of all effort", "wide", hidden=True), Head("Of all effort", "num")]
    heads += [Head("Times", "num"), Head("Points each", "num"), Head("95 % interval", "num"), Head("Mostly")]
    cells: list[list[Child | Cell]] = [
        [
            f"{place_title(outline, row['from'])} → {place_title(outline, row['to'])}",
            bar(row["share"], row["share_low"], row["share_high"], most=most or 1.0),
            Cell(_share(row), row["share"] or 0.0),
            Cell(f"{row['hand_offs']:,}", row["hand_offs"]),
            Cell(say_effort(row["effort"]), row["effort"]),
            say_range(row),
            _one_line(mostly(row)),
        ]
        for row in rows
    ]
    words = WORDS.get(kind, kind.removeprefix("property:").replace("_", " "))
    return listing(f"Costliest hand-offs between {words}: effort after each, times how often it happens", heads, cells)


def _components(found: Found) -> Markup:
    rows: list[list[Child | Cell]] = []
    counts = {one.name: one.says for one in COMPONENTS}
    for one in found.components.iter_rows(named=True):
        if one["measurable"]:
            told = [
                f"{one['weight']:.2f}",
                _two(one["mean"]),
                f"{one['cap']:g}",
                _two(one["points"]),
                f"customers {counts[one['component']]}",
            ]
        else:
            told = ["", "", "", "", f"not measurable: {one['why']}"]
        rows.append([one["title"], *told[:-1], _two_lines(told[-1])])
    heads = [Head("Sign of effort"), Head("Weight", "num"), Head("Per journey", "num"), Head("Counted up to", "num")]
    table = listing("Signs of effort", [*heads, Head("Points", "num"), Head("What counts")], rows)
    says = el("p", {}, MINUTES_SAY)
    return el("details", {"class": "data"}, el("summary", {}, "The signs of effort and their weights"), table, says)


def _tenths(found: Found) -> Markup | None:
    """How felt effort grows with the index: one row per tenth of the answers."""
    valid = found.validity
    if valid.tenths is None:
        return None
    shown = valid.tenths.filter(pl.col("n") >= 5)
    rows: list[list[Child | Cell]] = [
        [
            f"{row['index']:.1f}",
            dots((("measured", row["felt"]),), low=_known(row["low"]), high=_known(row["high"]), domain=(0.0, 1.0)),
            say(row["felt"], "share"),
            f"{row['answers']:,}",
        ]
        for row in shown.iter_rows(named=True)
    ]
    index = "Foretold effort" if valid.foretold else "Effort there" if valid.here else "Index"
    heads = [Head(index), Head("Felt effort", "wide", hidden=True), Head("Felt effort", "num"), Head("Answers", "num")]
    title = "Answers in ten equal parts, easiest journeys first: what people felt, as a share of the worst answer"
    return el("details", {"class": "data"}, el("summary", {}, "The index beside answers"), listing(title, heads, rows))


def _one_line(text: str) -> Markup:
    """In a narrow window columns to the right are out of sight: text that wraps there would leave gaps in the rest."""
    return el("span", {"style": "white-space:nowrap"}, text)


def _two_lines(text: str) -> Markup:
    return el("span", {"style": "display:inline-block;min-width:36ch"}, text)


def _share(row: Mapping[str, Any]) -> str:
    return "" if row["share"] is None else say(row["share"], "share")


def _two(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _known(value: float | None) -> float | None:
    return None if value is None or value != value else value
