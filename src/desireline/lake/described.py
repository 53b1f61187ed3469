"""What is known of customers after they were described once more: property by property."""

from __future__ import annotations

import polars as pl

from desireline.lake.dedupe import PLACE, Settled
from desireline.recipes.properties import properties_json

KEY = "customer_id"
CONTENT = [KEY, "properties"]


def settle_described(staged: pl.DataFrame, lake: pl.DataFrame) -> Settled:
    """Of each property the last that was said of a customer counts; what a row does not name stays as it was.

    `staged` are descriptions in their order, `lake` is CUSTOMERS; `properties` is never null. The last row of a
    customer becomes the record, the others count as known; when nothing is known that was not before, nothing is
    replaced.
    """
    last = staged.unique(subset=KEY, keep="last", maintain_order=True)
    there = lake.join(last.select(KEY), on=KEY, how="semi")
    told = _told(pl.concat([there.select(CONTENT), staged.select(CONTENT)]))
    described = last.join(told, on=KEY, how="left", maintain_order="left").with_columns(
        pl.coalesce("_told", "properties").alias("properties")
    )
    new = described.select(staged.columns).join(there.select(CONTENT), on=CONTENT, how="anti", maintain_order="left")
    known = staged.join(new.select(PLACE), on=PLACE, how="anti").select(PLACE)
    replaced = there.join(new.select(KEY), on=KEY, how="semi")[KEY]
    return Settled(new=new, known=known, reused=staged.clear(), replaced=replaced)


def _told(said: pl.DataFrame) -> pl.DataFrame:
    """`customer_id` and `_told`: the properties of customers of whom several things are said, as JSON."""
    several = said.unique(CONTENT).filter(pl.col(KEY).is_duplicated())[KEY].unique().implode()
    said = said.filter(pl.col(KEY).is_in(several))
    if said.is_empty():
        return pl.DataFrame(schema={KEY: pl.String, "_told": pl.String})
    names, cells = _cells(said["properties"])
    last = [pl.col(f"{place}").drop_nulls().last() for place in range(len(names))]
    known = pl.DataFrame([said[KEY], *cells]).group_by(KEY, maintain_order=True).agg(last)
    texts = properties_json(known, {name: f"{place}" for place, name in enumerate(names)})
    return pl.DataFrame([known[KEY], texts.alias("_told")])


def _cells(properties: pl.Series) -> tuple[list[str], list[pl.Series]]:
    """The names in these objects, and of each its texts, called by its place; null where an object lacks it."""
    objects = properties.str.json_decode(infer_schema_length=None).struct
    names = objects.fields
    return names, objects.rename_fields([f"{place}" for place in range(len(names))]).struct.unnest().get_columns()
