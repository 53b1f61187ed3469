"""Routes with their hashes and customers, in compact runs, and the most frequent ones among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.paths.tally import starts_of_equals
from desireline.slices import I64, U64, Codes


@dataclass(frozen=True)
class RouteRun:
    """Different routes by rising hash: how many customers each has, and where in `codes` one of them can be read."""

    hashes: U64
    customers: npt.NDArray[np.integer[Any]]
    start: npt.NDArray[np.unsignedinteger[Any]]
    length: npt.NDArray[np.unsignedinteger[Any]]
    codes: Codes

    def negated(self) -> RouteRun:
        """The same with customers to be taken away."""
        return replace(self, customers=-self.customers.astype(np.int64))


@dataclass(frozen=True)
class Entries:
    """Different routes by rising hash, each of which can be read in one of `runs`."""

    runs: Sequence[RouteRun]
    hashes: U64
    customers: I64
    run: I64
    start: I64
    length: I64

    def route(self, number: int) -> tuple[int, ...]:
        """The touchpoints of one."""
        start = self.start[number]
        codes = self.runs[self.run[number]].codes[start : start + self.length[number]]
        return tuple(codes.tolist())

    def step(self, among: I64, step: int) -> I64:
        """The touchpoint that some have at a step."""
        found = np.empty(len(among), dtype=np.int64)
        order = np.argsort(self.run[among], kind="stable")
        for some in np.split(order, starts_of_equals(self.run[among][order])[1:]):
            found[some] = self.runs[self.run[among[some[0]]]].codes[self.start[among[some]] + step]
        return found

    def only(self, keep: I64 | npt.NDArray[np.bool_]) -> Entries:
        """Some of them."""
        return Entries(
            self.runs, self.hashes[keep], self.customers[keep], self.run[keep], self.start[keep], self.length[keep]
        )


def make_route_run(hashes: U64, codes: Codes, ends: I64) -> RouteRun:
    """The run of customers whose routes follow one another in `codes`."""
    order = np.argsort(hashes)
    rising = hashes[order]
    firsts = starts_of_equals(rising)
    customers = np.diff(firsts, append=len(hashes))
    witness = order[firsts]
    length = np.diff(ends, prepend=0)[witness]
    start = ends[witness] - length
    if 2 * int(length.sum()) < len(codes):
        codes, start = _copy(codes, start, length)
    return _compact(rising[firsts], customers, start, length, codes)


def gather(runs: Sequence[RouteRun], low: int, high: int) -> Entries:
    """The routes with hashes from `low` up to but not including `high`, each once, with the customers of all runs."""
    cuts = [_between(run.hashes, low, high) for run in runs]
    hashes = np.concatenate([run.hashes[cut] for run, cut in zip(runs, cuts, strict=True)])
    order = np.argsort(hashes, kind="stable")
    hashes = hashes[order]
    starts = starts_of_equals(hashes)
    if not len(starts):
        return Entries(runs, hashes, order, order, order, order)
    customers = np.concatenate([run.customers[cut].astype(np.int64) for run, cut in zip(runs, cuts, strict=True)])
    witness = order[starts]
    return Entries(
        runs=runs,
        hashes=hashes[starts],
        customers=np.add.reduceat(customers[order], starts),
        run=np.repeat(np.arange(len(runs)), [cut.stop - cut.start for cut in cuts])[witness],
        start=np.concatenate([run.start[cut] for run, cut in zip(runs, cuts, strict=True)])[witness].astype(np.int64),
        length=np.concatenate([run.length[cut] for run, cut in zip(runs, cuts, strict=True)])[witness].astype(np.int64),
    )


def join(runs: Sequence[RouteRun]) -> RouteRun:
    """One run of all; routes that no customer is left on are gone."""
    if not runs:
        none = np.zeros(0, dtype=np.int64)
        return _compact(none.view(np.uint64), none, none, none, none.astype(np.uint8))
    every = gather(runs, 0, 2**64)
    left = every.only(every.customers > 0)
    codes = np.zeros(int(left.length.sum()), dtype=np.result_type(*(run.codes.dtype for run in runs)))
    start = np.cumsum(left.length) - left.length
    for number, run in enumerate(runs):
        here = left.run == number
        places = _places(start[here], left.length[here])
        codes[places] = run.codes[_places(left.start[here], left.length[here])]
    return _compact(left.hashes, left.customers, start, left.length, codes)


def choose(entries: Entries, top: int) -> I64:
    """Which entries are the `top` ones: most customers, then fewest steps, then lowest codes, step by step."""
    chosen, among = _lowest(-entries.customers, np.arange(len(entries.customers)), top)
    more, among = _lowest(entries.length[among], among, top - len(chosen))
    chosen = np.concatenate([chosen, more])
    step, steps = 0, int(entries.length[among].max(initial=0))
    while len(among) and step < steps:
        more, among = _lowest(entries.step(among, step), among, top - len(chosen))
        chosen = np.concatenate([chosen, more])
        step += 1
    return np.concatenate([chosen, among[: top - len(chosen)]])


def _lowest(values: I64, among: I64, wanted: int) -> tuple[I64, I64]:
    """Those that are among the `wanted` lowest in any case, and those of which some are, being all alike."""
    if len(among) <= wanted:
        return among, among[:0]
    if wanted <= 0:
        return among[:0], among[:0]
    last = np.partition(values, wanted - 1)[wanted - 1]
    return among[values < last], among[values == last]


def _between(hashes: U64, low: int, high: int) -> slice:
    first = int(np.searchsorted(hashes, np.uint64(low)))
    return slice(first, len(hashes) if high >= 2**64 else int(np.searchsorted(hashes, np.uint64(high))))


def _places(start: I64, length: I64) -> I64:
    """All places from each start on, one for each of its length."""
    shift = np.repeat(start - (np.cumsum(length) - length), length)
    return shift + np.arange(len(shift))


def _copy(codes: Codes, start: I64, length: I64) -> tuple[Codes, I64]:
    return codes[_places(start, length)], np.cumsum(length) - length


def _compact(hashes: U64, customers: I64, start: I64, length: I64, codes: Codes) -> RouteRun:
    """A run in the smallest numbers that hold it."""
    return RouteRun(hashes, _small(customers), _small(start), _small(length), codes)


def _small(numbers: I64) -> Codes:
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))
