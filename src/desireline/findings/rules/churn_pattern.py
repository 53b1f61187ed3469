"""The rule: what comes before customers are lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from desireline.findings.dossier import Dossier
from desireline.findings.evidence import share_over
from desireline.findings.finding import Check, Effect, Finding, Harm, Who
from desireline.findings.gather.exposures import EXPOSURES, LEVEL, Exposure, open_exposed
from desireline.findings.gather.meanings import badly
from desireline.findings.gather.patterns import FAILED, LATE
from desireline.findings.rule import rule
from desireline.findings.telling import telling
from desireline.findings.words import percent
from desireline.measures.clusters import Clusters, Floats
from desireline.measures.intervals import Z

_WENT = {FAILED: "fail at ", LATE: "come late to "}


@rule("What comes before customers are lost", needs=(EXPOSURES,), opens=open_exposed, exact=False, symptom=True)
def churn_pattern(dossier: Dossier, *, smallest: float = 0.1, reach: float = 0.05) -> Iterator[Check]:
    """Journeys that took certain steps, or met a failure or a delay, are lost more often than others at the same place.

    Lost is who does not come to success, or comes to a touchpoint at which customers leave for good; where the map
    promises something for the whole journey, also who does not get it. Compared are first
    arrivals at one touchpoint, of journeys that had come as far, in the same channel; what
    happens after the arrival never counts. `smallest` is the difference that matters, `reach` the share of arrivals
    that must have the pattern. A pattern must stand out more than the largest that chance makes among all patterns, and
    one that only repeats a shorter one is left out. It is an association: adjusted, not proven.

    Why it matters: what comes before the loss is where it can still be averted.
    What helps: look at one of these journeys from the beginning; then try what happens when the step is spared.
    """
    exposures = dossier.get(EXPOSURES).found
    for exposure, reaches in zip(exposures, _reach(exposures, reach), strict=True):
        p = max(exposure.over(smallest), float(reaches))
        real = exposure.gap > 0 and exposure.by_chance <= LEVEL and not exposure.explained
        yield Check(_finding(dossier, exposure) if real else None, p)


def _reach(exposures: Sequence[Exposure], smallest: float) -> Floats:
    """p of fewer arrivals than `smallest` having it, for each."""
    x, m = (np.array([getattr(one, name) for one in exposures], dtype=np.int64) for name in ("held", "arrivals"))
    return share_over(Clusters(m, m, x, m, x, x, m), smallest)


def _finding(dossier: Dossier, exposure: Exposure) -> Finding:
    points = dossier.get(EXPOSURES).points
    names = [dossier.title(points[point]) for point, _ in exposure.pattern.steps]
    what = path([_WENT.get(state, "") + name for (_, state), name in zip(exposure.pattern.steps, names, strict=True)])
    says = (
        f"{percent(exposure.share)} of the journeys that {what} {badly(dossier.outline)}; "
        f"{percent(exposure.other)} of comparable ones that come to {names[-1]}."
    )
    low, high = exposure.gap - Z * exposure.error, exposure.gap + Z * exposure.error
    at, promise = points[exposure.pattern.at], dossier.outline.map.map.promise
    told = (exposure.gap, low, high)
    effect = Effect("journeys lost, with it against without it", *told, "share", exposure.people, exposure.others)
    return Finding(
        rule="churn pattern",
        at=at,
        says=says,
        effect=effect,
        customers=exposure.people,
        who=Who("churn pattern", exposure.pattern.text(points)),
        grade="C",
        harms=(Harm("conversion", -exposure.gap, -high, -low),) if low > 0 and not promise else (),
        journeys=exposure.journeys,
        weight=telling(effect),
    )


def path(steps: Sequence[str]) -> str:
    """Steps in words: come to A, then to B; a step that went wrong says so itself."""
    said = [step if not step.startswith("“") else f"come to {step}" for step in steps]
    return ", then ".join(said)
