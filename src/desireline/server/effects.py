"""What findings and verdicts say of a number, as their routes answer it."""

from __future__ import annotations

from pydantic import BaseModel


class EffectTold(BaseModel):
    """A number with its interval, and of whom it is compared with; `apart`: a difference between no groups."""

    says: str
    value: float
    low: float | None
    high: float | None
    unit: str
    n: int
    n_other: int | None
    apart: bool
