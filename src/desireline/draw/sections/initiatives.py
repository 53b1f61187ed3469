"""The section on initiatives: what was decided, what was expected, and whether it helped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desireline.draw.figures import measure_title, say, say_difference, say_effect
from desireline.draw.grid import place_id
from desireline.draw.html import Child, Markup, el
from desireline.draw.listing import Cell, Head, listing
from desireline.draw.sections.section import Section
from desireline.initiatives.records import Initiative, Judged, Target
from desireline.maps.outline import Outline

WORDS = {"helped": "better", "harmed": "worse", "no clear effect": "unclear", "too early": "unclear"}
"""How a verdict is coloured; the word stands beside it, so colour never speaks alone."""


def initiatives_section(found: Sequence[Initiative], outline: Outline) -> Section | None:
    """What was decided about this map; nothing where nothing was."""
    mine = decided_about(found, outline)
    if not mine:
        return None
    judged = sum(bool(one.verdicts) for one in mine)
    lead = (
        f"{len(mine)} decided, {judged} with a verdict. Target, baseline and design are fixed from the start on; "
        "the method of a verdict follows from the design and the data."
    )
    heads = [Head("Initiative"), Head("Target"), Head("State"), Head("Verdict")]
    rows = [_row(one, outline) for one in mine]
    return Section(
        "initiatives", "Initiatives", "What was done, and whether it helped", lead, listing("Initiatives", heads, rows)
    )


def decided_about(found: Sequence[Initiative], outline: Outline) -> list[Initiative]:
    """What was decided about this map, or about none in particular."""
    return [one for one in found if one.map_id in ("", outline.map.map.id)]


def wanted(target: Target) -> float | None:
    """The change that is expected, with its sign, in the measure's unit; None where nobody said how much."""
    if target.expected is None:
        return None
    return target.expected if target.direction == "up" else -target.expected


def say_days(one: Initiative) -> str:
    """From when to when it runs, as far as that is known."""
    return " to ".join(str(day) for day in (one.starts_on, one.runs_until) if day)


def say_tasks(one: Initiative) -> str:
    """How many of its tasks are done; nothing where it has none."""
    return f"{sum(task.done for task in one.tasks)} of {len(one.tasks)} tasks done" if one.tasks else ""


def _row(one: Initiative, outline: Outline) -> list[Child | Cell]:
    who = " · ".join(text for text in (outline.titles.get(one.team, one.team), one.owner) if text)
    about = el(
        "div",
        {"class": "sentence"},
        el("p", {}, el("b", {}, one.title)),
        el("p", {}, one.hypothesis) if one.hypothesis else None,
        el("p", {}, el("small", {}, who)) if who else None,
    )
    return [Cell(about, one.title), _target(one, outline), _state(one), _verdict(one.verdicts[-1:])]


def _target(one: Initiative, outline: Outline) -> Markup:
    target = one.target
    title: Child = outline.titles.get(target.at, target.at)
    if target.at in outline.touchpoint:
        title = el("a", {"href": f"#{place_id(target.at)}"}, title)
    lines: list[Child] = [el("p", {}, measure_title(target.measure), " · ", title)]
    base = target.baseline
    unit = base.unit if base else ""
    if base:
        lines.append(el("p", {}, f"Before: {say(base.value, base.unit)} ({base.since} to {base.until})"))
    change = wanted(target)
    if change is not None:
        lines.append(el("p", {}, f"Expected: {say_effect(change, unit)}"))
    return el("div", {}, lines)


def _state(one: Initiative) -> Markup:
    lines = [one.status, say_days(one), one.roll_out.kind, say_tasks(one)]
    return el("div", {}, [el("p", {}, line) for line in lines if line])


def _verdict(last: Sequence[Judged]) -> Markup:
    if not last:
        return el("span", {"class": "none"}, "not judged yet")
    one = last[0]
    return el(
        "div",
        {"class": "sentence"},
        el("p", {}, el("b", {"class": f"value {WORDS.get(one.word, '')}".rstrip()}, one.word)),
        el("p", {}, one.says),
        [el("p", {}, el("small", {}, line)) for line in _numbers(one.whole)],
    )


def _numbers(whole: dict[str, Any]) -> list[str]:
    """Each arm's effect with its interval, method and grade."""
    told: list[str] = []
    notes: list[str] = []
    for verdict in whole.get("verdicts", []):
        effect = verdict.get("effect")
        if not effect or effect.get("low") is None or effect.get("high") is None:
            continue
        size = say_difference(effect["value"], effect["low"], effect["high"], effect["unit"])
        notes += verdict.get("warnings", [])
        arm = f"{verdict['arm']}: " if verdict.get("arm") else ""
        told.append(f"{arm}{size}, {verdict.get('method', '')}, grade {verdict.get('grade', '')}")
    return [*told, *dict.fromkeys(notes)]
