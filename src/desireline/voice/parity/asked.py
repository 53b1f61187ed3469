"""What is asked about parity: which outcome, compared between what, within which strata, and how near is near."""

from __future__ import annotations

from dataclasses import dataclass

MEASURES = {
    "kept": "promise of time kept",
    "failed": "failed here",
    "csat": "satisfied",
    "conversion": "went on to success",
    "feeling": "feeling",
}
"""What can be compared. All are shares but the feeling, which is a mean from −2 to +2."""

WORSE_WHEN_HIGH = ("failed",)
SCALE = {"feeling": 10_000}
"""Means are counted in whole parts of a point."""

FEELING_RANGE = 4.0
TOUCHPOINT = "touchpoint"


@dataclass(frozen=True)
class Asked:
    """A question about parity. `margin`: how far apart is still the same, as a share of the whole range.

    0.05 is five points of a hundred; of feeling, which ranges from −2 to +2, it is 0.2.
    """

    measure: str = "csat"
    at: tuple[str, ...] = ()  # places; all when empty
    by: str = "channel"
    strata: tuple[str, ...] = ()
    margin: float = 0.05

    @property
    def is_share(self) -> bool:
        """True where a share is compared, false for a mean."""
        return self.measure not in SCALE

    @property
    def within(self) -> float:
        """The margin in the outcome's own unit."""
        return self.margin * (1.0 if self.is_share else FEELING_RANGE)

    @property
    def unit(self) -> str:
        """In which unit the outcome is said."""
        return "share" if self.is_share else "level"

    @property
    def scale(self) -> int:
        """Whole parts of one point of what is counted."""
        return SCALE.get(self.measure, 1)
