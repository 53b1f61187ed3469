"""Routes count customers who took the same touchpoints in the same order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paths import plain
from tests.paths.customers import as_slice, customers, walk

from desireline.paths.route_hashes import hash_routes
from desireline.paths.routes import Routes, RoutesAnswer


def ask(routes, slice):
    return routes.finish(routes.partial(slice))


def test_repeats_right_after_one_another_count_once():
    people = walk("a0 a1 b2 a3", "a0 b2 b3 b4 a5", "a0 b1", "c0 c1")
    assert ask(Routes(2), people) == RoutesAnswer(((0, 1, 0), (2,)), (2, 1), distinct=3, other=1)


def test_routes_alike_in_customers_are_told_by_steps_and_then_by_codes():
    people = walk("a0 b1 c2", "c0 a1", "b0 c1", "b0 a1", "d0")
    assert ask(Routes(3), people).routes == ((3,), (1, 0), (1, 2))
    assert ask(Routes(5), people).routes == ((3,), (1, 0), (1, 2), (2, 0), (0, 1, 2))


def test_nobody_takes_no_route():
    assert ask(Routes(), walk()) == RoutesAnswer((), (), 0, 0)


def test_no_routes_may_be_asked_for():
    assert ask(Routes(0), walk("a0", "b0")) == RoutesAnswer((), (), 2, 2)


@settings(deadline=None, max_examples=200)
@given(customers(touchpoints=3), st.integers(1, 4))
def test_they_are_what_loops_find(found, top):
    every = plain.routes(found)
    answer = ask(Routes(top), as_slice(found))
    assert list(zip(answer.routes, answer.customers, strict=True)) == every[:top]
    assert (answer.distinct, answer.other) == (len(every), sum(count for _, count in every[top:]))


@settings(deadline=None, max_examples=60)
@given(customers(touchpoints=3), customers(touchpoints=3), st.integers(0, 6))
def test_routes_are_read_block_by_block(found, others, top):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desireline.paths.routes.BLOCK", 3)
        patch.setattr("desireline.paths.routes.MOST_RUNS", 2)
        routes = Routes(top)
        parts = [routes.partial(as_slice(part)) for part in (found, others, found, others)]
        answer = routes.finish(routes.combine(parts))
    every = plain.routes((found + others) * 2)
    assert list(zip(answer.routes, answer.customers, strict=True)) == every[:top]
    assert answer.distinct == len(every)


def test_a_hash_depends_on_the_route_alone():
    dice = np.random.default_rng(1)
    ends = np.cumsum(dice.integers(1, 9, 4000))
    codes = dice.integers(0, 5, ends[-1]).astype(np.uint8)
    hashes = hash_routes(codes, ends)
    found = {}
    for route, number in zip(np.split(codes, ends[:-1]), hashes.tolist(), strict=True):
        assert found.setdefault(tuple(route.tolist()), number) == number
    assert len(set(found.values())) == len(found)


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**20 + 5), min_size=1, max_size=6))
def test_codes_too_many_for_a_table_have_hashes_too(codes):
    alone = hash_routes(np.array(codes, dtype=np.uint32), np.array([len(codes)]))
    behind = hash_routes(np.array([2**20, *codes], dtype=np.uint32), np.array([1, 1 + len(codes)]))
    assert alone[0] == behind[1]


def test_hashes_never_change():
    assert hash_routes(np.array([0, 1, 2, 1], dtype=np.uint8), np.array([1, 3, 4])).tolist() == [
        627405149472732430,
        9846723314903636129,
        16860738450190168606,
    ]
