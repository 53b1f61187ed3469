"""What the cards say: on what evidence, with what consequence."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.maps.checks.check import Look, Note, check, listed


@check("cards-without-evidence", "hint")
def cards_without_evidence(look: Look) -> Iterator[Note]:
    """Statements about customers do not say why they are believed.

    Why it matters: readers cannot tell what was observed from what was guessed.
    What helps: `evidence: {kind: observation, by: …, on: …}`, or honestly `{kind: assumption}`.

    One remark for the whole map; lanes that tell no belief (process, content, note …) are left out.
    """
    told = [
        card for card in look.live(look.map.cards) if card.lane in ("doing", "thinking", "feeling", "pain", "quote")
    ]
    bare = [card for card in told if card.evidence is None]
    if bare:
        says = f"{len(bare):,} of {len(told):,} statements about customers do not say why they are believed."
        yield Note(look.id, says, "Add evidence: to the cards, the pains first.")


@check("pain-without-opportunity", "hint")
def pain_without_opportunity(look: Look) -> Iterator[Note]:
    """A place has pains and no opportunity.

    Why it matters: a pain that leads to nothing is a complaint on paper.
    What helps: a card in the lane “opportunity”: what could be done about it.
    """
    cards = look.live(look.map.cards)
    relieved = {card.at for card in cards if card.lane == "opportunity"}
    places = dict.fromkeys(card.at for card in cards if card.lane == "pain" and card.at not in relieved)
    if places:
        names = listed([look.titles.get(place, f"“{place}”") for place in places])
        yield Note(
            look.id,
            f"Pains without an opportunity: {names}.",
            "Add a card {at: …, lane: opportunity, says: …}.",
        )


@check("feeling-without-level", "hint")
def feeling_without_level(look: Look) -> Iterator[Note]:
    """A feeling is told in words, without a level.

    Why it matters: the emotion curve cannot pass through it.
    What helps: `level:` from −2 (awful) to +2 (delighted).
    """
    for card in look.live(look.map.cards):
        if card.lane == "feeling" and card.level is None:
            says = f"The feeling “{card.says}” at {look.titles.get(card.at, card.at)} has no level."
            yield Note(card.id, says, "Add level: from -2 to 2.")


@check("empty-card", "hint")
def empty_card(look: Look) -> Iterator[Note]:
    """A card says nothing.

    Why it matters: it takes room and tells readers nothing.
    What helps: write what customers do, think, feel or miss there, or delete it.
    """
    for card in look.live(look.map.cards):
        if not card.says and card.level is None and card.image is None:
            says = f"A card in the lane “{card.lane}” at {look.titles.get(card.at, card.at)} says nothing."
            yield Note(card.id, says, "Write it, or delete it.")
