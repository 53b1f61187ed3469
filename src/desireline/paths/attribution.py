"""Which channels bring customers to a goal, and how many would be lost without each?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from desireline.paths.histogram import F64
from desireline.paths.question import Question, Sums
from desireline.paths.tally import Keys, Tally, count_keys, starts_of_equals
from desireline.slices import I64, Flags, Slice, spans, spread

MOST_CHANNELS = 4096


@dataclass(frozen=True)
class AttributionState(Sums):
    """Moves by `from * (channels + 3) + to`, and what the paths to the goal say of their channels.

    Places to be: 0 the start, 1 to n the channels, n + 1 the goal, n + 2 gone without it. `lengths` counts the events
    of paths to the goal by length of the path and channel.
    """

    customers: int
    first: I64
    last: I64
    moves: Tally
    lengths: Tally


@dataclass(frozen=True)
class AttributionAnswer:
    """One number by channel in each array. `probability` is that of reaching the goal.

    `removal` is the share of conversions that would be lost without the channel; `share` the same, scaled to 1 in
    all; `credited` is share × conversions. `first`, `last` and `linear` credit the path's first channel, its last, or
    each event alike. `moves[i, j]` counts moves from place i to place j: 0 is the start, 1 to n are the channels, n + 1
    the goal, n + 2 gone without it.
    """

    customers: int
    conversions: int
    probability: float
    removal: F64
    share: F64
    credited: F64
    first: I64
    last: I64
    linear: F64
    moves: I64


@dataclass(frozen=True)
class Attribution(Question[AttributionState, AttributionAnswer]):
    """The channels of each customer's path to touchpoint `goal`, as a first-order Markov chain.

    A path holds the channels of the customer's events up to and with the first at the goal; or of all events, when
    there is none. The chain's moves are counted from the start to the first channel, from each to the next, and from
    the last to the goal or to gone. The removal effect of a channel (Anderl, Becker, von Wangenheim, Schumann 2016)
    is how much less likely the goal becomes when every move into the channel leads to gone. It is solved, not drawn.
    A repeat of a channel changes nothing in it. `channels` is the number of codes.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"touchpoint", "channel"})

    goal: int
    channels: int

    def __post_init__(self) -> None:
        if self.channels > MOST_CHANNELS:
            raise ValueError(f"attribution takes at most {MOST_CHANNELS:,} channels, not {self.channels:,}")

    def nothing(self) -> AttributionState:
        none = np.zeros(self.channels, dtype=np.int64)
        return AttributionState(0, none, none, Tally(), Tally())

    def partial(self, slice: Slice) -> AttributionState:
        if slice.channel is None:
            raise ValueError("attribution needs a slice with channels")
        if not slice.customers:
            return self.nothing()
        owner, goals = _first_goals(slice, self.goal)
        ends = slice.starts[1:].copy()
        ends[owner] = goals + 1
        begins = slice.starts[:-1]
        converted = np.zeros(slice.customers, dtype=np.bool_)
        converted[owner] = True
        return AttributionState(
            customers=slice.customers,
            first=self._by_channel(slice.channel[begins[owner]]),
            last=self._by_channel(slice.channel[goals]),
            moves=self._moves(slice, ends, converted),
            lengths=self._lengths(slice, begins[owner], goals + 1),
        )

    def finish(self, state: AttributionState) -> AttributionAnswer:
        places = self.channels + 3
        moves = np.zeros((places, places), dtype=np.int64)
        moves.flat[state.moves.keys.view(np.int64)] = state.moves.counts
        conversions = int(state.last.sum())
        removal = _removal(moves)
        share = removal / removal.sum() if removal.any() else removal
        length, channel = np.divmod(state.lengths.keys.view(np.int64), max(self.channels, 1))
        linear = np.bincount(channel, state.lengths.counts / np.maximum(length, 1), minlength=self.channels)
        return AttributionAnswer(
            customers=state.customers,
            conversions=conversions,
            probability=conversions / state.customers if state.customers else 0.0,
            removal=removal,
            share=share,
            credited=share * conversions,
            first=state.first,
            last=state.last,
            linear=linear.astype(np.float64),
            moves=moves,
        )

    def _by_channel(self, channels: Keys) -> I64:
        return np.bincount(channels, minlength=self.channels)

    def _moves(self, slice: Slice, ends: I64, converted: Flags) -> Tally:
        """The moves of all paths, each from its customer's first event up to `ends`."""
        assert slice.channel is not None
        places = self.channels + 3
        last = slice.channel.take(ends - 1).astype(np.int64) + 1
        out = last * places + np.where(converted, self.channels + 1, self.channels + 2)
        return self._moves_between(slice, ends).plus([count_keys(out, places * places)])

    def _moves_between(self, slice: Slice, ends: I64) -> Tally:
        """Moves from the start to a channel and from channel to channel, up to where each path ends."""
        assert slice.channel is not None
        places = self.channels + 3
        cells = places * places  # the moves into the start, of which there are none, take what lies outside
        kind = np.min_scalar_type(cells)
        after = slice.channel.astype(kind)
        after += kind.type(1)
        keys = np.empty(slice.events, dtype=kind)
        np.multiply(after[:-1], kind.type(places), out=keys[1:])
        keys[slice.starts[:-1]] = 0
        keys += after
        outside = slice.starts[1:] - ends
        cut = np.flatnonzero(outside)
        keys[spans(ends.take(cut), outside.take(cut))] = 0
        return _without_zero(count_keys(keys, cells))

    def _lengths(self, slice: Slice, begins: I64, ends: I64) -> Tally:
        """Events of these paths by length of the path and channel."""
        assert slice.channel is not None
        lengths = ends - begins
        if not len(lengths):
            return Tally()
        keys = spread(lengths * self.channels, np.cumsum(lengths) - lengths, int(lengths.sum()))
        keys += slice.channel.take(spans(begins, lengths)).astype(np.int64, copy=False)
        return count_keys(keys, (int(lengths.max()) + 1) * self.channels)


def _first_goals(slice: Slice, goal: int) -> tuple[I64, I64]:
    """The customers who reach the goal, and the place of their first event there."""
    goals = np.flatnonzero(slice.touchpoint == goal)
    owner = np.searchsorted(slice.starts, goals, side="right") - 1
    first = starts_of_equals(owner)
    return owner.take(first), goals.take(first)


def _without_zero(tally: Tally) -> Tally:
    keys, counts = tally.settled
    return Tally(((keys[keys > 0], counts[keys > 0]),))


def _removal(moves: I64) -> F64:
    """The removal effect of each channel.

    All that is lost without channel c are the chains that come to c and from there to the goal. With N the expected
    visits, N = 1 / (1 − Q), the chance to come to c at all is N[start, c] / N[c, c].
    """
    channels = len(moves) - 3
    found = np.zeros(channels)
    met = np.flatnonzero(moves[:, 1 : channels + 1].any(axis=0))
    places = np.concatenate([[0], met + 1])
    out = moves[places].sum(axis=1)
    if not moves[:, channels + 1].any():
        return found
    chances = moves[places] / out[:, None]
    visits = np.linalg.inv(np.eye(len(places)) - chances[:, places])
    goal = visits @ chances[:, channels + 1]
    found[met] = visits[0, 1:] / np.diag(visits)[1:] * goal[1:] / goal[0]
    return found
