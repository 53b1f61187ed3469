"""The section on deviations: the ledger, ranked, one plain sentence per row, with effects and example
customers.
"""

from __future__ import annotations

from collections.abc import Sequence

from desireline.draw.deviations import KINDS, Deviation, Effect
from desireline.draw.figures import many, say, say_effect, say_effect_range, say_interval
from desireline.draw.grid import place_id
from desireline.draw.html import Child, Markup, el
from desireline.draw.icons import sign
from desireline.draw.listing import Cell, Head, bar, listing
from desireline.draw.sections.section import Section
from desireline.maps.outline import Outline

EFFECTS = {"conversion": "Effect on success", "score": "Effect on score", "value": "Effect on value"}


def ledger_section(found: Sequence[Deviation], outline: Outline, *, kept_back: int) -> Section:
    """Where journeys leave the plan."""
    lead = (
        "Ranked by what each deviation is likely to cost. "
        "Effects compare journeys with the deviation to those without it: "
        "they show what comes together, not what causes what."
        if found
        else "No deviation was found."
    )
    rows = many(kept_back, "row")
    hidden = f"{rows} about fewer than 5 customers {'is' if kept_back == 1 else 'are'} not shown."
    note = el("p", {"class": "aside"}, hidden) if kept_back else None
    return Section("deviations", "Deviations", "Where journeys leave the plan", lead, (_table(found, outline), note))


def say_effect_interval(effect: Effect) -> str:
    """Both ends of an effect's interval, and the scale of a score."""
    if effect.low is None or effect.high is None:
        return ""
    scale = effect.unit.partition(":")[2] if effect.unit.startswith("score") else ""
    said = say_effect_range(effect.low, effect.high, effect.unit)
    return f"{said}, scale {scale}" if scale else said


def _table(found: Sequence[Deviation], outline: Outline) -> Markup:
    effects = [name for name in EFFECTS if any(name in one.effects for one in found)]
    heads = [
        Head("Rank", "num"),
        Head("What happens"),
        Head("Share of journeys", "wide", hidden=True),
        Head("Share", "num"),
        Head("Customers", "num"),
    ]
    heads += [Head(EFFECTS[name], "num") for name in effects]
    most = max((one.high or one.share or 0 for one in found), default=1) or 1
    rows = [_row(one, outline, effects, most) for one in found]
    return listing("Deviations, ranked", heads, rows, sortable=True, css="ledger")


def _row(one: Deviation, outline: Outline, effects: Sequence[str], most: float) -> list[Child | Cell]:
    share: Child = "–"
    if one.share is not None:
        interval = say_interval(one.low, one.high, "share") if one.low is not None and one.high is not None else None
        share = el(
            "span",
            {"class": "evidence"},
            el("b", {"class": "value"}, say(one.share, "share")),
            el("small", {}, interval) if interval else None,
        )
    return [
        Cell(el("span", {"id": f"deviation-{one.rank}"}, str(one.rank)), one.rank),
        Cell(_sentence(one, outline), one.kind),
        bar(one.share, one.low, one.high, most=most, tone="bad"),
        Cell(share, one.share),
        Cell(f"{one.customers:,}", one.customers),
        *(_effect(one.effects.get(name)) for name in effects),
    ]


def _sentence(one: Deviation, outline: Outline) -> Markup:
    place = outline.touchpoint.get(one.place)
    title = outline.titles.get(one.place, one.place)
    where = el("a", {"href": f"#{place_id(one.place)}"}, title) if place else el("span", {}, title)
    badge = el("span", {"class": "badge"}, sign(one.kind), el("span", {}, KINDS.get(one.kind, one.kind)))
    return el("div", {"class": "sentence"}, el("p", {}, badge, " ", where), el("p", {}, one.what), _examples(one))


def _examples(one: Deviation) -> Markup | None:
    if not one.examples:
        return None
    items = [el("li", {}, el("code", {}, example)) for example in one.examples]
    return el(
        "details",
        {"class": "examples"},
        el("summary", {}, many(len(items), "example customer")),
        el("ul", {}, items),
    )


def _effect(effect: Effect | None) -> Cell:
    if effect is None:
        return Cell(el("span", {"class": "none"}, "–"), 0)
    css = "unclear" if not effect.clear else "worse" if effect.value < 0 else "better"
    value = el("b", {"class": f"value {css}"}, say_effect(effect.value, effect.unit))
    note = el("small", {}, say_effect_interval(effect))
    doubt = el("small", {}, "may be chance") if not effect.clear else None
    return Cell(el("span", {"class": "evidence"}, value, note, doubt), effect.value)
