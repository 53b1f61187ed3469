"""A shop with some hundred customers, spread over many small buckets, for engines to measure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import desireline.lake.buckets
import desireline.trace.raw
from desireline.engine.engine import Engine
from desireline.lake.store import Snapshot
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.paths.attribution import Attribution
from desireline.paths.edges import Edges
from desireline.paths.funnel import Funnel
from desireline.paths.order import Order
from desireline.paths.retention import Retention
from desireline.paths.routes import Routes
from desireline.paths.together import Together
from desireline.paths.visits import Visits
from desireline.pipeline.measuring import Bucket, Trip
from desireline.pipeline.question import Measured, Question
from desireline.recipes.files import read_recipe
from desireline.trace.raw import build_raw
from desireline.trace.trace import Trace
from desireline.workspace import Workspace

CUSTOMERS = 400
STEPS = ("ad", "see", "cart", "pay", "call")
RECIPE = read_recipe(
    """
recipe: shop
times: {form: iso, zone: UTC}
sources: {log: {file: log.csv}, stars: {file: stars.csv}}
tables:
  log: {into: events, source: log, customer: who, channel: via, currency: EUR,
        events: [{event: what, at: when, value: paid}]}
  stars: {into: feedback, source: stars, customer: who, at: when, kind: review,
          answers: [{question: {text: Stars}, answer: stars, low: 1, high: 5, rule: csat}]}
""",
    "shop",
)
MAP = read_map(
    """
map: {id: shop, title: Shop, currency: EUR, journey: {by: silence, silence: 1d, patience: 1d, success: [pay]}}
channels: [{id: web, title: Web, names: [web]}, {id: app, title: App, names: [app]}]
stages: [{id: find, title: Find}, {id: buy, title: Buy}]
touchpoints:
  - {id: see, stage: find, title: Sees it, channels: [web, app], when: {event: see}}
  - {id: cart, stage: buy, title: Cart, channels: [web], when: {event: cart}}
  - {id: pay, stage: buy, title: Pays, channels: [web, app], when: {event: pay}}
""",
    "shop",
)
QUESTION = Question(by=("channel",), period="week")


def log() -> pl.DataFrame:
    """The shop's events: who, when, what, via, paid. Everything follows from the number of the row."""
    row = pl.int_range(CUSTOMERS * 9)
    nth, dice = row // CUSTOMERS, row * 7919 + row * row // 13
    what = dice % 97 % len(STEPS)
    minutes = row % CUSTOMERS * 20 + nth * (row % 6) * 7 + nth // 3 * 2000  # every sixth has ties in time
    return pl.select(
        pl.format("customer {}", row % CUSTOMERS).alias("who"),
        (pl.datetime(2026, 3, 1, time_zone="UTC") + pl.duration(minutes=minutes)).alias("when"),
        what.replace_strict(dict(enumerate(STEPS)), return_dtype=pl.String).alias("what"),
        pl.when(row % 11 > 0).then(pl.when(row % 3 == 0).then(pl.lit("app")).otherwise(pl.lit("web"))).alias("via"),
        pl.when(what == 3).then((row % 90).cast(pl.Decimal(18, 4)) / 4).alias("paid"),
    )


def stars() -> pl.DataFrame:
    """A review by every third customer."""
    row = pl.int_range(CUSTOMERS // 3)
    return pl.select(
        pl.format("customer {}", row * 3).alias("who"),
        pl.format("2026-03-{}T09:00:00Z", (row % 9 + 20)).alias("when"),
        (row % 5 + 1).cast(pl.String).alias("stars"),
    )


def open_shop(folder: Path) -> Workspace:
    """A workspace whose lake has 16 buckets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desireline.lake.buckets, "COMFORTABLE", 300)
        workspace = Workspace.create(folder)
        told = log().with_columns(pl.col("when").dt.strftime("%Y-%m-%dT%H:%M:%SZ"), pl.col("paid").cast(pl.String))
        counts = workspace.import_files(RECIPE, {"log": told, "stars": stars()})
    assert (counts.refused, counts.accepted) == (0, CUSTOMERS * 9 + CUSTOMERS // 3)
    return workspace


def kept_trace(folder: Path) -> Trace:
    """The same events as a kept trace of 16 buckets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desireline.trace.raw, "COMFORTABLE", 300)
        build_raw([log().rename({"who": "customer_id", "when": "at", "what": "event", "via": "channel"})], folder)
    return Trace.open(folder)


def measure(snapshot: Snapshot, engine: Engine) -> Measured:
    """The map on the snapshot, measured by this engine."""
    trip = Trip(Outline(MAP), QUESTION, data_end=snapshot.data_end())
    whole = engine(range(snapshot.buckets), bucket_work(trip, snapshot), trip.combine)
    return trip.finish(whole, first_at=snapshot.first_at(), last_at=snapshot.data_end())


def bucket_work(trip: Trip, snapshot: Snapshot) -> Callable[[int], object]:
    """What has to be done for a bucket of the snapshot."""

    def partial(bucket: int) -> object:
        return trip.partial(Bucket(snapshot.events(bucket), snapshot.feedback(bucket), snapshot.customers(bucket)))

    return partial


def seven(names: tuple[str, ...], channels: int) -> Together:
    """The seven questions about paths."""
    code = {name: number for number, name in enumerate(names)}
    count = len(names)
    return Together(
        {
            "funnel": Funnel((code["see"], code["cart"], code["pay"]), within=7 * 86_400_000_000),
            "edges": Edges(count, exact=True),
            "routes": Routes(top=20),
            "visits": Visits(count),
            "retention": Retention("week"),
            "attribution": Attribution(code["pay"], channels),
            "order": Order(tuple({"see": 0, "cart": 1, "pay": 2}.get(name, -1) for name in names)),
        }
    )


def same(one: object, other: object) -> bool:
    """Every number and every name of two answers is the same, to the last bit."""
    return repr(plain(one)) == repr(plain(other))


def plain(answer: object) -> object:
    """The answer as plain data, floats by their bits."""
    if isinstance(answer, dict):
        return {name: plain(value) for name, value in answer.items()}
    if hasattr(answer, "tobytes"):
        return str(answer.dtype), answer.shape, answer.tobytes()
    if hasattr(answer, "__dataclass_fields__"):
        return {name: plain(getattr(answer, name)) for name in answer.__dataclass_fields__}
    if isinstance(answer, float):
        return answer.hex()
    return [plain(one) for one in answer] if isinstance(answer, tuple | list) else answer
