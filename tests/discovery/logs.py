"""Small sets of routes for the tests of discovery."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from desireline.discovery.sequences import SEPARATOR, Sequences, add_up, nothing
from desireline.discovery.sequences import Part as RoutePart


def sequences_of(routes: Sequence[Sequence[str]], *, known: pl.DataFrame | None = None) -> Sequences:
    """One customer for each route, in this order."""
    rows = pl.DataFrame(
        {
            "customer": pl.Series([(7 * row + 3) * 2**40 for row in range(len(routes))], dtype=pl.UInt64),
            "route": [SEPARATOR.join(route) for route in routes],
            **dict.fromkeys(("won", "settled", "value_e4", "level_e6", "answers"), 0),
        }
    )
    return Sequences.of(RoutePart(add_up(rows), nothing().known if known is None else known))


def walk(rng: np.random.Generator, chances: np.ndarray, names: str) -> list[str]:
    """A route through a chain whose row 0 is the start and whose last column is the end."""
    route: list[str] = []
    place = 0
    while len(route) < 30:
        place = int(rng.choice(len(chances) + 1, p=chances[place]))
        if place == len(chances):
            break
        route.append(names[place - 1])
    return route


def chain(rng: np.random.Generator, names: int, *, peaked: float) -> np.ndarray:
    """The chances of a chain over so many names; the smaller `peaked`, the more it keeps to few ways."""
    chances = np.zeros((names + 1, names + 2))
    for row in range(names + 1):
        chances[row, 1:] = rng.dirichlet(np.full(names + 1, peaked))
    chances[0, -1] = 0
    chances[0] /= chances[0].sum()
    chances[1:, -1] += 0.15
    return chances / chances.sum(axis=1, keepdims=True)
