"""A card that was only assumed says another feeling than customers do."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Finding, Who
from desireline.findings.gaps import Gap, against
from desireline.findings.gather.rates import RATES
from desireline.findings.gather.voiced import VOICED
from desireline.findings.heard import Told, affected, gap_effect, harm, open_heard, say_whom, told
from desireline.findings.rule import rule
from desireline.findings.scales import margin, say_score
from desireline.maps.outline import in_order
from desireline.maps.records import Card

FEWEST = 20
BAD = -0.5
"""A card that draws this level or less tells of something bad."""


@rule("An assumption is contradicted by data", needs=(VOICED, RATES), symptom=True, opens=open_heard)
def assumption_contradicted(dossier: Dossier, *, smallest: float = 1.0) -> Iterator[Check]:
    """A card whose evidence is an assumption draws a level of feeling that customers do not have.

    That is where they feel worse than assumed; and where a bad feeling was assumed (−0.5 and below) and they feel
    better. `smallest` is in levels, from −2 to +2; one level is a star of five. Feelings read in texts have to be
    further off.

    Why it matters: an assumption that nobody checks becomes what everybody knows.
    What helps: put the measured level on the card, with the measure as its evidence, and ask what else followed
    from the assumption.
    """
    for card in in_order(dossier.outline.map.cards):
        here = _spoken(dossier, card)
        if here is None:
            continue
        gap, least = against(here.mean, card.level or 0.0), smallest + margin(here.scale)
        told_bad = (card.level or 0.0) <= BAD
        p = gap.apart(least) if told_bad else gap.below(least)
        yield Check(_finding(dossier, card, here=here, gap=gap), p)


def _spoken(dossier: Dossier, card: Card) -> Told | None:
    """What those say whom an assumed card is about; None for all other cards, and where too few spoke."""
    if card.level is None or card.evidence is None or card.evidence.kind != "assumption":
        return None
    here = told(dossier.get(VOICED), card.at, _group(card))
    return here if here and here.n >= FEWEST else None


def _group(card: Card) -> str:
    return f"persona:{card.persona}" if card.persona else ""


def _finding(dossier: Dossier, card: Card, *, here: Told, gap: Gap) -> Finding:
    group, level = _group(card), card.level or 0.0
    customers, journeys = affected(dossier, card.at, group, here)
    whom = f" of {say_whom(dossier, group)}" if group else ""
    claim = f"“{card.says}” ({say_score(level, here.scale)})" if card.says else say_score(level, here.scale)
    return Finding(
        rule="assumption contradicted",
        at=card.at,
        says=(f"The map assumes{whom} at {dossier.title(card.at)}: {claim}. {here.n:,} customers {here.speaks()}."),
        effect=gap_effect("measured, against what was assumed", gap, here.scale),
        customers=customers,
        journeys=journeys,
        who=Who("assumption", card.at, group),
        evidence=(here.effect("measured"),),
        quotes=dossier.get(VOICED).quotes(card.at, group) if gap.value < 0 else (),
        harms=harm(gap, here.scale),
    )
