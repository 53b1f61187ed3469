"""Details: every field of every record, as people think of them, changed by hand and kept by the server."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect
from tests.web.company import beside, saved_data
from tests.web.conftest import Sit
from tests.web.serving import Served

from desireline.measures.catalog import CATALOG


def opened(served: Served, sit: Sit, record: str | None = None, **how: Any) -> Page:
    """A page with the details of a record of the outline; of the map when none is named."""
    page = sit(**how)
    page.goto(f"{served.address}/maps/{served.new_map()}")
    page.get_by_role("radio", name="Outline").click()
    page.get_by_label("Stage 1", exact=True).wait_for()
    if record:
        page.locator(f'[data-outline="{record}"]').focus()
    page.keyboard.press("Control+Enter")
    expect(beside(page)).to_be_visible()
    return page


def unfold(page: Page, *groups: str) -> None:
    """The groups of fields are open."""
    for name in groups:
        group = beside(page).get_by_role("button", name=re.compile(f"^{name}"))
        if group.get_attribute("aria-expanded") == "false":
            group.click()


def record(served: Served, page: Page, id_: str) -> dict[str, Any]:
    """A record without its place in the order."""
    whole = saved_data(served, page)
    records = [one for section in whole.values() if isinstance(section, list) for one in section]
    found = next(one for one in records if one["id"] == id_)
    return {name: value for name, value in found.items() if name not in ("order", "deleted")}


def test_a_touchpoint_is_described_as_people_think_of_it(served: Served, sit: Sit):
    page = opened(served, sit, "confirmed")
    before = record(served, page, "confirmed")
    side = beside(page)
    side.get_by_label("Title").fill("Gets a confirmation")
    side.get_by_role("textbox", name="About").fill("By mail, and in the app.")
    side.get_by_role("button", name="Optional").click()
    side.get_by_label("Channels").get_by_role("button", name="Remove App").click()
    side.get_by_role("combobox", name="Channels").select_option("Phone")
    side.get_by_label("Team", exact=True).select_option("Front desk")
    side.get_by_role("combobox", name="Systems").select_option("New system…")
    side.get_by_placeholder("Name of the new system").fill("Mailer")
    page.keyboard.press("Enter")
    side.get_by_role("radio", name="Back stage").click()
    side.get_by_role("radio", name="Customer").click()
    unfold(page, "Promise")
    side.get_by_label("Within", exact=True).fill("15 m")
    side.get_by_label("In words that a customer hears").click()
    side.get_by_label("Effort", exact=True).select_option("CES")
    side.get_by_label("Effort: level").fill("5,5")
    page.keyboard.press("Enter")
    made = [one["id"] for one in saved_data(served, page)["systems"] if one.get("title") == "Mailer"]
    assert record(served, page, "confirmed") == {
        "id": "confirmed",
        "stage": "booking",
        "title": "Gets a confirmation",
        "about": "By mail, and in the app.",
        "optional": True,
        "channels": ["email", "phone"],
        "team": "front",
        "systems": made,
        "front": False,
        "when": before["when"],
        "promise": {
            "says": "Your confirmation comes at once.",
            "time": {"within": "15m", "after": "book"},
            "effort": {"measure": "ces", "at_least": 5.5},
        },
    }


def test_a_binding_rule_is_taken_only_when_it_can_be_read(served: Served, sit: Sit):
    page = opened(served, sit, "book")
    unfold(page, "Data and KPIs")
    rule = beside(page).get_by_label("Which events are visits here")
    before = record(served, page, "book")["when"]
    rule.fill('any: [{event: {globb: "*book*"}}]')
    page.keyboard.press("Enter")
    expect(beside(page).get_by_role("alert")).to_contain_text("A test has no “globb”. Did you mean “glob”?")
    assert record(served, page, "book")["when"] == before
    rule.fill('event: [booked, "book: now"], channel: web')
    page.keyboard.press("Enter")
    expect(beside(page).get_by_text("Where event is “booked” or “book: now”, and channel is “web”.")).to_be_visible()
    assert record(served, page, "book")["when"] == {"event": ["booked", "book: now"], "channel": "web"}


def test_links_are_made_by_choosing_touchpoints(served: Served, sit: Sit):
    page = opened(served, sit, "book")
    unfold(page, "Links")
    side = beside(page)
    side.get_by_label("May follow directly: add").select_option("Checks out")
    side.get_by_label("Instead of it: add").select_option("Tells a wish")
    side.get_by_label("Instead of it: add").select_option("Arrives")
    links = [one for one in saved_data(served, page)["links"] if "book" in (one.get("from"), *one.get("among", []))]
    assert [{name: one[name] for name in ("kind", "from", "to", "among") if one.get(name)} for one in links] == [
        {"kind": "then", "from": "book", "to": "check_out"},
        {"kind": "alternative", "among": ["book", "wish", "arrival"]},
    ]
    side.get_by_role("list", name="May follow directly").get_by_role("button", name="Remove Checks out").click()
    expect(side.get_by_role("list", name="May follow directly")).to_have_count(0)


def test_a_deleted_team_is_named_by_nothing_and_comes_back_whole(served: Served, sit: Sit):
    page = opened(served, sit)
    beside(page).get_by_role("button", name="Teams").click()
    beside(page).get_by_role("button", name="House technics").click()
    before = saved_data(served, page)
    beside(page).get_by_role("button", name="Delete team").click()
    asked = page.get_by_role("dialog", name="Delete “House technics”?")
    expect(asked).to_contain_text("It is named by 2 touchpoints; those stay and name it no more.")
    asked.get_by_role("button", name="Delete").click()
    after = saved_data(served, page)
    assert [one["id"] for one in after["touchpoints"] if one.get("team") == "technics"] == []
    assert [one["id"] for one in after["teams"] if one.get("deleted")] == ["technics"]
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect(beside(page).get_by_role("button", name="House technics")).to_be_visible()
    assert saved_data(served, page) == before


def test_a_list_is_typed_name_by_name(served: Served, sit: Sit):
    page = opened(served, sit)
    beside(page).get_by_role("button", name="Channels").click()
    name = beside(page).get_by_role("textbox", name="Name of a new channel")
    for title in ("Letter", "Fax"):
        name.fill(title)
        page.keyboard.press("Enter")
    assert [one["title"] for one in saved_data(served, page)["channels"]][-2:] == ["Letter", "Fax"]
    beside(page).get_by_role("button", name="Fax").click()
    beside(page).get_by_label("Add: name").fill("telefax")
    page.keyboard.press("Enter")
    assert [one.get("names") for one in saved_data(served, page)["channels"]][-1] == ["telefax"]


def test_a_card_says_of_whom_how_bad_and_why_we_believe_it(served: Served, sit: Sit):
    page = opened(served, sit, "room_choice.pain")
    side = beside(page)
    side.get_by_role("radio", name="High").click()
    side.get_by_label("Whose").select_option("Boris, on business")
    side.get_by_label("Why we believe it").select_option("An observation: somebody looked")
    side.get_by_label("By whom").fill("Ana")
    side.get_by_label("On", exact=True).fill("2026-05-02")
    side.get_by_label("Note").fill("Six interviews")
    page.keyboard.press("Enter")
    assert record(served, page, "room_choice.pain") == {
        "id": "room_choice.pain",
        "at": "room_choice",
        "lane": "pain",
        "says": "Eleven rates for one room",
        "severity": "high",
        "persona": "business",
        "evidence": {"kind": "observation", "by": "Ana", "on": "2026-05-02", "note": "Six interviews"},
    }


def test_the_map_says_what_it_is_for_and_when_it_is_looked_at_again(served: Served, sit: Sit):
    page = opened(served, sit)
    side = beside(page)
    side.get_by_label("What it is for").fill("Fewer calls.")
    unfold(page, "Review", "Journeys", "Data and KPIs")
    side.get_by_label("Look at it again every … days").fill("0")
    expect(side.get_by_role("alert")).to_contain_text("A whole number of days, from 1.")
    side.get_by_label("Look at it again every … days").fill("30")
    side.get_by_label("What is one journey?").select_option("A new one after a long silence")
    side.get_by_label("Silence that ends it").fill("2w")
    side.get_by_label("It succeeded when it came to: add").select_option("Books again")
    side.get_by_label("Currency").fill("chf")
    page.keyboard.press("Enter")
    head = saved_data(served, page)["map"]
    assert {name: head[name] for name in ("purpose", "review", "journey", "currency")} == {
        "purpose": "Fewer calls.",
        "review": {"every_days": 30},
        "journey": {"by": "silence", "silence": "2w", "patience": "30d", "success": ["check_out", "come_back"]},
        "currency": "CHF",
    }


def test_a_picture_is_sent_shown_and_taken_away(served: Served, sit: Sit):
    page = opened(served, sit, "room")
    unfold(page, "Picture")
    side = beside(page)
    side.get_by_label("Choose a picture").set_input_files(
        {"name": "room.png", "mimeType": "image/png", "buffer": b"no picture"}
    )
    expect(side.get_by_role("alert")).to_be_visible()
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    side.get_by_label("Choose a picture").set_input_files(
        {"name": "room.png", "mimeType": "image/png", "buffer": drawn.getvalue()}
    )
    shown = side.get_by_role("img", name="Belongs to “Enters the room”")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])") == [40, 30]
    side.get_by_role("button", name="Remove", exact=True).click()
    assert "image" not in record(served, page, "room")


def test_two_people_type_in_one_text_and_the_caret_stays(served: Served, sit: Sit):
    ana = opened(served, sit, "book")
    ben = sit()
    ben.goto(ana.url)
    ben.get_by_role("radio", name="Outline").click()
    title = beside(ana).get_by_label("Title")
    title.focus()
    ana.keyboard.press("End")
    ben.locator('[data-outline="book"]').focus()
    ben.keyboard.press("Home")
    ben.keyboard.type("Really ")
    expect(title).to_have_value("Really Books")
    ana.keyboard.type(" a room")
    expect(ben.locator('[data-outline="book"]')).to_have_value("Really Books a room")


def test_every_measure_that_is_offered_exists():
    source = Path(__file__).parents[2] / "web" / "src" / "maps" / "measures.ts"
    offered = re.findall(r'\["(\w+)", "', source.read_text("utf-8"))
    assert offered
    assert [name for name in offered if name not in CATALOG] == []


def test_who_changed_a_record_is_asked_only_where_somebody_looks(served: Served, sit: Sit):
    page = opened(served, sit, "room")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/edits" in request.url else None)
    expect(beside(page).get_by_label("Title")).to_have_value("Enters the room")
    page.wait_for_timeout(500)
    assert asked == []
    unfold(page, "Who changed this")
    expect(beside(page).get_by_text("Nobody has changed this here yet.")).to_be_visible()
    assert len(asked) == 1
