"""The rule: two campaigns reach the same people within days, and more of them leave."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.access import SMALL_GROUP
from desireline.findings.dossier import Dossier
from desireline.findings.evidence import difference_over
from desireline.findings.finding import Check, Effect, Finding, Harm, Who
from desireline.findings.gather.campaigns import AUDIENCES, FOLLOWED, WITHIN, Pair, fields_of, open_overlap
from desireline.findings.gather.departures import DEPARTURES
from desireline.findings.gather.meanings import leavings
from desireline.findings.rule import rule
from desireline.findings.telling import telling
from desireline.findings.words import percent
from desireline.measures.clusters import Clusters
from desireline.measures.differences import difference_of_shares


@rule("Two campaigns at once drive people away", needs=(AUDIENCES, DEPARTURES), opens=open_overlap)
def campaign_overlap(dossier: Dossier, *, smallest: float = 0.01) -> Iterator[Check]:
    """People who got two campaigns within a week leave more often than those who got one of them.

    Why it matters: each campaign looks harmless in its own figures; together they cost readers for good.
    What helps: one calendar for all campaigns, and a rule of how many messages one person gets in a week.

    Where customers leave is read from the map: touchpoints at which they unsubscribe, cancel or stop paying.
    """
    places = leavings(dossier.outline)
    for pair in dossier.get(AUDIENCES).pairs:
        for place, both, one in pair.outcomes:
            if place in places:
                p = float(difference_over(both, one, smallest))
                shown = int(both.x) >= SMALL_GROUP and int(one.n) >= SMALL_GROUP
                yield Check(_finding(dossier, pair, place, arms=(both, one)) if shown else None, p)


def _finding(dossier: Dossier, pair: Pair, place: str, *, arms: tuple[Clusters, Clusters]) -> Finding:
    both, one = arms
    names = {campaign.id: campaign.title or campaign.id for campaign in dossier.outline.map.campaigns}
    gap = difference_of_shares(both, one)
    says = (
        f"“{names[pair.first]}” and “{names[pair.second]}” went to the same {pair.both:,} people within {WITHIN} days: "
        f"{percent(float(both.ratio))} of them came to {dossier.title(place)}, "
        f"{percent(float(one.ratio))} of those who got one."
    )
    starts = [campaign.starts for campaign in dossier.outline.map.campaigns if campaign.id in (pair.first, pair.second)]
    known = [day for day in starts if day is not None]
    effect = Effect(
        f"came to {place} within {FOLLOWED} days, both campaigns against one",
        float(gap.value),
        float(gap.low),
        float(gap.high),
        "share",
        int(both.n),
        int(one.n),
    )
    return Finding(
        rule="campaign overlap",
        at=place,
        says=says,
        effect=effect,
        customers=int(both.x),
        who=Who(
            "campaign overlap",
            f"{pair.first}>{pair.second}>{place}",
            since=min(known) if len(known) > 1 else None,
            carried=fields_of(dossier.outline, pair.first, pair.second),
        ),
        evidence=(_overlap(pair), *_conversions(dossier, pair)),
        harms=_harms(dossier, pair, place),
        journeys=int(both.x),
        excess=float(gap.value) / float(both.ratio),
        weight=telling(effect),
    )


def _overlap(pair: Pair) -> Effect:
    smaller = max(min(pair.reached), 1)
    return Effect("audience of the smaller campaign that got both", pair.both / smaller, None, None, "share", smaller)


def _conversions(dossier: Dossier, pair: Pair) -> Iterator[Effect]:
    for place, both, one in pair.outcomes:
        if place in dossier.outline.success and int(one.n) >= SMALL_GROUP:
            gap = difference_of_shares(both, one)
            says = f"came to {place} within {FOLLOWED} days, both campaigns against one"
            told = (float(gap.value), float(gap.low), float(gap.high))
            yield Effect(says, *told, "share", int(both.n), int(one.n))


def _harms(dossier: Dossier, pair: Pair, place: str) -> tuple[Harm, ...]:
    """What it costs that they left; and where they succeed less after it, that."""
    worse = [one for one in _conversions(dossier, pair) if one.high is not None and one.high < 0]
    own = tuple(Harm("conversion", one.value, one.low or 0.0, one.high or 0.0) for one in worse)
    return own + dossier.get(DEPARTURES).harms("lost", place)
