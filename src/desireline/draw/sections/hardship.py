"""Effort on the edges of the flow: a sign at the moves after which journeys are hardest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from desireline.draw.html import Markup, el
from desireline.draw.text import width_of
from desireline.maps.outline import Outline

Moves = Mapping[tuple[str, str], float]
"""By move from a touchpoint to the next: the points of effort that follow it."""

MOST = 4
LEAST = 0.5
"""Points below which a move is not marked."""

HEIGHT = 16.0


class Passed(Protocol):
    """A touchpoint at a step of the flow."""

    @property
    def place(self) -> str: ...
    @property
    def step(self) -> int: ...
    @property
    def y(self) -> float: ...
    @property
    def height(self) -> float: ...


def hardest(moves: Moves, drawn: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the drawn moves those with most effort after them, the hardest first; ties by name."""
    told = [move for move in dict.fromkeys(drawn) if moves.get(move, 0.0) >= LEAST]
    return sorted(told, key=lambda move: (-moves[move], move))[:MOST]


def effort_marks(nodes: Sequence[Passed], steps: Sequence[Sequence[str]], moves: Moves, *, wide: float) -> list[Markup]:
    """The signs, each between its two touchpoints where the move is first drawn. `steps` are the drawn routes."""
    at = {(node.place, node.step): node for node in nodes}
    pairs = [(k, (a, b)) for route in steps for k, (a, b) in enumerate(pairwise(route))]
    places = {move: step for step, move in reversed(pairs) if (move[0], step) in at and (move[1], step + 1) in at}
    return [
        _mark(at[move[0], places[move]], at[move[1], places[move] + 1], moves[move], wide)
        for move in hardest(moves, list(places))
    ]


def _mark(here: Passed, there: Passed, effort: float, wide: float) -> Markup:
    said = f"+{effort:.1f}"
    x = (here.step + 0.72) * wide  # clear of the labels of journeys that end here
    y = (here.y + here.height / 2 + there.y + there.height / 2) / 2
    room = width_of(said, 11.5, bold=True) + 12
    box = {"x": x - room / 2, "y": y - HEIGHT / 2, "width": room, "height": HEIGHT, "rx": HEIGHT / 2}
    return el(
        "g",
        {"class": "hard"},
        el("title", {}, f"{said} points of effort follow this move"),
        el("rect", {"class": "plate", **box}),
        el("text", {"class": "small strong", "x": x, "y": y + 4, "text-anchor": "middle"}, said),
    )


def say_hardest(moves: Moves, steps: Sequence[Sequence[str]], outline: Outline) -> str:
    """The hardest of the drawn moves in a sentence; nothing where none is hard."""
    drawn = [(a, b) for route in steps for a, b in pairwise(route)]
    told = hardest(moves, drawn)
    if not told:
        return ""
    a, b = (outline.titles.get(place, place) for place in told[0])
    return f"Signs such as +{moves[told[0]]:.1f} tell how much effort follows a move; most follows “{a}” → “{b}”."
