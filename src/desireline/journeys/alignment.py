"""What an alignment is: moves, what they cost, and where a route may end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["sync", "log", "model"]
Move = tuple[Kind, str]  # what happened, and at which touchpoint
Step = tuple[Kind, int]  # the same, with the touchpoint's position among those with a rule
Token = tuple[str, bool]  # a touchpoint, and whether it was met in a wrong channel
Ending = Literal["reach", "anywhere", "given up"]
"""Where a route may end: at the map's end; anywhere; or anywhere, paying for what the drawn order still required.

The last is for reading departures off a journey that was given up. It takes a short cut of the map only where the
customer did: else the cheapest way to the end could pass by the steps that were really taken.
"""


@dataclass(frozen=True)
class Costs:
    """What each departure from the map costs, to a thousandth."""

    log: float = 1.0
    model: float = 1.0
    wrong_channel: float = 0.5

    def thousandths(self) -> tuple[int, int, int]:
        """Costs as whole numbers, which add up the same in every order."""
        return round(self.log * 1000), round(self.model * 1000), round(self.wrong_channel * 1000)


class Alignment(NamedTuple):
    """How one route compares with the map."""

    cost: float
    moves: tuple[Move, ...]
    observed: int  # moves up to and including the route's last step; what follows the customer never reached
    expects: tuple[str, ...]  # the touchpoints that the map has next after that step
    exact: bool  # False: the cost is an upper bound, because only the route's head was compared
    compared: int  # steps of that head: all of them where the alignment is exact


class Laid(NamedTuple):
    """A route laid beside the map, in numbers."""

    cost: int  # thousandths
    moves: list[Step]  # up to the route's last step
    unreached: list[int]  # touchpoints left out after it
    state: int  # where the map stands after it
