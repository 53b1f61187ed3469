"""What the product has to show, as ratios within one run: each bar with its limit and how it is read off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.engines import SEVEN
from bench.measured import ANY_LAYOUT, ROW_LAYOUT, Measured, divide, mean

TRACE, ORDERED, RAW, LAKE = "ours trace", "ours ordered", "ours raw", "ours lake"
DUCK = "duckdb raw"
GIB = 1024.0


@dataclass(frozen=True)
class Bar:
    """`read` gives the value, which must not exceed `limit`; None when it was not measured."""

    what: str
    limit: float
    read: Callable[[Measured], float | None]
    unit: str = "×"
    size: str = "10m"

    def verdict(self, measured: Measured) -> str:
        """Met, missed, or not measured."""
        value = self.read(measured)
        return "not measured" if value is None else "met" if value <= self.limit else "**missed**"


def _worst(ratios: dict[str, float]) -> float | None:
    return max(ratios.values(), default=None)


def _growth(measured: Measured) -> float | None:
    found = {task: divide(measured.median("100m", TRACE, task), measured.median("10m", TRACE, task)) for task in SEVEN}
    return max((ratio for ratio in found.values() if ratio is not None), default=None)


def _ingest(kind: str) -> Callable[[Measured], float | None]:
    task = f"ingest-{kind}"
    return lambda m: divide(m.median("10m", LAKE, task), m.median("10m", "duckdb files", task))


def _filter(task: str) -> Callable[[Measured], float | None]:
    return lambda m: divide(m.median("10m", LAKE, task), m.median("10m", LAKE, "ask"))


def _against(task: str, peer: str) -> Callable[[Measured], float | None]:
    return lambda m: divide(m.median("10m", TRACE, task), m.median("10m", peer, task))


def _append(measured: Measured) -> float | None:
    """Import and refreshed answers, against importing everything and answering from nothing."""
    whole = measured.total("100m", LAKE, ("ingest-parquet", "rebuild"))
    return divide(measured.median("100m", LAKE, "append"), whole)


def _aligned(task: str) -> Callable[[Measured], float | None]:
    size = "alignment"
    return lambda m: divide(m.median(size, "ours alignment", task), m.median(size, "pm4py alignment", task))


BARS = (
    Bar(
        "seven tasks on the kept trace, against the best peer in any layout: geometric mean",
        0.55,
        lambda m: mean(list(m.against_best("10m", TRACE, ANY_LAYOUT).values())),
    ),
    Bar("— the worst of them", 0.9, lambda m: _worst(m.against_best("10m", TRACE, ANY_LAYOUT))),
    Bar(
        "seven tasks from ordered Parquet, against the best peer on a row layout: geometric mean",
        0.8,
        lambda m: mean(list(m.against_best("10m", ORDERED, ROW_LAYOUT).values())),
    ),
    Bar("— the worst of them", 1.0, lambda m: _worst(m.against_best("10m", ORDERED, ROW_LAYOUT))),
    Bar(
        "all seven in one pass, against the sum of DuckDB's seven on raw Parquet",
        0.05,
        lambda m: divide(m.median("10m", TRACE, "all"), m.total("10m", DUCK)),
    ),
    Bar(
        "raw Parquet to kept trace, against one directly-follows query of DuckDB on raw Parquet",
        0.5,
        lambda m: divide(m.median("10m", RAW, "keep"), m.median("10m", DUCK, "b")),
    ),
    Bar(
        "raw Parquet to all seven answers, against the sum of DuckDB's seven",
        0.12,
        lambda m: divide(m.median("10m", RAW, "raw-all"), m.total("10m", DUCK)),
    ),
    Bar("(b) against pm4py", 0.02, _against("b", "pm4py raw")),
    Bar("(b) against Spark, local", 0.02, _against("b", "spark raw")),
    Bar("(b) against retentioneering", 0.03, _against("b", "retentioneering raw")),
    Bar("(c) against pm4py", 0.06, _against("c", "pm4py raw")),
    Bar(
        "everything that `desireline measure` reports, against all seven in one pass",
        6.0,
        lambda m: divide(m.median("10m", LAKE, "map"), m.median("10m", TRACE, "all")),
    ),
    Bar("growth from 10 to 100 million events, the worst of the seven tasks", 12.0, _growth, size="100m"),
    Bar(
        "peak own memory of the measures at 100 million events",
        GIB,
        lambda m: m.own_peak("100m", TRACE, (*SEVEN, "all")),
        "MiB",
        size="100m",
    ),
    Bar(
        "peak own memory of making the kept trace at 100 million events",
        2 * GIB,
        lambda m: m.own_peak("100m", RAW, ("keep",)),
        "MiB",
        size="100m",
    ),
    Bar("Parquet to a lake that can be asked, against DuckDB writing it in order", 1.0, _ingest("parquet")),
    Bar("the same from CSV", 1.0, _ingest("csv")),
    Bar("the same from JSON lines", 1.0, _ingest("jsonl")),
    Bar(
        "30 days that are not merged, against the same trace merged: all seven",
        1.8,
        lambda m: divide(m.median("10m", "ours growth", "unmerged"), m.median("10m", "ours growth", "merged")),
    ),
    Bar("1 % more rows brought in and answered, against everything anew, at 100 million", 0.05, _append, size="100m"),
    Bar("another period: all seven, against all seven of everything", 0.5, _filter("period")),
    Bar("another segment: all seven, against all seven of everything", 0.5, _filter("segment")),
    Bar(
        "a cold process, from its start to a funnel on 1 million events, against a DuckDB process on the same files",
        0.7,
        lambda m: divide(m.median("1m", "ours cold", "cold-ordered"), m.median("1m", "duckdb cold", "cold-ordered")),
        size="1m",
    ),
    Bar("alignment of the receipt log, against pm4py", 0.01, _aligned("align-receipt"), size="alignment"),
    Bar("alignment on a map of eleven steps, against pm4py", 0.01, _aligned("align-eleven"), size="alignment"),
    Bar(
        "alignment of 50,000 distinct routes",
        8.0,
        lambda m: m.median("alignment", "ours alignment", "align-many"),
        "s",
        size="alignment",
    ),
    Bar(
        "Spark, two workers: all seven over the trace, against (a), (b), (d) in Spark SQL on the same cluster",
        0.1,
        lambda m: divide(m.median("10m", "ours spark", "all"), m.total("10m", "spark sql", ("a", "b", "d"))),
    ),
)
