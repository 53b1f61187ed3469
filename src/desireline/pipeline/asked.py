"""Questions about paths, in names: what a person asks, which kernel counts it, and how the answer reads.

A question knows nothing of the data. `Names` says what the codes of a trace mean; with it a question becomes a kernel
of `paths`, and the kernel's answer becomes rows. Here are those that count customers; those that count what happens
are in `asked_moves`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import Any, ClassVar, Protocol

import numpy as np

from desireline.access import SMALL_GROUP, may_show
from desireline.errors import QuestionUnclear
from desireline.paths.attribution import Attribution, AttributionAnswer
from desireline.paths.few import ComesLater, Counted
from desireline.paths.funnel import Funnel, FunnelAnswer
from desireline.paths.retention import LONGEST, Grain, Retention, RetentionAnswer
from desireline.paths.routes import Routes, RoutesAnswer
from desireline.pipeline.answer import Answer, count_hidden, share, shown
from desireline.pipeline.hiding import keep_back
from desireline.pipeline.names import Names
from desireline.slices import I64, Slice

MICROSECOND = timedelta(microseconds=1)
AT_LEAST = 1000  # routes that are looked up at once


@dataclass(frozen=True)
class Doubt:
    """Cells whose customers have to be counted, as far as five."""

    counted: Callable[[Slice], Counted]
    cells: I64


Few = AbstractSet[int]
"""Cells behind which fewer than five customers stand."""


class Asked(Protocol):
    """One question. `leans_on` names the codes that its counts stand under: they mean nothing when these change."""

    kind: ClassVar[str]
    leans_on: ClassVar[tuple[str, ...]]

    def kernel(self, names: Names) -> Any:
        """What counts it. Raises UnknownName, QuestionUnclear."""
        ...

    def doubt(self, found: Any, names: Names) -> Doubt | None:
        """Which of the numbers found may be those of few customers; None when that needs no second look."""
        ...

    def told(self, found: Any, names: Names, few: Few) -> Answer:
        """The kernel's answer, in names, without what is known of `few` customers only."""
        ...


class ByCustomer:
    """A question whose numbers are customers: it is seen at once which are few."""

    def doubt(self, found: Any, names: Names) -> None:
        """Nothing needs a second look."""


@dataclass(frozen=True)
class AskFunnel(ByCustomer):
    """How many customers take these steps one after the other, whatever lies between, within a time from the first.

    A text may name several steps: `see > cart > pay`.
    """

    kind: ClassVar[str] = "funnel"
    leans_on: ClassVar[tuple[str, ...]] = ()
    steps: tuple[str, ...]
    within: timedelta | None = None

    def kernel(self, names: Names) -> Funnel:
        """Counts the customers that reach each step."""
        said = self._steps(names)
        _check_quotes(said, names)
        steps = tuple(names.touchpoint(step) for step in said)
        if not steps:
            raise QuestionUnclear("A funnel needs steps, such as: see > cart > pay.")
        return Funnel(steps, None if self.within is None else self.within // MICROSECOND)

    def told(self, found: FunnelAnswer, names: Names, few: Few = frozenset()) -> Answer:
        """One row per step; how many were lost is kept back where these are few."""
        del few
        reached = [shown(count) for count in found.reached]
        before = [*reached[:1], *reached]
        rows = [
            (
                level,
                step,
                count,
                share(count, reached[0]),
                share(count, last),
                None if count is None or last is None else shown(last - count),
                found.median_seconds[level - 1] if count else None,
            )
            for level, (step, count, last) in enumerate(zip(self._steps(names), reached, before, strict=False), start=1)
        ]
        columns = ("level", "step", "customers", "share_of_first", "share_of_previous", "lost", "median_s")
        within = None if self.within is None else self.within.total_seconds()
        about = {"customers": shown(found.customers), "within_s": within}
        return Answer(self.kind, columns, tuple(rows), about, count_hidden(row[5] for row in rows))

    def _steps(self, names: Names) -> list[str]:
        return [step for text in self.steps for step in names.parted(text, ">")]


def _check_quotes(steps: Sequence[str], names: Names) -> None:
    """No known name was taken apart into its words. Raises QuestionUnclear."""
    for first, end in combinations(range(len(steps) + 1), 2):
        whole = " ".join(steps[first:end])
        if end - first > 1 and whole in names.touchpoints and not set(steps[first:end]) <= set(names.touchpoints):
            words = ", ".join(map(repr, steps[first:end]))
            raise QuestionUnclear(f"{words} came as {end - first} steps. Put the name in quotes: 'see > {whole}'.")


@dataclass(frozen=True)
class AskRoutes(ByCustomer):
    """The orders of touchpoints that most customers share; immediate repeats count once."""

    kind: ClassVar[str] = "routes"
    leans_on: ClassVar[tuple[str, ...]] = ("touchpoints",)
    limit: int = 100

    def kernel(self, names: Names) -> Routes:
        """Counts customers by route; asked for more rows, it need not look again."""
        del names
        return Routes(max(self.limit, AT_LEAST))

    def told(self, found: RoutesAnswer, names: Names, few: Few = frozenset()) -> Answer:
        """One row per route, and how many customers took others."""
        del few
        total = sum(found.customers) + found.other
        routes, counts = found.routes[: self.limit], found.customers[: self.limit]
        small = {place for place, count in enumerate(counts) if not may_show(count)}
        hidden = keep_back(counts, small, beyond=total - sum(counts))
        rows = [
            (rank, [names.touchpoints[code] for code in route], count, share(count, total))
            for rank, (route, count) in enumerate(zip(routes, counts, strict=True), start=1)
            if rank - 1 not in hidden
        ]
        other = shown(total - sum(row[2] for row in rows))
        about = {
            "customers": shown(total),
            "distinct": found.distinct,
            "other": other,
            "other_share": share(other, total),
        }
        return Answer(self.kind, ("rank", "route", "customers", "share"), tuple(rows), about, len(hidden))


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

    def doubt(self, found: RetentionAnswer, names: Names) -> Doubt | None:
        """Whether several come again so late, or one of them often."""
        if found.later < SMALL_GROUP:
            return None
        return Doubt(ComesLater(self.kernel(names)), np.zeros(1, dtype=np.int64))

    def told(self, found: RetentionAnswer, names: Names, few: Few = frozenset()) -> Answer:
        """One row per cohort and offset; offsets after the end of the data are left out.

        Offsets above 520 are left out too; `later` is in how many of those periods a customer came again, all added;
        None when these are one to four, or of fewer than five customers.
        """
        del names
        sizes = [int(counts[0]) for counts in found.matrix]
        hidden = keep_back(sizes, {place for place, size in enumerate(sizes) if not may_show(size)})
        rows: list[tuple[Any, ...]] = []
        for place, (cohort, known) in enumerate(zip(found.cohorts, found.known, strict=True)):
            told = [None if place in hidden else shown(count) for count in found.matrix[place][:known]]
            rows += [(cohort.item(), offset, count, share(count, told[0])) for offset, count in enumerate(told)]
        about = {"grain": self.grain, "customers": shown(int(found.matrix[:, :1].sum()))}
        about |= {"later": None if few else shown(found.later), "longest": LONGEST}
        columns = ("cohort", "offset", "customers", "share")
        return Answer(self.kind, columns, tuple(rows), about, count_hidden(row[2] for row in rows))


@dataclass(frozen=True)
class AskAttribution(ByCustomer):
    """Which channels bring customers to a goal: what would be lost without each, and who came first and last."""

    kind: ClassVar[str] = "attribution"
    leans_on: ClassVar[tuple[str, ...]] = ("channels",)
    goal: str

    def kernel(self, names: Names) -> Attribution:
        """Counts moves between channels up to the goal."""
        if len(names.channels) < 2:
            raise QuestionUnclear("No event of this data has a channel, so nothing can be credited to one.")
        return Attribution(names.touchpoint(self.goal), len(names.channels))

    def told(self, found: AttributionAnswer, names: Names, few: Few = frozenset()) -> Answer:
        """One row per channel, the largest Markov share first.

        A channel that fewer than five customers came by first, or last, or that was met fewer than five times in all,
        is named at the end, without any of its numbers; and so is a second one, where a subtraction would tell them.
        """
        del few
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
        bare = {k for k in met if not all(map(may_show, (found.first[k], found.last[k], found.moves[:, k + 1].sum())))}
        for edge in (found.first, found.last):
            bare |= {met[place] for place in keep_back([int(edge[k]) for k in met], {met.index(k) for k in bare})}
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
            for k in sorted(set(met) - bare, key=lambda k: (-found.share[k], known[k]))
        ]
        named = [(name, *[None] * (len(columns) - 1)) for name in sorted(known[k] for k in bare)]
        return Answer(self.kind, columns, (*rows, *named), about, len(named))
