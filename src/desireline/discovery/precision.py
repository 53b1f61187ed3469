"""How much a drawing allows that nobody does: without it, a map on which everything may follow everything looks best.

Journeys are laid on the drawing; at each place where they stand, what they go on with is held against what the drawing
would let them go on with. After Adriansyah, Munoz-Gama, Carmona, van Dongen, van der Aalst 2015 (precision of aligned
logs), with the drawing's own states as places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from desireline.journeys.align import Aligner
from desireline.journeys.alignment import Alignment

_MOST = 120
_STOP = -1


def precision(aligner: Aligner, routes: Sequence[Sequence[int]], weights: Sequence[int]) -> float:
    """The share of what is allowed that happens, over the steps of the commonest 120 routes; 1 without any."""
    seen: defaultdict[int, set[int]] = defaultdict(set)
    visits: defaultdict[int, int] = defaultdict(int)
    automaton = aligner.automaton
    for route, weight in zip(routes[:_MOST], weights[:_MOST], strict=True):
        told = [(f"p{point}", False) for point in route]
        for state, label in _run(aligner, aligner.align(told)):
            seen[state].add(label)
            visits[state] += weight
    did = could = 0
    for state, times in sorted(visits.items()):
        did += times * len(seen[state])
        could += times * (len(automaton.onward(state)[1]) + automaton.accepts(state))
    return did / could if could else 1.0


def _run(aligner: Aligner, laid: Alignment) -> list[tuple[int, int]]:
    """The states that an aligned journey passes on the drawing, each with what comes next."""
    automaton, state = aligner.automaton, aligner.automaton.start
    found: list[tuple[int, int]] = []
    for kind, name in laid.moves:
        label = automaton.label[name]
        follow = automaton.onward(state)[1]
        if kind == "log" or label not in follow:
            continue
        if kind == "sync":
            found.append((state, label))
        state = follow[label]
    if automaton.accepts(state):
        found.append((state, _STOP))
    return found
