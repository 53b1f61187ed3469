"""Whether targets can be followed: measures that exist, levels to reach, data to show them."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.errors import did_you_mean
from desireline.maps.checks.check import Look, Note, check
from desireline.maps.records import Kpi


@check("stage-without-kpi", "hint")
def stage_without_kpi(look: Look) -> Iterator[Note]:
    """A stage has no measure to be judged by, and none of its touchpoints has.

    Why it matters: nobody can tell whether it got better.
    What helps: `kpis: [{measure: conversion, at_least: 0.4}]` at the stage.
    """
    for stage in look.outline.stages:
        own = [point for point in look.outline.touchpoints if point.stage == stage.id]
        if own and not stage.kpis and not any(point.kpis for point in own):
            says = f"Stage {look.titles[stage.id]} has no measure to be judged by."
            yield Note(stage.id, says, "Add kpis: [{measure: …, at_least: …}].")


@check("kpi-unknown-measure", "error")
def kpi_unknown_measure(look: Look) -> Iterator[Note]:
    """A target names a measure that does not exist.

    Why it matters: it will never have a value.
    What helps: correct the name; `desireline measures` lists them all.

    Looked at where the known measures are at hand (always with data).
    """
    for place, called, kpi in _kpis(look):
        if look.measures and kpi.measure not in look.measures:
            hint = did_you_mean(kpi.measure, look.measures, "`desireline measures` lists them all.")
            yield Note(place, f"{called} has a target for “{kpi.measure}”, which is no measure.", hint)


@check("kpi-without-target", "hint")
def kpi_without_target(look: Look) -> Iterator[Note]:
    """A measure is named without a level to reach.

    Why it matters: without a target nobody can say whether a value is good.
    What helps: `at_least:` or `at_most:`.
    """
    for place, called, kpi in _kpis(look):
        if kpi.at_least is None and kpi.at_most is None:
            yield Note(place, f"{called} names {kpi.measure} without a target.", "Add at_least: or at_most:.")


@check("kpi-without-data", "warning", needs="data")
def kpi_without_data(look: Look) -> Iterator[Note]:
    """A target has no data behind it.

    Why it matters: people believe that somebody watches it.
    What helps: import the source that holds it, or bind the place (`when:`, `feedback:`).
    """
    for place, called, kpi in _kpis(look):
        known = not look.measures or kpi.measure in look.measures
        if known and (kpi.measure, place) not in look.data.readings:
            says = f"{called} has a target for {kpi.measure}, but no data to show it."
            yield Note(place, says, "Import the data, or bind the place to it (when:, feedback:).")


def _kpis(look: Look) -> Iterator[tuple[str, str, Kpi]]:
    yield from ((look.id, "The map", kpi) for kpi in look.map.map.kpis)
    for stage in look.outline.stages:
        yield from ((stage.id, f"Stage {look.titles[stage.id]}", kpi) for kpi in stage.kpis)
    for point in look.outline.touchpoints:
        yield from ((point.id, f"Touchpoint {look.titles[point.id]}", kpi) for kpi in point.kpis)
