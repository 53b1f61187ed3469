"""The order of findings: by what they cost, the surest loss first."""

from __future__ import annotations

from collections.abc import Iterable

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Finding, Harm


def rank(findings: Iterable[Finding], dossier: Dossier) -> list[Finding]:
    """By expected loss, then by how many are affected; ties by rule, place and group."""
    return sorted(findings, key=lambda one: (-loss(one), -one.customers, one.rule, one.at, one.group))


def loss(finding: Finding) -> float:
    """Customers affected beyond what is usual × the largest harm to one of them, each harm as a part of its whole."""
    beyond = finding.effect.low if finding.effect.unit == "share" and finding.effect.low else 0.0
    share = finding.effect.value if finding.effect.unit == "share" else 0.0
    excess = finding.customers * (beyond / share if share > 0 else 1.0)
    return excess * max((_harm(one) for one in finding.harms), default=0.0)


def _harm(harm: Harm) -> float:
    if harm.outcome == "score":
        worst, _, best = harm.unit.partition(":")[2].partition("–")
        reach = abs(float(best) - float(worst)) if best else 1.0
        return -harm.value / reach
    return -harm.value if harm.outcome == "conversion" else 0.0
