"""All measures, by name, in the order in which people meet them."""

from __future__ import annotations

from desireline.errors import UnknownMeasure
from desireline.measures import fit, flow, money, moods, promise, time, visits, voice
from desireline.measures.measure import Measure

CATALOG: dict[str, Measure] = {
    one.name: one
    for one in (
        visits.customers,
        visits.journeys,
        visits.visits,
        visits.under_way,
        visits.reach,
        visits.repeats,
        visits.routes,
        visits.routes_step_by_step,
        flow.conversion,
        flow.drop_off,
        flow.back_steps,
        flow.hand_offs,
        flow.channel_switches,
        time.time_q25,
        time.time_median,
        time.time_q75,
        time.time_p90,
        promise.promise_kept,
        voice.answers,
        *voice.SCORES,
        moods.sentiment,
        moods.unread,
        moods.trouble,
        moods.feeling_after_trouble,
        moods.feeling_without_trouble,
        moods.emotion,
        money.value,
        money.value_per_journey,
        fit.fitness,
        fit.perfect,
    )
}


def find_measure(name: str) -> Measure:
    """The measure of this name. Raises UnknownMeasure with the nearest name."""
    if name not in CATALOG:
        raise UnknownMeasure(name, CATALOG)
    return CATALOG[name]
