"""From a dossier to findings: every rule looks, what passes is judged, like things are folded, and all are ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desireline.access import SMALL_GROUP
from desireline.findings.catalog import RULES
from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Finding
from desireline.findings.fingerprint import fingerprint
from desireline.findings.fold import fold
from desireline.findings.gather.worth import WORTH, Worth
from desireline.findings.gathering import Around, Gathering, Walker
from desireline.findings.judge import judge
from desireline.findings.rank import rank
from desireline.findings.rule import Rule

Settings = Mapping[str, Mapping[str, Any]]
"""What a person set, by rule: {"late": {"smallest": 0.2}}."""


@dataclass(frozen=True)
class Findings:
    """What was found, the largest loss first; an empty list is an answer."""

    findings: tuple[Finding, ...]
    families: Mapping[str, tuple[int, int]]  # passed and tried, by family
    around: Around
    worth: Worth

    @property
    def checks(self) -> tuple[int, int]:
        """How many of all checks passed."""
        return sum(a for a, _ in self.families.values()), sum(b for _, b in self.families.values())


def gatherings(rules: Sequence[Rule]) -> tuple[Gathering[Any], ...]:
    """What these rules need, each once."""
    return tuple({one.name: one for one in (WORTH, *(need for rule in rules for need in rule.needs))}.values())


def walkers(rules: Sequence[Rule], around: Around) -> dict[str, Walker]:
    """The analyses to be walked together, by the name of what they gather."""
    return {one.name: one.make(around) for one in gatherings(rules)}


def notice(
    dossier: Dossier, rules: Sequence[Rule] = tuple(RULES.values()), settings: Settings | None = None
) -> Findings:
    """The findings of these rules."""
    checks: dict[str, list[Check]] = {}
    for rule in rules:
        found = [_shown(check) for check in rule.checks(dossier, (settings or {}).get(rule.name))]
        checks.setdefault(rule.family, []).extend(found)
    passed = judge(checks)
    families = {family: (len(passed[family]), len(tried)) for family, tried in checks.items()}
    named = [replace(one, id=fingerprint(one, dossier.around)) for found in passed.values() for one in found]
    stages = {point.id: point.stage for point in dossier.outline.touchpoints}
    told = fold(named, symptoms=[rule.name for rule in rules if rule.symptom], stages=stages)
    return Findings(tuple(rank(told, dossier)), families, dossier.around, dossier.get(WORTH))


def _shown(check: Check) -> Check:
    """Fewer than five customers are nobody's business: the check counts, the finding is not told."""
    few = check.finding is not None and 0 < check.finding.customers < SMALL_GROUP
    return Check(None, check.p) if few else check
