"""The map shows the journey that customers take: three ways to look at it, whose numbers, and what is not on it."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.web import states
from tests.web.company import card, saved_data
from tests.web.conftest import Sit
from tests.web.serving import Served
from tests.web.with_data import Company, looked

from desireline.draw.figures import say
from desireline.server.measured import EVERY_S


def opened(company: Company, page: Page, *, way: str = "Actual") -> Page:
    """The company's map, looked at in this way, with its numbers."""
    page.goto(f"{company.served.address}/maps/{company.map_id}")
    page.get_by_role("radio", name=way).click()
    expect(numbers(page, "Sees the delivery costs")).to_have_count(1)
    return page


def look(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="What to look at").get_by_role("button", name=name).click()


def numbers(page: Page, title: str):
    """What was measured at a touchpoint."""
    return page.get_by_role("button", name=f"Numbers of {title}.")


def reading(company: Company, measure: str, at: str, query: str = "", group: str = "") -> float:
    with company.served.client() as client:
        found = looked(client, f"/api/maps/{company.map_id}/measured{query}")["readings"]
    [one] = [row["value"] for row in found if (row["measure"], row["at"], row["group"]) == (measure, at, group)]
    return float(one)


def test_the_numbers_on_the_map_are_those_of_the_server(company: Company, sit_there: Sit):
    page = opened(company, sit_there(width=2400))
    for measure in ("reach", "drop_off"):
        expect(numbers(page, "Sees the delivery costs")).to_contain_text(
            say(reading(company, measure, "delivery_costs"), "share")
        )
    expect(card(page, "Takes the style quiz")).to_contain_text("Nobody comes")
    expect(card(page, "Walks past a store")).to_contain_text("Not measured")


def test_keys_change_the_way_and_not_the_drawing(company: Company, sit_there: Sit):
    page = opened(company, sit_there(width=2400))
    titles = page.locator(".board-title").all_inner_texts()
    card(page, "Clicks an advertisement").click()
    page.keyboard.press("3")
    expect(page.get_by_role("radio", name="Difference")).to_be_checked()
    expect(numbers(page, "Sees the delivery costs")).to_contain_text("Lost")
    page.keyboard.press("1")
    expect(page.get_by_role("radio", name="Intended")).to_be_checked()
    expect(numbers(page, "Sees the delivery costs")).to_have_count(0)
    page.keyboard.press("2")
    expect(numbers(page, "Sees the delivery costs")).to_have_count(1)
    assert page.locator(".board-title").all_inner_texts() == titles


def test_two_segments_stand_side_by_side(company: Company, sit_there: Sit):
    page = opened(company, sit_there(width=2400))
    page.get_by_label("Whose numbers").select_option("channel:mobile")
    page.get_by_label("Beside whose").select_option("channel:web")
    cell = numbers(page, "Sees the delivery costs")
    for group in ("channel:mobile", "channel:web"):
        value = reading(company, "drop_off", "delivery_costs", "?by=channel", group)
        expect(cell).to_contain_text(say(value, "share"))
    cell.click()
    panel = page.get_by_role("region", name="Sees the delivery costs")
    expect(panel.get_by_role("region", name="Mobile site")).to_be_visible()
    expect(panel.get_by_role("region", name="Web site")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="Difference").click()
    expect(page.get_by_text("Departures are those of everybody")).to_be_visible()


def test_the_worst_departure_is_named_in_the_bar_which_leads_there(company: Company, sit_there: Sit):
    with company.served.client() as client:
        found = looked(client, f"/api/maps/{company.map_id}/measured")["deviations"]
        points = {
            row["id"]: row["title"] for row in client.get(f"/api/maps/{company.map_id}/data").json()["touchpoints"]
        }
    worst = next(row for row in found if row["customers"] is not None and row["place"] in points)
    for size in ({"width": 700, "height": 700}, {"width": 390, "height": 844}):
        page = sit_there(**size)
        page.goto(f"{company.served.address}/maps/{company.map_id}")
        page.get_by_role("radio", name="Actual").click()
        chip = page.get_by_role("button", name="Worst:")
        expect(chip).to_contain_text(f"{worst['kind']} {say(worst['share'], 'share')} at “{points[worst['place']]}”")
        expect(numbers(page, points[worst["place"]])).not_to_be_in_viewport(ratio=0.9)
        chip.click()
        expect(numbers(page, points[worst["place"]])).to_be_in_viewport(ratio=0.9)
        page.get_by_label("Whose numbers").select_option("channel:web")
        expect(chip).to_have_count(0)  # it is told of everybody


def test_a_number_tells_its_interval_and_how_many_it_is_of(company: Company, sit_there: Sit):
    page = opened(company, sit_there(width=2400))
    numbers(page, "Sees the delivery costs").click()
    panel = page.get_by_role("region", name="Sees the delivery costs")
    figure = panel.get_by_role("button", name="Drop-off:")
    expect(figure).to_have_count(1)
    says = figure.get_attribute("aria-label") or ""
    assert says.startswith(f"Drop-off: {say(reading(company, 'drop_off', 'delivery_costs'), 'share')}, 95")
    assert " interval " in says
    assert " customers. Open its customers" in says


def test_a_ghost_becomes_a_touchpoint_and_then_has_numbers(company: Company, sit_there: Sit):
    page = opened(company, sit_there(width=2400))
    page.get_by_role("button", name="Add Parcel tracking view to the map").click()
    made = card(page, "Parcel tracking view")
    expect(made).to_be_visible()
    [point] = [row for row in saved_data(company.served, page)["touchpoints"] if row["title"] == "Parcel tracking view"]
    assert point["when"] == {"event": "parcel_tracking_view"}
    expect(page.get_by_role("region", name="Not on the map")).not_to_contain_text("Parcel tracking view")
    expect(numbers(page, "Parcel tracking view")).to_contain_text("Reach")


def test_what_was_decided_stands_beside_the_card(company: Company, sit_there: Sit):
    target = {"measure": "drop_off", "at": "delivery_costs", "direction": "down"}
    told = {"title": "Say the costs earlier", "target": target}
    with company.served.client() as client:
        client.post(f"/api/maps/{company.map_id}/initiatives", json=told).raise_for_status()
    page = opened(company, sit_there(width=2400))
    expect(card(page, "Sees the delivery costs")).to_contain_text("Say the costs earlier: proposed")


def test_what_is_looked_at_stands_in_the_address(company: Company, sit_there: Sit):
    page = opened(company, sit_there(width=2400))
    at = page.get_by_role("navigation", name="What to look at")
    at.get_by_role("button", name="Voice").click()
    expect(page.get_by_role("heading", name="Voice")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Voice")).to_be_visible()
    at.get_by_role("button", name="Customers").click()
    expect(page.get_by_role("heading", name="Customers", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Voice")).to_be_visible()
    at.get_by_role("button", name="Map").click()
    expect(page.get_by_role("grid")).to_be_visible()
    assert page.url.endswith(f"/maps/{company.map_id}#way=actual")
    page.get_by_role("radio", name="Difference").click()
    page.get_by_label("Whose numbers").select_option("channel:web")
    at.get_by_role("button", name="Data").click()
    expect(page.get_by_role("heading", name="Data", exact=True)).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_role("radio", name="Difference")).to_be_checked()
    expect(page.get_by_label("Whose numbers")).to_have_value("channel:web")


def test_a_touchpoint_that_loses_its_rule_while_one_looks_elsewhere_is_not_as_intended(
    company: Company, sit_there: Sit
):
    page = opened(company, sit_there(width=7600))
    cell = numbers(page, "Writes a review")
    expect(cell).to_contain_text("Emotion")
    expect(cell).not_to_contain_text("–")
    look(page, "Flow")
    with company.served.client() as client:
        path = f"/api/maps/{company.map_id}/file"
        text = client.get(path).text
        without = text.replace("    when: {event: review written}\n", "")
        assert without != text
        client.put(path, json={"text": without}).raise_for_status()
    look(page, "Map")
    expect(cell).to_contain_text("Reach–")  # answers tell what customers feel there, no event that they come
    page.get_by_role("radio", name="Difference").click()
    expect(cell).to_have_text("Numbers of Writes a review. Not measured")


def test_the_outline_is_there_again_after_a_look_at_the_findings(company: Company, sit_there: Sit):
    page = opened(company, sit_there(width=2400))
    outline = page.get_by_role("radio", name="Outline")
    outline.click()
    for back in (page.go_back, lambda: look(page, "Map")):
        look(page, "Findings")
        expect(page.get_by_role("heading", name="Findings", exact=True)).to_be_visible()
        back()
        expect(outline).to_be_checked()


def test_a_map_is_measured_once_when_it_is_opened(company: Company, sit_there: Sit):
    page = sit_there()
    told: list[int] = []
    page.on("response", lambda answer: told.append(answer.status) if "/measured" in answer.url else None)
    page.goto(f"{company.served.address}/maps/{company.map_id}#way=actual")
    expect(page.get_by_role("button", name="Truth")).to_be_visible()  # it is asked for two seconds later
    assert told in ([200], [202, 200])  # a server that still works on the answer is asked for it again


def test_on_a_phone_nothing_stands_over_what_one_asked_for(company: Company, sit_there: Sit):
    page = sit_there(width=390, height=844)
    page.goto(f"{company.served.address}/maps/{company.map_id}#way=difference&group=channel%3Aweb")
    expect(page.get_by_text("Departures are those of everybody, all the time")).to_be_in_viewport(ratio=1)
    numbers(page, "Sees the delivery costs").click()
    panel = page.get_by_role("complementary", name="Beside the map")
    panel.get_by_role("button", name="Drop-off:").first.click()
    expect(panel).to_have_count(0)
    expect(page.get_by_role("heading", name="Customers", exact=True)).to_be_visible()
    expect(page.get_by_role("main")).to_be_focused()


def test_on_a_phone_the_three_ways_are_in_sight_without_scrolling(company: Company, sit_there: Sit):
    page = sit_there(width=390, height=844)
    page.goto(f"{company.served.address}/maps/{company.map_id}")
    ways = page.get_by_role("radiogroup", name="Journey")
    for way in ("Actual", "Difference", "Intended"):
        ways.get_by_role("radio", name=way).click()
        expect(ways.get_by_role("radio", name=way)).to_be_checked()
        expect(ways).to_be_in_viewport(ratio=1)
    views = page.get_by_role("navigation", name="What to look at")
    expect(views.get_by_role("button", name="Map")).to_be_in_viewport(ratio=1)


def test_what_is_said_of_a_way_stands_alone_above_the_tools(company: Company, sit_there: Sit):
    page = opened(company, sit_there(width=2400))
    for key in "132":
        page.keyboard.press(key)
    said = page.get_by_role("region", name="Messages").get_by_role("listitem")
    expect(said).to_have_text(["Actual. What customers do, in numbers."])
    expect(page.get_by_role("region", name="Not on the map")).to_be_visible()
    page.wait_for_function(
        """() => {
          const [said, tools] = [".kit-toast", "[role=toolbar]"].map(one => document.querySelector(one));
          return said.getBoundingClientRect().bottom <= tools.getBoundingClientRect().top;
        }"""
    )


def test_without_data_the_map_says_so_and_stays_as_it_is(served: Served, sit: Sit):
    page = sit()
    page.goto(f"{served.address}/maps/{served.new_map()}")
    page.get_by_role("radio", name="Actual").click()
    expect(page.get_by_text("Nothing was imported into this workspace yet")).to_be_visible()
    expect(card(page, "Weighs up")).to_be_visible()


def test_data_that_landed_while_there_was_no_connection_are_on_the_map_afterwards(served: Served, sit: Sit):
    page = sit()
    page.goto(f"{served.address}/maps/{states.new_map(served)}")
    page.get_by_role("radio", name="Actual").click()
    expect(page.get_by_text("Nothing was imported into this workspace yet")).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("Offline").first).to_be_visible()
    states.bring(served.desk.folder, web=states.visits(60))
    page.wait_for_timeout(3 * EVERY_S * 1000)  # whoever is there has heard of it
    page.context.set_offline(False)
    expect(numbers(page, "Cart")).to_have_count(1)
