"""Small companies, written where they are tested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.tables import ANSWERS, DEVIATIONS, JOURNEYS, STEPS, Table, Trips

DAWN = datetime(2026, 3, 1, tzinfo=UTC)

STAGE_OF = {"ad": "look", "page": "look", "order": "buy", "pay": "buy", "parcel": "use", "help": "use"}
TEAM_OF = {"ad": "sales", "page": "sales", "order": "tills", "pay": "tills"}
SUCCESS = "pay"

SHOP = Outline(
    Map.model_validate(
        {
            "map": {"id": "shop", "title": "Shop", "currency": "EUR", "journey": {"success": [SUCCESS]}},
            "personas": [{"id": "maya"}, {"id": "omar"}],
            "teams": [{"id": "sales"}, {"id": "tills"}],
            "stages": [{"id": "look", "team": "sales"}, {"id": "buy", "team": "tills"}, {"id": "use"}],
            "touchpoints": [
                {"id": point, "title": point.title(), "stage": stage, "when": {"event": point}}
                for point, stage in STAGE_OF.items()
            ],
        }
    )
)


def rows(text: str) -> list[dict[str, Any]]:
    """The lines of a text table under its header; a dot is nothing, digits are numbers."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    return [dict(zip(head, map(_value, line), strict=True)) for line in lines]


def trips(
    steps: str | Iterable[Mapping[str, Any]],
    *,
    journeys: str | Iterable[Mapping[str, Any]] = (),
    answers: str | Iterable[Mapping[str, Any]] = (),
    deviations: str | Iterable[Mapping[str, Any]] = (),
    customers: str | Iterable[Mapping[str, Any]] = (),
) -> Trips:
    """A walked bucket. Steps need customer, journey, minute, touchpoint; journeys say what steps do not show.

    A journey is done when it reached success, else lost, unless `journeys` gives its state.
    """
    walked = [_step(row) for row in _rows(steps)]
    said = {row["journey"]: row for row in _rows(journeys)}
    trips = sorted(_journeys(walked, said), key=lambda journey: (journey["customer_id"], journey["journey_id"]))
    number = {journey["journey_id"]: trip for trip, journey in enumerate(trips)}
    return Trips(
        JOURNEYS.shape(_frame(trips, JOURNEYS.columns)),
        _by_trip(_numbered(walked), number, STEPS),
        ANSWERS.shape(_frame([_answer(i, row) for i, row in enumerate(_rows(answers))], ANSWERS.columns)),
        _by_trip([_named(row) for row in _rows(deviations)], number, DEVIATIONS),
        _customers(_rows(customers)),
    )


def take(given: Trips, wanted: Iterable[str]) -> Trips:
    """The part of a bucket that belongs to these customers."""
    mine = pl.col("customer_id").is_in(list(wanted))
    numbered = given.journeys.with_row_index("trip").filter(mine)
    moved = numbered.select("trip", pl.int_range(pl.len(), dtype=pl.UInt32).alias("_new"))
    steps, deviations = (
        frame.join(moved, on="trip", how="inner", maintain_order="left").with_columns(trip="_new").drop("_new")
        for frame in (given.steps, given.deviations)
    )
    answers, customers = (frame.filter(mine) for frame in (given.answers, given.customers))
    return Trips(numbered.drop("trip"), steps, answers, deviations, customers)


def shuffle(given: Trips, seed: int) -> Trips:
    """The same bucket, with the rows of every table in another order that may stand in any."""
    frames = (given.answers, given.deviations, given.customers)
    return Trips(given.journeys, given.steps, *(frame.sample(fraction=1, shuffle=True, seed=seed) for frame in frames))


def told(readings: pl.DataFrame, measure: str, *, group: str = "", period: str = "") -> dict[str, Any]:
    """Value by place."""
    mine = (pl.col("measure") == measure) & (pl.col("group") == group) & (pl.col("period") == period)
    return {row["at"]: row["value"] for row in readings.filter(mine).iter_rows(named=True)}


def _value(text: str) -> Any:
    if text == ".":
        return None
    if text in ("yes", "no"):
        return text == "yes"
    return float(text) if text.replace(".", "", 1).lstrip("-").isdigit() else text


def _rows(given: str | Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return list(rows(given) if isinstance(given, str) else given)


def _frame(found: list[dict[str, Any]], columns: Mapping[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(found, schema=dict(columns), orient="row")


def _by_trip(found: list[dict[str, Any]], number: Mapping[str, int], table: Table) -> pl.DataFrame:
    """Rows that name their journey by its number."""
    rows = [row | {"trip": number[row["journey_id"]]} for row in found]
    return pl.DataFrame(rows, schema=dict(table.columns), orient="row").sort("trip", maintain_order=True)


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "journey_id": row["journey"],
        "kind": row["kind"].replace("_", " "),
        "place": row["place"],
    }


def _at(minute: float) -> datetime:
    return DAWN + timedelta(minutes=float(minute))


def _step(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "journey_id": row["journey"],
        "customer_id": row["customer"],
        "touchpoint": row["touchpoint"],
        "stage": STAGE_OF[row["touchpoint"]],
        "at": _at(row["minute"]),
        "channel": row.get("channel"),
        "value_e4": int(row.get("value") or 0) * 10_000,
        "failed": bool(row.get("failed", False)),
        "wrong_channel": False,
        "kept": row.get("kept"),
    }


def _numbered(walked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: dict[str, int] = {}
    found = []
    for step in walked:
        seen[step["journey_id"]] = seen.get(step["journey_id"], 0) + 1
        found.append(step | {"step": seen[step["journey_id"]]})
    return sorted(found, key=lambda step: (step["customer_id"], step["journey_id"], step["step"]))


def _journeys(walked: list[dict[str, Any]], said: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    mine: dict[str, list[dict[str, Any]]] = {}
    for step in walked:
        mine.setdefault(step["journey_id"], []).append(step)
    return [_journey(steps, said.get(name, {})) for name, steps in mine.items()]


def _journey(steps: list[dict[str, Any]], said: Mapping[str, Any]) -> dict[str, Any]:
    points = [step["touchpoint"] for step in steps]
    success = SUCCESS in points
    return {
        "journey_id": steps[0]["journey_id"],
        "customer_id": steps[0]["customer_id"],
        "started_at": steps[0]["at"],
        "ended_at": steps[-1]["at"],
        "steps": len(steps),
        "off_map": 0,
        "route": [point for i, point in enumerate(points) if i == 0 or points[i - 1] != point],
        "state": said.get("state") or ("done" if success else "lost"),
        "success": success,
        "value_e4": sum(step["value_e4"] for step in steps),
        "channel": steps[0]["channel"],
        "persona": None,
        "cost": said.get("cost", 0.0),
        "fitness": said.get("fitness", 1.0),
        "exact": True,
        "kept": said.get("kept"),
    }


def _answer(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "feedback_id": f"f{number}",
        "customer_id": row.get("customer") or f"answer:f{number}",
        "journey_id": row.get("journey"),
        "place": row.get("place", "shop"),
        "bound": "rule",
        "at": None if row.get("minute") is None else _at(row["minute"]),
        "kind": row.get("kind", "survey"),
        "question": row.get("question"),
        "score": row.get("score"),
        "low": row.get("low"),
        "high": row.get("high"),
        "rule": row.get("rule"),
        "weight": row.get("weight", 1.0),
        "channel": row.get("channel"),
        "text": row.get("text"),
        "sentiment": row.get("sentiment"),
        "properties": row.get("properties"),
    }


def _customers(found: list[Mapping[str, Any]]) -> pl.DataFrame:
    schema = {"customer_id": pl.String, "persona": pl.String, "properties": pl.String}
    people = [
        {"customer_id": row["customer"], "persona": row.get("persona"), "properties": row.get("properties")}
        for row in found
    ]
    return pl.DataFrame(people, schema=schema, orient="row")
