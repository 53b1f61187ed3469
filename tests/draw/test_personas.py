"""The emotion curve once per persona, and the sources of a feeling kept apart."""

from __future__ import annotations

import polars as pl

from desireline.draw.curve import curve_points
from desireline.draw.readings import Readings
from desireline.draw.sections.personas import persona_curves
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.tables import READINGS

MAP = """
map: {id: shop, title: Shop, journey: {by: life}}
stages: [{id: buy, title: Buy}]
touchpoints:
  - {id: see, stage: buy, title: Sees it}
  - {id: pay, stage: buy, title: Pays}
personas:
  - {id: maya, title: Maya, segment: {property: {kind: new}}}
  - {id: otto, title: Otto, segment: {property: {kind: old}}}
  - {id: drawn, title: Drawn only}
"""


def outline() -> Outline:
    return Outline(read_map(MAP, "shop"))


def readings(*rows: tuple[str, str, str, float]) -> Readings:
    made = [
        {
            "measure": measure,
            "at": at,
            "group": group,
            "period": "",
            "value": value,
            "low": value - 0.2,
            "high": value + 0.2,
            "n": 40,
            "unit": "share" if measure == "trouble" else "level",
            "note": "",
        }
        for measure, at, group, value in rows
    ]
    return Readings(pl.DataFrame(made, schema=dict(READINGS.columns), orient="row"))


def test_each_persona_with_two_places_has_a_curve_and_others_are_named():
    drawn = persona_curves(
        outline(),
        readings(
            ("emotion", "see", "persona:maya", 1.0),
            ("emotion", "pay", "persona:maya", -1.0),
            ("emotion", "see", "persona:otto", 0.5),
        ),
    )
    assert drawn.count("<svg") == 1
    assert "Maya" in drawn
    assert "Lowest at “Pays”." in drawn
    assert "Too little is known of Otto." in drawn
    assert "Drawn only" not in drawn


def test_without_readings_of_personas_nothing_is_drawn():
    assert persona_curves(outline(), readings(("emotion", "see", "", 1.0))) == ""


def test_a_point_tells_its_sources_apart():
    see, pay = curve_points(
        outline(),
        readings(
            ("emotion", "see", "", 0.4),
            ("feeling", "see", "", 1.0),
            ("sentiment", "see", "", -0.5),
            ("trouble", "see", "", 0.25),
            ("feeling", "pay", "", 1.0),
        ),
    )
    assert see.measured == 0.4
    for source in ("scores +1.0", "texts −0.5", "trouble 25"):
        assert source in see.says
    assert (pay.measured, pay.sources) == (1.0, ())
