"""Two people edit one map."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.web.company import card, saved
from tests.web.conftest import Sit
from tests.web.serving import Served


def test_what_one_types_the_other_sees(served: Served, sit: Sit):
    id_ = served.new_map()
    ana, ben = sit(), sit()
    for page in (ana, ben):
        page.goto(f"{served.address}/maps/{id_}")
        expect(card(page, "Reads reviews")).to_be_visible()
    card(ana, "Reads reviews").dblclick()
    ana.keyboard.press("End")
    ana.keyboard.type(" twice")
    expect(card(ben, "Reads reviews twice")).to_be_visible()
    saved(ana)
