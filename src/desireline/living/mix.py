"""How far two mixes differ, and how surely: shares of what happened before and after, whole customers as the unit.

The p says how often customers who never changed would look as different as this: the contribution of each group of
customers to the difference keeps its size and takes a random sign, again and again (sign-flipping of score
contributions: Hemerik, Goeman & Finos 2020, JRSS B 82, 841–864). A customer who stands on both sides is one unit.

`over` is the p of a true distance no larger than the smallest that matters. Its standard error is the larger of two:
between groups of customers, and between weeks. So what comes and goes with every campaign is no lasting change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr, stdtrit

from desireline.measures.clusters import UPPER, Floats
from desireline.measures.discoveries import q_values

Kind = Literal["JS", "PSI", "KS"]
FLIPS = 1_999
ADDED = 4.0
LEAST_GROUPS = 10
"""Groups with customers that it takes to say anything."""

ASIDE = 0.5
BLOCKS = 12
LONGEST_BLOCK = 3
FEW_WEEKS = 3
"""A side of fewer weeks cannot tell how restless weeks are: the other side tells it."""

_SEED = 20_260_309
Signs = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Far:
    """A distance (PSI: its root, which is nearly normal where the PSI is not), its standard error, and freedom."""

    root: float
    error: float
    freedom: float

    def over(self, least: float) -> float:
        """The p of a true root no larger than `least`."""
        if self.error <= 0:
            return float(self.root <= least)
        return float(stdtr(self.freedom, (least - self.root) / self.error))


@dataclass(frozen=True)
class Distance:
    """How far two mixes differ; the noise that two equal mixes would show is taken off the value.

    Where the split was searched for, `tries` splits competed: p is that of the best, and intervals hold for all of
    them at once (Bonferroni), so that they say the same as p.
    """

    kind: Kind
    far: Far
    p: float  # of no change at all
    over: float  # of a change no larger than the smallest that matters
    before: Floats  # shares, adding up to 1
    after: Floats
    error: Floats  # standard error of the change of each share
    freedom: float
    tries: int = 1

    @property
    def value(self) -> float:
        """The distance."""
        return self.far.root**self._power

    @property
    def low(self) -> float:
        """The lower end of its 95 % interval."""
        return max(0.0, self.far.root - self._half) ** self._power

    @property
    def high(self) -> float:
        """The upper end."""
        end = (self.far.root + self._half) ** self._power
        return end if self.kind == "PSI" else min(1.0, end)

    def searched(self, tries: int) -> Distance:
        """The same, as the best of so many."""
        return replace(self, p=min(1.0, self.p * tries), over=min(1.0, self.over * tries), tries=tries)

    @property
    def _power(self) -> int:
        return 2 if self.kind == "PSI" else 1

    @property
    def _half(self) -> float:
        return self._times(self.far.freedom) * self.far.error

    def _times(self, freedom: float) -> float:
        return float(stdtrit(freedom, 1 - (1 - UPPER) / self.tries))

    @property
    def change(self) -> Floats:
        """Of each share."""
        return self.after - self.before

    @property
    def most(self) -> int:
        """The category whose share changed most."""
        return int(np.argmax(np.abs(self.change)))

    def interval(self, category: int) -> tuple[float, float]:
        """The 95 % interval of the change of one share."""
        half = self._times(self.freedom) * float(self.error[category])
        return float(self.change[category]) - half, float(self.change[category]) + half


@dataclass(frozen=True)
class _Sides:
    """Both sides: slots × groups × categories each."""

    reference: Floats
    current: Floats
    customers: tuple[int, int]

    @property
    def each(self) -> tuple[Floats, Floats]:
        return self.reference, self.current

    def shares(self, pooled: Floats, *, added: float) -> tuple[Floats, Floats]:
        """The shares before and after, as if `added` customers of the pooled mix had come too.

        So what nobody did among few is not taken for what nobody ever does.
        """
        found = []
        for side, customers in zip(self.each, self.customers, strict=True):
            part = added / (customers + added)
            found.append((1 - part) * side.sum(axis=(0, 1)) / side.sum() + part * pooled)
        return found[0], found[1]

    def of_groups(self) -> tuple[Floats, Floats]:
        """Groups × categories."""
        return self.reference.sum(axis=0), self.current.sum(axis=0)

    def of_times(self) -> tuple[Floats, Floats]:
        """Stretches of weeks × categories: weeks where there are few, up to three weeks where there are many.

        Beside a side of one or two weeks the other's stretches are single weeks too, so that they are alike.
        """
        few = min(len(side) for side in self.each) < FEW_WEEKS
        before, after = (_stretches(side.sum(axis=1), longest=1 if few else LONGEST_BLOCK) for side in self.each)
        return before, after


def compare(
    reference: Floats, current: Floats, *, kind: Kind, smallest: float, customers: tuple[int, int]
) -> Distance | None:
    """The distance of two tables of counts, slots × groups × categories; None where too few groups have customers.

    `customers` stand behind them, before and after.

    `kind`: JS is the Jensen–Shannon distance (0 to 1, base 2), PSI the population stability index, KS the largest
    difference of cumulated shares, where the categories have an order.
    """
    sides = _Sides(np.asarray(reference, dtype=np.float64), np.asarray(current, dtype=np.float64), customers)
    r, c = sides.of_groups()
    groups = min(int((side.sum(axis=1) > 0).sum()) for side in (r, c))
    if groups < LEAST_GROUPS:
        return None
    pooled = (r.sum(axis=0) + c.sum(axis=0)) / (r.sum() + c.sum())
    null = _parts(c, pooled) - _parts(r, pooled)
    noise = loose(signs(len(r)) @ null.astype(np.float32), pooled, kind)
    plain = c.sum(axis=0) / c.sum() - r.sum(axis=0) / r.sum()
    observed = loose(plain[None, :], pooled, kind)[0]
    p = float((1 + np.sum(noise >= observed * (1 - 1e-6))) / (1 + len(noise)))
    before, after = sides.shares(pooled, added=0.0)
    own = _parts(c, after) - _parts(r, before)
    still = (own**2).sum() / max((null**2).sum(), 1e-300)  # signs of parts that hold a change are noisier by it
    off = float(np.mean(noise**2 if kind == "KS" else noise) * still)
    far = _sure(sides, sides.shares(pooled, added=ADDED), kind, off)
    over = far.over(smallest**0.5 if kind == "PSI" else smallest)
    error = np.sqrt(len(own) / (len(own) - 1) * (own**2).sum(axis=0))
    return Distance(kind, far, p, over, before, after, error, groups - 1.0)


def common_ones(counts: Floats, *, least: float = 0.005) -> npt.NDArray[np.bool_]:
    """Which categories have a share of at least `least` of all that was counted."""
    found: npt.NDArray[np.bool_] = counts >= least * max(counts.sum(), 1)
    return found


def adjust(ps: list[float]) -> list[float]:
    """The q-values of p of changes too small to matter: Benjamini & Hochberg 1995, JRSS B 57, 289–300.

    Those above one half, whose change is smaller than what matters already as it stands, are set aside first, and the
    others doubled for that (Zhao, Small & Su 2019, Electronic Journal of Statistics 13, 4184–4218).

    >>> adjust([0.01, 0.9, 0.02])
    [0.04, 1.0, 0.04]
    """
    kept = [k for k, p in enumerate(ps) if p <= ASIDE]
    found = [1.0] * len(ps)
    for k, q in zip(kept, q_values(np.array([ps[k] / ASIDE for k in kept])).tolist(), strict=True):
        found[k] = q
    return found


def loose(change: npt.NDArray[np.floating], pooled: Floats, kind: Kind) -> Floats:
    """The statistic of small changes (rows): its square for JS and PSI, in their own scale; the largest for KS."""
    if kind == "KS":
        return np.asarray(np.abs(np.cumsum(change, axis=1)).max(axis=1), dtype=np.float64)
    weight = np.where(pooled > 0, 1 / np.where(pooled > 0, pooled, 1.0), 0.0)
    squared = np.asarray((np.asarray(change, dtype=np.float64) ** 2) @ weight, dtype=np.float64)
    return squared / (8 * np.log(2)) if kind == "JS" else squared


def _parts(counts: Floats, shares: Floats) -> Floats:
    """By how much each share would change without each row (jackknife): a row that outweighs all others shows."""
    own = counts.sum(axis=1, keepdims=True)
    found: Floats = (counts - own * shares) / np.maximum(counts.sum() - own, 1.0)
    return found


def _sure(sides: _Sides, shares: tuple[Floats, Floats], kind: Kind, off: float) -> Far:
    """The distance (PSI: its root) with the mean noise taken off, its standard error, and degrees of freedom.

    Roots are nearly normal where squares are not; the error is that of the delta method. It is never less than if each
    customer had been drawn once from the mix.
    """
    value, *slopes = _slopes(*shares, kind)
    plain = max(0.0, (value**2 if kind == "KS" else value) - off)
    errors = [(_drawn(sides, shares, slopes), max(min(sides.customers) - 1.0, 1.0))]
    groups = [_parts(side, of) @ slope for side, of, slope in zip(sides.of_groups(), shares, slopes, strict=True)]
    some = min(int((side.sum(axis=1) > 0).sum()) for side in sides.of_groups())
    errors.append((float(np.sqrt(some / max(some - 1, 1) * ((groups[0] + groups[1]) ** 2).sum())), some - 1.0))
    errors.append(_between_weeks(sides, shares, slopes))
    error, freedom = max(errors, key=lambda one: one[0] * float(stdtrit(one[1], UPPER)))
    root = float(np.sqrt(plain))
    if kind == "KS":
        return Far(root, error, freedom)
    return Far(root, error / (2 * root) if root > 0 else float(np.sqrt(max(off, 1e-12))), freedom)


def _drawn(sides: _Sides, shares: tuple[Floats, Floats], slopes: list[Floats]) -> float:
    """The standard error if each customer were one independent draw."""
    found = 0.0
    for share, slope, customers in zip(shares, slopes, sides.customers, strict=True):
        found += float((share @ slope**2) - (share @ slope) ** 2) / max(customers, 1)
    return float(np.sqrt(max(found, 0.0)))


def _between_weeks(sides: _Sides, shares: tuple[Floats, Floats], slopes: list[Floats]) -> tuple[float, float]:
    """The standard error and Welch's degrees of freedom if stretches of weeks are the units.

    Each side counts as restless as the more restless of both: a few weeks may look calm by chance. One or two weeks
    tell nothing of it; then the other side does, with its own freedom.
    """
    restless, counts = [], []
    for side, of, slope in zip(sides.of_times(), shares, slopes, strict=True):
        n = len(side)
        counts.append(n)
        restless.append(float(((_parts(side, of) @ slope) ** 2).sum()) * n**2 / (n - 1) if n > 1 else 0.0)
    tells = [k for k, side in enumerate(sides.each) if len(side) >= FEW_WEEKS] or [int(np.argmax(counts))]
    variances = [max(restless[k] for k in tells) / n for n in counts]
    whole = sum(variances)
    if whole <= 0 or len(tells) == 1:
        return float(np.sqrt(whole)), max(sum(counts[k] - 1.0 for k in tells), 1.0)
    freedom = whole**2 / sum(v**2 / max(n - 1, 1) for v, n in zip(variances, counts, strict=True))
    return float(np.sqrt(whole)), freedom


def _slopes(before: Floats, after: Floats, kind: Kind) -> tuple[float, Floats, Floats]:
    """The distance (JS: the divergence), and how it moves with each share before and after."""
    if kind == "KS":
        sums = np.cumsum(after - before)
        most = int(np.argmax(np.abs(sums)))
        toward = np.where(np.arange(len(sums)) <= most, np.sign(sums[most]), 0.0)
        return float(abs(sums[most])), -toward, toward
    if kind == "PSI":
        ratio = after / before
        value = float(((after - before) * np.log(ratio)).sum())
        return value, -np.log(ratio) + 1 - ratio, np.log(ratio) + 1 - 1 / ratio
    middle = (before + after) / 2
    fall, rise = _half_logs(before, middle), _half_logs(after, middle)
    return float((before * fall).sum() + (after * rise).sum()), fall, rise


def _half_logs(shares: Floats, middle: Floats) -> Floats:
    """½·log₂ of each share by the middle one; 0 where there is nothing."""
    some = shares > 0
    found: Floats = np.where(some, 0.5 * np.log2(np.where(some, shares, 1.0) / np.where(some, middle, 1.0)), 0.0)
    return found


def _stretches(weeks: Floats, *, longest: int) -> Floats:
    """Neighbouring weeks added up, so that twelve or more stretches are left where there are twelve weeks or more."""
    length = min(longest, max(1, len(weeks) // BLOCKS))
    stretches: Floats = np.add.reduceat(weeks, np.arange(0, len(weeks), length), axis=0)
    found: Floats = stretches[stretches.sum(axis=1) > 0]
    return found


@cache
def signs(groups: int) -> Signs:
    """Random signs, always the same ones: flips × groups."""
    draws = np.random.default_rng(_SEED).integers(0, 2, (FLIPS, groups), dtype=np.int8)
    return (2 * draws - 1).astype(np.float32)
