"""Every export of every kind of map: well-formed, whole, and inert whatever a map says."""

from __future__ import annotations

import json
import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image
from pptx import Presentation
from python_calamine import CalamineWorkbook
from tests.draw.exhibits import ATTACKS, beach, empty_map, full_map, hostile_map, large_map

from desireline.draw.feelings import feeling_lines, short_name
from desireline.draw.files.exhibit import exhibit
from desireline.draw.files.exports import FORMATS, LOSES, export_map, file_name, format_for
from desireline.draw.files.joined import join_pdfs, objects_of
from desireline.draw.files.poster import draw_poster
from desireline.draw.files.sheets import cut
from desireline.draw.palette import DARK, LIGHT, LINES, LINES_DARK, contrast
from desireline.errors import UnknownFormat
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.maps.records import Map

MAPS = {"full": full_map, "hostile": hostile_map, "large": large_map, "empty": empty_map}
BEGINS = {
    "png": b"\x89PNG",
    "svg": b"<svg",
    "pdf": b"%PDF",
    "pages": b"%PDF",
    "pptx": b"PK",
    "xlsx": b"PK",
    "html": b"<!doctype html>",
    "csv": b"\xef\xbb\xbf",
    "mermaid": b"journey",
    "json": b"{",
    "yaml": b"# A customer",
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("which", MAPS)
def test_every_map_is_written_in_every_format(which, name):
    assert export_map(MAPS[which](), name).startswith(BEGINS[name])


def test_what_each_format_loses_is_said_and_the_lossless_ones_lose_nothing():
    assert {name for name, lost in LOSES.items() if not lost} == {"json", "yaml"}
    map_ = full_map()
    assert read_map(export_map(map_, "yaml").decode()) == map_
    assert Map.model_validate(json.loads(export_map(map_, "json"))) == map_


def test_the_ending_of_a_file_says_its_format():
    files = {"a.PNG": "png", "b.pdf": "pdf", "c.mmd": "mermaid", "d.journey.yaml": "yaml", "e.yml": "yaml"}
    assert {file: format_for(file).name for file in files} == files
    with pytest.raises(UnknownFormat, match=r"'map\.gif'.*\.png, \.svg"):
        format_for("map.gif")
    assert file_name(hostile_map(["=1+1/../\\x\r\ny"]), "pptx") == "1-1-x-y.pptx"


def shown_texts(map_):
    """What must be legible in every picture of this map."""
    outline = Outline(map_)
    cards = [card.says for card in map_.cards if card.says]
    titles = [one.title for one in (*outline.stages, *outline.touchpoints, *map_.personas, *map_.channels)]
    said = [point.promise.says for point in outline.touchpoints if point.promise and point.promise.says]
    mentioned = {id_ for point in outline.touchpoints for id_ in point.channels}
    unused = [one.title for one in map_.channels if one.id not in mentioned]
    return [text for text in [*cards, *titles, *said, "moment of truth", "line of visibility"] if text not in unused]


def bare(text):
    return re.sub(r"\s+", "", text)


def test_the_picture_says_everything_that_is_on_the_map():
    map_ = full_map()
    root = ElementTree.fromstring(draw_poster(exhibit(map_)))
    said = bare("".join(text for one in root.iter() for text in (one.text or "",)))
    assert [text for text in shown_texts(map_) if bare(text) not in said] == []


def test_the_slides_say_everything_in_shapes_that_can_be_edited():
    map_ = full_map()
    slides = Presentation(BytesIO(export_map(map_, "pptx"))).slides
    frames = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    said = bare("".join(frames))
    assert [text for text in shown_texts(map_) if bare(text) not in said] == []
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles[:4] == ["A stay with us", "The journey at a glance", "Who it is for", "Dreaming"]
    wide, tall = 12_192_000, 6_858_000
    places = [(shape.name, shape.left, shape.top, shape.width, shape.height) for one in slides for shape in one.shapes]
    assert [p for p in places if min(p[1:3]) < 0 or p[1] + p[3] > wide or p[2] + p[4] > tall] == []


def test_the_workbook_says_everything_and_keeps_levels_as_numbers():
    map_ = full_map()
    book = CalamineWorkbook.from_filelike(BytesIO(export_map(map_, "xlsx")))
    rows = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    said = bare("".join(str(cell) for row in rows["Board"] for cell in row) + str(rows["Personas"]))
    assert [text for text in shown_texts(map_) if bare(text) not in said] == []
    everybody = next(row for row in rows["Board"] if row[0] == "Feeling: Everybody")
    assert everybody[1:4] == [0.8, 0.2, 0.2]
    assert [row[0] for row in rows["Cards"]][:2] == ["Id", "search.feeling"]


class Page(HTMLParser):
    """What a page holds: its elements with their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_texts_add_no_element_to_a_page(attack):
    calm = Page(export_map(hostile_map(["calm words"]), "html").decode())
    page = Page(export_map(hostile_map([attack]), "html").decode())
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in calm.tags}
    assert [name for _, attributes in page.tags for name in attributes if name.startswith("on")] == []
    assert not any(tag in ("script", "iframe", "a", "form") for tag, _ in page.tags)
    policy = next(attributes["content"] for tag, attributes in page.tags if attributes.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_texts_add_no_element_to_a_picture(attack):
    root = ElementTree.fromstring(draw_poster(exhibit(hostile_map([attack]))))
    kinds = {one.tag.partition("}")[2] for one in root.iter()}
    known = {"svg", "g", "rect", "circle", "line", "polyline", "polygon", "path", "text", "title", "desc", "style"}
    assert kinds <= known


@pytest.mark.parametrize("name", ["xlsx", "pptx"])
def test_no_office_file_holds_a_formula_a_link_or_a_macro(name):
    with zipfile.ZipFile(BytesIO(export_map(hostile_map(), name))) as file:
        inside = {one: file.read(one) for one in file.namelist()}
    sheets = b"".join(
        body for one, body in inside.items() if one.startswith(("xl/worksheets/sheet", "ppt/slides/slide"))
    )
    assert b"<f>" not in sheets
    assert b"hlinkClick" not in sheets
    assert [one for one in inside if "vba" in one.lower() or "externalLink" in one] == []
    relations = b"".join(body for one, body in inside.items() if one.endswith(".rels"))
    assert b'TargetMode="External"' not in relations
    for one, body in inside.items():
        if one.endswith((".xml", ".rels")):
            ElementTree.fromstring(body)


def test_nothing_in_a_picture_or_page_points_outside_the_file():
    for name in ("svg", "html"):
        text = export_map(full_map(), name, pictures={"beach": beach()}).decode()
        addresses = re.findall(r"""(?:href|src|url)\s*[=(]\s*["']?([^"')\s]+)""", text)
        assert {address[:5] for address in addresses} <= {"data:", "#face"}


def test_pictures_stand_in_the_file_small_and_without_what_was_hidden_in_them():
    secret = Image.new("RGB", (3000, 2000), "#3a7ca5")
    out, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "taken at home"
    secret.save(out, "JPEG", exif=exif)
    pictures = {"beach": out.getvalue()}
    plain, drawn = (export_map(full_map(), "html", pictures=one) for one in ({}, pictures))
    assert 0 < len(drawn) - len(plain) < 40_000
    assert b"taken at home" not in drawn
    assert export_map(full_map(), "html", pictures={"beach": b"no picture"}) == plain
    with zipfile.ZipFile(BytesIO(export_map(full_map(), "pptx", pictures=pictures))) as file:
        assert [one for one in file.namelist() if one.startswith("ppt/media")] == ["ppt/media/image1.jpg"]


def test_everybodys_line_and_a_personas_own():
    base, business = feeling_lines(Outline(full_map()))
    assert (base.name, business.name) == ("Everybody", "Boris, on business")
    differ = [k for k, own in enumerate(business.own) if own]
    assert differ == [3]
    assert (base.levels[3], business.levels[3]) == (1.2, -0.4)
    assert [(a[0], b[0]) for a, b in business.moves] == [(2, 3), (3, 4)]
    assert [short_name(name) for name in ("Wanda, a weekend", "The Fischers", "", "A")] == [
        "Wanda",
        "Fischers",
        "",
        "A",
    ]


def test_lines_are_told_apart_on_light_and_dark_grounds():
    assert min(contrast(line, LIGHT[ground]) for line in LINES for ground in ("page", "sheet")) >= 4.5
    assert min(contrast(line, DARK["page"]) for line in LINES_DARK) >= 4.5


def test_sheets_hold_every_touchpoint_once_and_every_lane():
    show = exhibit(full_map())
    sheets = cut(show.board, show.lines, width=1300, height=900)
    groups = list(dict.fromkeys(tuple(column.place for column in sheet.board.columns) for sheet in sheets))
    assert [place for group in groups for place in group] == [column.place for column in show.board.columns]
    drawn = {lane.key for sheet in sheets for lane in sheet.board.lanes}
    assert drawn == {lane.key for lane in show.board.lanes}
    assert all(sheet.board.lanes[0].key == "touchpoint" for sheet in sheets)


def test_joined_pdfs_have_the_pages_of_all_and_lose_no_stream():
    one, other = (export_map(make(), "pdf") for make in (full_map, empty_map))
    both = join_pdfs([one, other, one])
    streams = [body for file in (one, other, one) for body in objects_of(file).values() if b"stream" in body]
    kept = [body for body in objects_of(both).values() if b"stream" in body]
    assert len(kept) == len(streams)
    assert sorted(body[body.index(b"stream") :] for body in kept) == sorted(
        body[body.index(b"stream") :] for body in streams
    )
    assert both.count(b"/Type /Page\n") == 3
