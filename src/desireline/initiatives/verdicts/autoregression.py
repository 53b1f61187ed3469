"""A line through a series whose weeks resemble their neighbours, and how sure one may be of its last coefficient.

Prais and Winsten's estimator: the errors follow e(t) = ρ e(t−1) + chance; what ρ explains is taken out of both sides
before least squares. Three things make its p honest in short series. ρ estimated from residuals is too small; the
expected estimate is worked out exactly for each ρ, and read backwards. The t value is compared with its own law,
simulated at that ρ with ρ estimated anew each time, not with Student's. And weeks that are missing count as distance.

Sources: Prais & Winsten 1954, Cowles Commission Discussion Paper 383; McKnight, McKean & Huitema 2000, Psychological
Methods 5, 87–101 (bias and bootstrap).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.signal import lfilter

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
SAMPLES = 999
_GRID = np.round(np.arange(-0.6, 0.9801, 0.02), 2)
_SEED = 20261122


class Slope(NamedTuple):
    """The last coefficient, its standard error and t's two-sided 95 % limit, p, ρ and the deviation of the errors."""

    value: float
    error: float
    limit: float
    p: float
    rho: float
    deviation: float
    fitted: Floats  # all coefficients


@dataclass(frozen=True, eq=False)
class Fits:
    """Of many series at once: the last coefficient, its standard error, ρ, deviation of errors, all coefficients."""

    value: Floats
    error: Floats
    rho: Floats
    deviation: Floats
    fitted: Floats


class Design:
    """The weeks and the columns that explain a series; the last column is the one that is asked about."""

    def __init__(self, at: Whole, columns: Floats) -> None:
        self.at, self.columns = at, columns
        self._steps = np.diff(at).astype(np.float64)
        self._pairs = np.flatnonzero(self._steps == 1)
        self._rest = np.eye(len(at)) - columns @ np.linalg.pinv(columns)

    @property
    def df(self) -> int:
        """Weeks less columns."""
        return len(self.at) - int(self.columns.shape[1])

    def rho(self, series: Floats) -> Floats:
        """ρ of each row, freed from the bias of residuals."""
        rest = series @ self._rest
        with np.errstate(divide="ignore", invalid="ignore"):
            raw = (rest[:, self._pairs] * rest[:, self._pairs + 1]).sum(1) / (rest**2).sum(1)
        return np.asarray(np.interp(np.nan_to_num(raw), self._expected, _GRID), dtype=np.float64)

    def fit(self, series: Floats) -> Fits:
        """Each row by Prais and Winsten."""
        rho = self.rho(series)
        carried = np.sign(rho)[:, None] ** self._steps * np.abs(rho)[:, None] ** self._steps
        scale = 1 / np.sqrt(1 - carried**2)
        y = np.concatenate([series[:, :1], (series[:, 1:] - carried * series[:, :-1]) * scale], axis=1)
        x = np.empty((len(series), *self.columns.shape))
        x[:, 0] = self.columns[0]
        x[:, 1:] = (self.columns[1:] - carried[..., None] * self.columns[:-1]) * scale[..., None]
        inverse = np.linalg.inv(x.transpose(0, 2, 1) @ x)
        beta = (inverse @ (x.transpose(0, 2, 1) @ y[..., None]))[..., 0]
        squares = ((y - (x @ beta[..., None])[..., 0]) ** 2).sum(1) / self.df
        return Fits(beta[:, -1], np.sqrt(squares * inverse[:, -1, -1]), rho, np.sqrt(squares), beta)

    def error_at(self, rho: float) -> float:
        """The standard error of the last coefficient when errors have deviation 1 and this ρ."""
        inverse = np.linalg.inv(self._cover(rho))
        return float(np.sqrt(np.linalg.inv(self.columns.T @ inverse @ self.columns)[-1, -1]))

    def chance(self, rho: float, samples: int = SAMPLES) -> Floats:
        """|t| of series in which the last column explains nothing, in rising order."""
        dice = np.random.default_rng(_SEED)
        noise = dice.standard_normal((samples, int(self.at[-1] - self.at[0]) + 1))
        noise[:, 0] /= np.sqrt(1 - rho * rho)
        series = lfilter([1.0], [1.0, -rho], noise, axis=1)[:, self.at - self.at[0]]
        found = self.fit(series)
        return np.sort(np.abs(found.value / found.error))

    def _cover(self, rho: float) -> Floats:
        apart = np.abs(self.at[:, None] - self.at[None]).astype(np.float64)
        return np.asarray(np.sign(rho) ** apart * abs(rho) ** apart if rho else np.eye(len(self.at)))

    @cached_property
    def _expected(self) -> Floats:
        """What the residuals' ρ is on average, for each ρ of the grid; made to rise."""
        shift = np.zeros((len(self.at), len(self.at)))
        shift[self._pairs, self._pairs + 1] = 1
        paired = self._rest @ shift @ self._rest
        covers = [self._cover(float(rho)) for rho in _GRID]
        found = np.array([(paired * cover).sum() / (self._rest * cover).sum() for cover in covers])
        return np.asarray(np.maximum.accumulate(found) + 1e-12 * np.arange(len(found)), dtype=np.float64)


def last_coefficient(at: Whole, columns: Floats, series: Floats, *, lasting: float = -1.0) -> Slope:
    """The last column's coefficient in one series, with an interval and a p that hold in short, resembling series.

    `lasting`: t is compared with its law at no smaller ρ, where a smaller one would be believed too easily: chance of
    single customers hides how long a shock lasts.
    """
    design = _design(at.tobytes(), columns.tobytes(), columns.shape)
    found = design.fit(series[None])
    value, error, rho = float(found.value[0]), float(found.error[0]), round(float(found.rho[0]), 2)
    chance = _chance(at.tobytes(), columns.tobytes(), columns.shape, max(rho, lasting))
    limit = float(chance[int(0.95 * (len(chance) + 1)) - 1])
    beyond = len(chance) - int(np.searchsorted(chance, abs(value / error), side="left"))
    return Slope(value, error, limit, (1 + beyond) / (len(chance) + 1), rho, float(found.deviation[0]), found.fitted[0])


@lru_cache(maxsize=64)
def _design(at: bytes, columns: bytes, shape: tuple[int, int]) -> Design:
    return Design(np.frombuffer(at, dtype=np.int64), np.frombuffer(columns).reshape(shape))


@lru_cache(maxsize=512)
def _chance(at: bytes, columns: bytes, shape: tuple[int, int], rho: float) -> Floats:
    return _design(at, columns, shape).chance(rho)
