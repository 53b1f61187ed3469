"""The rule: customers go back and forth and then get in touch another way."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.access import SMALL_GROUP
from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.departures import DEPARTURES
from desireline.findings.gather.loops import LOOPS, Loop, open_helpless
from desireline.findings.onset import Onset, find_onset
from desireline.findings.rule import rule
from desireline.findings.shares import share_of
from desireline.findings.telling import telling
from desireline.findings.words import day, percent


@rule("Customers cannot find the way to reach us", needs=(LOOPS, DEPARTURES), opens=open_helpless)
def cannot_find_contact(dossier: Dossier, *, smallest: float = 0.1) -> Iterator[Check]:
    """Customers go back and forth between two touchpoints, and then get in touch through another channel.

    Why it matters: who looks for a way to reach us and does not find it comes anyway, later and annoyed, in the channel
    that costs most.
    What helps: the ways to get in touch at the top of the page that the loop ends at; an answer on the page itself.

    Where customers get in touch is read from the map: touchpoints whose words say so, or whose channels are those in
    which people talk.
    """
    for loop in dossier.get(LOOPS).found:
        onset = find_onset(loop.weeks, loop.helpless, smallest)
        came = loop.customers(onset.first)
        yield Check(_finding(dossier, loop, onset, came=came) if came >= SMALL_GROUP else None, onset.p)


def _finding(dossier: Dossier, loop: Loop, onset: Onset, *, came: int) -> Finding:
    share = share_of(onset.sums)
    when = f"Since about {day(onset.since)}, " if onset.since else ""
    says = (
        f"{when}{percent(share.value)} of the journeys that come to {dossier.title(loop.b)} go back and forth between "
        f"{dossier.title(loop.a)} and it and then get in touch another way."
    )
    effect = share.effect("journeys that loop and then get in touch")
    return Finding(
        rule="cannot find contact",
        at=loop.b,
        says=says,
        effect=effect,
        customers=came,
        who=Who("cannot find contact", f"{loop.a}>{loop.b}", since=onset.since),
        evidence=(*_before(onset), _looped(loop)),
        journeys=int(onset.sums.x),
        harms=dossier.get(DEPARTURES).harms("repeated", loop.b),
        weight=telling(effect),
    )


def _before(onset: Onset) -> Iterator[Effect]:
    if onset.before is not None:
        yield share_of(onset.before).effect("the same before")


def _looped(loop: Loop) -> Effect:
    return share_of(loop.looped).effect("journeys that go back and forth, whatever follows, in all the time")
