"""The plain difference of two arms, customer by customer: what chance would make of it, and no assumption more.

Welch's t interval for everything that is counted or measured. Where a share rests on fewer than ten customers with, or
without, in an arm, Newcombe's score interval, which stays true there. Both are what textbooks and libraries print.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import ndtr, stdtr, stdtrit

from desireline.access import SMALL_GROUP
from desireline.initiatives.verdicts.estimate import Estimate, Needed, TooThin
from desireline.initiatives.verdicts.needed import customers_needed
from desireline.initiatives.verdicts.target import Target

Floats = npt.NDArray[np.float64]
FEW = 10  # fewer with, or without, and a share has Newcombe's interval
ROUGH = 30  # fewer customers (or, where most have none, fewer who have any) and a mean is weak
_Z = 1.959963984540054


def two_samples(treated: Floats, control: Floats, target: Target) -> Estimate | TooThin:
    """The difference of the means, treated minus control, with its 95 % interval and p."""
    thin = _too_few(treated, control)
    if thin:
        return thin
    return _by_scores(treated, control, target) if is_rare(treated, control) else _by_means(treated, control, target)


def _too_few(treated: Floats, control: Floats) -> TooThin | None:
    """Why two arms cannot be compared at all, if so."""
    fewest = min(len(treated), len(control))
    if fewest < SMALL_GROUP:
        says = f"At least {SMALL_GROUP} customers are needed in each arm; to see small effects, many more."
        return TooThin(f"An arm has fewer than {SMALL_GROUP} customers.", Needed(says, SMALL_GROUP))
    both = np.concatenate([treated, control])
    if not is_share(treated, control) and np.ptp(treated) == 0 and np.ptp(control) == 0:
        return TooThin(f"All customers of an arm have the same value ({both[0]:,.6g}), so chance cannot be told.")
    return None


def is_share(*arms: Floats) -> bool:
    """Whether all values are 0 or 1."""
    return all(bool(np.isin(arm, (0.0, 1.0)).all()) for arm in arms)


def is_rare(treated: Floats, control: Floats) -> bool:
    """Whether it is a share that fewer than ten customers of an arm have, or lack."""
    with_it = [(float(arm.sum()), len(arm)) for arm in (treated, control)]
    return is_share(treated, control) and min(min(won, n - won) for won, n in with_it) < FEW


def spread(treated: Floats, control: Floats) -> float:
    """The standard deviation within the arms."""
    squares = sum(float(((arm - arm.mean()) ** 2).sum()) for arm in (treated, control))
    return math.sqrt(squares / max(len(treated) + len(control) - 2, 1))


def needed_for(treated: Floats, control: Floats, target: Target) -> Needed:
    """Customers in each arm that would be needed."""
    share = float(control.mean()) if is_share(treated, control) else None
    n = min(len(treated), len(control))
    return customers_needed(target, sd=spread(treated, control), share=share, n=n)


def roughness(treated: Floats, control: Floats) -> tuple[str, ...]:
    """Why a mean of these values may not be trusted to be nearly normal."""
    if min(len(treated), len(control)) < ROUGH:
        return (f"An arm has fewer than {ROUGH} customers.",)
    some = [int((arm != np.median(arm)).sum()) for arm in (treated, control)]
    if min(some) < ROUGH:
        return (f"Fewer than {ROUGH} customers of an arm differ from the rest.",)
    return ()


def _by_means(treated: Floats, control: Floats, target: Target) -> Estimate:
    """Welch 1947, Biometrika 34, 28–35."""
    one, two = (float(arm.var(ddof=1)) / len(arm) for arm in (treated, control))
    df = (one + two) ** 2 / (one**2 / (len(treated) - 1) + two**2 / (len(control) - 1))
    value, error = float(treated.mean() - control.mean()), math.sqrt(one + two)
    half = float(stdtrit(df, 0.975)) * error
    return Estimate(
        value,
        value - half,
        value + half,
        p=float(2 * stdtr(df, -abs(value) / error)),
        error=error,
        n=len(treated),
        n_other=len(control),
        baseline=float(control.mean()),
        needed=needed_for(treated, control, target),
        weak=roughness(treated, control),
    )


def _by_scores(treated: Floats, control: Floats, target: Target) -> Estimate:
    """Newcombe 1998, Statistics in Medicine 17, 873–890 (method 10); p is the level at which its interval meets 0."""
    shares = float(treated.mean()), float(control.mean())
    sizes = len(treated), len(control)
    low, high = _newcombe(shares, sizes, _Z)
    value = shares[0] - shares[1]
    return Estimate(
        value,
        low,
        high,
        p=_meets_zero(shares, sizes),
        error=(high - low) / (2 * _Z),
        n=sizes[0],
        n_other=sizes[1],
        baseline=shares[1],
        needed=needed_for(treated, control, target),
        weak=roughness(treated, control),
    )


def _newcombe(shares: tuple[float, float], sizes: tuple[int, int], z: float) -> tuple[float, float]:
    (one, two), ((low1, high1), (low2, high2)) = shares, [_wilson(*pair, z) for pair in zip(shares, sizes, strict=True)]
    gap = one - two
    return gap - math.hypot(one - low1, high2 - two), gap + math.hypot(high1 - one, two - low2)


def _wilson(share: float, n: int, z: float) -> tuple[float, float]:
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (middle - half if share > 0 else 0.0), (middle + half if share < 1 else 1.0)


def _meets_zero(shares: tuple[float, float], sizes: tuple[int, int]) -> float:
    if shares[0] == shares[1]:
        return 1.0
    end = 0 if shares[0] > shares[1] else 1
    z = brentq(lambda z: _newcombe(shares, sizes, z)[end], 1e-12, 1e3)
    return float(2 * ndtr(-z))
