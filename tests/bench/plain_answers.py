"""The seven tasks in plain Python, customer by customer: slow, and meant to be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from bench.facts import Facts

from bench import answers

Journey = list[tuple[int, str, str]]  # (µs, touchpoint, channel), in time order


def plain_answers(journeys: list[Journey], facts: Facts) -> dict[str, Any]:
    """What every engine should answer."""
    moves = defaultdict(list)
    for journey in journeys:
        for (left, before, _), (at, after, _) in pairwise(journey):
            moves[before, after].append(at - left)
    routes = Counter(tuple(name for name, _ in groupby(event for _, event, _ in journey)) for journey in journeys)
    top = sorted(routes.items(), key=lambda held: (-held[1], len(held[0]), held[0]))[: answers.TOP]
    levels = [_level(journey, facts) for journey in journeys]
    return {
        "a": answers.funnel(sum(level > step for level in levels) for step in range(5)),
        "b": answers.edges((a, b, len(took), median(took) / 1e6) for (a, b), took in moves.items()),
        "c": answers.routes(top, len(routes)),
        "d": _visits(journeys),
        "e": _retention(journeys),
        "f": _attribution(journeys, facts),
        "g": _order(journeys, facts),
    }


def _level(journey: Journey, facts: Facts) -> int:
    """The longest chain of funnel steps within the window, tried from every start."""
    best = 0
    for start, (begun, _, _) in enumerate(journey):
        reached = 0
        for at, event, _ in journey[start:]:
            if at - begun <= answers.WITHIN and reached < 5 and event == facts.funnel_names[reached]:
                reached += 1
            if not reached:
                break
        best = max(best, reached)
    return best


def _visits(journeys: list[Journey]) -> dict[str, Any]:
    visits, steps = 0, Counter()
    for journey in journeys:
        before, step = None, 0
        for at, event, _ in journey:
            step = 1 if before is None or at - before > answers.SILENCE else step + 1
            visits += step == 1
            steps[step, event] += step <= answers.STEPS
            before = at
    return answers.visits(visits, ((step, event, n) for (step, event), n in steps.items()))


def _retention(journeys: list[Journey]) -> dict[str, Any]:
    cells = Counter()
    for journey in journeys:
        weeks = sorted({_monday(at) for at, _, _ in journey})
        cells.update((weeks[0], (week - weeks[0]).days // 7) for week in weeks)
    return answers.retention((cohort, offset, n) for (cohort, offset), n in cells.items())


def _monday(at: int) -> Any:
    day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)).date()
    return day - timedelta(days=day.weekday())


def _attribution(journeys: list[Journey], facts: Facts) -> dict[str, Any]:
    moves = Counter()
    for journey in journeys:
        before = None
        for number, (_, event, channel) in enumerate(journey, start=1):
            bought = event == facts.purchase_name
            moves[before, channel, 2 if bought else int(number == len(journey))] += 1
            before = channel
            if bought:
                break
    return answers.attribution(((*move, n) for move, n in moves.items()), facts.channels)


def _order(journeys: list[Journey], facts: Facts) -> dict[str, Any]:
    backward = skipped = conforming = 0
    for journey in journeys:
        stages = [-1, *(facts.stage_of[event] for _, event, _ in journey)]
        far = [after - before for before, after in pairwise(stages)]
        backward += sum(one < 0 for one in far)
        skipped += sum(one - 1 for one in far if one > 1)
        conforming += all(one in (0, 1) for one in far)
    return answers.order(backward, skipped, conforming)
