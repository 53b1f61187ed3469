"""What was decided and whether it helped, as a manager is told it: initiatives and their last verdicts, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desireline.draw.brief.bar import Bar
from desireline.draw.figures import measure_title, say, say_difference, say_effect, say_interval
from desireline.draw.sections.groups import group_title
from desireline.draw.sections.initiatives import decided_about, say_days, say_tasks, wanted
from desireline.draw.sections.method import place_title
from desireline.initiatives.records import Initiative, Target
from desireline.maps.outline import Outline

JUDGED = {"helped": "+", "harmed": "−", "no clear effect": "○", "too early": "…"}
"""A sign for each verdict; the word stands beside it."""


@dataclass(frozen=True)
class Deed:
    """An initiative in words. `word`: its last verdict, empty where there is none."""

    title: str
    who: str
    why: str
    target: str
    before: str
    state: str
    tasks: str
    word: str
    says: str
    effects: tuple[str, ...]
    method: str
    warnings: tuple[str, ...]
    bars: tuple[Bar, ...]

    @property
    def verdict(self) -> str:
        """The verdict with its sign, or that there is none."""
        return f"{JUDGED.get(self.word, '·')} {self.word}" if self.word else "not judged yet"


def deeds_of(found: Sequence[Initiative], outline: Outline) -> list[Deed]:
    """What was decided about this map: judged first, then running, then the rest, in their order."""
    mine = sorted(decided_about(found, outline), key=lambda one: (not one.verdicts, one.status != "running"))
    return [_deed(one, outline) for one in mine]


def _deed(one: Initiative, outline: Outline) -> Deed:
    last = one.verdicts[-1] if one.verdicts else None
    judged: list[dict[str, Any]] = list(last.whole.get("verdicts", [])) if last else []
    bars = tuple(bar for each in judged if (bar := _bar(each, one.target)))
    methods = dict.fromkeys(f"{each.get('method', '')}, grade {each.get('grade', '')}" for each in judged)
    team = outline.titles.get(one.team, one.team)
    return Deed(
        title=one.title,
        who=" · ".join(text for text in (one.owner, team) if text) or "no owner",
        why=one.hypothesis,
        target=_target(one.target, outline),
        before=_before(one.target),
        state=" · ".join(text for text in (one.status, say_days(one)) if text),
        tasks=say_tasks(one),
        word=last.word if last else "",
        says=last.says if last else "",
        effects=tuple(f"{bar.label}: {bar.told}" if bar.label else bar.told for bar in bars),
        method="; ".join(methods),
        warnings=tuple(dict.fromkeys(text for each in judged for text in each.get("warnings", []))),
        bars=bars,
    )


def _target(target: Target, outline: Outline) -> str:
    where = place_title(target.at, outline)
    group = f", {group_title(target.group, outline)}" if target.group else ""
    said = f"{measure_title(target.measure)} at “{where}”{group}"
    change = wanted(target)
    if change is None:
        return f"{said}: {target.direction}"
    return f"{said}: {say_effect(change, target.baseline.unit if target.baseline else '')}"


def _before(target: Target) -> str:
    base = target.baseline
    if base is None:
        return ""
    ends = "" if base.low is None or base.high is None else f" ({say_interval(base.low, base.high, base.unit)})"
    return f"before {say(base.value, base.unit)}{ends}"


def _bar(judged: dict[str, Any], target: Target) -> Bar | None:
    """None where nothing could be said."""
    effect = judged.get("effect")
    if not effect:
        return None
    numbers = (effect["value"], effect.get("low"), effect.get("high"), effect["unit"])
    return Bar(judged.get("arm") or "", *numbers, say_difference(*numbers), wanted(target))
