"""Reports by their endings: the whole as a page, one page or slides for managers; with much data, little, or none."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from shlex import split

import pytest
from pptx import Presentation
from tests.draw.test_onepage import plain, words_of
from tests.draw.test_readers import pages

from cli.shop import Desk
from desireline import Question, Workspace

MAP = "shop.journey.yaml"


def said_on(file: str) -> str:
    """All that stands on the slides."""
    shapes = [shape for slide in Presentation(file).slides for shape in slide.shapes]
    return plain(" ".join(shape.text_frame.text for shape in shapes if shape.has_text_frame))


def test_the_ending_says_what_is_written(desk: Desk):
    for file, begins in (("a.html", b"<!doctype"), ("a.PDF", b"%PDF"), ("a.pptx", b"PK")):
        said = desk.say("report", MAP, "-w", "shop", "-o", file)
        assert said.code == 0, said.err
        assert Path(file).read_bytes().startswith(begins)
    assert pages(Path("a.PDF")) == 1


@pytest.mark.parametrize("file", ["shop.docx", "report", "shop.pdf.png"])
def test_another_ending_is_told_before_anything_is_measured(desk: Desk, file: str):
    said = desk.say("report", MAP, "-w", "nowhere", "-o", file)
    assert (said.code, Path(file).exists()) == (2, False)
    assert f"{file}: a report of this kind is not written. End the name with one of .pdf, .pptx, .html." in said.err


def test_page_and_slides_show_the_numbers_of_the_command(desk: Desk):
    desk.say("report", MAP, "-w", "shop", "-o", "shop.pdf")
    desk.say("report", MAP, "-w", "shop", "-o", "shop.pptx")
    read, slides = words_of(Path("shop.pdf")), said_on("shop.pptx")
    readings = json.loads(desk.say("measure", MAP, "-w", "shop", "--json").out)["readings"]
    shown = {(one["measure"], one["at"]): one["value"] for one in readings if not one["group"] and one["value"]}
    wanted = [
        shown["conversion", "shop"],
        *(value for (name, at), value in shown.items() if name in ("reach", "drop_off") and at != "shop"),
    ]
    for value in wanted:
        percent = 100 * value
        told = "100 %" if percent == 100 else f"{percent:.2f} %" if percent < 1 else f"{percent:.1f} %"
        assert told in read
        assert told in slides


def test_the_command_that_makes_it_again_can_be_typed(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    Path("my shop.journey.yaml").write_text(Path(MAP).read_text())
    monkeypatch.chdir("shop")
    desk.say("report", "../my shop.journey.yaml", "-o", "shop.pdf")
    assert "desireline report 'my shop.journey.yaml' -w shop -o report.pdf" in words_of(Path("shop.pdf"))


def test_the_command_that_makes_it_again_asks_the_same(desk: Desk):
    asked = ("--by", "channel", "--by", "team", "--period", "month", "--edge", "see>pay", "--exact")
    said = desk.say("report", MAP, "-w", "shop", "-o", "first.html", *asked)
    assert said.code == 0, said.err
    page = Path("first.html").read_text()
    [again] = [line for line in unescape(page).splitlines() if line.startswith(f"desireline report {MAP}")]
    words = split(again.partition("</code>")[0])
    assert desk.say(*words[1:]).code == 0
    assert Path("report.html").read_text() == page


def test_a_page_of_some_measures_repeats_those_alone(desk: Desk):
    page = Workspace.open("shop").report(MAP, Question(measures=("reach", "conversion")))
    [again] = re.findall(rf"desireline (measure {MAP} .*)", unescape(page))
    said = desk.say(*split(again.partition("</code>")[0]), "--json")
    assert {one["measure"] for one in json.loads(said.out)["readings"]} == {"reach", "conversion"}


def test_papers_are_a4_a3_and_letter(desk: Desk):
    desk.say("report", MAP, "-w", "shop", "-o", "shop.pdf", "--paper", "letter")
    assert b"/MediaBox [0 0 792 612]" in Path("shop.pdf").read_bytes()
    assert "-o report.pdf --paper letter" in words_of(Path("shop.pdf"))
    assert desk.say("report", MAP, "-w", "shop", "-o", "shop.pdf", "--paper", "napkin").code == 2


@pytest.mark.parametrize("customers", [0, 1])
def test_without_data_or_with_one_customer_it_says_what_is_so(desk: Desk, customers: int):
    Workspace.create("little")
    if customers:
        first = Path("log.csv").read_text().splitlines()[1].split(",")[0]
        for file in ("log.csv", "reviews.csv"):
            header, *rows = Path(file).read_text().splitlines()
            Path(file).write_text("\n".join([header, *(row for row in rows if row.startswith(f"{first},"))]) + "\n")
        said = desk.say("import", "log.csv", "reviews.csv", "--recipe", "shop.recipe.yaml", "-w", "little")
        assert said.code == 0, said.err
    for file in ("little.pdf", "little.pptx"):
        assert desk.say("report", MAP, "-w", "little", "-o", file).code == 0
    read, slides = words_of(Path("little.pdf")), said_on("little.pptx")
    assert pages(Path("little.pdf")) == 1
    for told in (read, slides):
        assert "Nothing was decided yet" in told
        assert "%" not in told.replace("95 %", "").replace("5 %", "")  # what was not measured is no zero
