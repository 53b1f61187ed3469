"""Findings as the app shows them: the command line's numbers, each with its words, its cost and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desireline.draw.finding import (
    GRADES,
    beside,
    facts,
    place,
    say_cost,
    say_q,
    say_range,
    say_size,
    title,
    what_helps,
)
from desireline.findings.catalog import RULES
from desireline.findings.finding import Effect, Finding
from desireline.findings.notice import Findings
from desireline.findings.opportunities.opportunity import Opportunity, opportunities_of
from desireline.findings.opportunities.scores import ORDERS
from desireline.findings.written import effect_json, finding_json, findings_json, opportunity_json
from desireline.kept.decided import open_ones

if TYPE_CHECKING:
    from desireline.ledger.decisions import Decision
    from desireline.maps.outline import Outline

TRUST: Mapping[str, str] = {
    "A": "Customers were dealt out by lot, so what differs comes from what was done.",
    "B": "Groups that no lot dealt out were compared before and after; what else changed for one of them may mix in.",
    "C": "What else is known to differ between the groups was taken out; what nobody recorded was not.",
    "D": "A plain count or difference: it shows what comes together, not what causes what.",
}
INFLUENCE = {"yes": "", "partly": "partly ours to change", "no": "not ours to change"}


def found_json(
    found: Findings,
    outline: Outline,
    *,
    decided: Mapping[str, Decision],
    efforts: Mapping[str, float],
    all_: bool = False,
    formula: str | None = None,
) -> dict[str, Any]:
    """As `desireline findings --json` says it (`all_`: with `--all`), and beside each number its words.

    `efforts` by a finding's key. Raises FormulaUnclear.
    """
    shown = list(found.findings) if all_ else open_ones(found.findings, decided)
    orders = (*ORDERS, "own") if formula else ORDERS
    ranked = {
        by: opportunities_of(shown, found.worth, found.around, by=by, efforts=efforts, formula=formula) for by in orders
    }
    places = {by: {one.finding.id: k for k, one in enumerate(order, 1)} for by, order in ranked.items()}
    costs = {one.finding.id: one for one in ranked["loss"]}
    return findings_json(replace(found, findings=tuple(shown))) | {
        "put_away": len(found.findings) - len(shown),
        "currency": outline.map.map.currency,
        "orders": list(orders),
        "findings": [
            _told(one, outline)
            | {
                "cost": _cost(costs[one.id], outline),
                "ranks": {by: place_of[one.id] for by, place_of in places.items()},
                "decision": decided[one.key].as_json() if one.key in decided else None,
                "beside": list(beside(one, outline)),
                "also": [_told(other, outline) for other in one.also],
            }
            for one in shown
        ],
    }


def _told(one: Finding, outline: Outline) -> dict[str, Any]:
    """The finding with its words."""
    rule = RULES[one.rule]
    on_map = [part for part in one.at.split(">") if part in outline.titles and part != outline.map.map.id]
    point = outline.touchpoint.get(on_map[-1]) if on_map else None
    return finding_json(one) | {
        "key": one.key,
        "title": title(one),
        "place": place(one, outline),
        "records": on_map,
        "stage": point.stage if point else on_map[-1] if on_map else "",
        "sort": rule.sort,
        "grade_says": GRADES[one.grade],
        "what_helps": what_helps(one),
        "about": rule.about,
        "facts": facts(one),
        "opens": rule.opens is not None and one.customers > 0,
        "method": list(_method(one)),
        "recompute": f"desireline findings {outline.map.map.id}.journey.yaml -w WORKSPACE --show {one.id}",
        "effect": _sized(one.effect),
        "evidence": [_sized(effect) for effect in one.evidence],
        "also": [],
    }


def _sized(effect: Effect) -> dict[str, Any]:
    return effect_json(effect) | {"told": say_size(effect), "difference": effect.difference}


def _cost(one: Opportunity, outline: Outline) -> dict[str, Any]:
    """As `desireline opportunities --json` says it, without the finding."""
    said = {name: value for name, value in opportunity_json(one).items() if name != "finding"}
    for name in ("reach", "lost", "money"):
        numbers = getattr(one, name)
        said[name] = said[name] and said[name] | {"told": say_range(numbers, "")}
    return said | {
        "says": say_cost(one, outline.map.map.currency or ""),
        "influence_says": INFLUENCE[one.influence],
    }


def _method(one: Finding) -> list[str]:
    """How it was found, in sentences."""
    passed, tried = one.checks
    told = [f"Grade {one.grade}, {GRADES[one.grade]}. {TRUST[one.grade]}"]
    if one.effect.low is not None:
        told.append("Intervals are 95 % intervals; customers are what is counted as independent.")
    if one.q is None:
        told.append("It stands by itself: a count, with nothing to test.")
    else:
        false = "0.1" if one.q < 0.001 else f"{100 * one.q:.1f}"
        told.append(
            f"It is larger than what would not matter. Of findings told this surely, at most {false} % may be "
            f"false ({say_q(one)}, after all that was looked at)."
        )
    if tried:
        told.append(f"{passed:,} of {tried:,} checks of its kind told of something.")
    if one.shrunk < 0.995:
        told.append(f"In the ranking it counts {100 * one.shrunk:.0f} %, so that small and noisy groups do not lead.")
    if one.since:
        told.append(f"It holds since about {one.since.day} {one.since:%B %Y}; the day was found in the data.")
    return told
