"""The rule: what those who succeed did on their way, and others who came as far did not."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.delights import BACK, DAYS, DELIGHTS, TOP, open_delighted
from desireline.findings.gather.exposures import EXPOSURES, LEVEL, Exposure, open_exposed
from desireline.findings.gather.meanings import well
from desireline.findings.gather.patterns import PLAIN
from desireline.findings.rule import rule
from desireline.findings.telling import telling
from desireline.findings.words import percent
from desireline.measures.intervals import Z
from desireline.measures.view import View

ROUTE = "winning route"


def open_route(view: View, who: Who) -> pl.Series:
    """Customers who took the route; of those who succeeded where it is about what came after."""
    return open_exposed(view, who) if who.kind == ROUTE else open_delighted(view, who)


@rule(
    "What happy customers did on their way",
    needs=(EXPOSURES, DELIGHTS),
    sort="chance",
    opens=open_route,
    exact=False,
)
def winning_route(dossier: Dossier, *, smallest: float = 0.1) -> Iterator[Check]:
    """Journeys that took an optional touchpoint go better than others that came as far without it.

    Better means three things: more of them succeed; of those that succeed, more get nothing but the best scores; and of
    those that succeed, more are followed by another success within 90 days. Only what nobody has to take can win: that
    everybody who succeeds has passed the checkout says nothing. Compared are first arrivals at one touchpoint, of
    journeys that had come as far, in the same channel. A route must stand out more than the best that chance makes
    among all of them. It is an association: those who take a detour may be others than those who do not.

    Why it matters: what went well can be made to happen again.
    What helps: offer the touchpoint to some of those who do not take it, by lot, and compare.
    """
    delights = dossier.get(DELIGHTS)
    optional = {i for i, point in enumerate(delights.points) if dossier.outline.touchpoint[point].optional}
    for kind, exposure in (*((ROUTE, one) for one in dossier.get(EXPOSURES).found), *delights.found):
        steps = exposure.pattern.steps
        if all(state == PLAIN for _, state in steps) and any(point in optional for point, _ in steps[:-1]):
            real = exposure.gap < 0 and exposure.by_chance <= LEVEL and not exposure.explained
            p = exposure._replace(gap=-exposure.gap).over(smallest)
            yield Check(_finding(dossier, kind, exposure) if real else None, p)


def _finding(dossier: Dossier, kind: str, exposure: Exposure) -> Finding:
    delights = dossier.get(DELIGHTS)
    points = delights.points
    low, high = -exposure.gap - Z * exposure.error, -exposure.gap + Z * exposure.error
    told = (-exposure.gap, low, high)
    what = f"journeys that {_went(dossier, kind)}, with it against without it"
    effect = Effect(what, *told, "share", exposure.people, exposure.others)
    last = next(p for p, _ in reversed(exposure.pattern.steps[:-1]) if dossier.outline.touchpoint[points[p]].optional)
    return Finding(
        rule="winning route",
        at=points[last],
        says=_say(dossier, kind, exposure),
        effect=effect,
        customers=exposure.people,
        who=Who(kind, exposure.pattern.text(points), until=delights.until if kind == BACK else None),
        grade="C",
        journeys=exposure.journeys,
        weight=telling(effect),
    )


def _say(dossier: Dossier, kind: str, exposure: Exposure) -> str:
    points = dossier.get(DELIGHTS).points
    *names, end = [dossier.title(points[point]) for point, _ in exposure.pattern.steps]
    won, others = percent(1 - exposure.share), percent(1 - exposure.other)
    whose = "journeys" if kind == ROUTE else "successful journeys"
    return (
        f"{won} of the {whose} that come to {end} by way of {' and '.join(names)} {_went(dossier, kind)}; "
        f"{others} of those that come as far without."
    )


def _went(dossier: Dossier, kind: str) -> str:
    """What went better."""
    return {TOP: "get the best scores", BACK: f"are followed by another within {DAYS} days"}.get(
        kind, well(dossier.outline)
    )
