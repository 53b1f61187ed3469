"""Slides for managers: native shapes that tell the brief, inside the slide, without anything that runs."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageStat
from pptx import Presentation
from pptx.util import Pt
from tests.draw.test_readers import needed, pages

from desireline.draw.brief.slides import brief_deck
from desireline.draw.files.slides import HEIGHT, WIDTH

from .briefs import empty_brief, endless_brief, sample_brief
from .test_onepage import BRIEFS, plain


def slides(body: bytes) -> list[Any]:
    return list(Presentation(BytesIO(body)).slides)


def titles(body: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in slides(body)]


def texts(slide: Any, name: str = "") -> str:
    shapes = [shape for shape in slide.shapes if shape.has_text_frame and shape.name.startswith(name)]
    return plain(" ".join(shape.text_frame.text for shape in shapes))


def test_each_title_says_what_the_slide_shows():
    told = sample_brief()
    assert titles(brief_deck(told)) == [
        told.title,
        "Where journeys go, and how they feel",
        "What matters most: the first 5 of 6 findings",
        *(one.says for one in told.top),
        "What was decided (1 of 2)",
        "What was decided (2 of 2)",
        "Whether it helped (1 of 2)",
        "Whether it helped (2 of 2)",
        "Method and definitions",
    ]


def test_a_findings_slide_tells_its_evidence_what_it_costs_quotes_and_decisions():
    told = sample_brief()
    found = {slide.shapes.title.text_frame.text: slide for slide in slides(brief_deck(told))}
    for k, one in enumerate(told.top, 1):
        said = texts(found[one.says], f"Finding {k}")
        wanted = [one.effect, one.whom, one.cost, f"grade {one.grade}", one.helps, *one.quotes, *one.decided]
        assert [text for text in map(plain, wanted) if text not in said] == []
        assert [
            text for bar in one.bars if (text := plain(bar.told.partition(" [")[0])) not in texts(found[one.says])
        ] == []


def test_verdicts_stand_with_their_effects():
    told = sample_brief()
    said = " ".join(map(texts, slides(brief_deck(told))))
    wanted = [part for one in told.deeds if one.word for part in (one.title, one.verdict, one.says)]
    wanted += [part.strip("[]") for one in told.deeds for said in one.effects for part in said.split(" [")]
    assert [text for text in map(plain, wanted) if text not in said] == []


@pytest.mark.parametrize("made", BRIEFS)
def test_every_shape_is_on_its_slide_and_legible(made):
    for slide in slides(brief_deck(made())):
        for shape in slide.shapes:
            assert -Pt(1) <= shape.left <= shape.left + shape.width <= Pt(WIDTH) + Pt(1), shape.name
            assert -Pt(1) <= shape.top <= shape.top + shape.height <= Pt(HEIGHT) + Pt(1), shape.name
            runs = [run for part in shape.text_frame.paragraphs for run in part.runs] if shape.has_text_frame else []
            assert all(run.font.size >= Pt(11) for run in runs if run.text.strip()), shape.name


@pytest.mark.parametrize("made", BRIEFS)
def test_slides_hold_no_links_pictures_or_programs(made, tmp_path: Path):
    for slide in slides(brief_deck(made())):
        kinds = {one.reltype.rpartition("/")[2] for one in slide.part.rels.values()}
        assert kinds <= {"slideLayout"}


def test_without_data_the_slides_say_what_to_do():
    found = slides(brief_deck(empty_brief()))
    said = " ".join(map(texts, found))
    assert "This map has not been measured yet" in said
    assert "Import data and bind the map to them" in said
    assert "Nothing was decided yet" in said
    assert len(found) == 5


def test_the_same_brief_gives_the_same_slides():
    one, other = (slides(brief_deck(sample_brief())) for _ in range(2))
    assert list(map(texts, one)) == list(map(texts, other))


@pytest.mark.parametrize("made", [sample_brief, endless_brief])
def test_an_office_opens_them_and_no_slide_is_blank(made, tmp_path: Path):
    file = tmp_path / "report.pptx"
    file.write_bytes(brief_deck(made()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = [needed("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path / "read", file]
    subprocess.run(words, check=True, capture_output=True, timeout=240)
    printed = tmp_path / "read" / "report.pdf"
    assert pages(printed) == len(slides(file.read_bytes()))
    subprocess.run([needed("pdftoppm"), "-r", "30", "-png", printed, tmp_path / "page"], check=True)
    for picture in tmp_path.glob("page-*.png"):
        with Image.open(picture) as drawn:
            assert max(ImageStat.Stat(drawn.convert("L")).stddev) > 2
