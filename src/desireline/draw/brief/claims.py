"""Findings as a manager is told them: the claim in one sentence, how large, whom it is about, what it costs, how sure.

The words and numbers are those of `desireline findings`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desireline.draw.brief.bar import Bar
from desireline.draw.figures import NARROW
from desireline.draw.finding import GRADES, beside, place, say_q, say_range, say_size, title, what_helps
from desireline.findings.finding import Effect
from desireline.findings.opportunities.opportunity import Opportunity
from desireline.initiatives.records import Initiative
from desireline.maps.outline import Outline

NO_COST_SAID = "cost not measured"


@dataclass(frozen=True)
class Claim:
    """A finding in words. `lost` and `money` are a year, with their intervals."""

    id: str
    kind: str
    place: str
    says: str
    effect: str
    customers: int
    lost: str
    money: str
    grade: str
    sure: str
    helps: str
    quotes: tuple[str, ...]
    also: tuple[str, ...]
    decided: tuple[str, ...]
    bars: tuple[Bar, ...]

    @property
    def whom(self) -> str:
        """How many customers it is about."""
        return f"{self.customers:,}" if self.customers else "–"

    @property
    def cost(self) -> str:
        """What it costs a year, in a line."""
        if not self.lost:
            return NO_COST_SAID
        told = f"as much as {self.lost} lost journeys"
        return f"{told} and {self.money} a year" if self.money else f"{told} a year"


def claims_of(
    ranked: Sequence[Opportunity], outline: Outline, done: Sequence[Initiative], decided: Mapping[str, str]
) -> list[Claim]:
    """The findings in this order. `decided`: by a finding's key, what somebody decided about it, in words."""
    return [_claim(one, outline, done, decided) for one in ranked]


def _claim(one: Opportunity, outline: Outline, done: Sequence[Initiative], decided: Mapping[str, str]) -> Claim:
    finding = one.finding
    answers = [
        f"“{each.title}” ({each.status})" for each in done if any(_names(finding.id, said) for said in each.findings)
    ]
    said = [decided[finding.key]] if finding.key in decided else []
    return Claim(
        id=finding.id,
        kind=title(finding),
        place=place(finding, outline),
        says=finding.says.replace(" %", f"{NARROW}%"),
        effect=say_size(finding.effect),
        customers=finding.customers,
        lost=say_range(one.lost, "") if one.lost else "",
        money=say_range(one.money, outline.map.map.currency or "money") if one.money else "",
        grade=finding.grade,
        sure=f"{GRADES[finding.grade]}, {say_q(finding)}",
        helps=what_helps(finding),
        quotes=finding.quotes,
        also=tuple(beside(finding, outline)),
        decided=(*said, *(f"Initiative {each}" for each in answers)),
        bars=tuple(dict.fromkeys(_bar(effect) for effect in (finding.effect, *finding.evidence))),
    )


def _names(id_: str, said: str) -> bool:
    """An initiative names a finding by its id or by how that begins."""
    return len(said) > 7 and id_.startswith(said[:8])


def _bar(one: Effect) -> Bar:
    return Bar(one.says, one.value, one.low, one.high, one.unit, say_size(one))
