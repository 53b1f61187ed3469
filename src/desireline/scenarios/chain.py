"""An absorbing chain: how often a journey stands at each state before it ends, and where it ends.

With moves between transient states Q and into ends R, the fundamental matrix is N = (I − Q)⁻¹: expected stays. Ends
come out as N R. Of N only what is asked for is worked out: its first row (stays of a journey that begins at state 0)
and N times one column (the chance to end there, from each state), for many draws of the chain at once.
Source: Kemeny and Snell 1976, Finite Markov Chains, ch. 3.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from desireline.scenarios.states import ENDS

Floats = npt.NDArray[np.float64]

CHUNK = 128  # chains solved at a time: what stays in the processor's cache is faster


def stays(moves: Floats) -> Floats:
    """Expected stays at each state of a journey that begins at state 0, shape (draws, states).

    `moves` has the shape (draws, states, states + ends); from every state an end can be reached (`never_end`).
    """
    draws, states, _ = moves.shape
    start = np.zeros((states, 1))
    start[0] = 1.0
    found = np.empty((draws, states))
    for some in _chunks(draws):
        found[some] = np.linalg.solve(_left(moves[some]).transpose(0, 2, 1), start[None])[:, :, 0]
    return found


def chances(moves: Floats, end: int) -> Floats:
    """The chance to end in this one of `ENDS`, from each state, shape (draws, states)."""
    return ahead(moves, moves[:, :, moves.shape[1] + end])


def ahead(moves: Floats, gains: Floats) -> Floats:
    """What a journey still gains from each state on, that state's gain included; both of shape (draws, states)."""
    found = np.empty(gains.shape)
    for some in _chunks(len(moves)):
        found[some] = np.linalg.solve(_left(moves[some]), gains[some][:, :, None])[:, :, 0]
    return found


def inverse(moves: Floats) -> Floats:
    """The whole fundamental matrix, shape (draws, states, states)."""
    draws, states, _ = moves.shape
    found = np.empty((draws, states, states))
    for some in _chunks(draws):
        found[some] = np.linalg.inv(_left(moves[some]))
    return found


def never_end(moves: Floats) -> npt.NDArray[np.intp]:
    """The states from which no end can be reached, for one chain of shape (states, states + ends)."""
    states = len(moves)
    ends = (moves[:, states:] > 0).any(axis=1)
    steps = moves[:, :states] > 0
    while True:
        more = ends | (steps & ends).any(axis=1)
        if (more == ends).all():
            return np.flatnonzero(~ends)
        ends = more


def ends_of(moves: Floats, expected: Floats) -> Floats:
    """The share of journeys that come to each end, given expected stays; shape (draws, ends)."""
    into = moves[:, :, -len(ENDS) :]
    found: Floats = np.matmul(expected[:, None, :], into)[:, 0]
    return found


def _left(moves: Floats) -> Floats:
    states = moves.shape[1]
    found: Floats = np.eye(states) - moves[:, :, :states]
    return found


def _chunks(draws: int) -> list[slice]:
    return [slice(at, at + CHUNK) for at in range(0, draws, CHUNK)]
