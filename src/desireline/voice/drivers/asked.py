"""What is asked about drivers: which question they drive, which questions may be drivers, and by which settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

Together = Literal["response", "journey", "customer"]
TOGETHER: tuple[str, ...] = get_args(Together)
Boxes = Literal["boxes", "terciles"]


@dataclass(frozen=True)
class Cuts:
    """How penalty and reward are told apart; every number is a setting.

    `boxes`: a rating is low in the bottom quarter of its scale (1 and 2 of 1–5) and high in its top eighth (5 of 1–5).
    `terciles`: low and high are the outer thirds of what was given, equal ratings staying together.
    """

    by: Boxes = "boxes"
    low: float = 25.0  # of 0–100
    high: float = 87.5
    hybrid: float = 0.1  # impact asymmetry up to which penalty and reward count as equal
    strong: float = 0.4  # from which one of them counts as all that matters


@dataclass(frozen=True)
class Asked:
    """A question about drivers. `of` None: the one question that is bound to the whole map."""

    of: str | None = None
    among: tuple[str, ...] = ()  # names or patterns such as Q7*; every rated question below the map when empty
    weighted: bool = False
    together: Together | None = None  # what holds the answers that belong together; None: found out
    cuts: Cuts = field(default_factory=Cuts)
