"""A notebook shows maps and measured maps as pictures and tables."""

import polars as pl

import desireline as dl
from desireline.maps.files import read_map

SHOP = read_map(
    """
map: {id: shop, title: Shop, journey: {by: life, patience: 0d}}
stages: [{id: buy, title: Buy}]
touchpoints: [{id: see, stage: buy, title: Sees it, when: {event: see}}, {id: pay, stage: buy, when: {event: pay}}]
""",
    "shop",
)


def test_a_map_is_shown_as_a_picture_before_it_is_measured():
    assert "Sees it" in dl.show_map(SHOP)._repr_html_()


def test_a_measured_map_is_shown_with_its_numbers_readings_and_deviations():
    people = [f"c{number}" for number in range(12)]
    log = pl.DataFrame({"customer_id": people * 2, "event": ["see"] * 12 + ["pay"] * 12}).with_columns(
        at=pl.int_range(pl.len()).cast(pl.Datetime("us", "UTC"))
    )
    measured = dl.measure(SHOP, log)
    assert "<svg" in dl.show_map(measured)._repr_html_()
    assert "Sees it" in dl.show_readings(measured)._repr_html_()
    assert "<h2" in dl.show_deviations(measured)._repr_html_()
