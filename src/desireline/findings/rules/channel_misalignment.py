"""The same touchpoint feels different from channel to channel."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Finding, Who
from desireline.findings.gaps import Gap
from desireline.findings.gather.rates import RATES
from desireline.findings.gather.voiced import CHANNEL, VOICED
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

FEWEST = 20
"""Customers on each side."""


@rule("Channels keep the same promise unequally", needs=(VOICED, RATES), symptom=True, opens=open_visitors)
def channel_misalignment(dossier: Dossier, *, smallest: float = 0.5) -> Iterator[Check]:
    """Customers who meet a touchpoint in one channel are less content than those who meet it in the others.

    Each channel is held against all others of the same touchpoint, personas compared with themselves: both scores are
    told as they would be if the same personas came. `smallest` is in levels of feeling, which run from −2 to +2: half a
    level is half a star of five. Feelings read in texts have to be further apart. Which channel waits longer, or fails
    more often, is told by the rules about waiting and failing.

    Why it matters: customers do not choose a channel for its service level. One promise with two speeds teaches them
    to ask twice.
    What helps: bring the slow channel up to the promise, promise for each channel what it can keep, or lead people to
    the channel that works.
    """
    voiced = dossier.get(VOICED)
    for place in dossier.outline.touchpoint:
        channels = groups_told(voiced, place, CHANNEL, fewest=FEWEST)
        for group in channels:
            others = [one for one in channels if one != group]
            gap = compare(voiced, place, group, others, fewest=FEWEST)
            if gap is not None:
                least = smallest + margin(voiced.scales[place])
                yield Check(_finding(dossier, place, group, others=others, gap=gap), gap.below(least))


def _finding(dossier: Dossier, place: str, group: str, *, others: list[str], gap: Gap) -> Finding:
    voiced = dossier.get(VOICED)
    scale = voiced.scales[place]
    here, rest = Told(scale, gap.first), Told(scale, gap.second)
    who, whom = say_whom(dossier, group), _joined([say_whom(dossier, one) for one in others])
    customers, journeys = visitors(dossier, place, group)
    alike = " (personas mixed alike)" if gap.strata > 1 else ""
    return Finding(
        rule="channel misalignment",
        at=place,
        says=(
            f"At {dossier.title(place)}, customers in the channel {who} {here.speaks()}; "
            f"{whom}: {rest.says()}{alike}. {here.n:,} customers answered."
        ),
        effect=gap_effect("score in the channel, against the other channels", gap, scale),
        customers=customers,
        journeys=journeys,
        who=Who("channel", place, group),
        grade=graded(gap),
        evidence=(here.effect(f"score: {who}"), rest.effect("score: the other channels")),
        quotes=voiced.quotes(place, group),
        harms=harm(gap, scale),
        weight=gap.gain,
    )


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
