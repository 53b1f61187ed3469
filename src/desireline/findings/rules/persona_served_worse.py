"""One persona is served worse than the others at the same touchpoint."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gaps import Gap
from desireline.findings.gather.rates import RATES
from desireline.findings.gather.voiced import PERSONA, TEXTS, VOICED
from desireline.findings.gather.waits import WAITS
from desireline.findings.heard import (
    Told,
    compare,
    gap_effect,
    graded,
    groups_told,
    harm,
    open_visitors,
    say_whom,
    visitors,
)
from desireline.findings.rule import rule
from desireline.findings.scales import margin
from desireline.findings.words import percent

FEWEST = 20


@rule("A persona is served worse", needs=(VOICED, RATES, WAITS), symptom=True, opens=open_visitors)
def persona_served_worse(dossier: Dossier, *, smallest: float = 0.5) -> Iterator[Check]:
    """Customers of one persona are less content with a touchpoint than all others who met it in the same channel.

    Both scores are told as they would be if both came by the same channels. `smallest` is in levels of feeling, which
    run from −2 to +2: half a level is half a star of five. Feelings read in texts have to be further apart. Waits and
    broken promises of both sides stand beside it.

    Why it matters: the average hides it. A journey that works for most may fail those it was drawn for.
    What helps: look at what this persona needs here that others do not, and give that its own way.
    """
    voiced = dossier.get(VOICED)
    for place in dossier.outline.touchpoint:
        for group in groups_told(voiced, place, PERSONA, fewest=FEWEST):
            others = [one for one in voiced.groups(place, PERSONA) if one != group]
            gap = compare(voiced, place, group, others, fewest=FEWEST)
            if gap is not None:
                least = smallest + margin(voiced.scales[place])
                yield Check(_finding(dossier, place, group, gap=gap), gap.below(least))


def _finding(dossier: Dossier, place: str, group: str, *, gap: Gap) -> Finding:
    voiced = dossier.get(VOICED)
    scale = voiced.scales[place]
    here, rest = Told(scale, gap.first), Told(scale, gap.second)
    customers, journeys = visitors(dossier, place, group)
    name = say_whom(dossier, group)
    waits = dossier.get(WAITS).compare(place, group)
    alike = " (channels mixed alike)" if gap.strata > 1 else ""
    return Finding(
        rule="persona served worse",
        at=place,
        says=(
            f"{name}: {here.says()} at {dossier.title(place)}, all others {rest.says()}{alike}"
            f"{_waiting(waits)}{_broken(dossier, place, group)}. {here.n:,} of them {_answered(scale)}."
        ),
        effect=gap_effect("score of this persona, against all others", gap, scale),
        customers=customers,
        journeys=journeys,
        who=Who("persona", place, group),
        grade=graded(gap),
        evidence=(here.effect(f"score: {name}"), rest.effect("score: all others"), *waits),
        quotes=voiced.quotes(place, group),
        harms=harm(gap, scale),
        weight=gap.gain,
    )


def _answered(scale: str) -> str:
    return "sound like it in what they write" if scale == TEXTS else "answered"


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
