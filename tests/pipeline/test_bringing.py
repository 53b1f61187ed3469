"""Every row of every file has one fate: a record, a partner, or a refusal; what readers decided is passed on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl
import pytest

from desireline.errors import RecipeMismatch
from desireline.pipeline.bringing import File, bring_in
from desireline.pipeline.previewing import preview
from desireline.recipes.records import Recipe, Source

RECIPE = Recipe.model_validate(
    {
        "recipe": "shop",
        "times": {"form": "iso", "zone": "UTC"},
        "sources": {"orders": {"file": "orders*"}, "people": {"file": "people*"}},
        "tables": {
            "orders": {
                "into": "events",
                "source": "orders",
                "customer": "people.email",
                "join": [{"source": "people", "on": "id"}],
                "events": [{"event": {"text": "order"}, "at": "at"}],
            }
        },
    }
)


def rows(text: str) -> pl.DataFrame:
    """A batch's rows from a table in sight; a dot is an empty cell."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    cells = [[None if cell == "." else cell for cell in line] for line in lines]
    frame = pl.DataFrame(cells, schema=dict.fromkeys(head, pl.String), orient="row")
    return frame.with_columns(pl.Series("_row", range(1, len(lines) + 1), dtype=pl.Int64))


@dataclass
class Batch:
    """What a reader hands out."""

    rows: pl.DataFrame
    refused: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(
            schema={"source": pl.String, "row": pl.Int64, "reason": pl.String, "detail": pl.String, "raw": pl.String}
        )
    )
    notes: tuple[str, ...] = ()
    bare: frozenset[str] = frozenset()
    approximate: frozenset[str] = frozenset()

    @property
    def cells(self) -> pl.DataFrame:
        return self.rows


def read(place: Any, source: Source, *, batch_rows: int = 2, every_column: bool = True) -> Iterator[Batch]:
    """Reads a list of batches that are there already."""
    yield from place


@dataclass
class Stage:
    """A stage that only remembers: (file, row) by fate."""

    fates: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def _add(self, fate: str, file: int, numbers: pl.Series) -> None:
        self.fates.setdefault(fate, []).extend((file, number) for number in numbers)

    def add_rows(self, file: int, rows: pl.Series) -> None:
        self._add("read", file, rows)

    def add_partners(self, file: int, rows: pl.Series) -> None:
        self._add("partner", file, rows)

    def add_refused(self, refused: pl.DataFrame, *, file: int) -> None:
        for reason, number in refused.select("reason", "row").rows():
            self._add(reason, file, pl.Series([number]))

    def add_events(self, records: pl.DataFrame, *, file: int) -> None:
        self._add("events", file, records["row"])

    def add_feedback(self, records: pl.DataFrame, *, file: int) -> None:
        self._add("feedback", file, records["row"])

    def add_customers(self, records: pl.DataFrame, *, file: int) -> None:
        self._add("customers", file, records["row"])

    def add_campaigns(self, records: pl.DataFrame, *, file: int) -> None:
        self._add("campaigns", file, records["row"])


ORDERS = [
    Batch(rows("id at\n1 2026-03-01\n2 never"), notes=("a note", "another")),
    Batch(rows("id at\n9 2026-03-03").with_columns(_row=pl.lit(3, pl.Int64)), notes=("a note",)),
]
PEOPLE = [Batch(rows("id email\n1 ana@x\n2 ben@x\n7 cem@x"), notes=("a note",))]


def files() -> dict[str, list[File]]:
    return {"orders": [File(ORDERS, "orders.csv", 0)], "people": [File(PEOPLE, "people.csv", 1)]}


def silent(what: str, done: int, of: int) -> None:
    """Says nothing."""


def test_rows_become_records_partners_or_refusals():
    stage = Stage()
    bring_in(RECIPE, files(), stage, read=read, step=silent)
    assert stage.fates == {
        "read": [(0, 1), (0, 2), (0, 3)],
        "events": [(0, 1)],
        "bad_time": [(0, 2)],
        "no_customer": [(0, 3)],
        "partner": [(1, 1), (1, 2)],
        "no_partner": [(1, 3)],
    }


def test_what_readers_had_to_decide_is_told_once_per_file():
    notes = bring_in(RECIPE, files(), Stage(), read=read, step=silent)
    assert sorted(notes) == ["orders.csv: a note", "orders.csv: another", "people.csv: a note"]


def test_a_column_that_is_not_there_stops_the_import_before_any_row():
    stage = Stage()
    place = [Batch(rows("number at\n1 2026-03-01"))]
    with pytest.raises(RecipeMismatch, match="'id'"):
        bring_in(RECIPE, files() | {"orders": [File(place, "orders.csv", 0)]}, stage, read=read, step=silent)
    assert stage.fates == {}


def test_progress_is_told_file_by_file():
    told: list[tuple[str, int, int]] = []
    bring_in(RECIPE, files(), Stage(), read=read, step=lambda *one: told.append(one))
    assert told == [("Reading people.csv", 3, 0), ("Reading orders.csv", 2, 0), ("Reading orders.csv", 3, 0)]


def test_a_preview_keeps_the_first_records_and_counts_the_rest():
    many = [Batch(rows("id at\n" + "\n".join(f"1 2026-03-{day:02}" for day in range(1, 20)) + "\n2 never"))]
    told = preview(RECIPE, files() | {"orders": [File(many, "orders.csv", 0)]}, read=read, keep=3)
    assert told.kept["events"].select("customer_id", "event").rows() == [("ana@x", "order")] * 3
    assert dict(told.counts) == {"rows": 20, "events": 19}
    assert dict(told.refused) == {"bad_time": 1}
    assert told.notes == ("people.csv: a note",)


LOG = Recipe.model_validate(
    {
        "recipe": "log",
        "times": {"form": "iso", "zone": "UTC"},
        "sources": {"log": {"file": "log*"}},
        "tables": {
            "log": {
                "into": "events",
                "source": "log",
                "customer": "who",
                "properties": ["plan"],
                "events": [{"event": {"text": "visit"}, "at": "at"}],
            }
        },
    }
)
EARLY = [Batch(rows("who at plan\nana 2026-03-01 pro\nben 2026-03-02 ."))]
LATE = [Batch(rows("who at\nana 2026-03-01")), Batch(rows("who at plan\nben 2026-03-02 pro"))]


def test_a_source_is_searched_for_its_columns_only_where_the_first_rows_lack_one():
    asked: list[tuple[str, bool]] = []

    def remembering(place: Any, source: Source, *, batch_rows: int = 2, every_column: bool = True) -> Iterator[Batch]:
        asked.append(("late" if place is LATE else "early", every_column))
        columns = ["who", "at", "plan", "_row"]
        for batch in place:
            whole = pl.concat([batch.rows, EARLY[0].rows.clear()], how="diagonal").select(columns)
            yield Batch(whole) if every_column else batch

    stage = Stage()
    bring_in(LOG, {"log": [File(EARLY, "a", 0), File(LATE, "b", 1)]}, stage, read=remembering, step=silent)
    assert asked == [("early", False), ("late", False), ("early", False), ("late", True)]
    assert stage.fates["events"] == [(0, 1), (0, 2), (1, 1), (1, 1)]
    asked.clear()
    bring_in(LOG, {"log": [File(LATE, "b", 1)]}, Stage(), read=remembering, step=silent)
    assert asked == [("late", False), ("late", True), ("late", True)]


def test_a_column_that_one_of_several_files_lacks_is_empty_there_and_told():
    both = {"orders": [File([Batch(rows("id at\n1 2026-03-01"))], "old.csv", 0), File(ORDERS, "orders.csv", 1)]}
    plain = RECIPE.tables["orders"].model_copy(update={"channel": "via"})
    wider = [Batch(rows("id at via\n1 2026-03-02 web"))]
    both["orders"][1] = File(wider, "new.csv", 1)
    told = preview(
        RECIPE.model_copy(update={"tables": {"orders": plain}}),
        {**both, "people": [File(PEOPLE, "people.csv", 2)]},
        read=read,
    )
    assert told.kept["events"].select("customer_id", "channel").rows() == [("ana@x", None), ("ana@x", "web")]
    assert "old.csv: has no column via, as others have; taken as empty." in told.notes


def test_a_source_that_is_a_history_says_what_each_value_replaced_over_all_its_files():
    recipe = Recipe.model_validate(
        {
            "recipe": "desk",
            "times": {"form": "iso", "zone": "UTC"},
            "sources": {"log": {"file": "*", "history": {"of": ["ticket"], "at": "at", "value": "to"}}},
            "tables": {
                "moves": {
                    "into": "events",
                    "source": "log",
                    "customer": "ticket",
                    "properties": {"from": "before", "to": "to"},
                    "events": [
                        {"event": {"text": "moved"}, "at": "at", "where": {"property": {"before": {"absent": False}}}}
                    ],
                }
            },
        }
    )
    late = [Batch(rows("ticket at to\n7 2026-03-03 c")), Batch(rows("ticket at to\n. . .\n8 2026-03-03 z").tail(1))]
    early = [Batch(rows("ticket at to\n7 2026-03-01 a\n7 2026-03-02 b"))]
    told = preview(recipe, {"log": [File(late, "late.csv", 0), File(early, "early.csv", 1)]}, read=read)
    assert told.kept["events"].select("customer_id", "properties").rows() == [
        ("7", '{"from":"b","to":"c"}'),
        ("7", '{"from":"a","to":"b"}'),
    ]
    own = [Batch(rows("ticket at to before\n7 2026-03-03 c x"))]
    with pytest.raises(RecipeMismatch, match="has a column 'before' itself"):
        preview(recipe, {"log": [File(own, "own.csv", 0)]}, read=read)


def test_rows_of_a_list_of_names_to_which_nothing_refers_are_no_loss():
    sources = {**RECIPE.sources, "people": RECIPE.sources["people"].model_copy(update={"names": True})}
    stage = Stage()
    bring_in(RECIPE.model_copy(update={"sources": sources}), files(), stage, read=read, step=silent)
    assert (stage.fates["partner"], "no_partner" in stage.fates) == ([(1, 1), (1, 2), (1, 3)], False)
