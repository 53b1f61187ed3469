"""Whether the truth lies inside the intervals of the planted effects that were found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bench.calibrate.companies import Claim
from bench.calibrate.matching import first_by_problem
from bench.calibrate.truth import Truth, true_sizes


class Covered(NamedTuple):
    """A found effect beside its true size."""

    seed: int
    problem: str
    claim: Claim
    true: float

    @property
    def inside(self) -> bool:
        """Whether the interval holds the truth; an effect without an interval says that it is exact."""
        low = self.claim.value if self.claim.low is None else self.claim.low
        high = self.claim.value if self.claim.high is None else self.claim.high
        return low <= self.true <= high


def covered(found: Mapping[int, Sequence[Claim]], truth: Truth | None = None) -> tuple[list[Covered], list[Claim]]:
    """Each seed's found effects beside the truth; and claims of which the truth is not known."""
    known = truth or true_sizes()
    held: list[Covered] = []
    unknown: list[Claim] = []
    for seed, claims in sorted(found.items()):
        for problem, (_, claim) in first_by_problem(claims).items():
            true = known.size(claim)
            if true is None:
                unknown.append(claim)
            else:
                held.append(Covered(seed, problem, claim, true))
    return held, unknown
