"""The size of a finding as a distribution: journeys a year × excess × what it does to one of them × what one is worth.

Draws are the finding's own: they depend on its claim, not on what else was found. What is not known is not drawn: a
finding whose harm was not measured has no size.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from desireline.findings.finding import Finding, Harm
from desireline.findings.gather.worth import Worth
from desireline.measures.clusters import Floats
from desireline.measures.intervals import Z

DRAWS = 4000
_YEAR = 365.25


class Range(NamedTuple):
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Size:
    """Draws of what a finding costs in a year."""

    reach: Floats  # journeys affected beyond what is usual
    lost: Floats  # journeys wholly lost that it comes to
    money: Floats | None  # None: money is not known, or the harm is not one of money
    by: str  # the outcome that was harmed most


def size(finding: Finding, worth: Worth, *, days: float) -> Size | None:
    """What it costs in a year; `days` are those in which it was seen. None: no harm measured, or nobody affected.

    A score lost counts as the part of its scale that was lost, money lost as the part of a mean journey's.
    """
    harms = [harm for harm in finding.harms if _whole(harm, worth) > 0]
    if not harms or not finding.journeys or days <= 0:
        return None
    dice = np.random.default_rng(int.from_bytes(blake2b(finding.key.encode(), digest_size=8).digest()))
    reach = _excess(finding, dice) * _YEAR / days
    worst = max(harms, key=lambda harm: -harm.value / _whole(harm, worth))
    harm = np.maximum(-_drawn((worst.value, worst.low, worst.high), dice), 0.0)
    lost = reach * np.minimum(harm / _whole(worst, worth), 1.0)
    return Size(reach, lost, _money(worst, reach * harm, worth, dice), worst.outcome)


def span(draws: Floats) -> Range:
    """Mean and 95 % interval of draws."""
    low, high = np.quantile(draws, [0.025, 0.975])
    return Range(float(draws.mean()), float(low), float(high))


def _excess(finding: Finding, dice: np.random.Generator) -> Floats:
    """Journeys beyond those that would be affected anyway; as unsure as the effect that tells them apart."""
    effect, journeys = finding.effect, finding.journeys * finding.shrunk
    if finding.excess is None or effect.value <= 0 or effect.low is None or effect.high is None:
        return np.full(DRAWS, journeys * (1.0 if finding.excess is None else finding.excess))
    drawn = _drawn((effect.value, effect.low, effect.high), dice) / effect.value
    return np.asarray(journeys * finding.excess * np.maximum(drawn, 0.0))


def _drawn(three: tuple[float, float, float], dice: np.random.Generator) -> Floats:
    """Draws around a value, each side as wide as its end of the interval says."""
    value, low, high = three
    z = dice.standard_normal(DRAWS)
    return np.asarray(value + z * np.where(z < 0, value - low, high - value) / Z)


def _whole(harm: Harm, worth: Worth) -> float:
    """What there is to lose of the outcome; 0 where nobody knows."""
    if harm.outcome == "conversion":
        return 1.0
    if harm.outcome == "value":
        return worth.of_journey or 0.0
    worst, dash, best = harm.unit.partition(":")[2].partition("–")
    return abs(float(best) - float(worst)) if dash else 0.0


def _money(harm: Harm, lost: Floats, worth: Worth, dice: np.random.Generator) -> Floats | None:
    if harm.outcome == "value":
        return lost
    if harm.outcome == "conversion" and worth.of_success:
        return np.asarray(lost * np.maximum(_drawn(worth.of_success, dice), 0.0))
    return None
