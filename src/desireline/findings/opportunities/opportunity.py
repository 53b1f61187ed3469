"""Findings as opportunities: how large, how sure the order is, and what more data would be worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Literal

import numpy as np

from desireline.findings.finding import Finding
from desireline.findings.gather.worth import Worth
from desireline.findings.gathering import Around
from desireline.findings.opportunities.scores import CONFIDENCE, Known, check_formula, ice, own, rice, underserved
from desireline.findings.opportunities.size import Range, Size, size, span
from desireline.measures.clusters import Floats

Influence = Literal["yes", "partly", "no"]
TOP = 3


@dataclass(frozen=True)
class Opportunity:
    """A finding with its size. What no data tell is None."""

    finding: Finding
    influence: Influence
    effort: float | None  # as a person said
    reach: Range | None = None  # journeys a year
    lost: Range | None = None  # journeys wholly lost a year that it comes to
    money: Range | None = None  # a year, in the map's currency
    harmed: str = ""  # which outcome: conversion, score, value
    in_top: float | None = None  # P(among the first three)
    ranks: tuple[int, int] | None = None  # where it stands in 90 % of draws
    worth_knowing: float | None = None  # journeys a year that knowing its size for sure would save
    scores: Mapping[str, float] = field(default_factory=dict)


def opportunities(
    findings: Sequence[Finding],
    worth: Worth,
    around: Around,
    *,
    efforts: Mapping[str, float] | None = None,
    formula: str | None = None,
) -> list[Opportunity]:
    """The findings, the largest expected loss first; those whose harm is not measured follow by customers.

    `efforts` by "rule@place", by key or by id. Raises FormulaUnclear.
    """
    if formula:
        check_formula(formula)
    sizes = [size(one, worth, days=_days(one, around)) for one in findings]
    known = [i for i, one in enumerate(sizes) if one is not None]
    drawn = np.stack([sizes[i].lost for i in known]) if known else np.zeros((0, 1))  # type: ignore[union-attr]
    order = _Order(drawn)
    found = [
        _opportunity(one, sizes[i], order, known.index(i) if i in known else None, around=around, efforts=efforts or {})
        for i, one in enumerate(findings)
    ]
    scored = [_scored(one, formula) for one in found]
    return sorted(scored, key=lambda one: (-(one.lost.value if one.lost else -1.0), -one.finding.customers, _name(one)))


def opportunities_of(
    findings: Sequence[Finding],
    worth: Worth,
    around: Around,
    *,
    by: str,
    efforts: Mapping[str, float] | None = None,
    formula: str | None = None,
) -> list[Opportunity]:
    """The same in the order of a score (`scores.ORDERS`, or "own"); those without one stay behind, by loss."""
    found = opportunities(findings, worth, around, efforts=efforts, formula=formula)
    return found if by == "loss" else sorted(found, key=lambda one: -one.scores.get(by, -inf))


@dataclass(frozen=True, eq=False)
class _Order:
    """What draws say about the order; rows are opportunities."""

    drawn: Floats

    def ranks(self, row: int) -> Floats:
        """The place of a row in each draw, from 1."""
        return np.asarray(1 + (self.drawn > self.drawn[row]).sum(axis=0))

    def worth_knowing(self, row: int) -> float:
        """What choosing the first one after its size was told would gain, on average: the value of information."""
        means = self.drawn.mean(axis=1)
        others = float(np.delete(means, row).max()) if len(means) > 1 else 0.0
        told = float(np.maximum(self.drawn[row], others).mean())
        return max(told - max(float(means[row]), others), 0.0)


def _opportunity(
    finding: Finding,
    sized: Size | None,
    order: _Order,
    row: int | None,
    *,
    around: Around,
    efforts: Mapping[str, float],
) -> Opportunity:
    point = around.outline.touchpoint.get(finding.at.rpartition(">")[2])
    influence: Influence = point.influence if point else "yes"
    effort = next((efforts[name] for name in _names(finding) if name in efforts), None)
    if sized is None or row is None:
        return Opportunity(finding, influence, effort)
    ranks = order.ranks(row)
    return Opportunity(
        finding,
        influence,
        effort,
        reach=span(sized.reach),
        lost=span(sized.lost),
        money=None if sized.money is None else span(sized.money),
        harmed=sized.by,
        in_top=float((ranks <= TOP).mean()),
        ranks=(int(np.quantile(ranks, 0.05)), int(np.quantile(ranks, 0.95))),
        worth_knowing=order.worth_knowing(row),
    )


def _scored(one: Opportunity, formula: str | None) -> Opportunity:
    if one.reach is None or one.lost is None:
        return one
    impact = one.lost.value / one.reach.value if one.reach.value > 0 else 0.0
    effect = one.finding.effect
    share = effect.value / (one.finding.excess or 1.0) if effect.unit == "share" else 0.0
    known = Known(
        reach=one.reach.value,
        impact=impact,
        confidence=CONFIDENCE[one.finding.grade],
        effort=one.effort or 1.0,
        importance=10 * impact,
        satisfaction=10 * (1 - min(max(share, 0.0), 1.0)),
        lost=one.lost.value,
        money=one.money.value if one.money else 0.0,
        customers=float(one.finding.customers),
    )
    scores = {"rice": rice(known), "ice": ice(known), "importance–satisfaction": underserved(known)}
    return _with(one, scores | ({"own": own(formula, known)} if formula else {}))


def _with(one: Opportunity, scores: Mapping[str, float]) -> Opportunity:
    return Opportunity(**{**vars(one), "scores": scores})


def _days(finding: Finding, around: Around) -> float:
    if around.first_at is None or around.last_at is None:
        return 0.0
    first = max(finding.since, around.first_at.date()) if finding.since else around.first_at.date()
    return max((around.last_at.date() - first).days + 1, 1)


def _names(finding: Finding) -> tuple[str, ...]:
    """What a person may call it: its id, the part of the id that stays when data are added, its key, rule@place."""
    return finding.id, finding.id[:8], finding.key, f"{finding.rule}@{finding.at}"


def _name(one: Opportunity) -> tuple[str, str, str]:
    return one.finding.rule, one.finding.at, one.finding.group
