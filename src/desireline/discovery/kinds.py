"""Kinds of routes that customers take: how many, how stable, how common, and what makes each different."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from desireline.access import SMALL_GROUP
from desireline.discovery.different import Gap, Move, Trait, gaps_of, moves_of, traits_of
from desireline.discovery.mixture import END, START, Floats, Ints, Mixture, Moves, choose_kinds
from desireline.discovery.sequences import Sequences
from desireline.discovery.stability import LEAST, STABLE, poisson_weights, stability

Answer = Literal["several kinds", "one kind", "not stable", "not enough data"]
ENOUGH = 40
"""So many customers are needed before kinds of routes are looked for."""
MOST_ROUTES = 3_000
"""More distinct routes than this are learned from a part of the customers, drawn by their hashes."""
_ROUNDS = 200


@dataclass(frozen=True)
class Kind:
    """One kind of route."""

    number: int  # from 1, the commonest first
    customers: int
    journeys: int
    share: float  # of customers, each counting once for all of his journeys
    low: float
    high: float
    routes: int  # distinct ones
    typical: tuple[str, ...]  # its commonest route; empty when fewer than five customers took any one
    typical_share: float
    moves: tuple[Move, ...]
    gaps: tuple[Gap, ...]
    traits: tuple[Trait, ...]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return vars(self) | {
            "typical": list(self.typical),
            "moves": [move.as_json() for move in self.moves],
            "gaps": [vars(gap) for gap in self.gaps],
            "traits": [vars(trait) for trait in self.traits],
        }


@dataclass(frozen=True)
class Kinds:
    """The answer, and the kinds when there are several."""

    answer: Answer
    says: str
    customers: int
    journeys: int
    routes: int
    stability: float | None  # mean adjusted Rand index of the number of kinds that the answer is about
    tried: tuple[tuple[int, float], ...]  # kinds, Bayesian information criterion
    learned_from: int  # customers
    kinds: tuple[Kind, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        tried = [{"kinds": kinds, "bic": bic} for kinds, bic in self.tried]
        return vars(self) | {"tried": tried, "kinds": [kind.as_json() for kind in self.kinds]}


def find_kinds(sequences: Sequences) -> Kinds:
    """The kinds of routes: as many as the criterion wants, fewer where only fewer are stable, or why there are none."""
    if sequences.customers < ENOUGH:
        return _answer(sequences, "not enough data", f"not enough data: {sequences.customers} customers of {ENOUGH}.")
    part = _part(sequences)
    weights = part.weights()
    moves = Moves.of(part.routes["names"].to_list(), weights)
    tried = choose_kinds(moves, weights)
    told = tuple((one.kinds, round(one.bic, 3)) for one in tried)
    wanted = min(tried, key=lambda one: one.bic).kinds
    best = 0.0
    for mixture in reversed(tried[1:wanted]):
        kind, smallest = _kinds_of_all(sequences, part, mixture)
        steady = stability(part, moves, mixture)
        best = max(best, steady)
        if steady >= STABLE and smallest >= LEAST and _enough(sequences, kind):
            found = _describe(sequences, kind, mixture.kinds)
            says = f"{len(found)} kinds of routes, which other customers would show again (stability {steady:.2f})."
            return _answer(sequences, "several kinds", says, tried=told, part=part, stability=steady, kinds=found)
    if wanted == 1:
        return _answer(sequences, "one kind", "one kind of route: parting it explains no more.", tried=told, part=part)
    says = "not stable: the routes differ, but no parting of them would come out of other customers again."
    return _answer(sequences, "not stable", says, tried=told, part=part, stability=best)


def _answer(
    sequences: Sequences,
    answer: Answer,
    says: str,
    *,
    tried: tuple[tuple[int, float], ...] = (),
    part: Sequences | None = None,
    stability: float | None = None,
    kinds: tuple[Kind, ...] = (),
) -> Kinds:
    return Kinds(
        answer,
        says[0].upper() + says[1:],
        customers=sequences.customers,
        journeys=sequences.journeys,
        routes=sequences.routes.height,
        stability=stability,
        tried=tried,
        learned_from=part.customers if part else 0,
        kinds=kinds,
    )


def _part(sequences: Sequences) -> Sequences:
    """All customers; where their routes are too many, the first of them by their hashes."""
    if sequences.routes.height <= MOST_ROUTES:
        return sequences
    low, high = 1, sequences.customers
    keys = np.sort(sequences.keys)
    while low < high:
        middle = (low + high + 1) // 2
        inside = sequences.taken["customer"] <= int(keys[middle - 1])
        if sequences.taken["route"].filter(inside).n_unique() <= MOST_ROUTES:
            low = middle
        else:
            high = middle - 1
    last = int(keys[low - 1])
    return Sequences(
        sequences.taken.filter(sequences.taken["customer"] <= last),
        sequences.known.filter(sequences.known["customer"] <= last),
    )


def _kinds_of_all(sequences: Sequences, part: Sequences, mixture: Mixture) -> tuple[Ints, float]:
    """The kind of every route, also of those that the mixture was not learned from; and the smallest kind's share."""
    kind = mixture.assign(_all_moves(sequences, part))
    shares = np.bincount(kind, weights=sequences.weights(), minlength=mixture.kinds) / sequences.customers
    return kind, float(shares.min())


def _all_moves(sequences: Sequences, part: Sequences) -> Moves:
    learned = Moves.of(part.routes["names"].to_list(), part.weights())
    return learned if part is sequences else learned.of_others(sequences.routes["names"].to_list())


def _enough(sequences: Sequences, kind: Ints) -> bool:
    """True when each kind has five customers, and five have another."""
    owners = [len(np.unique(sequences.owner[(kind == one)[sequences.row]])) for one in range(int(kind.max()) + 1)]
    return min(owners) >= SMALL_GROUP


def _describe(sequences: Sequences, kind: Ints, kinds: int) -> tuple[Kind, ...]:
    weights = sequences.weights()
    shares = np.bincount(kind, weights=weights, minlength=kinds) / sequences.customers
    order = sorted(range(kinds), key=lambda one: (-round(float(shares[one]), 9), int(np.flatnonzero(kind == one)[0])))
    again = np.empty(kinds, dtype=np.int64)
    again[order] = np.arange(kinds)
    kind = again[kind]
    moves = Moves.of(sequences.routes["names"].to_list(), weights)
    traits = traits_of(sequences, kind, kinds)
    spread = _spread(sequences, kind, kinds)
    return tuple(
        _kind(sequences, moves, kind, one, spread=spread[:, one], traits=tuple(traits[one])) for one in range(kinds)
    )


def _kind(
    sequences: Sequences, moves: Moves, kind: Ints, one: int, *, spread: Floats, traits: tuple[Trait, ...]
) -> Kind:
    rows = (kind == one)[sequences.row]
    own = sequences.routes.filter(kind == one)
    journeys, first = int(own["journeys"].sum()), own.row(0, named=True)
    common = first["customers"] >= SMALL_GROUP
    share = float(sequences.part_of_customer[rows].sum()) / sequences.customers
    low, high = np.quantile(spread, [0.025, 0.975])
    return Kind(
        number=one + 1,
        customers=len(np.unique(sequences.owner[rows])),
        journeys=journeys,
        share=round(share, 6),
        low=round(float(low), 6),
        high=round(float(high), 6),
        routes=own.height,
        typical=tuple(first["names"]) if common else (),
        typical_share=round(first["journeys"] / journeys, 6) if common else 0.0,
        moves=tuple(moves_of(sequences, moves, kind, one)),
        gaps=tuple(gaps_of(sequences, kind, one)),
        traits=traits,
    )


def _spread(sequences: Sequences, kind: Ints, kinds: int) -> Floats:
    """Shares of the kinds among resampled customers, the kinds staying as they are; shape (rounds, kinds)."""
    table = np.zeros((sequences.customers, kinds))
    np.add.at(table, (sequences.owner, kind[sequences.row]), sequences.part_of_customer)
    found = []
    for number in range(_ROUNDS):
        drawn = poisson_weights(sequences.keys, 1_000 + number)
        found.append((drawn @ table) / max(drawn.sum(), 1.0))
    return np.array(found)


__all__ = ["END", "START", "Kind", "Kinds", "find_kinds"]
