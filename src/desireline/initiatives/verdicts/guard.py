"""Looking often does not make a chance result a verdict: intervals before the planned end are wider, and honest.

Three cases. A planned end and looks before it: O'Brien and Fleming's boundary for looking all the time. The effect, in
standard errors, follows a Brownian motion in the share of the data that is in, and stays below 2.2414 / √share with a
chance of 95 %; so it needs no list of the looks, and holds at the end too. No planned end, several looks: the mixture
sequential test, whose interval holds at every time together, tuned to the effect that was expected. Looked at once, at
or after the planned end, or with no plan: the plain interval.

Sources: O'Brien & Fleming 1979, Biometrics 35, 549–556; Robbins 1970, Annals of Mathematical Statistics 41, 1397–1409;
Johari, Koomen, Pekelis & Walsh 2022, Operations Research 70, 1806–1821.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from scipy.special import ndtr, ndtri

from desireline.initiatives.verdicts.estimate import Estimate
from desireline.initiatives.verdicts.target import Plan, Target

ONCE = float(ndtri(0.975))
ALL_THE_TIME = float(ndtri(1 - 0.05 / 4))
"""Brownian motion on [0, 1] passes ±2.2414 with a chance of 5 %, by the reflection principle."""


@dataclass(frozen=True)
class Guarded:
    """The estimate as it may be judged now, and what a reader is told about it."""

    estimate: Estimate
    says: str = ""


def guard(found: Estimate, target: Target, plan: Plan) -> Guarded:
    """The estimate with an interval and a p that stay true under the looks that were taken."""
    if plan.share is not None and (plan.early or plan.looks > 1):
        share = min(max(plan.share, 1e-9), 1.0)
        says = (
            f"{_percent(plan.share)} of the planned data is in: the interval is widened, so that looking early is safe."
            if plan.early
            else "It was looked at before the planned end: the interval is widened for that."
        )
        wide = ALL_THE_TIME / math.sqrt(share) / ONCE
        return Guarded(_widened(found, wide, min(1.0, 4 * _beyond(_score(found.p) * math.sqrt(share)))), says)
    if plan.share is None and plan.looks > 1:
        hoped = target.expected or target.at_least
        if not hoped or not found.error:
            return Guarded(
                found,
                f"This is look {plan.looks} and no end was planned: asked again and again, a chance result comes "
                "up more often than in 5 of 100 cases. Plan an end, or write down the expected effect.",
            )
        return Guarded(_always(found, hoped), "No end was planned: the interval is widened to hold at every look.")
    return Guarded(found)


def _always(found: Estimate, hoped: float) -> Estimate:
    """Robbins' mixture over effects that are normal around 0 with the standard deviation `hoped`."""
    own, prior = found.error**2, hoped**2
    reach = math.sqrt(own * (own + prior) / prior * math.log((own + prior) / (own * 0.05**2)))
    score = _score(found.p)
    evidence = 0.5 * math.log(own / (own + prior)) + 0.5 * score**2 * prior / (own + prior)
    return _widened(found, reach / (ONCE * found.error), min(1.0, math.exp(-evidence)))


def _widened(found: Estimate, times: float, p: float) -> Estimate:
    low, high = found.value - times * (found.value - found.low), found.value + times * (found.high - found.value)
    return replace(found, low=low, high=high, p=p)


def _score(p: float) -> float:
    """How many standard errors a two-sided p stands for."""
    return -float(ndtri(max(p, 1e-300) / 2))


def _beyond(score: float) -> float:
    return float(ndtr(-score))


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
