"""The rule: after which touchpoint customers decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.decisions import CHOICES, EVER, PERIODS, STANDING, Choices, open_takers
from desireline.findings.rule import rule
from desireline.findings.strata import Adjusted, Cells, standardise
from desireline.findings.telling import telling
from desireline.findings.words import percent
from desireline.measures.codes import beginnings

FEWEST = 50  # journeys that take the touchpoint and are compared


@rule("When customers decide", needs=(CHOICES,), sort="chance", opens=open_takers, exact=False)
def when_customers_decide(dossier: Dossier, *, smallest: float = 0.1) -> Iterator[Check]:
    """After an optional touchpoint customers succeed more often than those who stood at the same place and went on
    otherwise.

    Time begins with the next step on both sides, at the same touchpoint, with the same stage reached, in the same
    channel and after about as many steps. Touchpoints that everybody is meant to take decide nothing: there is nobody
    to compare with who had come as far.

    Why it matters: this is the moment to be at one's best, and perhaps to bring it forward.
    What helps: show the way there to some of those who do not find it, by lot, and compare.
    """
    choices = dossier.get(CHOICES)
    if choices.cells.is_empty():
        return
    taken = sorted(set(choices.cells["next"].to_list()))
    optional = [point for point in taken if _may_decide(dossier, choices.points[point])]
    if not optional:
        return
    found = {horizon: _after(choices, optional, horizon) for horizon in (EVER, *map(str, PERIODS))}
    p = found[EVER].over(smallest)
    for i, point in enumerate(optional):
        if found[EVER].exposed[i] >= FEWEST:
            moment = _Moment(choices.points[point], i, found)
            yield Check(_finding(dossier, moment) if found[EVER].gap[i] > 0 else None, float(p[i]))


class _Moment(NamedTuple):
    """A touchpoint, its position among those looked at, and what was found by horizon."""

    at: str
    place: int
    found: dict[str, Adjusted]


def _may_decide(dossier: Dossier, point: str) -> bool:
    return dossier.outline.touchpoint[point].optional and point not in dossier.outline.success


def _after(choices: Choices, optional: list[int], horizon: str) -> Adjusted:
    frame = choices.cells.filter(pl.col("horizon") == horizon).sort(*STANDING, "next", "lot")
    starts = beginnings(*(frame[name].to_numpy() for name in STANDING))
    stratum = np.cumsum(np.isin(np.arange(frame.height), starts)) - 1
    m, x, n, lot = (frame[name].to_numpy() for name in ("m", "x", "n", "lot"))
    cells = Cells(stratum, m, x, n, lot, np.arange(frame.height))
    return standardise(cells, frame["next"].to_numpy()[:, None] == np.array(optional)[None, :])


def _finding(dossier: Dossier, moment: _Moment) -> Finding:
    ever, i = moment.found[EVER], moment.place
    title, people = dossier.title(moment.at), int(ever.people[i])
    says = (
        f"{percent(float(ever.share[i]))} of the journeys that go on to {title} succeed; "
        f"{percent(float(ever.other[i]))} of those that stood at the same place and went elsewhere."
    )
    effect = _effect("journeys that succeed, after it against after another step", ever, i)
    return Finding(
        rule="when customers decide",
        at=moment.at,
        says=says,
        effect=effect,
        customers=people,
        who=Who("when customers decide", moment.at),
        grade="C",
        evidence=tuple(_sooner(moment)),
        journeys=int(ever.exposed[i]),
        weight=telling(effect),
    )


def _sooner(moment: _Moment) -> Iterator[Effect]:
    """Within which time the difference shows."""
    for hours in PERIODS:
        effect = _effect(f"the same within {_long(hours)} of it", moment.found[str(hours)], moment.place)
        if effect.low is not None and effect.low > 0:
            yield effect


def _effect(says: str, found: Adjusted, i: int) -> Effect:
    told = (float(found.gap[i]), float(found.low[i]), float(found.high[i]))
    return Effect(says, *told, "share", int(found.people[i]), int(found.others[i]))


def _long(hours: int) -> str:
    return {1: "an hour", 24: "a day", 168: "a week"}[hours]
