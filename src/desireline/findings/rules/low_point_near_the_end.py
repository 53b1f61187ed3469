"""The journey's lowest point lies near its end, where it is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gaps import Gap, against, say_score
from desireline.findings.gather.moments import REMEMBERED
from desireline.findings.gather.rates import RATES
from desireline.findings.gather.voiced import TEXTS, VOICED
from desireline.findings.heard import Told, affected, gap_effect, harm, open_heard, told
from desireline.findings.rule import rule
from desireline.maps.outline import Outline

FEWEST = 30
NEAR = 2 / 3
"""So much of the way to success lies behind a touchpoint that is near the end."""


@rule("The low point lies near the end", needs=(VOICED, RATES, REMEMBERED), symptom=True, opens=open_heard)
def low_point_near_the_end(dossier: Dossier, *, smallest: float = 0.5) -> Iterator[Check]:
    """A touchpoint in the last third of the way feels clearly worse than all other touchpoints that were rated.

    Needs three rated touchpoints. `smallest` is in levels, from −2 to +2. Where journeys have an overall score too, how
    much their end counts in it stands beside it.

    Why it matters: what is remembered of a journey is its most intense moment and its end. A low point there undoes
    what was good before, and is what gets told.
    What helps: mend this touchpoint before others that feel alike, or let something good come after it.
    """
    voiced, outline = dossier.get(VOICED), dossier.outline
    rated = {
        place: here
        for place in outline.touchpoint
        if (here := told(voiced, place)) and here.scale != TEXTS and int(here.sums.n) >= FEWEST
    }
    for place in _ends(outline) if len(rated) >= 3 else ():
        if place in rated:
            gap = _below_the_others(rated, place)
            yield Check(_finding(dossier, place, gap=gap, here=rated[place]), gap.below(smallest))


def _ends(outline: Outline) -> list[str]:
    """The touchpoints near or behind success, in the order of the map."""
    blocks = outline.blocks
    last = max((i for i, block in enumerate(blocks) if set(block.members) & set(outline.success)), default=len(blocks))
    return [one for i, block in enumerate(blocks) if i >= NEAR * last for one in block.members]


def _below_the_others(rated: Mapping[str, Told], place: str) -> Gap:
    """The touchpoint against the mean of all others, each counting alike."""
    here, others = _mean(rated[place]), [_mean(one) for name, one in rated.items() if name != place]
    rest = sum(one.value for one in others) / len(others)
    variance = here.error**2 + sum(one.error**2 for one in others) / len(others) ** 2
    return Gap(here.value - rest, variance**0.5, here.freedom, here.n, sum(one.n for one in others))


def _mean(one: Told) -> Gap:
    found = against(one.sums, 0.0)
    assert found is not None  # there are `FEWEST` customers
    return found


def _finding(dossier: Dossier, place: str, *, gap: Gap, here: Told) -> Finding:
    customers, journeys = affected(dossier, place, "", here)
    rest = say_score(here.level - gap.value, here.scale)
    return Finding(
        rule="low point near the end",
        at=place,
        says=(
            f"Near the end of the journey, {dossier.title(place)} scores {here.says()}; "
            f"the other touchpoints are worth {rest} on its scale. {here.sums.n:,} customers."
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
