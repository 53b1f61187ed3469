"""Draws of what is not known surely: moves, waits and money, as many times as needed, always the same.

The moves out of a state are drawn from Dirichlet(counts / d + 1 / k): k are the kinds of moves seen there (for two of
them this is Jeffreys' prior, 1/2 each; for more, Perks' prior, which weighs as much as one customer whatever k), and d
says how many moves of one customer are worth as much as one of another's: customers are the unit, not moves (the design
effect of Rao and Scott 1981, JASA 76, 221–230, never below 1). Moves that nobody made stay impossible.
Row 0 of every table of draws holds the plain estimate, so it is changed by an edit in the same way.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from desireline.measures.codes import Whole, beginnings

Floats = npt.NDArray[np.float64]

DRAWS = 2000
SEED = 1712


def dice(name: int) -> np.random.Generator:
    """A generator that gives the same numbers for the same name."""
    return np.random.default_rng([SEED, name])


def draw_rows(counts: Floats, rows: Whole, effect: Floats, draws: int) -> Floats:
    """Shares of cells within their rows, shape (1 + draws, cells): first as counted, then drawn.

    `rows` tells each cell's row and grows; `effect` is each cell's design effect. No count is 0.
    """
    starts = beginnings(rows)
    sizes = np.diff(starts, append=len(rows))
    weights = np.empty((1 + draws, len(rows)))
    weights[0] = counts
    weights[1:] = dice(1).standard_gamma(counts / effect + np.repeat(1 / sizes, sizes), size=(draws, len(rows)))
    sums = np.add.reduceat(weights, starts, axis=1) if len(rows) else weights
    found: Floats = weights / np.repeat(sums, sizes, axis=1)
    return found


def draw_means(means: Floats, errors: Floats, draws: int, *, name: int, least: float = -np.inf) -> Floats:
    """Means with their standard errors, shape (1 + draws, len(means)): first as they are, then drawn."""
    noise = dice(name).standard_normal((draws, len(means)))
    drawn = np.maximum(means + errors * noise, np.minimum(least, means))
    return np.concatenate([means[None], drawn])


def design_effect(cells: Floats, moves: Floats, squares: Floats, products: Floats, row_squares: Floats) -> float:
    """How many times as much the shares of a row vary as if each move were another customer's; at least 1.

    `cells` are the counts of the row's cells, `moves` their sum; `squares`, `products` and `row_squares` the sums over
    customers of x², x·m and m².
    """
    shares = cells / moves
    plain = float((shares * (1 - shares)).sum() * moves)
    scatter = float((squares - 2 * shares * products + shares**2 * row_squares).sum())
    return max(scatter / plain, 1.0) if plain > 0 else max(float(row_squares / moves), 1.0)
