"""The seven questions in plain loops over customers: slow, and easy to believe."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from statistics import median

from tests.paths.customers import Customer

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def funnel(customers: list[Customer], steps: tuple[int, ...], within: int | None) -> list[int]:
    """Customers by level, trying every chain of events."""
    levels = [_level(customer, steps, within) for customer in customers]
    return [sum(level > step for level in levels) for step in range(len(steps))]


def _level(customer: Customer, steps: tuple[int, ...], within: int | None) -> int:
    best = 0
    for start, (begun, touchpoint, _) in enumerate(customer):
        if touchpoint == steps[0]:
            level = 1
            for at, code, _ in customer[start + 1 :]:
                if level < len(steps) and code == steps[level] and (within is None or at - begun <= within):
                    level += 1
            best = max(best, level)
    return best


def edges(customers: list[Customer]) -> dict[tuple[int, int], tuple[int, float]]:
    """Edge: how often, median seconds."""
    seen = defaultdict(list)
    for customer in customers:
        for (before, a, _), (after, b, _) in itertools.pairwise(customer):
            seen[a, b].append(after - before)
    return {edge: (len(waits), median(waits) / 1e6) for edge, waits in sorted(seen.items())}


def route(customer: Customer) -> tuple[int, ...]:
    """The touchpoints, repeats right after one another once."""
    codes = [code for _, code, _ in customer]
    return tuple(code for i, code in enumerate(codes) if i == 0 or codes[i - 1] != code)


def routes(customers: list[Customer]) -> list[tuple[tuple[int, ...], int]]:
    """Every route with its customers, in the order of the answer."""
    counts = Counter(route(customer) for customer in customers)
    return sorted(counts.items(), key=lambda row: (-row[1], len(row[0]), row[0]))


def visits(customers: list[Customer], silence: int) -> tuple[int, Counter[tuple[int, int]]]:
    """The number of visits, and events by step from 0 and touchpoint."""
    number, cells = 0, Counter()
    for customer in customers:
        last, step = None, 0
        for at, code, _ in customer:
            step = 0 if last is None or at - last > silence else step + 1
            number += step == 0
            cells[step, code] += 1
            last = at
    return number, cells


def retention(customers: list[Customer], grain: str) -> Counter[tuple[str, int]]:
    """Customers by the first day of their cohort's period and by offset."""
    cells = Counter()
    for customer in customers:
        days = [(EPOCH + timedelta(microseconds=at)).date() for at, _, _ in customer]
        begins = [_begin(day, grain) for day in days]
        for begin in set(begins):
            cells[begins[0].isoformat(), _periods_between(begins[0], begin, grain)] += 1
    return cells


def _begin(day, grain):
    if grain == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if grain == "month" else day


def _periods_between(first, later, grain):
    if grain == "month":
        return (later.year - first.year) * 12 + later.month - first.month
    return (later - first).days // (7 if grain == "week" else 1)


def paths(customers: list[Customer], goal: int) -> list[tuple[list[int], bool]]:
    """The channels on each customer's way, and whether it led to the goal."""
    found = []
    for customer in customers:
        touched = [code for _, code, _ in customer]
        end = touched.index(goal) + 1 if goal in touched else len(customer)
        found.append(([channel for _, _, channel in customer[:end]], goal in touched))
    return found


def goal_chance(found: list[tuple[list[int], bool]], without: int | None = None) -> float:
    """The chance to reach the goal in the chain of moves, where what moves into `without` is lost, by repetition."""
    moves = Counter()
    for channels, converted in found:
        places = ["start", *channels, "goal" if converted else "gone"]
        moves.update(itertools.pairwise(places))
    out = Counter()
    for (before, _), count in moves.items():
        out[before] += count
    chance = dict.fromkeys(out, 0.0) | {"goal": 1.0, "gone": 0.0}
    for _ in range(3000):
        new = defaultdict(float)
        for (before, after), count in moves.items():
            new[before] += count / out[before] * (0.0 if after == without else chance[after])
        chance |= new
    return chance["start"]


def order(customers: list[Customer], rank: tuple[int, ...]) -> tuple[int, int, int, int, int]:
    """Customers on the map, back-steps, skipped stages, conforming, complete."""
    people = back = skipped = conforming = complete = 0
    for customer in customers:
        stages = [rank[code] for _, code, _ in customer if rank[code] >= 0]
        moves = list(zip([-1, *stages], stages, strict=False))
        people += bool(stages)
        back += sum(after < before for before, after in moves)
        skipped += sum(max(after - before - 1, 0) for before, after in moves)
        if stages and all(after - before in (0, 1) for before, after in moves):
            conforming += 1
            complete += stages[-1] == max(rank)
    return people, back, skipped, conforming, complete
