"""Kinds of routes: a mixture of first-order Markov chains, fitted to the counts of moves of distinct routes.

Source: Cadez, Heckerman, Meek, Smyth, White 2003, Data Mining and Knowledge Discovery 7, 399–424; the number of kinds
by the Bayesian information criterion (Schwarz 1978). A kind's chances of a move are pulled towards those of everybody
by as much as one visit, so that a move which a kind never made is unlikely there, not impossible.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.special import logsumexp

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_KINDS = 8
RESTARTS = 10
MOST_NAMES = 40
START, END, OTHER = "▶", "■", "…"

_SMOOTHING = 1.0  # visits
_SHORT, _LONG = 12, 300
_GAIN = 1e-7
_SEED = 20260


@dataclass(frozen=True, eq=False)
class Moves:
    """How often each route makes each move."""

    counts: csr_array  # shape (routes, moves)
    pairs: tuple[tuple[str, str], ...]  # shape (moves,)
    source: Ints  # shape (moves,): a number of the name that the move leaves
    sources: int
    known: tuple[str, ...]  # the names that stand for themselves

    @property
    def free(self) -> int:
        """How many chances a chain over these moves may choose freely."""
        return len(self.pairs) - self.sources

    @classmethod
    def of(cls, routes: Sequence[Sequence[str]], weights: Floats) -> Moves:
        """The moves of routes, a repeat right after another counting as none; from START and to END.

        Names beyond the 40 that most take stand together as OTHER.
        """
        known = _common(routes, weights)
        tallies = _tallies(routes, known)
        total: defaultdict[tuple[str, str], float] = defaultdict(float)
        for tally, weight in zip(tallies, weights.tolist(), strict=True):
            for pair, count in tally.items():
                total[pair] += count * weight
        order = {name: place for place, name in enumerate([START, *known, OTHER, END])}
        pairs = sorted(total, key=lambda pair: (order[pair[0]], order[pair[1]]))
        left = {name: place for place, name in enumerate(dict.fromkeys(a for a, _ in pairs))}
        source = np.array([left[a] for a, _ in pairs], dtype=np.int64)
        return cls(_table(tallies, pairs), tuple(pairs), source, len(left), tuple(known))

    def of_others(self, routes: Sequence[Sequence[str]]) -> Moves:
        """The same moves of other routes; moves that are none of these are passed over."""
        return replace(self, counts=_table(_tallies(routes, self.known), self.pairs))

    def chances(self, counted: Floats, prior: Floats) -> Floats:
        """Chances of the moves, shape (kinds, moves), from how often each was made, pulled towards `prior`."""
        smoothed = counted + _SMOOTHING * prior
        whole = np.zeros((len(smoothed), self.sources))
        np.add.at(whole.T, self.source, smoothed.T)
        return np.asarray(smoothed / whole[:, self.source], dtype=np.float64)

    def pooled(self, weights: Floats) -> Floats:
        """Everybody's chances of the moves, none of them 0; shape (moves,)."""
        counted = self.counts.T @ weights + 1e-3
        whole = np.bincount(self.source, weights=counted, minlength=self.sources)
        return np.asarray(counted / whole[self.source], dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Mixture:
    """Kinds of routes, as they were fitted."""

    shares: Floats  # shape (kinds,)
    chances: Floats  # shape (kinds, moves)
    likelihood: float  # its logarithm, each customer counting once
    bic: float

    @property
    def kinds(self) -> int:
        """How many."""
        return len(self.shares)

    def belief(self, moves: Moves) -> Floats:
        """How likely each route is of each kind; shape (routes, kinds)."""
        joint = _joint(moves, self.shares, self.chances)
        return np.asarray(np.exp(joint - logsumexp(joint, axis=1, keepdims=True)), dtype=np.float64)

    def assign(self, moves: Moves) -> Ints:
        """The likeliest kind of each route; of equally likely ones the first."""
        return np.asarray(np.argmax(_joint(moves, self.shares, self.chances).round(9), axis=1), dtype=np.int64)


def choose_kinds(moves: Moves, weights: Floats, *, most: int = MOST_KINDS, restarts: int = RESTARTS) -> list[Mixture]:
    """The best mixture of one kind, of two …, until two more kinds did not lower the criterion.

    The one to take is that with the lowest `bic`; of equal ones the first.
    """
    found = [fit(moves, weights, 1, restarts=1)]
    for kinds in range(2, min(most, len(np.flatnonzero(weights))) + 1):
        found.append(fit(moves, weights, kinds, restarts=restarts))
        best = min(range(len(found)), key=lambda place: found[place].bic)
        if best < len(found) - 2:
            break
    return found


def fit(moves: Moves, weights: Floats, kinds: int, *, restarts: int = RESTARTS, seed: int = 0) -> Mixture:
    """The likeliest of several fits, each from another beginning. The same input gives the same mixture."""
    prior = moves.pooled(weights)
    rng = np.random.default_rng([_SEED, kinds, seed])
    best: tuple[float, Floats, Floats] | None = None
    for _ in range(restarts if kinds > 1 else 1):
        begun = _beginning(moves, weights, kinds, prior=prior, rng=rng)
        tried = _climb(moves, weights, begun, prior=prior, rounds=_SHORT)
        if best is None or tried[0] > best[0] + 1e-9:
            best = tried
    assert best is not None
    likelihood, shares, chances = _climb(moves, weights, best[1:], prior=prior, rounds=_LONG)
    freedom = kinds - 1 + kinds * moves.free
    bic = -2 * likelihood + freedom * np.log(max(float(weights.sum()), 2.0))
    return Mixture(shares, chances, likelihood, float(bic))


def _climb(
    moves: Moves, weights: Floats, begun: tuple[Floats, Floats], *, prior: Floats, rounds: int
) -> tuple[float, Floats, Floats]:
    """Expectation–maximisation from a beginning; the likelihood is that of what is handed back."""
    shares, chances = begun
    before = -np.inf
    for _ in range(rounds):
        joint = _joint(moves, shares, chances)
        whole = logsumexp(joint, axis=1)
        likelihood = float(weights @ whole)
        if likelihood - before <= _GAIN * abs(likelihood):
            break
        before = likelihood
        believed = np.exp(joint - whole[:, None]) * weights[:, None]
        shares = np.maximum(believed.sum(axis=0), 1e-12)
        shares = shares / shares.sum()
        chances = moves.chances(np.asarray(moves.counts.T @ believed).T, prior)
    return float(weights @ logsumexp(_joint(moves, shares, chances), axis=1)), shares, chances


def _joint(moves: Moves, shares: Floats, chances: Floats) -> Floats:
    return np.asarray(moves.counts @ np.log(chances).T + np.log(shares), dtype=np.float64)


def _beginning(
    moves: Moves, weights: Floats, kinds: int, *, prior: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Chains around routes that are far from each other (after k-means++)."""
    counts = moves.counts
    own = _own(moves, prior)
    best = np.full(len(weights), -np.inf)
    chains: list[Floats] = []
    for place in range(kinds):
        gap = np.maximum(own - best, 0.0) if place else np.ones(len(weights))
        chance = weights * gap
        if chance.sum() <= 0:
            chance = weights
        seed = int(np.searchsorted(np.cumsum(chance), rng.random() * chance.sum(), side="right"))
        row = np.asarray(counts[[min(seed, len(weights) - 1)]].todense(), dtype=np.float64)
        chain = moves.chances(row, prior)[0]
        chains.append(chain)
        best = np.maximum(best, np.asarray(counts @ np.log(chain)))
    return np.full(kinds, 1 / kinds), np.array(chains)


def _own(moves: Moves, prior: Floats) -> Floats:
    """How likely each route is under a chain of its own, as a logarithm."""
    counts = moves.counts
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    key = row * moves.sources + moves.source[counts.indices]
    whole = np.bincount(key, weights=counts.data, minlength=counts.shape[0] * moves.sources)
    told = (counts.data + _SMOOTHING * prior[counts.indices]) / (whole[key] + _SMOOTHING)
    return np.asarray(np.bincount(row, weights=counts.data * np.log(told), minlength=counts.shape[0]), dtype=np.float64)


def _tallies(routes: Sequence[Sequence[str]], known: Sequence[str]) -> list[Counter[tuple[str, str]]]:
    return [Counter(pairwise([START, *_collapsed(route, known), END])) for route in routes]


def _table(tallies: Sequence[Counter[tuple[str, str]]], pairs: Sequence[tuple[str, str]]) -> csr_array:
    column = {pair: place for place, pair in enumerate(pairs)}
    cells = [(row, column[pair], n) for row, tally in enumerate(tallies) for pair, n in tally.items() if pair in column]
    rows, columns, counts = (np.array(part) for part in zip(*cells, strict=True)) if cells else (np.zeros(0, int),) * 3
    table = csr_array((counts.astype(np.float64), (rows, columns)), shape=(len(tallies), len(pairs)))
    table.sort_indices()
    return table


def _common(routes: Sequence[Sequence[str]], weights: Floats) -> list[str]:
    """The names that most take, by weight and then by name."""
    met: defaultdict[str, float] = defaultdict(float)
    for route, weight in zip(routes, weights.tolist(), strict=True):
        for name in set(route):
            met[name] += weight
    return sorted(met, key=lambda name: (-round(met[name], 6), name))[:MOST_NAMES]


def _collapsed(route: Sequence[str], known: Sequence[str]) -> list[str]:
    kept = set(known)
    return [name for name, _ in groupby(name if name in kept else OTHER for name in route)]
