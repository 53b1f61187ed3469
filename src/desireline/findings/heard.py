"""What rules about feelings share: a place with its feeling, its effects in numbers, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Effect, Grade, Harm, Who
from desireline.findings.gaps import Gap, Mean, mean_of, within
from desireline.findings.gather.rates import RATES, rows_at_touchpoints
from desireline.findings.gather.tallies import sum_of
from desireline.findings.gather.voiced import Voiced, open_voices
from desireline.findings.scales import ends, on_scale, say_score, speak, step, stretched, unit_of
from desireline.findings.whose import rows_of
from desireline.findings.words import property_of
from desireline.measures.codes import NONE
from desireline.measures.groups import NOBODY
from desireline.measures.view import View

_MET = "repeated"  # of journeys that visit the touchpoint: its rows tell who was there


@dataclass(frozen=True)
class Told:
    """A mean level on its scale."""

    scale: str
    mean: Mean

    @property
    def level(self) -> float:
        """The mean, −2 … +2."""
        return self.mean.value

    @property
    def n(self) -> int:
        """Customers behind it."""
        return self.mean.n

    def says(self) -> str:
        """“2.9 of 5”."""
        return say_score(self.level, self.scale)

    def speaks(self) -> str:
        """“say 2.9 of 5”; “sound like −0.4 (of −2 to +2)” where it was read in texts."""
        return f"{speak(self.scale)} {self.says()}"

    def effect(self, says: str) -> Effect:
        """The mean on its own scale, with its interval."""
        value, *edges = (on_scale(one, self.scale) for one in self.mean.interval)
        return Effect(says, value, min(edges), max(edges), unit_of(self.scale), self.n)


def told(voiced: Voiced, place: str, group: str = "") -> Told | None:
    """What a group feels at a place; None with fewer than two customers."""
    feeling = voiced.feeling(place, group)
    mean = mean_of(feeling.sums, step=step(feeling.scale)) if feeling else None
    return Told(feeling.scale, mean) if feeling and mean else None


def groups_told(voiced: Voiced, place: str, grouping: str, *, fewest: int) -> list[str]:
    """The groups of which so many customers spoke about a place; those of no group are none."""
    groups = [one for one in voiced.groups(place, grouping) if not one.endswith(NOBODY)]
    return [one for one in groups if (known := told(voiced, place, one)) and known.n >= fewest]


def compare(voiced: Voiced, place: str, group: str, others: Iterable[str], *, fewest: int) -> Gap | None:
    """A group against others at a place, within what each is compared within; None where too few can be compared."""
    parts = [voiced.strata(place, one) for one in others]
    names = {name for part in parts for name in part}
    rest = {name: sums for name in names if (sums := sum_of(part[name] for part in parts if name in part))}
    gap = within(voiced.strata(place, group), rest, step=step(voiced.scales[place]))
    return gap if gap is not None and min(gap.first.n, gap.second.n) >= fewest else None


def graded(gap: Gap) -> Grade:
    """C where the sides were compared within at least two strata; else it is a raw difference."""
    return "C" if gap.strata > 1 else "D"


def gap_effect(says: str, gap: Gap, scale: str) -> Effect:
    """A difference on the scale: below 0 is worse, whichever end of the scale is best."""
    value, low, high = (stretched(one, scale) for one in gap.interval)
    other = gap.second.n or None
    return Effect(says, value, low, high, unit_of(scale), gap.first.n, other, apart=other is None)


def harm(gap: Gap, scale: str) -> tuple[Harm, ...]:
    """What it costs in score, where the interval lies wholly below 0."""
    middle, low, high = gap.interval
    if high >= 0:
        return ()
    lost, worst, least = (stretched(one, scale) for one in (middle, low, high))
    return (Harm("score", lost, worst, least, unit=_grows(scale)),)


def _grows(scale: str) -> str:
    worst, best = sorted(ends(scale))
    return f"score:{worst:g}–{best:g}"


def visitors(dossier: Dossier, place: str, group: str = "") -> tuple[int, int]:
    """Customers and journeys that came to a touchpoint, in all or of a group; 0 where none did."""
    sums = dossier.get(RATES).sums(_MET, place, group)
    return int(sums.n), int(sums.m)


def open_visitors(view: View, who: Who) -> pl.Series:
    """Customers who came to the touchpoint, in all or of the group."""
    rows = rows_at_touchpoints(view)
    some = (rows.place == view.place.get(who.at, NONE)) & rows_of(view, rows, who.group)
    return view.people.gather(rows.customer[some])


def open_heard(view: View, who: Who) -> pl.Series:
    """The same; at stages, where nobody is counted as a visitor, those who spoke about them."""
    return open_visitors(view, who) if who.at in view.points else open_voices(view, who)


def affected(dossier: Dossier, place: str, group: str, here: Told) -> tuple[int, int]:
    """Customers and journeys whom a feeling is about: who came to a touchpoint; those who spoke about a stage."""
    return visitors(dossier, place, group) if place in dossier.outline.touchpoint else (here.n, 0)


def say_whom(dossier: Dossier, group: str) -> str:
    """A group as a subject: “E-mail”, “Gabi, who buys gifts”, “region East”."""
    grouping, _, name = group.partition(":")
    if grouping == "property":
        return " ".join(property_of(group))
    return dossier.outline.titles.get(name, name)
