"""What was written down before the start: which number should move which way, by how much, and how it was planned."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from desireline.errors import VerdictInputUnusable


@dataclass(frozen=True)
class Target:
    """The number that an initiative is to move. Sizes are absolute, in the number's own unit, and have no sign."""

    measure: str  # in words, for the sentence: "journeys late at delivery"
    better: Literal["up", "down"]
    at_least: float = 0.0  # smallest effect of interest; 0: any
    unit: str = "share"  # share (0–1), points, s, customers, money:EUR, score:1–5 …
    expected: float | None = None  # what was hoped for

    def __post_init__(self) -> None:
        if self.better not in ("up", "down"):
            raise VerdictInputUnusable(f"Better is “up” or “down”, not {self.better!r}.")
        for name, size in (("smallest effect of interest", self.at_least), ("expected effect", self.expected or 0.0)):
            if not (math.isfinite(size) and size >= 0):
                raise VerdictInputUnusable(f"The {name} is a size of 0 or more, not {size}.")

    @property
    def sign(self) -> int:
        """1 where more is better, −1 where less is."""
        return 1 if self.better == "up" else -1

    @property
    def sought(self) -> float:
        """The size that the data should be able to show: the smallest of interest, else the expected one; else 0."""
        return self.at_least or self.expected or 0.0


@dataclass(frozen=True, eq=False)
class Chosen:
    """The window in which a place looked so bad that it was chosen; dates of a series, or period numbers of a panel.

    `places` are all candidates as they were in that window: `place`, `value`, `variance` of the value. `place` names
    the chosen one among them. Without them the window can only be left out.
    """

    first: date | int
    last: date | int
    places: pl.DataFrame | None = None
    place: str = ""

    def __post_init__(self) -> None:
        if type(self.first) is not type(self.last) or self.last < self.first:  # type: ignore[operator]
            raise VerdictInputUnusable(f"A place was chosen from {self.first} to {self.last}: that is no window.")
        if self.places is not None:
            lacking = {"place", "value", "variance"} - set(self.places.columns)
            if lacking:
                raise VerdictInputUnusable(f"The candidate places lack the column {min(lacking)!r}.")
            if self.place not in self.places["place"].to_list():
                raise VerdictInputUnusable(f"The chosen place {self.place!r} is not among the candidates.")


@dataclass(frozen=True, eq=False)
class Plan:
    """How the verdict was planned. The default: no end was fixed, and this is the first look.

    `share` is how much of the planned weeks or customers is in; 1: the planned end is reached. `looks` counts the
    verdicts before the planned end, this one included. `shares` are the intended shares of the arms.
    """

    share: float | None = None
    looks: int = 1
    chosen: Chosen | None = None
    shares: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        if self.share is not None and not self.share >= 0:
            raise VerdictInputUnusable(f"The share of the plan that is in lies between 0 and 1, not at {self.share}.")
        if self.looks < 1:
            raise VerdictInputUnusable(f"A verdict is looked at once or more often, not {self.looks} times.")

    @property
    def early(self) -> bool:
        """The planned end has not come."""
        return self.share is not None and self.share < 1
