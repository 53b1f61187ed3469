"""Customers cleaned: what is known of each customer beside what they did and said."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from desireline.recipes.cleaned import Cleaned, keep
from desireline.recipes.records import CustomerTable, Recipe
from desireline.recipes.rows import Rows
from desireline.tables import CUSTOMERS


def clean_customers(
    rows: pl.DataFrame, table: CustomerTable, recipe: Recipe, *, name: str, file: str, bare: Collection[str] = ()
) -> Cleaned:
    """Every row has become one description of a customer, or is refused (`no_customer`, `no_partner`).

    Several rows about one customer stay several here; the lake makes one of them, property by property.
    """
    batch = Rows(rows, table, recipe, bare=bare)
    customer = batch.need(table.customer, "no_customer")
    records = pl.DataFrame(
        {
            "customer_id": customer,
            "properties": batch.properties(),
            "source": pl.repeat(name, len(rows), dtype=pl.String, eager=True),
            "row": rows["_row"],
        }
    )
    return Cleaned(keep(records.filter(batch.faults.fine), CUSTOMERS), batch.refused(file))
