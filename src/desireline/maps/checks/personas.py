"""Whether the drawn people stand for real ones."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.maps.checks.check import Look, Note, check


@check("no-persona", "hint")
def no_persona(look: Look) -> Iterator[Note]:
    """The map has no persona.

    Why it matters: different people want different things; an average customer is nobody.
    What helps: two to four personas with goals, needs and a rule that assigns customers to them (`segment:`).
    """
    if not look.live(look.map.personas):
        yield Note(look.id, "The map has no persona.", "Add two to four kinds of customers under personas:.")


@check("persona-without-segment", "hint")
def persona_without_segment(look: Look) -> Iterator[Note]:
    """No rule says which real customers a persona stands for.

    Why it matters: nothing can be measured for it, so it stays a picture.
    What helps: a rule over customers' properties, such as `segment: {property: {plan: pro}}`.
    """
    for persona in look.live(look.map.personas):
        if persona.segment is None:
            says = f"No rule says which customers persona {look.titles[persona.id]} stands for."
            yield Note(persona.id, says, "Add segment: {property: {…}}.")


@check("persona-nobody-matches", "warning", needs="data")
def persona_nobody_matches(look: Look) -> Iterator[Note]:
    """No customer in the data matches a persona's rule.

    Why it matters: either the persona is imagined or its rule is wrong; both mislead.
    What helps: compare the rule with the properties in the customers table. The first persona that fits gets
    the customer, so a wide rule before it may take them all.
    """
    for persona in look.live(look.map.personas):
        if persona.segment is not None and look.data.personas.get(persona.id, 0) == 0:
            says = f"No customer matches persona {look.titles[persona.id]}."
            yield Note(
                persona.id,
                says,
                "Compare its segment: with the customers' properties and the personas before it.",
            )
