"""The same touchpoint feels different from channel to channel."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Finding, Who
from desireline.findings.gaps import Gap, shrunk, together, within
from desireline.findings.gather.rates import RATES
from desireline.findings.gather.voiced import CHANNEL, VOICED, Voiced
from desireline.findings.heard import Told, gap_effect, harm, open_visitors, say_whom, told, visitors
from desireline.findings.rule import rule
from desireline.measures.groups import NOBODY

FEWEST = 20
"""Customers on each side."""


@rule("Channels keep the same promise unequally", needs=(VOICED, RATES), symptom=True, opens=open_visitors)
def channel_misalignment(dossier: Dossier, *, smallest: float = 0.5) -> Iterator[Check]:
    """Customers who meet a touchpoint in one channel are less content than those who meet it in the others.

    Each channel is held against all others of the same touchpoint, personas compared with themselves. `smallest` is
    in levels of feeling, which run from −2 to +2: half a level is half a star of five. Which channel waits longer, or
    fails more often, is told by the rules about waiting and failing.

    Why it matters: customers do not choose a channel for its service level. One promise with two speeds teaches them
    to ask twice.
    What helps: bring the slow channel up to the promise, promise for each channel what it can keep, or lead people to
    the channel that works.
    """
    voiced = dossier.get(VOICED)
    looked = [
        (place, group, gap)
        for place in dossier.outline.touchpoint
        for group in _channels(voiced, place)
        if (gap := _gap(voiced, place, group)) is not None
    ]
    ranking = shrunk([gap for _, _, gap in looked])
    for (place, group, gap), value in zip(looked, ranking, strict=True):
        yield Check(_finding(dossier, place, group, gap=gap, value=value), gap.below(smallest))


def _channels(voiced: Voiced, place: str) -> list[str]:
    groups = [one for one in voiced.groups(place, CHANNEL) if not one.endswith(NOBODY)]
    return [one for one in groups if (known := told(voiced, place, one)) and int(known.sums.n) >= FEWEST]


def _gap(voiced: Voiced, place: str, group: str) -> Gap | None:
    others = [one for one in _channels(voiced, place) if one != group]
    if not others:
        return None
    parts = [voiced.strata(place, one) for one in others]
    names = {name for part in parts for name in part}
    rest = {name: sums for name in names if (sums := together(part[name] for part in parts if name in part))}
    return within(voiced.strata(place, group), rest)


def _finding(dossier: Dossier, place: str, group: str, *, gap: Gap, value: float) -> Finding | None:
    voiced = dossier.get(VOICED)
    here = told(voiced, place, group)
    others = [one for one in _channels(voiced, place) if one != group]
    sums = together(known.sums for one in others if (known := told(voiced, place, one)))
    if here is None or sums is None:
        return None
    rest = Told(here.scale, sums)
    who, whom = say_whom(dossier, group), _joined([say_whom(dossier, one) for one in others])
    customers, journeys = visitors(dossier, place, group)
    says = (
        f"At {dossier.title(place)}, customers in the channel {who} score {here.says()}; "
        f"{whom}: {rest.says()}. {int(here.sums.n):,} customers answered."
    )
    return Finding(
        rule="channel misalignment",
        at=place,
        says=says,
        effect=gap_effect("score in the channel, against the other channels", gap, here.scale),
        customers=customers,
        journeys=journeys,
        who=Who("channel", place, group),
        grade="C",
        evidence=(here.effect(f"score: {who}"), rest.effect("score: the other channels")),
        quotes=voiced.quotes(place, group),
        harms=harm(gap, here.scale, value=value),
        weight=gap.gain,
    )


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
