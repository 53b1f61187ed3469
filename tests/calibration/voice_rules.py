"""The rules about what customers say: how often they cry without cause, cover the truth, and see what is there."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import polars as pl
from tests.calibration.registry import simulation

from desireline.findings.dossier import Dossier
from desireline.findings.evidence import share_over
from desireline.findings.gaps import Gap, against, between, mean_of, within
from desireline.findings.gather.targets import Readings
from desireline.findings.gathering import Around
from desireline.findings.rules.kpi_off_target import kpi_off_target
from desireline.findings.shares import Sides, compare_within, ones
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.measures.clusters import Clusters
from desireline.measures.intervals import share_interval
from desireline.measures.voice import PARTS

ALPHA, POWER, COVERAGE = 0.05, 0.8, 0.95
SMALLEST = 0.5


def stars(rng: np.random.Generator, level: float, people: int, *, alike: float = 0.5) -> Clusters:
    """Customers with one to three answers each, who lean their own way; the mean level is true, not cut at the ends."""
    m = rng.integers(1, 4, people)
    own = rng.normal(0.0, np.sqrt(alike), people)
    x = np.round(PARTS * (m * (level + own) + np.sqrt(m) * rng.normal(0.0, np.sqrt(1 - alike), people))).astype(
        np.int64
    )
    sums = (people, m.sum(), x.sum(), m.sum(), (x * x).sum(), (x * m).sum(), (m * m).sum())
    return Clusters(*(np.int64(one) for one in sums))


def felt(sums: Clusters, level: float) -> Gap:
    """What these customers feel, against a level that is given."""
    mean = mean_of(sums)
    assert mean is not None
    return against(mean, level)


def sure(gap: Gap | None) -> Gap:
    """There are customers enough in every trial."""
    assert gap is not None
    return gap


@simulation(
    "feeling below intent", kind="false positives", nominal=ALPHA, about="exactly half a level below, 60 customers"
)
def half_a_level_below_intent(rng: np.random.Generator) -> bool:
    """The smallest gap that matters is no finding."""
    return felt(stars(rng, 0.5, 60), 1.0).below(SMALLEST) < ALPHA


@simulation("feeling below intent, seen", kind="power", nominal=POWER, about="a level below, 60 customers")
def a_level_below_intent(rng: np.random.Generator) -> bool:
    """Twice the smallest gap is seen."""
    return felt(stars(rng, 0.0, 60), 1.0).below(SMALLEST) < ALPHA


@simulation(
    "feeling below intent, interval", kind="coverage", nominal=COVERAGE, about="60 customers, one to three answers"
)
def the_gap_to_intent_is_covered(rng: np.random.Generator) -> bool:
    """The interval holds the true gap."""
    _, low, high = felt(stars(rng, 0.2, 60), 1.0).interval
    return low <= -0.8 <= high


@simulation("assumption contradicted", kind="false positives", nominal=ALPHA, about="exactly a level off, 40 customers")
def an_assumption_a_level_off(rng: np.random.Generator) -> bool:
    """Tried both ways, the smallest gap is no finding."""
    return felt(stars(rng, 0.2, 40), -0.8).apart(1.0) < ALPHA


def _sides(rng: np.random.Generator, gap: float) -> Gap:
    """A side against another in two strata that differ by a whole level and are mixed unlike."""
    sizes = {"web": (20, 80), "store": (60, 30)}
    levels = {"web": 0.8, "store": -0.2}
    first = {name: stars(rng, levels[name] + gap, n) for name, (n, _) in sizes.items()}
    second = {name: stars(rng, levels[name], n) for name, (_, n) in sizes.items()}
    return sure(within(first, second))


@simulation("channel misalignment", kind="false positives", nominal=ALPHA, about="exactly half a level, mixed strata")
def half_a_level_between_channels(rng: np.random.Generator) -> bool:
    """The smallest gap is no finding, whoever comes by which channel."""
    return _sides(rng, -0.5).below(SMALLEST) < ALPHA


@simulation("channel misalignment, seen", kind="power", nominal=POWER, about="1.2 levels, 80 against 110 customers")
def a_level_between_channels(rng: np.random.Generator) -> bool:
    """More than a level is seen."""
    return _sides(rng, -1.2).below(SMALLEST) < ALPHA


@simulation("channel misalignment, interval", kind="coverage", nominal=COVERAGE, about="two strata, mixed unlike")
def the_gap_between_channels_is_covered(rng: np.random.Generator) -> bool:
    """The interval holds the true gap."""
    _, low, high = _sides(rng, -0.7).interval
    return low <= -0.7 <= high


@simulation("persona served worse", kind="false positives", nominal=ALPHA, about="no gap, four personas each tried")
def four_personas_alike(rng: np.random.Generator) -> bool:
    """The best of four tries, adjusted for four, cries no more often."""
    return 4 * min(_sides(rng, 0.0).below(0.0) for _ in range(4)) < ALPHA


@simulation("first cause of bad scores", kind="false positives", nominal=ALPHA, about="10 % bad, exactly half a level")
def as_many_bad_as_acceptable(rng: np.random.Generator) -> bool:
    """Where no more are bad than acceptable, no cause is told however large it is."""
    bad = _share(rng, 0.1, 400)
    gap = sure(between(stars(rng, -1.0, 60), stars(rng, 1.0, 340)))
    return max(float(share_over(bad, 0.1)[0]), gap.below(SMALLEST)) < ALPHA


@simulation(
    "first cause of bad scores, seen", kind="power", nominal=POWER, about="18 % bad, 1.5 levels, 60 against 340"
)
def a_cause_of_many_bad_scores(rng: np.random.Generator) -> bool:
    """A cause like that of the public marketplace is seen in a tenth of its orders."""
    gap = sure(between(stars(rng, -0.5, 60), stars(rng, 1.0, 340)))
    return max(float(share_over(_share(rng, 0.18, 400), 0.1)[0]), gap.below(SMALLEST)) < ALPHA


def _handed(rng: np.random.Generator, more: float) -> Sides:
    """Two channels in which more and less is asked again, mixed unlike on both sides."""
    again, handed, others = {"phone": 0.3, "mail": 0.05}, {"phone": 80, "mail": 60}, {"phone": 60, "mail": 300}
    sides = compare_within(
        {name: ones(int(rng.binomial(n, again[name] + more)), n) for name, n in handed.items()},
        {name: ones(int(rng.binomial(n, again[name])), n) for name, n in others.items()},
    )
    assert sides is not None
    return sides


@simulation(
    "effort at a hand-off", kind="false positives", nominal=ALPHA, about="exactly 10 points, two channels mixed unlike"
)
def ten_points_more_after_a_hand_off(rng: np.random.Generator) -> bool:
    """The smallest difference is no finding, whoever comes by which channel."""
    return _handed(rng, 0.1).over(0.1) < ALPHA


@simulation(
    "effort at a hand-off, seen", kind="power", nominal=POWER, about="30 points more, 140 against 360 customers"
)
def many_ask_again_after_a_hand_off(rng: np.random.Generator) -> bool:
    """A planted hand-off is seen."""
    return _handed(rng, 0.3).over(0.1) < ALPHA


@simulation("effort at a hand-off, interval", kind="coverage", nominal=COVERAGE, about="two channels mixed unlike")
def the_effort_of_a_hand_off_is_covered(rng: np.random.Generator) -> bool:
    """The interval holds the true difference."""
    _, low, high = _handed(rng, 0.2).gap
    return low <= 0.2 <= high


@simulation("unmet need", kind="false positives", nominal=ALPHA, about="exactly 5 % of 600 speak of it")
def a_twentieth_speaks_of_it(rng: np.random.Generator) -> bool:
    """The smallest share that matters is no finding."""
    return bool(share_over(_share(rng, 0.05, 600), 0.05)[0] < ALPHA)


SHOP = Outline(
    read_map(
        "map: {id: shop, title: Shop, kpis: [{measure: csat, at_least: 0.8}]}\n"
        "stages: [{id: buy, title: Buy}]\ntouchpoints: [{id: pay, stage: buy, title: Pays, when: {event: pay}}]\n"
    )
)


def _kpi(rng: np.random.Generator, share: float) -> bool:
    sums = _share(rng, share, 250)
    low, high = share_interval(sums)
    row = {"measure": "csat", "at": "shop", "value": float(sums.ratio[0]), "low": low[0], "high": high[0]}
    readings = Readings(pl.DataFrame([row | {"n": 250, "unit": "share"}]))
    year = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    checks = kpi_off_target.checks(Dossier(Around(SHOP, date(2026, 1, 1), *year), {"targets": readings}))
    return any(check.p is not None and check.p < ALPHA for check in checks)


@simulation("target missed", kind="false positives", nominal=ALPHA, about="exactly five points below, 250 customers")
def five_points_below_a_target(rng: np.random.Generator) -> bool:
    """A miss within the margin is no finding."""
    return _kpi(rng, 0.75)


@simulation("target missed, seen", kind="power", nominal=POWER, about="15 points below, 250 customers")
def fifteen_points_below_a_target(rng: np.random.Generator) -> bool:
    """A miss of 15 points is seen."""
    return _kpi(rng, 0.65)


def _share(rng: np.random.Generator, share: float, people: int) -> Clusters:
    x = int(rng.binomial(people, share))
    return Clusters(*(np.array([one], dtype=np.int64) for one in (people, people, x, people, x, x, people)))
