"""The oracle of alignment: walk all ways through a drawn map, and edit the route into each of them.

Written from the glossary alone, without states, numbers or short cuts. Only ways that cannot win any more
are left.
"""

from __future__ import annotations

from collections.abc import Iterator

from desireline.maps.outline import Outline


def cheapest(outline: Outline, route: list[tuple[str, bool]], *, finished: bool) -> float:
    """The least cost of editing the route into a way through the map; unless finished, into a beginning."""
    best = [float(len(route)) + _shortest(outline)]
    _explore(outline, route, [], [float(i) for i in range(len(route) + 1)], best, finished)
    return best[0]


def _shortest(outline: Outline) -> float:
    return float(sum(_required(outline, number) for number in range(len(outline.blocks))))


def _required(outline: Outline, number: int) -> int:
    block = outline.blocks[number]
    required = sum(not outline.touchpoint[name].optional for name in block.members)
    return min(required, 1) if block.kind == "alternative" else required


def _explore(outline, route, run, row, best, finished) -> None:
    if not finished or _may_end(outline, run):
        best[0] = min(best[0], row[-1])
    for place in _next(outline, run):
        following = _edit(row, route, place[2])
        # Every further step of a run costs unless it agrees with a step of the route that is still to come.
        if min(following) < best[0]:
            _explore(outline, route, [*run, place], following, best, finished)


def _edit(row: list[float], route: list[tuple[str, bool]], name: str) -> list[float]:
    following = [row[0] + 1]
    for i, (step, wrong) in enumerate(route):
        agrees = row[i] + (0.5 if wrong else 0) if step == name else float("inf")
        following.append(min(row[i + 1] + 1, following[i] + 1, agrees))
    return following


def _here(run) -> tuple[int, set[str], str | None]:
    """The block where a run stands, what it met there since it came in, and its last touchpoint."""
    return (run[-1][0], run[-1][1], run[-1][2]) if run else (-1, set(), None)


def _complete(outline: Outline, number: int, met: set[str]) -> bool:
    block = outline.blocks[number]
    needed = {name for name in block.members if not outline.touchpoint[name].optional}
    return bool(met) if block.kind != "any order" else needed <= met


def _may_end(outline: Outline, run) -> bool:
    number, met, _ = _here(run)
    later = [i for i in range(number + 1, len(outline.blocks)) if _required(outline, i)]
    return not later and (number < 0 or _complete(outline, number, met))


def _next(outline: Outline, run) -> Iterator[tuple[int, set[str], str]]:
    number, met, last = _here(run)
    if number >= 0:
        for name in outline.blocks[number].members:
            again = name in met and outline.touchpoint[name].repeatable
            if again or (outline.blocks[number].kind == "any order" and name not in met):
                yield number, met | {name}, name
    if number < 0 or _complete(outline, number, met):
        for later in range(number + 1, len(outline.blocks)):
            for name in outline.blocks[later].members:
                yield later, {name}, name
            if _required(outline, later):
                break
    for link in outline.map.links:
        if link.kind == "then" and link.from_ == last and last is not None:
            there = next(i for i, block in enumerate(outline.blocks) if link.to in block.members)
            stays = there == number and outline.blocks[there].kind == "any order"
            yield there, (met | {link.to}) if stays else {link.to}, link.to
