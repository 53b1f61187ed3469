"""Events cleaned: rows of a log or of an order table become events of one shape, or refusals."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from desireline.recipes.cells import repeated
from desireline.recipes.cleaned import Cleaned, identify
from desireline.recipes.columns import lacking
from desireline.recipes.records import EventSpec, EventTable, Recipe
from desireline.recipes.rows import Rows, nothing, stack
from desireline.tables import EVENTS, MONEY


def clean_events(
    rows: pl.DataFrame, table: EventTable, recipe: Recipe, *, name: str, file: str, bare: Collection[str] = ()
) -> Cleaned:
    """Every row has become one event or more, or is refused with a reason.

    `rows` are text columns with `_row`, already joined. A row makes each event of the table whose `where`
    holds and whose instant is there: a missing instant in a wide row is no event yet. Nothing is half
    taken: if an instant, amount or id of one of its events cannot be read, the whole row is refused. `name`
    is the table's name in the recipe, `file` the name of the file. Raises RecipeMismatch for columns that
    are not there.
    """
    batch = Rows(rows, table, recipe, bare=bare)
    customer = batch.need(table.customer, "no_customer")
    shared = {
        "customer_id": customer,
        "case_id": batch.text(table.case),
        "properties": batch.properties(),
        "source": repeated(name, len(rows), pl.String),
        "row": rows["_row"],
    }
    made = [_read_event(batch, spec, table) for spec in table.events]
    _refuse_rows_without_events(batch, table, made)
    records = stack([{**shared, **event} for event in made], batch.faults.fine)
    return Cleaned(identify(records, EVENTS, of=table.source, told="event"), batch.refused(file))


def _read_event(batch: Rows, spec: EventSpec, table: EventTable) -> dict[str, pl.Series]:
    """The columns of one kind of event for every row, and `_makes`: whether the row has such an event."""
    event, status = batch.text(spec.event), batch.text(spec.status)
    channel = batch.text(spec.channel if spec.channel is not None else table.channel)
    applies = batch.holds(spec.where, event=event, channel=channel, status=status)
    at = batch.instant(spec.at, role="at", among=applies)
    makes = applies & at.is_not_null() & event.is_not_null()
    value = batch.money(spec.value, role="value", among=makes)
    own_id = batch.text(spec.id)
    if spec.id is not None:
        batch.faults.note_where(makes & own_id.is_null(), "no_id", role=lacking(spec.id))
    return {
        "event_id": own_id,
        "at": at,
        "event": event,
        "channel": channel,
        "value": value.cast(MONEY),
        "currency": _currency(value, table.currency),
        "due_at": batch.instant(spec.due, role="due", among=makes),
        "status": status,
        "part": repeated(table.events.index(spec) + 1, len(event), pl.Int64),
        "_once": repeated(spec.once, len(event), pl.Boolean),
        "_applies": applies,
        "_makes": makes,
    }


def _currency(values: pl.Series, currency: str | None) -> pl.Series:
    """The table's currency beside each amount."""
    if currency is None:
        return nothing(len(values), pl.String())
    return pl.select(pl.when(values.is_not_null()).then(pl.lit(currency)).alias("currency")).to_series()


def _refuse_rows_without_events(batch: Rows, table: EventTable, made: list[dict[str, pl.Series]]) -> None:
    """A long row says what it lacks; a wide one, or one that no rule wants, holds no record."""
    some = made[0]["_makes"]
    for event in made[1:]:
        some = some | event["_makes"]
    if len(made) == 1:
        [only], [spec] = made, table.events
        batch.faults.note_where(only["_applies"] & only["event"].is_null(), "no_event", role=lacking(spec.event))
        batch.faults.note_where(only["_applies"] & only["at"].is_null(), "no_time", role=lacking(spec.at))
    else:
        unnamed = [event["at"].is_not_null() & event["_applies"] & event["event"].is_null() for event in made]
        batch.faults.note_where(pl.select(pl.any_horizontal(unnamed)).to_series() & ~some, "no_event")
    batch.faults.note_where(~some, "no_record")
