"""How numbers, texts and elements are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.draw.figures import explain, say, say_effect, say_interval
from desireline.draw.html import el, markup
from desireline.draw.readings import Readings, dimension
from desireline.draw.text import clip, width_of, wrap

from .sample import sample_readings


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.38211, "share", "38.2 %"),
        (0.0079, "share", "0.79 %"),
        (0.0, "share", "0 %"),
        (39.84, "points", "+39.8"),
        (-0.04, "level", "0.0"),
        (870_912, "s", "10.1 days"),
        (120, "s", "2 min"),
        (12.4, "money:EUR", "12.40 EUR"),
        (4012, "customers", "4,012"),
        (4.2945, "score:1–5", "4.29"),
        (-3.5, "count", "−3.50"),
    ],
)
def test_values_are_said_in_their_unit(value, unit, said):
    assert plain(say(value, unit)) == said


def test_the_unit_of_an_interval_is_said_once():
    assert plain(say_interval(0.369, 0.395, "share")) == "36.9–39.5 %"
    assert plain(say_interval(-0.8, 0.3, "level")) == "−0.8 to +0.3"
    assert plain(say_interval(80, 90_000, "s")) == "80 s–25 h"


def test_differences_of_shares_are_percentage_points():
    assert plain(say_effect(-0.123, "share")) == "−12.3 pp"
    assert plain(say_effect(4.5, "money:EUR")) == "+4.50 EUR"
    assert plain(say_effect(-129134.68, "money:EUR")) == "−129,135 EUR"


def test_the_evidence_is_one_line():
    reading = Readings(sample_readings()).get("conversion", "clothing")
    assert plain(explain(reading)) == "Conversion: 43.1 %, 95 % interval 41.5–44.7 %, n = 3,811 customers"
    assert explain(None, "Reach") == "Reach: not measured"


def test_groups_know_their_dimension():
    assert [dimension(group) for group in ("persona:maya", "property:state=SP")] == [
        "persona",
        "property:state",
    ]


@given(st.text(), st.floats(20, 400), st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_no_word(text, width, most):
    lines = wrap(text, width, 12)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 12) <= width or len(line) == 1 for line in lines)
    assert len(wrap(text, width, 12, most=most)) <= most


@given(st.text(min_size=1), st.floats(20, 200))
def test_a_clipped_text_fits(text, width):
    assert width_of(clip(text, width, 12), 12) <= width


@given(st.text())
def test_text_in_an_element_never_becomes_markup(text):
    inside = str(el("p", {"title": text}, text))
    assert inside.count("<") == 2
    assert inside.count(">") == 2


def test_markup_passes_and_attributes_that_are_false_are_left_out():
    assert (
        el("b", {"hidden": True, "id": None, "open": False, "x": 1.50}, el("i", {}, "<"), 2)
        == '<b hidden x="1.5"><i>&lt;</i>2</b>'
    )
    assert markup([None, ["a", ("b",)]]) == "ab"
