"""One route laid beside a map of very many states, by a search that makes only the states that it needs.

Maps of up to some thousand states are aligned by `least_cost`, all routes at once; a block of a dozen touchpoints in
any order has more. The search is exact: A* over (steps done, state of the map); its bound counts the steps that cannot
agree any more and the touchpoints that no step is left for.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from desireline.journeys.alignment import Costs, Ending, Kind, Laid, Step
from desireline.journeys.automaton import Automaton

_KINDS: tuple[Kind, Kind, Kind] = ("sync", "log", "model")
_SYNC, _LOG, _MODEL = range(3)
# Tiers of a cost (`tiers`), as bits below each; numbers of any size fit here.
_COST, _UNPLANNED, _EARLY = 64, 48, 24


def search(codes: Sequence[int], automaton: Automaton, *, ending: Ending, costs: Costs, largest: int) -> Laid | None:
    """One route of up to 4,000 steps laid beside the map, or None when that would take over `largest` states."""
    return _Search(codes, automaton, ending, costs.thousandths()).run(largest)


class _Search:
    """One A* search. A node is state × (steps + 1) + steps done.

    Costs are whole numbers in tiers: what departures cost, then how many steps are unplanned, then how early
    touchpoints are left out, then how early steps are unplanned.
    """

    def __init__(self, codes: Sequence[int], automaton: Automaton, ending: Ending, costs: tuple[int, int, int]) -> None:
        self.codes = codes
        self.automaton = automaton
        self.ending = ending
        log, self.model, self.wrong = (cost << _COST for cost in costs)
        self.log = log + (1 << _UNPLANNED)
        self.steps = len(codes)
        self.width = self.steps + 1
        self.best: dict[int, int] = {}
        self.came: dict[int, tuple[int, int, int]] = {}  # node → node before it, move, label
        self.stacks: dict[int, list[int]] = {}  # by bound; the last one in is tried first
        self.bounds: list[int] = []
        self.views: dict[int, tuple[int, int, tuple[int, ...], int]] = {}
        self.where: dict[int, int] = {}  # by label: bits of the steps at which it stands
        for step, code in enumerate(codes):
            self.where[code >> 1] = self.where.get(code >> 1, 0) | 1 << step
        self.ahead = [0] * self.width  # by step: the labels that still come
        for step in range(self.steps - 1, -1, -1):
            self.ahead[step] = self.ahead[step + 1] | 1 << (codes[step] >> 1)

    def run(self, largest: int) -> Laid | None:
        """Take the most promising node until it is a goal."""
        closed: set[int] = set()
        stacks, bounds = self.stacks, self.bounds
        given_up: tuple[int, int] | None = None  # the least total so far, and its node
        self._offer(self.automaton.start, 0, 0, None)
        while True:
            if given_up and (not bounds or bounds[0] >= given_up[0]):
                return self._read(*given_up)
            stack = stacks[bounds[0]]
            if not stack:
                del stacks[heappop(bounds)]
                continue
            node = stack.pop()
            if node in closed:
                continue
            closed.add(node)
            state, done = divmod(node, self.width)
            if done == self.steps:
                if self.ending == "given up":
                    total = self.best[node] + self.automaton.planned(state) * self.model
                    given_up = min(given_up or (total, node), (total, node))
                    continue
                if self.ending == "anywhere" or self.automaton.accepts(state):
                    return self._read(self.best[node], node)
            if len(closed) >= largest:
                return None
            self._expand(node, state, done)

    def _expand(self, node: int, state: int, done: int) -> None:
        cost = self.best[node]
        early = self.steps - done
        skips, follow = self.automaton.onward(state)
        if self.ending == "given up" and skips:
            drawn = self.automaton.drawn(state)
            skips = tuple(skip for skip in skips if skip[0] in drawn)
        for label, target in skips:
            blame = 2 << _UNPLANNED if self.automaton.optional(label) else 0
            self._offer(target, done, cost + self.model + blame + (early << _EARLY), (node, _MODEL, label))
        if early:
            code = self.codes[done]
            label = code >> 1
            self._offer(state, done + 1, cost + self.log + early, (node, _LOG, label))
            reached = follow.get(label)
            if reached is not None:
                self._offer(reached, done + 1, cost + self.wrong * (code & 1), (node, _SYNC, label))

    def _offer(self, state: int, done: int, cost: int, way: tuple[int, int, int] | None) -> None:
        node = state * self.width + done
        known = self.best.get(node)
        if known is not None and known <= cost:
            return
        self.best[node] = cost
        if way is not None:
            self.came[node] = way
        bound = cost + self._to_come(state, done)
        stack = self.stacks.get(bound)
        if stack is None:
            self.stacks[bound] = [node]
            heappush(self.bounds, bound)
        else:
            stack.append(node)

    def _to_come(self, state: int, done: int) -> int:
        """What departures still cost at least: steps that cannot agree, touchpoints that no step is for."""
        view = self.views.get(state)
        if view is None:
            view = self.views[state] = self._view(state)
        out_of_reach, singles, groups, distance = view
        unplanned = (out_of_reach >> done).bit_count()
        ahead = self.ahead[done]
        missing = (singles & ~ahead).bit_count()
        for group in groups:
            if not group & ahead:
                missing += 1
        short = distance - (self.steps - done - unplanned)
        return unplanned * self.log + (missing if missing > short else short if short > 0 else 0) * self.model

    def _view(self, state: int) -> tuple[int, int, tuple[int, ...], int]:
        """From a state: bits of the steps that can never agree, what is needed, how much is left at least."""
        reach = self.automaton.reach[state]
        out_of_reach = sum(steps for label, steps in self.where.items() if not reach >> label & 1)
        if self.ending == "anywhere":
            return out_of_reach, 0, (), 0
        return out_of_reach, *self.automaton.needs[state], self.automaton.distance[state]

    def _read(self, total: int, goal: int) -> Laid:
        moves: list[Step] = []
        node, settled, observed = goal, self.automaton.start, 0
        while node in self.came:
            before, kind, label = self.came[node]
            moves.append((_KINDS[kind], label))
            if kind != _MODEL and not observed:
                observed, settled = len(moves), node // self.width
            node = before
        moves.reverse()
        upto = len(moves) - observed + 1 if observed else 0
        return Laid(total >> _COST, moves[:upto], [label for _, label in moves[upto:]], settled)
