"""Customers speak of something for which the map has no touchpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desireline.findings.dossier import Dossier
from desireline.findings.evidence import share_over
from desireline.findings.finding import Check, Finding, Who
from desireline.findings.gather.talk import MOST, TALK
from desireline.findings.rule import rule
from desireline.findings.shares import ones, share_of
from desireline.findings.words import percent
from desireline.text.reader import NEUTRAL


@rule("A need without a touchpoint", needs=(TALK,))
def unmet_need(dossier: Dossier, *, smallest: float = 0.05, felt: float = 0.2, firm: float = 0.5) -> Iterator[Check]:
    """A topic of complaints or requests that no touchpoint of the map is about, spoken of by many.

    A topic counts when its texts stay together when they are drawn again (stability above `firm`), and either half of
    those who speak of it ask the service, and they are more than `smallest` of all who said anything; or it feels bad
    and they are more than `felt`: a few always dislike a cut or a cloth, and that is no step of a journey.
    The words of topics are those of customers; a touchpoint matches by its words or because the topic is spoken of
    there. Of many customers, 2,000 are listened to, drawn by their hashes.

    Why it matters: what people ask for and nobody owns is answered by chance.
    What helps: read what they say, then give the need a touchpoint and a team, or tell customers where it belongs.
    """
    found = dossier.get(TALK)
    asked = dict(found.issues.select("topic", "customers").iter_rows()) if found.issues.height else {}
    for topic in found.topics.iter_rows(named=True):
        spoke = topic["customers"]
        wanted = 2 * asked.get(topic["id"], 0) >= spoke
        if topic["unmet"] and (topic["stability"] or 0) >= firm and (wanted or _bad(topic)):
            p = float(share_over(ones(spoke, found.customers), smallest if wanted else felt))
            yield Check(_finding(dossier, topic), p)
        else:
            yield Check(None, 1.0)  # it was looked at, and is no need


def _bad(topic: Mapping[str, Any]) -> bool:
    feeling = topic.get("feeling_mean")
    return isinstance(feeling, float) and feeling <= -NEUTRAL


def _finding(dossier: Dossier, topic: Mapping[str, Any]) -> Finding:
    found = dossier.get(TALK)
    share = share_of(ones(topic["customers"], found.customers))
    quotes = found.quotes.filter(found.quotes["topic"] == topic["id"])["quote"].to_list()
    places = topic["places"]
    drawn = ", drawn from all who said anything," if found.customers >= MOST else " who said anything"
    return Finding(
        rule="unmet need",
        at=places[0] if places else dossier.outline.map.map.id,
        says=(
            f"{percent(share.value)} of the {share.n:,} customers{drawn} speak of “{topic['name']}”, "
            "and no touchpoint of the map is about it."
        ),
        effect=share.effect("customers who speak of it, of those who said anything"),
        customers=topic["customers"],
        who=Who("topic", str(topic["id"])),
        quotes=tuple(quotes[:3]),
    )
