"""Attribution credits channels with what would be lost without them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from tests.paths import plain
from tests.paths.customers import as_slice, customers, walk

from desireline.paths.attribution import Attribution


def ask(attribution, slice):
    return attribution.finish(attribution.partial(slice))


def test_a_channel_is_worth_what_is_lost_without_it():
    """Touchpoint b is the goal. Half of those in channel 0 get there by themselves; channel 1 leads nobody there
    but over channel 0; channel 2 leads nowhere."""
    people = walk("b0/0", "a0/1 b1/0", "a0/0", "a0/1 a1/0", "a0/2")
    answer = ask(Attribution(goal=1, channels=4), people)
    assert (answer.customers, answer.conversions, answer.probability) == (5, 2, 0.4)
    assert answer.removal == pytest.approx([1, 0.5, 0, 0])
    assert answer.share == pytest.approx([2 / 3, 1 / 3, 0, 0])
    assert answer.credited == pytest.approx([4 / 3, 2 / 3, 0, 0])
    assert answer.first.tolist() == [1, 1, 0, 0]
    assert answer.last.tolist() == [2, 0, 0, 0]
    assert answer.linear == pytest.approx([1.5, 0.5, 0, 0])


def test_what_follows_the_first_goal_does_not_matter():
    short = ask(Attribution(1, 3), walk("a0/0 b1/1", "a0/2"))
    long = ask(Attribution(1, 3), walk("a0/0 b1/1 a2/2 b3/2 a4/0", "a0/2"))
    assert np.array_equal(short.moves, long.moves)
    assert np.array_equal(short.removal, long.removal)


def test_moves_lead_from_the_start_over_channels_to_the_goal_or_away():
    moves = ask(Attribution(1, 2), walk("a0/0 a1/0 b2/1", "a0/1")).moves
    assert {cell: int(count) for cell, count in np.ndenumerate(moves) if count} == {
        (0, 1): 1,
        (1, 1): 1,
        (1, 2): 1,
        (2, 3): 1,
        (0, 2): 1,
        (2, 4): 1,
    }


def test_without_a_goal_no_channel_is_worth_anything():
    answer = ask(Attribution(1, 2), walk("a0/0 a1/1"))
    assert (answer.probability, answer.removal.tolist(), answer.share.tolist()) == (0.0, [0, 0], [0, 0])


def test_nobody_comes():
    answer = ask(Attribution(1, 2), walk())
    assert (answer.customers, answer.probability, answer.removal.tolist()) == (0, 0.0, [0, 0])


def test_a_slice_without_channels_is_refused():
    bare = walk("a0 b1").__class__(starts=np.array([0, 1]), at=np.array([0]), touchpoint=np.array([0], dtype="u1"))
    with pytest.raises(ValueError, match="channels"):
        Attribution(1, 2).partial(bare)


def test_too_many_channels_are_refused():
    with pytest.raises(ValueError, match="at most 4,096 channels"):
        Attribution(1, 5000)


@pytest.mark.parametrize("channels", [3, 13, 14, 300])
@settings(deadline=None, max_examples=25)
@given(found=customers(channels=3))
def test_it_is_what_loops_find(channels, found):
    answer = ask(Attribution(2, channels), as_slice(found, codes="u2"))
    paths = plain.paths(found, 2)
    lucky = [path for path, converted in paths if converted]
    chance = plain.goal_chance(paths) if found else 0
    assert answer.probability == pytest.approx(chance, abs=1e-9)
    wanted = [1 - plain.goal_chance(paths, c) / chance if lucky else 0 for c in range(3)]
    assert answer.removal == pytest.approx(wanted + [0] * (channels - 3), abs=1e-6)
    assert answer.first[:3].tolist() == [sum(path[0] == c for path in lucky) for c in range(3)]
    assert answer.last[:3].tolist() == [sum(path[-1] == c for path in lucky) for c in range(3)]
    counts = [Counter(path) for path in lucky]
    assert answer.linear[:3] == pytest.approx([sum(c[k] / c.total() for c in counts) for k in range(3)])
