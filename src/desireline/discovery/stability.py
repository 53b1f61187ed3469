"""Would the same kinds of routes come out of other customers? Fits to resampled customers say so."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import poisson

from desireline.discovery.mixture import Floats, Ints, Mixture, Moves, fit
from desireline.discovery.sequences import Sequences
from desireline.mixing import U64, mix

ROUNDS = 20
STABLE = 0.7
"""The least mean adjusted Rand index at which kinds are shown."""
LEAST = 0.03
"""The least share of customers that makes a kind."""


def stability(sequences: Sequences, moves: Moves, mixture: Mixture, *, rounds: int = ROUNDS) -> float:
    """The mean adjusted Rand index between these kinds and those of resampled customers; to 3 digits.

    Each fit begins anew, so that one which merely stays where it was put is not called stable.
    """
    own, weights = mixture.assign(moves), sequences.weights()
    told = []
    for number in range(rounds):
        drawn = sequences.weights(poisson_weights(sequences.keys, number))
        if not drawn.any():
            continue
        again = fit(moves, drawn, mixture.kinds, restarts=3, seed=number + 1)
        told.append(adjusted_rand(own, again.assign(moves), weights))
    return round(float(np.mean(told)), 3) if told else 0.0


def adjusted_rand(one: Ints, other: Ints, weights: Floats) -> float:
    """How far two partitions of weighted things agree: 1 wholly, 0 as much as by chance. 1 when neither parts anything.

    Source: Hubert & Arabie 1985, Journal of Classification 2, 193–218.
    """
    table = np.zeros((int(one.max(initial=0)) + 1, int(other.max(initial=0)) + 1))
    np.add.at(table, (one, other), weights)
    both, rows, columns = (_pairs(part).sum() for part in (table, table.sum(axis=1), table.sum(axis=0)))
    whole = float(_pairs(np.array([table.sum()]))[0])
    chance = rows * columns / whole if whole > 0 else 0.0
    most = (rows + columns) / 2
    return 1.0 if most - chance <= 1e-12 else float((both - chance) / (most - chance))


def poisson_weights(keys: U64, number: int) -> Floats:
    """How often each customer is drawn in a resampling: Poisson(1), from the key and the number of the resampling."""
    chance: npt.NDArray[np.float64] = (mix(keys, seed=number + 1).astype(np.float64) + 0.5) * 2.0**-64
    return np.asarray(poisson.ppf(np.minimum(chance, 1 - 1e-12), 1.0), dtype=np.float64)


def _pairs(sizes: Floats) -> Floats:
    return np.asarray(np.maximum(sizes * (sizes - 1), 0) / 2, dtype=np.float64)
