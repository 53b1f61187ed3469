"""A touchpoint that nobody comes to."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.rates import RATES, Rates
from desireline.findings.rule import rule
from desireline.maps.outline import Outline
from desireline.measures.intervals import wilson


@rule("Nobody comes to a touchpoint", needs=(RATES,))
def dead_touchpoint(dossier: Dossier, *, at_least: int = 200) -> Iterator[Check]:
    """A touchpoint that is bound to events has none at all, while so many customers meet others of its stage.

    Why it matters: it is on the map, in somebody's plan and perhaps in the budget, and does nothing.
    What helps: find out whether customers cannot see it, do not want it, or whether its events do not arrive; then
    mend it, or take it off the map.
    """
    rates, outline = dossier.get(RATES), dossier.outline
    for point in outline.bound:
        around = _most(rates, outline, point.stage)
        if rates.visitors(point.id) or around < at_least:
            yield Check(None)
            continue
        says = f"Nobody came to {dossier.title(point.id)}; {around:,} customers met other touchpoints of its stage."
        yield Check(Finding("dead touchpoint", point.id, says, _none_of(around), 0, Who("dead", point.id)))


def _none_of(customers: int) -> Effect:
    high = float(wilson(np.array([0.0]), np.array([customers])).high[0])
    return Effect("customers of the stage who come here", 0.0, 0.0, high, "share", customers)


def _most(rates: Rates, outline: Outline, stage: str) -> int:
    return max(rates.visitors(point.id) for point in outline.bound if point.stage == stage)
