"""Amounts of money in a suggestion: known by their name, in their currency, with the decimal mark of the cells."""

from __future__ import annotations

import polars as pl
import pytest

from desireline.recipes.suggest import Preview, suggest
from desireline.recipes.suggest.figures import read_figures

from .suggesting import preview, suggested


def sales(name: str, *cells: str) -> str:
    """A log in which only purchases have an amount."""
    rows = [f"c{n} | pay | 2026-03-0{n}T10:00Z | {cell}" for n, cell in enumerate(cells, 1)]
    return "\n".join([f"customer_id | event | at | {name}", *rows, "c1 | look | 2026-03-01T09:00Z |"])


def taken(name: str, *cells: str) -> tuple[object, object, object]:
    """The value, its currency, and the decimal mark of the source."""
    recipe = suggested(sales(name, *cells)).recipe
    table = recipe["tables"]["log"]
    return table["events"][0].get("value"), table.get("currency"), recipe["sources"]["log"].get("decimal")


@pytest.mark.parametrize(
    ("name", "currency"),
    [
        *((name, None) for name in ("amount", "Betrag", "Preis", "Umsatz", "montant", "Prix", "importe", "Precio")),
        *(
            (name, None)
            for name in ("valor", "preço", "bedrag", "importo", "prezzo", "total", "revenue", "Montant TTC")
        ),
        *((name, "EUR") for name in ("amount_eur", "amountEUR", "Betrag (€)", "EUR", "umsatz in euro", "price_eur")),
        *(("price_usd", "USD"), ("Valor (R$)", "BRL"), ("GBP amount", "GBP"), ("total chf", "CHF")),
    ],
)
def test_an_amount_is_known_by_its_name_and_its_currency_too(name, currency):
    assert taken(name, "12.50", "3") == (name, currency, None)


def test_the_reason_of_a_currency_is_said():
    found = suggested(sales("amount_eur", "12.50", "3"))
    assert [(r.role, r.why) for r in found.reasons if r.column == "amount_eur"] == [
        ("value", "a number, named like money"),
        ("currency", "EUR; the name says it"),
    ]


@pytest.mark.parametrize("name", ["eur_usd_rate", "%", "payload", "eur_usd"])
def test_other_numbers_are_no_amounts(name):
    assert taken(name, "12.50", "3") == (None, None, None)


@pytest.mark.parametrize(
    ("cells", "currency", "decimal"),
    [
        (("881,52", "12"), None, "comma"),
        (("1.049,90 €", "12 €"), "EUR", "comma"),
        (("1,049.90", "12.00"), None, "point"),
        (("$12.50", "$3.00"), None, "point"),
        (("€ 12", "€ 3"), "EUR", None),
        (("USD 12.50", "USD 3.10"), "USD", "point"),
    ],
)
def test_amounts_are_read_as_people_write_them(cells, currency, decimal):
    assert taken("amount", *cells) == ("amount", currency, decimal)


@pytest.mark.parametrize("cells", [("1,234", "12"), ("12 €", "$13"), ("12 or 13", "3"), ("1,5;2", "3")])
def test_what_can_be_read_in_two_ways_or_not_at_all_is_no_amount(cells):
    assert taken("amount", *cells) == (None, None, None)


def test_addresses_of_machines_are_no_figures():
    assert read_figures(pl.Series(["192.168.100.200", "192.168.100.201"])) is None


def test_a_column_that_names_one_currency_tells_it_and_one_that_names_two_does_not():
    def log(second: str) -> str:
        return (
            "customer_id | event | at | amount | currency\n"
            f"a | pay | 2026-03-01T10:00Z | 12.50 | CHF\nb | buy | 2026-03-02T10:00Z | 3 | {second}"
        )

    assert suggested(log("CHF")).recipe["tables"]["log"]["currency"] == "CHF"
    assert "currency" not in suggested(log("EUR")).recipe["tables"]["log"]


def test_the_mark_is_left_out_where_another_column_is_written_with_the_other_one():
    rows = "\n".join(f"o{n} | c{n} | 2026-03-0{n}T10:00Z" for n in range(1, 5))
    orders = preview(f"order_id | customer_id | placed_at\n{rows}", "orders.csv")
    cells = "\n".join(f"o{n % 4 + 1} | {n},50 | {n}.50" for n in range(8))
    items = preview(f"order_id | price | payment_value\n{cells}", "items.csv")
    both = suggest({"orders": orders, "items": items}).recipe["sources"]["items"]
    alone = Preview("items.csv", items.rows.drop("payment_value"))
    one = suggest({"orders": orders, "items": alone}).recipe["sources"]["items"]
    assert (both.get("decimal"), one.get("decimal")) == (None, "comma")


def test_a_score_with_a_decimal_comma_is_on_its_scale():
    rows = "\n".join(f"c{n} | {n % 4 + 1},5 | 2026-03-0{n}T10:00Z" for n in range(1, 9))
    found = suggested(f"customer_id | rating | answered_at\n{rows}", scales={"rating": (1, 5)})
    assert found.recipe["sources"]["log"]["decimal"] == "comma"
    answer = found.recipe["tables"]["log"]["answers"][0]
    assert (answer["low"], answer["high"], answer.get("not_answers", [])) == (1, 5, [])
