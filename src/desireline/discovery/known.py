"""What is known of customers, as rows of property and value; and the routes of journeys that were walked."""

from __future__ import annotations

import json
from collections.abc import Sequence

import polars as pl

from desireline.discovery.sequences import KNOWN_OF, MOST_VALUES, SEPARATOR, Part, Sequences, add_up, put_together
from desireline.hashes import hash_text
from desireline.measures.view import View

MILLIONTHS = 1_000_000


def known_of(customers: pl.DataFrame) -> pl.DataFrame:
    """KNOWN_OF from customer_id and properties. Properties of more than 20 values are named once, without a value."""
    rows: list[tuple[str, str, str]] = []
    for customer, said in customers.select("customer_id", "properties").drop_nulls().iter_rows():
        found = json.loads(said)
        rows += [(customer, f"property:{name}", str(value)) for name, value in found.items() if value not in (None, "")]
    frame = pl.DataFrame(rows, schema=["customer_id", "field", "value"], orient="row", schema_overrides=_TEXTS)
    return shorten(frame.with_columns(pl.Series("customer", hash_text(frame["customer_id"]))))


def shorten(known: pl.DataFrame) -> pl.DataFrame:
    """The same, in which a property of too many values is one row without a value."""
    many = known.group_by("field").agg(pl.col("value").n_unique()).filter(pl.col("value") > MOST_VALUES)["field"]
    blank = pl.DataFrame({"field": many.sort()}).select(
        pl.lit(0, dtype=pl.UInt64).alias("customer"), "field", pl.lit(None, dtype=pl.String).alias("value")
    )
    return pl.concat([known.filter(~pl.col("field").is_in(many.to_list())).select(list(KNOWN_OF)), blank])


class WalkedRoutes:
    """An analysis: the routes of journeys along the touchpoints of a map, with how they ended."""

    def partial(self, view: View) -> Part:
        """The routes of a bucket."""
        journeys = view.journeys.with_row_index("row").filter(pl.col("route").list.len() > 0)
        told = (
            view.trips.answers.filter(
                pl.col("journey_id").is_not_null() & pl.col("score").is_not_null() & (pl.col("low") != pl.col("high"))
            )
            .unique(subset=["feedback_id", "question"], keep="first", maintain_order=True)
            .with_columns((4 * (pl.col("score") - pl.col("low")) / (pl.col("high") - pl.col("low")) - 2).alias("level"))
            .group_by("journey_id")
            .agg(
                (pl.col("level") * MILLIONTHS).round().cast(pl.Int64).sum().alias("level_e6"), pl.len().alias("answers")
            )
        )
        over = pl.col("state") != "under_way"
        rows = journeys.join(told, on="journey_id", how="left", maintain_order="left").select(
            pl.Series("customer", hash_text(journeys["customer_id"])),
            pl.col("route").cast(pl.List(pl.String)).list.join(SEPARATOR).alias("route"),
            (pl.col("success").fill_null(False) & over).cast(pl.Int64).alias("won"),
            over.cast(pl.Int64).alias("settled"),
            pl.col("value_e4").fill_null(0),
            pl.col("level_e6").fill_null(0),
            pl.col("answers").cast(pl.Int64).fill_null(0),
        )
        return Part(add_up(rows), _known(view, journeys))

    def combine(self, parts: Sequence[Part]) -> Part:
        """All routes."""
        return put_together(parts)

    def finish(self, part: Part) -> Sequences:
        """In their order."""
        return Sequences.of(part)


_TEXTS = {"customer_id": pl.String, "field": pl.String, "value": pl.String}


def _known(view: View, journeys: pl.DataFrame) -> pl.DataFrame:
    people = view.trips.customers.filter(pl.col("customer_id").is_in(journeys["customer_id"].unique().to_list()))
    personas = people.drop_nulls("persona").select(
        "customer_id", pl.lit("persona").alias("field"), pl.col("persona").cast(pl.String).alias("value")
    )
    own = personas.with_columns(pl.Series("customer", hash_text(personas["customer_id"]))).select(list(KNOWN_OF))
    return pl.concat([known_of(people), own])
