"""Deviations located by group and week: what a company without problems shows, what a planted one, and how large."""

from __future__ import annotations

import numpy as np
from tests.calibration.registry import simulation
from tests.findings.made import finding, rates

from desireline.findings.finding import Check
from desireline.findings.judge import judge
from desireline.findings.locate import Spot, spots

WEEKS, GROUPS = 52, 4
USUAL, PLANTED, CLEAR = 0.06, 0.2, 0.26
ABOUT = f"{GROUPS} channels, {WEEKS} weeks of about 40 journeys, {USUAL:.0%} fail everywhere"


def company(
    rng: np.random.Generator, *, planted: int | None = None, since: int = 0, rate: float = USUAL, bad: float = PLANTED
) -> list[Spot]:
    """The spots of one touchpoint; one channel may fail more often from a week on."""
    weekly = {}
    for group in range(GROUPS):
        m = rng.poisson(10, WEEKS)
        share = np.where((group == planted) & (np.arange(WEEKS) >= since), bad, rate)
        weekly[f"channel:{group}"] = list(zip(rng.binomial(m, share).tolist(), m.tolist(), strict=True))
    everybody = [(sum(x for x, _ in at), sum(m for _, m in at)) for at in zip(*weekly.values(), strict=True)]
    return list(spots(rates({"": everybody} | weekly), "failed", ["pay"], acceptable=0.1, smallest=0.05))


def passing(found: list[Spot]) -> list[Spot]:
    """Those that pass when nothing else is looked at."""
    checks = [Check(finding(at=str(i)), spot.p) for i, spot in enumerate(found)]
    return [found[int(one.at)] for one in judge({"failing": checks})["failing"]]


@simulation("deviations by group and week", kind="false positives", nominal=0.05, about=ABOUT, full=1000)
def something_where_there_is_nothing(rng: np.random.Generator) -> bool:
    return bool(passing(company(rng)))


@simulation(
    "deviations at the edge of what matters",
    kind="false positives",
    nominal=0.05,
    about="everybody fails as often as is acceptable (10 %), all channels alike",
    full=1000,
)
def what_is_just_acceptable(rng: np.random.Generator) -> bool:
    return bool(passing(company(rng, rate=0.1)))


@simulation(
    "deviations by group and week, found",
    kind="power",
    nominal=0.9,
    about="one channel of four fails at 26 % instead of 6 % since the middle of the year; it is named",
    full=1000,
)
def the_channel_and_the_week(rng: np.random.Generator) -> bool:
    found = passing(company(rng, planted=2, since=26, bad=CLEAR))
    if not found:
        return False
    lead = max(found, key=lambda spot: spot.gain)
    return lead.group == "channel:2"


@simulation(
    "deviations by group and week, size",
    kind="coverage",
    nominal=0.9,
    about="the true excess (14 points) of a channel that failed all year, where it was found",
    full=1000,
)
def the_size_of_what_was_found(rng: np.random.Generator) -> bool:
    found = [spot for spot in passing(company(rng, planted=1)) if spot.group == "channel:1" and not spot.since]
    return not found or found[0].gap[1] <= PLANTED - USUAL <= found[0].gap[2]
