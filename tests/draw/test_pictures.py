"""The map as a picture: well-formed, closed, honest about what was not measured."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from desireline.draw.curve import Frame, curve_points, describe, draw_curve
from desireline.draw.files.export import export
from desireline.draw.layout import centres
from desireline.draw.readings import Readings
from desireline.draw.svg import draw_svg
from desireline.errors import UnknownPicture
from desireline.maps.outline import Outline
from desireline.maps.records import Map

from .sample import sample_ledger, sample_outline, sample_readings

SVG = "{http://www.w3.org/2000/svg}"


def picture():
    return draw_svg(sample_outline(), sample_readings(), sample_ledger())


def curve(points):
    return draw_curve(points, Frame(centres(len(points)), 184, 168))


def test_the_picture_is_well_formed_and_says_what_it_shows():
    root = ElementTree.fromstring(picture())
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == "Buying clothes online"
    assert "widest gap is at “Return and refund”" in (root.findtext(f"{SVG}desc") or "")


def test_the_picture_needs_no_other_file_and_no_variables():
    svg = picture()
    assert "var(--" not in svg
    assert svg.count("http") == 1  # the name space
    assert re.findall(r"url\((?!#hatch)", svg) == []


def test_hostile_text_stays_text_in_a_picture():
    attack = "</text><script>alert(1)</script>&\x01"
    head = {"id": "m", "title": attack, "purpose": attack}
    point = {"id": "t", "stage": "s", "title": attack}
    document = {"map": head, "stages": [{"id": "s", "title": attack}], "touchpoints": [point]}
    root = ElementTree.fromstring(draw_svg(Outline(Map.model_validate(document))))
    assert root.findall(f".//{SVG}script") == []


def test_what_was_not_measured_is_a_gap_and_never_a_zero():
    points = curve_points(sample_outline(), Readings(sample_readings()))
    drawn = curve(points)
    unmeasured = [point for point in points if point.measured is None]
    assert len(unmeasured) == 4
    assert drawn.count("not measured</text>") == 4
    assert drawn.count('class="measured-line"') == 3  # newsletter–browse, size–confirm, dispatch–again
    assert drawn.count("<circle") == len(points) - 4


def test_points_of_few_customers_are_hollow():
    drawn = curve(curve_points(sample_outline(), Readings(sample_readings())))
    assert drawn.count('class="hollow"') == 2  # newsletter 25, help 18


def test_a_curve_without_measurements_says_so():
    assert describe(curve_points(sample_outline(), Readings())) == "The feeling was not measured at any of 21 places."


def test_a_stage_asked_as_a_whole_stands_at_each_of_its_touchpoints():
    document = {
        "map": {"id": "m", "title": "M"},
        "stages": [{"id": "s", "title": "Stage"}],
        "touchpoints": [{"id": "a", "stage": "s"}, {"id": "b", "stage": "s"}],
        "cards": [{"id": "c", "at": "s", "lane": "feeling", "level": 1}],
    }
    points = curve_points(Outline(Map.model_validate(document)), Readings())
    assert [(point.intended, point.whole_stage) for point in points] == [(1, "Stage"), (1, "Stage")]


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_picture_is_written_in_the_kind_that_its_name_says(tmp_path, kind, start):
    small = draw_svg(Outline(Map.model_validate({"map": {"id": "m", "title": "Small"}})))
    file = export(small, tmp_path / f"map.{kind}")
    assert file.read_bytes().startswith(start)


def test_a_picture_of_another_kind_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(UnknownPicture, match=r"map\.gif: .* \.svg, \.png, \.pdf"):
        export("<svg/>", tmp_path / "map.gif")
    assert list(tmp_path.iterdir()) == []
