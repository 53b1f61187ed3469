from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.recipes.numbers import plain_numbers, read_money, read_numbers


def plain(text: str, decimal=None) -> str | None:
    return plain_numbers(pl.Series([text]), decimal=decimal)[0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.5", "1234.5"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1\u202f234,567", "1234.567"),
        ("1'234.50", "1234.50"),
        ("12,5", "12.5"),
        ("0,123", "0.123"),
        ("1234,567", "1234.567"),
        ("1.234", "1.234"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        (" +7 ", "7"),
        ("-12", "-12"),
        ("−12", "-12"),
        ("12.50-", "-12.50"),
        ("(12.50)", "-12.50"),
        ("$12", "12"),
        ("-$12", "-12"),
        ("$-12", "-12"),
        ("12 €", "12"),
        ("EUR 12,50", "12.50"),
        ("R$ 1.234,50", "1234.50"),
        ("1.5e3", "1.5e3"),
        (".5", ".5"),
    ],
)
def test_numbers_as_people_and_programs_write_them(text, number):
    assert plain(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "1,234",
        "abc",
        "12 34",
        "1,2,3",
        "12,34,567.8",
        "--5",
        "(-5)",
        "-5-",
        ".",
        "-",
        "€",
        "12%",
        "nan",
        "inf",
        "٣",
        "ABC123",
    ],
)
def test_what_is_no_number_or_two_numbers_is_refused(text):
    values, reasons = read_numbers(pl.Series([text]))
    assert (values[0], reasons[0]) == (None, "bad_number")


def test_the_recipe_decides_what_can_be_read_in_two_ways():
    assert (plain("1,234", "point"), plain("1,234", "comma")) == ("1234", "1.234")
    assert (plain("1.234", "point"), plain("1.234", "comma")) == ("1.234", "1234")
    assert (plain("12,5", "point"), plain("12.5", "comma")) == (None, None)


def test_money_keeps_four_digits_and_says_when_it_does_not_fit():
    values, reasons = read_money(pl.Series(["1.23456", "0.00005", "1e2", "1" + "0" * 14, None, " "]))
    assert values.to_list()[:3] == [Decimal("1.2346"), Decimal("0.0000"), Decimal("100.0000")]
    assert reasons.to_list() == [None, None, None, "bad_number", None, None]
    assert values.dtype == pl.Decimal(18, 4)


def test_no_texts_give_no_numbers():
    assert len(read_numbers(pl.Series([], dtype=pl.String))[0]) == 0


amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=6)


@given(st.lists(amounts, min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_grouped_and_plain_amounts_mean_the_same(wanted):
    exact = [amount.quantize(Decimal("0.0001"), ROUND_HALF_EVEN) for amount in wanted]
    german = [f"{amount:,.6f}".translate(str.maketrans(",.", ".,")) for amount in wanted]
    for texts, decimal in (
        ([f"{amount:f}" for amount in wanted], None),
        ([f"{a:,.6f}" for a in wanted], "point"),
        (german, "comma"),
    ):
        values, reasons = read_money(pl.Series(texts), decimal=decimal)
        assert values.to_list() == exact
        assert reasons.null_count() == len(wanted)
