"""Every export opens in a program that people really read it with."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageStat
from tests.draw.exhibits import beach, full_map, hostile_map

from desireline.draw.files.exports import FORMATS, export_map

OFFICE = ("pptx", "xlsx", "csv", "svg")


def needed(tool: str) -> str:
    found = shutil.which(tool)
    if found is None:
        pytest.fail(f"This story reads exports with {tool}: run `make readers`, or install it.")
    return found


@pytest.fixture(scope="module", params=["full", "hostile"])
def folder(request, tmp_path_factory) -> Path:
    """All exports of a map, and what LibreOffice makes of them."""
    map_ = full_map() if request.param == "full" else hostile_map()
    place = tmp_path_factory.mktemp(request.param)
    for one in FORMATS.values():
        file = place / f"{one.name}.{one.ending}"
        file.write_bytes(export_map(map_, one.name, pictures={"beach": beach()}))
    files = [str(place / f"{name}.{FORMATS[name].ending}") for name in OFFICE]
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    words = [needed("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(place / "read"), *files]
    subprocess.run(words, check=True, capture_output=True, timeout=240)
    return place


def pages(file: Path) -> int:
    told = subprocess.run([needed("pdfinfo"), file], check=True, capture_output=True, text=True).stdout
    return int(told.split("Pages:")[1].split()[0])


def text_of(file: Path) -> str:
    return subprocess.run([needed("pdftotext"), file, "-"], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", OFFICE)
def test_an_office_opens_it_and_it_is_not_blank(folder, name):
    file = folder / "read" / f"{name}.pdf"
    assert pages(file) >= 1
    subprocess.run([needed("pdftoppm"), "-r", "40", "-f", "1", "-l", "1", "-png", file, folder / name], check=True)
    picture = next(folder.glob(f"{name}-*.png"))
    with Image.open(picture) as drawn:
        assert max(ImageStat.Stat(drawn.convert("L")).stddev) > 2


@pytest.mark.parametrize("name", ["pdf", "pages"])
def test_a_pdf_reader_draws_every_page_without_complaint(folder, name):
    words = [needed("pdftoppm"), "-r", "20", "-png", folder / f"{name}.pdf", folder / f"page-{name}"]
    told = subprocess.run(words, check=True, capture_output=True, text=True)
    assert told.stderr == ""
    assert len(list(folder.glob(f"page-{name}-*.png"))) == pages(folder / f"{name}.pdf")


@pytest.mark.parametrize("folder", ["full"], indirect=True, scope="module")
def test_each_reader_sees_the_stages(folder):
    for name in ("pdf", "pages", "read/pptx", "read/xlsx"):
        said = text_of(folder / f"{name}.pdf")
        assert "Before the stay" in said, name
        assert "Gets the confirmation" in said, name


@pytest.mark.parametrize("folder", ["hostile"], indirect=True, scope="module")
def test_a_spreadsheet_shows_formulas_as_the_texts_they_are(folder):
    said = text_of(folder / "read" / "xlsx.pdf")
    assert "=1+1" in said
    assert "HYPERLINK" in said
    assert "#NAME" not in said
    assert "Err:" not in said
