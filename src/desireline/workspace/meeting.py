"""Single customers, as use cases of a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from desireline.hashes import bucket_of
from desireline.kept.properties import Values
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.pipeline.measuring import Bucket
from desireline.pipeline.one_customer import OneCustomer, one_customer
from desireline.tables import CUSTOMERS, EVENTS, FEEDBACK
from desireline.workspace.held import Held, as_map


class Meeting(Held):
    """One customer at a time: read from the one bucket in which they live."""

    def journey_of(self, map_: str | Path | Map, customer_id: str) -> OneCustomer:
        """Everything about one customer: who they are, their journeys beside the map, their words.

        Raises UnknownCustomer.
        """
        outline, snapshot = Outline(as_map(map_)), self._lake.current()
        at = snapshot.data_end() or datetime.now(UTC)
        if not snapshot.buckets:
            return one_customer(
                Bucket(EVENTS.empty(), FEEDBACK.empty(), CUSTOMERS.empty()), customer_id, outline, data_end=at
            )
        number = int(bucket_of(pl.Series([customer_id]), buckets=snapshot.buckets)[0])
        feedback = self._feelings(snapshot).feedback(number)
        bucket = Bucket(snapshot.events(number), feedback, snapshot.customers(number))
        return one_customer(bucket, customer_id, outline, data_end=at)

    def customer_ids(self) -> pl.Series:
        """Everybody whom a record names, each once, sorted."""
        snapshot = self._lake.current()
        found = [pl.Series("customer_id", [], dtype=pl.String)]
        for number in range(snapshot.buckets):
            found += [
                snapshot.events(number, ("customer_id",))["customer_id"].unique(),
                snapshot.feedback(number)["customer_id"].unique(),
                snapshot.customers(number)["customer_id"].unique(),
            ]
        return pl.concat(found).drop_nulls().unique().sort()

    def texts(self) -> dict[str, int]:
        """How many texts each customer wrote; who wrote none is left out. Notes of staff are not theirs."""
        snapshot = self._lake.current()
        found: dict[str, int] = {}
        for number in range(snapshot.buckets):
            wrote = snapshot.feedback(number).filter(
                pl.col("text").is_not_null() & pl.col("customer_id").is_not_null() & pl.col("kind").ne_missing("note")
            )
            found.update(wrote.group_by("customer_id").len().iter_rows())
        return found

    def shared(self, properties: Mapping[str, str]) -> dict[str, str]:
        """Those of a customer's properties whose value five customers or more have: the others could tell who it is."""
        known = self._properties()
        return {name: text for name, text in properties.items() if text in known.values(f"property.{name}").common}

    def known_properties(self) -> dict[str, Values]:
        """What customers have at each of their properties; without those of which no five customers share a value."""
        known = self._properties()
        found = {name: known.values(f"property.{name}") for name in known.names() if not name.startswith("_")}
        return {name: values for name, values in found.items() if values.common}
