"""The rule: what those who succeed did on their way, and others who came as far did not."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.exposures import EXPOSURES, LEVEL, Exposure, open_exposed
from desireline.findings.gather.meanings import well
from desireline.findings.gather.patterns import PLAIN
from desireline.findings.rule import rule
from desireline.findings.telling import telling
from desireline.findings.words import percent
from desireline.measures.intervals import Z


@rule("What happy customers did on their way", needs=(EXPOSURES,), sort="chance", opens=open_exposed, exact=False)
def winning_route(dossier: Dossier, *, smallest: float = 0.1) -> Iterator[Check]:
    """Journeys that took an optional touchpoint succeed more often than others that came as far without it.

    Only what nobody has to take can win: that everybody who succeeds has passed the checkout says nothing. Compared are
    first arrivals at one touchpoint, of journeys that had come as far, in the same channel, after about as many steps.
    A route must stand out more than the best that chance makes among all of them. It is an association: those who take
    a detour may be others than those who do not.

    Why it matters: what went well can be made to happen again.
    What helps: offer the touchpoint to some of those who do not take it, by lot, and compare.
    """
    points = dossier.get(EXPOSURES).points
    optional = {i for i, point in enumerate(points) if dossier.outline.touchpoint[point].optional}
    for exposure in dossier.get(EXPOSURES).found:
        steps = exposure.pattern.steps
        if all(state == PLAIN for _, state in steps) and any(point in optional for point, _ in steps[:-1]):
            real = exposure.gap < 0 and exposure.by_chance <= LEVEL and not exposure.explained
            p = exposure._replace(gap=-exposure.gap).over(smallest)
            yield Check(_finding(dossier, exposure) if real else None, p)


def _finding(dossier: Dossier, exposure: Exposure) -> Finding:
    points = dossier.get(EXPOSURES).points
    names = [dossier.title(points[point]) for point, _ in exposure.pattern.steps]
    won, others = 1 - exposure.share, 1 - exposure.other
    says = (
        f"{percent(won)} of the journeys that come to {names[-1]} by way of {' and '.join(names[:-1])} "
        f"{well(dossier.outline)}; {percent(others)} of those that come as far without."
    )
    low, high = -exposure.gap - Z * exposure.error, -exposure.gap + Z * exposure.error
    told = (-exposure.gap, low, high)
    effect = Effect(
        "journeys that succeed, with it against without it", *told, "share", exposure.people, exposure.others
    )
    last = next(p for p, _ in reversed(exposure.pattern.steps[:-1]) if dossier.outline.touchpoint[points[p]].optional)
    return Finding(
        rule="winning route",
        at=points[last],
        says=says,
        effect=effect,
        customers=exposure.people,
        who=Who("winning route", exposure.pattern.text(points)),
        grade="C",
        journeys=exposure.journeys,
        weight=telling(effect),
    )
