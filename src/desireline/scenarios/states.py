"""Where a journey can stand: at its start, at a touchpoint (fine, failed or late there), or at one of its ends.

State 0 is the start, then three states for each touchpoint in the order of the map, then the ends. A stay is a
journey's steps at one touchpoint without another between them. A stay failed when one of its steps did; it is late when
a promise of time was broken there; of a stay that is both, it is said that it failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

START = 0
FINE, FAILED, LATE = range(3)
MANNERS = ("", "failing", "late")
ENDS = ("success", "lost", "stuck", "over", "unknown")
SUCCESS, LOST, STUCK, OVER, UNKNOWN = range(len(ENDS))
"""`over`: an end rule of the map closed the journey without success. `unknown`: at a place that nobody has left yet."""


@dataclass(frozen=True)
class States:
    """The numbers of states of a map with these touchpoints."""

    points: tuple[str, ...]
    success: tuple[str, ...]

    @classmethod
    def of(cls, points: Sequence[str], success: Sequence[str]) -> States:
        """From touchpoints in map order, and those of which one must be reached."""
        return cls(tuple(points), tuple(success))

    @property
    def transient(self) -> int:
        """How many states are no ends."""
        return 1 + len(MANNERS) * len(self.points)

    @property
    def all(self) -> int:
        """How many there are, ends among them."""
        return self.transient + len(ENDS)

    def place(self, state: int) -> str:
        """The touchpoint of a state, or "start"."""
        return "start" if state == START else self.points[(state - 1) // len(MANNERS)]

    def manner(self, state: int) -> int:
        """FINE, FAILED or LATE."""
        return FINE if state == START else (state - 1) % len(MANNERS)
