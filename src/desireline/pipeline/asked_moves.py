"""Questions about paths whose numbers are moves and events, counted as they happen: edges, visits, stages in order.

Five moves may be those of one customer, so a second look tells behind which numbers only few customers stand. A sum
is told when one of its parts is known to be that of many.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

import numpy as np

from desireline.access import SMALL_GROUP, may_show
from desireline.errors import QuestionUnclear
from desireline.paths.edges import Edges, EdgesAnswer
from desireline.paths.few import Moves, StageMoves, VisitSteps
from desireline.paths.order import Order, OrderAnswer
from desireline.paths.visits import Visits, VisitsAnswer
from desireline.pipeline.answer import Answer, first_rows, share, shown
from desireline.pipeline.asked import MICROSECOND, Doubt, Few
from desireline.pipeline.hiding import keep_back
from desireline.pipeline.names import Names
from desireline.slices import I64

HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class AskEdges:
    """Which event follows which, how often, and how long that takes; the most frequent first.

    A move that fewer than five customers make is kept back, however often they make it. Where a subtraction from the
    total would tell those, the least frequent of the others is kept back with them. Where no move is known to be made
    by five, neither is the total told.
    """

    kind: ClassVar[str] = "edges"
    leans_on: ClassVar[tuple[str, ...]] = ("touchpoints",)
    exact: bool = False
    limit: int | None = None

    def kernel(self, names: Names) -> Edges:
        """Counts moves and their seconds."""
        return Edges(len(names.touchpoints), exact=self.exact)

    def doubt(self, found: EdgesAnswer, names: Names) -> Doubt:
        """Moves that happen often enough to be told."""
        cells = found.before * len(names.touchpoints) + found.after
        return Doubt(Moves(len(names.touchpoints)), cells[found.count >= SMALL_GROUP])

    def told(self, found: EdgesAnswer, names: Names, few: Few = frozenset()) -> Answer:
        """One row per move from one touchpoint to the next."""
        total, counts = int(found.count.sum()), found.count.tolist()
        cells = (found.before * len(names.touchpoints) + found.after).tolist()
        small = {k for k, count in enumerate(counts) if count < SMALL_GROUP or cells[k] in few}
        hidden = keep_back(counts, small, few=small)
        many = len(small) < len(counts) or not counts
        rows = [
            (
                names.touchpoints[found.before[k]],
                names.touchpoints[found.after[k]],
                counts[k],
                share(counts[k], total),
                float(found.median_seconds[k]),
            )
            for k in np.lexsort((found.after, found.before, -found.count)).tolist()
            if k not in hidden
        ]
        listed = first_rows(rows, self.limit)
        about = {
            "moves": total if many else None,
            "distinct": len(counts),
            "other": total - sum(row[2] for row in listed) if many else None,
        }
        return Answer(self.kind, ("before", "after", "moves", "share", "median_s"), listed, about, len(hidden))


@dataclass(frozen=True)
class AskVisits:
    """How visits go on: what customers do first, second, third … until they are silent for a while.

    A touchpoint at a step where fewer than five customers met it is there without its number; and so is a second one
    of that step, where a subtraction would tell it. How many visits there are is told when something at a step is known
    to be done by five; how many events come `later`, when five customers go on that long.
    """

    kind: ClassVar[str] = "visits"
    leans_on: ClassVar[tuple[str, ...]] = ("touchpoints",)
    silence: timedelta = HALF_HOUR
    steps: int = 10

    def kernel(self, names: Names) -> Visits:
        """Counts events by their place in the visit."""
        return Visits(len(names.touchpoints), self.silence // MICROSECOND, self.steps)

    def doubt(self, found: VisitsAnswer, names: Names) -> Doubt:
        """What happens often enough at a step to be told."""
        where = VisitSteps(len(names.touchpoints), self.silence // MICROSECOND, self.steps)
        return Doubt(where, self._often(found))

    def told(self, found: VisitsAnswer, names: Names, few: Few = frozenset()) -> Answer:
        """One row per step and touchpoint, by step and then by frequency; those that are kept back come last."""
        rows: list[tuple[Any, ...]] = []
        for step, counts in enumerate(found.matrix.tolist()):
            at_step, first = sum(counts), step * len(counts)
            small = {k for k, count in enumerate(counts) if 0 < count < SMALL_GROUP or first + k in few}
            hidden = keep_back(counts, small, few=small)
            ranked = sorted(set(np.flatnonzero(counts).tolist()) - hidden, key=lambda k: (-counts[k], k))
            rows += [(step + 1, names.touchpoints[k], counts[k], share(counts[k], at_step)) for k in ranked]
            rows += [(step + 1, names.touchpoints[k], None, None) for k in sorted(hidden)]
        many = not found.visits or bool(set(self._often(found).tolist()) - few)
        about = {
            "visits": found.visits if many else None,
            "silence_s": self.silence.total_seconds(),
            "later": None if found.matrix.size in few else shown(found.later),
        }
        hidden_rows = sum(row[2] is None for row in rows)
        return Answer(self.kind, ("step", "touchpoint", "events", "share"), tuple(rows), about, hidden_rows)

    def _often(self, found: VisitsAnswer) -> I64:
        """Cells that happen five times; the last one is whatever comes later."""
        return np.flatnonzero(np.append(found.matrix, found.later) >= SMALL_GROUP)


@dataclass(frozen=True)
class AskOrder:
    """How well the order of events keeps to the order of stages: back-steps, skipped stages, customers who conform.

    `stages` are names in order, each stage one or several touchpoints; without them the stages of the map. A text may
    name several: `see, look > cart > pay`.
    """

    kind: ClassVar[str] = "order"
    leans_on: ClassVar[tuple[str, ...]] = ("touchpoints",)
    stages: tuple[tuple[str, ...] | str, ...] = ()

    def kernel(self, names: Names) -> Order:
        """Counts moves between stages."""
        return Order(self._rank(names))

    def doubt(self, found: OrderAnswer, names: Names) -> Doubt:
        """Moves that happen often enough to be told."""
        return Doubt(StageMoves(self._rank(names)), np.flatnonzero(found.moves >= SMALL_GROUP))

    def told(self, found: OrderAnswer, names: Names, few: Few = frozenset()) -> Answer:
        """One row per move between stages that customers make; row `start` is where they begin.

        Nothing is told when fewer than five customers are on the stages; nor how many steps go back, or stages are
        skipped, when no such move is known to be made by five.
        """
        said = [", ".join(stage) for stage in self._stages(names)] or list(names.stages)
        enough = may_show(found.customers)
        cells, unsure = _cells(found), _unsure(found, few)
        hidden = self._hidden(cells, unsure)
        about = {
            "stages": said,
            "customers": shown(found.customers),
            "conforming": shown(found.conforming),
            "conforming_share": share(shown(found.conforming), shown(found.customers)),
            "complete": shown(found.complete),
            "back_steps": found.backward if enough and _by_many("back", cells, unsure) else None,
            "skipped_stages": found.skipped if enough and _by_many("skip", cells, unsure) else None,
        }
        rows = [
            (said[before] if before >= 0 else "start", said[after], _kind(before, after), count)
            for cell, (before, after, count) in enumerate(cells)
            if enough and count and cell not in hidden
        ]
        kept_back = len(hidden) if enough else int(np.count_nonzero(found.moves))
        return Answer(self.kind, ("before", "after", "move", "moves"), tuple(rows), about, kept_back)

    def _hidden(self, cells: list[tuple[int, int, int]], unsure: Few) -> set[int]:
        """Cells that are kept back; never one alone of those that begin, go back or skip, whose sums are told."""
        hidden = set(unsure)
        begins = [k for k, (before, _, _) in enumerate(cells) if before < 0]
        back = [k for k, (before, after, _) in enumerate(cells) if _kind(before, after) == "back"]
        skips = [k for k, (before, after, _) in enumerate(cells) if _kind(before, after) == "skip"]
        known = -1
        while known != len(hidden):  # a move from the start may be a skip too: one group may leave one of another alone
            known = len(hidden)
            for group in (begins, back, skips):
                small = {place for place, k in enumerate(group) if k in hidden}
                few = None if group is begins else {place for place, k in enumerate(group) if k in unsure}
                hidden |= {group[place] for place in keep_back([cells[k][2] for k in group], small, few=few)}
        return hidden

    def _rank(self, names: Names) -> tuple[int, ...]:
        stages = self._stages(names)
        if not stages and not names.stages:
            raise QuestionUnclear("Say the stages in order (see, look > cart > pay), or name a map with --map.")
        if not stages:
            return names.rank
        rank = [-1] * len(names.touchpoints)
        for place, stage in enumerate(stages):
            for name in stage:
                rank[names.touchpoint(name)] = place
        return tuple(rank)

    def _stages(self, names: Names) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        for said in self.stages:
            found += [names.parted(one, ",") for one in names.parted(said, ">")] if isinstance(said, str) else [said]
        return found


def _cells(found: OrderAnswer) -> list[tuple[int, int, int]]:
    """Each move between stages, from −1 where customers begin, with its number."""
    return [
        (place - 1, after, count) for place, row in enumerate(found.moves.tolist()) for after, count in enumerate(row)
    ]


def _unsure(found: OrderAnswer, few: Few) -> set[int]:
    """Cells that are not known to be of five customers."""
    return {k for k, (_, _, count) in enumerate(_cells(found)) if 0 < count < SMALL_GROUP or k in few}


def _by_many(kind: str, cells: list[tuple[int, int, int]], unsure: Few) -> bool:
    """Whether the sum of all moves of this kind may be told: one of them is made by five, or there are none."""
    made = [k for k, (before, after, count) in enumerate(cells) if count and _kind(before, after) == kind]
    return not made or any(k not in unsure for k in made)


def _kind(before: int, after: int) -> str:
    if after < before:
        return "back"
    return "same" if after == before else "next" if after == before + 1 else "skip"
