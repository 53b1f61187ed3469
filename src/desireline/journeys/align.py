"""Routes laid beside the map at least cost: which steps agree, which were not planned, which were left out.

Moves: `sync`, the customer does what the map has next; `log`, a step that the map does not have there; `model`, a step
of the map that the customer left out. Alignments are exact. Method: van der Aalst, Adriansyah, van Dongen, "Replaying
history on process models for conformance checking", 2012; here by dynamic programming over all routes at once
(`least_cost`), on maps of very many states by a search (`search`).

Of alignments of equal cost the one counts that explains most steps, without calling an optional touchpoint left out
for the sake of one step; of those the one that says departures as late as it can, first what was left out, then what
was not planned (`tiers`). What is still equal is settled by the map: by its order of touchpoints, never by their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import numpy as np

from desireline.journeys.alignment import Alignment, Costs, Ending, Laid, Move, Token
from desireline.journeys.automaton import FAR, Automaton
from desireline.journeys.found import Found, words_for
from desireline.journeys.least_cost import align_all, align_one, most_steps
from desireline.journeys.routes import Codes, Routes
from desireline.journeys.search import search
from desireline.journeys.ways import Ways, find_ways
from desireline.maps.outline import Outline

__all__ = ["Aligner", "Alignment", "Costs", "Ending"]

_LONGEST = 4000
_LONGEST_SEARCH = 200  # steps that are searched at first on a map of very many states
_LARGEST = 50_000
_MOST_STATES = 2048
_LARGEST_ARRAY = 1 << 20  # states × touchpoints × words of 64 touchpoints: 8 MB
_REMEMBERED = 300_000


class Aligner:
    """Aligns routes with one map; threads may share it.

    Routes of more than `longest` steps are cut: their head is compared, the steps after it count as not planned, and
    the answer is not `exact` but says how many steps were `compared`. So are routes on maps of more than 2,048 states
    (a dozen touchpoints in any order) after 200 steps, or where their search passes `largest` states: the head is
    halved until it can be done.

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
        most_states: int = _MOST_STATES,
    ) -> None:
        self.automaton = Automaton(outline)
        self.costs = costs or Costs()
        self.longest = longest
        self.largest = largest
        self.cheapest = self.automaton.distance[self.automaton.start] * self.costs.model
        self._small = self._unroll(most_states)
        self._lock = Lock()
        self._ways: dict[Ending, Ways] = {}
        self._in_one: bool | None = None
        self._searched: dict[tuple[bytes, Ending], tuple[Laid, int]] = {}

    def align(self, route: Sequence[Token], *, finished: bool = True) -> Alignment:
        """The cheapest alignment of (touchpoint, wrong channel) steps, all of touchpoints with a rule.

        A finished route has to reach the end of the map. One that is under way may stop anywhere.
        """
        label = self.automaton.label
        ending: Ending = "reach" if finished else "anywhere"
        return self.align_codes([label[name] * 2 + wrong for name, wrong in route], ending=ending)

    def align_codes(self, codes: Sequence[int], *, ending: Ending) -> Alignment:
        """The same for steps as numbers: twice the touchpoint's position, plus one in a wrong channel."""
        steps = np.asarray(codes, dtype=np.uint16)
        laid, compared = self.lay(steps, ending)
        names = self.automaton.names
        tail: list[Move] = [("log", names[code >> 1]) for code in steps[compared:].tolist()]
        moves: list[Move] = [(kind, names[label]) for kind, label in laid.moves] + tail
        return Alignment(
            cost=(laid.cost + len(tail) * self.costs.thousandths()[0]) / 1000,
            moves=(*moves, *(("model", names[label]) for label in laid.unreached)),
            observed=len(moves),
            expects=self.automaton.expected(laid.state),
            exact=not tail,
            compared=compared,
        )

    def align_routes(self, routes: Routes, *, ending: Ending) -> Found:
        """The alignments of many routes, as sets of touchpoints. Hand in distinct routes."""
        labels = len(self.automaton.names)
        if len(routes) == 0:
            return Found.blank(0, words_for(labels))
        if self._small:
            ways = self._ways_to(ending)
            heads = routes.heads(most_steps(self.longest, ways, self.costs))
            found = align_all(heads.codes, heads.starts, ways, self.costs)
        else:
            spans = zip(routes.starts[:-1].tolist(), routes.starts[1:].tolist(), strict=True)
            found = Found.gather([self._search(routes.codes[a:b], ending) for a, b in spans], labels)
        return found.with_tails(routes.after(found.compared), labels, self.costs.thousandths()[0])

    def two_ends_in_one(self) -> bool:
        """True when a route that was given up is aligned as if it had to reach the end, but for what comes after it."""
        if self._in_one is None:
            self._in_one = self._small and self._ways_to("reach").same_as(self._ways_to("given up"))
        return self._in_one

    def _unroll(self, most_states: int) -> bool:
        """True when the map is small enough for arrays over all its states and touchpoints."""
        labels = len(self.automaton.names)
        most = min(most_states, _LARGEST_ARRAY // max(labels * words_for(labels), 1))
        return self.automaton.unroll(most)

    def _ways_to(self, ending: Ending) -> Ways:
        with self._lock:
            if ending not in self._ways:
                known = self._ways.values()
                self._ways[ending] = find_ways(self.automaton, self.costs, ending, known=known)
            return self._ways[ending]

    def lay(self, codes: Codes, ending: Ending) -> tuple[Laid, int]:
        """One route laid beside the map, in numbers, and how many of its steps were compared."""
        if not self._small:
            return self._search(codes, ending)
        ways = self._ways_to(ending)
        head = codes[: most_steps(self.longest, ways, self.costs)]
        return align_one(head, ways, self.costs), len(head)

    def _search(self, codes: Codes, ending: Ending) -> tuple[Laid, int]:
        """Searches one route at a time: threads share the automaton, whose states are made as they are met."""
        key = (codes.tobytes(), ending)
        with self._lock:
            found = self._searched.get(key)
            if found is None:
                if len(self._searched) >= _REMEMBERED:
                    self._searched.clear()
                found = self._searched[key] = self._search_head(codes.tolist(), ending)
            return found

    def _search_head(self, codes: list[int], ending: Ending) -> tuple[Laid, int]:
        head, largest = min(len(codes), self.longest, _LONGEST_SEARCH), self.largest
        while True:
            laid = search(codes[:head], self.automaton, ending=ending, costs=self.costs, largest=largest)
            if laid is not None:
                return laid, head
            head //= 2
            largest = self.largest if head else FAR
