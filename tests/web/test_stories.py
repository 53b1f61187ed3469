"""What the app promises, told from one end to the other by the people who use it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Browser, expect
from python_calamine import CalamineWorkbook
from tests.draw.test_readers import needed, text_of
from tests.web.company import at_map, card, joined
from tests.web.conftest import MOVING, Sit
from tests.web.serving import Served
from tests.web.test_live import a_touchpoint, line, types
from tests.web.test_share_page import make_link

from desireline.access import Role
from desireline.draw.files.exports import FORMATS
from desireline.live.messages import Kind, read_json
from desireline.maps.files import read_map


def test_a_viewer_looks_and_changes_nothing_by_any_way(served: Served, sit: Sit):
    id_ = served.new_map()
    before = served.desk.documents.history(id_)
    link = joined(served, "Vera", Role.VIEWER)
    vera = at_map(served, sit(link=link, **MOVING), id_)
    card(vera, "Reads reviews").dblclick()
    vera.keyboard.type("mine")
    vera.keyboard.press("Delete")
    vera.keyboard.press("Control+ArrowRight")
    expect(vera.get_by_role("textbox")).to_have_count(0)
    expect(card(vera, "Reads reviews")).to_be_visible()
    cookies = httpx.Cookies({one["name"]: one["value"] for one in vera.context.cookies()})
    with line(served, id_, cookies) as socket:
        socket.meet()
        socket.edit(types("mine ", a_touchpoint(served, id_)))
        assert read_json(socket.hear(Kind.REFUSED))["code"] == "not-allowed"
    with httpx.Client(base_url=served.address, cookies=cookies, headers={"Origin": served.address}) as client:
        for answer in (
            client.post("/api/imports", json={"text": "map: {title: Mine}", "name": "mine.yaml"}),
            client.post(f"/api/maps/{id_}/versions", json={"title": "Mine"}),
            client.post(f"/api/maps/{id_}/shares", json={"title": "Mine"}),
        ):
            assert answer.status_code == 403, answer.text
    assert served.desk.documents.history(id_) == before


def test_a_share_link_that_is_taken_back_is_gone_while_somebody_looks_at_it(served: Served, sit: Sit, browser: Browser):
    id_ = served.new_map()
    olga = sit(**MOVING)
    link = make_link(olga, served, id_)
    with browser.new_context() as stranger:
        page = stranger.new_page()
        page.goto(link)
        expect(page.get_by_text("Reads reviews").first).to_be_visible()
        olga.get_by_role("button", name="Take back “The board”").click()
        expect(olga.get_by_text("“The board” works no longer").first).to_be_visible()
        secret = link.rpartition("/")[2]
        assert httpx.get(f"{served.address}/api/shared/{secret}").status_code == 410
        other = stranger.new_page()
        other.goto(link)
        expect(other.get_by_role("heading", name="This link does not open a map")).to_be_visible()


@pytest.fixture
def downloaded(served: Served, sit: Sit, tmp_path: Path) -> dict[str, Path]:
    """Every export of a map, downloaded by hand."""
    page = at_map(served, sit(**MOVING), served.new_map())
    page.get_by_role("button", name="More about this map").click()
    page.get_by_role("menuitem", name="Export").click()
    kinds = page.get_by_role("radiogroup", name="Kind of file")
    expect(kinds.get_by_role("radio")).to_have_count(len(FORMATS))
    found = {}
    for name, one in FORMATS.items():
        kinds.get_by_text(one.says).click()
        with page.expect_download() as saved:
            page.get_by_role("button", name=f"Download {one.title}", exact=True).click()
        assert saved.value.suggested_filename == f"a-stay-with-us.{one.ending}"
        found[name] = tmp_path / f"{name}.{one.ending}"
        saved.value.save_as(found[name])
    return found


def test_every_export_is_downloaded_and_opens_in_a_real_reader(
    downloaded: dict[str, Path], browser: Browser, tmp_path: Path
):
    printed = in_an_office([downloaded[name] for name in ("pptx", "xlsx", "csv")], tmp_path)
    for file in (downloaded["pdf"], downloaded["pages"], *printed):
        assert "Reads reviews" in " ".join(text_of(file).split()), file.name
        assert is_drawn(first_page(file, tmp_path)), file.name
    assert is_drawn(downloaded["png"])
    assert ElementTree.parse(downloaded["svg"]).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    with browser.new_context() as reader:
        for name in ("svg", "html"):
            page = reader.new_page()
            page.goto(downloaded[name].as_uri())
            expect(page.get_by_text("reviews").filter(visible=True).first).to_be_visible()
    assert "Reads reviews" in cells_of(downloaded["xlsx"])
    assert downloaded["mermaid"].read_text("utf-8").startswith("journey\n")
    assert json.loads(downloaded["json"].read_text("utf-8"))["map"]["title"] == "A stay with us"
    assert read_map(downloaded["yaml"].read_text("utf-8")).map.title == "A stay with us"


def in_an_office(files: list[Path], folder: Path) -> list[Path]:
    """What LibreOffice prints of these files."""
    words = [needed("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    words += ["--convert-to", "pdf", "--outdir", str(folder / "printed"), *map(str, files)]
    subprocess.run(words, check=True, capture_output=True, timeout=240)
    return [folder / "printed" / f"{file.stem}.pdf" for file in files]


def first_page(file: Path, folder: Path) -> Path:
    """The first page of a PDF as a picture, drawn without a complaint."""
    words = [needed("pdftoppm"), "-r", "30", "-f", "1", "-singlefile", "-png", file, folder / f"first-{file.stem}"]
    assert subprocess.run(words, check=True, capture_output=True, text=True).stderr == ""
    return folder / f"first-{file.stem}.png"


def is_drawn(file: Path) -> bool:
    """A picture that can be read and is not blank."""
    with Image.open(file) as picture:
        return max(ImageStat.Stat(picture.convert("L")).stddev) > 2


def cells_of(file: Path) -> str:
    """All that stands in a workbook."""
    book = CalamineWorkbook.from_path(file)
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return " ".join(str(cell) for sheet in sheets for row in sheet for cell in row)
