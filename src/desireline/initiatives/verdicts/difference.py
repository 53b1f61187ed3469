"""Groups that got it against groups that did not (yet): how much more the treated ones changed.

For each cohort and each period since its start: its change from the mean of its periods before, less the same change
of the groups that are untreated in that period. These group-time effects are averaged by the treated weight (so groups
that start at different times never serve as each other's control once treated), and by the time since the start (the
event study). Parallel trends are the assumption; the periods before the start are tested for a slope.

Errors come from whole clusters: groups where each side has two or more, because what befalls a group befalls all its
customers. A single treated group (or one for each start) is compared with how much single untreated groups change,
five or more; else the customers are the clusters, and that is weak and of grade D: nothing then tells the initiative
from any other event in that group. Its interval is no narrower than the gap between the sides moved from period to
period (12 before the start and 8 since are needed); where that is not known, and where the sides drifted apart before
the start, nothing is called help or harm.

Sources: Callaway & Sant'Anna 2021, Journal of Econometrics 225, 200–230 (group-time effects, not-yet-treated controls);
Donald & Lang 2007, Review of Economics and Statistics 89, 221–233 (few groups); Conley & Taber 2011, same 93, 113–125.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr, stdtrit

from desireline.access import SMALL_GROUP
from desireline.initiatives.verdicts.autoregression import Slope, last_coefficient
from desireline.initiatives.verdicts.estimate import Estimate, Needed, Point, TooThin
from desireline.initiatives.verdicts.group_time import Combination, Differences
from desireline.initiatives.verdicts.interrupted import AFTER, BEFORE
from desireline.initiatives.verdicts.needed import more_of_the_same
from desireline.initiatives.verdicts.panel import NEVER, Cells
from desireline.initiatives.verdicts.target import Target

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
ALONE = (
    "Too few periods and too few untreated groups to tell how much such groups move by themselves: no verdict can rest "
    "on it."
)
ALONE_WORD = "nothing tells how much so few groups move by themselves"
ROUNDING = 1e-12
LASTING = 0.7  # how much of what befalls a group is left a period later, at least, when its fate is judged alone
SINGLE = 5  # untreated groups that a single treated one is compared with
FEW = 8  # groups in all, from which clusters are not called few


def difference_in_differences(cells: Cells, target: Target) -> Estimate | TooThin:
    """The average effect on the treated since their start, with the event study as points."""
    thin = _thin(cells)
    if thin:
        return thin
    differences = Differences(cells)
    told = differences.effects()
    since = [one for one in told if differences.periods[one[1]] >= differences.starts[one[0]]]
    if not since:
        return TooThin(
            "No treated group has data both before and after its start, beside an untreated one.", None, cells.warnings
        )
    errors = _Errors(differences)
    if errors.clustered == "nothing":
        needed = Needed(f"Hand in the customers, or {SINGLE} untreated groups.", groups=SINGLE)
        return TooThin(
            "One group against fewer than five cannot be judged without its customers.", needed, cells.warnings
        )
    return _estimate(differences, errors, told, since, target)


def _estimate(
    differences: Differences,
    errors: _Errors,
    told: list[tuple[int, int, float]],
    since: list[tuple[int, int, float]],
    target: Target,
) -> Estimate | TooThin:
    cells = differences.cells
    effect = differences.combine(_shared(since))
    error, df = errors.of(effect)
    if error <= ROUNDING * float(np.abs(differences.x).max() / differences.m.max()):
        return TooThin("Nothing varies between the clusters, so chance cannot be told.", None, cells.warnings)
    weekly = _by_weeks(differences) if errors.clustered == "customers" else None
    half = max(float(stdtrit(df, 0.975)) * error, weekly.limit * weekly.error if weekly else 0.0)
    p = max(_p(effect.value, error, df), weekly.p if weekly else 0.0)
    drifted, unknown = _slope_before(differences, errors, told)
    alone = () if errors.clustered == "groups" or weekly else (ALONE,)
    points = _event_study(differences, errors, told)
    treated, untreated = (_customers(cells, side) for side in (cells.treated, ~cells.treated))
    return Estimate(
        effect.value,
        effect.value - half,
        effect.value + half,
        p=p,
        error=max(error, weekly.error if weekly else 0.0),
        n=treated,
        n_other=untreated or None,
        baseline=_without(differences, since, effect.value),
        needed=more_of_the_same(target, error=error, n=treated, groups=errors.treated_groups),
        weak=(*errors.weak, *alone, *drifted, *unknown),
        warnings=(*cells.warnings, *errors.warnings),
        points=points,
        grade="D" if errors.clustered == "customers" or drifted else None,
        capped=bool(alone or drifted),
        because="trends differed before the start" if drifted else ALONE_WORD if alone else "",
    )


def _thin(cells: Cells) -> TooThin | None:
    if not cells.treated.any():
        few = f" Too few customers are in {', '.join(cells.left_out)}." if cells.left_out else ""
        return TooThin(f"No treated group has begun.{few}", None, cells.warnings)
    if not (cells.since == NEVER).any() and len(np.unique(cells.since)) < 2:
        return TooThin("There is no untreated group to compare with.", None, cells.warnings)
    first = int(cells.since[cells.treated].min())
    if not (cells.period < first).any():
        needed = Needed("At least one period before the start is needed; several, to see whether trends are parallel.")
        return TooThin("There is no period before the start.", needed, cells.warnings)
    sides = [_customers(cells, side) for side in (cells.treated, ~cells.treated)]
    if 0 < min(sides) < SMALL_GROUP or sides[0] < SMALL_GROUP:
        needed = Needed(f"At least {SMALL_GROUP} on each side.", SMALL_GROUP)
        return TooThin(f"Fewer than {SMALL_GROUP} customers stand on one side.", needed, cells.warnings)
    return None


def _customers(cells: Cells, groups: npt.NDArray[np.bool_]) -> int:
    """Customers of these groups; where customers are not known, the largest period's weight."""
    rows = groups[cells.group]
    if cells.customer is not None:
        return len(np.unique(cells.customer[rows]))
    return int(max(np.bincount(cells.period[rows] - cells.period.min(), weights=cells.m[rows]), default=0))


class _Errors:
    """Which clusters the error comes from, and the error of any combination."""

    def __init__(self, differences: Differences) -> None:
        self.differences, cells = differences, differences.cells
        self.weak: tuple[str, ...] = ()
        self.warnings: tuple[str, ...] = ()
        groups = np.bincount(cells.treated[np.unique(cells.group)].astype(int), minlength=2)
        untreated, treated = int(groups[0]), int(groups[1])
        self.cohorts = len(differences.starts) - (untreated > 0)
        single = treated == self.cohorts and untreated >= SINGLE
        if (treated > self.cohorts and untreated != 1) or single:
            self.clustered, self.cluster = "groups", cells.group
            if treated + untreated < FEW or single:
                self.weak = (f"Only {treated} treated and {untreated} untreated groups.",)
        elif cells.customer is not None:
            self.clustered, self.cluster = "customers", cells.customer
            self.weak = (
                f"Only {treated} treated and {untreated} untreated groups: what else befell them looks the same.",
            )
        else:
            self.clustered, self.cluster = "nothing", cells.group
        self.single = single
        self.treated_groups = treated if self.clustered == "groups" else None
        self.sides = self._sides()
        if self.clustered == "groups":
            self.warnings = ("Whole groups are the clusters: what befalls a group befalls all its customers.",)

    def _sides(self) -> list[Whole]:
        """Clusters on the treated and on the untreated side; one that has rows on both counts as treated."""
        treated = np.zeros(int(self.cluster.max()) + 1, dtype=bool)
        treated[self.cluster[self.differences.cells.treated[self.differences.cells.group]]] = True
        present = np.bincount(self.cluster) > 0
        return [np.flatnonzero(present & treated), np.flatnonzero(present & ~treated)]

    def of(self, made: Combination) -> tuple[float, float]:
        """The standard error and its degrees of freedom."""
        moved = self.differences.influence(made, self.cluster)
        weights = np.bincount(self.cluster, weights=self.differences.cells.m).astype(np.float64)
        if self.single:
            return self._single(made, moved, weights)
        means = self.cohorts if self.clustered == "groups" else 1
        both = zip(self.sides, (means, 1), strict=True)
        parts = [_side(moved[side], weights[side], lost) for side, lost in both if len(side)]
        variance = math.fsum(part for part, _ in parts)
        if variance <= 0:
            return 0.0, 1.0
        return math.sqrt(variance), variance**2 / math.fsum(part**2 / df for part, df in parts if part)

    def _single(self, made: Combination, moved: Floats, weights: Floats) -> tuple[float, float]:
        """Treated groups, each the only one of its start, vary as single untreated groups do."""
        side = self.sides[1]
        share = weights[side] / weights[side].sum()
        own = moved[side] / share
        df = len(side) - 1
        spread = float(((own - own.mean()) ** 2).sum()) / df
        treated = weights[self.sides[0]] / weights[self.sides[0]].sum()
        variance = spread * float((treated**2).sum() + (share**2).sum())
        return math.sqrt(max(variance, self._by_customers(made))), float(df)

    def _by_customers(self, made: Combination) -> float:
        """The variance that customers alone bring, where they are known."""
        customer = self.differences.cells.customer
        return 0.0 if customer is None else float((self.differences.influence(made, customer) ** 2).sum())


def _side(moved: Floats, weights: Floats, means: int) -> tuple[float, float]:
    """The variance that one side adds, and its degrees of freedom: both know how few or uneven its clusters are.

    `means`: how many cohorts have a mean of their own.
    """
    even = float(weights.sum() ** 2 / (weights**2).sum())
    df = max(even - means, 0.5)
    return (1 + means / df) * float((moved**2).sum()), df


def _shared(wanted: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    total = math.fsum(weight for *_, weight in wanted)
    return [(cohort, column, weight / total) for cohort, column, weight in wanted]


def _p(value: float, error: float, df: float) -> float:
    return float(2 * stdtr(df, -abs(value) / error))


def _without(differences: Differences, since: list[tuple[int, int, float]], effect: float) -> float:
    """What the treated would have been: their mean since the start, less the effect."""
    shares = _shared(since)
    return math.fsum(w * differences.x[c, t] / differences.m[c, t] for c, t, w in shares) - effect


def _event_study(differences: Differences, errors: _Errors, told: list[tuple[int, int, float]]) -> tuple[Point, ...]:
    """The effect by periods since the start; before it, what is there without any effect."""
    points = []
    for lag in sorted({_lag(differences, one) for one in told}):
        made = differences.combine(_shared([one for one in told if _lag(differences, one) == lag]))
        error, df = errors.of(made)
        half = float(stdtrit(df, 0.975)) * error
        p = _p(made.value, error, df) if error else 1.0
        points.append(Point("event", lag, made.value, made.value - half, made.value + half, p))
    return tuple(points)


def _lag(differences: Differences, one: tuple[int, int, float]) -> int:
    return differences.periods[one[1]] - differences.starts[one[0]]


def _by_weeks(differences: Differences) -> Slope | None:
    """The step in the gap between treated and untreated, period by period, by how much that gap moves anyway.

    What befalls a group for a while looks like an effect to its customers' own variance, and not to this. None with
    several starts, or with too few periods to tell.
    """
    if len(differences.starts) != 2:
        return None
    there = np.flatnonzero((differences.m > 0).all(0))
    at = np.array(differences.periods, dtype=np.int64)[there]
    after = at >= differences.starts[0]
    if int((~after).sum()) < BEFORE or int(after.sum()) < AFTER:
        return None
    value = differences.x[:, there] / differences.m[:, there]
    gap = value[0] - value[1]
    if np.ptp(gap[~after]) <= 1e-9 * max(float(np.abs(value).max()), 1e-300):
        return None
    columns = np.column_stack([np.ones(len(at)), after.astype(np.float64)])
    return last_coefficient(at - at[0], columns, gap, lasting=LASTING)


def _slope_before(
    differences: Differences, errors: _Errors, told: list[tuple[int, int, float]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Why parallel trends are refuted by a slope before the start; or why nothing can be said about them."""
    leads = [one for one in told if _lag(differences, one) < 0]
    lags = np.array([_lag(differences, one) for one in leads], dtype=np.float64)
    if len(set(lags)) < 2:
        return (), ("With one period before the start, nothing tells whether trends were parallel.",)
    weights = np.array([one[2] for one in leads])
    middle = float(weights @ lags / weights.sum())
    tilt = weights * (lags - middle) / float(weights @ (lags - middle) ** 2)
    made = differences.combine([(c, t, float(w)) for (c, t, _), w in zip(leads, tilt, strict=True)])
    error, df = errors.of(made)
    if error and _p(made.value, error, df) < 0.05:
        return ("Treated and untreated groups drifted apart before the start already: trends were not parallel.",), ()
    return (), ()
