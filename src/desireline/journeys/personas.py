"""Which drawn persona each real customer is: the first in map order whose segment rule holds."""

from __future__ import annotations

from functools import partial

import polars as pl

from desireline.journeys.claims import fields_of, first_of, judge
from desireline.maps.outline import Outline, in_order


def assign_personas(customers: pl.DataFrame, met: pl.Series, outline: Outline) -> pl.DataFrame:
    """Every customer once, sorted: `customer_id`, `persona` (null when no rule holds), `properties`.

    `met` are customers seen in events or feedback; those without a record have null properties, so that only
    rules about absent properties can hold for them. Of several records of one customer the last counts.
    """
    records = customers.select("customer_id", "properties").unique("customer_id", keep="last", maintain_order=True)
    seen = met.filter(met.ne_missing(met.shift()) | (pl.int_range(len(met), eager=True) == 0)).drop_nulls()
    unknown = seen.to_frame("customer_id").unique().join(records, on="customer_id", how="anti")
    everybody = pl.concat([records.drop_nulls("customer_id"), unknown], how="diagonal").sort("customer_id")
    segments = [(persona.id, persona.segment) for persona in in_order(outline.map.personas)]
    fields = fields_of(rule for _, rule in segments)
    if fields:
        everybody = judge(everybody, partial(_verdict, segments=first_of(segments)), fields=fields)
    else:
        everybody = everybody.with_columns(pl.lit(None, dtype=pl.String).alias("persona"))
    return everybody.select("customer_id", "persona", "properties")


def _verdict(values: pl.DataFrame, segments: pl.Expr) -> pl.DataFrame:
    return values.with_columns(segments.alias("persona"))
