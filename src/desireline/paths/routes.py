"""Which routes do customers take, and how many take each?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import numpy as np

from desireline.paths.question import Question
from desireline.paths.route_hashes import hash_routes
from desireline.paths.route_runs import Entries, RouteRun, choose, gather, join, make_route_run
from desireline.slices import I64, Codes, Slice

MOST_RUNS = 512
BLOCK = 1 << 20


@dataclass(frozen=True)
class RoutesState:
    """Customers by route, as runs that are merged, block by block, when they are read or grow too many."""

    runs: tuple[RouteRun, ...] = ()

    def plus(self, others: Sequence[RoutesState]) -> RoutesState:
        """The customers of this and all others together."""
        runs = [run for one in (self, *others) for run in one.runs]
        if len(runs) > MOST_RUNS:
            runs.sort(key=lambda run: len(run.hashes))
            runs = [join(runs[: -MOST_RUNS // 2]), *runs[-MOST_RUNS // 2 :]]
        return RoutesState(tuple(runs))

    def minus(self, part: RoutesState) -> RoutesState:
        """The customers of this who are not in `part`."""
        run = join([*self.runs, *(gone.negated() for gone in part.runs)])
        return RoutesState((run,) if len(run.hashes) else ())


@dataclass(frozen=True)
class RoutesAnswer:
    """`customers[i]` took `routes[i]`; `other` took others; all together took `distinct` different ones."""

    routes: tuple[tuple[int, ...], ...]
    customers: tuple[int, ...]
    distinct: int
    other: int


@dataclass(frozen=True)
class Routes(Question[RoutesState, RoutesAnswer]):
    """The `top` routes: all touchpoints of a customer in order, where repeats right after one another count as one.

    Most customers first; then fewer steps; then the lower codes. Routes are told apart by a hash of 64 bits: among
    five million different ones the chance that any two are taken for one is about 1 in 100,000.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"touchpoint"})

    top: int = 100

    def nothing(self) -> RoutesState:
        return RoutesState()

    def partial(self, slice: Slice) -> RoutesState:
        if not slice.customers:
            return self.nothing()
        codes, ends = _collapse(slice)
        return RoutesState((make_route_run(hash_routes(codes, ends), codes, ends),))

    def finish(self, state: RoutesState) -> RoutesAnswer:
        rows: list[tuple[int, int, tuple[int, ...]]] = []
        distinct = customers = 0
        for entries in _blocks(state.runs):
            distinct += len(entries.customers)
            customers += int(entries.customers.sum())
            rows += [
                (-int(entries.customers[i]), int(entries.length[i]), entries.route(i))
                for i in choose(entries, self.top).tolist()
            ]
        rows = sorted(rows)[: self.top]
        counts = tuple(-count for count, _, _ in rows)
        return RoutesAnswer(tuple(route for _, _, route in rows), counts, distinct, customers - sum(counts))


def _collapse(slice: Slice) -> tuple[Codes, I64]:
    """The touchpoints that differ from the one before, and where each customer's end."""
    keep = np.empty(slice.events, dtype=np.bool_)
    np.not_equal(slice.touchpoint[1:], slice.touchpoint[:-1], out=keep[1:])
    keep[slice.starts[:-1]] = True
    return np.compress(keep, slice.touchpoint), slice.ends_after(keep)


def _blocks(runs: Sequence[RouteRun]) -> Iterator[Entries]:
    """Each route once, with all its customers, about BLOCK of them at a time: routes whose hashes are near."""
    count = -(-sum(len(run.hashes) for run in runs) // BLOCK)
    edges = [number * 2**64 // max(count, 1) for number in range(count + 1)]
    return (gather(runs, low, high) for low, high in pairwise(edges))
