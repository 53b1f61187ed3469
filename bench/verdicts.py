"""The figures of docs/verdicts.md: what naive methods would have said, and what covariates are worth on real customers.

python -m bench.verdicts naive [TRIALS]      # false positives of the methods that we do not use
python -m bench.verdicts cdnow [--data FOLDER]  # an A/A test: customers by lot, money of the year before
"""

from __future__ import annotations

import argparse
import gzip
import os
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import statsmodels.api as sm
from scipy import stats
from tests.calibration import verdicts as simulated

from desireline.initiatives.verdicts import Arms, Plan, Target
from desireline.initiatives.verdicts.arms import pair
from desireline.initiatives.verdicts.cuped import cuped
from desireline.initiatives.verdicts.estimate import Estimate
from desireline.initiatives.verdicts.guard import guard
from desireline.initiatives.verdicts.interrupted import bare_interrupted, line_and_step
from desireline.initiatives.verdicts.two_samples import two_samples

HERE = Path(__file__).parent
Dice = np.random.Generator


def by_least_squares(rng: Dice, rho: float) -> bool:
    """An interrupted series by plain regression."""
    weeks = simulated.alone(rng, 52, 36, rho=rho)
    return bool(sm.OLS(weeks.value, line_and_step(weeks.at, weeks.after)).fit().pvalues[-1] <= 0.05)


def by_newey_west(rng: Dice, rho: float) -> bool:
    """The same with errors that should withstand resemblance of neighbours."""
    weeks = simulated.alone(rng, 52, 36, rho=rho)
    fit = sm.OLS(weeks.value, line_and_step(weeks.at, weeks.after)).fit(cov_type="HAC", cov_kwds={"maxlags": 3})
    return bool(fit.pvalues[-1] <= 0.05)


def by_unobserved_components(rng: Dice, rho: float, wander: float) -> bool:
    """A series with a control by the structural model at its most likely pace."""
    weeks = simulated.accompanied(rng, 52, 36, rho=rho, wander=wander)
    columns = np.column_stack([weeks.controls, weeks.after.astype(float)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = sm.tsa.UnobservedComponents(weeks.value, "llevel", exog=columns).fit(disp=0)
    return bool(fit.pvalues[-1] <= 0.05)


def looking_ten_times(rng: Dice) -> bool:
    """Ten looks at growing arms, each judged as if it were the only one."""
    arms = rng.normal(size=(2, 400))
    target = Target("number", "up", unit="points")
    looks = [simulated.found(two_samples(arms[0, :n], arms[1, :n], target)) for n in range(40, 401, 40)]
    return any(simulated.clear(guard(one, target, Plan()).estimate) for one in looks)


def the_worst_place(rng: Dice) -> bool:
    """The worst of forty places, judged against the weeks in which it was the worst."""
    return simulated.clear(simulated.found(bare_interrupted(simulated.worst(rng)[0])))


def before_against_after(rng: Dice) -> bool:
    """The worst of forty places, its weeks before against its weeks after."""
    weeks = simulated.worst(rng)[0]
    found = stats.ttest_ind(weeks.value[weeks.after], weeks.value[~weeks.after], equal_var=False)
    return bool(found.pvalue <= 0.05)


def journeys_as_draws(rng: Dice) -> bool:
    """Groups with shocks of their own; each journey taken for a draw of its own."""
    cells = simulated.groups(rng, 6, 6)
    side = 2 * cells.treated[cells.group] + (cells.period >= 6)
    m = np.bincount(side, weights=cells.m)
    share = np.bincount(side, weights=cells.x) / m
    gap = share[3] - share[2] - share[1] + share[0]
    return bool(abs(gap) > 1.96 * np.sqrt((share * (1 - share) / m).sum()))


NAIVE: dict[str, Callable[[Dice], bool]] = {
    **{
        f"interrupted, least squares, AR(1) {rho}": lambda rng, rho=rho: by_least_squares(rng, rho)
        for rho in (0.0, 0.3, 0.6)
    },
    **{
        f"interrupted, Newey-West, AR(1) {rho}": lambda rng, rho=rho: by_newey_west(rng, rho) for rho in (0.0, 0.3, 0.6)
    },
    "controls, most likely pace, AR(1) 0.3": lambda rng: by_unobserved_components(rng, 0.3, 0.0),
    "controls, most likely pace, wandering level": lambda rng: by_unobserved_components(rng, 0.0, 0.3),
    "ten looks, each as if it were the only one": looking_ten_times,
    "the worst of forty, against its own worst weeks": the_worst_place,
    "the worst of forty, before against after": before_against_after,
    "6 groups against 6, journeys as draws": journeys_as_draws,
}


def naive(trials: int) -> None:
    """Print how often each naive method calls an effect where there is none."""
    for name, trial in NAIVE.items():
        key = zlib.crc32(name.encode())
        hits = sum(trial(np.random.default_rng([key, place])) for place in range(trials))
        print(f"{name:<50} {hits / trials:.3f}  in {trials:,} trials")


def cdnow(folder: Path, trials: int) -> None:
    """Print A/A tests: real customers split by lot, money of the last nine months, the nine months before known."""
    with gzip.open(folder / "cdnow" / "CDNOW_master.txt.gz", "rt", encoding="ascii") as lines:
        rows = [line.split() for line in lines]
    bought = pl.DataFrame(
        [(row[0], row[1], float(row[3])) for row in rows[1:] if row], schema=["customer", "day", "money"], orient="row"
    )
    late = pl.col("day") >= "19971001"
    people = (
        bought.group_by("customer")
        .agg(
            y=pl.col("money").filter(late).sum(),
            money=pl.col("money").filter(~late).sum(),
            orders=pl.col("day").filter(~late).count(),
            last=pl.col("day").filter(~late).max().cast(pl.Float64),
        )
        .sort("customer")
    )
    target = Target("money in nine months", "up", unit="money:USD")
    print(
        f"{people.height:,} customers; money before and after: r {stats.pearsonr(people['y'], people['money'])[0]:.2f}"
    )
    for known in ((), ("money",), ("money", "orders", "last")):
        found = [one_split(people, known, target, seed) for seed in range(trials)]
        wrong = sum(simulated.clear(one) for one in found) / trials
        narrowed = float(np.mean([one.narrowed or 0.0 for one in found]))
        print(f"{', '.join(known) or 'nothing':<22} false positives {wrong:.3f}  narrowed by {100 * narrowed:.1f} %")


def one_split(people: pl.DataFrame, known: tuple[str, ...], target: Target, seed: int) -> Estimate:
    """Customers by lot in two arms that are treated alike."""
    drawn = np.random.default_rng(seed).choice(["a", "control"], people.height)
    two = pair(Arms(people.with_columns(arm=pl.Series(drawn)), "control", known), "a")
    return simulated.found(cuped(two, target))


def main() -> None:
    """Print what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("what", choices=["naive", "cdnow"])
    asked.add_argument("trials", type=int, nargs="?", default=2000)
    asked.add_argument("--data", type=Path, default=Path(os.environ.get("DESIRELINE_DATA", HERE / "../../shared/data")))
    options = asked.parse_args()
    if options.what == "naive":
        naive(options.trials)
    else:
        cdnow(options.data.resolve(), options.trials)


if __name__ == "__main__":
    main()
