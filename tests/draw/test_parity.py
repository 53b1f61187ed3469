"""The section on parity: verdicts in words, differences with their intervals."""

from __future__ import annotations

from datetime import date

import polars as pl

from desireline.draw.sections.parity import parity_section, say_facts, say_parity
from desireline.voice.parity.facts import Fact, compare_facts
from desireline.voice.parity.paper import Drawn
from voice.sides import SHOP, channels, parity

from .test_report import Page

FACTS = [
    Fact("fee", "pay", "web", "free", date(2026, 3, 1)),
    Fact("fee", "pay", "store", "€ 2 <a visit>", date(2026, 1, 1)),
]


def test_a_worse_channel_is_told_first_and_in_words():
    found = parity(channels(1, 400, web=0.5, store=0.8))
    gap = 100 * found.found[0].compared.difference.value
    assert say_parity(found) == (
        "Satisfied: 1 comparison, 1 different, 0 consistent, 0 with not enough data. "
        f"“Pays”: Web is {gap:.1f} points worse than Store."
    )
    page = Page(parity_section([found], SHOP).html())
    assert page.open == []
    assert "different: Web is" in page.text
    assert "Store against Web" in page.text
    assert "the same means within 5.0 pp" in page.text


def test_levels_of_feeling_are_told_with_their_sign():
    rows = channels(1, 60, web=0.5, store=0.5).with_columns(pl.lit(10_000, pl.Int64).alias("x"))
    page = Page(parity_section([parity(rows, measure="feeling")], SHOP).html())
    assert "+1.0 against +1.0" in page.text
    assert "the same means within 0.20" in page.text


def test_nothing_to_compare_is_said():
    found = parity(channels(1, 40, web=0.5), measure="kept")
    assert "nothing to compare" in say_parity(found)
    assert Page(parity_section([found], SHOP).html()).open == []


def test_facts_and_promises_on_paper_stand_below():
    facts = compare_facts(FACTS, SHOP)
    drawn = [Drawn("pay", "web", "Web", "time", "within 5m", "within 4h")]
    page = Page(parity_section([], SHOP, facts=facts, paper=drawn).html())
    assert "€ 2 <a visit>" in page.text
    assert "stale" in page.text
    assert "Pays: time: within 5m (Web), within 4h (elsewhere)." in page.text
    assert say_facts(facts).startswith(
        "1 promised fact: 0 told alike everywhere, 1 not. “fee” (Pays): Store still says"
    )
