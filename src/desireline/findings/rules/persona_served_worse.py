"""One persona is served worse than the others at the same touchpoint."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gaps import Gap, shrunk, together, within
from desireline.findings.gather.rates import RATES
from desireline.findings.gather.voiced import PERSONA, VOICED, Voiced
from desireline.findings.gather.waits import WAITS
from desireline.findings.heard import Told, gap_effect, harm, open_visitors, say_whom, told, visitors
from desireline.findings.rule import rule
from desireline.findings.words import percent
from desireline.measures.groups import NOBODY

FEWEST = 20


@rule("A persona is served worse", needs=(VOICED, RATES, WAITS), symptom=True, opens=open_visitors)
def persona_served_worse(dossier: Dossier, *, smallest: float = 0.5) -> Iterator[Check]:
    """Customers of one persona are less content with a touchpoint than all others who met it in the same channel.

    `smallest` is in levels of feeling, which run from −2 to +2: half a level is half a star of five. Waits and broken
    promises of both sides stand beside it.

    Why it matters: the average hides it. A journey that works for most may fail those it was drawn for.
    What helps: look at what this persona needs here that others do not, and give that its own way.
    """
    voiced = dossier.get(VOICED)
    looked = [
        (place, group, gap)
        for place in dossier.outline.touchpoint
        for group in _personas(voiced, place)
        if (gap := _gap(voiced, place, group)) is not None
    ]
    ranking = shrunk([gap for _, _, gap in looked])
    for (place, group, gap), value in zip(looked, ranking, strict=True):
        yield Check(_finding(dossier, place, group, gap=gap, value=value), gap.below(smallest))


def _personas(voiced: Voiced, place: str) -> list[str]:
    groups = [one for one in voiced.groups(place, PERSONA) if not one.endswith(NOBODY)]
    return [one for one in groups if (known := told(voiced, place, one)) and int(known.sums.n) >= FEWEST]


def _others(voiced: Voiced, place: str, group: str) -> list[str]:
    return [one for one in voiced.groups(place, PERSONA) if one != group]


def _gap(voiced: Voiced, place: str, group: str) -> Gap | None:
    parts = [voiced.strata(place, one) for one in _others(voiced, place, group)]
    names = {name for part in parts for name in part}
    rest = {name: sums for name in names if (sums := together(part[name] for part in parts if name in part))}
    gap = within(voiced.strata(place, group), rest)
    return gap if gap is not None and min(gap.n, gap.n_other) >= FEWEST else None


def _finding(dossier: Dossier, place: str, group: str, *, gap: Gap, value: float) -> Finding | None:
    voiced = dossier.get(VOICED)
    here = told(voiced, place, group)
    sums = together(known.sums for one in _others(voiced, place, group) if (known := told(voiced, place, one)))
    if here is None or sums is None:
        return None
    rest = Told(here.scale, sums)
    customers, journeys = visitors(dossier, place, group)
    name = say_whom(dossier, group)
    waits = dossier.get(WAITS).compare(place, group)
    return Finding(
        rule="persona served worse",
        at=place,
        says=(
            f"{name}: {here.says()} at {dossier.title(place)}, all others {rest.says()}"
            f"{_waiting(waits)}{_broken(dossier, place, group)}. {int(here.sums.n):,} of them answered."
        ),
        effect=gap_effect("score of this persona, against all others", gap, here.scale),
        customers=customers,
        journeys=journeys,
        who=Who("persona", place, group),
        grade="C",
        evidence=(here.effect(f"score: {name}"), rest.effect("score: all others"), *waits),
        quotes=voiced.quotes(place, group),
        harms=harm(gap, here.scale, value=value),
        weight=gap.gain,
    )


def _waiting(waits: tuple[Effect, ...]) -> str:
    if not waits:
        return ""
    here, rest = (one.value for one in waits)
    unit, seconds = next((u, s) for u, s in _UNITS if max(here, rest) >= s or s == 1)
    return f"; they wait {here / seconds:.1f} {unit}, the others {rest / seconds:.1f}"


_UNITS = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))


def _broken(dossier: Dossier, place: str, group: str) -> str:
    """How often the promised time is broken for them, where one is promised."""
    rates = dossier.get(RATES)
    if group not in rates.groups("late", place):
        return ""
    mine = rates.sums("late", place, group)
    return f"; the promise of time is broken for {percent(float(mine.ratio))} of them" if mine.x else ""
