"""The seven questions about paths, in names: what a person asks, which kernel counts it, and how the answer reads.

A question knows nothing of the data. `Names` says what the codes of a trace mean; with it a question becomes a kernel
of `paths`, and the kernel's answer becomes rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Protocol

import numpy as np

from desireline.access import SMALL_GROUP, may_show
from desireline.errors import QuestionUnclear
from desireline.paths.attribution import Attribution, AttributionAnswer
from desireline.paths.edges import Edges, EdgesAnswer
from desireline.paths.funnel import Funnel, FunnelAnswer
from desireline.paths.order import Order, OrderAnswer
from desireline.paths.retention import LONGEST, Grain, Retention, RetentionAnswer
from desireline.paths.routes import Routes, RoutesAnswer
from desireline.paths.visits import Visits, VisitsAnswer
from desireline.pipeline.answer import Answer, count_hidden, first_rows, share, shown
from desireline.pipeline.names import Names

MICROSECOND = timedelta(microseconds=1)
HALF_HOUR = timedelta(minutes=30)


class Asked(Protocol):
    """One question. `leans_on` names the codes that its counts stand under: they mean nothing when these change."""

    kind: ClassVar[str]
    leans_on: ClassVar[tuple[str, ...]]

    def kernel(self, names: Names) -> Any:
        """What counts it. Raises UnknownName, QuestionUnclear."""
        ...

    def told(self, found: Any, names: Names) -> Answer:
        """The kernel's answer, in names."""
        ...


@dataclass(frozen=True)
class AskFunnel:
    """How many customers take these steps one after the other, whatever lies between, within a time from the first."""

    kind: ClassVar[str] = "funnel"
    leans_on: ClassVar[tuple[str, ...]] = ()
    steps: tuple[str, ...]
    within: timedelta | None = None

    def kernel(self, names: Names) -> Funnel:
        """Counts the customers that reach each step."""
        if not self.steps:
            raise QuestionUnclear("A funnel needs steps, such as: see > cart > pay.")
        steps = tuple(names.touchpoint(step) for step in self.steps)
        return Funnel(steps, None if self.within is None else self.within // MICROSECOND)

    def told(self, found: FunnelAnswer, names: Names) -> Answer:
        """One row per step."""
        del names
        reached = [shown(count) for count in found.reached]
        before = [*reached[:1], *reached]
        rows = [
            (
                level,
                step,
                count,
                share(count, reached[0]),
                share(count, last),
                None if count is None or last is None else last - count,
                found.median_seconds[level - 1] if count else None,
            )
            for level, (step, count, last) in enumerate(zip(self.steps, reached, before, strict=False), start=1)
        ]
        columns = ("level", "step", "customers", "share_of_first", "share_of_previous", "lost", "median_s")
        within = None if self.within is None else self.within.total_seconds()
        about = {"customers": shown(found.customers), "within_s": within}
        return Answer(self.kind, columns, tuple(rows), about, count_hidden(reached))


@dataclass(frozen=True)
class AskEdges:
    """Which event follows which, how often, and how long that takes; the most frequent first.

    What is kept back is judged by moves, not customers: a move made fewer than five times is not shown, but one that
    a single customer makes five times is. Where those kept back are fewer than five moves in all, the least frequent
    of the others is kept back with them, so that no subtraction from the total tells them.
    """

    kind: ClassVar[str] = "edges"
    leans_on: ClassVar[tuple[str, ...]] = ("touchpoints",)
    exact: bool = False
    limit: int | None = None

    def kernel(self, names: Names) -> Edges:
        """Counts moves and their seconds."""
        return Edges(len(names.touchpoints), exact=self.exact)

    def told(self, found: EdgesAnswer, names: Names) -> Answer:
        """One row per move from one touchpoint to the next."""
        total = int(found.count.sum())
        ranked = np.lexsort((found.after, found.before, -found.count))
        rows = [
            (
                names.touchpoints[found.before[k]],
                names.touchpoints[found.after[k]],
                int(found.count[k]),
                share(int(found.count[k]), total),
                float(found.median_seconds[k]),
            )
            for k in ranked
            if found.count[k] >= SMALL_GROUP
        ]
        if not may_show(total - sum(row[2] for row in rows)):
            rows = rows[:-1]
        listed = first_rows(rows, self.limit)
        other = shown(total - sum(row[2] for row in listed))
        about = {"moves": shown(total), "distinct": len(found.count), "other": other}
        columns = ("before", "after", "moves", "share", "median_s")
        return Answer(self.kind, columns, listed, about, len(found.count) - len(rows))


@dataclass(frozen=True)
class AskRoutes:
    """The orders of touchpoints that most customers share; immediate repeats count once."""

    kind: ClassVar[str] = "routes"
    leans_on: ClassVar[tuple[str, ...]] = ("touchpoints",)
    limit: int = 100

    def kernel(self, names: Names) -> Routes:
        """Counts customers by route."""
        del names
        return Routes(self.limit)

    def told(self, found: RoutesAnswer, names: Names) -> Answer:
        """One row per route, and how many customers took others."""
        total = sum(found.customers) + found.other
        pairs = list(zip(found.routes, found.customers, strict=True))
        rows = [
            (rank, [names.touchpoints[code] for code in route], count, share(count, total))
            for rank, (route, count) in enumerate(pairs, start=1)
            if count >= SMALL_GROUP
        ]
        other = total - sum(row[2] for row in rows)
        about = {
            "customers": shown(total),
            "distinct": found.distinct,
            "other": shown(other),
            "other_share": share(shown(other), total),
        }
        return Answer(self.kind, ("rank", "route", "customers", "share"), tuple(rows), about, len(pairs) - len(rows))


@dataclass(frozen=True)
class AskVisits:
    """How visits go on: what customers do first, second, third … until they are silent for a while.

    What is kept back is judged by events at a step, not by customers: five of them may be those of one customer.
    """

    kind: ClassVar[str] = "visits"
    leans_on: ClassVar[tuple[str, ...]] = ("touchpoints",)
    silence: timedelta = HALF_HOUR
    steps: int = 10

    def kernel(self, names: Names) -> Visits:
        """Counts events by their place in the visit."""
        return Visits(len(names.touchpoints), self.silence // MICROSECOND, self.steps)

    def told(self, found: VisitsAnswer, names: Names) -> Answer:
        """One row per step and touchpoint, by step and then by frequency."""
        rows, hidden = [], 0
        for step, counts in enumerate(found.matrix, start=1):
            at_step = int(counts.sum())
            for code in np.argsort(-counts, kind="stable"):
                if counts[code] >= SMALL_GROUP:
                    count = int(counts[code])
                    rows.append((step, names.touchpoints[code], count, share(count, at_step)))
                hidden += bool(0 < counts[code] < SMALL_GROUP)
        about = {"visits": shown(found.visits), "silence_s": self.silence.total_seconds(), "later": shown(found.later)}
        return Answer(self.kind, ("step", "touchpoint", "events", "share"), tuple(rows), about, hidden)


@dataclass(frozen=True)
class AskRetention:
    """Of the customers who came first in a period, how many come again in the periods after it."""

    kind: ClassVar[str] = "retention"
    leans_on: ClassVar[tuple[str, ...]] = ()
    grain: Grain = "week"

    def kernel(self, names: Names) -> Retention:
        """Counts customers by cohort and by periods since."""
        del names
        return Retention(self.grain)

    def told(self, found: RetentionAnswer, names: Names) -> Answer:
        """One row per cohort and offset; offsets after the end of the data are left out.

        Offsets above 520 are left out too; `later` is in how many of those periods a customer came again, all added;
        None when these are one to four.
        """
        del names
        rows: list[tuple[Any, ...]] = []
        for cohort, known, counts in zip(found.cohorts, found.known, found.matrix, strict=True):
            sizes = [shown(count) for count in counts[:known]]
            rows += [
                (cohort.item(), offset, count if sizes[0] else None, share(count, sizes[0]))
                for offset, count in enumerate(sizes)
            ]
        about = {"grain": self.grain, "customers": shown(int(found.matrix[:, :1].sum()))}
        about |= {"later": shown(found.later), "longest": LONGEST}
        columns = ("cohort", "offset", "customers", "share")
        return Answer(self.kind, columns, tuple(rows), about, count_hidden(row[2] for row in rows))


@dataclass(frozen=True)
class AskAttribution:
    """Which channels bring customers to a goal: what would be lost without each, and who came first and last."""

    kind: ClassVar[str] = "attribution"
    leans_on: ClassVar[tuple[str, ...]] = ("channels",)
    goal: str

    def kernel(self, names: Names) -> Attribution:
        """Counts moves between channels up to the goal."""
        if len(names.channels) < 2:
            raise QuestionUnclear("No event of this data has a channel, so nothing can be credited to one.")
        return Attribution(names.touchpoint(self.goal), len(names.channels))

    def told(self, found: AttributionAnswer, names: Names) -> Answer:
        """One row per channel, the largest Markov share first.

        A channel that fewer than five customers came by first, or last, or that was met fewer than five times in all,
        is named at the end, without any of its numbers.
        """
        known = names.channel_names
        about = {
            "goal": self.goal,
            "customers": shown(found.customers),
            "conversions": shown(found.conversions),
            "probability": share(shown(found.conversions), found.customers),
        }
        columns = ("channel", "conversions", "share", "removal", "first", "last", "linear")
        if shown(found.conversions) is None or not found.conversions:
            return Answer(self.kind, columns, (), about, int(bool(found.conversions)))
        met = [k for k in range(len(known)) if found.moves[:, k + 1].any() or found.removal[k]]
        few = {k for k in met if not all(map(may_show, (found.first[k], found.last[k], found.moves[:, k + 1].sum())))}
        rows = [
            (
                known[k],
                float(found.credited[k]),
                float(found.share[k]),
                float(found.removal[k]),
                int(found.first[k]),
                int(found.last[k]),
                float(found.linear[k]),
            )
            for k in sorted(set(met) - few, key=lambda k: (-found.share[k], known[k]))
        ]
        bare = [(name, *[None] * (len(columns) - 1)) for name in sorted(known[k] for k in few)]
        return Answer(self.kind, columns, (*rows, *bare), about, len(bare))


@dataclass(frozen=True)
class AskOrder:
    """How well the order of events keeps to the order of stages: back-steps, skipped stages, customers who conform.

    `stages` are names in order, each stage one or several touchpoints; without them the stages of the map.
    """

    kind: ClassVar[str] = "order"
    leans_on: ClassVar[tuple[str, ...]] = ("touchpoints",)
    stages: tuple[tuple[str, ...], ...] = ()

    def kernel(self, names: Names) -> Order:
        """Counts moves between stages."""
        return Order(self._rank(names))

    def told(self, found: OrderAnswer, names: Names) -> Answer:
        """One row per move between stages that customers make; row `start` is where they begin.

        Nothing is told when fewer than five customers are on the stages; otherwise moves are judged by their number.
        """
        said = [", ".join(stage) for stage in self.stages] or list(names.stages)
        enough = may_show(found.customers)
        about = {
            "stages": said,
            "customers": shown(found.customers),
            "conforming": shown(found.conforming),
            "conforming_share": share(shown(found.conforming), shown(found.customers)),
            "complete": shown(found.complete),
            "back_steps": shown(found.backward) if enough else None,
            "skipped_stages": shown(found.skipped) if enough else None,
        }
        rows, hidden = [], 0
        for before, counts in enumerate(found.moves, start=-1):
            for after, count in enumerate(counts):
                if enough and count >= SMALL_GROUP:
                    rows.append(
                        (said[before] if before >= 0 else "start", said[after], _kind(before, after), int(count))
                    )
                elif count:
                    hidden += 1
        return Answer(self.kind, ("before", "after", "move", "moves"), tuple(rows), about, hidden)

    def _rank(self, names: Names) -> tuple[int, ...]:
        if not self.stages and not names.stages:
            raise QuestionUnclear("Say the stages in order (see, look > cart > pay), or name a map with --map.")
        if not self.stages:
            return names.rank
        rank = [-1] * len(names.touchpoints)
        for place, stage in enumerate(self.stages):
            for name in stage:
                rank[names.touchpoint(name)] = place
        return tuple(rank)


def _kind(before: int, after: int) -> str:
    if after < before:
        return "back"
    return "same" if after == before else "next" if after == before + 1 else "skip"
