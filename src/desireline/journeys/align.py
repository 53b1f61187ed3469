"""A route laid beside the map at least cost: which steps agree, which were not planned, which were left out.

Moves: `sync`, the customer does what the map has next; `log`, a step that the map does not have there;
`model`, a step of the map that the customer left out. The search is exact: A* over (steps done, state of
the map); its bound counts the steps that cannot agree any more and the touchpoints that no step is left
for. Method: van der Aalst, Adriansyah, van Dongen, "Replaying history on process models for conformance
checking", 2012.

Of alignments of equal cost the one counts that explains most steps, without calling an optional touchpoint left
out for the sake of one step; of those the one that says departures
as late as it can, first what was left out, then what was not planned; what is still equal goes by map
order. Names play no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from threading import Lock
from typing import Literal, NamedTuple

from desireline.journeys.automaton import FAR, Automaton
from desireline.maps.outline import Outline

Kind = Literal["sync", "log", "model"]
Move = tuple[Kind, str]  # what happened, and at which touchpoint
Token = tuple[str, bool]  # a touchpoint, and whether it was met in a wrong channel
Ending = Literal["reach", "anywhere", "given up"]
"""Where a route may end: at the map's end; anywhere; or anywhere, paying for what the drawn order still required.

The last is for reading departures off a journey that was given up. It takes a short cut of the map only where the
customer did: else the cheapest way to the end could pass by the steps that were really taken.
"""
_KINDS: tuple[Kind, Kind, Kind] = ("sync", "log", "model")
_SYNC, _LOG, _MODEL = range(3)
# Tiers of a cost, as bits below each; the lowest is for early unplanned steps.
_COST, _UNPLANNED, _EARLY = 64, 48, 24
_LONGEST_EVER = 4000  # so that no tier runs over into the next
_LONGEST = 200
_LARGEST = 50_000
_REMEMBERED = 300_000


@dataclass(frozen=True)
class Costs:
    """What each departure from the map costs, to a thousandth."""

    log: float = 1.0
    model: float = 1.0
    wrong_channel: float = 0.5

    def thousandths(self) -> tuple[int, int, int]:
        """Costs as whole numbers, which add up the same in every order."""
        return round(self.log * 1000), round(self.model * 1000), round(self.wrong_channel * 1000)


class Alignment(NamedTuple):
    """How one route compares with the map."""

    cost: float
    moves: tuple[Move, ...]
    observed: int  # moves up to and including the route's last step; what follows the customer never reached
    expects: tuple[str, ...]  # the touchpoints that the map has next after that step
    exact: bool  # False: the cost is an upper bound, because only the route's head was searched


class Aligner:
    """Aligns routes with one map and remembers each, so that a route costs a search only once in all buckets.

    Routes of more than `longest` steps, or whose search passes `largest` states, are searched up to a point
    only (halving the head until it can be done); the steps after it count as not planned, and the answer is
    not exact.

    >>> from desireline.maps.records import Map
    >>> points = [{"id": name, "stage": "s", "when": {"event": name}} for name in ("see", "pay", "ship")]
    >>> shop = {"map": {"id": "m", "title": "Shop"}, "stages": [{"id": "s"}], "touchpoints": points}
    >>> Aligner(Outline(Map.model_validate(shop))).align([("see", False), ("ship", True)])[:2]
    (1.5, (('sync', 'see'), ('model', 'pay'), ('sync', 'ship')))
    """

    def __init__(
        self,
        outline: Outline,
        *,
        costs: Costs | None = None,
        longest: int = _LONGEST,
        largest: int = _LARGEST,
    ) -> None:
        self.automaton = Automaton(outline)
        self.costs = costs or Costs()
        self.longest = min(longest, _LONGEST_EVER)
        self.largest = largest
        self.cheapest = self.automaton.distance[self.automaton.start] * self.costs.model
        self._lock = Lock()
        self._known: dict[tuple[tuple[int, ...], Ending], Alignment] = {}

    def align(self, route: Sequence[Token], *, finished: bool = True) -> Alignment:
        """The cheapest alignment of (touchpoint, wrong channel) steps, all of touchpoints with a rule.

        A finished route has to reach the end of the map. One that is under way may stop anywhere.
        """
        label = self.automaton.label
        ending: Ending = "reach" if finished else "anywhere"
        return self.align_codes(tuple(label[name] * 2 + wrong for name, wrong in route), ending=ending)

    def align_codes(self, codes: tuple[int, ...], *, ending: Ending) -> Alignment:
        """The same for steps as numbers: twice the touchpoint's position, plus one in a wrong channel."""
        key = (codes, ending)
        found = self._known.get(key)
        return found if found is not None else self._learn(key)

    def _learn(self, key: tuple[tuple[int, ...], Ending]) -> Alignment:
        """Searches one route at a time: threads share the automaton, whose states are made as they are met."""
        with self._lock:
            found = self._known.get(key)
            if found is None:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                found = self._known[key] = self._search(*key)
            return found

    def _search(self, codes: tuple[int, ...], ending: Ending) -> Alignment:
        head = len(codes) if len(codes) <= self.longest else self.longest
        found = align(codes[:head], self.automaton, ending=ending, costs=self.costs, largest=self.largest)
        while found is None:
            head //= 2
            largest = self.largest if head else FAR
            found = align(codes[:head], self.automaton, ending=ending, costs=self.costs, largest=largest)
        return found if head == len(codes) else self._with_tail(found, codes[head:])

    def _with_tail(self, found: Alignment, tail: tuple[int, ...]) -> Alignment:
        unplanned: list[Move] = [("log", self.automaton.names[code >> 1]) for code in tail]
        moves = (*found.moves[: found.observed], *unplanned, *found.moves[found.observed :])
        cost = found.cost + len(tail) * self.costs.log
        return Alignment(cost, moves, found.observed + len(tail), found.expects, exact=False)


def align(
    codes: Sequence[int], automaton: Automaton, *, ending: Ending, costs: Costs, largest: int = _LARGEST
) -> Alignment | None:
    """The cheapest alignment of one route, or None when the search would pass `largest` states."""
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

    def run(self, largest: int) -> Alignment | None:
        """Take the most promising node until it is a goal."""
        closed: set[int] = set()
        stacks, bounds = self.stacks, self.bounds
        given_up: tuple[int, int] | None = None  # the least total so far, and its node
        self._offer(self.automaton.start, 0, 0, None)
        while True:
            if given_up and (not bounds or bounds[0] >= given_up[0]):
                return self._read(given_up[1])
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
                    return self._read(node)
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

    def _read(self, goal: int) -> Alignment:
        moves: list[Move] = []
        names = self.automaton.names
        node, settled, observed = goal, self.automaton.start, 0
        while node in self.came:
            before, kind, label = self.came[node]
            moves.append((_KINDS[kind], names[label]))
            if kind != _MODEL and not observed:
                observed, settled = len(moves), node // self.width
            node = before
        moves.reverse()
        upto = len(moves) - observed + 1 if observed else 0
        cost = (self.best[goal] >> _COST) / 1000
        return Alignment(cost, tuple(moves), upto, self.automaton.expected(settled), exact=True)
