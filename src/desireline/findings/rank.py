"""The order of findings: by what they are expected to cost, then by how many are affected."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Finding
from desireline.findings.gather.worth import WORTH
from desireline.findings.opportunities.opportunity import opportunities


def rank(findings: Sequence[Finding], dossier: Dossier) -> list[Finding]:
    """The largest expected loss first; findings whose harm is not measured follow by customers affected."""
    return [one.finding for one in opportunities(findings, dossier.get(WORTH), dossier.around)]
