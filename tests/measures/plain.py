"""Every measure over journeys once more, in plain Python loops: one journey, one place at a time.

`plain(measure, trips)` gives, per place, the rows (customer, journey, x, m) that the help page asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tests.measures.rows import STAGE_OF, SUCCESS, TEAM_OF

from desireline.tables import Trips

POINTS = list(STAGE_OF)
STAGES = list(dict.fromkeys(STAGE_OF.values()))

Row = tuple[str, str, int, int]


def plain(measure: str, trips: Trips, edges: list[tuple[str, str]]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for trip, journey in enumerate(trips.journeys.iter_rows(named=True)):
        steps = [s for s in trips.steps.iter_rows(named=True) if s["trip"] == trip]
        steps.sort(key=lambda step: step["step"])
        for place, x, m in MEASURES[measure](journey, steps, edges):
            if m:
                found.setdefault(place, []).append((journey["customer_id"], journey["journey_id"], x, m))
    return found


def at(step: dict[str, Any], place: str) -> bool:
    return place in (step["touchpoint"], step["stage"])


def visited(steps: list[dict[str, Any]]) -> list[str]:
    return [place for place in STAGES + POINTS if any(at(step, place) for step in steps)]


def crossing(steps: list[dict[str, Any]], a: str, b: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The first step at a, and the first at b after it."""
    first = next((i for i, step in enumerate(steps) if at(step, a)), None)
    if first is None:
        return None, None
    return steps[first], next((step for step in steps[first + 1 :] if at(step, b)), None)


def presence(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    yield "shop", 1, 1
    yield from ((place, 1, 1) for place in visited(steps))
    yield from ((f"{a}>{b}", 1, 1) for a, b in edges if crossing(steps, a, b)[1])


def visits(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    yield "shop", len(steps), 1
    yield from ((place, sum(at(step, place) for step in steps), 1) for place in visited(steps))


def under_way(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    waiting = int(journey["state"] == "under_way")
    yield "shop", waiting, 1
    yield from ((place, waiting, 1) for place in visited(steps))
    yield from ((f"{a}>{b}", waiting, 1) for a, b in edges if crossing(steps, a, b)[0])


def reach(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    yield from ((place, int(place in visited(steps)), 1) for place in STAGES + POINTS)


def repeats(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    for place in visited(steps):
        here = [at(step, place) for step in steps]
        yield place, int(here[0] + sum(now and not before for before, now in pairwise(here)) > 1), 1


def conversion(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    if journey["state"] == "under_way":
        return
    yield "shop", int(journey["success"]), 1
    won = next((i for i, step in enumerate(steps) if step["touchpoint"] == SUCCESS), None)
    for place in visited(steps):
        first = next(i for i, step in enumerate(steps) if at(step, place))
        if won is None or won >= first:
            yield place, int(won is not None), 1
    for a, b in edges:
        start, end = crossing(steps, a, b)
        if start:
            yield f"{a}>{b}", int(end is not None), 1


def drop_off(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    if journey["state"] == "under_way":
        return
    gone = journey["state"] in ("lost", "stuck")
    yield "shop", int(gone), 1
    yield from ((place, int(gone and at(steps[-1], place)), 1) for place in visited(steps))


def back_steps(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    moves = [(here["touchpoint"], there["touchpoint"]) for here, there in pairwise(steps)]
    back = {here for here, there in moves if POINTS.index(there) < POINTS.index(here)}
    back |= {STAGE_OF[here] for here, there in moves if STAGES.index(STAGE_OF[there]) < STAGES.index(STAGE_OF[here])}
    yield "shop", int(bool(back)), 1
    yield from ((place, int(place in back), 1) for place in visited(steps))


def hand_offs(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    teams = [TEAM_OF[step["touchpoint"]] for step in steps if step["touchpoint"] in TEAM_OF]
    yield "shop", sum(a != b for a, b in pairwise(teams)), 1
    moves = [(here["touchpoint"], there["touchpoint"]) for here, there in pairwise(steps)]
    for a, b in edges:
        apart = a in TEAM_OF and b in TEAM_OF and TEAM_OF[a] != TEAM_OF[b]
        if apart and a in visited(steps):
            yield f"{a}>{b}", moves.count((a, b)), 1


def channel_switches(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    channels = [step["channel"] for step in steps if step["channel"]]
    yield "shop", sum(a != b for a, b in pairwise(channels)), 1


def time(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    def between(a: dict[str, Any], b: dict[str, Any]) -> int:
        return round((b["at"] - a["at"]).total_seconds() * 1e6)

    if journey["state"] == "done":
        yield "shop", between(steps[0], steps[-1]), 1
    for stage in STAGES:
        here = [step for step in steps if step["stage"] == stage]
        if here and not (journey["state"] == "under_way" and steps[-1]["stage"] == stage):
            yield stage, between(here[0], here[-1]), 1
    for point in POINTS:
        first = next((i for i, step in enumerate(steps) if step["touchpoint"] == point), 0)
        if first:
            yield point, between(steps[first - 1], steps[first]), 1
    for a, b in edges:
        start, end = crossing(steps, a, b)
        if start and end:
            yield f"{a}>{b}", between(start, end), 1


def promise_kept(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    last = {step["touchpoint"]: step["kept"] for step in steps if step["kept"] is not None}
    for place in ("shop", *STAGES, *POINTS):
        mine = [kept for point, kept in last.items() if place in ("shop", point, STAGE_OF[point])]
        if place == "shop" and journey["kept"] is not None:
            mine.append(journey["kept"])
        if mine:
            yield place, int(all(mine)), 1


def trouble(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    wrong = [step for step in steps if step["failed"] or step["kept"] is False]
    yield "shop", int(bool(wrong)), 1
    yield from ((place, int(any(at(step, place) for step in wrong)), 1) for place in visited(steps))


def amounts(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    yield "shop", journey["value_e4"], 1
    for place in visited(steps):
        yield place, sum(step["value_e4"] for step in steps if at(step, place)), 1


def fitness(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    yield "shop", round(journey["fitness"] * 1e6), 1


def perfect(journey: Any, steps: Any, edges: Any) -> Iterator[tuple[str, int, int]]:
    yield "shop", int(journey["cost"] == 0), 1


MEASURES = {
    "customers": presence,
    "journeys": presence,
    "visits": visits,
    "under_way": under_way,
    "reach": reach,
    "repeats": repeats,
    "conversion": conversion,
    "drop_off": drop_off,
    "back_steps": back_steps,
    "hand_offs": hand_offs,
    "channel_switches": channel_switches,
    "time_q25": time,
    "time_median": time,
    "time_q75": time,
    "time_p90": time,
    "promise_kept": promise_kept,
    "trouble": trouble,
    "value": amounts,
    "value_per_journey": amounts,
    "fitness": fitness,
    "perfect": perfect,
}
