"""Least-cost alignments of many routes at once, by dynamic programming from their ends.

`least[route, state]` is what the rest of a route costs from a state of the map. One step earlier it is the less of two:
the step is not planned and the state stays; or touchpoints are left out, the step agrees, and what follows is known
already. All routes take that step together, so a route costs its steps × the map's states, a nanosecond each.
Which of the two it was is kept, a byte each; the alignments are read off by walking along it from the routes' starts.

A step that few routes take costs more to say than to do: so steps are prepared in blocks of as many as fit a cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desireline.journeys.alignment import Costs, Laid, Step
from desireline.journeys.found import Found, Index
from desireline.journeys.offers import Offers, Tables, class_of, fit
from desireline.journeys.ways import Ways

I64 = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint16]
Choices = npt.NDArray[np.uint8]  # 0: not planned; n: as planned, by the way in slot n − 1
_CELLS = 1 << 16  # routes × states that are worked on together: what a cache holds
_FEWEST = 64  # routes together, where there are so many
_KEPT = 1 << 25  # choices held at once; each step holds numbers that weigh as much as those of `_BESIDE` states
_BESIDE = 32
_AHEAD = 1 << 15  # routes × states × steps that are worked out ahead
_WORTH = 8  # steps for which that is worth while
_TABLES = 1 << 16  # numbers in the tables of routes that are worked on together though their lengths differ much


def align_all(codes: Codes, starts: I64, ways: Ways, costs: Costs) -> Found:
    """Aligns route i, which is `codes[starts[i]:starts[i + 1]]`, for all i.

    A code is twice the touchpoint's position, plus one in a wrong channel. No route may have more than
    `most_steps`. Memory beside the answer stays below some 100 MB, however many routes there are.
    """
    found = Found.blank(len(starts) - 1, ways.words)
    room, lengths, tables = np.zeros(0, dtype=np.uint8), np.diff(starts), Tables(ways, costs)
    for rows in _chunks(lengths, ways):
        chunk = _Chunk(codes, starts, rows, tables.offers(lengths[rows]))
        room = room if len(room) >= chunk.size else np.zeros(chunk.size, dtype=np.uint8)
        chunk.look_back(room)
        chunk.read_off(found)
    return found


def align_one(codes: Codes, ways: Ways, costs: Costs) -> Laid:
    """Aligns one route, with its moves in order."""
    lengths = np.array([len(codes)])
    offers = Tables(ways, costs).offers(lengths)
    chunk = _Chunk(codes, np.array([0, len(codes)]), np.zeros(1, dtype=np.intp), offers)
    chunk.look_back(np.zeros(chunk.size, dtype=np.uint8))
    moves, state = chunk.moves()
    return Laid(int(chunk.cost[0]), moves, ways.skips.path(state, int(ways.last[state])), state)


def most_steps(wanted: int, ways: Ways, costs: Costs) -> int:
    """How many steps a route may have, up to `wanted`; fewer only where costs are odd fractions of each other."""
    while wanted and fit(wanted, ways, costs) is None:
        wanted //= 2
    return wanted


def _chunks(lengths: I64, ways: Ways) -> Iterator[Index]:
    """Routes to work on together, the longest first; of one class of lengths where the map is large."""
    order = np.argsort(-lengths, kind="stable")
    ends = np.cumsum(np.maximum(lengths[order], 1) * max(ways.states, _BESIDE))
    together = max(_CELLS // ways.states, _FEWEST)
    first = 0
    while first < len(order):
        before = int(ends[first - 1]) if first else 0
        fitting = int(np.searchsorted(ends, before + _KEPT, side="right")) - first
        rows = order[first : first + max(min(together, fitting), 1)]
        if ways.to.size > _TABLES:
            rows = rows[class_of(lengths[rows]) == class_of(lengths[rows[:1]])]
        yield rows
        first += len(rows)


@dataclass(frozen=True)
class _Block:
    """Steps that are prepared together: those after which `first`, `first` + 1 … steps remain, of the first routes."""

    first: int
    active: list[int]  # by step: how many routes take it; they are the first
    label: Index  # shape (steps, routes)
    choices: Choices  # shape (steps, routes × states)


class _Chunk:
    """Some routes, longest first, held by how many steps remain: step e is that after which e steps remain."""

    def __init__(self, codes: Codes, starts: I64, rows: Index, offers: Offers) -> None:
        self.rows, self.offers, self.ways = rows, offers, offers.ways
        self._codes, self._ends = codes, starts[rows + 1]
        step = np.arange(offers.steps)
        more = np.searchsorted(-offers.lengths, -step, side="left")
        self.active: list[int] = more.tolist()  # routes with more steps than that
        self.own = np.arange(len(rows)) * self.ways.states  # where a route's states begin
        self.blocks: list[_Block] = []
        self.cost = np.zeros(len(rows), dtype=np.int64)

    @property
    def size(self) -> int:
        """How many choices there are to make."""
        return sum((end - first) * self.active[first] * self.ways.states for first, end in self._spans())

    def look_back(self, room: Choices) -> None:
        """Makes the choices, which `room` then holds, from the routes' last steps to their first."""
        least, used = self.offers.ends(), 0
        space, table = np.empty_like(least), self.offers.offer.copy()
        for first, end in self._spans():
            label, agrees = self._held(first, end)
            choices = room[used : used + label.size * self.ways.states].reshape(len(label), -1)
            block = _Block(first, self.active[first:end], label, choices)
            self._choose(block, agrees, (least, space, table))
            self.blocks.append(block)
            used += choices.size
        self.cost = self.offers.cost(least[:, 0])

    def _spans(self) -> Iterator[tuple[int, int]]:
        """From which step up to which steps are prepared together."""
        first = 0
        while first < len(self.active):
            routes = self.active[first]
            ahead = _AHEAD // (routes * self.ways.states)
            end = min(first + (ahead if ahead >= _WORTH else max(_CELLS // routes, 1)), len(self.active))
            yield first, end
            first = end

    def _held(self, first: int, end: int) -> tuple[Index, I64]:
        """Labels of these steps by route, and what agreeing costs; any, where a route has no such step."""
        held = self._codes.take(self._ends[: self.active[first]] - 1 - np.arange(first, end)[:, None], mode="clip")
        return (held >> 1).astype(np.intp), self.offers.agreeing(held & 1, first)

    def _choose(self, block: _Block, agrees: I64, into: tuple[I64, I64, I64]) -> None:
        """The choices of the block's steps; `into` holds what the rest costs, room as large, and offers as they rise.

        Costs are held less what all later steps would cost unplanned, so a step that is not planned changes nothing.
        """
        least, space, table = into
        home = self.ways.to[:, 0, 0][block.label] + self.own[: block.label.shape[1]]
        several = self.ways.slots[block.label] > 1
        some = np.any(several, axis=1).tolist()
        choices = block.choices.reshape(*home.shape, -1)
        for number, (active, offers) in enumerate(self._offered(block, space, table)):
            now, choice = least[:active], choices[number, :active]
            agree = least.take(home[number, :active])
            agree += agrees[number, :active]
            offers += agree[:, None]
            np.less_equal(offers, now, out=choice.view(np.bool_))
            if some[number]:
                rows = np.flatnonzero(several[number, :active])
                self._widen(block, number, rows, agrees[number, rows], (least, offers, choice))
            np.minimum(offers, now, out=now)

    def _offered(self, block: _Block, space: I64, table: I64) -> Iterator[tuple[int, I64]]:
        """By step: how many routes take it, and what its labels offer in their first slots, by route and state."""
        tables, rows = self.offers, self.offers.rows(block.label)
        if self._few(*rows.shape):
            whole = tables.sooner.take(rows, axis=0)
            whole *= tables.early(block.first, block.first + len(rows), rows.shape[1])[:, :, None]
            whole += tables.offer.take(rows, axis=0)
            yield from ((active, one[:active]) for active, one in zip(block.active, whole, strict=True))
            return
        for number, active in enumerate(block.active):
            tables.rises(table, block.first + number)
            np.take(table, rows[number, :active], axis=0, out=space[:active], mode="clip")
            yield active, space[:active]

    def _widen(self, block: _Block, number: int, rows: Index, agrees: I64, into: tuple[I64, I64, Choices]) -> None:
        """Betters the offers of some routes by the ways in slots after the first."""
        least, offers, choice = (part.reshape(-1) for part in into)
        label, own = block.label[number, rows], self.own[rows]
        for slot, further in enumerate(self.ways.further, start=1):
            owner, way = further.of(label)
            there = own[owner] + further.state[way]
            offer = least.take(own[owner] + further.to[way]) + agrees[owner]
            offer += self.offers.further(slot, way, rows[owner], block.first + number)
            better = (offer < offers[there]) & (offer <= least[there])
            offers[there[better]], choice[there[better]] = offer[better], slot + 1

    def read_off(self, found: Found) -> None:
        """Walks along the choices from the routes' first steps to their last, gathering sets of touchpoints."""
        ways = self.ways
        here = np.zeros(len(self.rows), dtype=np.intp)
        sets = np.zeros((3, ways.words, len(self.rows)), dtype=np.uint64)
        for block in reversed(self.blocks):
            taken = self._taken(block, here)
            for word in range(ways.words):
                for into, marks in zip(sets, ways.marks, strict=True):
                    into[word, : taken.shape[1]] |= np.bitwise_or.reduce(marks[word].take(taken), axis=0)
        found.cost[self.rows], found.compared[self.rows] = self.cost, self.offers.lengths
        found.state[self.rows], found.unreached[:, self.rows] = here, ways.end_bits[:, here]
        found.unplanned[:, self.rows], found.planned[:, self.rows], found.left_out[:, self.rows] = sets

    def _taken(self, block: _Block, here: Index) -> Index:
        """The steps taken, by step and route, as `ways.onward` counts them; `here`, where routes stand, moves on."""
        ways, routes = self.ways, block.label.shape[1]
        own, base = self.own[:routes], block.label * ways.per_label
        if self._few(len(base), routes):
            return self._looked_up(block, base, here)
        taken = np.full(base.shape, len(ways.onward))
        for number in range(len(base) - 1, -1, -1):
            active = block.active[number]
            state, now = here[:active], taken[number, :active]
            np.multiply(block.choices[number].take(own[:active] + state), ways.states, out=now, dtype=np.intp)
            now += base[number, :active]
            now += state
            ways.onward.take(now, out=state, mode="clip")
        return taken

    def _looked_up(self, block: _Block, base: Index, here: Index) -> Index:
        """The same for few routes, after all has been looked up that their steps could be."""
        ways, routes = self.ways, base.shape[1]
        every = block.choices.reshape(-1, routes, ways.states) * np.intp(ways.states)
        every += base[:, :, None] + np.arange(ways.states)
        onward = ways.onward.take(every, mode="clip").reshape(len(base), -1)
        place, own = np.zeros(base.shape, dtype=np.intp), self.own[:routes]
        for number in range(len(base) - 1, -1, -1):
            active = block.active[number]
            state, now = here[:active], place[number, :active]
            np.add(own[:active], state, out=now)
            onward[number].take(now, out=state, mode="clip")
        taken = np.take_along_axis(every.reshape(len(base), -1), place, axis=1)
        taken[np.arange(routes) >= np.array(block.active)[:, None]] = len(ways.onward)
        return taken

    def _few(self, steps: int, routes: int) -> bool:
        """True when it pays to work out much ahead."""
        return steps * routes * self.ways.states <= _AHEAD

    def moves(self) -> tuple[list[Step], int]:
        """The moves of the first route up to its last step, and the state of the map after them."""
        found: list[Step] = []
        state, ways = 0, self.ways
        for block in reversed(self.blocks):
            for labels, choices in zip(block.label[::-1], block.choices[::-1], strict=True):
                label, slot = int(labels[0]), int(choices[state]) - 1
                if slot < 0:
                    found.append(("log", label))
                    continue
                origin = int(ways.origin[label, slot, state])
                found += [("model", skipped) for skipped in ways.skips.path(state, origin)]
                found.append(("sync", label))
                state = int(ways.to[label, slot, state])
        return found, state
