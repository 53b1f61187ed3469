"""A member who gets another name while a map is open goes on as before, and everybody reads the new name."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.web.company import at_map, card, joined, panel, saved
from tests.web.conftest import Sit
from tests.web.serving import Served


def test_whoever_is_renamed_while_a_map_is_open_comments_on_and_is_seen_under_the_new_name(served: Served, sit: Sit):
    id_ = served.new_map()
    olga, ana = (at_map(served, page, id_) for page in (sit(), sit(link=joined(served, "Ana Silva"))))
    card(ana, "Weighs up").click()
    expect(card(olga, "Weighs up")).to_contain_text("Ana Silva")
    with served.client() as client:
        found = next(one for one in client.get("/api/members").json() if one["name"] == "Ana Silva")
        client.patch(f"/api/members/{found['id']}", json={"name": "Ana Costa"}).raise_for_status()
    expect(card(olga, "Weighs up")).to_contain_text("Ana Costa")
    panel(ana, "Comments").get_by_label("Comment on Weighs up").fill("Too slow.")
    ana.get_by_role("button", name="Comment", exact=True).click()
    saved(ana)
    expect(ana.get_by_role("article", name="Comment by Ana Costa")).to_contain_text("Too slow.")
    expect(ana.get_by_role("button", name="Recovered copy")).to_have_count(0)
