"""What rules about feelings share: a place with its feeling, its effects in numbers, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Effect, Harm
from desireline.findings.gaps import Gap, against, ends, on_scale, say_score, stretched, unit_of
from desireline.findings.gather.rates import RATES
from desireline.findings.gather.voiced import Voiced
from desireline.measures.clusters import Clusters

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
    return (Harm("score", *(stretched(one, scale) for one in (best, low, high)), unit=_grows(scale)),)


def _grows(scale: str) -> str:
    worst, best = sorted(ends(scale))
    return f"score:{worst:g}–{best:g}"


def visitors(dossier: Dossier, place: str, group: str = "") -> tuple[int, int]:
    """Customers and journeys that came to a touchpoint, in all or of a group; 0 where none did."""
    rates = dossier.get(RATES)
    if group not in rates.groups(_MET, place):
        return 0, 0
    sums = rates.sums(_MET, place, group)
    return int(sums.n), int(sums.m)


def say_whom(dossier: Dossier, group: str) -> str:
    """A group as a subject: “E-mail”, “Gabi, who buys gifts”, “region East”."""
    grouping, _, name = group.partition(":")
    if grouping == "property":
        field, _, value = name.partition("=")
        return f"{field.replace('_', ' ')} {value}"
    return dossier.outline.titles.get(name, name)
