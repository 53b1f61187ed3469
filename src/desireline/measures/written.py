"""Measures as plain data, as JSON holds them."""

from __future__ import annotations

from typing import Any

from desireline.measures.measure import Measure


def measure_json(one: Measure) -> dict[str, Any]:
    """What a measure means, in which unit, and where it can be read."""
    return {
        "measure": one.name,
        "title": one.title,
        "family": type(one.family).__name__.lower(),
        "unit": one.unit,
        "places": one.places,
        "minimum": one.minimum,
        "about": one.about,
    }
