"""Topics in the report: cards with quotes, needs and issues, and nothing that would need a script."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import polars as pl
import pytest

from desireline.draw.sections.topics import MOST_CARDS, say_cost_ends, topics_section
from desireline.voice.topics.gathered import Gathering
from desireline.voice.topics.topics import FoundTopics, Topics
from voice.talk import a_map, talk

SHOP = a_map(
    {"id": "arrives", "title": "Parcel <arrives>", "about": "The courier brings the parcel, late or not"},
    {"id": "pay", "title": "Pays"},
)


@pytest.fixture(scope="module")
def found() -> FoundTopics:
    """240 customers on four themes; those who speak of late parcels are at the parcel, and give fewer stars."""
    late = pl.col("theme") == "late"
    spoken = talk(240).with_columns(
        places=pl.when(late).then(pl.lit(["arrives"])).otherwise(pl.lit(["pay"])),
        kind=pl.lit("ticket"),
        score=pl.when(late).then(0.2).otherwise(0.7),
        low=pl.lit(1.0),
        high=pl.lit(5.0),
        sentiment=pl.when(late).then(-1.5).otherwise(0.0),
    )
    return Topics(SHOP, Gathering(number=4)).finish(spoken)


class Opened(HTMLParser):
    """Which elements are open; fails where one is closed that is not."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.met: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        self.met.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_each_topic_has_a_card_with_its_name_share_quotes_and_places(found: FoundTopics):
    section = topics_section(found, SHOP)
    assert section is not None
    html = section.html()
    page = Opened()
    page.feed(html)
    assert page.open == []
    assert page.met.count("article") == 4
    assert "script" not in page.met
    for name in found.topics["name"]:
        assert name in html
    for quote in found.quotes["quote"]:
        assert quote in html
    assert "Parcel &lt;arrives&gt;" in html
    assert "−2.00" in html  # of five stars
    assert "Unmet needs" in html
    assert "Common issues of service contacts" in html


def test_topics_beyond_the_cards_stand_in_a_table(found: FoundTopics):
    many = pl.concat([found.topics] * 5).with_columns(id=pl.int_range(20).cast(pl.String))
    section = topics_section(
        FoundTopics(
            "shop",
            "fast",
            answers=9,
            customers=9,
            topics=many,
            periods=found.periods.clear(),
            bursts=found.bursts.clear(),
            quotes=found.quotes.clear(),
            issues=found.issues.clear(),
        ),
        SHOP,
    )
    assert section is not None
    html = section.html()
    assert html.count("<article") == MOST_CARDS
    assert "Further topics" in html


def test_too_few_texts_are_told_and_no_question_gives_no_section():
    section = topics_section(FoundTopics("shop", "fast", note="not enough data: 3 different texts here"), SHOP)
    assert section is not None
    assert "not enough data: 3 different texts here" in section.html()
    assert topics_section(None, SHOP) is None


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [(None, 5.0, ""), (3.0, None, ""), (3.0, 5.0, "3–5"), (-5.0, 1234.0, "−5 to 1,234"), (None, None, "")],
)
def test_both_ends_of_a_cost_are_said_or_none(low: float | None, high: float | None, says: str):
    assert say_cost_ends({"cost_low": low, "cost_high": high}) == says


def test_costs_below_zero_draw(found: FoundTopics):
    odd = replace(found, issues=found.issues.with_columns(cost=-900.0, cost_low=-1200.0, cost_high=None))
    html = topics_section(odd, SHOP).html()  # type: ignore[union-attr]
    assert "−900" in html


def test_notes_of_staff_are_called_so(found: FoundTopics):
    notes, some = replace(found, staff=240), replace(found, staff=7, left_out=0)
    assert "notes of staff or interviewers, not of customers" in topics_section(notes, SHOP).html()  # type: ignore[union-attr]
    assert "7 of these answers are notes of staff" in topics_section(some, SHOP).html()  # type: ignore[union-attr]
    assert "notes of staff" not in topics_section(found, SHOP).html()  # type: ignore[union-attr]


def test_the_same_topics_draw_the_same_bytes(found: FoundTopics):
    assert topics_section(found, SHOP).html() == topics_section(found, SHOP).html()  # type: ignore[union-attr]
