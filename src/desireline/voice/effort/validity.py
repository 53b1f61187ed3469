"""How far an index can be trusted: what is told beside it, always."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

ENOUGH = 200
"""With fewer linked answers the published weights are used."""
SOME = 30
"""With fewer, nothing is said about how well the index goes with answers."""
FORETELLS = 0.1
"""Weights are learned only if the rho of what they foretell of unseen customers lies above this, interval and all."""


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
    here: bool = False  # each answer is compared with the effort at the place that it speaks about
    place: str = ""  # the title of that place, when it is the same for all

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
            where = f", or the effort {self._where()} is" if self.here else " or the index is"
            return f"{asked}: the answers are{where} the same for all, so they cannot check the index."
        told = f"Spearman's rho {self.rho.value:.2f} (95 % interval {self.rho.low:.2f} to {self.rho.high:.2f})"
        told = told.replace("-", "−")
        unseen = ", on customers whose answers had no say in the weights" if self.foretold else ""
        doubt = "" if self.rho.low > 0 else " It is not clear that the index goes with what people feel."
        return f"{asked}; {self._compared()}{told}{unseen}.{doubt}"

    def _compared(self) -> str:
        return f"compared with the effort {self._where()}: " if self.here else ""

    def _where(self) -> str:
        return f"at “{self.place}” alone" if self.place else "at the place that each speaks about"
