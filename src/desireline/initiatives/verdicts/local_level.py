"""A series explained by other series, whose level may wander: how the wandering widens the interval of a step.

The local-level model of structural time series: y(t) = level(t) + columns(t)·β + chance, where the level is a random
walk that starts anywhere. How fast it wanders, against chance, is not known; the interval is averaged over it, each
pace by the likelihood that is left after β (REML) and evenly in the ratio of the deviations, from none to 1.2. Fixing
it at its most likely value, as libraries do, calls too many steps real: in short series it is often put to none.

Sources: Harvey 1989, Forecasting, structural time series models and the Kalman filter; Brodersen et al. 2015, Annals of
Applied Statistics 9, 247–274 (controls). At a given pace, β is that of statsmodels' UnobservedComponents.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import stdtr

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
PACES = np.linspace(0.0, 1.2, 13)
"""The deviation of the level's weekly step, against the deviation of chance."""


class Step(NamedTuple):
    """The last column's coefficient: mean, 95 % interval, p, standard deviation, and the likely pace of the level."""

    value: float
    low: float
    high: float
    p: float
    error: float
    pace: float


class Paced(NamedTuple):
    """What holds at one pace: logarithm of the REML likelihood, the last coefficient, its standard error."""

    likelihood: float
    value: float
    error: float


def step(at: Whole, columns: Floats, series: Floats) -> Step:
    """The last column's coefficient, averaged over the paces."""
    df = len(at) - columns.shape[1]
    paced = [at_pace(at, columns, series, float(pace)) for pace in PACES]
    weights = np.exp(np.array([one.likelihood for one in paced]) - max(one.likelihood for one in paced))
    weights /= weights.sum()
    values, errors = np.array([one.value for one in paced]), np.array([one.error for one in paced])

    def below(place: float) -> float:
        return float((weights * stdtr(df, (place - values) / errors)).sum())

    value = float(weights @ values)
    error = float(np.sqrt(weights @ (errors**2 + (values - value) ** 2)))
    reach = 1e3 * float(errors.max()) + float(np.ptp(values))
    low, high = (brentq(lambda place, q=q: below(place) - q, value - reach, value + reach) for q in (0.025, 0.975))
    p = min(1.0, 2 * min(below(0.0), 1 - below(0.0)))
    return Step(value, low, high, p, error, float(weights @ PACES))


def at_pace(at: Whole, columns: Floats, series: Floats, pace: float) -> Paced:
    """Generalised least squares at one pace. The level's start is the column of ones."""
    elapsed = (at - at[0]).astype(np.float64)
    cover = np.eye(len(at)) + pace * pace * np.minimum(elapsed[:, None], elapsed[None])
    root = np.linalg.cholesky(cover)
    x, y = np.linalg.solve(root, columns), np.linalg.solve(root, series)
    inverse = np.linalg.inv(x.T @ x)
    beta = inverse @ (x.T @ y)
    rest = y - x @ beta
    df = len(at) - columns.shape[1]
    squares = float(rest @ rest) / df
    likelihood = -0.5 * df * np.log(squares) - np.log(np.diag(root)).sum() + 0.5 * np.linalg.slogdet(inverse)[1]
    return Paced(float(likelihood), float(beta[-1]), float(np.sqrt(squares * inverse[-1, -1])))
