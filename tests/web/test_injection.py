"""A text is a text: three hundred that would like to be scripts are shown everywhere, and none of them runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pycrdt import Map as SharedMap
from tests.draw import exhibits
from tests.web.company import saved
from tests.web.conftest import Sit
from tests.web.hostile import DRAWN, POINTS, STAGES, fields_with_texts, hostile_map
from tests.web.payloads import PAYLOADS
from tests.web.serving import Served
from tests.web.test_live import line
from tests.web.watched import Watch

from desireline.draw.files.exports import export_map
from desireline.draw.report import report_html
from desireline.live.shape import COMMENTS, SUGGESTIONS, root
from desireline.maps.files import map_data
from desireline.maps.outline import Outline

pytestmark = pytest.mark.thorough

FIELDS = "textarea, input" + "".join(f":not([type={one}])" for one in ("file", "checkbox", "radio", "range", "date"))
GROUPS = (
    "promise",
    "where",
    "links",
    "campaigns",
    "data",
    "picture",
    "evidence",
    "review",
    "cut",
    "changes",
    "segment",
)
UNFOLDED = "".join(f"localStorage.setItem('desireline.details.{name}', '1');" for name in GROUPS)


def test_there_are_three_hundred_and_they_run_where_a_page_takes_them_for_markup(served: Served, browser: Browser):
    assert len(set(PAYLOADS)) == 300
    watch = Watch()
    with browser.new_context() as context:
        watch.over(context)
        page = context.new_page()
        for payload in PAYLOADS[::6]:
            page.set_content(f"<p>{payload}</p>")
        for _ in range(50):
            if {"hit", "dialog: alert"} <= set(watch.did):
                break
            page.wait_for_timeout(100)
        assert {"hit", "dialog: alert"} <= set(watch.did)
        watch.did.clear()
        page.goto(f"{served.address}/signin")
        page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", "<img src=x onerror=hit()>")
        watch.look(page)
    assert {one.partition(":")[0] for one in watch.did} == {"policy", "element"}  # our policy lets none of them run


@pytest.fixture
def map_id(served: Served) -> str:
    """A map with all of them in all its fields, written through the API; and people, versions and links called so."""
    drawn = hostile_map()
    with served.client() as olga:
        text = json.dumps(map_data(drawn))
        id_ = str(olga.post("/api/imports", json={"text": text}, timeout=60).raise_for_status().json()["id"])
        with line(served, id_, olga.cookies) as socket:
            socket.meet()
            socket.edit(lambda doc: _talk(doc, socket.member))
            socket.saved()
        names = [one for one in PAYLOADS if "\t" not in one]
        post(olga, "/api/invitations", [{"role": "viewer", "title": one} for one in names[:20]])
        post(olga, f"/api/maps/{id_}/versions", [{"title": one[:120]} for one in names[20:23]])
        post(olga, f"/api/maps/{id_}/shares", [{"title": one} for one in names[50:80]])
        post(olga, "/api/tokens", [{"title": one[:120], "scopes": ["read"]} for one in names[80:100]])
        olga.patch("/api/me", json={"name": names[4]}).raise_for_status()
    return id_


def post(client: httpx.Client, path: str, bodies: list[dict[str, Any]]) -> None:
    for body in bodies:
        client.post(path, json=body).raise_for_status()


def _talk(doc: Any, member: dict[str, str]) -> None:
    """Each text is a comment, and a suggestion."""
    by = {"by": member["id"], "name": member["name"], "on": "2026-03-02T10:00:00Z"}
    for k, text in enumerate(PAYLOADS):
        at = f"touchpoints{k % POINTS}"
        root(doc, COMMENTS)[f"c{k}"] = SharedMap({"id": f"c{k}", "at": at, "says": text, **by})
        asked = {"id": f"s{k}", "at": at, "field": "about", "value": text, "was": PAYLOADS[k - 1]}
        root(doc, SUGGESTIONS)[f"s{k}"] = SharedMap(asked | by)


def test_in_a_map_they_are_shown_and_nothing_else(served: Served, sit: Sit, map_id: str):
    assert len(fields_with_texts()) == 37  # of records; one that is added to the model is here by itself
    page, watch = sit(), Watch()
    watch.over(page.context)
    page.add_init_script(UNFOLDED)
    page.goto(f"{served.address}/maps/{map_id}")
    expect(page.locator("[data-record=stages0]")).to_contain_text(PAYLOADS[0])
    assert seen_scrolling(page, page.locator(".board").first, watch) >= DRAWN
    look_at_panels(page, watch)
    page.get_by_role("radio", name="Outline").click()
    expect(page.locator(f"[data-outline=cards{DRAWN - 1}]")).to_have_value(PAYLOADS[DRAWN - 1])
    watch.look(page)
    look_at_details(page, watch)
    present(page, watch)
    assert watch.did == []


def seen_scrolling(page: Page, board: Locator, watch: Watch) -> int:
    """How many records were on the screen while the whole board went by."""
    seen = board.evaluate(
        """async board => {
          const seen = new Set();
          const scroller = [board, ...board.querySelectorAll('*')].find((one) => one.scrollWidth > one.clientWidth + 500
            && getComputedStyle(one).overflowX !== 'visible');
          const wait = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          for (let x = 0; x < scroller.scrollWidth; x += scroller.clientWidth * 0.8) {
            scroller.scrollLeft = x;
            await wait();
            for (const one of document.querySelectorAll('[data-record]')) seen.add(one.dataset.record);
          }
          scroller.scrollLeft = 0;
          return seen.size;
        }"""
    )
    watch.look(page)
    return int(seen)


def beside(page: Page, name: str) -> None:
    """This panel stands beside the map, opened from its menu."""
    page.get_by_role("button", name="More about this map").click()
    page.get_by_role("menuitem", name=name).first.click()
    expect(page.get_by_role("complementary", name="Beside the map")).to_be_visible()
    page.wait_for_timeout(300)


def look_at_panels(page: Page, watch: Watch) -> None:
    """Everything that opens beside the map."""
    for name in ("Comments", "Versions", "Share", "Export", "Remarks", "Workshop"):
        beside(page, name)
        watch.look(page)
        for tab in page.get_by_role("complementary").get_by_role("tab").all():
            tab.click()
            watch.look(page)


def look_at_details(page: Page, watch: Watch) -> None:
    """Some stages, touchpoints and cards, with all their fields unfolded."""
    for kind, count in (("stages", STAGES), ("touchpoints", POINTS), ("cards", DRAWN)):
        for k in range(0, count, count // 6):
            page.locator(f'[data-outline="{kind}{k}"]').focus()
            page.keyboard.press("Control+Enter")
            side = page.get_by_role("complementary", name="Beside the map")
            expect(side.get_by_role("textbox", name=re.compile("^(Title|Says)$")).first).to_have_value(PAYLOADS[k])
            watch.look(page)


def present(page: Page, watch: Watch) -> None:
    """One slide after the other."""
    page.get_by_role("button", name="Present", exact=True).click()
    shown = page.get_by_role("dialog", name="Presentation")
    expect(shown).to_be_visible()
    for _ in range(STAGES):
        page.keyboard.press("ArrowRight")
        watch.look(page)
    expect(shown.get_by_role("heading", name=PAYLOADS[STAGES - 1], exact=True)).to_be_visible()
    watch.look(page)
    page.keyboard.press("Escape")


def test_in_lists_of_the_map_they_are_shown_and_nothing_else(served: Served, sit: Sit, map_id: str):
    page, watch = sit(), Watch()
    watch.over(page.context)
    page.add_init_script(UNFOLDED)
    page.goto(f"{served.address}/maps/{map_id}")
    beside(page, "Personas, teams, channels")
    side = page.get_by_role("complementary", name="Beside the map")
    for many in ("Personas", "Teams", "Channels", "Systems", "Campaigns"):
        side.get_by_role("tab", name=many).click()
        watch.look(page)
        for k in (0, 9):
            side.get_by_role("listitem").get_by_role("button").nth(k).click()
            side.get_by_role("button", name=many).click()
        watch.look(page)
    assert watch.did == []


def test_around_the_maps_they_are_shown_and_nothing_else(served: Served, sit: Sit, map_id: str):
    page, watch = sit(), Watch()
    watch.over(page.context)
    for path in ("/", "/members", "/tokens", "/audit", "/me"):
        page.goto(served.address + path)
        page.wait_for_load_state("networkidle")
        watch.look(page)
        body = page.locator("body").inner_text()
        assert path == "/me" or any(one in body for one in PAYLOADS), path
    assert watch.did == []


def test_behind_a_share_link_they_are_shown_and_nothing_else(served: Served, browser: Browser, map_id: str):
    with served.client() as olga:
        secret = olga.post(f"/api/maps/{map_id}/shares", json={}).raise_for_status().json()["secret"]
    watch = Watch()
    for width in (1440, 390):
        with browser.new_context(viewport={"width": width, "height": 900}) as stranger:
            watch.over(stranger)
            page = stranger.new_page()
            page.goto(f"{served.address}/shared/{secret}")
            expect(page.get_by_text(PAYLOADS[0], exact=True).filter(visible=True).first).to_be_visible()
            if width == 1440:
                assert seen_scrolling(page, page.locator(".board").first, watch) >= DRAWN
                present(page, watch)
            watch.look(page)
    assert watch.did == []


def test_exports_and_the_report_show_them_and_nothing_else(browser: Browser, tmp_path: Path):
    watch, files = Watch(), []
    for k in range(0, 300, 100):
        drawn = exhibits.hostile_map(PAYLOADS[k : k + 100])
        pages = {
            "html": export_map(drawn, "html"),
            "svg": export_map(drawn, "svg"),
            "report.html": report_html(Outline(drawn)).encode(),
        }
        files += [(f"{k}.{name}", body) for name, body in pages.items()]
    with browser.new_context() as context:
        watch.over(context)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url) if one.url.startswith("http") else None)
        for name, body in files:
            file = tmp_path / name
            file.write_bytes(body)
            page.goto(file.as_uri())
            watch.look(page)
            said = page.evaluate("document.documentElement.textContent")
            assert sum(one in said for one in PAYLOADS) > 10, name
    assert (watch.did, asked) == ([], [])


def test_typed_into_every_field_they_stay_texts(served: Served, sit: Sit):
    page, watch, given = sit(), Watch(), cycle(one for one in PAYLOADS if "\t" not in one)
    watch.over(page.context)
    page.add_init_script(UNFOLDED)
    id_ = served.new_map()
    filled = around_the_maps(served, page, given)
    page.goto(f"{served.address}/maps/{id_}")
    saved(page)
    filled |= in_the_map(page, given)
    saved(page)
    watch.look(page)
    page.reload()
    saved(page)
    watch.look(page)
    assert watch.did == []
    assert len(filled) >= 60, sorted(filled)


def type_into_all(page: Page, given: Iterator[str], *, times: int = 3) -> set[str]:
    """The names of the fields on the page; each held some of the texts, one after the other."""
    filled: set[str] = set()
    fields = (
        "input:not([type=file]):not([type=checkbox]):not([type=radio]):not([type=range]):not([type=date]), textarea"
    )
    for field in page.locator(fields).all():
        if not field.is_visible() or not field.is_editable():
            continue
        name = field.evaluate("one => one.labels?.[0]?.textContent || one.ariaLabel || one.placeholder")
        for text in islice(given, times):
            field.fill(text)
        filled.add(str(name))
    return filled


def around_the_maps(served: Served, page: Page, given: Iterator[str]) -> set[str]:
    """Pages and dialogs beside the maps, and what they make."""
    filled: set[str] = set()
    for path in ("/signin", "/me", "/members", "/tokens", "/"):
        page.goto(served.address + path)
        page.wait_for_load_state("networkidle")
        for opens in ("Invite", "New token", "Start from a template"):
            button = page.get_by_role("button", name=opens, exact=opens != "Start from a template")
            if button.count():
                button.first.click()
                page.get_by_role("dialog").get_by_role("textbox").first.wait_for()
        filled |= {f"{path} {name}" for name in type_into_all(page, given)}
        for does in ("Make the link", "Make the token"):
            if (button := page.get_by_role("button", name=does)).count():
                button.click()
                page.wait_for_timeout(200)
    return filled


PANELS = ("Comments", "Versions", "Share", "Workshop", "Personas, teams, channels")


def in_the_map(page: Page, given: Iterator[str]) -> set[str]:
    """The board, its title, find, the palette, every panel, and the details of each kind of record."""
    page.get_by_role("heading", level=1).get_by_role("button").click()
    filled = type_into_all(page, given)
    page.keyboard.press("Enter")
    for k in range(4):
        page.locator("[data-record]").nth(k * 3).dblclick()
        filled |= type_into_all(page, given, times=6)
        page.keyboard.press("Enter")
    page.keyboard.press("Control+f")
    filled |= type_into_all(page, given, times=10)
    page.keyboard.press("Escape")
    for name in PANELS:
        beside(page, name)
        filled |= {f"{name}: {one}" for one in type_into_all(page, given)}
        page.keyboard.press("Control+Enter")
    page.get_by_role("radio", name="Outline").click()
    filled |= type_into_all(page, given, times=1)
    for kind in ("Stage 1", "Touchpoint", "Card"):
        page.locator("[data-outline]").nth(("Stage 1", "Touchpoint", "Card").index(kind)).focus()
        page.keyboard.press("Control+Enter")
        side = page.get_by_role("complementary", name="Beside the map")
        expect(side).to_be_visible()
        filled |= {f"{kind}: {one}" for one in type_into_all(page, given, times=2)}
    return filled
