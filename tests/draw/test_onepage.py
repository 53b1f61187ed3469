"""The page for managers: one page, everything inside it, nothing below 7.5 points, nothing that runs."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageStat

from desireline.draw.brief.brief import Brief, brief
from desireline.draw.brief.onepage import draw_page, lay_page, page_pdf
from desireline.draw.brief.scene import Block, Text
from desireline.draw.files.paper import PAPERS
from desireline.draw.text import width_of
from desireline.maps.outline import Outline

from .briefs import empty_brief, endless_brief, sample_brief
from .exhibits import full_map, hostile_map


def hostile_brief() -> Brief:
    return brief(Outline(hostile_map()))


def intended_brief() -> Brief:
    return brief(Outline(full_map()))


BRIEFS = (sample_brief, intended_brief, empty_brief, endless_brief, hostile_brief)
A4 = PAPERS["a4"]


def plain(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def words_of(file: Path) -> str:
    tool = shutil.which("pdftotext") or pytest.fail("This test reads pages with pdftotext: run `make readers`.")
    told = subprocess.run([tool, "-layout", file, "-"], check=True, capture_output=True, text=True).stdout
    return plain(told)


@pytest.mark.parametrize("made", BRIEFS)
@pytest.mark.parametrize("paper", PAPERS)
def test_it_is_one_page_of_its_paper(made, paper, tmp_path: Path):
    file = tmp_path / "page.pdf"
    file.write_bytes(page_pdf(made(), paper=paper))
    told = subprocess.run(["pdfinfo", file], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Pages:\s+1\n", told)
    wide, tall = (float(side) for side in re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", told).groups())  # type: ignore[union-attr]
    assert (wide, tall) == pytest.approx(PAPERS[paper], abs=0.5)


def test_a_pdf_reader_draws_it_without_complaint(tmp_path: Path):
    (tmp_path / "page.pdf").write_bytes(page_pdf(sample_brief()))
    words = ["pdftoppm", "-r", "40", "-singlefile", "-png", tmp_path / "page.pdf", tmp_path / "page"]
    assert subprocess.run(words, check=True, capture_output=True, text=True).stderr == ""
    with Image.open(tmp_path / "page.png") as drawn:
        assert max(ImageStat.Stat(drawn.convert("L")).stddev) > 20


def test_its_numbers_can_be_read_out_of_the_file(tmp_path: Path):
    told = sample_brief()
    (tmp_path / "page.pdf").write_bytes(page_pdf(told))
    read = words_of(tmp_path / "page.pdf")
    wanted = [told.title, *(key.value for key in told.keys), *(key.interval for key in told.keys)]
    wanted += [part for one in told.top for part in (one.effect.partition(" [")[0], one.whom, one.lost)]
    wanted += [one.verdict for one in told.deeds[:3]]
    assert [one for one in map(plain, wanted) if one not in read] == []


@pytest.mark.parametrize("made", BRIEFS)
@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_leaves_its_box_or_the_page(made, paper):
    wide, tall = PAPERS[paper]
    scale = max(1.0, min(wide / A4[0], tall / A4[1]))
    marks = lay_page(made(), wide / scale, tall / scale)
    for one in marks:
        if isinstance(one, Text | Block):
            assert one.box.x >= 0
            assert one.box.right <= wide / scale
            assert one.box.y >= 0
            assert one.box.bottom <= tall / scale
        if isinstance(one, Text):
            for (_, _, size, bold), lines in zip(one.said, one.lines(), strict=True):
                assert all(width_of(line, size, bold=bold) <= one.box.width + 1 for line in lines)


@pytest.mark.parametrize("made", BRIEFS)
def test_what_stands_above_another_does_not_reach_into_it(made):
    marks = [
        one for one in lay_page(made(), *A4) if isinstance(one, Text) and one.name.startswith(("Finding", "Decision"))
    ]
    spans = sorted((one.box.x, one.box.y, one.box.bottom) for one in marks)
    for (x, _, bottom), (to_x, top, _) in pairwise(spans):
        assert x != to_x or bottom <= top + 0.6


@pytest.mark.parametrize("made", BRIEFS)
def test_no_letter_is_smaller_than_can_be_read_on_paper(made):
    for paper in PAPERS:
        root = ElementTree.fromstring(draw_page(made(), paper=paper))
        scale = float(root.attrib["width"]) / float(root.attrib["viewBox"].split()[2])
        sizes = [float(one.attrib["font-size"]) for one in root.iter() if "font-size" in one.attrib]
        assert min(sizes) * scale >= 7.5


def test_departures_have_a_sign_and_a_word_and_the_unmeasured_is_hatched():
    page = draw_page(sample_brief())
    assert "Late 8.6" in plain(re.sub("<[^>]+>", " ", page))
    assert "url(#unmeasured)" in page
    assert page.count("not measured") > 2


def test_the_same_brief_gives_the_same_page():
    assert draw_page(sample_brief()) == draw_page(sample_brief())


def test_what_people_write_stays_text():
    for made in (hostile_brief, endless_brief):
        root = ElementTree.fromstring(draw_page(made()))
        assert not {one.tag.rpartition("}")[2] for one in root.iter()} & {
            "script",
            "foreignObject",
            "a",
            "image",
            "use",
        }
        assert not [name for one in root.iter() for name in one.attrib if name.startswith("on") or "href" in name]


def test_what_there_is_no_room_for_is_told_with_its_count():
    said = [text for one in lay_page(endless_brief(), *A4) if isinstance(one, Text) for text, *_ in one.said]
    assert [text for text in said if re.fullmatch(r"and \d+ more", text)]
