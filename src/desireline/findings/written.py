"""Findings and opportunities as plain data, as JSON holds them."""

from __future__ import annotations

from typing import Any

from desireline.findings.finding import Effect, Finding, Harm
from desireline.findings.notice import Findings
from desireline.findings.opportunities.opportunity import Opportunity


def findings_json(found: Findings) -> dict[str, Any]:
    """All findings with the data window and the counts of checks."""
    around, (passed, tried) = found.around, found.checks
    return {
        "map": around.outline.map.map.id,
        "data": {"from": around.first_at, "to": around.last_at, "version": around.data},
        "checks": {"passed": passed, "tried": tried},
        "families": {name: {"passed": a, "tried": b} for name, (a, b) in sorted(found.families.items())},
        "findings": [finding_json(one) for one in found.findings],
    }


def finding_json(one: Finding) -> dict[str, Any]:
    """One finding with what stands behind it."""
    return {
        "id": one.id,
        "rule": one.rule,
        "at": one.at,
        "group": one.group,
        "since": one.since,
        "until": one.who.until,
        "says": one.says,
        "effect": effect_json(one.effect),
        "customers": one.customers,
        "journeys": one.journeys,
        "grade": one.grade,
        "p": one.p,
        "q": one.q,
        "checks": {"passed": one.checks[0], "tried": one.checks[1]},
        "shrunk": one.shrunk,
        "evidence": [effect_json(effect) for effect in one.evidence],
        "harms": [_harm(harm) for harm in one.harms],
        "quotes": list(one.quotes),
        "also": [finding_json(other) for other in one.also],
    }


def effect_json(effect: Effect) -> dict[str, Any]:
    """A number with its interval."""
    return vars(effect)


def opportunity_json(one: Opportunity) -> dict[str, Any]:
    """An opportunity: its finding, its size, and how sure its place in the order is."""
    return {
        "finding": finding_json(one.finding),
        "influence": one.influence,
        "effort": one.effort,
        "harmed": one.harmed or None,
        **{name: None if r is None else r._asdict() for name, r in _ranges(one).items()},
        "in_top_3": one.in_top,
        "ranks": None if one.ranks is None else {"low": one.ranks[0], "high": one.ranks[1]},
        "worth_knowing": one.worth_knowing,
        "scores": dict(one.scores),
    }


def _ranges(one: Opportunity) -> dict[str, Any]:
    return {"reach": one.reach, "lost": one.lost, "money": one.money}


def _harm(harm: Harm) -> dict[str, Any]:
    return vars(harm)
