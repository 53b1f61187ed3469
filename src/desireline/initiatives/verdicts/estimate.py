"""What a method says about an effect, before it is judged: a number with its interval, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desireline.findings.finding import Grade


@dataclass(frozen=True)
class Needed:
    """What would be enough to see the effect that is sought, in 80 of 100 cases. None: not told, or not the way out."""

    says: str
    customers: int | None = None  # in each arm
    weeks: int | None = None  # after the start, all told
    groups: int | None = None  # treated ones
    more: bool = False  # it is more than there is: waiting helps


@dataclass(frozen=True)
class Point:
    """A further reading of the same data: an effect before or after the start, or at a date when nothing began."""

    kind: Literal["event", "placebo"]
    at: int | str  # periods since the start, or the day in ISO form
    value: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class Estimate:
    """An effect (with minus without), its 95 % interval and its two-sided p."""

    value: float
    low: float
    high: float
    p: float
    error: float  # standard error
    n: int  # customers it is about
    n_other: int | None = None
    counted: Literal["customers", "customer-weeks"] = "customers"  # what n and n_other count
    baseline: float | None = None  # what it would have been without
    needed: Needed | None = None
    narrowed: float | None = None  # by which share covariates narrowed the interval
    weak: tuple[str, ...] = ()  # why it is weak
    warnings: tuple[str, ...] = ()  # what else a reader has to know
    points: tuple[Point, ...] = ()
    grade: Grade | None = None  # where the data ask for a lower one than the design
    capped: bool = False  # no verdict but “no clear effect” or “too early” may rest on it
    because: str = ""  # why it is capped, to follow “because”


@dataclass(frozen=True)
class TooThin:
    """There is not enough to say anything; `why` is a sentence."""

    why: str
    needed: Needed | None = None
    warnings: tuple[str, ...] = ()
