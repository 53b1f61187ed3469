"""A map drawn from data: a proposal of pieces, each with its support, to be accepted one by one.

The map itself holds no number: what a piece rests on stands in the proposal and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

import numpy as np

from desireline.access import may_show
from desireline.discovery.profile import CutProposal
from desireline.discovery.sequences import Sequences
from desireline.discovery.stages import Position, cut_stages, positions
from desireline.discovery.structure import Log, Shape, explain, fields_of, find_structure, judge
from desireline.discovery.touchpoints import MOST, Candidate, Choice, choose_touchpoints, slugs
from desireline.errors import NothingToDraw, UnknownPiece
from desireline.maps.emit import plain
from desireline.maps.files import map_of
from desireline.maps.records import Map
from desireline.maps.written import Written
from desireline.measures.intervals import wilson

FEW = "fewer than 5 customers"
ENDS, LATE = 0.5, 0.5
"""Where at least this share of those who come there stop, this far into their journeys, they may have succeeded."""
_JUDGED = 3_000
_MIXED = 500
_SEED = 8_191


@dataclass(frozen=True)
class Support:
    """How many customers a piece rests on. Groups of fewer than five are not told, nor what would tell them."""

    customers: int | None
    of: int
    share: float | None
    low: float | None
    high: float | None
    note: str = ""

    @classmethod
    def by(cls, customers: int, of: int) -> Support:
        """With Wilson's interval."""
        if not may_show(customers) or not may_show(of - customers):
            note = FEW if not may_show(customers) else "all but fewer than 5 customers"
            return cls(None, of, None, None, None, note)
        share = customers / of if of else 0.0
        low, high = wilson(share, of)
        return cls(customers, of, round(share, 6), round(float(low), 6), round(float(high), 6))


@dataclass(frozen=True)
class Piece:
    """One part of the drawing."""

    id: str
    section: str  # of the map's file: stages, touchpoints, links; "journey" for how journeys are cut
    record: dict[str, Any]
    says: str
    support: Support | None = None
    needs: tuple[str, ...] = ()  # pieces without which it cannot stand

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        support = None if self.support is None else vars(self.support)
        return vars(self) | {"needs": list(self.needs), "support": support}


@dataclass(frozen=True)
class Fitted:
    """How the whole drawing agrees with the journeys that it was drawn from."""

    fitness: float  # every journey held to reach the end
    precision: float  # share of what the drawing allows that happens
    shuffled: float  # fitness of the same journeys with their steps in random order
    required: float  # share of touchpoints that may not be left out
    unused: int  # drawn moves that fewer than five customers made


@dataclass(frozen=True, eq=False)
class Draft:
    """A proposal."""

    pieces: tuple[Piece, ...]
    choice: Choice
    fitted: Fitted
    customers: int
    journeys: int

    def accept(self, ids: Iterable[str] | None = None) -> list[Piece]:
        """The pieces of these ids and what they need, in their order; all without ids. Raises UnknownPiece."""
        known = {piece.id: piece for piece in self.pieces}
        waiting = list(known if ids is None else ids)
        taken: set[str] = set()
        while waiting:
            id_ = waiting.pop()
            if id_ not in known:
                raise UnknownPiece(id_, known)
            if id_ not in taken:
                taken.add(id_)
                waiting += known[id_].needs
        return [piece for piece in self.pieces if piece.id in taken]

    def with_success(self, id_: str) -> Draft:
        """The same with this touchpoint as what success is. Raises UnknownPiece."""
        titles = {piece.id: piece.record["title"] for piece in self.pieces if piece.section == "touchpoints"}
        if id_ not in titles:
            raise UnknownPiece(id_, list(titles))
        said = f"success is “{titles[id_]}”, as you say"
        pieces = (
            replace(piece, record=piece.record | {"success": [id_]}, says=said) if piece.section == "journey" else piece
            for piece in self.pieces
        )
        return replace(self, pieces=tuple(pieces))

    def map(self, ids: Iterable[str] | None = None, *, id: str = "draft", title: str = "Discovered journey") -> Map:
        """A map of the accepted pieces. Raises UnknownPiece."""
        head: dict[str, Any] = {"id": id, "title": title}
        data: dict[str, Any] = {"format": "desireline/1", "map": head}
        for piece in self.accept(ids):
            if piece.section == "journey":
                head["journey"] = piece.record
            else:
                data.setdefault(piece.section, []).append(piece.record)
        drawn = {record["id"] for record in data.get("touchpoints", [])}
        cut = head.get("journey", {})
        if "success" in cut:
            head["journey"] = cut | {"success": [one for one in cut["success"] if one in drawn]}
        return map_of(Written("the draft", "", data, None, {}))

    def as_json(self) -> dict[str, Any]:
        """For programs: the pieces with their support, and figures about the whole."""
        return {
            "customers": self.customers,
            "journeys": self.journeys,
            "touchpoints": len(self.choice.taken),
            "left_out": self.choice.left_out,
            "events_drawn": self.choice.events,
            "moves_drawn": self.choice.moves,
            "fit": vars(self.fitted),
            "pieces": [piece.as_json() for piece in self.pieces],
        }


def draw_map(sequences: Sequences, cut: CutProposal, *, most: int = MOST) -> Draft:
    """The proposal for these journeys with at most so many touchpoints. Raises NothingToDraw."""
    choice = choose_touchpoints(sequences, most=most)
    if not choice.taken:
        raise NothingToDraw
    number = {name: place for place, one in enumerate(choice.taken) for name in one.names}
    told = zip(sequences.routes["names"].to_list(), sequences.routes["journeys"].to_list(), strict=True)
    log = Log.of(list(told), number)
    shape = find_structure(log, len(choice.taken))
    where = positions(sequences, number, len(choice.taken))
    counted = _Counted.of(sequences, number)
    stages = _stages(shape, where, choice, sequences.customers)
    links = [*_ways(shape, choice, counted, sequences), *_groups(shape, choice, counted, sequences)]
    points = _points(shape, choice, stages, where, sequences)
    pieces = (_journey(cut, log, choice), *(stage for stage, _ in stages), *points, *links)
    return Draft(pieces, choice, _fitted(shape, log, links), sequences.customers, sequences.journeys)


@dataclass(frozen=True, eq=False)
class _Counted:
    """Customers by move between drawn touchpoints and by pair of touchpoints that one journey met."""

    moves: dict[tuple[int, int], set[int]]
    pairs: dict[tuple[int, int], set[int]]

    @classmethod
    def of(cls, sequences: Sequences, number: dict[str, int]) -> _Counted:
        moves: dict[tuple[int, int], set[int]] = {}
        pairs: dict[tuple[int, int], set[int]] = {}
        owners: list[list[int]] = [[] for _ in range(sequences.routes.height)]
        for row, owner in zip(sequences.row.tolist(), sequences.owner.tolist(), strict=True):
            owners[row].append(owner)
        for row, names in enumerate(sequences.routes["names"].to_list()):
            route = [number[name] for name in names if name in number]
            for pair in set(pairwise(route)):
                moves.setdefault(pair, set()).update(owners[row])
            there = sorted(set(route))
            for a in there:
                for b in there:
                    pairs.setdefault((a, b), set()).update(owners[row])
        return cls(moves, pairs)

    def move(self, a: int, b: int) -> int:
        return len(self.moves.get((a, b), ()))

    def pair(self, a: int, b: int) -> int:
        return len(self.pairs.get((a, b), ()))


def _stages(shape: Shape, where: list[Position], choice: Choice, of: int) -> list[tuple[Piece, list[int]]]:
    home = {member: number for number, (_, members) in enumerate(shape.groups) for member in members}
    units = [list(unit) for _, unit in groupby(shape.order, key=lambda point: home.get(point, -1 - point))]
    found = cut_stages([one.mean for one in where], units)
    titles = [_stage_title([choice.taken[point] for point in stage]) for stage in found]
    ids = slugs(
        [f"stage {number} {choice.taken[stage[0]].title[:30]}" for number, stage in enumerate(found, start=1)],
        taken=[one.id for one in choice.taken],
    )
    pieces = []
    for number, (stage, title) in enumerate(zip(found, titles, strict=True)):
        low, high = (end(where[point].mean for point in stage) for end in (min, max))
        customers = max(choice.taken[point].customers for point in stage)
        says = f"{len(stage)} touchpoints, {low:.0%} to {high:.0%} of the way through journeys"
        record: dict[str, Any] = {"id": ids[number], "title": title}
        pieces.append((Piece(ids[number], "stages", record, says, Support.by(customers, of)), stage))
    return pieces


def _stage_title(points: list[Candidate]) -> str:
    return points[0].title if len(points) == 1 else f"{points[0].title} to {points[-1].title}"


def _points(
    shape: Shape,
    choice: Choice,
    stages: list[tuple[Piece, list[int]]],
    where: list[Position],
    sequences: Sequences,
) -> list[Piece]:
    home = {point: piece.id for piece, stage in stages for point in stage}
    pieces = []
    for point in shape.order:
        one = choice.taken[point]
        event = one.names[0] if len(one.names) == 1 else list(one.names)
        record = {"id": one.id, "stage": home[point], "title": one.title, **fields_of(shape, point)}
        says = f"stands {where[point].mean:.0%} (± {1.96 * where[point].sd:.0%}) of the way through journeys"
        if len(one.names) > 1:
            says += f"; {len(one.names)} names that say the same"
        support = Support.by(one.customers, sequences.customers)
        piece = Piece(one.id, "touchpoints", record | {"when": {"event": event}}, says, support, (home[point],))
        pieces.append(piece)
    return pieces


def _ways(shape: Shape, choice: Choice, counted: _Counted, sequences: Sequences) -> list[Piece]:
    place = {point: number for number, point in enumerate(shape.order)}
    pieces: list[Piece] = []
    for a, b in shape.links:
        one, other = choice.taken[a], choice.taken[b]
        id_ = _link_id(one.id, other.id, [piece.id for piece in pieces])
        record = {"id": id_, "kind": "then", "from": one.id, "to": other.id}
        says = "a way back" if place[b] <= place[a] else "a short cut"
        support = Support.by(counted.move(a, b), sequences.customers)
        pieces.append(Piece(id_, "links", record, says, support, (one.id, other.id)))
    return pieces


def _link_id(one: str, other: str, taken: list[str]) -> str:
    """Short enough for an id, and no other link's."""
    stem, number = f"then.{one[:34]}.{other[:34]}", 1
    id_ = stem
    while id_ in taken:
        number += 1
        id_ = f"{stem}.{number}"
    return id_


def _groups(shape: Shape, choice: Choice, counted: _Counted, sequences: Sequences) -> list[Piece]:
    pieces = []
    for number, (kind, members) in enumerate(shape.groups, start=1):
        ids = [choice.taken[point].id for point in members]
        id_ = f"{kind.replace(' ', '-')}.{number}"
        record: dict[str, Any] = {"id": id_, "kind": kind, "among": ids}
        pairs = [(a, b) for place, a in enumerate(members) for b in members[place + 1 :]]
        if kind == "any order":
            customers = max(min(counted.move(a, b), counted.move(b, a)) for a, b in pairs)
            says = "customers take them in either order; counted are those who take the rarer way"
        else:
            customers = max(counted.pair(a, b) for a, b in pairs)
            says = "one stands for the other; counted are those who met two of them all the same"
        support = Support.by(customers, sequences.customers)
        pieces.append(Piece(id_, "links", record, says, support, tuple(ids)))
    return pieces


def _journey(cut: CutProposal, log: Log, choice: Choice) -> Piece:
    """How journeys are cut; with what success is where a single touchpoint looks like it."""
    ends = _ends(log, len(choice.taken))
    if len(ends) == 1:
        ((best, stops),) = ends.items()
        one = choice.taken[best]
        told = f"success is “{one.title}”, late in long journeys, and {stops:.0%} of those who come there stop"
        record = plain(cut.cut) | {"success": [one.id]}
        return Piece("journey", "journey", record, f"{cut.says}; {told} (choose another if success is something else)")
    names = ", ".join(f"“{choice.taken[point].title}”" for point in ends)
    why = f"several may be it: {names}" if ends else "no touchpoint late in long journeys is where most stop"
    says = f"{cut.says}; what success is, is left open ({why}): choose it yourself"
    return Piece("journey", "journey", plain(cut.cut), says)


def _ends(log: Log, points: int) -> dict[int, float]:
    """Where success may be, with the share who stop there: half of them and more, late, and after a long way.

    A long way meets as many touchpoints as journeys do on average; what is sent to everybody ends short ones.
    """
    met, last, late, far = (np.zeros(points) for _ in range(4))
    for route, weight in zip(log.routes, log.weights, strict=True):
        place = {point: number / max(len(route) - 1, 1) for number, point in enumerate(route)}
        for point, when in place.items():
            met[point] += weight
            late[point] += weight * when
        if route:
            last[route[-1]] += weight
            far[route[-1]] += weight * len(place)
    usual = far.sum() / max(last.sum(), 1)
    stops, far, late = last / np.maximum(met, 1), far / np.maximum(last, 1), late / np.maximum(met, 1)
    single = usual <= 1  # then nothing can come late
    fits = (stops >= ENDS) & (far >= usual) & ((late >= LATE) | single)
    return {int(point): float(stops[point]) for point in np.flatnonzero(fits)}


def _fitted(shape: Shape, log: Log, links: list[Piece]) -> Fitted:
    head = Log(log.routes[:_JUDGED], log.weights[:_JUDGED], log.off[:_JUDGED])
    fit = judge(shape, head)
    rng = np.random.default_rng(_SEED)
    times = max(_MIXED // max(len(head.routes), 1), 1)
    mixed = Log(
        tuple(tuple(rng.permutation(np.array(route, dtype=np.int64)).tolist()) for route in head.routes * times),
        head.weights * times,
        head.off * times,
    )
    shuffled = explain(shape, mixed)
    required = 1 - len(shape.optional) / len(shape.order)
    few = [link for link in links if link.support is not None and link.support.note == FEW]
    unused = sum(link.record["kind"] == "then" for link in few)
    return Fitted(round(fit.fitness, 6), round(fit.precision, 6), round(shuffled, 6), round(required, 6), unused)
