"""The report: whole, closed, readable, and silent about small groups."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import polars as pl
import pytest

from desireline.draw.palette import DARK, LIGHT, MARK_PAIRS, TEXT_PAIRS, contrast
from desireline.draw.report import report_css, report_html
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.tables import READINGS

from .sample import SampleCoverage, sample_ledger, sample_meta, sample_outline, sample_readings

VOID = {"br", "col", "hr", "img", "input", "link", "meta"}


class Page(HTMLParser):
    """What a page holds: ids, links, headings, tables, texts; and whether its elements are closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "script" not in self.open and "style" not in self.open:
            self.texts.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    def attributes(self, name):
        return [attrs[name] for _, attrs in self.tags if name in attrs]

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


@pytest.fixture(scope="module")
def page() -> str:
    return report_html(sample_outline(), sample_readings(), sample_ledger(), SampleCoverage(), sample_meta())


def test_every_element_is_closed_in_order(page):
    assert Page(page).open == []


def test_the_same_input_gives_the_same_bytes(page):
    again = report_html(sample_outline(), sample_readings(), sample_ledger(), SampleCoverage(), sample_meta())
    assert again == page


def test_nothing_is_loaded_from_anywhere(page):
    found = Page(page)
    assert [
        name for name in ("src", "srcset", "action", "formaction", "poster", "data") if found.attributes(name)
    ] == []
    assert [href for href in found.attributes("href") if not href.startswith("#")] == []
    assert re.findall(r"@import|url\((?!#)", page) == []
    assert "http://" not in page
    assert "https://" not in page
    assert [attrs for attrs in found.all("meta") if "default-src 'none'" in (attrs.get("content") or "")]


def test_ids_are_unique_and_every_link_has_its_end(page):
    found = Page(page)
    ids = found.attributes("id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in found.attributes("href")} <= set(ids)
    assert set(found.attributes("aria-labelledby")) <= set(ids)
    assert set(re.findall(r"url\(#([\w-]+)\)", page)) <= set(ids)


def test_headings_go_down_one_step_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in Page(page).tags if re.fullmatch(r"h[1-6]", tag) and tag != "h4"]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_scopes(page):
    found = Page(page)
    assert len(found.all("caption")) == len(found.all("table")) > 10
    assert {attrs.get("scope") for attrs in found.all("th")} <= {"row", "col", "colgroup"}


def test_landmarks_and_a_way_past_the_head_are_there(page):
    found = Page(page)
    for landmark in ("header", "nav", "main", "footer"):
        assert len(found.all(landmark)) == 1
    assert found.all("a")[0]["class"] == "skip"
    assert found.all("html") == [{"lang": "en"}]


def test_the_summary_says_who_how_many_arrive_and_what_matters(page):
    text = Page(page).text.replace("\u202f", " ").replace("\u00a0", " ")
    for sentence in (
        "4,000 customers made 5,212 journeys between 1 April 2025 and 31 March 2026; 311 of them are still under way.",
        "Of the journeys that are over, 43.1 % reached “Parcel arrives” (95 % interval 41.5–44.7 %); "
        "most are lost at “Delivery costs shown”, 1,204 journeys.",
        "The deviation that matters most: 447 journeys (8.6 % of those that could) have to wait longer at "
        "“Parcel arrives” than promised (402 customers). "
        "With it, score is 1.87 lower and value is 6.40 lower.",
    ):
        assert sentence in text


def test_a_group_of_fewer_than_five_is_never_printed():
    secret = 0.123456
    rows = [("conversion", "clothing", "persona:gift", "", secret, 0.111, 0.222, 3, "share", "")]
    readings = pl.DataFrame(rows, schema=dict(READINGS.columns), orient="row")
    html = report_html(sample_outline(), readings, sample_ledger(), SampleCoverage(), sample_meta())
    text = Page(html).text
    assert "12.3" not in text
    assert "11.1" not in text
    assert "internal_test" in text  # 38 events of 3 customers
    assert " 38 " not in text
    assert "deviation-10" not in html  # the ledger's row about three customers
    assert "1 row about fewer than 5 customers is not shown" in text


def test_a_part_hidden_to_protect_another_does_not_tell_its_size():
    note = "hidden to protect a smaller group"
    rows = [("conversion", "clothing", "persona:gift", "", None, None, None, 7777, "share", note)]
    readings = pl.DataFrame(rows, schema=dict(READINGS.columns), orient="row")
    html = report_html(sample_outline(), readings)
    assert "7,777" not in html
    assert note in html


def test_a_map_alone_makes_a_calm_report():
    html = report_html(sample_outline())
    text = Page(html).text
    assert Page(html).open == []
    assert "This map has not been measured yet" in text
    map_ = html.partition('id="map"')[2].partition('id="feeling"')[0]
    assert "hatched" not in map_
    assert "url(#hatch)" not in map_


@pytest.mark.parametrize("stages", [[], [{"id": "only", "title": "Only"}]])
def test_an_empty_map_makes_a_report(stages):
    outline = Outline(Map.model_validate({"map": {"id": "m", "title": "Empty"}, "stages": stages}))
    html = report_html(outline, READINGS.empty(), pl.DataFrame(), None, None)
    assert Page(html).open == []
    assert "Empty" in html


def test_hostile_text_stays_text():
    attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\x00"
    outline = Outline(
        Map.model_validate(
            {
                "map": {"id": "m", "title": attack, "purpose": attack, "owner": attack},
                "stages": [{"id": "s", "title": attack, "customer_goal": attack}],
                "touchpoints": [{"id": "t", "stage": "s", "title": attack, "when": {"event": "t"}}],
                "cards": [{"id": "c", "at": "t", "lane": "quote", "says": attack}],
            }
        )
    )
    ledger = pl.DataFrame(
        {"kind": [attack], "place": [attack], "customers": [9], "examples": [[attack]], "says": [attack]}
    )
    rows = [("nps", "t", f"property:{attack}={attack}", attack, 1.0, 0.0, 2.0, 50, "points", attack)]
    readings = pl.DataFrame(rows, schema=dict(READINGS.columns), orient="row")
    html = report_html(outline, readings, ledger)
    found = Page(html)
    assert len(found.all("script")) == 1
    assert found.all("img") == []
    assert found.attributes("onerror") == []
    assert "\x00" not in html


def test_forty_touchpoints_stand_on_one_map():
    many = [{"id": f"t{k}", "stage": "s", "title": f"Touchpoint {k}", "when": {"event": f"t{k}"}} for k in range(40)]
    outline = Outline(
        Map.model_validate(
            {"map": {"id": "m", "title": "Wide"}, "stages": [{"id": "s", "title": "S"}], "touchpoints": many}
        )
    )
    html = report_html(outline, sample_readings())
    assert "--columns:40" in html
    assert html.count("sheet 5 of 5") == 1


@pytest.mark.parametrize(("name", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_text_has_contrast_enough(name, colours):
    measured = {(one, other): contrast(colours[one], colours[other]) for one, other in (*TEXT_PAIRS, *MARK_PAIRS)}
    assert [pair for pair in TEXT_PAIRS if measured[pair] < 4.5] == []
    assert [pair for pair in MARK_PAIRS if measured[pair] < 3] == []


def test_stylesheets_use_only_the_colours_of_the_palette():
    css = report_css()
    assert set(re.findall(r"var\(--([a-z-]+)\)", css)) - {"columns", "head"} <= set(LIGHT)
    assert set(LIGHT) == set(DARK)


def test_contrast_agrees_with_the_known_extremes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
