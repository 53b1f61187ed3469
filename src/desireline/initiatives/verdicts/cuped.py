"""The difference of two arms, less what was known of the customers before: a narrower interval for the same effect.

CUPED takes from each outcome what the time before predicts; with one covariate that leaves 1 − ρ² of the variance. Here
by regression within each arm, which does the same for several covariates and is never worse for large arms, whatever
the truth looks like. Standard errors are robust (HC2), and know that the mean of the covariates is itself a draw.

Regression needs something to explain. Shares that rest on fewer than ten customers, arms in which all are alike, and
outcomes that the covariates explain to the last digit keep the plain difference.

Sources: Deng, Xu, Kohavi & Walker 2013, WSDM, 123–132; Lin 2013, Annals of Applied Statistics 7, 295–318.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr, stdtrit

from desireline.initiatives.verdicts.arms import Pair
from desireline.initiatives.verdicts.estimate import Estimate, TooThin
from desireline.initiatives.verdicts.needed import customers_needed
from desireline.initiatives.verdicts.target import Target
from desireline.initiatives.verdicts.two_samples import is_rare, roughness, spread, two_samples

Floats = npt.NDArray[np.float64]
EXPLAINED = 1e-12  # share of an arm's variance below which what is left is rounding


def cuped(pair: Pair, target: Target) -> Estimate | TooThin:
    """The difference treated minus control, adjusted for the covariates; without any, the plain difference."""
    plain = two_samples(pair.treated, pair.control, target)
    if isinstance(plain, TooThin) or not pair.x_treated.shape[1] or not _adjustable(pair):
        return plain
    return _adjusted(pair, target, plain)


def _adjustable(pair: Pair) -> bool:
    """Whether each arm varies, and does not rest on a handful."""
    arms = (pair.treated, pair.control)
    return not is_rare(*arms) and min(float(np.ptp(arm)) for arm in arms) > 0


def _adjusted(pair: Pair, target: Target, plain: Estimate) -> Estimate:
    middle = np.concatenate([pair.x_treated, pair.x_control]).mean(0)
    one = _Fit.of(pair.treated, pair.x_treated - middle)
    two = _Fit.of(pair.control, pair.x_control - middle)
    everyone = np.concatenate([pair.x_treated, pair.x_control]) - middle
    tilt = everyone @ (one.slopes - two.slopes)
    shared = float(tilt @ tilt) / len(tilt) ** 2
    variance = one.variance + two.variance + shared
    if min(one.left, two.left) <= EXPLAINED:
        return plain
    df = variance**2 / (one.variance**2 / one.df + two.variance**2 / two.df)
    value, error = one.mean - two.mean, math.sqrt(variance)
    half = float(stdtrit(df, 0.975)) * error
    sd = spread(pair.treated, pair.control) * error / plain.error
    return replace(
        plain,
        value=value,
        low=value - half,
        high=value + half,
        p=float(2 * stdtr(df, -abs(value) / error)),
        error=error,
        baseline=two.mean,
        needed=customers_needed(target, sd=sd, share=None, n=min(plain.n, plain.n_other or plain.n)),
        narrowed=1 - 2 * half / (plain.high - plain.low),
        weak=roughness(pair.treated, pair.control),
        warnings=pair.warnings,
    )


class _Fit:
    """An arm's mean at the covariates' common mean, with its robust variance."""

    def __init__(self, mean: float, slopes: Floats, variance: float, df: int, left: float) -> None:
        self.mean, self.slopes, self.variance, self.df = mean, slopes, variance, df
        self.left = left  # share of the outcome's variance that is not explained

    @classmethod
    def of(cls, y: Floats, x: Floats) -> _Fit:
        """Least squares of y on 1 and x; columns that repeat others change nothing."""
        design = np.column_stack([np.ones(len(y)), x])
        left, sizes, right = np.linalg.svd(design, full_matrices=False)
        sound = sizes > sizes[0] * 1e-10
        left, sizes, right = left[:, sound], sizes[sound], right[sound]
        turn = right.T / sizes
        beta = turn @ (left.T @ y)
        weights = left @ turn[0]
        room = np.maximum(1 - (left**2).sum(1), 1e-9)
        rest = y - design @ beta
        variance = float((weights**2 * rest**2 / room).sum())
        unexplained = float(rest @ rest) / float(((y - y.mean()) ** 2).sum())
        return cls(float(beta[0]), beta[1:], variance, len(y) - int(sound.sum()), unexplained)
