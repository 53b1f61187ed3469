"""What rules about one kind of deviation share: every touchpoint is looked at, and each spot becomes a check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.departures import DEPARTURES
from desireline.findings.gather.rates import RATES, having, rows_at_touchpoints
from desireline.findings.locate import Spot, spots
from desireline.findings.whose import rows_of
from desireline.findings.words import percent, when_and_whose
from desireline.maps.outline import Outline
from desireline.measures.left import COULD, read_left
from desireline.measures.sentences import DID, OF
from desireline.measures.view import View

NEEDS = (RATES, DEPARTURES)


@dataclass(frozen=True)
class Kind:
    """A kind of deviation as a rule looks for it."""

    rule: str
    kind: str
    acceptable: float | None  # everybody's share that is no finding yet; None: only differences count
    smallest: float  # difference of shares that matters
    target: str = ""  # a measure whose target on the map, at the place or its stage, is what is acceptable there


def deviating(dossier: Dossier, what: Kind) -> Iterator[Check]:
    """A check for every touchpoint, group and window in which journeys could have left the map like this."""
    places = [point.id for point in dossier.outline.bound]
    known = {**dict.fromkeys(places, what.acceptable), **accepted_by(dossier.outline, what.target)}
    for spot in spots(dossier.get(RATES), what.kind, places, acceptable=known, smallest=what.smallest):
        yield Check(_finding(dossier, what, spot), spot.p)


def accepted_by(outline: Outline, measure: str) -> dict[str, float]:
    """What the map itself accepts, by touchpoint: the rest that its target leaves; its own before its stage's."""
    found = {}
    for stage in outline.stages:
        for point in (point for point in outline.bound if point.stage == stage.id):
            goals = [kpi.at_least for kpi in (*point.kpis, *stage.kpis) if kpi.measure == measure]
            if goals and goals[0] is not None:
                found[point.id] = 1 - goals[0]
    return found


def _finding(dossier: Dossier, what: Kind, spot: Spot) -> Finding:
    departures, of = dossier.get(DEPARTURES), OF[COULD[what.kind]]
    share = Effect(f"{of} with it", *spot.share, "share", spot.n)
    gap = share if spot.rest is None else Effect("beyond all others", *spot.gap, "share", spot.n, spot.n_rest)
    return Finding(
        rule=what.rule,
        at=spot.at,
        says=_say(dossier, what.kind, spot),
        effect=gap,
        customers=spot.came,
        journeys=spot.having,
        excess=spot.gap[0] / spot.share[0] if spot.rest is not None and spot.share[0] > 0 else None,
        who=Who(what.kind, spot.at, spot.group, spot.since),
        evidence=(share, *departures.effects(what.kind, spot.at)),
        harms=departures.harms(what.kind, spot.at),
        weight=spot.gain,
    )


def _say(dossier: Dossier, kind: str, spot: Spot) -> str:
    did, of = DID[kind].format(dossier.title(spot.at)), OF[COULD[kind]]
    head = when_and_whose(dossier.outline, spot.group, spot.since)
    those = f"{percent(spot.share[0])} of {spot.journeys:,} {of}"
    rest = "" if spot.rest is None else f"; elsewhere {percent(spot.rest)} do"
    return f"{f'{head}, ' if head else ''}{those} {did}{rest}."


def open_deviation(view: View, who: Who) -> pl.Series:
    """Customers whose journeys left the map like this, there, in this group and since that day."""
    rows, first = rows_at_touchpoints(view), view.stays.points_from
    here = having(view, read_left(view), who.kind)[first:] & (rows.place == view.place.get(who.at, -1))
    some = here & rows_of(view, rows, who.group, since=who.since, until=who.until)
    return view.people.gather(rows.customer[some])
