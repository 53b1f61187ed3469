"""What moves satisfaction, on public data: how long fourteen drivers take, and whether they are exact.

    python -m bench.drivers DATA          DATA holds airline_passenger_satisfaction and sfo_airport_survey_2017

Process CPU time, reading the file apart; one thread is enough (OMP_NUM_THREADS=1).
"""

from __future__ import annotations

import sys
from math import factorial
from pathlib import Path
from time import process_time

import numpy as np
import polars as pl

from desireline.hashes import hash_text
from desireline.voice.drivers.drivers import Drivers, find_drivers
from desireline.voice.drivers.importance import explained, johnson, lmg
from desireline.voice.drivers.moments import sum_groups, whole
from desireline.voice.drivers.ratings import Ratings

AIRLINE = "airline_passenger_satisfaction/airline_passenger_satisfaction.csv.gz"
AIRPORT = "sfo_airport_survey_2017/2017_SFO_Customer_Survey.csv.gz"
LIMIT = 2.0  # seconds
EXACT = 1e-9


def main(data: Path) -> None:
    """The bars, printed."""
    airline(data / AIRLINE)
    airport(data / AIRPORT)


def airline(path: Path) -> None:
    """129,880 passengers, 14 ratings of which 0 is not applicable, satisfied or not."""
    start = process_time()
    frame = pl.read_csv(path)
    read = process_time() - start
    start = process_time()
    names = frame.columns[8:22]
    rated = frame.select(pl.when(pl.col(one) > 0).then((pl.col(one) - 1) * 25.0) for one in names)
    satisfied = frame.select(pl.when(pl.col("satisfaction") == "satisfied").then(100.0).otherwise(0.0))
    ratings = survey(names, rated.hstack(satisfied), "satisfied", frame["id"].cast(pl.String))
    found = find_drivers(ratings)
    took = process_time() - start
    show(found)
    print(f"airline: {len(names)} drivers, {found.n:,} customers, {found.method}, {took:.2f} s of CPU ", end="")
    print(f"({verdict(took < LIMIT)}: under {LIMIT} s), reading the file {read:.2f} s more")
    oracle("airline, as rated (0 is a gap)", ratings.columns)
    oracle("airline, complete answers", ratings.columns[~np.isnan(ratings.columns).any(axis=1)])


def airport(path: Path) -> None:
    """2,831 passengers of an airport, Q7ALL over its fourteen touchpoints."""
    frame = pl.read_csv(path, infer_schema_length=0)
    names = [one for one in frame.columns if one.startswith("Q7") and one != "Q7ALL"]
    rated = frame.select(
        pl.when(pl.col(one).is_in(list("12345"))).then((pl.col(one).cast(pl.Float64, strict=False) - 1) * 25.0)
        for one in [*names, "Q7ALL"]
    )
    ratings = survey(names, rated, "Q7ALL", frame["RESPNUM"].cast(pl.String))
    told = ~np.isnan(ratings.columns[:, -1])
    kept = Ratings(
        ratings.questions, ratings.places, "Q7ALL", "response",
        ratings.columns[told], ratings.weights[told], ratings.customers[told], (),
    )  # fmt: skip
    complete = int((~np.isnan(kept.columns).any(axis=1)).sum())
    start = process_time()
    found = find_drivers(kept)
    show(found)
    print(
        f"airport: {found.n:,} customers ({complete} of them rated everything), {process_time() - start:.2f} s of CPU"
    )
    oracle("airport, complete answers", kept.columns[~np.isnan(kept.columns).any(axis=1)])


def survey(names: list[str], rated: pl.DataFrame, of: str, who: pl.Series) -> Ratings:
    """Columns of 0–100 lined up, one response per customer."""
    columns = np.column_stack([rated[:, k].fill_null(np.nan).to_numpy() for k in range(rated.width)])
    none = ("",) * len(names)
    return Ratings(tuple(names), none, of, "response", columns, np.ones(len(columns)), hash_text(who), ())


def oracle(title: str, columns: np.ndarray) -> None:
    """LMG by regressing on every subset, one after the other, beside ours; and how near Johnson's weights come."""
    middle = np.nanmean(columns, axis=0)
    sums = sum_groups(columns - middle, np.ones(len(columns)), np.arange(len(columns), dtype=np.uint64))
    correlations, _ = whole(sums.drawn(np.ones((1, 1024))).raw, sums.drawn(np.ones((1, 1024))).n)
    k = columns.shape[1] - 1
    if np.isnan(columns).any():
        table = [r_squared(correlations[0], subset, k) for subset in range(1 << k)]
    else:
        table = [r_squared(np.corrcoef(columns.T), subset, k) for subset in range(1 << k)]
    off = np.abs(explained(correlations)[0] - table).max()
    ours = lmg(correlations)[0][0]
    theirs = by_subsets(np.array(table), k)
    apart = np.abs(ours - theirs).max()
    near = np.corrcoef(ours, johnson(correlations)[0][0])[0, 1]
    print(
        f"{title}: {len(columns):,} rows, R² of {1 << k:,} subsets at most {off:.1e} off, LMG at most {apart:.1e} off "
        f"({verdict(apart < EXACT)}: {EXACT}); Johnson's weights correlate {near:.4f} with it"
    )


def r_squared(correlations: np.ndarray, subset: int, k: int) -> float:
    """R² of one subset by solving its own normal equations."""
    chosen = [i for i in range(k) if subset >> i & 1]
    if not chosen:
        return 0.0
    with_outcome = correlations[chosen, -1]
    return float(with_outcome @ np.linalg.solve(correlations[np.ix_(chosen, chosen)], with_outcome))


def by_subsets(table: np.ndarray, k: int) -> np.ndarray:
    """Shapley's formula, term by term."""
    found = np.zeros(k)
    for subset in range(1 << k):
        size = subset.bit_count()
        for i in range(k):
            if not subset >> i & 1:
                likely = factorial(size) * factorial(k - size - 1) / factorial(k)
                found[i] += likely * (table[subset | 1 << i] - table[subset])
    return found


def show(found: Drivers) -> None:
    """The drivers as a table."""
    print(f"\n{found.of}: R² {found.explained.value:.3f} [{found.explained.low:.3f}, {found.explained.high:.3f}]")
    for one in found.drivers:
        share, rating, penalty = one.importance, one.performance, one.asymmetry
        print(
            f"  {one.question:34s} {100 * share.value:5.1f} % [{100 * share.low:4.1f}, {100 * share.high:4.1f}]"
            f"  rating {rating.value:4.1f}  n {one.n:7,}  {one.quadrant:18s} {penalty.kind} "
            f"({penalty.penalty.value:+.1f} / {penalty.reward.value:+.1f})"
        )


def verdict(met: bool) -> str:
    """Whether a bar is met."""
    return "met" if met else "MISSED"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
