"""Since when: the week from which a share is larger than before, if there is one.

Every week is tried as a beginning, so each p is multiplied by their number (Bonferroni): a share that is nowhere
larger than the smallest that matters is taken for an onset no more often than a plain test would.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from desireline.findings.evidence import difference_over, share_over
from desireline.measures.clusters import Clusters

FEWEST = 20  # customers before and after
LEVEL = 0.05


class Onset(NamedTuple):
    """A share, from a day on or all the time, and the p of its being no larger than the smallest that matters."""

    since: date | None
    first: int  # the position of the week from which it is counted
    sums: Clusters
    before: Clusters | None
    p: float


def find_onset(weeks: Sequence[date], sums: Sequence[Clusters], smallest: float) -> Onset:
    """The share over all weeks; or from the week on at which it rose by more than `smallest`, if it surely did.

    Customers of several weeks count in each. There must be a week.
    """
    table = np.array([[int(number) for number in one] for one in sums], dtype=np.int64)
    upto = np.cumsum(table, axis=0)
    whole = Clusters(*upto[-1])
    everything = Onset(None, 0, whole, None, float(share_over(whole, smallest)))
    before, after = Clusters(*upto[:-1].T), Clusters(*(upto[-1] - upto[:-1]).T)
    tried = (
        np.flatnonzero((before.n >= FEWEST) & (after.n >= FEWEST)) if len(table) > 1 else np.zeros(0, dtype=np.int64)
    )
    if not len(tried):
        return everything
    before, after = (Clusters(*(column[tried] for column in side)) for side in (before, after))
    rises = np.atleast_1d(difference_over(after, before, smallest)) * len(tried)
    # Of the weeks that could be it, the one whose break explains most: the largest fall in the sum of squares.
    gap = after.ratio - before.ratio
    explained = np.where(gap > 0, gap**2 * before.m * after.m / (before.m + after.m), -1.0)
    best = int(np.argmax(explained))
    if rises[best] >= LEVEL:
        return everything
    side, other = (Clusters(*(column[best] for column in one)) for one in (after, before))
    p = min(float(share_over(side, smallest)) * len(tried), 1.0)
    first = int(tried[best]) + 1
    return Onset(weeks[first], first, side, other, p)
