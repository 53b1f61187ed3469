"""A storyboard: pictures stand on the board and in the outline, for members and behind a share link."""

from __future__ import annotations

import io

from PIL import Image
from playwright.sync_api import Browser, Locator, expect
from tests.web.company import at_map
from tests.web.conftest import Sit
from tests.web.serving import Served

STORY = """\
format: desireline/1
map: {{id: story, title: Story}}
stages: [{{id: buy, title: Buy}}]
personas: [{{id: ana, title: Ana, image: {picture}}}]
touchpoints: [{{id: pay, title: Pays, stage: buy, image: {picture}}}]
cards:
  - {{id: k1, at: pay, lane: doing, says: Taps the card, image: {picture}, persona: ana}}
  - {{id: k2, at: pay, lane: pain, says: Elsewhere, image: "https://example.org/tracking.png"}}
"""


def drawn(image: Locator) -> int:
    """How wide the picture is that is shown."""
    expect(image).to_be_visible()
    return int(image.evaluate("image => image.decode().then(() => image.naturalWidth)"))


def story(served: Served) -> tuple[str, str]:
    """A map with a picture on each kind of record; its id, and that of the picture."""
    png = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(png, "PNG")
    with served.client() as olga:
        begun = olga.post("/api/imports", json={"text": STORY.format(picture="none")}).raise_for_status()
        id_ = begun.json()["id"]
        file = {"file": ("a.png", png.getvalue(), "image/png")}
        sent = olga.post(f"/api/maps/{id_}/pictures", files=file).raise_for_status().json()["id"]
        text = STORY.format(picture=sent)
        olga.put(f"/api/maps/{id_}/file", json={"text": text, "name": "story"}).raise_for_status()
        secret = olga.post(f"/api/maps/{id_}/shares", json={"title": "All"}).raise_for_status().json()["secret"]
    return id_, f"{served.address}/shared/{secret}"


def test_pictures_stand_on_cards_and_behind_a_share_link(served: Served, sit: Sit, browser: Browser):
    id_, link = story(served)
    olga = at_map(served, sit(), id_)
    with browser.new_context() as stranger:
        there = stranger.new_page()
        asked: list[str] = []
        there.on("request", lambda request: asked.append(request.url))
        there.goto(link)
        for page in (olga, there):
            assert drawn(page.locator('[data-record="pay"] img')) == 40
            assert [drawn(one) for one in page.locator('[data-record="k1"] img').all()] == [40, 40]
            expect(page.locator('[data-record="k2"] img')).to_have_count(0)
            page.get_by_role("radio", name="Outline").click()
            assert drawn(page.get_by_role("img", name="Belongs to “Pays”")) == 40
            assert drawn(page.get_by_role("img", name="Belongs to “Taps the card”")) == 40
        assert [url for url in asked if not url.startswith(served.address) or "/api/maps" in url] == []
