"""One thing is said once: findings at one place that are about the same customers stand under the most telling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from desireline.findings.finding import Finding


def fold(
    findings: Iterable[Finding], *, symptoms: Iterable[str] = (), stages: Mapping[str, str] | None = None
) -> list[Finding]:
    """Each place's findings under their leads, in the order of places.

    Of one rule at one place the finding with the largest weight leads, and the others say the same in other words.
    What shows in scores, targets and feelings (`symptoms`: names of rules) stands under what customers do there.
    Findings about two different groups stay apart; of one rule only those that hold within each other (`apart`). What
    shows at a stage stands under what customers do at one of its touchpoints (`stages`: the stage of each).
    """
    outward = frozenset(symptoms)
    places: dict[str, list[Finding]] = {}
    for finding in findings:
        places.setdefault(_place(finding), []).append(finding)
    leads = [lead for found in places.values() for lead in _leads(found, outward)]
    return _under_causes(leads, outward, stages or {})


def _under_causes(leads: Sequence[Finding], outward: frozenset[str], stages: Mapping[str, str]) -> list[Finding]:
    """What shows somewhere and was caused elsewhere stands under the most telling cause that touches the place."""
    causes = {i: one for i, one in enumerate(leads) if one.rule not in outward}
    found: dict[int, list[Finding]] = {i: list(one.also) for i, one in causes.items()}
    alone = []
    for one in (one for one in leads if one.rule in outward):
        near = [i for i, lead in causes.items() if one.at in _touched(lead, stages) and not one.group]
        if near:
            found[max(near, key=lambda i: (leads[i].weight, -i))] += [replace(one, also=()), *one.also]
        else:
            alone.append(one)
    return [*(replace(lead, also=tuple(found[i])) for i, lead in causes.items()), *alone]


def _touched(lead: Finding, stages: Mapping[str, str]) -> set[str]:
    """The touchpoints that a finding is about, and their stages."""
    points = {*lead.at.split(">"), *lead.who.at.split(">")}
    return points | {stages[point] for point in points if point in stages}


def _place(finding: Finding) -> str:
    """An edge belongs to where it leads."""
    return finding.at.rpartition(">")[2]


def _leads(found: Sequence[Finding], outward: frozenset[str]) -> list[Finding]:
    ranked = sorted(found, key=lambda one: (one.rule in outward, -one.weight, one.rule, one.group, str(one.since)))
    leads: list[Finding] = []
    under: list[list[Finding]] = []
    for finding in ranked:
        for lead, others in zip(leads, under, strict=True):
            if _alike(lead, finding):
                others.extend([finding] if _adds(lead, others, finding) else [])
                break
        else:
            leads.append(finding)
            under.append([])
    return [replace(lead, also=tuple(others)) for lead, others in zip(leads, under, strict=True)]


def _adds(lead: Finding, others: Sequence[Finding], finding: Finding) -> bool:
    """Not the same once more: of a rule that spoke here already, only what is true of everybody all the time."""
    spoke = any(one.rule == finding.rule for one in (lead, *others))
    return not spoke or (not finding.group and finding.since is None)


def _alike(lead: Finding, other: Finding) -> bool:
    if other.apart and lead.rule == other.rule:
        return False
    return lead.rule == other.rule or lead.group == other.group or "" in (lead.group, other.group)
