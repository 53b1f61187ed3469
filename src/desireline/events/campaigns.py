"""Campaigns cleaned: what the company did on purpose, when, where and at what cost."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from desireline.recipes.cells import repeated
from desireline.recipes.cleaned import Cleaned, keep
from desireline.recipes.records import CampaignTable, Recipe
from desireline.recipes.rows import Rows
from desireline.tables import CAMPAIGNS


def clean_campaigns(
    rows: pl.DataFrame, table: CampaignTable, recipe: Recipe, *, name: str, file: str, bare: Collection[str] = ()
) -> Cleaned:
    """Every row has become one campaign, or is refused with a reason.

    Start and end are calendar dates as written and need no zone. A campaign's id is the source's own; of two
    rows with the same id the lake keeps the newer.
    """
    batch = Rows(rows, table, recipe, bare=bare)
    cost = batch.money(table.cost, role="cost", among=batch.every)
    cells = {
        "campaign_id": batch.need(table.campaign, "no_id"),
        "title": batch.text(table.title),
        "kind": batch.text(table.kind),
        "channel": batch.text(table.channel),
        "starts_on": batch.date(table.starts, role="starts"),
        "ends_on": batch.date(table.ends, role="ends"),
        "cost": cost,
        "currency": pl.select(pl.when(cost.is_not_null()).then(pl.lit(table.currency, pl.String)).alias("c"))["c"],
        "properties": batch.properties(),
        "source": repeated(name, len(rows), pl.String),
        "row": rows["_row"],
    }
    records = pl.DataFrame([column.alias(title) for title, column in cells.items()])
    return Cleaned(keep(records.filter(batch.faults.fine), CAMPAIGNS), batch.refused(file))
