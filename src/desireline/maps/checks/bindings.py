"""How the map is tied to events: missing rules, rules that take each other's events, cuts that cannot cut."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.maps.checks.check import Look, Note, check, listed
from desireline.maps.records import Touchpoint
from desireline.maps.rules import Rule


@check("unbound-touchpoint", "hint")
def unbound_touchpoint(look: Look) -> Iterator[Note]:
    """No rule says which events are visits to a touchpoint, or which answers speak about it.

    Why it matters: nothing can be measured there; funnels and the comparison with routes leave it out.
    What helps: `when: {event: …}`; with data, `map check` lists the events without a touchpoint.
    """
    for point in look.outline.unbound:
        if point.feedback is not None:
            continue
        says = f"Touchpoint {look.titles[point.id]} is bound to no event, so nothing can be measured there."
        yield Note(point.id, says, "Add a rule, such as when: {event: …}.")


@check("event-claimed-twice", "warning")
def event_claimed_twice(look: Look) -> Iterator[Note]:
    """Two touchpoints claim the same event, and the first in reading order takes them all.

    Why it matters: the second one looks as if nobody visited it.
    What helps: tell them apart by channel or a property, or take the event from one of them.

    Only exact names are compared. A narrow rule before a wide one is no fault: so exceptions are written.
    """
    earlier: list[Touchpoint] = []
    for point in look.outline.bound:
        for other in earlier:
            events = _taken(other.when, point.when)
            if events:
                both = f"{look.titles[other.id]} and {look.titles[point.id]}"
                says = f"Touchpoints {both} both claim {_events(events)}; the first gets all."
                yield Note(point.id, says, "Tell them apart by channel or a property, or keep it at one of them.")
        earlier.append(point)


@check("failure-without-binding", "warning")
def failure_without_binding(look: Look) -> Iterator[Note]:
    """A touchpoint says which of its events are failures, but not which events are its.

    Why it matters: the failures are never counted.
    What helps: add `when:` beside `failed_when:`.
    """
    for point in look.outline.unbound:
        if point.failed_when is not None:
            says = f"Touchpoint {look.titles[point.id]} has a rule for failures (failed_when), none for visits."
            yield Note(point.id, says, "Add when:; failures are among the visits.")


@check("cut-incomplete", "error")
def cut_incomplete(look: Look) -> Iterator[Note]:
    """The way journeys are cut lacks what it needs: `rules` a start rule, `silence` how long a silence is.

    Why it matters: customers' events cannot be cut into journeys as was meant.
    What helps: `journey: {by: rules, start: {event: …}}`, `journey: {by: silence, silence: 30m}`.
    """
    cut = look.map.map.journey
    if cut.by == "rules" and cut.start is None:
        yield Note(look.id, "Journeys are cut by rules, but there is no start rule.", "Add start: {event: …}.")
    if cut.by == "silence" and cut.silence is None:
        yield Note(look.id, "Journeys are cut by silence, but not by how long a one.", "Add silence: 30m, or 1d.")


def _taken(first: Rule | None, second: Rule | None) -> list[str]:
    """Events that the second rule names and that all go to the first."""
    if first is None or second is None:
        return []
    if first == second:
        return sorted(second.texts("event")) or ["the same events"]
    if not first.fields() <= {"event", "channel"} or first.any or first.all or first.not_ or second.not_:
        return []
    channels = first.texts("channel")
    if "channel" in first.fields() and (
        not channels or not second.texts("channel") or second.texts("channel") - channels
    ):
        return []
    return sorted(first.texts("event") & second.texts("event"))


def _events(names: list[str]) -> str:
    if names == ["the same events"]:
        return names[0]
    return f"the event{'s' * (len(names) > 1)} {listed([f'“{name}”' for name in names])}"
