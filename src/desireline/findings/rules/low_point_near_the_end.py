"""The journey's lowest point lies near its end, where it is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gaps import Gap, Mean
from desireline.findings.gather.moments import REMEMBERED
from desireline.findings.gather.rates import RATES
from desireline.findings.gather.voiced import TEXTS, VOICED
from desireline.findings.heard import Told, affected, gap_effect, harm, open_heard, told
from desireline.findings.rule import rule
from desireline.findings.scales import say_score
from desireline.maps.outline import Outline

FEWEST = 30
NEAR = 2 / 3
"""So much of the way to success, or more, lies behind a touchpoint that is near the end."""


@rule("The low point lies near the end", needs=(VOICED, RATES, REMEMBERED), symptom=True, opens=open_heard)
def low_point_near_the_end(dossier: Dossier, *, smallest: float = 0.5) -> Iterator[Check]:
    """A touchpoint with two thirds of the way to success behind it feels clearly worse than the other touchpoints.

    Needs three rated touchpoints: each is held against the mean of the others. `smallest` is in levels, from −2 to +2.
    Where journeys have an overall score too, how much their end counts in it stands beside it.

    Why it matters: what is remembered of a journey is its most intense moment and its end. A low point there undoes
    what was good before, and is what gets told.
    What helps: mend this touchpoint before others that feel alike, or let something good come after it.
    """
    voiced, outline = dossier.get(VOICED), dossier.outline
    rated = {
        place: here
        for place in outline.touchpoint
        if (here := told(voiced, place)) and here.scale != TEXTS and here.n >= FEWEST
    }
    for place in _ends(outline) if len(rated) >= 3 else ():
        if place in rated:
            gap = _below_the_others(rated, place)
            yield Check(_finding(dossier, place, gap=gap, here=rated[place]), gap.below(smallest))


def _ends(outline: Outline) -> list[str]:
    """The touchpoints near or behind success, in the order of the map."""
    blocks = outline.blocks
    ends = [i for i, block in enumerate(blocks) if set(block.members) & set(outline.success)]
    last = max(ends, default=len(blocks) - 1)
    return [one for i, block in enumerate(blocks) if i >= NEAR * last for one in block.members]


def _below_the_others(rated: Mapping[str, Told], place: str) -> Gap:
    """The touchpoint against the mean of all others, each counting alike. Their customers are the same, mostly."""
    others = [one.mean for name, one in rated.items() if name != place]
    terms = [(one.error / len(others)) ** 2 for one in others]
    freedom = sum(terms) ** 2 / sum(term**2 / one.freedom for term, one in zip(terms, others, strict=True))
    return Gap(rated[place].mean, Mean(sum(one.value for one in others) / len(others), sum(terms) ** 0.5, freedom, 0))


def _finding(dossier: Dossier, place: str, *, gap: Gap, here: Told) -> Finding:
    customers, journeys = affected(dossier, place, "", here)
    rest = say_score(gap.second.value, here.scale)
    return Finding(
        rule="low point near the end",
        at=place,
        says=(
            f"Near the end of the journey, {dossier.title(place)} scores {here.says()}; "
            f"the other touchpoints are worth {rest} on its scale. {here.n:,} customers."
        ),
        effect=gap_effect("below the mean of the other touchpoints", gap, here.scale),
        customers=customers,
        journeys=journeys,
        who=Who("low point", place),
        evidence=(here.effect("measured"), *_remembered(dossier)),
        quotes=dossier.get(VOICED).quotes(place),
        harms=harm(gap, here.scale),
    )


def _remembered(dossier: Dossier) -> Iterator[Effect]:
    """How much the end counts in what is remembered, where that could be fitted."""
    found = dossier.get(REMEMBERED)
    for weight in found.weights:
        if weight.part in ("worst", "end"):
            says = f"weight of the {weight.part} moment in the overall score"
            yield Effect(says, weight.value, weight.low, weight.high, "weight", found.customers)
