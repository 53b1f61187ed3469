"""Globs in rules: * is any text, ? any character, and everything else means itself."""

from __future__ import annotations

import polars as pl
import pytest

from desireline.maps.rules import Rule

EVENTS = ["pay", "pay_card", "prepay", "pay.card", "pay[1]", "two\nlines pay"]


@pytest.mark.parametrize(
    ("glob", "found"),
    [
        ("pay*", ["pay", "pay_card", "pay.card", "pay[1]"]),
        ("*pay", ["pay", "prepay", "two\nlines pay"]),
        ("*pay*", EVENTS),
        ("*p*a*y*", EVENTS),
        ("pay?card", ["pay_card", "pay.card"]),
        ("pay.*", ["pay.card"]),
        ("pay[1]", ["pay[1]"]),
        ("", []),
    ],
)
def test_a_glob_finds(glob, found):
    rule = Rule.model_validate({"event": {"glob": glob}})
    assert pl.DataFrame({"event": EVENTS}).filter(rule.expr())["event"].to_list() == found
