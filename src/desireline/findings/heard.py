"""What rules about feelings share: a place with its feeling, its effects in numbers, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Effect, Harm, Who
from desireline.findings.gaps import Gap, against, ends, on_scale, say_score, stretched, unit_of
from desireline.findings.gather.rates import RATES, rows_at_touchpoints
from desireline.findings.gather.voiced import Voiced, open_voices
from desireline.findings.whose import rows_of
from desireline.findings.words import property_of
from desireline.measures.clusters import Clusters
from desireline.measures.codes import NONE
from desireline.measures.view import View

_MET = "repeated"  # of journeys that visit the touchpoint: its rows tell who was there


@dataclass(frozen=True)
class Told:
    """A mean level on its scale."""

    scale: str
    sums: Clusters

    @property
    def level(self) -> float:
        """The mean, −2 … +2."""
        gap = against(self.sums, 0.0)
        return gap.value if gap else 0.0

    def says(self) -> str:
        """“2.9 of 5”."""
        return say_score(self.level, self.scale)

    def effect(self, says: str) -> Effect:
        """The mean on its own scale, with its interval."""
        gap = against(self.sums, 0.0)
        n = int(self.sums.n)
        if gap is None:
            return Effect(says, on_scale(self.level, self.scale), None, None, unit_of(self.scale), n)
        value, *edges = (on_scale(one, self.scale) for one in gap.interval)
        return Effect(says, value, min(edges), max(edges), unit_of(self.scale), n)


def told(voiced: Voiced, place: str, group: str = "") -> Told | None:
    """What a group feels at a place."""
    feeling = voiced.feeling(place, group)
    return None if feeling is None else Told(feeling.scale, feeling.sums)


def gap_effect(says: str, gap: Gap, scale: str) -> Effect:
    """A difference on the scale: below 0 is worse, whichever end of the scale is best."""
    value, low, high = (stretched(one, scale) for one in gap.interval)
    return Effect(says, value, low, high, unit_of(scale), gap.n, gap.n_other or None)


def harm(gap: Gap, scale: str, *, value: float | None = None) -> tuple[Harm, ...]:
    """What it costs in score, where the interval lies wholly below 0; `value` is the shrunken difference."""
    middle, low, high = gap.interval
    if high >= 0 or (value is not None and value >= 0):
        return ()
    best = middle if value is None else value
    lost, worst, least = (stretched(one, scale) for one in (best, low, high))
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
    return visitors(dossier, place, group) if place in dossier.outline.touchpoint else (int(here.sums.n), 0)


def say_whom(dossier: Dossier, group: str) -> str:
    """A group as a subject: “E-mail”, “Gabi, who buys gifts”, “region East”."""
    grouping, _, name = group.partition(":")
    if grouping == "property":
        return " ".join(property_of(group))
    return dossier.outline.titles.get(name, name)
