"""A map in reading order: what every later room asks of it, worked out once.

Blocks are the intended journey: touchpoints in the order of stages and of the file, gathered where the map says
"alternative" or "any order". Only touchpoints that are bound to events (`when`) take part, because nothing can be said
of the others; those stand in `unbound`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, TypeVar

from desireline.maps.records import Card, Map, Promise, Record, Stage, Touchpoint

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Block:
    """Touchpoints at one place of the intended journey: one, one of several, or several in any order."""

    kind: Literal["one", "alternative", "any order"]
    members: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """A map in reading order."""

    map: Map

    @cached_property
    def stages(self) -> list[Stage]:
        """Live stages in order."""
        return in_order(self.map.stages)

    @cached_property
    def touchpoints(self) -> list[Touchpoint]:
        """Live touchpoints: by stage, then by their own order."""
        stages = [stage.id for stage in self.stages]
        live = [point for point in in_order(self.map.touchpoints) if point.stage in stages]
        return sorted(live, key=lambda point: stages.index(point.stage))

    @cached_property
    def touchpoint(self) -> dict[str, Touchpoint]:
        """Live touchpoints by id, in order."""
        return {point.id: point for point in self.touchpoints}

    @cached_property
    def bound(self) -> list[Touchpoint]:
        """Touchpoints with a binding rule."""
        return [point for point in self.touchpoints if point.when is not None]

    @cached_property
    def unbound(self) -> list[Touchpoint]:
        """Touchpoints that no rule binds to events."""
        return [point for point in self.touchpoints if point.when is None]

    @cached_property
    def titles(self) -> dict[str, str]:
        """Title of every record, its id where it has none."""
        named = (self.stages, self.touchpoints, self.map.personas, self.map.teams, self.map.channels)
        records: list[Record] = [record for section in named for record in section]
        return {self.map.map.id: self.map.map.title} | {record.id: record.title or record.id for record in records}

    @cached_property
    def blocks(self) -> list[Block]:
        """The intended journey, block by block."""
        groups = self._groups()
        found: list[Block] = []
        for point in self.bound:
            block = groups.get(point.id, Block("one", (point.id,)))
            if block not in found:
                found.append(block)
        return found

    @cached_property
    def edges(self) -> list[tuple[str, str]]:
        """Planned moves: between neighbouring blocks, `then` links, and from `after` of a promise of time."""
        moves = [(a, b) for here, there in pairwise(self.blocks) for a in here.members for b in there.members]
        ways = [link for link in self.map.links if link.kind == "then" and not link.deleted]
        moves += [(link.from_, link.to) for link in ways if link.from_ and link.to]
        for point in self.bound:
            for promise in self.promises(point):
                if promise.time and promise.time.after:
                    moves.append((promise.time.after, point.id))
        bound = {point.id for point in self.bound}
        return list(dict.fromkeys((a, b) for a, b in moves if a in bound and b in bound))

    @cached_property
    def success(self) -> list[str]:
        """Touchpoints of which one must be reached for the journey to have succeeded."""
        said = [id_ for id_ in self.map.map.journey.success if id_ in self.touchpoint]
        last = [point.id for point in self.bound if not point.optional and point.front]
        return said or last[-1:]

    @staticmethod
    def promises(point: Touchpoint) -> list[Promise]:
        """The touchpoint's promise and those for single channels."""
        return [point.promise, *point.promise.channels.values()] if point.promise else []

    def cards(self, at: str, lane: str, *, persona: str | None = None) -> list[Card]:
        """Live cards in a lane at a place: everybody's and, if asked, a persona's own."""
        return [
            card
            for card in in_order(self.map.cards)
            if card.at == at and card.lane == lane and card.persona in (None, persona)
        ]

    def intended_feeling(self, at: str, *, persona: str | None = None) -> float | None:
        """The drawn feeling (−2…+2): a persona's own card, else the mean of all cards, else the promised feeling."""
        cards = [card for card in in_order(self.map.cards) if card.at == at and card.level is not None]
        own = [card.level for card in cards if persona and card.persona == persona]
        levels = own or [card.level for card in cards if card.level is not None]
        if levels:
            return sum(levels) / len(levels)  # type: ignore[arg-type]
        point = self.touchpoint.get(at)
        return point.promise.feeling if point and point.promise else None

    def channel_ids(self, name: str | None) -> str | None:
        """The map's channel for a source's channel name; the name itself when the map has none for it."""
        return self._channel_names.get((name or "").casefold(), name)

    @cached_property
    def _channel_names(self) -> dict[str, str]:
        names = {channel.id: [channel.id, channel.title, *channel.names] for channel in in_order(self.map.channels)}
        return {name.casefold(): id_ for id_, all_names in names.items() for name in all_names if name}

    def _groups(self) -> dict[str, Block]:
        bound = {point.id for point in self.bound}
        groups: dict[str, Block] = {}
        for stage in self.stages:
            members = tuple(point.id for point in self.bound if point.stage == stage.id)
            if stage.any_order and len(members) > 1:
                groups |= dict.fromkeys(members, Block("any order", members))
        for link in in_order(self.map.links):
            members = tuple(id_ for id_ in link.among if id_ in bound)
            if link.kind != "then" and len(members) > 1:
                groups |= dict.fromkeys(members, Block(link.kind, members))
        return groups


def in_order(records: Iterable[R]) -> list[R]:
    """Live records: those with an `order` key by that key and id, the others after them as they stand in the file."""
    live = [record for record in records if not record.deleted]
    return sorted(live, key=lambda one: (one.order is None, one.order or "", one.id if one.order else ""))
