"""The same numbers on this machine and on a Spark cluster: one master, two workers of one core each, on loopback.

    python examples/spark/demo.py [--events 600000]

Makes a lake of a small shop, measures its map and asks six questions about paths, here and on the cluster, and says
whether every reading is the same to the last digit. Needs `pip install 'desireline[spark]'` and Java 17. Exit code 1
when anything differs.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
from cluster import loopback

from desireline import DesirelineError, Outline, Question, Workspace
from desireline.engine.local import run
from desireline.engine.spark import Spark, pack
from desireline.lake.store import Lake
from desireline.maps.files import read_map
from desireline.paths.edges import Edges
from desireline.paths.funnel import Funnel
from desireline.paths.order import Order
from desireline.paths.retention import Retention
from desireline.paths.routes import Routes
from desireline.paths.together import Together
from desireline.paths.visits import Visits
from desireline.pipeline.measuring import Bucket, Trip
from desireline.recipes.files import read_recipe
from desireline.trace.raw import build_raw
from desireline.trace.trace import Trace

STEPS = ("ad", "see", "cart", "pay", "call")
RECIPE = """
recipe: shop
times: {form: iso, zone: UTC}
sources: {log: {file: log.csv}}
tables: {log: {into: events, source: log, customer: who, channel: via, events: [{event: what, at: when}]}}
"""
MAP = """
map: {id: shop, title: Shop, journey: {by: silence, silence: 3d, patience: 3d, success: [pay]}}
channels: [{id: web, title: Web, names: [web]}, {id: app, title: App, names: [app]}]
stages: [{id: find, title: Find}, {id: buy, title: Buy}]
touchpoints:
  - {id: see, stage: find, title: Sees it, channels: [web, app], when: {event: see}}
  - {id: cart, stage: buy, title: Cart, channels: [web], when: {event: cart}}
  - {id: pay, stage: buy, title: Pays, channels: [web, app], when: {event: pay}}
"""


def main() -> int:
    """Measure twice; 0 when everything is the same."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--events", type=int, default=600_000)
    events = asked.parse_args().events
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        works = timed(f"A lake and a kept trace of {events:,} events", lambda: prepare(folder, events))
        with loopback(folder) as cluster:
            print(f"A cluster at {cluster.master}: {len(cluster.workers)} workers of one core.")
            with Spark.connect(cluster.master, settings=cluster.settings()) as engine:
                timed("Spark's first task, Python and all", lambda: engine(range(2), abs, sum))
                return sum([compare(name, work, engine) for name, work in works.items()])


def prepare(folder: Path, events: int) -> dict[str, tuple[range, Callable[[int], Any], Any]]:
    """What there is to do: buckets, what to do with each, and how it adds up and ends."""
    rows = log(events)
    workspace = Workspace.create(folder / "shop")
    told = rows.with_columns(pl.col("when").dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    workspace.import_files(read_recipe(RECIPE, "shop"), {"log": told})
    build_raw([rows.rename({"who": "customer_id", "when": "at", "what": "event", "via": "channel"})], folder / "trace")
    return {"The map's readings": readings(folder / "shop"), "Six questions about paths": paths(folder / "trace")}


def readings(folder: Path) -> tuple[range, Callable[[int], Any], Any]:
    """What `desireline measure` does."""
    snapshot = Lake.open(folder / "lake").current()
    trip = Trip(Outline(read_map(MAP, "shop")), Question(by=("channel",)), data_end=snapshot.data_end())

    def partial(bucket: int) -> Any:
        return trip.partial(Bucket(snapshot.events(bucket), snapshot.feedback(bucket), snapshot.customers(bucket)))

    def finish(whole: Any) -> Any:
        return trip.finish(whole, first_at=snapshot.first_at(), last_at=snapshot.data_end()).as_json()

    return range(snapshot.buckets), partial, (trip.combine, finish)


def paths(folder: Path) -> tuple[range, Callable[[int], Any], Any]:
    """Six questions, one walk over the kept trace."""
    trace = Trace.open(folder)
    code = {name: number for number, name in enumerate(trace.names["event"])}
    together = Together(
        {
            "funnel": Funnel((code["see"], code["cart"], code["pay"]), within=7 * 86_400_000_000),
            "edges": Edges(len(code), exact=True),
            "routes": Routes(100),
            "visits": Visits(len(code)),
            "retention": Retention("week"),
            "order": Order(tuple({"see": 0, "cart": 1, "pay": 2}.get(name, -1) for name in code)),
        }
    )

    def partial(bucket: int) -> Any:
        return together.combine([together.partial(part) for part in trace.slices(bucket)])

    return range(trace.buckets), partial, (together.combine, together.finish)


def compare(name: str, work: tuple[range, Callable[[int], Any], Any], engine: Spark) -> int:
    """Run it here and there; 1 when the answers differ."""
    buckets, partial, (combine, finish) = work
    print(f"\n{name}: {len(buckets)} buckets; what is sent to an executor: {len(pack(partial)):,} bytes.")
    here = timed("  on this machine", lambda: finish(run(buckets, partial, combine)))
    there = timed("  on Spark, two workers", lambda: finish(engine(buckets, partial, combine)))
    alike = plain(here) == plain(there)
    print("  Every reading is the same to the last digit." if alike else "  THE READINGS DIFFER.")
    return 0 if alike else 1


def plain(answer: Any) -> Any:
    """The answer as text, arrays and floats by their bits."""
    if isinstance(answer, dict):
        return {name: plain(value) for name, value in answer.items()}
    if hasattr(answer, "tobytes"):
        return str(answer.dtype), answer.shape, answer.tobytes()
    if hasattr(answer, "__dataclass_fields__"):
        return {name: plain(getattr(answer, name)) for name in answer.__dataclass_fields__}
    return [plain(one) for one in answer] if isinstance(answer, list | tuple) else repr(answer)


def log(events: int) -> pl.DataFrame:
    """The shop's events: who, when, what, via. Everything follows from the number of the row."""
    row = pl.int_range(events)
    customers = max(events // 12, 1)
    nth, dice = row // customers, row * 7919 + row * row // 13
    minutes = row % customers + nth * (row % 6) * 7 + nth // 4 * 6000
    return pl.select(
        pl.format("customer {}", row % customers).alias("who"),
        (pl.datetime(2026, 3, 1, time_zone="UTC") + pl.duration(minutes=minutes)).alias("when"),
        (dice % 97 % len(STEPS)).replace_strict(dict(enumerate(STEPS)), return_dtype=pl.String).alias("what"),
        pl.when(row % 3 == 0).then(pl.lit("app")).otherwise(pl.lit("web")).alias("via"),
    )


def timed(what: str, work: Callable[[], Any]) -> Any:
    """What the work gives; its seconds are printed."""
    began = time.perf_counter()
    found = work()
    print(f"{what}: {time.perf_counter() - began:.1f} s")
    return found


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DesirelineError as fault:
        sys.exit(str(fault))
