"""Customers feel worse at a place than the map intends."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Finding, Who
from desireline.findings.gaps import Gap, against
from desireline.findings.gather.rates import RATES
from desireline.findings.gather.voiced import VOICED
from desireline.findings.heard import Told, affected, gap_effect, harm, open_heard, say_whom, told
from desireline.findings.rule import rule
from desireline.findings.scales import margin, on_scale, say_score

FEWEST = 20


@rule("Customers feel worse than the map intends", needs=(VOICED, RATES), symptom=True, opens=open_heard)
def feeling_below_intent(dossier: Dossier, *, smallest: float = 0.5) -> Iterator[Check]:
    """The measured feeling is clearly below the one that the map draws or promises here, for all or for a persona.

    Intended is what the feeling cards of a place draw, else what it promises; a persona with a card of its own is held
    against that. `smallest` is in levels, from −2 to +2. Feelings that were read in texts have to be further off, by
    how far off reading itself may be.

    Why it matters: the drawn curve is what teams believe. Where it lies above what people say, nobody looks.
    What helps: read what the lowest said, find what had happened to them, and mend that; or draw the curve as it is.
    """
    for place, group, level in _intended(dossier):
        here = told(dossier.get(VOICED), place, group)
        if here is not None and here.n >= FEWEST:
            gap = against(here.mean, level)
            finding = _finding(dossier, place, group, here=here, gap=gap)
            yield Check(finding, gap.below(smallest + margin(here.scale)))


def _intended(dossier: Dossier) -> Iterator[tuple[str, str, float]]:
    """Place, group and level of what is intended: for everybody, and for personas with a card of their own."""
    outline = dossier.outline
    places = [*outline.touchpoint, *(stage.id for stage in outline.stages)]
    for place in places:
        everybody = outline.intended_feeling(place)
        if everybody is not None:
            yield place, "", everybody
        own = {
            card.persona
            for card in outline.map.cards
            if card.at == place and card.level is not None and not card.deleted
        }
        for persona in sorted(one for one in own if one):
            level = outline.intended_feeling(place, persona=persona)
            if level is not None:
                yield place, f"persona:{persona}", level


def _finding(dossier: Dossier, place: str, group: str, *, here: Told, gap: Gap) -> Finding:
    level = gap.second.value
    customers, journeys = affected(dossier, place, group, here)
    whom = f" for {say_whom(dossier, group)}" if group else ""
    says = (
        f"{dossier.title(place)} is meant to feel like {say_score(level, here.scale)}{whom}; "
        f"{here.n:,} customers {here.speaks()}."
    )
    return Finding(
        rule="feeling below intent",
        at=place,
        says=says,
        effect=gap_effect(f"below the intended {on_scale(level, here.scale):.1f}", gap, here.scale),
        customers=customers,
        journeys=journeys,
        who=Who("feeling", place, group),
        evidence=(here.effect("measured"),),
        quotes=dossier.get(VOICED).quotes(place, group),
        harms=harm(gap, here.scale),
    )
