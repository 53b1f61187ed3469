"""How much data would be enough: customers in each arm, or weeks after the start, for 80 % power at 5 %."""

from __future__ import annotations

import math

from desireline.access import SMALL_GROUP
from desireline.initiatives.verdicts.estimate import Needed
from desireline.initiatives.verdicts.target import Target

POWER = 2.8  # standard errors that an effect must be away from 0: 1.96 + 0.84
LONGEST = 260  # weeks; nobody waits longer


def customers_for_means(sd: float, size: float) -> int:
    """Customers in each arm to see a difference of two means: 16 sd² / size².

    Source: Lehr 1992, Statistics in Medicine 11, 1099–1102.

    >>> customers_for_means(10, 2)
    400
    """
    return _whole(16 * sd * sd / (size * size))


def customers_for_shares(before: float, size: float) -> int:
    """Customers in each arm to see a share move from `before` by `size`, to the side where it varies more.

    >>> customers_for_shares(0.10, 0.02)
    3912
    """
    after = before + size if before < 0.5 else before - size
    after = min(max(after, 0.0), 1.0)
    return _whole(8 * (before * (1 - before) + after * (1 - after)) / (size * size))


def customers_needed(target: Target, *, sd: float, share: float | None, n: int) -> Needed:
    """How many customers in each arm show the effect that is sought; the smaller arm has `n` of them.

    `share` is the control arm's, when all values are 0 or 1.
    """
    size = target.sought
    if not size:
        return Needed("No smallest effect of interest was written down, so nobody can say how many customers it needs.")
    if share is None:
        number = customers_for_means(sd, size)
    else:
        number = customers_for_shares(share, size)
    number = max(number, SMALL_GROUP)
    return Needed(f"To see that effect, about {number:,} customers are needed in each arm.", number, more=number > n)


def more_of_the_same(target: Target, *, error: float, n: int, groups: int | None) -> Needed:
    """How many treated customers, or groups where those are the clusters, when everything else grows with them."""
    if not target.sought:
        return Needed("No smallest effect of interest was written down, so nobody can say how much data it needs.")
    times = (POWER * error / target.sought) ** 2
    if groups is not None:
        number = max(2, _whole(groups * times))
        return Needed(f"To see that effect, about {number:,} treated groups are needed.", None, None, number, times > 1)
    number = max(SMALL_GROUP, _whole(n * times))
    return Needed(f"To see that effect, about {number:,} treated customers are needed.", number, more=times > 1)


def _whole(number: float) -> int:
    return math.ceil(number - 1e-9)
