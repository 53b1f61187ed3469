"""The section on drivers: a chart that reads, a list that says the same, nothing hidden."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from desireline.draw.scatter import HEIGHT, WIDTH
from desireline.draw.sections.drivers import draw_drivers, drivers_section, say_drivers
from desireline.voice.drivers.drivers import Drivers, find_drivers
from voice.ratings import survey

from .test_report import Page


@pytest.fixture(scope="module")
def found() -> Drivers:
    plain = find_drivers(survey(4, 900))
    titled = [replace(one, title=f"Step {one.question} <of> the way") for one in plain.drivers]
    return replace(plain, drivers=tuple(titled), left_out=(("z", "not enough data: 3 customers of 50"),))


def test_every_driver_stands_in_the_list_with_its_interval_and_its_word(found: Drivers):
    page = Page(drivers_section(found).html())
    assert page.open == []
    for one in found.drivers:
        assert one.title in page.text
        assert one.quadrant in page.text
    assert "not significant" in page.text
    assert "Left out: “z”, not enough data: 3 customers of 50." in page.text


def test_the_first_line_says_it_in_plain_words(found: Drivers):
    says = say_drivers(found)
    assert says.startswith("4 questions together explain ")
    assert "“Step a <of> the way”" in says


def test_the_picture_is_well_formed_and_keeps_its_labels_inside(found: Drivers):
    root = ET.fromstring(draw_drivers(found))
    names = [one for one in root.iter("{http://www.w3.org/2000/svg}text") if one.get("class") == "name"]
    assert sorted((one.text or "")[:1] for one in names) == ["1", "2", "3", "4"]
    assert all(0 <= float(one.get("x", "-1")) <= WIDTH and 0 <= float(one.get("y", "-1")) <= HEIGHT for one in names)
    circles = [one.get("class") for one in root.iter("{http://www.w3.org/2000/svg}circle")]
    assert circles.count("hollow") == sum(not one.significant for one in found.drivers)


def test_the_picture_is_told_in_words_too(found: Drivers):
    titles = [one.text or "" for one in ET.fromstring(draw_drivers(found)).iter("{http://www.w3.org/2000/svg}title")]
    assert titles[0] == say_drivers(found)
    assert titles[1].startswith("1. Step a <of> the way: importance ")


def test_without_drivers_the_section_says_why():
    nothing = find_drivers(survey(1, 20))
    section = drivers_section(nothing)
    assert "not enough data: 20 customers of 50" in str(section.lead)
    assert Page(section.html()).open == []
