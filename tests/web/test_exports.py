"""Maps leave the app as files, and come in from the notations of other tools."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.draw.exhibits import ATTACKS, beach, hostile_map
from tests.web.serving import Served

from desireline.draw.files.exports import FORMATS, export_map
from desireline.maps.files import map_text, read_map

JOURNEY = "journey\n  title A coat\n  section Choose\n    Looks around: 4: Maya\n  section Pay\n    Pays: 1: Maya\n"


def test_the_formats_tell_what_they_lose(served: Served):
    with served.client() as client:
        told = client.get("/api/exports").json()
    assert [one["name"] for one in told] == list(FORMATS)
    assert [one["name"] for one in told if not one["loses"]] == ["json", "yaml"]
    assert all(one["says"].endswith(".") for one in told)


@pytest.mark.parametrize("name", FORMATS)
def test_a_map_is_exported_as_a_file_that_a_browser_saves_and_never_shows(served: Served, name: str):
    id_ = served.new_map()
    with served.client() as client:
        answer = client.get(f"/api/maps/{id_}/exports/{name}").raise_for_status()
    wanted = FORMATS[name]
    assert answer.headers["content-type"].split(";")[0] == wanted.media
    assert answer.headers["content-disposition"] == f'attachment; filename="a-stay-with-us.{wanted.ending}"'
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(answer.content) > 500
    newest = served.desk.audit.newest(limit=1)[0]
    assert (newest.what, newest.whole["map"], newest.whole["format"]) == ("map.exported", id_, name)


def test_pages_come_on_the_paper_that_is_asked_for(served: Served):
    id_ = served.new_map()
    with served.client() as client:
        a4, a3 = (client.get(f"/api/maps/{id_}/exports/pages", params={"paper": paper}) for paper in ("a4", "a3"))
        other = client.get(f"/api/maps/{id_}/exports/pages", params={"paper": "napkin"})
    assert b"/MediaBox [0 0 841.89 595.28]" in a4.content
    assert b"/MediaBox [0 0 1190.55 841.89]" in a3.content
    assert other.status_code == 422


def test_what_cannot_be_exported_is_told_with_the_way_out(served: Served):
    id_ = served.new_map()
    with served.client() as client:
        unknown = client.get(f"/api/maps/{id_}/exports/pptxx")
        gone = client.get("/api/maps/nothing/exports/svg")
    assert unknown.status_code == 400
    assert unknown.json()["says"].startswith("No format is called 'pptxx'. Did you mean 'pptx'?")
    assert gone.status_code == 404


def test_the_map_file_is_the_same_by_both_ways(served: Served):
    id_ = served.new_map()
    with served.client() as client:
        assert client.get(f"/api/maps/{id_}/exports/yaml").content == client.get(f"/api/maps/{id_}/file").content


def test_uploaded_pictures_stand_in_the_exports(served: Served):
    id_ = served.new_map()
    with served.client() as client:
        made = client.post(f"/api/maps/{id_}/pictures", files={"file": ("a.png", beach(), "image/png")})
        picture = made.raise_for_status().json()["id"]
        text = client.get(f"/api/maps/{id_}/file").text
        drawn = text.replace("    title: Searches\n", f"    title: Searches\n    image: {picture}\n", 1)
        client.put(f"/api/maps/{id_}/file", json={"text": drawn}).raise_for_status()
        slides = client.get(f"/api/maps/{id_}/exports/pptx").content
        page = client.get(f"/api/maps/{id_}/exports/html").text
    with zipfile.ZipFile(BytesIO(slides)) as file:
        assert [one for one in file.namelist() if one.startswith("ppt/media")] == ["ppt/media/image1.jpg"]
    assert '<img class="picture-of" src="data:image/jpeg;base64,' in page


def test_a_mermaid_journey_becomes_a_map_in_two_steps(served: Served):
    with served.client() as client:
        read = client.post("/api/notations", json={"text": JOURNEY, "name": "coat.mmd"}).raise_for_status().json()
        made = client.post("/api/imports", json={"text": read["text"]}).raise_for_status().json()
        again = client.get(f"/api/maps/{made['id']}/exports/mermaid").text
    assert {name: read[name] for name in ("notation", "title", "stages", "personas", "cards")} == {
        "notation": "mermaid",
        "title": "A coat",
        "stages": [
            {"title": "Choose", "touchpoints": ["Looks around"]},
            {"title": "Pay", "touchpoints": ["Pays"]},
        ],
        "personas": ["Maya"],
        "cards": 2,
    }
    assert [line.strip() for line in again.splitlines()] == [line.strip() for line in JOURNEY.splitlines()]


def test_a_grid_becomes_a_map_and_a_broken_text_names_its_line(served: Served):
    grid = "Stage,Choose,Pay\nTouchpoint,Looks,Pays\nPains,Dark,Queue\n"
    with served.client() as client:
        read = client.post("/api/notations", json={"text": grid, "title": "A coat"}).raise_for_status().json()
        broken = client.post("/api/notations", json={"text": "journey\n  Pay: lots", "name": "coat.mmd"})
    assert (read["notation"], read["title"], read["cards"]) == ("grid", "A coat", 2)
    assert read_map(read["text"]).map.title == "A coat"
    assert broken.status_code == 422
    assert broken.json()["says"].startswith("coat.mmd, line 2: “Pay: lots” has no score.")


def test_an_exported_page_runs_nothing_and_asks_nobody(browser: Browser, tmp_path: Path):
    faults: list[str] = []
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("console", lambda line: faults.append(line.text))
    page.on("request", lambda one: faults.append(one.url) if not one.url.startswith(("file:", "data:")) else None)
    for k, attack in enumerate(ATTACKS):
        file = tmp_path / f"{k}.html"
        file.write_bytes(export_map(hostile_map([attack]), "html"))
        page.goto(file.as_uri())
        assert page.locator("h1").count() == 1
        assert page.locator("thead th b").count() == 3
    for kind in ("svg",):
        file = tmp_path / f"all.{kind}"
        file.write_bytes(export_map(hostile_map(), kind))
        page.goto(file.as_uri())
    context.close()
    assert faults == []


def test_an_exported_page_is_a_board_on_a_desk_and_a_list_on_a_phone(browser: Browser, tmp_path: Path):
    file = tmp_path / "map.html"
    file.write_bytes(export_map(hostile_map(["Some calm words"]), "html"))
    for width, board, listed in ((1440, True, False), (390, False, True)):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(file.as_uri())
        assert page.get_by_role("region", name="The map").is_visible() is board
        assert page.get_by_role("heading", name="The map as a list").is_visible() is listed
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


def test_a_map_with_hostile_texts_is_exported_through_the_server(served: Served):
    text = map_text(hostile_map([one for one in ATTACKS if "\x00" not in one]))
    with served.client() as client:
        made = client.post("/api/imports", json={"text": text}).raise_for_status().json()
        sizes = {
            name: len(client.get(f"/api/maps/{made['id']}/exports/{name}").raise_for_status().content)
            for name in FORMATS
        }
    assert min(sizes.values()) > 400
