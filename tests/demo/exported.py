"""The demo company's files, read plainly: bad and repeated rows out, instants as UTC; without our readers."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

BERLIN = "Europe/Berlin"
GERMAN = "%d.%m.%Y %H:%M:%S"
ISO = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Exported:
    """A folder that `build_demo` wrote."""

    folder: Path

    @property
    def truth(self) -> dict[str, Any]:
        """The truth file."""
        return json.loads((self.folder / "truth.json").read_text())

    def planted(self, problem: str) -> dict[str, Any]:
        """One problem of the truth file."""
        return next(record for record in self.truth["problems"] if record["id"] == problem)

    def rows(self, name: str) -> list[list[str]]:
        """All rows of a CSV, good and bad, the header first."""
        with (self.folder / name).open(encoding="cp1252" if name == "store_sales.csv" else "utf-8", newline="") as file:
            return list(csv.reader(file, delimiter=";" if name in ("orders.csv", "store_sales.csv") else ","))

    def table(self, name: str) -> pl.DataFrame:
        """The good rows of a CSV, each once, all text, empty cells null."""
        header, *rows = self.rows(name)
        good = [row for row in rows if len(row) == len(header) and not row[0].startswith("X")]
        frame = pl.DataFrame(good, schema=dict.fromkeys(header, pl.String), orient="row")
        return frame.unique(header[0], keep="first", maintain_order=True).with_columns(
            pl.col(pl.String).replace("", None)
        )

    def clicks(self) -> pl.DataFrame:
        """The good lines of the web log, each once."""
        lines = (self.folder / "web_events.jsonl").read_text().splitlines()
        good = [json.loads(line) for line in lines if line.startswith('{"id":"w0')]
        frame = pl.DataFrame(good).unique("id", keep="first", maintain_order=True)
        return frame.with_columns(pl.col("ts").str.to_datetime("%Y-%m-%dT%H:%M:%S%.3fZ", time_zone="UTC"))

    def orders(self) -> pl.DataFrame:
        """Orders with instants, and the customer's columns."""
        return self.with_customer(
            self.at("orders.csv", GERMAN, "placed_at", "promised_by", "delivered_at", "picked_up_at")
        )

    def at(self, name: str, form: str, *columns: str) -> pl.DataFrame:
        """A table with local times read as instants (the earlier one where clocks go back)."""
        times = [
            pl.col(column)
            .str.to_datetime(form)
            .dt.replace_time_zone(BERLIN, ambiguous="earliest")
            .dt.convert_time_zone("UTC")
            for column in columns
        ]
        return self.table(name).with_columns(times)

    def with_customer(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with what the customer list knows of each row's customer."""
        return frame.join(self.table("customers.csv"), on="customer_no", how="left")


def share(frame: pl.DataFrame, condition: pl.Expr) -> float:
    """The share of rows for which the condition holds."""
    return float(frame.select(condition.fill_null(False).mean()).item())
