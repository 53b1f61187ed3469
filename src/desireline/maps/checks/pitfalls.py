"""The five common pitfalls of journey maps: sales only, assumptions, out of date, silo, no emotions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desireline.maps.checks.check import Look, Note, check
from desireline.maps.records import Card, Evidence, Stage

_PURCHASE = re.compile(r"purchas|\bbuy|\bpay|order|checkout|\bsign(ing)?\b|contract|subscri|sale\b|won\b", re.I)
_AFTER = re.compile(
    r"post.?purchas|after|deliver|receiv|onboard|\bus(e|age|ing)\b|support|service|help|return|retention|retain"
    r"|renew|loyal|advoca|recommend|refer|review|feedback|follow.?up|stay|grow",
    re.I,
)


@check("sales-only", "warning")
def sales_only(look: Look) -> Iterator[Note]:
    """The map ends with the purchase.

    Why it matters: most of what customers live through, and what makes them stay, comes after they paid.
    What helps: add stages for delivery, use, support, loyalty and recommendation.

    A map is judged by the names of its stages. One that names no purchase (a service journey) is passed over.
    """
    stages = look.outline.stages
    buying = [number for number, stage in enumerate(stages) if _named(stage, _PURCHASE) and not _named(stage, _AFTER)]
    if not buying:
        return
    later = [stage for stage in stages[buying[-1] + 1 :] if any(p.stage == stage.id for p in look.outline.touchpoints)]
    if not later:
        stage = stages[buying[-1]]
        says = f"The journey ends with {look.titles[stage.id]}; nothing is drawn of what comes after."
        yield Note(look.id, says, "Add stages with touchpoints for what customers live through after they paid.")


@check("assumptions-only", "warning")
def assumptions_only(look: Look) -> Iterator[Note]:
    """Nothing on the map is tied to data: no touchpoint to events, no statement to what somebody saw.

    Why it matters: a map made of opinions describes what the company believes, not its customers.
    What helps: bind touchpoints to events (`when`), and give statements evidence, such as
    `evidence: {kind: observation, by: …, on: …}`.
    """
    if look.outline.touchpoints and not look.outline.bound and not any(map(_founded, _statements(look))):
        says = "Nothing on this map is tied to data or to an observation; all of it is assumption."
        yield Note(look.id, says, "Bind touchpoints to events (when:), and note who observed what (evidence:).")


@check("never-reviewed", "warning")
def never_reviewed(look: Look) -> Iterator[Note]:
    """Nobody has said when the map is looked at again.

    Why it matters: customers and markets change; a map that nobody reviews is soon a picture of the past.
    What helps: `review: {every_days: 90, last: 2026-03-01, by: …}` in the head of the map.
    """
    review = look.map.map.review
    if review is None or review.every_days is None:
        says = "The map has no review rule, so nobody will notice when it is out of date."
        yield Note(look.id, says, "Say in the map's head: review: {every_days: 90, last: …, by: …}.")


@check("silo", "warning")
def silo(look: Look) -> Iterator[Note]:
    """One team, or one channel, holds the whole map.

    Why it matters: customers cross departments and channels; a map of one hides what breaks in between.
    What helps: name accountable team and channels at each touchpoint, and bring in the other teams' data.
    """
    points = look.outline.touchpoints
    if len(points) < 4:
        return
    named = [(point.team, *point.supporting) for point in points]
    teams = {id_ for ids in (*named, [stage.team for stage in look.outline.stages]) for id_ in ids if id_}
    channels = {id_ for point in points for id_ in point.channels}
    if len(teams) == 1:
        says = f"Only one team, {look.titles[next(iter(teams))]}, is named on {len(points)} touchpoints."
        yield Note(look.id, says, "Name the other teams that serve customers on the way (team:, supporting:).")
    if len(channels) == 1 and all(point.channels for point in points):
        says = f"All {len(points)} touchpoints happen in one channel, {look.titles[next(iter(channels))]}."
        yield Note(look.id, says, "Add the other ways customers meet you: store, phone, e-mail, chat, social media.")


@check("no-emotions", "warning")
def no_emotions(look: Look) -> Iterator[Note]:
    """The map does not say how customers feel.

    Why it matters: people decide, stay and tell others by how they felt.
    What helps: feeling cards with a level from −2 to +2, or a promised feeling, where it matters.
    """
    places = [look.id, *(stage.id for stage in look.outline.stages), *look.outline.touchpoint]
    felt = any(look.outline.intended_feeling(place) is not None for place in places)
    if look.outline.touchpoints and not felt and not any(card.lane == "feeling" for card in look.live(look.map.cards)):
        says = "The map does not say how customers feel anywhere."
        yield Note(look.id, says, "Add cards such as {at: …, lane: feeling, says: …, level: -1}.")


def _named(stage: Stage, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search((stage.title or stage.id).replace("-", " ").replace("_", " ")))


def _statements(look: Look) -> Iterator[Evidence | None]:
    cards: list[Card] = look.live(look.map.cards)
    yield from (card.evidence for card in cards)
    yield from (persona.evidence for persona in look.live(look.map.personas))


def _founded(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.kind != "assumption"
