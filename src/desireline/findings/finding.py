"""What a finding is: a sentence about a place, how large the effect is, and what stands behind it.

A rule yields `Check`s: one for each place, group or pair that it looked at, also where there is nothing to say, so that
what passes can be counted against all that was tried. `judge` turns the checks that pass into findings with q-values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from desireline.measures.left import COULD

Grade = Literal["A", "B", "C", "D"]
"""Design grade: A randomised, B quasi-experiment, C adjusted association, D raw count or difference."""


@dataclass(frozen=True)
class Effect:
    """A number with its 95 % interval. NaN never: what is not known is None."""

    says: str  # what the number is, in words: "journeys late, against all other regions"
    value: float
    low: float | None
    high: float | None
    unit: str  # share (0–1, also differences of shares), level (−2…+2), score:1–5, s, points, customers, money:EUR …
    n: int  # customers it is about
    n_other: int | None = None  # customers it is compared with
    apart: bool = False  # it is a difference, though not between customers: from a target, from what is intended

    @property
    def difference(self) -> bool:
        """Is it told with its sign?"""
        return self.apart or self.n_other is not None


@dataclass(frozen=True)
class Who:
    """Whose journeys a finding is about; `kind` is a deviation's, a measure's, or one of the rule's own words."""

    kind: str
    at: str
    group: str = ""  # "channel:app", "property:region=East", "persona:maya"; "" everybody
    since: date | None = None
    until: date | None = None
    carried: tuple[str, ...] = ()  # fields of events, beyond those of every walk, that tell who they are
    also: tuple[str, ...] = ()  # what else tells them: further groups that they are in, or the two ends of a hand-off


@dataclass(frozen=True)
class Harm:
    """What one affected journey costs: a difference of an outcome with and without what was found, below 0 for worse.

    `outcome`: conversion (share), score (share of its scale), value (money per journey).
    """

    outcome: Literal["conversion", "score", "value"]
    value: float
    low: float
    high: float
    unit: str = "share"


@dataclass(frozen=True)
class Finding:
    """Something that a rule noticed."""

    rule: str  # name in the catalog
    at: str  # id of a map record, "a>b" for an edge, or an event's name where the map has no place for it
    says: str  # one sentence, from a template
    effect: Effect
    customers: int  # who are affected; never 1 to 4
    who: Who
    grade: Grade = "D"
    evidence: tuple[Effect, ...] = ()  # further readings, the most telling first
    quotes: tuple[str, ...] = ()  # masked
    harms: tuple[Harm, ...] = ()
    journeys: int = 0  # affected; 0 where the rule does not count journeys
    excess: float | None = None  # part of these journeys that is beyond the usual, 0–1; None: all of them
    p: float | None = None  # of an effect no larger than the smallest of interest; None: a count, nothing to test
    q: float | None = None  # adjusted within the family
    checks: tuple[int, int] = (0, 0)  # passed, tried in the family
    shrunk: float = 1.0  # by what the effect is multiplied for ranking, so that small and noisy ones do not lead
    weight: float = 0.0  # how well it explains what happens at its place: among like findings the largest leads
    apart: bool = False  # it holds within the others of its rule at its place too: it stands beside them, not under
    also: tuple[Finding, ...] = ()  # what the same thing shows in beside it
    id: str = ""  # fingerprint: the claim, then the data

    @property
    def key(self) -> str:
        """What stays the same from one look to the next: late@delivery property:region=East.

        Where customers are told by more than place and group (a pair of campaigns, a hand-off, a KPI), by that too.
        """
        told = "" if self.who.at == self.at else f" ({self.who.at})"
        kind = "" if self.who.kind in ("", self.rule, *COULD) else f" [{self.who.kind}]"
        return f"{self.rule}@{self.at} {self.group}".rstrip() + told + kind

    @property
    def since(self) -> date | None:
        """The day from which it holds; None: all the time."""
        return self.who.since

    @property
    def group(self) -> str:
        """The group that it is about, or all groups that its customers are in; "" for everybody."""
        return " & ".join((self.who.group, *self.who.also)) if self.who.group else ""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: the finding if there is one, and the p of its effect being too small to matter.

    `p` None with a finding: it stands by itself (a count of nothing, a hole in the map). No finding: nothing there.
    """

    finding: Finding | None
    p: float | None = None
