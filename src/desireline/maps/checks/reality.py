"""Where map and data disagree: touchpoints that nobody visits, events that no touchpoint explains."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.maps.checks.check import Look, Note, check, people

WORTH_A_REMARK = 0.01


@check("touchpoint-nobody-visits", "warning", needs="data")
def touchpoint_nobody_visits(look: Look) -> Iterator[Note]:
    """A touchpoint is bound to events, and no event ever met its rule.

    Why it matters: either it is dead, or its rule does not say what the source says.
    What helps: compare the rule with the events without a touchpoint, spelling and capitals included.
    """
    for point in look.outline.bound:
        if look.data.visits.get(point.id, 0) == 0:
            says = f"Nobody ever visited touchpoint {look.titles[point.id]}."
            yield Note(point.id, says, "Compare its rule (when:) with the names in the data, or take it off the map.")


@check("event-unexplained", "warning", needs="data")
def event_unexplained(look: Look) -> Iterator[Note]:
    """Customers do something often that stands nowhere on the map.

    Why it matters: this is where their real way leaves the drawn one.
    What helps: add a touchpoint for it, or name the event in the rule of one that is there.

    Events that make up at least 1 % of all are told one by one, the rest together.
    """
    known = [row for row in look.data.off_map if row.share >= WORTH_A_REMARK]
    for row in known:
        where = f" in {row.channel}" if row.channel else ""
        size = f"{row.share:.1%} of events, {people(row.customers)}"
        says = f"No touchpoint explains “{row.event}”{where}: {size}."
        yield Note(
            look.id,
            says,
            f"Add a touchpoint with when: {{event: {row.event}}}, or widen a rule.",
        )
    rest = [row for row in look.data.off_map if row.share < WORTH_A_REMARK]
    if rest:
        share = sum(row.share for row in rest)
        says = f"No touchpoint explains {len(rest):,} rarer kinds of events, together {share:.1%} of events."
        yield Note(look.id, says, "Widen a rule with any-of or glob, or leave them off the map on purpose.")
