"""What journeys are worth: how many come, how many succeed, and what a successful one brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desireline.access import may_show
from desireline.findings.gathering import Around, Gathering
from desireline.measures.clusters import Clusters
from desireline.measures.intervals import mean_interval
from desireline.measures.layout import lay_out
from desireline.measures.money import TEN_THOUSANDTHS
from desireline.measures.sums import add_up
from desireline.measures.view import View, numbers

_Part = tuple[int, ...]


@dataclass(frozen=True)
class Worth:
    """Settled journeys of all customers; money in the map's currency, None where the data hold none."""

    journeys: int
    successes: int
    of_success: tuple[float, float, float] | None  # mean value of a successful journey, with its interval
    of_journey: float | None  # mean value of any settled journey

    @property
    def conversion(self) -> float:
        """Share of settled journeys that succeed; 0 where there are none."""
        return self.successes / self.journeys if self.journeys else 0.0


@dataclass(frozen=True)
class WorthWalker:
    """Adds up settled journeys and their value, in whole numbers of any size."""

    def partial(self, view: View) -> _Part:
        """Journeys, successes, money, then the sums over customers of successful journeys and their money."""
        settled = view.settled
        won, money = view.success & settled, numbers(view.journeys["value_e4"])
        whole = view.whole
        layout = lay_out(np.zeros(len(whole), dtype=np.int64), whole.customer, keep=np.flatnonzero(won))
        sums = add_up(layout, money)
        told = [int(column.sum()) for column in (getattr(sums, name) for name in Clusters._fields)]
        return (int(settled.sum()), int(won.sum()), int((money * settled).sum()), *told)

    def combine(self, parts: Sequence[_Part]) -> _Part:
        """All sums."""
        return tuple(map(sum, zip(*parts, strict=True))) or (0,) * (3 + len(Clusters._fields))

    def finish(self, part: _Part) -> Worth:
        """The means; of fewer than five customers nothing is told."""
        journeys, successes, money, *sums = part
        if not money or not may_show(sums[0]) or not sums[0]:
            return Worth(journeys, successes, None, None)
        clusters = Clusters(*(np.array([one], dtype=object) for one in sums))
        low, high = mean_interval(clusters)
        three = [float(one[0]) / TEN_THOUSANDTHS for one in (clusters.ratio, low, high)]
        mean = money / journeys / TEN_THOUSANDTHS
        return Worth(journeys, successes, (three[0], three[1], three[2]), mean)


def _make(around: Around) -> WorthWalker:
    del around
    return WorthWalker()


WORTH: Gathering[Worth] = Gathering("worth", _make)
