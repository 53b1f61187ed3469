"""Many customers meet a touchpoint for which no team answers."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.rates import RATES
from desireline.findings.heard import open_visitors, visitors
from desireline.findings.rule import rule


@rule("A touchpoint without a team", needs=(RATES,), opens=open_visitors)
def unowned_touchpoint(dossier: Dossier, *, at_least: int = 100) -> Iterator[Check]:
    """Many customers meet a touchpoint that has no accountable team, neither of its own nor of its stage.

    Only on maps that name teams: on others nobody has got so far yet.

    Why it matters: what goes wrong there is nobody's to mend.
    What helps: agree on one accountable team; others may support it.
    """
    outline = dossier.outline
    teams = any(not team.deleted for team in outline.map.teams)
    of_stage = {stage.id: stage.team for stage in outline.stages}
    for point in outline.bound if teams else ():
        customers, journeys = visitors(dossier, point.id)
        alone = not (point.team or of_stage[point.stage]) and customers >= at_least
        yield Check(_finding(dossier, point.id, customers, journeys=journeys) if alone else None)


def _finding(dossier: Dossier, place: str, customers: int, *, journeys: int) -> Finding:
    return Finding(
        rule="unowned touchpoint",
        at=place,
        says=f"{customers:,} customers met {dossier.title(place)}; no team answers for it.",
        effect=Effect("accountable teams", 0.0, None, None, "count", customers),
        customers=customers,
        journeys=journeys,
        who=Who("unowned", place),
    )
