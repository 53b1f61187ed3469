"""How far an index can be trusted: what is told beside it, always."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

ENOUGH = 200
"""With fewer linked answers the published weights are used."""
SOME = 30
"""With fewer, nothing is said about how well the index goes with answers."""


@dataclass(frozen=True)
class Rho:
    """A rank correlation with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Validity:
    """How many answers about effort stand beside journeys, and how the index goes with them."""

    answers: int
    answered: int  # journeys
    journeys: int
    rho: Rho | None
    tenths: pl.DataFrame | None  # calibration.tenths
    foretold: bool = False  # the tenths' index is felt effort, foretold from other customers' answers

    @property
    def share(self) -> float:
        """The share of journeys with a linked answer."""
        return self.answered / self.journeys if self.journeys else 0.0

    def says(self) -> str:
        """In one plain sentence or two."""
        if not self.answers:
            return (
                "No linked CES answers: nobody was asked how hard it was, so nothing checks the index against people."
            )
        asked = f"{self.answers:,} linked CES answers on {100 * self.share:.1f} % of journeys"
        if self.answers < SOME:
            return f"{asked}: too few to check the index (not enough data: {self.answers} of {SOME})."
        if self.rho is None:
            return f"{asked}: all alike, so they cannot check the index."
        told = f"Spearman's rho {self.rho.value:.2f} (95 % interval {self.rho.low:.2f} to {self.rho.high:.2f})"
        unseen = ", on customers whose answers had no say in the weights" if self.foretold else ""
        doubt = "" if self.rho.low > 0 else " It is not clear that the index goes with what people feel."
        return f"{asked}; {told}{unseen}.{doubt}".replace("-", "−")
