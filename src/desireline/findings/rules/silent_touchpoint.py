"""The map wants to hear customers at a touchpoint, and nobody ever answered there."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.rates import RATES
from desireline.findings.gather.targets import TARGETS
from desireline.findings.heard import open_visitors, visitors
from desireline.findings.rule import rule
from desireline.maps.outline import Outline
from desireline.maps.records import Touchpoint

SCORES = ("nps", "csat", "ces", "score", "feeling", "sentiment", "emotion")


@rule("Nobody is asked", needs=(RATES, TARGETS), symptom=True, opens=open_visitors)
def silent_touchpoint(dossier: Dossier, *, at_least: int = 100) -> Iterator[Check]:
    """Many customers meet a touchpoint where the map wants to hear them, and there is not one answer about it.

    The map wants to hear them where it says which answers speak about the touchpoint (`feedback`), promises a score or
    an effort, or has a score among its targets. A drawn feeling alone asks nobody. Texts without a score count as
    answers.

    Why it matters: a touchpoint without a voice is judged by guesswork, and its target is met on paper only.
    What helps: ask one question there; mend the rule if answers do arrive; or take the promise off the map.
    """
    readings = dossier.get(TARGETS)
    for point in dossier.outline.bound:
        customers, journeys = visitors(dossier, point.id)
        silent = customers >= at_least and not readings.answers(point.id)
        yield Check(
            _finding(dossier, point.id, customers, journeys=journeys)
            if silent and _wants(dossier.outline, point)
            else None
        )


def _wants(outline: Outline, point: Touchpoint) -> bool:
    promised = any(one.score is not None or one.effort is not None for one in outline.promises(point))
    return point.feedback is not None or promised or any(kpi.measure in SCORES for kpi in point.kpis)


def _finding(dossier: Dossier, place: str, customers: int, *, journeys: int) -> Finding:
    return Finding(
        rule="silent touchpoint",
        at=place,
        says=(
            f"{customers:,} customers met {dossier.title(place)}, where the map wants to hear them; "
            "nobody ever answered."
        ),
        effect=Effect("answers", 0.0, None, None, "count", customers),
        customers=customers,
        journeys=journeys,
        who=Who("silent", place),
    )
