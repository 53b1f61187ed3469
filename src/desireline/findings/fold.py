"""One thing is said once: findings at one place that are about the same customers stand under the most telling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from desireline.findings.finding import Finding
from desireline.measures.left import COULD


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
        places.setdefault(_place(finding, stages or {}), []).append(finding)
    leads = [lead for found in places.values() for lead in _leads(found, outward)]
    return _under_causes(leads, outward, stages or {})


def _under_causes(leads: Sequence[Finding], outward: frozenset[str], stages: Mapping[str, str]) -> list[Finding]:
    """What shows somewhere and was caused elsewhere stands under the most telling cause that touches the place."""
    causes = {i: one for i, one in enumerate(leads) if one.rule not in outward}
    found: dict[int, list[Finding]] = {i: list(one.also) for i, one in causes.items()}
    alone = []
    for one in (one for one in leads if one.rule in outward):
        told = not one.group
        near = [i for i, lead in causes.items() if told and one.at in _touched(lead, stages) and _may_cause(lead, one)]
        if near:
            found[max(near, key=lambda i: (leads[i].weight, -i))] += [replace(one, also=()), *one.also]
        else:
            alone.append(one)
    return [*(replace(lead, also=tuple(found[i])) for i, lead in causes.items()), *alone]


def _touched(lead: Finding, stages: Mapping[str, str]) -> set[str]:
    """The touchpoints that a finding is about, and their stages."""
    points = {*lead.at.split(">"), *lead.who.at.split(">")}
    return points | {stages[point] for point in points if point in stages}


def _place(finding: Finding, stages: Mapping[str, str]) -> str:
    """An edge belongs to where it leads; an event or a source of the same name as a touchpoint is another place."""
    start, arrow, end = finding.at.rpartition(">")
    on_map = not stages or finding.at in stages or finding.at in stages.values()
    if arrow and (not stages or (start in stages and end in stages)):
        return end
    return finding.at if on_map else f"{finding.rule}\x1f{finding.at}"


def _leads(found: Sequence[Finding], outward: frozenset[str]) -> list[Finding]:
    ranked = sorted(found, key=lambda one: (one.rule in outward, -one.weight, one.rule, one.group, str(one.since)))
    leads: list[Finding] = []
    under: list[list[Finding]] = []
    for finding in ranked:
        for lead, others in zip(leads, under, strict=True):
            if _alike(lead, finding) and (finding.rule not in outward or _may_cause(lead, finding)):
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


def _may_cause(lead: Finding, symptom: Finding) -> bool:
    """Not where what shows names another deviation as its cause."""
    kinds = {lead.who.kind, symptom.who.kind}
    return len(kinds & COULD.keys()) < 2


def _alike(lead: Finding, other: Finding) -> bool:
    if other.apart and lead.rule == other.rule:
        return False
    return lead.rule == other.rule or lead.group == other.group or "" in (lead.group, other.group)


def without(findings: Iterable[Finding], away: Callable[[Finding], bool]) -> list[Finding]:
    """The findings without those that are put away; what stood under one of these stands by itself, in its place."""
    found = []
    for lead in findings:
        kept = [one for one in (replace(lead, also=()), *lead.also) if not away(one)]
        found.extend([replace(kept[0], also=tuple(kept[1:]))] if kept else [])
    return found
