"""Costs as whole numbers in tiers, so that one comparison also settles which of equally cheap alignments counts.

From the top: what departures cost, how many steps are unplanned, how early touchpoints are left out, how early steps
are unplanned. Early is counted in steps to the route's end; in long routes in pieces of 2, 4, 8 … steps, so that all
tiers fit 60 bits (with usual costs that begins at some 700 steps). Cost and unplanned steps are always exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import gcd

import numpy as np
import numpy.typing as npt

from desireline.journeys.alignment import Costs

I64 = npt.NDArray[np.int64]
NEVER = 1 << 61  # more than any cost, and twice it still fits
_BITS = 60


@dataclass(frozen=True)
class Tiers:
    """Where the tiers lie for routes of up to `longest` steps."""

    longest: int
    unit: int  # thousandths in one unit of cost
    log: int  # what each departure costs, in units
    model: int
    wrong: int
    bits: tuple[int, int, int]  # of the three tiers below the cost
    piece: int  # log2 of how many steps count as equally early

    @property
    def at(self) -> tuple[int, int, int]:
        """Bits below cost, below unplanned steps, and below the earliness of what is left out."""
        unplanned, left_out, steps = self.bits
        return unplanned + left_out + steps, left_out + steps, steps

    @cached_property
    def early(self) -> I64:
        """How early it is, by remaining steps."""
        return np.arange(self.longest + 1, dtype=np.int64) >> self.piece

    @cached_property
    def unplanned(self) -> I64:
        """What an unplanned step costs, by remaining steps; 0 where none remains."""
        cost, unplanned, _ = self.at
        each = self.early + ((self.log << cost) + (1 << unplanned))
        each[0] = 0
        return each

    def left_out(self, touchpoints: npt.NDArray[np.int32], blame: npt.NDArray[np.int32]) -> I64:
        """What it costs to leave out so many touchpoints, early or not."""
        cost, unplanned, _ = self.at
        return touchpoints.astype(np.int64) * (self.model << cost) + (blame.astype(np.int64) << unplanned)

    def thousandths(self, total: I64) -> I64:
        """What departures cost, of a total."""
        return (total >> self.at[0]) * self.unit


def tiers_for(longest: int, costs: Costs, *, most_left_out: int) -> Tiers | None:
    """Tiers for routes of up to `longest` steps on a map where one way leaves out so much at most.

    None when costs are so large, or so odd as a fraction of each other, that nothing fits.
    """
    unit = gcd(*costs.thousandths()) or 1
    log, model, wrong = (cost // unit for cost in costs.thousandths())
    dearest = longest * log + 2 * most_left_out * model + wrong
    left_out = (longest + 2) * most_left_out
    if model:
        left_out = min(left_out, dearest // model)
    top = dearest.bit_length() + (longest + 2 * left_out).bit_length()
    for piece in range(longest.bit_length() + 1):
        models = (left_out * (longest >> piece)).bit_length()
        steps = (longest * (longest + 1) >> (piece + 1)).bit_length()
        if top + models + steps <= _BITS:
            bits = ((longest + 2 * left_out).bit_length(), models, steps)
            return Tiers(longest, unit, log, model, wrong, bits, piece)
    return None
