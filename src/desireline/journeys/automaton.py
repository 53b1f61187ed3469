"""The intended journey as an automaton whose states are made when somebody comes to them.

A state is (block, which of its members have been met, last touchpoint where `then` links leave from it). From
a state one may go on

- within the block: to members of an any-order block not met yet, and to repeatable members met already;
- out of the block once its members that are not optional have been met: to members of the next blocks, up to
  and including the first that may not be skipped;
- along a `then` link from the touchpoint just met, wherever it leads, also out of an unfinished block. Within
  one any-order block what was met stays met; everywhere else the block is entered afresh.

A single touchpoint may be skipped when it is optional, an any-order block when all its members are, and so
with an alternative: "exactly one" holds as long as one member is required.
"""

from __future__ import annotations

from collections.abc import Iterator

from desireline.maps.outline import Block, Outline

Key = tuple[int, int, int]  # block, bits of members met, last label if links leave it (else −1)
Arc = tuple[int, int]  # label, state reached
Needs = tuple[int, tuple[int, ...]]  # bits of labels that are needed, and sets of labels of which one is
START: Key = (-1, 0, -1)
FAR = 1 << 30


class Automaton:
    """What may follow what. Labels are numbers: positions in `names`, the bound touchpoints in map order."""

    def __init__(self, outline: Outline) -> None:
        self.names = [point.id for point in outline.bound]
        self.label = {name: number for number, name in enumerate(self.names)}
        self._optional = [point.optional for point in outline.bound]
        self._repeatable = [point.repeatable for point in outline.bound]
        self._blocks = [tuple(self.label[name] for name in block.members) for block in outline.blocks]
        self._any_order = [block.kind == "any order" for block in outline.blocks]
        self._home = {label: i for i, block in enumerate(self._blocks) for label in block}
        self._bit = {label: 1 << i for block in self._blocks for i, label in enumerate(block)}
        self._required = [self._needed(block) for block in outline.blocks]
        self._links = self._read_links(outline)
        self._exit = [FAR] * (len(self._blocks) + 1)  # by block, START's at the end
        self._entered = [FAR] * len(self.names)
        self._measure()
        self._states: dict[Key, int] = {}
        self._keys: list[Key] = []
        self.distance: list[int] = []  # by state: the fewest touchpoints still to meet, never too many
        self.reach: list[int] = []  # by state: bits of the labels that may still come, never too few
        self.needs: list[Needs] = []  # by state: what must still come, never too much
        self._leaps = any(self._leap(link, to) for link, ends in self._links.items() for to in ends)
        self._onward: list[tuple[tuple[Arc, ...], dict[int, int]] | None] = []
        self.start = self._state(START)

    @property
    def states(self) -> int:
        """How many states have been made so far."""
        return len(self._keys)

    def unroll(self, most: int) -> bool:
        """Make all states, in the order of their distance from the start; False when there are more than `most`."""
        free = [len(block) for block, any_order in zip(self._blocks, self._any_order, strict=True) if any_order]
        if free and 1 << max(free) > most:
            return False
        state = 0
        while state < self.states <= most:
            self.onward(state)
            state += 1
        return self.states <= most

    def onward(self, state: int) -> tuple[tuple[Arc, ...], dict[int, int]]:
        """The moves worth making without an event, and the state to which each label leads.

        Left out of the former are moves that can only cost: to an optional touchpoint that no link leads to
        or from, and to any but the first of several whose absence is the same to all that follows.
        """
        known = self._onward[state]
        if known is None:
            arcs = self._arcs(self._keys[state])
            follow = {label: self._state(key) for label, key in arcs}
            known = self._onward[state] = (tuple(self._worthwhile(state, follow)), follow)
        return known

    def moves(self) -> set[tuple[str, str]]:
        """Which touchpoint may directly follow which, somewhere in a journey that is all as planned."""
        found = (
            (label, to)
            for label, home in self._home.items()
            for to in (*self._inside(home, self._bit[label]), *self._next(home), *self._links.get(label, ()))
        )
        return {(self.names[one], self.names[to]) for one, to in found}

    def accepts(self, state: int) -> bool:
        """True when the journey may end here."""
        return self.distance[state] == 0

    def optional(self, label: int) -> bool:
        """True when nobody misses the touchpoint."""
        return self._optional[label]

    def drawn(self, state: int) -> set[int]:
        """The labels that may come next in the drawn order, without any `then` link."""
        block, met, _ = self._keys[state]
        onward = [] if block >= 0 and self._missing(block, met) else self._next(block)
        return {*self._inside(block, met), *onward}

    def planned(self, state: int) -> int:
        """How many touchpoints the map still requires from here when no `then` link is taken."""
        block, met, _ = self._keys[state]
        missing = len(self._missing(block, met)) if block >= 0 else 0
        for later in range(block + 1, len(self._blocks)):
            bits = self._required[later].bit_count()
            missing += bits if self._any_order[later] else min(bits, 1)
        return missing

    def expected(self, state: int) -> tuple[str, ...]:
        """What the map has next: members still to come, else the next block that may not be skipped."""
        block, met, _ = self._keys[state]
        missing = self._missing(block, met) if block >= 0 else []
        if missing:
            return tuple(self.names[label] for label in missing)
        for later, required in zip(self._blocks[block + 1 :], self._required[block + 1 :], strict=True):
            if required:
                return tuple(self.names[label] for label in later if required & self._bit[label])
        return ()

    def _needed(self, block: Block) -> int:
        """Bits of the members that are required; all of an alternative unless all are optional."""
        members = [self.label[name] for name in block.members]
        required = sum(self._bit[label] for label in members if not self._optional[label])
        return sum(self._bit[label] for label in members) if block.kind == "alternative" and required else required

    def _read_links(self, outline: Outline) -> dict[int, list[int]]:
        links: dict[int, list[int]] = {}
        for link in outline.map.links:
            if link.kind == "then" and not link.deleted and link.from_ in self.label and link.to in self.label:
                links.setdefault(self.label[link.from_], []).append(self.label[link.to])
        return links

    def _state(self, key: Key) -> int:
        number = self._states.get(key)
        if number is None:
            number = self._states[key] = len(self._keys)
            self._keys.append(key)
            self._onward.append(None)
            self.distance.append(self._distance(key))
            self.reach.append(self._reach(key))
            self.needs.append(self._needs(key))
        return number

    def _fresh(self, label: int) -> Key:
        return (self._home[label], self._bit[label], label if label in self._links else -1)

    def _missing(self, block: int, met: int) -> list[int]:
        if not self._any_order[block]:
            return []
        return [label for label in self._blocks[block] if self._required[block] & self._bit[label] & ~met]

    def _next(self, block: int) -> Iterator[int]:
        """Labels that may come first after a block that is done."""
        for later in range(block + 1, len(self._blocks)):
            yield from self._blocks[later]
            if self._required[later]:
                return

    def _arcs(self, key: Key) -> Iterator[tuple[int, Key]]:
        """Every label that may come, once, with the state to which it leads.

        A label leads to one state only: within an any-order block a link adds nothing but a second visit, and
        everywhere else the block of a label is entered afresh.
        """
        block, met, last = key
        seen: set[int] = set()
        for label in self._inside(block, met):
            seen.add(label)
            bits = met | self._bit[label] if self._any_order[block] else self._bit[label]
            yield label, (block, bits, label if label in self._links else -1)
        onward = [] if block >= 0 and self._missing(block, met) else list(self._next(block))
        for label in [*onward, *self._links.get(last, ())]:
            if label not in seen:
                seen.add(label)
                stays = block >= 0 and self._home[label] == block and self._any_order[block]
                home, bit, mark = self._fresh(label)
                yield label, (home, met | bit if stays else bit, mark)

    def _inside(self, block: int, met: int) -> Iterator[int]:
        if block < 0:
            return
        for label in self._blocks[block]:
            if met & self._bit[label]:
                if self._repeatable[label]:
                    yield label
            elif self._any_order[block]:
                yield label

    def _worthwhile(self, state: int, follow: dict[int, int]) -> Iterator[Arc]:
        block, met, last = self._keys[state]
        along = self._links.get(last, ())
        taken: set[int] = set()
        for label, target in follow.items():
            home, bit = self._home[label], self._bit[label]
            if label in self._links or label in along:
                if target != state:
                    yield label, target
            elif self._required[home] & bit and home not in taken and not (home == block and met & bit):
                taken.add(home)
                yield label, target

    def _measure(self) -> None:
        """Work out the fewest touchpoints to the end from each touchpoint entered afresh, links included."""
        for _ in range(len(self.names) + 2):
            before = list(self._entered)
            for block in range(-1, len(self._blocks)):
                self._exit[block] = self._way_out(block)
            self._entered = [self._distance(self._fresh(label)) for label in range(len(self.names))]
            if self._entered == before:
                return

    def _way_out(self, block: int) -> int:
        if not any(self._required[block + 1 :]):
            return 0
        return min((1 + self._entered[label] for label in self._next(block)), default=0)

    def _distance(self, key: Key) -> int:
        block, met, last = key
        if block < 0:
            return self._exit[block]
        ways = [len(self._missing(block, met)) + self._exit[block]]
        sources = self._blocks[block] if self._any_order[block] else [label for label in (last,) if label >= 0]
        for source in sources:
            first = 0 if source == last else 1
            ways += [first + 1 + self._entered[to] for to in self._links.get(source, ()) if not self._same(to, block)]
        return min(ways)

    def _same(self, label: int, block: int) -> bool:
        return self._any_order[block] and self._home[label] == block

    def _leap(self, source: int, to: int) -> bool:
        """True when a link may pass over something that is required."""
        return self._home[to] > self._home[source]

    def _reach(self, key: Key) -> int:
        block, met, last = key
        found = sum(1 << label for label in self._inside(block, met)) | self._later(block)
        waiting = [last, *self._links]
        while True:
            sources = [label for label in waiting if label >= 0 and (label == last or found >> label & 1)]
            if not sources:
                return found
            waiting = [label for label in waiting if label not in sources]
            for to in (to for label in sources for to in self._links.get(label, ())):
                found |= 1 << to | self._whole(self._home[to]) | self._later(self._home[to])

    def _whole(self, block: int) -> int:
        """Bits of what may come once a link led into a block."""
        labels = self._blocks[block]
        return sum(1 << label for label in labels if self._any_order[block] or self._repeatable[label])

    def _later(self, block: int) -> int:
        return sum(1 << label for labels in self._blocks[block + 1 :] for label in labels)

    def _needs(self, key: Key) -> Needs:
        """Nothing on maps with links that lead forward, because those may pass over what else is required."""
        block, met, _ = key
        if self._leaps:
            return 0, ()
        singles = sum(1 << label for label in self._missing(block, met)) if block >= 0 else 0
        groups: list[int] = []
        for labels, required in zip(self._blocks[block + 1 :], self._required[block + 1 :], strict=True):
            needed = [label for label in labels if required & self._bit[label]]
            if len(needed) > 1 and not self._any_order[self._home[labels[0]]]:
                groups.append(sum(1 << label for label in needed))
            else:
                singles |= sum(1 << label for label in needed)
        return singles, tuple(groups)
