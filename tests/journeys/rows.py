"""Small companies written as text: events, answers, and maps sketched in one line."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from desireline.journeys.cut import cut
from desireline.journeys.place import in_time_order, place
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.tables import CUSTOMERS, DEVIATIONS, EVENTS, FEEDBACK, JOURNEYS, STEPS, Trips

_SHORT = {
    "customer": "customer_id",
    "case": "case_id",
    "due": "due_at",
    "with": "properties",
    "id": "event_id",
}


def instant(text: str) -> datetime:
    """`09:30` is that time on 1 March 2026, `4T09:30` on 4 March, `40T00:00` on 9 April."""
    day, _, time = text.rpartition("T")
    hour, minute = time.split(":")
    return datetime(2026, 3, 1, int(hour), int(minute), tzinfo=UTC) + timedelta(days=int(day or 1) - 1)


def table(text: str) -> list[dict[str, str | None]]:
    """Rows of a text table; `-` is nothing."""
    lines = [line.split() for line in text.strip().splitlines()]
    return [
        {name: None if cell == "-" else cell for name, cell in zip(lines[0], row, strict=True)} for row in lines[1:]
    ]


def events(text: str) -> pl.DataFrame:
    """EVENTS from a text table with customer, at, event and whatever else is needed; ids count the rows."""
    made = []
    for number, said in enumerate(table(text), start=1):
        row: dict[str, Any] = {
            "event_id": f"e{number:03d}",
            "source": "log",
            "row": number,
            "part": 1,
            "properties": "{}",
        }
        row |= {_SHORT.get(name, name): cell for name, cell in said.items()}
        row["at"] = instant(row["at"])
        row["due_at"] = instant(row["due_at"]) if row.get("due_at") else None
        row["value"] = Decimal(row["value"]) if row.get("value") else None
        made.append(row)
    return EVENTS.shape(pl.DataFrame(made, infer_schema_length=None)) if made else EVENTS.empty()


def feedback(text: str) -> pl.DataFrame:
    """FEEDBACK from a text table; ids count the rows."""
    made = []
    for number, said in enumerate(table(text), start=1):
        row: dict[str, Any] = {
            "feedback_id": f"f{number:03d}",
            "source": "poll",
            "row": number,
            "weight": 1.0,
        }
        row |= {_SHORT.get(name, name): cell for name, cell in said.items()}
        row["at"] = instant(row["at"]) if row.get("at") else None
        row["score"] = float(row["score"]) if row.get("score") else None
        made.append(row)
    return FEEDBACK.shape(pl.DataFrame(made, infer_schema_length=None)) if made else FEEDBACK.empty()


def customers(text: str) -> pl.DataFrame:
    """CUSTOMERS from a text table of customer and properties."""
    made = [{_SHORT.get(name, name): cell for name, cell in row.items()} for row in table(text)]
    return CUSTOMERS.shape(pl.DataFrame(made))


def sketch(
    plan: str,
    *,
    then: str = "",
    journey: dict[str, Any] | None = None,
    points: dict[str, dict[str, Any]] | None = None,
    head: dict[str, Any] | None = None,
    **sections: Any,
) -> Outline:
    """A map from one line: `a b? c* d|e {f g}`: optional, repeatable, alternative, any order; `then`: `c>a`.

    Every touchpoint stands in stage `s` and is met by the event of its name, unless `points` says otherwise.
    """
    made, links = [], []
    for number, group in enumerate(re.findall(r"\{[^}]*\}|\S+", plan)):
        members = [_point(word, points or {}) for word in re.split(r"[\s|]+", group.strip("{}"))]
        made += members
        if len(members) > 1:
            kind = "any order" if group.startswith("{") else "alternative"
            links.append({"id": f"block{number}", "kind": kind, "among": [point["id"] for point in members]})
    for number, arrow in enumerate(then.split()):
        source, target = arrow.split(">")
        links.append({"id": f"then{number}", "kind": "then", "from": source, "to": target})
    said = {"id": "m", "title": "Map", "journey": journey or {}} | (head or {})
    stages = sections.pop("stages", [{"id": "s"}])
    return Outline(Map.model_validate({"map": said, "stages": stages, "touchpoints": made, "links": links} | sections))


def trips_of(log: pl.DataFrame, outline: Outline) -> pl.DataFrame:
    """Events placed and cut."""
    return cut(place(in_time_order(log), outline), outline)


def named(trips: Trips) -> Trips:
    """The same in the declared shapes, with ids of journeys and customers for numbers."""
    return Trips(
        JOURNEYS.shape(trips.journeys),
        _with_ids(STEPS.shape(trips.steps), trips.journeys),
        trips.answers,
        _with_ids(DEVIATIONS.shape(trips.deviations), trips.journeys),
        trips.customers,
        trips.off_map,
    )


def _with_ids(found: pl.DataFrame, journeys: pl.DataFrame) -> pl.DataFrame:
    ids = journeys.select("journey_id", "customer_id")[found["trip"]]
    return ids.hstack(found.drop("trip"))


def _point(word: str, points: dict[str, dict[str, Any]]) -> dict[str, Any]:
    name = word.rstrip("?*")
    plain = {
        "id": name,
        "stage": "s",
        "when": {"event": name},
        "optional": "?" in word,
        "repeatable": "*" in word,
    }
    return plain | points.get(name, {})
