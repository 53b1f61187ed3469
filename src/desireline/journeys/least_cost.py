"""Least-cost alignments of many routes at once, by dynamic programming from their ends.

`least[route, state]` is what the rest of a route costs from a state of the map. One step earlier it is the less of two:
the step is not planned and the state stays; or touchpoints are left out, the step agrees, and what follows is known
already. All routes take that step together, so a route costs its steps × the map's states, a few nanoseconds each.
Which of the two it was is kept, a byte each; the alignments are read off by walking along it from the routes' starts.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from desireline.journeys.alignment import Costs, Laid, Step
from desireline.journeys.found import Found, Index
from desireline.journeys.tiers import NEVER, Tiers, tiers_for
from desireline.journeys.ways import FAR, Ways

I64 = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint16]
Choices = npt.NDArray[np.uint8]  # 0: not planned; n: as planned, by the way in slot n − 1
_CELLS = 1 << 16  # routes × states that are worked on together: what a cache holds
_FEWEST = 64  # routes together, where there are so many
_KEPT = 1 << 25  # choices held at once; each step holds numbers that weigh as much as those of `_BESIDE` states
_BESIDE = 32
_SHORT = 64  # routes of up to so many steps, twice, four times … as many share their tiers


def align_all(codes: Codes, starts: I64, ways: Ways, costs: Costs) -> Found:
    """Aligns route i, which is `codes[starts[i]:starts[i + 1]]`, for all i.

    A code is twice the touchpoint's position, plus one in a wrong channel. No route may have more than
    `most_steps`. Memory beside the answer stays below some 100 MB, however many routes there are.
    """
    found = Found.blank(len(starts) - 1, ways.words)
    room = np.zeros(0, dtype=np.uint8)
    for rows in _chunks(np.diff(starts), ways.states):
        chunk = _Chunk(codes, starts, rows, ways, costs)
        room = room if len(room) >= chunk.size else np.zeros(chunk.size, dtype=np.uint8)
        chunk.align(found, room)
    return found


def align_one(codes: Codes, ways: Ways, costs: Costs) -> Laid:
    """Aligns one route, with its moves in order."""
    chunk = _Chunk(codes, np.array([0, len(codes)]), np.zeros(1, dtype=np.intp), ways, costs)
    chunk.look_back(np.zeros(chunk.size, dtype=np.uint8))
    moves, state = chunk.moves()
    cost = int(chunk.tiers.thousandths(chunk.total)[0])
    return Laid(cost, moves, ways.skips.path(state, int(ways.last[state])), state)


def most_steps(wanted: int, ways: Ways, costs: Costs) -> int:
    """How many steps a route may have, up to `wanted`; fewer only where costs are odd fractions of each other."""
    while wanted and _tiers(wanted, ways, costs) is None:
        wanted //= 2
    return wanted


def _tiers(steps: int, ways: Ways, costs: Costs) -> Tiers | None:
    left_out = max(int(np.max(part, where=part < FAR, initial=0)) for part in (ways.left_out, ways.end_left_out))
    return tiers_for(_class_of(steps), costs, most_left_out=left_out)


def _class_of(steps: int) -> int:
    return _SHORT << (max(steps - 1, 0) // _SHORT).bit_length()


def _chunks(lengths: I64, states: int) -> Iterator[Index]:
    """Routes to work on together: the longest first, all of one class of lengths."""
    order = np.argsort(-lengths, kind="stable")
    first = 0
    while first < len(order):
        longest = max(int(lengths[order[first]]), 1)
        together = max(_CELLS // states, _FEWEST)
        together = max(min(together, _KEPT // (max(states, _BESIDE) * longest)), 1)
        rows = order[first : first + together]
        if longest > _SHORT:
            rows = rows[lengths[rows] > _class_of(longest) // 2]
        yield rows
        first += len(rows)


class _Chunk:
    """Some routes, longest first, held by how many steps remain: row e holds the step after which e steps remain."""

    def __init__(self, codes: Codes, starts: I64, rows: Index, ways: Ways, costs: Costs) -> None:
        self.rows, self.ways = rows, ways
        self.lengths = starts[rows + 1] - starts[rows]
        self.steps = int(self.lengths.max(initial=0))
        tiers = _tiers(self.steps, ways, costs)
        assert tiers is not None  # routes are no longer than `most_steps`
        self.tiers = tiers
        step = np.arange(self.steps)
        self.active = np.searchsorted(-self.lengths, -step, side="left").tolist()  # routes with more steps than that
        held = _held(codes, starts[rows + 1], self.steps)
        self.label = (held >> 1).astype(np.intp)
        self.agrees = (held & 1).astype(np.int64) * (tiers.wrong << tiers.at[0]) - tiers.unplanned[step + 1, None]
        self.own = np.arange(len(rows)) * ways.states  # where a route's states begin
        self.choices = np.zeros((0, 0), dtype=np.uint8)
        self.total = np.zeros(len(rows), dtype=np.int64)

    @property
    def size(self) -> int:
        """How many choices there are to make."""
        return self.steps * len(self.rows) * self.ways.states

    def align(self, found: Found, room: Choices) -> None:
        """Fills in what is found for these routes; `room` holds the choices, and may be used again."""
        self.look_back(room)
        found.cost[self.rows] = self.tiers.thousandths(self.total)
        found.compared[self.rows] = self.lengths
        self._read_off(found)

    def look_back(self, room: Choices) -> None:
        """Makes the choices, from the routes' last steps to their first."""
        ways, tiers = self.ways, self.tiers
        self.choices = room[: self.size].reshape(self.steps, len(self.rows) * ways.states)
        least = np.repeat(tiers.left_out(ways.end_left_out, ways.end_blame)[None, :], len(self.rows), axis=0)
        offers = np.empty_like(least)
        table, sooner = self._offers()
        home = ways.to[self.label, 0, 0] + self.own
        choices = self.choices.reshape(self.steps, *least.shape)
        early = np.diff(tiers.early).tolist()
        for step, active in enumerate(self.active):
            if early[step]:
                table += sooner
            agree = least.take(home[step, :active])
            agree += self.agrees[step, :active]
            into = least[:active], offers[:active], choices[step, :active]
            label = self.label[step, :active]
            _choose(table[0], label, agree, into)
            if len(table) > 1:
                self._widen(step, table, label, into)
            np.minimum(into[1], into[0], out=into[0])
        self.total = least[:, 0] + np.cumsum(tiers.unplanned)[self.lengths]

    def _offers(self) -> tuple[I64, I64]:
        """What each way costs, shape (slots, labels, states), and how much more one step sooner."""
        ways, tiers = self.ways, self.tiers
        known = ways.left_out < FAR
        costs = np.where(known, tiers.left_out(ways.left_out, ways.blame), NEVER)
        sooner = np.where(known, ways.left_out, 0).astype(np.int64) << tiers.at[2]
        return np.ascontiguousarray(costs.transpose(1, 0, 2)), np.ascontiguousarray(sooner.transpose(1, 0, 2))

    def _widen(self, step: int, table: I64, label: Index, into: tuple[I64, I64, Choices]) -> None:
        """Betters the offers by those of the slots after the first."""
        least, offers, choice = into
        for slot in range(1, len(table)):
            rows = np.flatnonzero(self.ways.slots[label] > slot)
            to = self.ways.to[label[rows], slot] + self.own[rows, None]
            offer = least.take(to) + table[slot, label[rows]] + self.agrees[step, rows, None]
            better = (offer < offers[rows]) & (offer <= least[rows])
            offers[rows] = np.where(better, offer, offers[rows])
            choice[rows] = np.where(better, np.uint8(slot + 1), choice[rows])

    def _read_off(self, found: Found) -> None:
        """Walks along the choices from the routes' first steps to their last, gathering sets of touchpoints."""
        ways = self.ways
        taken = np.full(self.label.shape, len(ways.onward))  # by step and route, as `ways.onward` counts steps
        here = np.zeros(len(self.rows), dtype=np.intp)
        for step in range(self.steps - 1, -1, -1):
            active = self.active[step]
            state, now = here[:active], taken[step, :active]
            np.multiply(self.choices[step].take(self.own[:active] + state), ways.states, out=now, dtype=np.intp)
            now += self.label[step, :active] * ways.per_label
            now += state
            ways.onward.take(now, out=state, mode="clip")
        found.state[self.rows] = here
        found.unreached[:, self.rows] = ways.end_bits[:, here]
        for into, marks in zip((found.unplanned, found.planned, found.left_out), ways.marks, strict=True):
            for word in range(ways.words):
                into[word, self.rows] = np.bitwise_or.reduce(marks[word].take(taken), axis=0)

    def moves(self) -> tuple[list[Step], int]:
        """The moves of the first route up to its last step, and the state of the map after them."""
        found: list[Step] = []
        state, ways = 0, self.ways
        for step in range(self.steps - 1, -1, -1):
            label, slot = int(self.label[step, 0]), int(self.choices[step, state]) - 1
            if slot < 0:
                found.append(("log", label))
                continue
            origin = int(ways.origin[label, slot, state])
            found += [("model", skipped) for skipped in ways.skips.path(state, origin)]
            found.append(("sync", label))
            state = int(ways.to[label, slot, state])
        return found, state


def _held(codes: Codes, ends: I64, steps: int) -> Codes:
    """Codes by how many steps remain after them, and by route; where a route has no such step, any code."""
    if not steps:
        return np.zeros((0, len(ends)), dtype=np.uint16)
    return codes.take(ends - 1 - np.arange(steps)[:, None], mode="clip")


def _choose(table: I64, label: Index, agree: I64, into: tuple[I64, I64, Choices]) -> None:
    """One step back by the first slots: `agree` is what the rest costs from where they lead.

    Costs are held less what all later steps would cost unplanned, so a step that is not planned changes nothing.
    """
    least, offers, choice = into
    np.take(table, label, axis=0, out=offers, mode="clip")
    offers += agree[:, None]
    np.less_equal(offers, least, out=choice.view(np.bool_))
