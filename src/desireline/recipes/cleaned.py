"""What cleaning a batch gives: records, refusals, and for every row exactly one fate.

Records have the columns of their lake table and two for bookkeeping (`BOOKKEEPING`). A record's identity
is the source's own id, hashed with the source and the event or question; where there is none, the id column
is null, and the lake knows the record by all that it says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from desireline.hashes import content_id
from desireline.recipes.cells import repeated
from desireline.recipes.numbers import TWO_WAYS
from desireline.recipes.properties import properties_json
from desireline.recipes.refusal import REASONS
from desireline.tables import REFUSALS, Table

BOOKKEEPING: dict[str, pl.DataType] = {
    "_file_row": pl.Int64(),  # row of the file that the record came from
    "_once": pl.Boolean(),  # keep only the earliest such event of a case (or of a customer without cases)
}
REFUSED = Table("refused", {name: kind for name, kind in REFUSALS.columns.items() if name != "import_id"})


@dataclass(frozen=True)
class Cleaned:
    """The records of one batch, and the rows of it that gave none."""

    records: pl.DataFrame  # EVENTS, FEEDBACK, CUSTOMERS or CAMPAIGNS, and BOOKKEEPING
    refused: pl.DataFrame  # REFUSED
    masked: Mapping[str, int] = field(default_factory=dict)  # how often each kind of personal data was masked
    changed: Mapping[str, int] = field(default_factory=dict)  # how many texts were cut, unreadable, or made whole


class Faults:
    """The first fault of each row, noted while its roles are read."""

    def __init__(self, rows: int) -> None:
        self.reason = repeated(None, rows, pl.String).alias("reason")
        self.detail = repeated(None, rows, pl.String).alias("detail")

    def note(self, reasons: pl.Series, *, role: str = "", texts: pl.Series | None = None) -> None:
        """Rows without a fault so far take this one; it tells the text that was wrong and its role."""
        if reasons.null_count() == len(reasons):
            return
        places = (reasons.is_not_null() & self.reason.is_null()).arg_true()
        new = reasons.gather(places).cast(pl.String)
        said = repeated(None, len(new), pl.String) if texts is None else texts.gather(places)
        two_ways = said.str.contains(TWO_WAYS).fill_null(False)
        details = [_detail(*fault, role=role) for fault in zip(new, said, two_ways, strict=True)]
        self.reason = self.reason.scatter(places, new)
        self.detail = self.detail.scatter(places, pl.Series(details, dtype=pl.String))

    def note_where(self, rows: pl.Series, reason: str, *, role: str = "") -> None:
        """The marked rows have this fault, if they had none."""
        if rows.any():
            self.note(pl.select(pl.when(rows).then(pl.lit(reason)).alias("reason"))["reason"], role=role)

    @property
    def fine(self) -> pl.Series:
        """True for the rows without a fault."""
        return self.reason.is_null()


def refuse(rows: pl.DataFrame, reasons: pl.Series, details: pl.Series, *, file: str) -> pl.DataFrame:
    """REFUSED rows for the rows that have a reason; `rows` holds the file's own cells and `_row`."""
    if reasons.null_count() == len(reasons):
        return REFUSED.empty()
    marked = reasons.is_not_null()
    kept = rows.filter(marked)
    cells = {name: name for name in kept.columns if name != "_row"}
    return REFUSED.shape(
        pl.DataFrame(
            {
                "source": repeated(file, len(kept), pl.String),
                "row": kept["_row"],
                "reason": reasons.filter(marked),
                "detail": details.filter(marked),
                "raw": properties_json(kept, cells, sort=False),
            }
        )
    )


def refuse_all(rows: pl.DataFrame, reason: str, *, file: str) -> pl.DataFrame:
    """REFUSED rows for all of these rows: joined rows that nobody referred to (`no_partner`), say."""
    faults = Faults(len(rows))
    faults.note_where(repeated(True, len(rows), pl.Boolean), reason)
    return refuse(rows, faults.reason, faults.detail, file=file)


def settle(parts: Sequence[Cleaned]) -> pl.DataFrame:
    """One refusal per row that no table took, with the first table's reason.

    `parts` are one batch of one file, cleaned for each table that reads it: a row without a customer may
    still be a campaign. Rows of which some table made a record are not refused.
    """
    if not any(part.refused.height for part in parts):
        return REFUSED.empty()
    taken = pl.concat([part.records["_file_row"] for part in parts])
    refused = pl.concat([part.refused for part in parts])
    return refused.filter(~pl.col("row").is_in(taken.implode())).unique("row", keep="first", maintain_order=True)


def identify(records: pl.DataFrame, table: Table, *, of: str, told: str) -> pl.DataFrame:
    """Records in the shape of their table and BOOKKEEPING; an id that the source gave is now one of the lake.

    The table's first column is its id. Filled with the source's own id it becomes the hash of [`of`, own
    id, the column `told`, the customer]; where it is null it stays so.
    """
    id_column = next(iter(table.columns))
    shaped = keep(records, table)
    if shaped[id_column].null_count() == shaped.height:
        return shaped
    whose = [pl.col("customer_id")] if "customer_id" in shaped.columns else []
    ids = content_id(shaped.select(pl.lit(of).alias("of"), id_column, told, *whose))
    return shaped.with_columns(pl.when(pl.col(id_column).is_not_null()).then(ids).alias(id_column))


def keep(records: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Records in the shape of their table and BOOKKEEPING, with their ids as they are."""
    once = pl.col("_once") if "_once" in records.columns else pl.lit(False)
    shape = Table(table.name, {**table.columns, **BOOKKEEPING})
    return shape.shape(records.with_columns(_file_row=pl.col("row"), _once=once))


def _detail(reason: str, text: str | None, two_ways: bool, *, role: str) -> str:
    says = REASONS[reason]
    if reason == "bad_number" and two_ways:
        says = "It can be read in two ways; `decimal: point` or `decimal: comma` in the source decides."
    if text is not None:
        return f"{role} is “{text[:200]}”. {says}"
    return f"{role}: {says}" if role else says
