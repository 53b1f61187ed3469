"""What an engine answers to each task, in one form for all, and whether two answers agree.

An answer is plain JSON: names, not codes; whole numbers; seconds and shares as floats. The tasks:

    a  a five-step funnel in seven days          {"reached": [customers at level 1, …, 5]}
    b  directly-follows edges, exact medians     {"edges": [[before, after, count, median seconds], …]}
    c  top 100 routes, repeats collapsed         {"routes": [["e00>e01", customers], …], "distinct": n}
    d  visits, and events at their steps 1–10    {"visits": n, "steps": [[step, touchpoint, events], …]}
    e  weekly retention                          {"cells": [["2026-01-05", offset, customers], …]}
    f  Markov attribution to a first purchase    {"conversions": n, "removal": [[channel, effect], …]}
    g  order against the map's stages            {"backward": n, "skipped": n, "conforming": customers}

`docs/performance.md` has the definitions in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

TASKS = ("a", "b", "c", "d", "e", "f", "g")
WITHIN = 7 * 86_400 * 1_000_000  # µs, of (a)
SILENCE = 30 * 60 * 1_000_000  # µs, of (d)
STEPS = 10  # of (d)
TOP = 100  # of (c)
ARROW = ">"
Answer = dict[str, Any]


def agrees(theirs: Answer, ours: Answer) -> bool:
    """True when both answers are the same; floats may differ by a part in 10⁹ or a millionth.

    What a peer cannot say it leaves out (a missing key, a None), which is no disagreement. A peer that rounds or
    simulates says by how much, as `within`.
    """
    within = float(theirs.get("within", 1.01e-6))
    return all(name in ours and _alike(held, ours[name], within) for name, held in theirs.items() if name != "within")


def _alike(theirs: Any, ours: Any, within: float) -> bool:
    if theirs is None:
        return True
    if isinstance(theirs, list | tuple):
        same_length = len(theirs) == len(ours)
        return same_length and all(_alike(a, b, within) for a, b in zip(theirs, ours, strict=True))
    if isinstance(theirs, float) or isinstance(ours, float):
        return math.isclose(theirs, ours, rel_tol=1e-9, abs_tol=within)
    return bool(theirs == ours)


def funnel(reached: Iterable[int]) -> Answer:
    """The answer to (a)."""
    return {"reached": [int(count) for count in reached]}


def edges(rows: Iterable[Sequence[Any]]) -> Answer:
    """The answer to (b), from rows (before, after, count, median seconds or None)."""
    return {"edges": sorted([str(a), str(b), int(n), None if s is None else float(s)] for a, b, n, s in rows)}


def routes(rows: Iterable[tuple[Sequence[str], int]], distinct: int) -> Answer:
    """The answer to (c), from rows (touchpoints, customers) that are in order already."""
    return {"routes": [[ARROW.join(route), int(n)] for route, n in rows], "distinct": int(distinct)}


def visits(count: int, rows: Iterable[Sequence[Any]]) -> Answer:
    """The answer to (d), from rows (step from 1, touchpoint, events)."""
    return {"visits": int(count), "steps": sorted([int(step), str(name), int(n)] for step, name, n in rows if n)}


def retention(rows: Iterable[Sequence[Any]]) -> Answer:
    """The answer to (e), from rows (Monday of the cohort, offset in weeks, customers)."""
    return {"cells": sorted([str(cohort)[:10], int(offset), int(n)] for cohort, offset, n in rows if n)}


def order(backward: int, skipped: int, conforming: int) -> Answer:
    """The answer to (g)."""
    return {"backward": int(backward), "skipped": int(skipped), "conforming": int(conforming)}


def attribution(rows: Iterable[Sequence[Any]], channels: Sequence[str]) -> Answer:
    """The answer to (f), from counted moves (channel before or None, channel, end, count).

    `end` says what follows the event: 0 another event, 1 nothing, 2 the purchase was this event. The chain's
    probabilities are solved by exact elimination in floats, with no simulation.
    """
    code = {name: number for number, name in enumerate(channels)}
    size = len(channels)
    started = [0] * size
    moves = [[0] * size for _ in channels]
    ended = [[0, 0] for _ in channels]  # lost, bought
    for before, channel, end, count in rows:
        here = code[channel]
        if before is None:
            started[here] += count
        else:
            moves[code[before]][here] += count
        if end:
            ended[here][int(end) - 1] += count
    whole = _bought(started, moves, ended, without=None)
    effects = [1 - _bought(started, moves, ended, without=gone) / whole if whole else 0.0 for gone in range(size)]
    conversions = sum(bought for _, bought in ended)
    return {"conversions": conversions, "removal": [[name, effects[code[name]]] for name in sorted(channels)]}


def _bought(started: list[int], moves: list[list[int]], ended: list[list[int]], *, without: int | None) -> float:
    """The probability to end in a purchase when every move into `without` is lost."""
    size = len(started)
    rows = []
    for here in range(size):
        leaving = sum(moves[here]) + sum(ended[here])
        chance = [count / leaving if leaving else 0.0 for count in moves[here]]
        bought = ended[here][1] / leaving if leaving else 0.0
        if without is not None:
            chance[without] = 0.0
        rows.append([(here == there) - chance[there] for there in range(size)] + [bought])
    reached = _solve(rows)
    total = sum(started)
    return sum(n / total * reached[here] for here, n in enumerate(started) if here != without) if total else 0.0


def _solve(rows: list[list[float]]) -> list[float]:
    """The solution of a small linear system, by Gauss and Jordan with pivots."""
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        top = [value / rows[column][column] for value in rows[column]]
        rows[column] = top
        for other in range(size):
            if other != column:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], top, strict=True)]
    return [row[-1] for row in rows]
