"""What a notebook shows: the map with its numbers, the readings, the deviations."""

from __future__ import annotations

from desireline.draw.notebook import Fragment, ledger_fragment, map_fragment, readings_fragment
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.pipeline.question import Measured


def show_map(what: Map | Measured) -> Fragment:
    """The map as a picture; with live numbers when it was measured."""
    if isinstance(what, Measured):
        return map_fragment(what.outline, what.readings, what.deviations)
    return map_fragment(Outline(what))


def show_readings(measured: Measured) -> Fragment:
    """The readings as a table, each with its interval and n."""
    return readings_fragment(measured.readings, measured.outline)


def show_deviations(measured: Measured) -> Fragment:
    """The deviations as a ranked table."""
    return ledger_fragment(measured.deviations, measured.outline)
