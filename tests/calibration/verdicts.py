"""How far verdicts may be trusted: each method where there is nothing, where there is something, and how sure it is.

Trials call the method itself where the verdict adds only remarks, because placebo dates take most of the time.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.signal import lfilter
from tests.calibration.registry import simulation

from desireline.initiatives.verdicts.arms import Pair
from desireline.initiatives.verdicts.controls import bare_controls
from desireline.initiatives.verdicts.cuped import cuped
from desireline.initiatives.verdicts.difference import difference_in_differences
from desireline.initiatives.verdicts.estimate import Estimate, TooThin
from desireline.initiatives.verdicts.guard import guard
from desireline.initiatives.verdicts.interrupted import bare_interrupted
from desireline.initiatives.verdicts.panel import NEVER, Cells, Panel
from desireline.initiatives.verdicts.regression_to_mean import fair_weeks
from desireline.initiatives.verdicts.series import Weeks
from desireline.initiatives.verdicts.target import Chosen, Plan, Target
from desireline.initiatives.verdicts.two_samples import two_samples
from desireline.initiatives.verdicts.verdict import judge

Dice = np.random.Generator
UP = Target("number", "up", unit="points")


def found(estimate: Estimate | TooThin) -> Estimate:
    """The estimate; a trial whose data are too thin is a mistake of the trial."""
    assert isinstance(estimate, Estimate)
    return estimate


def clear(estimate: Estimate) -> bool:
    """Called an effect, to whichever side."""
    return estimate.p <= 0.05


def covers(estimate: Estimate, truth: float) -> bool:
    return estimate.low <= truth <= estimate.high


# Customers drawn by lot.


def spenders(rng: Dice, n: int = 200, effect: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Money of two arms: skewed, and more varied where it is more."""
    return rng.gamma(2, 10 + effect / 2, n), rng.gamma(2, 10, n)


def known_before(rng: Dice, n: int = 200, effect: float = 0.0) -> Pair:
    """Outcomes of which two things known before explain about half, not along a straight line."""
    size = 2 * n
    x = rng.normal(size=(size, 2))
    treated = np.arange(size) < n
    y = x[:, 0] + 0.5 * x[:, 1] ** 2 + rng.normal(size=size) * (1 + 0.3 * treated) + effect * treated
    y = y + 0.4 * treated * x[:, 0]
    return Pair(y[:n], y[n:], x[:n], x[n:])


@simulation("verdict, two samples: money", kind="false positives", nominal=0.05, about="skewed, 200 against 200")
def two_samples_where_there_is_nothing(rng: Dice) -> bool:
    return clear(found(two_samples(*spenders(rng), UP)))


@simulation("verdict, two samples: rare share", kind="false positives", nominal=0.05, about="4 % of 150 against 150")
def rare_shares_where_there_is_nothing(rng: Dice) -> bool:
    return clear(found(two_samples(*(rng.binomial(1, 0.04, 150).astype(float) for _ in range(2)), UP)))


@simulation("verdict, two samples: interval", kind="coverage", nominal=0.95, about="money, effect 4 on 20")
def two_samples_cover(rng: Dice) -> bool:
    return covers(found(two_samples(*spenders(rng, effect=4), UP)), 4.0)


@simulation("verdict, two samples: power", kind="power", nominal=0.8, about="effect 0.28 sd, 200 against 200")
def two_samples_see(rng: Dice) -> bool:
    return clear(found(two_samples(rng.normal(0.28, 1, 200), rng.normal(0, 1, 200), UP)))


@simulation(
    "verdict, cuped: nothing there", kind="false positives", nominal=0.05, about="2 covariates, 200 against 200"
)
def cuped_where_there_is_nothing(rng: Dice) -> bool:
    return clear(found(cuped(known_before(rng), UP)))


@simulation("verdict, cuped: interval", kind="coverage", nominal=0.95, about="effect 0.4, not the same for all")
def cuped_covers(rng: Dice) -> bool:
    return covers(found(cuped(known_before(rng, effect=0.4), UP)), 0.4)


@simulation("verdict, cuped: power", kind="power", nominal=0.8, about="effect 0.4, which alone is seen in 66 of 100")
def cuped_sees(rng: Dice) -> bool:
    return clear(found(cuped(known_before(rng, effect=0.4), UP)))


@simulation("verdict, cuped: a rare share", kind="false positives", nominal=0.05, about="1 % of 150 against 1,500")
def a_rare_share_with_something_known_before(rng: Dice) -> bool:
    y, x = (rng.random(1650) < 0.01).astype(float), rng.normal(size=(1650, 1))
    return clear(found(cuped(Pair(y[:150], y[150:], x[:150], x[150:]), UP)))


# Looking before the end.


def ever_clear(rng: Dice, plan: list[Plan], *, each: int) -> bool:
    """Whether any of several looks at growing arms is called an effect, where there is none."""
    arms = rng.normal(size=(2, each * len(plan)))
    looks = [(found(two_samples(arms[0, :n], arms[1, :n], UP)), one) for n, one in _growing(plan, each)]
    target = Target("number", "up", unit="points", expected=0.2)
    return any(clear(guard(estimate, target, one).estimate) for estimate, one in looks)


def _growing(plan: list[Plan], each: int) -> list[tuple[int, Plan]]:
    return [(each * (place + 1), one) for place, one in enumerate(plan)]


@simulation("verdict, looked at: planned", kind="false positives", nominal=0.05, about="10 looks, the last at the end")
def looking_before_a_planned_end(rng: Dice) -> bool:
    return ever_clear(rng, [Plan(share=k / 10, looks=k) for k in range(1, 11)], each=40)


@simulation("verdict, looked at: no end", kind="false positives", nominal=0.05, about="20 looks without a plan")
def looking_without_an_end(rng: Dice) -> bool:
    return ever_clear(rng, [Plan(looks=k + 1) for k in range(1, 21)], each=40)


# Groups over periods.


def groups(
    rng: Dice, treated: int, untreated: int, *, effect: float = 0.0, since: tuple[int, ...] = (6,), periods: int = 10
) -> Cells:
    """Groups of uneven size with levels of their own, shocks of their own that last, and one trend."""
    count = treated + untreated
    starts = np.array([since[g % len(since)] if g < treated else NEVER for g in range(count)])
    group, period = (one.ravel() for one in np.meshgrid(np.arange(count), np.arange(periods), indexing="ij"))
    m = np.repeat(rng.integers(50, 200, count), periods).astype(float)
    shocks = lfilter([1.0], [1.0, -0.5], rng.normal(0, 0.02, (count, periods)), axis=1).ravel()
    level = np.repeat(rng.normal(0.4, 0.05, count), periods) + 0.01 * period + shocks
    level = level + effect * (period >= starts[group])
    x = rng.binomial(m.astype(int), np.clip(level, 0, 1)).astype(float)
    return Cells(group, None, period, x, m, tuple(f"g{g:02}" for g in range(count)), starts)


def customers(rng: Dice, *, effect: float = 0.0, each: int = 150, periods: int = 8) -> Cells:
    """Two groups, one treated from period 4, of customers with habits of their own; nothing befalls a whole group."""
    habit = rng.normal(0, 1, 2 * each)
    who, period = (one.ravel() for one in np.meshgrid(np.arange(2 * each), np.arange(periods), indexing="ij"))
    there = rng.random(len(who)) < 0.6
    who, period = who[there], period[there]
    group = who // each
    y = habit[who] + 0.1 * period + rng.normal(size=len(who)) + effect * ((group == 0) & (period >= 4))
    return Cells(group, who, period, y, np.ones(len(who)), ("a", "b"), np.array([4, NEVER]))


@simulation("verdict, groups: nothing there", kind="false positives", nominal=0.05, about="6 against 6 groups")
def groups_where_there_is_nothing(rng: Dice) -> bool:
    return clear(found(difference_in_differences(groups(rng, 6, 6), UP)))


@simulation("verdict, groups: few", kind="false positives", nominal=0.05, about="2 against 3 groups")
def few_groups_where_there_is_nothing(rng: Dice) -> bool:
    return clear(found(difference_in_differences(groups(rng, 2, 3), UP)))


@simulation("verdict, groups: a single one", kind="false positives", nominal=0.05, about="1 against 15 groups")
def a_single_group_where_there_is_nothing(rng: Dice) -> bool:
    return clear(found(difference_in_differences(groups(rng, 1, 15), UP)))


@simulation("verdict, groups: one after another", kind="false positives", nominal=0.05, about="12 groups, 3 starts")
def staggered_groups_where_there_is_nothing(rng: Dice) -> bool:
    return clear(found(difference_in_differences(groups(rng, 8, 4, since=(4, 6, 8)), UP)))


@simulation("verdict, groups: customers", kind="false positives", nominal=0.05, about="1 against 1 group, by customer")
def customers_where_there_is_nothing(rng: Dice) -> bool:
    return clear(found(difference_in_differences(customers(rng), UP)))


def befallen(rng: Dice, untreated: int, *, periods: int = 24, start: int = 12, each: int = 60) -> Panel:
    """One treated group, customers known; what befalls a group befalls all its customers, and lasts (AR(1) 0.7)."""
    count = 1 + untreated
    shocks = lfilter([1.0], [1.0, -0.7], rng.normal(0, 0.1, (count, periods)), axis=1)
    group, period = (one.ravel() for one in np.meshgrid(np.arange(count), np.arange(periods), indexing="ij"))
    y = (shocks.ravel()[:, None] + rng.normal(size=(count * periods, each))).ravel()
    who = (group[:, None] * each + np.arange(each)).ravel()
    frame = {"group": np.repeat(group, each), "customer": who, "period": np.repeat(period, each), "x": y}
    return Panel(pl.DataFrame(frame).with_columns(pl.col("group").cast(pl.String), m=pl.lit(1.0)), {"0": start})


def _befallen(untreated: int) -> None:
    @simulation(
        f"verdict, groups: 1 against {untreated}, each with a fate of its own",
        kind="false positives",
        nominal=0.07,
        about="24 weeks, groups are befallen by AR(1) 0.7",
    )
    def trial(rng: Dice) -> bool:
        (verdict,) = judge(befallen(rng, untreated), UP, Plan(share=1))
        return verdict.verdict in ("helped", "harmed")


for _untreated in (2, 4):
    _befallen(_untreated)


@simulation("verdict, groups: interval", kind="coverage", nominal=0.95, about="6 against 6 groups, effect 0.06")
def groups_cover(rng: Dice) -> bool:
    return covers(found(difference_in_differences(groups(rng, 6, 6, effect=0.06), UP)), 0.06)


@simulation("verdict, groups: interval, customers", kind="coverage", nominal=0.95, about="1 against 1, effect 0.3")
def customers_cover(rng: Dice) -> bool:
    return covers(found(difference_in_differences(customers(rng, effect=0.3), UP)), 0.3)


@simulation(
    "verdict, groups: interval, one after another", kind="coverage", nominal=0.95, about="3 starts, effect 0.06"
)
def staggered_groups_cover(rng: Dice) -> bool:
    return covers(found(difference_in_differences(groups(rng, 8, 4, effect=0.06, since=(4, 6, 8)), UP)), 0.06)


@simulation("verdict, groups: power", kind="power", nominal=0.8, about="8 against 8 groups, effect 6 points of 45 %")
def groups_see(rng: Dice) -> bool:
    return clear(found(difference_in_differences(groups(rng, 8, 8, effect=0.06), UP)))


# One series.


def noise(rng: Dice, n: int, rho: float, wander: float = 0.0) -> np.ndarray:
    """Errors of deviation 1 that resemble their neighbours, and a level that wanders."""
    dice = rng.normal(size=n)
    dice[0] /= np.sqrt(1 - rho * rho)
    made = lfilter([1.0], [1.0, -rho], dice) * np.sqrt(1 - rho * rho)
    return made + wander * np.cumsum(rng.normal(size=n))


def weeks(value: np.ndarray, start: int, *others: np.ndarray) -> Weeks:
    at = np.arange(len(value))
    columns = np.column_stack(others) if others else np.zeros((len(value), 0))
    names = tuple(f"other {place}" for place in range(len(others)))
    return Weeks(at, value, np.full(len(value), 100), at >= start, columns, names)


def alone(rng: Dice, n: int, start: int, *, rho: float, effect: float = 0.0) -> Weeks:
    at = np.arange(n)
    return weeks(noise(rng, n, rho) + 0.02 * at + effect * (at >= start), start)


def accompanied(rng: Dice, n: int, start: int, *, rho: float = 0.0, wander: float = 0.0, effect: float = 0.0) -> Weeks:
    """A series that shares its ups and downs with another one."""
    shared = noise(rng, n, 0.9) * 2
    return weeks(shared + noise(rng, n, rho, wander) + effect * (np.arange(n) >= start), start, shared)


def _its(n: int, start: int, rho: float, *, nominal: float = 0.05, quick: int = 200) -> None:
    name = f"verdict, interrupted: {n} weeks, AR(1) {rho}"

    @simulation(name, kind="false positives", nominal=nominal, about=f"{start} before, {n - start} after", quick=quick)
    def trial(rng: Dice) -> bool:
        return clear(found(bare_interrupted(alone(rng, n, start, rho=rho))))


for _rho in (0.0, 0.3, 0.6):
    _its(52, 36, _rho)
_its(104, 78, 0.6, quick=0)
_its(26, 14, 0.6, nominal=0.07)


@simulation("verdict, interrupted: interval", kind="coverage", nominal=0.95, about="52 weeks, AR(1) 0.3, effect 2.2 sd")
def interrupted_covers(rng: Dice) -> bool:
    return covers(found(bare_interrupted(alone(rng, 52, 36, rho=0.3, effect=2))), 2.0)


@simulation("verdict, interrupted: power", kind="power", nominal=0.8, about="52 weeks, AR(1) 0.3, effect 2.5 sd")
def interrupted_sees(rng: Dice) -> bool:
    return clear(found(bare_interrupted(alone(rng, 52, 36, rho=0.3, effect=2.5))))


def _beside(about: str, rho: float, wander: float) -> None:
    @simulation(f"verdict, controls: {about}", kind="false positives", nominal=0.05, about="52 weeks, one control")
    def trial(rng: Dice) -> bool:
        return clear(found(bare_controls(accompanied(rng, 52, 36, rho=rho, wander=wander))))


for _rho in (0.0, 0.3, 0.6):
    _beside(f"AR(1) {_rho}", _rho, 0.0)
_beside("wandering level", 0.0, 0.3)


@simulation("verdict, controls: interval", kind="coverage", nominal=0.95, about="52 weeks, level wanders, effect 2 sd")
def controls_cover(rng: Dice) -> bool:
    return covers(found(bare_controls(accompanied(rng, 52, 36, wander=rng.uniform(0, 1.2), effect=2))), 2.0)


@simulation("verdict, controls: power", kind="power", nominal=0.8, about="52 weeks, AR(1) 0.3, effect 2.2 sd")
def controls_see(rng: Dice) -> bool:
    return clear(found(bare_controls(accompanied(rng, 52, 36, rho=0.3, effect=2.2))))


# The worst of forty places.


def worst(rng: Dice, *, effect: float = 0.0) -> tuple[Weeks, Chosen]:
    """The worst of 40 places in the 26 weeks before the start, and all places as they were in those weeks."""
    truth = rng.normal(0.1, 0.01, 40)
    value = rng.binomial(40, np.clip(truth, 0, 1)[:, None], (40, 46)) / 40
    before = value[:, :26]
    place = int(before.mean(1).argmax())
    variance = np.maximum(before.var(axis=1, ddof=1), 1e-6) / 26
    frame = pl.DataFrame({"place": [f"p{k:02}" for k in range(40)], "value": before.mean(1), "variance": variance})
    series = weeks(value[place] + effect * (np.arange(46) >= 26), 26)
    return series, Chosen(0, 25, frame, f"p{place:02}")


@simulation(
    "verdict, worst of forty: nothing done", kind="false positives", nominal=0.05, about="chosen by its baseline"
)
def the_worst_place_where_nothing_was_done(rng: Dice) -> bool:
    series, chosen = worst(rng)
    fair = fair_weeks(series, chosen).data
    assert isinstance(fair, Weeks)
    return clear(found(bare_interrupted(fair)))


@simulation("verdict, worst of forty: interval", kind="coverage", nominal=0.95, about="an effect of −5 points")
def the_worst_place_covers(rng: Dice) -> bool:
    series, chosen = worst(rng, effect=-0.05)
    fair = fair_weeks(series, chosen).data
    assert isinstance(fair, Weeks)
    return covers(found(bare_interrupted(fair)), -0.05)
