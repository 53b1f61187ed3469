"""Journeys written down plainly, and their tally counted with dictionaries: the oracle of the walk, and a fast source.

A journey is its customer, the touchpoints that it stood at ("pay!" failed there, "pay~" came late), and its end: lost,
stuck, over, nothing where it is under way. One that stands at a success touchpoint ends there.
"""

from __future__ import annotations

import itertools
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from desireline.scenarios.counted import Counted
from desireline.scenarios.states import ENDS, LOST, OVER, START, STUCK, SUCCESS, States
from desireline.scenarios.tally import COLUMNS, Tally
from desireline.scenarios.transitions import bin_of

ENDED = {"lost": LOST, "stuck": STUCK, "over": OVER}
MARKS = {"!": 1, "~": 2}
SHOP = States(("see", "cart", "pay"), ("pay",))
DAY = 86_400


@dataclass(frozen=True)
class Journey:
    """One journey as a test writes it."""

    customer: int
    places: tuple[str, ...]
    end: str = "lost"
    month: int = 600
    waits: tuple[int, ...] = ()  # seconds before each place; 0 where none is given
    values: tuple[int, ...] = ()  # whole money at each place
    back: bool | None = None
    levels: tuple[int, ...] = ()  # thousandths


def j(text: str, customer: int = 0, **said: object) -> Journey:
    """A journey from "see cart lost" or "see cart pay"."""
    words = text.split()
    ended = words[-1] in (*ENDED, "…")
    places = tuple(words[:-1] if ended else words)
    return Journey(customer, places, {"…": ""}.get(words[-1], words[-1]) if ended else "success", **said)  # type: ignore[arg-type]


def state(states: States, place: str) -> int:
    """The number of a place as written."""
    return 1 + 3 * states.points.index(place.rstrip("!~")) + MARKS.get(place[-1], 0)


@dataclass
class _Sums:
    """Sums of rows by key."""

    found: dict[str, dict[int, list[int]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, name: str, key: int, *numbers: int) -> None:
        row = self.found[name].setdefault(key, [0] * len(numbers))
        for place, number in enumerate(numbers):
            row[place] += int(number)

    def counted(self, name: str) -> Counted:
        rows = self.found.get(name, {})
        if not rows:
            return Counted.nothing(COLUMNS[name])
        keys = sorted(rows)
        return Counted(np.array(keys, dtype=np.int64), np.array([rows[key] for key in keys], dtype=np.int64))


def tally(journeys: Iterable[Journey], states: States = SHOP, *, days: float = 365.25, waits: bool = True) -> Tally:
    """The tally, counted one journey after the other; without `waits` those by bin are left out."""
    every, sums, all_ = list(journeys), _Sums(), states.all
    moved: Counter[tuple[int, int, int, int]] = Counter()
    spent: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0])
    met: dict[tuple[str, int, int], list[int]] = defaultdict(lambda: [0, 0])
    slow: dict[tuple[int, int], dict[int, list[tuple[int, ...]]]] = defaultdict(lambda: defaultdict(list))
    for one in every:
        stood = [state(states, place) for place in one.places]
        end = {"success": SUCCESS, "": None}.get(one.end, ENDED.get(one.end))
        value = sum(one.values)
        sums.add("journeys", one.month, 1, end is not None, end == SUCCESS, value * 10_000, value * value)
        path = [START, *stood, *([] if end is None else [states.transient + end])]
        waited = [*one.waits, *[0] * (len(path) - 1 - len(one.waits))]
        for place, (out, to) in enumerate(itertools.pairwise(path)):
            sums.add("moves", (one.month * all_ + out) * all_ + to, 1, waited[place], waited[place] ** 2 // 3600)
            before = path[place - 1] + 1 if place else 0
            sums.add("triples", ((one.month * all_ + before) * all_ + out) * all_ + to, 1)
            moved[one.customer, one.month, out, to] += 1
        for place, worth in zip([START, *stood], [0, *one.values, *[0] * len(stood)], strict=False):
            spent[one.customer, one.month, place][0] += worth
            spent[one.customer, one.month, place][1] += 1
        _after(one, stood, end, states, met)
        if waits:
            _waited(one, stood, end, waited, slow, states)
    _slow(slow, sums)
    _by_customer(moved, spent, met, sums=sums, all_=all_)
    people = len({one.customer for one in every})
    sums.add("span", 0, people, len(every), people)
    return Tally(
        **{name: sums.counted(name) for name in COLUMNS},  # type: ignore[arg-type]
        first_at=0,
        last_at=round(days * DAY * 1e6),
    )


def simulate(
    rng: np.random.Generator,
    moves: np.ndarray,
    journeys: int,
    *,
    places: Sequence[str] = SHOP.points,
    each: int = 1,
    month: int = 600,
) -> list[Journey]:
    """Journeys of a known chain through these places; the last is success. Each customer has so many journeys.

    `moves` has the shape (places + 1, places + ends), the start first, or one such table for each customer.
    """
    points, found = len(places), []
    steps = np.cumsum(moves, axis=-1).tolist()
    dice = rng.random(10 * journeys).tolist()
    for number in range(journeys):
        here, stood = 0, []
        mine = steps if np.ndim(moves) == 2 else steps[number // each]
        while True:
            if not dice:
                dice = rng.random(10 * journeys).tolist()
            to = bisect(mine[here], dice.pop() * mine[here][-1])
            if to >= points:
                break
            stood.append(places[to])
            if to == points - 1:
                to = points + SUCCESS
                break
            here = to + 1
        found.append(Journey(number // each, tuple(stood), ENDS[to - points], month))
    return found


def _after(one: Journey, stood: Sequence[int], end: int | None, states: States, met: dict) -> None:
    if end is None:
        return
    key = 3 * ((stood[-1] - 1) // 3) + 1 if end == SUCCESS else states.transient + end
    seen = {"back": (1, int(one.back)) if one.back is not None else None}
    seen["felt"] = (len(one.levels), sum(one.levels)) if one.levels else None
    for name, pair in seen.items():
        for where, keys in ((name, [key]), (f"{name}_met", sorted(set(stood)) if end == SUCCESS else [])):
            for place in keys if pair else []:
                met[where, one.customer, place][0] += pair[0]
                met[where, one.customer, place][1] += pair[1]


def _waited(one: Journey, stood: Sequence[int], end: int | None, waits: list[int], slow: dict, states: States) -> None:
    once = set()
    for place in range(1, len(stood)):
        out, to = ((number - 1) // 3 for number in stood[place - 1 : place + 1])
        if end is None or (out, to) in once:
            continue
        once.add((out, to))
        told = (1, end == SUCCESS, one.back is not None, bool(one.back), len(one.levels), sum(one.levels))
        pair = out * len(states.points) + to
        slow[one.customer, pair][int(bin_of(np.array([waits[place]]))[0])].append(told)
        slow[one.customer, pair][-1].append((int(bin_of(np.array([waits[place]]))[0]), *told))


def _slow(slow: dict, sums: _Sums) -> None:
    for (_, pair), by_bin in slow.items():
        order = by_bin.pop(-1)
        for bin_, rows in by_bin.items():
            total = [sum(int(row[place]) for row in rows) for place in range(6)]
            more = []
            for m, x in ((0, 1), (2, 3), (4, 5)):
                first = next((row[0] for row in order if row[1 + m]), None)
                more += [first == bin_, total[m] ** 2, total[x] ** 2, total[m] * total[x]]
            sums.add("waits", pair * 64 + bin_, *total, *more)


def _by_customer(moved: Counter, spent: dict, met: dict, *, sums: _Sums, all_: int) -> None:
    for suffix, month_of in (("", lambda _: 0), ("_of_months", lambda month: month)):
        rows: Counter[tuple[int, int, int]] = Counter()
        cells: Counter[tuple[int, int, int, int]] = Counter()
        for (who, month, out, to), times in moved.items():
            rows[who, month_of(month), out] += times
            cells[who, month_of(month), out, to] += times
        for (_, month, out), times in rows.items():
            sums.add(f"rows{suffix}", month * all_ + out, 1, times * times)
        for (who, month, out, to), times in cells.items():
            key = (month * all_ + out) * all_ + to
            sums.add(f"cells{suffix}", key, 1, times * times, times * rows[who, month, out])
        paid: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0])
        for (who, month, place), (value, times) in spent.items():
            paid[who, month_of(month), place][0] += value
            paid[who, month_of(month), place][1] += times
        for (_, month, place), (value, times) in paid.items():
            sums.add(f"money{suffix}", month * all_ + place, value * 10_000, value * value, value * times)
    for (name, _, place), (m, x) in met.items():
        sums.add(name, place, m, x, 1, m * m, x * x, m * x)
